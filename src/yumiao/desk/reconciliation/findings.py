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
from yumiao.journal.memory import remembered
from yumiao.kernel.objections import OutOfScope
from yumiao.kernel.resources import Field, Resource
from yumiao.people.queries import named
from yumiao.reconciliation.columns import LABELS
from yumiao.reconciliation.keeping import Kept, opened_kept
from yumiao.reconciliation.models import Comparison, Tick
from yumiao.reconciliation.own_record import comparisons, people_here
from yumiao.reconciliation.rules import BRANCH, Compared, Deed, Finding, Kind, Result, compare
from yumiao.units.queries import Tree, UnitOnDay

NEED: Final = Permission.WORKBOOK_IMPORT
KINDS: Final = {
    Kind.HERE_ONLY: gettext_lazy("本系统有、全国系统没有"),
    Kind.THERE_ONLY: gettext_lazy("全国系统有、本系统没有"),
    Kind.DIFFERS: gettext_lazy("信息不一致"),
    Kind.MAYBE: gettext_lazy("可能相同"),
}
OPEN, STILL, DONE, AGREES = "open", "still", "done", "agrees"
STATES: Final = {
    AGREES: gettext_lazy("已一致"),
    DONE: gettext_lazy("已处理"),
    STILL: gettext_lazy("记为更正仍不一致"),
    OPEN: gettext_lazy("未处理"),
}
"""`STILL`: ticked off as mended here, and what both say is not the same yet."""
NOWHERE: Final = "-"  # the branch of rows whose branch is no unit
PEOPLE: Final = Resource(
    "reconciled_people",
    "与全国系统对账人员名单",
    (
        Field("unit_name", "党支部", width=28),
        Field("name", "姓名", width=13),
        Field("masked", "公民身份号码", width=21),
        Field("state", "比对结果", width=16),
    ),
)
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
        if self.agrees or self.tick is None:
            return AGREES if self.agrees else OPEN
        return STILL if self.tick.deed == Deed.HERE_CORRECTED else DONE

    @property
    def deed_words(self) -> str:
        """What somebody said was done, if anybody did."""
        return Deed(self.tick.deed).label if self.tick else ""

    @property
    def state_words(self) -> str:
        return self.deed_words if self.state == DONE else str(STATES[self.state])

    @property
    def field_label(self) -> str:
        return LABELS.get(self.finding.field, _("人员"))

    @property
    def kind_label(self) -> str:
        return str(KINDS[self.finding.kind])


@dataclass(frozen=True)
class Found:
    """A comparison beside today's record; a closed one as it was when it was closed. The file's rows and the people are left out."""

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

    def called(self, unit: UnitOnDay | None) -> str:
        """The name of a branch; with its township before it, where those of several are compared."""
        if unit is None:
            return ""
        return self.tree.label(unit) if self.unit.parent is None else unit.name

    @property
    def branches(self) -> list[UnitOnDay]:
        """The units some row or somebody compared is of."""
        ids = {row.unit.id for row in self.rows if row.unit is not None} | set(self.result.compared)
        return sorted((self.tree.by_id[one] for one in ids if one in self.tree.by_id), key=lambda unit: unit.path)

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
            **{state: states[state] for state in STATES},
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
    """Compared with today's record, which is read once per entry; as it was when it was closed."""
    key = (comparison.uid, comparison.closed_on, reader.today)
    kept, result = remembered("reconciliation", reader.head, *key, make=lambda: _slim(reader, comparison))
    return _found(reader, comparison, kept, result)


def whole_found_of(reader: Reader, comparison: Comparison) -> Found:
    """The same made anew, with the people who were compared."""
    return _found(reader, comparison, *_compared(reader, comparison))


def _found(reader: Reader, comparison: Comparison, kept: Kept, result: Result) -> Found:
    ticks = {one.key: one for one in Tick.objects.filter(comparison=comparison)}
    return Found(comparison, reader.tree.by_id[comparison.unit_id], reader.tree, kept, result, ticks)


def _slim(reader: Reader, comparison: Comparison) -> tuple[Kept, Result]:
    kept, result = _compared(reader, comparison)
    return kept.without_rows, result.without_people


def _compared(reader: Reader, comparison: Comparison) -> tuple[Kept, Result]:
    kept: Kept = opened_kept(comparison)
    if kept.closed is not None:
        return kept, kept.closed
    unit = reader.tree.by_id[comparison.unit_id]
    return kept, compare(people_here(unit, reader.tree, reader.today), kept.read.rows)


def people_of(found: Found, branch: str, *, only_agreeing: bool) -> list[tuple[Compared, UnitOnDay | None]]:
    """Who was compared, or agrees in everything, in a branch or in all; by branch and name. `found` with its people."""
    units = found.tree.by_id
    people = [
        (one, units.get(one.unit))
        for one in found.result.people
        if (one.agrees or not only_agreeing) and (not branch or (one.unit in units and units[one.unit].code == branch))
    ]
    return sorted(people, key=lambda pair: (pair[1].path if pair[1] else "~", pair[0].name, pair[0].uid))


def values_of(found: Found, rows: Iterable[Row]) -> list[dict[str, Any]]:
    """Rows of the list that goes out; masked numbers are read in one query."""
    listed = list(rows)
    masks = masks_of(row.finding.person for row in listed if row.finding.person is not None)
    return [
        {
            "kind": row.kind_label,
            "unit_name": found.called(row.unit) or (row.finding.there if row.finding.kind is Kind.THERE_ONLY else ""),
            "name": row.finding.name,
            "masked": masks.get(row.finding.person or 0) or row.finding.masked,
            "field": row.field_label,
            "here": row.finding.here,
            "there": row.finding.there,
            "state": row.state_words,
            "note": row.tick.note if row.tick else "",
        }
        for row in listed
    ]


def values_of_people(found: Found, people: Iterable[tuple[Compared, UnitOnDay | None]]) -> list[dict[str, Any]]:
    """People of the list that goes out; their masked numbers are read in one query."""
    listed = list(people)
    masks = masks_of(one.person for one, _unit in listed)
    return [
        {
            "unit_name": found.called(unit),
            "name": one.name,
            "masked": masks.get(one.person, ""),
            "state": agreement(one),
        }
        for one, unit in listed
    ]


def agreement(one: Compared) -> str:
    return _("完全一致") if one.agrees else _("有差异")


def masks_of(people: Iterable[int]) -> dict[int, str]:
    """Masked number by person."""
    return {one.id: one.masked for one in named(set(people)).values()}


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
