"""What of the journal is asked for by an address. What no entry could be asked for by is left out, and said to be.

Must not know: who reads it, what an entry says.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Self

from django.db.models import Q, QuerySet
from django.http import QueryDict
from django.utils.translation import gettext as _

from yumiao.desk.journal.words import READINGS, label_of, reading_label
from yumiao.journal.models import Entry, ImportedRow, Reading
from yumiao.journal.verbs import Verb
from yumiao.kernel.periods import on_paper
from yumiao.people.models import Person
from yumiao.ui.paging import query_with
from yumiao.ui.spelling import CHINA
from yumiao.units.models import Unit

LONGEST_ACTOR = 60
OF_UNITS = ("unit", "quota", "guest")  # kinds of imported rows whose subject is a unit; of all others it is a person


@dataclass(frozen=True, slots=True)
class Span:
    """Days in China, both included; None where there is no bound."""

    first: date | None
    last: date | None
    left_out: tuple[str, ...] = ()

    @classmethod
    def of(cls, get: QueryDict) -> Self:
        first, last = _day(get.get("from", "")), _day(get.get("to", ""))
        labels = {"from": _("自"), "to": _("至")}
        wrong = [name for name, day in (("from", first), ("to", last)) if get.get(name) and day is None]
        text = _("“%(field)s”没有采用：应填写 1901 年以后的日期，写成 2026-03-05 的形式。")
        return cls(first, last, tuple(text % {"field": labels[name]} for name in wrong))

    def condition(self) -> Q:
        """On the column `at`."""
        found = Q()
        if self.first:
            found &= Q(at__gte=_midnight(self.first))
        if self.last:
            found &= Q(at__lt=_midnight(self.last) + timedelta(days=1))
        return found

    def chips(self, get: QueryDict) -> list[tuple[str, str]]:
        said = {
            "from": _("%(day)s起") % {"day": on_paper(self.first)} if self.first else "",
            "to": _("%(day)s止") % {"day": on_paper(self.last)} if self.last else "",
        }
        return [(word, query_with(get, **{name: None})) for name, word in said.items() if word]


@dataclass(frozen=True, slots=True)
class EntriesAsked:
    """Entries of one verb, of actors by a part of their label, of days, about one unit, person, paper or account.

    `left_out` says of each condition that could not be taken what was expected.
    """

    verb: str
    actor: str
    span: Span
    subject: uuid.UUID | None
    left_out: tuple[str, ...]

    @classmethod
    def of(cls, get: QueryDict) -> Self:
        verb, span, subject = get.get("verb", ""), Span.of(get), _uid(get.get("subject", ""))
        is_known = verb in list(Verb)
        left_out = (*_no_choice(verb, _("事项"), is_known=is_known), *span.left_out, *_no_subject(get, subject))
        return cls(verb if is_known else "", _actor(get), span, subject, left_out)

    def rows(self) -> QuerySet[Entry]:
        found = Entry.objects.filter(self.span.condition())
        if self.verb:
            found = found.filter(verb=self.verb)
        if self.actor:
            found = found.filter(actor_label__icontains=self.actor)
        return found.filter(_about(self.subject)) if self.subject else found

    def chips(self, get: QueryDict) -> list[tuple[str, str]]:
        """Each condition in words with the address that takes it off."""
        said = {
            "verb": label_of(self.verb) if self.verb else "",
            "actor": self.actor,
            "subject": _("指定的对象") if self.subject else "",
        }
        named = [(word, query_with(get, **{name: None})) for name, word in said.items() if word]
        return [*named, *self.span.chips(get)]


@dataclass(frozen=True, slots=True)
class ReadingsAsked:
    """Readings of one kind, of readers by a part of their label, of days, of one unit or person; `left_out` as with entries."""

    what: str
    actor: str
    span: Span
    subject: uuid.UUID | None
    left_out: tuple[str, ...]

    @classmethod
    def of(cls, get: QueryDict) -> Self:
        what, span, subject = get.get("what", ""), Span.of(get), _uid(get.get("subject", ""))
        is_known = what in READINGS
        left_out = (*_no_choice(what, _("方式"), is_known=is_known), *span.left_out, *_no_subject(get, subject))
        return cls(what if is_known else "", _actor(get), span, subject, left_out)

    def rows(self) -> QuerySet[Reading]:
        found = Reading.objects.filter(self.span.condition())
        if self.what:
            found = found.filter(what=self.what)
        if self.actor:
            found = found.filter(actor_label__icontains=self.actor)
        return found.filter(subject=self.subject) if self.subject else found

    def chips(self, get: QueryDict) -> list[tuple[str, str]]:
        """Each condition in words with the address that takes it off."""
        said = {
            "what": reading_label(self.what) if self.what else "",
            "actor": self.actor,
            "subject": _("指定的对象") if self.subject else "",
        }
        named = [(word, query_with(get, **{name: None})) for name, word in said.items() if word]
        return [*named, *self.span.chips(get)]


def _about(subject: uuid.UUID) -> Q:
    """Entries that name the subject, and imports one of whose rows touched it."""
    rows = ImportedRow.objects.filter(
        Q(kind__in=OF_UNITS, subject__in=Unit.objects.filter(uid=subject).values("id"))
        | Q(subject__in=Person.objects.filter(uid=subject).values("id")) & ~Q(kind__in=OF_UNITS)
    )
    return Q(subject=subject) | Q(seq__in=rows.values("entered"))


def _no_choice(given: str, field: str, *, is_known: bool) -> tuple[str, ...]:
    if not given or is_known:
        return ()
    return (_("“%(field)s”没有采用：没有这一项，请从列表中选择。") % {"field": field},)


def _no_subject(get: QueryDict, subject: uuid.UUID | None) -> tuple[str, ...]:
    if not get.get("subject") or subject is not None:
        return ()
    return (_("“对象”没有采用：地址中的对象编号不完整，请从人员或者组织的页面重新进入。"),)


def _actor(get: QueryDict) -> str:
    return get.get("actor", "").replace("\0", "").strip()[:LONGEST_ACTOR]


def _day(text: str) -> date | None:
    try:
        found = date.fromisoformat(text)
    except ValueError:
        return None
    return found if 1900 < found.year < 9999 else None


def _midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=CHINA)


def _uid(text: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(text)
    except ValueError:
        return None
