"""Which cases changed since an entry: what is made of every case is made anew for those alone.

It follows what `case.sql` reads; a table that is read there and missing here would leave something stale, and a test asks for every one of them.
Must not know: what is made of the cases.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from django.db import connection
from django.db.models import Model, Q, QuerySet

from yumiao.admission import models
from yumiao.bylaws.models import CalendarYear, DayOff, Setting
from yumiao.journal.facts import ALIVE, Fact
from yumiao.oversight.models import Sample
from yumiao.people.models import (
    Belonging,
    Membership,
    MembershipState,
    Merged,
    PersonRecord,
    StatusChange,
    Tie,
    TransferState,
)
from yumiao.publicity.models import NoticeRecord, ObjectionConclusion, ObjectionRecord

MOST: Final = 500
"""More changed cases than these are read as quickly all together."""
BY_CASE: Final[Mapping[type[Fact], str]] = {
    models.CaseEnd: "case",
    models.CaseEdition: "case",
    models.CaseRest: "case",
    models.CaseReturn: "case",
    models.Exemption: "case",
    models.LateEntry: "case",
    models.StepRecord: "case",
    models.StepDetail: "case",
    models.StepMotion: "case",
    models.Review: "case",
    models.JointReviewRecord: "review__cases__case",
    models.JointReviewAnswer: "review_case__case",
    models.JointConclusion: "review_case__case",
    NoticeRecord: "notice__cases__case",
    ObjectionRecord: "objection__cases__case",
    ObjectionConclusion: "objection__cases__case",
}
BY_PERSON: Final[Mapping[type[Fact], str]] = {
    PersonRecord: "person",
    Membership: "person",
    MembershipState: "person",
    Belonging: "person",
    StatusChange: "person",
    Tie: "person",
    TransferState: "transfer__person",
}
OF_ALL: Final[tuple[type[Model], ...]] = (Merged, Setting, DayOff, CalendarYear, models.EditionUse, Sample)
"""What changes how every case is judged, or too much to be followed."""

_WROTE: Final = "SELECT {place}, MAX(entered) FROM {table}"
_STRUCK: Final = "SELECT {place}, MAX(struck) FROM {table} WHERE struck < {alive}"


def changed_since(seq: int) -> set[int] | None:
    """The ids of cases whose file may read otherwise than when entry `seq` had been written; None where that may be any."""
    touched = _touched((*BY_CASE, *BY_PERSON, *OF_ALL), seq)
    if touched & set(OF_ALL):
        return None
    cases: set[int] = set()
    for model, path in BY_CASE.items():
        if model in touched:
            cases |= set(_rows(model, seq).values_list(path, flat=True))
    people: set[int] = set()
    for model, path in BY_PERSON.items():
        if model in touched:
            people |= set(_rows(model, seq).values_list(path, flat=True)[: MOST + 1])
    if len(people) > MOST:
        return None
    if people:
        near = Tie.objects.alive().filter(other__in=people).values_list("person", flat=True)
        cases |= set(models.Case.objects.filter(person__in=people | set(near)).values_list("pk", flat=True))
    found = {case for case in cases if case is not None}  # a notice may be about nobody who has a case
    return found if len(found) <= MOST else None


def _rows(model: type[Fact], seq: int) -> QuerySet[Fact]:
    return model.objects.filter(Q(entered__gt=seq) | Q(struck__gt=seq, struck__lt=ALIVE))


def _touched(tables: Iterable[type[Model]], seq: int) -> set[type[Model]]:
    """Those of these tables of which a later entry wrote or struck a row. One statement over indexes."""
    asked, order = [], list(tables)
    for place, model in enumerate(order):
        given = {"place": place, "table": model._meta.db_table, "alive": ALIVE}
        asked.append(_WROTE.format(**given))
        if issubclass(model, Fact):
            asked.append(_STRUCK.format(**given))
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(asked))
        return {order[place] for place, last in cursor.fetchall() if last is not None and last > seq}
