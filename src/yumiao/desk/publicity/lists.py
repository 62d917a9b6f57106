"""Notices and objections as lists, on pages and as files; never who said something, nor what. Must not know: how a file is written."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, Final

from django.db.models import Exists, OuterRef, QuerySet
from django.http import QueryDict
from django.utils.translation import gettext as _

from yumiao.access.permissions import Permission
from yumiao.access.readers import Reader
from yumiao.desk.exports.going import Going, page_of
from yumiao.desk.transfers.lists import units_in
from yumiao.journal.facts import ALIVE
from yumiao.kernel.resources import Field, Resource
from yumiao.kernel.resources import Kind as Typed
from yumiao.people.models import PersonRecord
from yumiao.publicity.models import NoticeRecord, ObjectionConclusion, ObjectionRecord
from yumiao.publicity.queries import Posted, Standing, notices, objections, posted, standing
from yumiao.units.queries import UnitOnDay


class Which(StrEnum):
    """One list of notices, as the address names it."""

    RUNNING = "running"
    OVER = "over"

    @property
    def label(self) -> str:
        return {"running": _("公示中"), "over": _("已届满")}[self.value]


class Said(StrEnum):
    """One list of objections, as the address names it."""

    OPEN = "open"
    DONE = "done"

    @property
    def label(self) -> str:
        return {"open": _("未办结"), "done": _("已办结")}[self.value]


def notices_of(reader: Reader, which: Which) -> QuerySet[NoticeRecord]:
    """The notices of the units the reader may see, that run or are over."""
    rows = notices(units_in(reader.scope(Permission.PERSON_READ)))
    today = reader.today
    return rows.filter(closes_on__gte=today) if which is Which.RUNNING else rows.filter(closes_on__lt=today)


def objections_of(reader: Reader, which: Said) -> QuerySet[ObjectionRecord]:
    """The objections of the units where the reader receives them."""
    rows = objections(units_in(reader.scope(Permission.OBJECTION_RECEIVE)))
    done = Exists(ObjectionConclusion.objects.filter(objection=OuterRef("objection"), struck=ALIVE))
    return rows.filter(done) if which is Said.DONE else rows.filter(~done)


@dataclass(frozen=True, slots=True)
class NoticeRow:
    """A notice as a list shows it."""

    one: Posted
    unit: UnitOnDay | None
    day: date

    @property
    def state(self) -> tuple[str, str]:
        """(kind of state, words)."""
        if self.one.open_count:
            return "floor", _("有异议未办结")
        if self.one.is_over(self.day):
            return "ok", _("已届满")
        return "guide", _("公示中")


def notice_rows(records: list[NoticeRecord], reader: Reader) -> list[NoticeRow]:
    """Two queries, however many."""
    return [NoticeRow(one, reader.tree.by_id.get(one.notice.unit_id), reader.today) for one in posted(records)]


@dataclass(frozen=True, slots=True)
class ObjectionRow:
    """An objection as a list shows it: about whom, when, by which way, who looks into it, how far he is."""

    one: Standing
    name: str
    unit: UnitOnDay | None
    day: date

    @property
    def state(self) -> tuple[str, str]:
        """(kind of state, words)."""
        if self.one.conclusion is not None:
            return "ok", _("已办结")
        if self.one.investigator is None:
            return "floor", _("未指定调查人")
        return ("floor", _("逾期未办结")) if self.one.is_overdue(self.day) else ("guide", _("调查中"))


def objection_rows(records: list[ObjectionRecord], reader: Reader) -> list[ObjectionRow]:
    """Four queries, however many."""
    some = standing(records)
    people = [one.objection.person_id for one in some]
    names = dict(PersonRecord.objects.open().filter(person__in=people).values_list("person_id", "name"))
    tree = reader.tree
    return [
        ObjectionRow(one, names.get(one.objection.person_id, ""), tree.by_id.get(one.objection.unit_id), reader.today)
        for one in some
    ]


NOTICES: Final = Resource(
    "notices",
    "发展党员公示登记表",
    (
        Field("kind", "公示事项", width=22),
        Field("unit_name", "公示单位", width=26),
        Field("names", "公示人员", width=30),
        Field("posted_on", "张贴日期", Typed.DAY, width=11),
        Field("closes_on", "截止日期", Typed.DAY, width=11),
        Field("objections", "异议件数", Typed.NUMBER, width=8),
        Field("state", "状态", width=14),
    ),
)
OBJECTIONS: Final = Resource(
    "objections",
    "异议和举报办理登记表",
    (
        Field("name", "被反映人", width=13),
        Field("unit_name", "受理组织", width=26),
        Field("channel", "途径", width=12),
        Field("received_on", "受理日期", Typed.DAY, width=11),
        Field("due_on", "调查期限", Typed.DAY, width=11),
        Field("concluded_on", "结论日期", Typed.DAY, width=11),
        Field("outcome", "调查结果", width=12),
        Field("state", "状态", width=14),
    ),
)


def notices_going(reader: Reader, get: QueryDict) -> Going:
    """The list of notices as it goes out."""
    which = Which(get.get("state", "")) if get.get("state", "") in list(Which) else Which.RUNNING
    rows = notices_of(reader, which).order_by("-posted_on", "-pk")
    return Going(
        resource=NOTICES, title=NOTICES.title, unit=reader.home, day=reader.today, conditions=[which.label], count=rows.count(),
        is_of_people=True, rows=lambda most: [notice_values(one) for one in notice_rows(list(rows[:most]), reader)],
        back=page_of("notices", get),
    )  # fmt: skip


def notice_values(row: NoticeRow) -> dict[str, Any]:
    """A notice by the keys of `NOTICES`."""
    return {
        "kind": str(row.one.notice.get_kind_display()), "unit_name": row.unit.name if row.unit else None, "names": row.one.names,
        "posted_on": row.one.record.posted_on, "closes_on": row.one.record.closes_on, "objections": row.one.count, "state": row.state[1],
    }  # fmt: skip


def objections_going(reader: Reader, get: QueryDict) -> Going:
    """The list of objections as it goes out: never who said something, nor what."""
    which = Said(get.get("state", "")) if get.get("state", "") in list(Said) else Said.OPEN
    rows = objections_of(reader, which).order_by("received_on", "pk")
    return Going(
        resource=OBJECTIONS, title=OBJECTIONS.title, unit=reader.home, day=reader.today, conditions=[which.label], count=rows.count(),
        is_of_people=True, rows=lambda most: [objection_values(one) for one in objection_rows(list(rows[:most]), reader)],
        back=page_of("objections", get),
    )  # fmt: skip


def objection_values(row: ObjectionRow) -> dict[str, Any]:
    """An objection by the keys of `OBJECTIONS`."""
    one = row.one
    return {
        "name": row.name, "unit_name": row.unit.name if row.unit else None, "channel": str(one.record.get_channel_display()),
        "received_on": one.record.received_on, "due_on": one.investigator.due_on if one.investigator else None,
        "concluded_on": one.conclusion.concluded_on if one.conclusion else None,
        "outcome": str(one.conclusion.get_outcome_display()) if one.conclusion else None, "state": row.state[1],
    }  # fmt: skip
