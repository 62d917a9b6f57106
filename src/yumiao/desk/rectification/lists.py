"""Lists of findings and of orders as a reader sees them. Must not know: requests, forms."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, Final

from django.db.models import Exists, OuterRef, QuerySet
from django.http import QueryDict
from django.utils.translation import gettext as _

from yumiao.access.readers import Reader
from yumiao.admission.models import CaseFinding
from yumiao.admission.path_2014 import SLOTS
from yumiao.desk.exports.going import Going, page_of
from yumiao.desk.rectification.reach import Seen, place_of, within
from yumiao.kernel.resources import Field, Kind, Resource
from yumiao.oversight.models import Finding, FindingRecord, Order
from yumiao.oversight.queries import in_order, live_findings, live_orders, orders_of, put_right
from yumiao.oversight.rules import Found, State, is_repeated
from yumiao.people.models import PersonRecord
from yumiao.units.queries import UnitOnDay

_TONES = {
    State.ISSUED: "warn", State.SUBMITTED: "warn", State.RETURNED: "warn", State.OVERDUE: "floor", State.ACCEPTED: "ok",
}  # fmt: skip


class Which(StrEnum):
    """Findings by how far they are, as the address names it."""

    OPEN = "open"
    ORDERED = "ordered"
    DONE = "done"

    @property
    def label(self) -> str:
        return {"open": _("待发整改通知"), "ordered": _("整改中"), "done": _("已整改")}[self.value]


@dataclass(frozen=True, slots=True)
class FindingRow:
    """A finding as a list shows it; `case`: of whose file it is, where it is of one; `place`: the step or the paper it is in."""

    record: FindingRecord
    unit: UnitOnDay | None
    case: uuid.UUID | None
    name: str
    is_repeated: bool

    @property
    def place(self) -> str:
        step = _("第 %(step)s 步") % {"step": self.record.step} if self.record.step else ""
        slot = self.record.slot
        paper = f"{slot} {SLOTS[slot].title}" if slot in SLOTS else slot
        return "　".join(one for one in (step, paper) if one)


def findings_in(reader: Reader, which: Which | None) -> QuerySet[FindingRecord]:
    """Findings within a reader's reach."""
    units = within(reader, Finding.objects.values_list("unit", flat=True).distinct())
    rows = live_findings().filter(finding__unit__in=units)
    ordered = Exists(in_order().filter(finding=OuterRef("finding")))
    done = Exists(put_right().filter(finding=OuterRef("finding")))
    if which is Which.OPEN:
        return rows.filter(~ordered)
    if which is Which.ORDERED:
        return rows.filter(ordered, ~done)
    return rows.filter(done) if which is Which.DONE else rows


def finding_rows(records: Iterable[FindingRecord], reader: Reader) -> list[FindingRow]:
    """With unit, person, case and whether it repeats an earlier one, in three statements."""
    found = list(records)
    ids = [one.finding_id for one in found]
    cases = dict(CaseFinding.objects.filter(finding__in=ids).values_list("finding", "case__uid"))
    people = PersonRecord.objects.open().filter(person__in=[one.finding.person_id for one in found])
    names = dict(people.values_list("person_id", "name")) if found else {}
    units = {one.finding.unit_id for one in found}
    known = list(live_findings().filter(finding__unit__in=units)) if units else []
    rows = []
    for one in found:
        earlier = [_found(other) for other in known if other.finding_id < one.finding_id]
        place = place_of(reader, one.finding.unit_id)
        name = names.get(one.finding.person_id or 0, "")
        rows.append(FindingRow(one, place, cases.get(one.finding_id), name, is_repeated(_found(one), earlier)))
    return rows


def _found(one: FindingRecord) -> Found:
    return Found(one.finding.unit_id, one.found_on, one.rule, one.slot)


def orders_in(reader: Reader) -> QuerySet[Order]:
    """Orders within a reader's reach."""
    return live_orders().filter(unit__in=within(reader, Order.objects.values_list("unit", flat=True).distinct()))


def order_rows(found: Iterable[Order], reader: Reader) -> list[Seen]:
    """With both ends as they stand today."""
    rows = []
    for one in orders_of(found):
        unit, issuer = place_of(reader, one.order.unit_id), place_of(reader, one.order.issuer_id)
        if unit is not None and issuer is not None:
            rows.append(Seen(one, unit, issuer, reader))
    return rows


def state_words(order: Seen, today: date) -> tuple[str, str]:
    """How far an order is: the tone and the words of its mark."""
    state = order.one.state(today)
    words = {
        State.ISSUED: _("待整改"), State.SUBMITTED: _("待验收"), State.RETURNED: _("退回再整改"), State.OVERDUE: _("逾期未整改"),
        State.ACCEPTED: _("验收通过"),
    }  # fmt: skip
    return _TONES[state], words[state]


FINDINGS: Final = Resource(
    "findings",
    "审查发现问题登记表",
    (
        Field("name", "姓名", width=13),
        Field("unit_name", "党组织", width=26),
        Field("text", "问题", width=44),
        Field("place", "步骤、材料", width=22),
        Field("grade", "性质", width=12),
        Field("source", "来源", width=12),
        Field("found_on", "发现日期", Kind.DAY, width=11),
        Field("repeated", "重复出现", width=9),
    ),
)
ORDERS: Final = Resource(
    "orders",
    "限期整改通知登记表",
    (
        Field("number", "编号", width=18),
        Field("unit_name", "整改组织", width=26),
        Field("issuer_name", "发出组织", width=26),
        Field("issued_on", "发出日期", Kind.DAY, width=11),
        Field("until", "整改期限", Kind.DAY, width=11),
        Field("findings", "问题数", Kind.NUMBER, width=8),
        Field("state", "状态", width=14),
    ),
)


def findings_going(reader: Reader, get: QueryDict) -> Going:
    """The list of findings as it goes out."""
    which = Which(get.get("state", "")) if get.get("state", "") in list(Which) else Which.OPEN
    rows = findings_in(reader, which).order_by("-found_on", "-id")
    return Going(
        resource=FINDINGS, title=FINDINGS.title, unit=reader.home, day=reader.today, conditions=[which.label], count=rows.count(),
        is_of_people=True, rows=lambda most: [finding_values(one) for one in finding_rows(rows[:most], reader)],
        back=page_of("findings", get),
    )  # fmt: skip


def finding_values(row: FindingRow) -> dict[str, Any]:
    """A finding by the keys of `FINDINGS`."""
    record = row.record
    return {
        "name": row.name or None, "unit_name": row.unit.name if row.unit else None, "text": record.text, "place": row.place or None,
        "grade": str(record.get_grade_display()), "source": str(record.finding.get_source_display()), "found_on": record.found_on,
        "repeated": _("是") if row.is_repeated else None,
    }  # fmt: skip


def orders_going(reader: Reader, get: QueryDict) -> Going:
    """The list of orders as it goes out."""
    rows = orders_in(reader).order_by("-id")
    return Going(
        resource=ORDERS, title=ORDERS.title, unit=reader.home, day=reader.today, conditions=[], count=rows.count(),
        is_of_people=False, rows=lambda most: [order_values(one, reader.today) for one in order_rows(rows[:most], reader)],
        back=page_of("orders", get),
    )  # fmt: skip


def order_values(one: Seen, today: date) -> dict[str, Any]:
    """An order by the keys of `ORDERS`."""
    return {
        "number": one.number, "unit_name": one.unit.name, "issuer_name": one.issuer.name, "issued_on": one.one.term.issued_on,
        "until": one.one.term.until, "findings": len(one.one.findings), "state": state_words(one, today)[1],
    }  # fmt: skip
