"""Notices and objections as they stand. Reads only; must not know who looks, nor what is sealed."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Q, QuerySet

from yumiao.journal.facts import ALIVE
from yumiao.publicity.models import (
    Investigator,
    Notice,
    NoticePerson,
    NoticePhoto,
    NoticeRecord,
    Objection,
    ObjectionConclusion,
    ObjectionRecord,
)
from yumiao.publicity.rules import Published, read_back


@dataclass(frozen=True, slots=True)
class Posted:
    """A notice with its window and whom it names; `open_count`, `count`: objections to it nobody has concluded, and all."""

    notice: Notice
    record: NoticeRecord
    people: tuple[tuple[int, Published], ...]
    count: int = 0
    open_count: int = 0

    def is_running(self, day: date) -> bool:
        return self.record.posted_on <= day <= self.record.closes_on

    def is_over(self, day: date) -> bool:
        return day > self.record.closes_on

    @property
    def names(self) -> str:
        return "、".join(one.name for _person, one in self.people)


def notices(units: QuerySet[Any]) -> QuerySet[NoticeRecord]:
    """The live records of notices of these units."""
    return NoticeRecord.objects.alive().filter(notice__unit__in=units).select_related("notice")


def posted(records: Sequence[NoticeRecord]) -> list[Posted]:
    """Each with its people and its objections; two queries."""
    ids = [one.notice_id for one in records]
    people: dict[int, list[tuple[int, Published]]] = defaultdict(list)
    for row in NoticePerson.objects.filter(notice__in=ids).order_by("pk"):
        people[row.notice_id].append((row.person_id, read_back(row.said)))
    live = ObjectionRecord.objects.alive().filter(objection__notice__in=ids)
    is_open = ~Q(objection__conclusions__struck=ALIVE)
    counts = live.values_list("objection__notice").annotate(
        count=Count("objection", distinct=True), open_count=Count("objection", filter=is_open, distinct=True)
    )
    said = {notice: (count, pending) for notice, count, pending in counts}
    return [Posted(one.notice, one, tuple(people[one.notice_id]), *said.get(one.notice_id, (0, 0))) for one in records]


def notice_by(uid: uuid.UUID) -> Posted | None:
    """The notice of that uid; None of one that was taken back."""
    record = NoticeRecord.objects.alive().filter(notice__uid=uid).select_related("notice").first()
    return None if record is None else posted([record])[0]


def earlier_windows(notice: int) -> list[NoticeRecord]:
    """The windows of a notice that were broken off, the first one first."""
    return list(NoticeRecord.objects.filter(notice=notice).exclude(struck=ALIVE).order_by("pk"))


def photos_of(notice: int) -> list[NoticePhoto]:
    return list(NoticePhoto.objects.filter(notice=notice).select_related("scan").order_by("pk"))


@dataclass(frozen=True, slots=True)
class Standing:
    """An objection with its record, who looks into it, and what he concluded."""

    objection: Objection
    record: ObjectionRecord
    investigator: Investigator | None
    conclusion: ObjectionConclusion | None

    def is_overdue(self, day: date) -> bool:
        return self.conclusion is None and self.investigator is not None and self.investigator.due_on < day


def objections(units: QuerySet[Any]) -> QuerySet[ObjectionRecord]:
    """The live records of objections of these units."""
    return ObjectionRecord.objects.alive().filter(objection__unit__in=units)


def standing(records: Sequence[ObjectionRecord]) -> list[Standing]:
    """Each with investigator and conclusion; three queries."""
    ids = [one.objection_id for one in records]
    known = Objection.objects.filter(pk__in=ids).in_bulk()
    handlers = {
        one.objection_id: one for one in Investigator.objects.open().filter(objection__in=ids).select_related("account")
    }
    concluded = {one.objection_id: one for one in ObjectionConclusion.objects.alive().filter(objection__in=ids)}
    return [
        Standing(known[one.objection_id], one, handlers.get(one.objection_id), concluded.get(one.objection_id))
        for one in records
    ]


def objection_by(uid: uuid.UUID) -> Standing | None:
    """The objection of that uid; None of one that was taken back."""
    record = ObjectionRecord.objects.alive().filter(objection__uid=uid).first()
    return None if record is None else standing([record])[0]


def handled_by(account: int) -> list[Standing]:
    """What an account is to look into and has not concluded."""
    open_rows = Investigator.objects.open().filter(account=account).values("objection")
    done = ObjectionConclusion.objects.alive().values("objection")
    records = ObjectionRecord.objects.alive().filter(objection__in=open_rows).exclude(objection__in=done)
    return standing(list(records.order_by("received_on", "pk")))
