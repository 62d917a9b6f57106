"""The organisation tree as a table: opened branches, what each unit's subtree counts, what the lines say of it.

Must not know: HTML, requests. Numbers are those of the ledger of the day, from memory.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import Final, NamedTuple
from urllib.parse import quote

from django.utils.translation import gettext as _

from yumiao.access.permissions import Permission
from yumiao.access.readers import Reader
from yumiao.desk.people.filters import Kind, filter_url
from yumiao.desk.units.finding import units_by
from yumiao.ledger import rules, states
from yumiao.ledger.figures import Township, Village
from yumiao.ledger.lines import Counts
from yumiao.ledger.memory import ledger_of, sums_of
from yumiao.ui.addresses import reverse
from yumiao.units.queries import UnitOnDay

MOST_FOUND: Final = 100


class Sign(NamedTuple):
    """What a line says, with its explanation."""

    state: states.State
    text: str
    url: str


class Figure(NamedTuple):
    """A count of people; without `url` the reader may not open them."""

    label: str
    people: int
    url: str


class UnitRow(NamedTuple):
    """`level` counts from 0 at the reader's roots; `twist_url` opens or closes it; figures are None where he may not read them."""

    unit: UnitOnDay
    url: str
    level: int
    twist_url: str
    is_open: bool
    figures: list[Figure] | None
    signs: list[Sign]


class UnitRows:
    """Rows for one reader; made once for a page."""

    def __init__(self, reader: Reader) -> None:
        self.reader = reader
        self.units = reader.tree
        self.address = reverse("units")
        self.seen = reader.scope(Permission.UNIT_READ)
        self.counted = reader.scope(Permission.LEDGER_READ)
        self.people = reader.scope(Permission.PERSON_READ)
        self.sums: dict[str, Counts] = {}
        self.assessed: dict[int, Village | Township] = {}
        if self.counted.roots:
            ledger = ledger_of(reader.today, reader.head)
            self.sums = sums_of(reader.today, reader.head)
            self.assessed |= {one.unit.id: one for one in ledger.villages}
            self.assessed |= {one.unit.id: one for one in ledger.townships}

    @cached_property
    def lists(self) -> list[tuple[str, str]]:
        """(label, address of all of them) of each figure; the unit is added to the address."""
        return [
            (_("党员"), filter_url(kind=Kind.MEMBER)),
            (_("预备党员"), filter_url(kind=Kind.PROBATIONER)),
            (_("女党员"), filter_url(kind=Kind.MEMBER, sex="f")),
            (_("年轻党员"), filter_url(kind=Kind.MEMBER, young=True)),
            (_("入党申请人"), filter_url(kind=Kind.APPLICANT)),
            (_("积极分子"), filter_url(kind=Kind.ACTIVIST)),
            (_("发展对象"), filter_url(kind=Kind.TARGET)),
            (_("人才库"), filter_url(kind=Kind.TALENT)),
        ]

    def opened(self, code: str) -> list[UnitRow]:
        """The reader's roots and their units, and everything on the way down to the unit `code` and directly below it."""
        on_the_way = {unit.id for unit in self.units.line(self.units.by_code.get(code))}
        roots = (self.units.by_path.get(root.lo) for root in sorted(self.seen.roots, key=lambda root: root.lo))
        return [row for unit in roots if unit is not None for row in self._down(unit, on_the_way, 0)]

    def found(self, q: str) -> list[UnitRow]:
        """Units by a part of their name or the beginning of their code, at most `MOST_FOUND`."""
        return [self.row(unit) for unit in units_by(self.reader, q, Permission.UNIT_READ)[:MOST_FOUND]]

    def _down(self, unit: UnitOnDay, on_the_way: set[int], level: int) -> Iterator[UnitRow]:
        is_open = level == 0 or unit.id in on_the_way
        yield self.row(unit, level, is_open=is_open)
        for child in self.units.below(unit) if is_open else ():
            yield from self._down(child, on_the_way, level + 1)

    def row(self, unit: UnitOnDay, level: int = 0, *, is_open: bool = False) -> UnitRow:
        parent = self.units.by_id.get(unit.parent or 0)
        opens = (parent.code if parent else "") if is_open else unit.code
        twist = f"{self.address}?open={quote(opens)}" if self.units.below(unit) and level else ""
        url = f"{self.address}{quote(unit.code)}/"
        return UnitRow(unit, url, level, twist, is_open, self.figures(unit), self.signs(unit))

    def figures(self, unit: UnitOnDay) -> list[Figure] | None:
        """Members and those who may become members, of the whole subtree."""
        if not self.counted.covers(unit.path):
            return None
        counts, may_open = self.sums.get(unit.path, Counts()), self.people.covers(unit.path)
        numbers = (
            counts.members,
            counts.members - counts.full_members,
            counts.women,
            counts.young,
            counts.applicants,
            counts.activists,
            counts.targets,
            counts.talents,
        )
        code = quote(unit.code)
        return [
            Figure(label, number, f"{address}&unit={code}" if number and may_open else "")
            for number, (label, address) in zip(numbers, self.lists, strict=True)
        ]

    def signs(self, unit: UnitOnDay, *, every: bool = False) -> list[Sign]:
        """What the lines say of a village or township; those in order only if `every` one is asked for."""
        found = self.assessed.get(unit.id)
        if found is None or not self.counted.covers(unit.path):
            return []
        said = _of_village(found) if isinstance(found, Village) else _of_township(found)
        shown = [one for one in said if every or one[0] not in CALM]
        address = reverse("explanation", args=[unit.code]) if shown else ""
        return [Sign(state, text, f"{address}#{rule}") for state, text, rule in shown]


CALM: Final = ("ok", "clear", "na")


def _of_village(one: Village) -> Iterator[tuple[states.State, str, str]]:
    yield states.of_bottom(one.bottom), _("底线：%(said)s") % {"said": one.bottom.label}, "WRN-01"
    if one.is_at_risk and one.bottom is not rules.Bottom.AT_RISK:
        yield "risk", rules.Bottom.AT_RISK.label, "WRN-01"
    yield states.of_warned(one.warned), _("预警线：%(said)s") % {"said": one.warned.label}, "WRN-02"
    low = {None: _("没有党员，不评"), True: _("偏低"), False: _("达标")}[one.is_low_young]
    yield states.of_low_young(one.is_low_young), _("年轻党员占比：%(said)s") % {"said": low}, "WRN-04b"
    yield states.of_band(one.band), _("积极分子：%(said)s") % {"said": one.band.label}, "RES-03"


def _of_township(one: Township) -> Iterator[tuple[states.State, str, str]]:
    met = {None: _("无新发展，不评"), True: _("达到"), False: _("未达到")}[one.guidance_met]
    yield states.of_guidance(one.guidance_met), _("指导线：%(said)s") % {"said": met}, "WRN-03"
    gap = {None: _("未下达计划，不评"), True: _("达标"), False: _("缺 %(gap)s 名") % {"gap": one.reserve_gap}}
    yield states.of_reserve(one.reserve_met), _("储备：%(said)s") % {"said": gap[one.reserve_met]}, "RES-01"
