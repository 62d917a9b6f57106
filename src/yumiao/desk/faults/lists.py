"""The list of faults, on the page and as a file: by rule, by unit, by person. Must not know: how a fault is found, how a file is written."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.http import QueryDict
from django.utils.translation import gettext as _

from yumiao.access.permissions import Permission
from yumiao.access.readers import Reader
from yumiao.admission.path_2014 import STEPS
from yumiao.desk.exports.going import Going, page_of
from yumiao.desk.faults.finding import Found, Tally, found_in
from yumiao.desk.rulebook import RULEBOOK
from yumiao.kernel.resources import Field, Kind, Resource
from yumiao.people.models import PersonRecord
from yumiao.units.queries import UnitOnDay

SIZE: Final = 50
RESOURCE: Final = Resource(
    "case_faults",
    "发展党员程序问题清单",
    (
        Field("name", "姓名", width=13),
        Field("unit_name", "党支部", width=24),
        Field("step", "步骤", Kind.NUMBER, width=6),
        Field("step_name", "步骤名称", width=18),
        Field("gravity", "性质", width=10),
        Field("rule", "依据", width=26),
        Field("text", "问题", width=52),
    ),
)
_STEPS: Final = {one.number: one.short for one in STEPS}


@dataclass(frozen=True, slots=True)
class Asked:
    """What the address asks for: a unit, a rule; what it does not know it leaves out."""

    unit: str = ""
    rule: str = ""
    page: int = 1

    @classmethod
    def parsed(cls, get: QueryDict) -> Asked:
        rule, page = get.get("rule", ""), get.get("page", "1")
        is_page = page.isascii() and page.isdigit() and len(page) < 5
        return cls(
            unit=get.get("unit", "").strip(),
            rule=rule if rule_title(rule) else "",
            page=max(int(page), 1) if is_page else 1,
        )

    def place(self, reader: Reader) -> UnitOnDay | None:
        """The unit it asks for, where the reader reaches it."""
        found = reader.tree.by_code.get(self.unit)
        return found if found is not None and reader.may_at(Permission.PERSON_READ, found) else None

    def words(self, reader: Reader) -> list[str]:
        unit = self.place(reader)
        return [*([unit.name] if unit else []), *([rule_title(self.rule)] if self.rule else [])]


def rule_title(rule: str) -> str:
    """What a rule is called; empty for one that is none."""
    return next((one.title for one in RULEBOOK if one.id == rule), "")


def cases_of(reader: Reader, asked: Asked) -> list[Found]:
    """The cases asked for, the gravest first."""
    rows = [one for one in found_in(reader, asked.place(reader)) if one.by(asked.rule)]
    return sorted(rows, key=lambda one: (not one.is_grave(asked.rule), -len(one.by(asked.rule)), one.case))


def by_rule(rows: Iterable[Found]) -> list[Tally]:
    """How many cases break each rule, the most first."""
    cases: dict[str, int] = defaultdict(int)
    grave: dict[str, int] = defaultdict(int)
    for one in rows:
        for rule in {fault.rule for fault in one.faults}:
            cases[rule] += 1
            grave[rule] += one.is_grave(rule)
    found = [Tally(rule, rule_title(rule), count, grave[rule]) for rule, count in cases.items()]
    return sorted(found, key=lambda one: (-one.grave, -one.cases, one.key))


def by_unit(rows: Iterable[Found], reader: Reader, place: UnitOnDay | None) -> list[Tally]:
    """How many cases with faults stand below each of the units right below a place."""
    tree, top = reader.tree, place or reader.home
    below = [one for one in tree if top is not None and one.parent == top.id]
    found = []
    units = [tree.by_id[one.unit].path for one in rows if one.unit in tree.by_id]
    grave = [tree.by_id[one.unit].path for one in rows if one.unit in tree.by_id and one.is_grave()]
    for unit in below:
        count = sum(unit.subtree.covers(path) for path in units)
        if count:
            found.append(Tally(unit.code, unit.name, count, sum(unit.subtree.covers(path) for path in grave)))
    return found


@dataclass(frozen=True, slots=True)
class Row:
    """One case as the list shows it."""

    found: Found
    name: str
    unit: UnitOnDay | None
    shown: Sequence[Any]
    is_grave: bool


def rows_of(some: Sequence[Found], reader: Reader, rule: str = "") -> list[Row]:
    """Cases with the names of whose they are; one statement."""
    names = dict(
        PersonRecord.objects.open()
        .filter(person__cases__in=[one.case for one in some])
        .values_list("person__cases__id", "name")
    )
    return [
        Row(one, names.get(one.case, ""), reader.tree.by_id.get(one.unit), one.by(rule), one.is_grave(rule))
        for one in some
    ]


def going(reader: Reader, get: QueryDict) -> Going:
    """The list as it goes out: a row for every fault."""
    asked = Asked.parsed(get)
    rows = cases_of(reader, asked)
    return Going(
        resource=RESOURCE,
        title=RESOURCE.title,
        unit=asked.place(reader) or reader.home,
        day=reader.today,
        conditions=asked.words(reader),
        count=sum(len(one.by(asked.rule)) for one in rows),
        is_of_people=True,
        rows=lambda most: values_of(rows, reader, asked.rule)[:most],
        back=page_of("case_faults", get),
    )


def values_of(some: Sequence[Found], reader: Reader, rule: str) -> list[dict[str, Any]]:
    """Every fault by the keys of `RESOURCE`."""
    found = []
    for start in range(0, len(some), 500):
        for row in rows_of(some[start : start + 500], reader, rule):
            found += [
                {
                    "name": row.name, "unit_name": row.unit.name if row.unit else None, "step": one.step, "step_name": _STEPS[one.step],
                    "gravity": one.gravity.label, "rule": rule_title(one.rule), "text": one.text,
                }
                for one in row.shown
            ]  # fmt: skip
    return found


def nothing_said(asked: Asked) -> str:
    """What an empty list says."""
    if asked.rule or asked.unit:
        return _("在这些条件下没有发现问题。")
    return _("没有发现程序问题。登记步骤、放入材料或者导入培养过程之后，这里按规则逐案核对。")
