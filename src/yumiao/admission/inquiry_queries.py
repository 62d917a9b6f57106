"""Letters of the political review with what became of them. Reads only; who may see a finding is for the page to know."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, QuerySet

from yumiao.admission.inquiry_rules import ANSWERED, CLOSING, Letter
from yumiao.admission.models import Inquiry, InquiryEvent
from yumiao.journal.facts import ALIVE
from yumiao.kernel.periods import FOREVER
from yumiao.people.models import Stay


@dataclass(frozen=True, slots=True)
class Standing:
    """A letter with its events, the latest last."""

    inquiry: Inquiry
    events: tuple[InquiryEvent, ...]

    @property
    def closed_by(self) -> InquiryEvent | None:
        return next((one for one in self.events if one.what in CLOSING), None)

    @property
    def answer(self) -> InquiryEvent | None:
        return next((one for one in self.events if one.what == ANSWERED), None)

    @property
    def reminders(self) -> int:
        return sum(one.what == InquiryEvent.What.REMINDED for one in self.events)

    def letter(self, number: str) -> Letter:
        """As the rules see it, under the number it is known by."""
        one, closed = self.inquiry, self.closed_by
        return Letter(
            number, one.about, one.sent_on, one.due_on, closed.what if closed else "", closed.finding if closed else "",
            self.events[-1].happened_on if self.events else None,
        )  # fmt: skip

    def is_overdue(self, day: date) -> bool:
        return self.closed_by is None and self.inquiry.due_on < day


def with_events(inquiries: Iterable[Inquiry] | QuerySet[Inquiry]) -> list[Standing]:
    """Each with its events, in two queries. A letter whose entry was taken back stands withdrawn."""
    rows = list(inquiries)
    events: dict[int, list[InquiryEvent]] = defaultdict(list)
    for one in InquiryEvent.objects.alive().filter(inquiry__in=[row.pk for row in rows]).order_by("happened_on", "pk"):
        events[one.inquiry_id].append(one)
    return [Standing(row, tuple(events.get(row.pk, ()))) for row in rows]


def serial_of(one: Inquiry) -> str:
    """The number within its issuer: the year and the count."""
    return f"〔{one.year}〕第{one.serial}号"


def letters_of(case: int) -> list[Letter]:
    """The letters of a case as the rules see them; two queries."""
    found = with_events(Inquiry.objects.filter(case=case).order_by("pk"))
    return [one.letter(serial_of(one.inquiry)) for one in found]


def is_away(person: int) -> bool:
    """Whether somebody is registered as living elsewhere."""
    return Stay.objects.alive().filter(person=person, kind=Stay.Kind.OUT, until=FOREVER).exists()


def closed() -> Exists:
    """As a condition on letters: nobody waits for a reply any more."""
    return Exists(InquiryEvent.objects.filter(inquiry=OuterRef("pk"), struck=ALIVE, what__in=CLOSING))
