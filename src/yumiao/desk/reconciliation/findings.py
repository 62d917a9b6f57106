"""One comparison as its pages show it: what differed at first and differs today, with what was ticked off, counted and narrowed down.

Must not know: requests, templates, files.
"""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yumiao.access.permissions import Permission
from yumiao.access.readers import Reader
from yumiao.desk.reconciliation.forms import DEEDS
from yumiao.journal.memory import remembered
from yumiao.kernel.objections import OutOfScope
from yumiao.kernel.resources import Field, Resource
from yumiao.reconciliation.columns import LABELS
from yumiao.reconciliation.keeping import Kept, opened_kept
from yumiao.reconciliation.models import Comparison, Tick
from yumiao.reconciliation.own_record import comparisons, people_here
from yumiao.reconciliation.rules import BRANCH, Finding, Kind, Result, compare
from yumiao.units.queries import Tree, UnitOnDay

NEED: Final = Permission.WORKBOOK_IMPORT
KINDS: Final = {
    Kind.HERE_ONLY: gettext_lazy("本系统有、全国系统没有"),
    Kind.THERE_ONLY: gettext_lazy("全国系统有、本系统没有"),
    Kind.DIFFERS: gettext_lazy("信息不一致"),
    Kind.MAYBE: gettext_lazy("可能相同"),
}
OPEN, DONE, AGREES = "open", "done", "agrees"
NOWHERE: Final = "-"  # the branch of rows whose branch is no unit
RESOURCE: Final = Resource(
    "reconciliation",
    "与全国系统对账清单",
    (
        Field("kind", "类别", width=22),
        Field("unit_name", "党支部", width=24),
        Field("name", "姓名", width=13),
        Field("masked", "公民身份号码", width=21),
        Field("field", "项目", width=14),
        Field("here", "本系统", width=20),
        Field("there", "全国系统", width=20),
        Field("state", "处理情况", width=26),
        Field("note", "说明", width=30),
    ),
)


@dataclass(frozen=True, slots=True)
class Row:
    """A difference: `agrees` where it was one at first and is none today."""

    finding: Finding
    unit: UnitOnDay | None
    tick: Tick | None
    agrees: bool

    @property
    def state(self) -> str:
        return AGREES if self.agrees else DONE if self.tick else OPEN

    @property
    def state_words(self) -> str:
        if self.agrees:
            return _("已一致")
        return str(DEEDS[self.tick.deed]) if self.tick else _("未处理")

    @property
    def field_label(self) -> str:
        return LABELS.get(self.finding.field, _("人员"))

    @property
    def kind_label(self) -> str:
        return str(KINDS[self.finding.kind])


@dataclass(frozen=True)
class Found:
    """A comparison beside today's record."""

    comparison: Comparison
    unit: UnitOnDay
    tree: Tree
    kept: Kept
    result: Result
    ticks: dict[str, Tick]

    @cached_property
    def rows(self) -> list[Row]:
        """By branch and name, kinds in their order; what agrees by now stands where it stood."""
        now = {one.key: one for one in self.result.findings}
        first = {one.key: one for one in self.kept.first}
        rows = [
            Row(one, self.tree.by_id.get(one.unit or 0), self.ticks.get(key), key not in now)
            for key, one in {**first, **now}.items()
        ]
        return sorted(rows, key=_place)

    def counted(self, kind: Kind) -> int:
        return sum(row.finding.kind is kind for row in self.rows)

    @property
    def branches(self) -> list[UnitOnDay]:
        """The units some row is of."""
        units = {row.unit.id: row.unit for row in self.rows if row.unit is not None}
        return sorted(units.values(), key=lambda unit: unit.path)

    def narrowed(self, kind: Kind | None = None, branch: str = "", state: str = "") -> list[Row]:
        return [
            row
            for row in self.rows
            if (kind is None or row.finding.kind is kind)
            and (not branch or branch == (row.unit.code if row.unit else NOWHERE))
            and (not state or row.state == state)
        ]

    @property
    def totals(self) -> dict[str, int]:
        """Counts alone: people compared and agreeing, differences by kind, and how far they are dealt with."""
        states = Counter(row.state for row in self.rows)
        return {
            "compared": sum(self.result.compared.values()),
            "agreeing": sum(self.result.agreeing.values()),
            **{kind.value: self.counted(kind) for kind in Kind},
            **{state: states[state] for state in (AGREES, DONE, OPEN)},
        }


def _place(row: Row) -> tuple[Any, ...]:
    found = row.finding
    fields = list(LABELS)
    at = fields.index(found.field) if found.field in fields else -1
    return (list(Kind).index(found.kind), row.unit.path if row.unit else "~", found.name, found.row or 0, found.uid, at)


def seen(reader: Reader) -> QuerySet[Comparison]:
    """The comparisons the reader may open."""
    return comparisons(reader.scope(NEED), reader.tree)


def fetched(reader: Reader, uid: uuid.UUID) -> Comparison:
    """Raises `OutOfScope` where there is none of that uid, it is another's, or its thirty days are over."""
    found = seen(reader).defer(None).filter(uid=uid).first()
    if found is None:
        raise OutOfScope("没有找到这次对账，或者已满三十天删除。")
    return found


def found_of(reader: Reader, comparison: Comparison) -> Found:
    """Compared with today's record, which is read once per entry."""
    unit = reader.tree.by_id[comparison.unit_id]
    made: tuple[Kept, Result] = remembered(
        "reconciliation", reader.head, comparison.uid, reader.today, make=lambda: _compared(comparison, unit, reader)
    )
    ticks = {one.key: one for one in Tick.objects.filter(comparison=comparison)}
    return Found(comparison, unit, reader.tree, *made, ticks)


def _compared(comparison: Comparison, unit: UnitOnDay, reader: Reader) -> tuple[Kept, Result]:
    kept: Kept = opened_kept(comparison)
    return kept, compare(people_here(unit, reader.tree, reader.today), kept.read.rows)


def values_of(rows: Iterable[Row]) -> list[dict[str, Any]]:
    """Rows of the list that goes out."""
    return [
        {
            "kind": row.kind_label,
            "unit_name": row.unit.name
            if row.unit
            else row.finding.there
            if row.finding.kind is Kind.THERE_ONLY
            else "",
            "name": row.finding.name,
            "masked": row.finding.masked,
            "field": row.field_label,
            "here": row.finding.here,
            "there": row.finding.there,
            "state": row.state_words,
            "note": row.tick.note if row.tick else "",
        }
        for row in rows
    ]


def mend_links(row: Row) -> list[tuple[str, str, tuple[object, ...]]]:
    """(label, route, arguments) of where a difference is mended."""
    uid = row.finding.uid
    if not uid:
        return [(_("用导入模板补登记"), "import_templates", ())]
    links: list[tuple[str, str, tuple[object, ...]]] = [(_("打开本人页面"), "person", (uid,))]
    if row.finding.kind is Kind.DIFFERS and row.finding.field in ("name", "sex", "born_on", "ethnicity", "education"):
        links.append((_("更正基本情况"), "person_correct", (uid,)))
    if row.finding.kind is Kind.HERE_ONLY or row.finding.field == BRANCH:
        links.append((_("转接组织关系"), "transfer_issue", (uid,)))
    if row.finding.field in ("is_full", "membership_on", "confirmed_on"):
        links.append((_("用导入模板更正"), "import_templates", ()))
    return links
