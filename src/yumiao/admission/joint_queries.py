"""Joint reviews as they stand: batches with their bodies, rows with what was answered, seats. Reads only.

What an answer says beyond its outcome stays sealed here; `opened` unseals it for whoever a grant lets read it.
"""

from __future__ import annotations

import json
import uuid
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from django.db.models import Count, Q, QuerySet

from yumiao.admission.gates import CLEAR
from yumiao.admission.models import (
    BodySeat,
    JointConclusion,
    JointReview,
    JointReviewAnswer,
    JointReviewBody,
    JointReviewCase,
    JointReviewEvent,
    JointReviewRecord,
)
from yumiao.journal.facts import ALIVE
from yumiao.people.models import Belonging, PersonRecord, PersonSecret
from yumiao.people.secrets import opened as number_opened
from yumiao.vault import cells

BLOCK: Final = 900


@dataclass(frozen=True, slots=True)
class Part:
    """One body of a batch: how many rows it has answered, how many there are, what was done about it."""

    body: JointReviewBody
    answered: int
    asked: int
    events: Sequence[JointReviewEvent] = ()

    @property
    def missing(self) -> int:
        return self.asked - self.answered

    @property
    def reminders(self) -> int:
        return sum(one.what == JointReviewEvent.What.REMINDED for one in self.events)


@dataclass(frozen=True, slots=True)
class Batch:
    """A batch that stands. `waiting`: people who wait for a conclusion; `open`: people whose round is not closed."""

    review: JointReview
    record: JointReviewRecord
    parts: Sequence[Part]
    asked: int
    waiting: int
    open: int

    @property
    def number(self) -> str:
        return number_of(self.review)

    @property
    def answered(self) -> int:
        return sum(one.answered for one in self.parts)

    @property
    def missing(self) -> int:
        return sum(one.missing for one in self.parts)

    @property
    def is_closed(self) -> bool:
        return self.open == 0

    def is_overdue(self, day: date) -> bool:
        return self.missing > 0 and self.record.due_on < day


@dataclass(frozen=True, slots=True)
class Asked:
    """Somebody on a list with the four things that are sent of him (REV-15), `number` where it was asked for; `unit` where he stands."""

    row: JointReviewCase
    person: int
    person_uid: uuid.UUID
    name: str
    sex: str
    unit: int
    number: str = ""


@dataclass(frozen=True, slots=True)
class Given:
    """What a body answered about somebody, unsealed: `text` and `reference` are empty of an answer that is clear."""

    body: str
    answer: JointReviewAnswer
    text: str = ""
    reference: str = ""


@dataclass(slots=True)
class _Counted:
    answered: dict[int, int] = field(default_factory=lambda: defaultdict(int))
    unclear: set[int] = field(default_factory=set)


def number_of(review: JointReview) -> str:
    """`〔2026〕第3批`"""
    return f"〔{review.year}〕第{review.serial}批"


def standing() -> QuerySet[JointReview]:
    """Batches that were not taken back."""
    return JointReview.objects.filter(records__struck=ALIVE)


def batches(found: Iterable[JointReview]) -> list[Batch]:
    """With bodies, counts and events, in six queries however many; those that were taken back are left out."""
    reviews = list(found)
    if not reviews:
        return []
    ids = [one.pk for one in reviews]
    records = {one.review_id: one for one in JointReviewRecord.objects.alive().filter(review__in=ids)}
    bodies: dict[int, list[JointReviewBody]] = defaultdict(list)
    for body in JointReviewBody.objects.filter(review__in=ids).order_by("pk"):
        bodies[body.review_id].append(body)
    events: dict[int, list[JointReviewEvent]] = defaultdict(list)
    for event in JointReviewEvent.objects.alive().filter(body__review__in=ids).order_by("happened_on", "pk"):
        events[event.body_id].append(event)
    rows: dict[int, list[int]] = defaultdict(list)
    for pk, review in JointReviewCase.objects.filter(review__in=ids).values_list("pk", "review_id"):
        rows[review].append(pk)
    counted = _counted(ids)
    by_body = _by_body(ids)
    concluded = set(
        JointConclusion.objects.alive().filter(review_case__review__in=ids).values_list("review_case_id", flat=True)
    )
    made = []
    for one in reviews:
        if one.pk not in records:
            continue
        asked, own = rows[one.pk], bodies[one.pk]
        full = [row for row in asked if counted.answered[row] >= len(own)]
        waiting = [row for row in full if row in counted.unclear and row not in concluded]
        parts = [Part(body, by_body.get(body.pk, 0), len(asked), events[body.pk]) for body in own]
        still = len(asked) - len(full) + len(waiting)
        made.append(Batch(one, records[one.pk], parts, len(asked), len(waiting), still))
    return made


def _counted(reviews: Collection[int]) -> _Counted:
    found = _Counted()
    rows = JointReviewAnswer.objects.alive().filter(review_case__review__in=reviews).order_by()
    counts = rows.values("review_case_id").annotate(all=Count("pk"), clear=Count("pk", filter=Q(answer=CLEAR)))
    for row, every, clear in counts.values_list("review_case_id", "all", "clear"):
        found.answered[row] = every
        if clear < every:
            found.unclear.add(row)
    return found


def _by_body(reviews: Collection[int]) -> dict[int, int]:
    rows = JointReviewAnswer.objects.alive().filter(body__review__in=reviews).order_by()
    return dict(rows.values("body_id").annotate(all=Count("pk")).values_list("body_id", "all"))


def states_of(rows: Sequence[JointReviewCase], bodies: int) -> dict[int, str]:
    """By row: open (an answer is missing), waiting (for a conclusion) or closed. Which answer it was is said nowhere here."""
    reviews = {one.review_id for one in rows}
    counted = _counted(reviews)
    concluded = set(
        JointConclusion.objects.alive().filter(review_case__review__in=reviews).values_list("review_case_id", flat=True)
    )
    found = {}
    for one in rows:
        waits = one.pk in counted.unclear and one.pk not in concluded
        found[one.pk] = "open" if counted.answered[one.pk] < bodies else "waiting" if waits else "closed"
    return found


def people_of(rows: Sequence[JointReviewCase], *, with_numbers: bool = False) -> list[Asked]:
    """Who stands on these rows, in their order; in three queries, numbers in a fourth. `rows` know their cases and persons."""
    people = sorted({one.case.person_id for one in rows})
    names: dict[int, tuple[str, str]] = {}
    units: dict[int, int] = {}
    numbers: dict[int, str] = {}
    for start in range(0, len(people), BLOCK):
        some = people[start : start + BLOCK]
        records = PersonRecord.objects.open().filter(person__in=some).values_list("person_id", "name", "sex")
        names |= {person: (name, sex) for person, name, sex in records}
        units |= dict(Belonging.objects.open().filter(person__in=some).values_list("person_id", "unit_id"))
        numbers |= _numbers(some) if with_numbers else {}
    return [
        Asked(
            one, one.case.person_id, one.case.person.uid, *names.get(one.case.person_id, ("", "")), units.get(one.case.person_id, 0),
            numbers.get(one.case.person_id, ""),
        )
        for one in rows
    ]  # fmt: skip


def _numbers(people: Sequence[int]) -> dict[int, str]:
    rows = PersonSecret.objects.alive().filter(person__in=people, kind=PersonSecret.Kind.IDENTITY)
    return {
        person: number_opened(uid, PersonSecret.Kind.IDENTITY, bytes(cell), version)
        for person, uid, cell, version in rows.values_list("person_id", "person__uid", "cell", "key_version")
    }


def rows_of(review: int) -> QuerySet[JointReviewCase]:
    """The list of a batch in its order, with cases and persons."""
    return JointReviewCase.objects.filter(review=review).select_related("case__person").order_by("position")


def answers_of(body: int) -> dict[int, JointReviewAnswer]:
    """What a body has answered, by row."""
    return {one.review_case_id: one for one in JointReviewAnswer.objects.alive().filter(body=body)}


def concluded_rows(review: int) -> set[int]:
    """The rows of a batch that somebody has concluded."""
    rows = JointConclusion.objects.alive().filter(review_case__review=review)
    return set(rows.values_list("review_case_id", flat=True))


def given_about(row: JointReviewCase) -> list[Given]:
    """Every answer about somebody with its text: for whoever a grant lets read it, with a reading on record."""
    found = JointReviewAnswer.objects.alive().filter(review_case=row.pk).select_related("body").order_by("body__pk")
    return [opened(one) for one in found]


def opened(answer: JointReviewAnswer) -> Given:
    """An answer with its text."""
    if answer.cell is None or answer.key_version is None:
        return Given(answer.body.body, answer)
    said = json.loads(cells.unseal(bytes(answer.cell), about=about_answer(answer.uid), version=answer.key_version))
    return Given(answer.body.body, answer, said["text"], said["reference"])


def reason_of(conclusion: JointConclusion, row: JointReviewCase) -> str:
    """Why it was concluded so: for whoever a grant lets read it."""
    return cells.unseal(bytes(conclusion.cell), about=about_conclusion(row.uid), version=conclusion.key_version)


def about_answer(uid: uuid.UUID) -> str:
    """What the cell of an answer is bound to."""
    return f"admission_jointreviewanswer|cell|{uid.hex}"


def about_conclusion(uid: uuid.UUID) -> str:
    """What the cell of a conclusion is bound to: the row it concludes."""
    return f"admission_jointconclusion|cell|{uid.hex}"


def seats_on(day: date) -> QuerySet[BodySeat]:
    """Who answers for which body on a day."""
    return BodySeat.objects.on(day)


def bodies_of(account: int, day: date) -> list[str]:
    """For which bodies an account answers on a day."""
    return list(seats_on(day).filter(account=account).order_by("pk").values_list("body", flat=True))
