"""The balance of a year: members at its start, who came, who went, members at its end; of a unit and of each unit directly below it.

Both days are read as known now, so what was entered late or corrected since stands in the start already. Must not know: the reader, pages.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final, NamedTuple

from django.utils.translation import gettext as _

from yumiao.access.readers import tree_of
from yumiao.desk.statistics.reading import Subject, rows, stock
from yumiao.desk.statistics.tables import LEVEL, Column, Line, Table, column_faults
from yumiao.journal.chain import Head
from yumiao.journal.memory import remembered
from yumiao.kernel.scope import Range
from yumiao.people.statistics import balances
from yumiao.units.queries import Tree, UnitOnDay

ADMITTED, MOVED_IN, RESTORED, OTHER_GAIN = "admitted", "moved_in", "restored", "other_gain"
MOVED_OUT, SUSPENDED, OTHER_LOSS = "moved_out", "suspended", "other_loss"
START, GAINED, LOST, END = "start", "gained", "lost", "end"
GAINS: Final = (ADMITTED, MOVED_IN, RESTORED, OTHER_GAIN)
LOSSES: Final = (MOVED_OUT, SUSPENDED, OTHER_LOSS)


class Change(NamedTuple):
    """Somebody who did not stand in stock at the same place on both days. `before`, `after`: the path of the unit, empty for who was not
    in stock; `through`: of who came and went in between, where he stands at the end. `came`, `went`: how, seen from the whole county.
    """

    person: int
    before: str
    after: str
    through: str
    came: str
    went: str


@dataclass(frozen=True, slots=True)
class Stock:
    """Members on a day by path of a unit: those of the unit itself, and with all below it."""

    own: Mapping[str, int]
    whole: Mapping[str, int]

    @classmethod
    def of(cls, paths: Iterable[str]) -> Stock:
        own, whole = Counter(paths), Counter[str]()
        for path, number in own.items():
            for upper in _upwards(path):
                whole[upper] += number
        return cls(own, whole)


@dataclass(frozen=True, slots=True)
class Changes:
    """The whole county between two days: members in stock on each, and everybody who changed, by path of each unit above a place of his."""

    start: date
    end: date
    before: Stock
    after: Stock
    people: Mapping[str, Sequence[Change]]

    def near(self, part: Part) -> Collection[Change]:
        """Those who can have come to or gone from a part."""
        paths = {within.lo for within in (part.before, part.after) if within}
        return {one.person: one for path in paths for one in self.people.get(path, ())}.values()


class Part(NamedTuple):
    """Some units on both days; `before` and `after` are None where they did not stand. `is_own`: the unit without those below it."""

    before: Range | None
    after: Range | None
    is_own: bool = False

    def had(self, path: str) -> bool:
        return _holds(self.before, path, self.is_own)

    def has(self, path: str) -> bool:
        return _holds(self.after, path, self.is_own)


def changes(start: date, end: date, head: Head) -> Changes:
    """Who came and who went after `start` and up to `end`."""
    return remembered("statistics_balance", head, start, end, make=lambda: _compared(start, end))


def _compared(start: date, end: date) -> Changes:
    before, after = stock(start), stock(end)
    begun = dict(rows("begun", end, start=start))
    was_suspended, is_suspended = ({person for person, _cycle in rows("suspended", day)} for day in (start, end))

    def change(person: int) -> Change:
        came = ADMITTED if person in begun else RESTORED if person in was_suspended else OTHER_GAIN
        went = SUSPENDED if person in is_suspended else OTHER_LOSS
        old, new = before.get(person, ""), after.get(person, "")
        return Change(person, old, new, "" if old or new else begun[person], came, went)

    stayed = {person for person, path in before.items() if after.get(person) == path}
    people: dict[str, list[Change]] = defaultdict(list)
    for person in sorted((before.keys() | after.keys() | begun.keys()) - stayed):
        one = change(person)
        for path in {upper for own in (one.before, one.after, one.through) for upper in _upwards(own)}:
            people[path].append(one)
    return Changes(start, end, Stock.of(before.values()), Stock.of(after.values()), dict(people))


def _upwards(path: str) -> list[str]:
    """The paths of a unit and of every unit above it."""
    return [path[:end] for end in range(LEVEL, len(path) + 1, LEVEL)]


def how(one: Change, part: Part) -> tuple[str, str]:
    """(how somebody came, how he went), seen from a part of the county; empty for neither."""
    if one.through:
        return (one.came, one.went) if part.has(one.through) else ("", "")
    had, has = part.had(one.before), part.has(one.after)
    if has and not had:
        return MOVED_IN if one.before else one.came, ""
    if had and not has:
        return "", MOVED_OUT if one.after else one.went
    return "", ""


def part_of(unit: UnitOnDay, then: Tree, now: Tree, *, is_own: bool = False, above: UnitOnDay | None = None) -> Part:
    """A unit on both days; one that did not stand below `above` on a day counts nothing there that day."""

    def subtree(units: Tree) -> Range | None:
        one = units.by_id.get(unit.id)
        return one.subtree if one is not None and (above is None or one.parent == above.id) else None

    return Part(subtree(then), subtree(now), is_own)


def columns(start: date, end: date) -> tuple[Column, ...]:
    gained, lost = _("增加"), _("减少")
    is_over = (end.month, end.day) == (12, 31)
    return (
        Column(START, _("%(year)s年末") % {"year": start.year}, is_sum=True),
        Column(GAINED, _("小计"), gained, is_sum=True),
        Column(ADMITTED, _("发展"), gained),
        Column(MOVED_IN, _("转入"), gained),
        Column(RESTORED, _("恢复党籍"), gained),
        Column(OTHER_GAIN, _("其他增加"), gained),
        Column(LOST, _("小计"), lost, is_sum=True),
        Column(MOVED_OUT, _("转出"), lost),
        Column(SUSPENDED, _("停止党籍"), lost),
        Column(OTHER_LOSS, _("其他减少"), lost),
        Column(END, _("%(year)s年末") % {"year": end.year} if is_over else _("期末"), is_sum=True),
    )


def balance(unit: UnitOnDay, start: date, end: date, head: Head) -> Table:
    """The balance of a unit, a row for each unit that stood directly below it on either day; what moved among them is taken off again."""
    found, then, now = changes(start, end, head), tree_of(start, head), tree_of(end, head)
    below = {child.id: child for child in (*_below(unit, then), *now.below(unit))}
    own = Line(_("本级"), unit, _numbers(found, part_of(unit, then, now, is_own=True)), is_own=True)
    lines = [own] if any(own.numbers) or not below else []
    lines += [
        Line(child.name, child, _numbers(found, part_of(child, then, now, above=unit)))
        for child in sorted(below.values(), key=lambda one: (one.position, one.code))
    ]
    total = Line(_("合计"), unit, _numbers(found, part_of(unit, then, now)))
    shown = columns(start, end)
    if inner := _inner(shown, lines, total):
        lines.append(inner)
    title = _("%(year)s年党员增减平衡") % {"year": end.year}
    made = Table(title, Subject.BALANCE, unit, end, shown, tuple(lines), total)
    return replace(made, faults=(*_row_faults(made), *column_faults(made)))


def _below(unit: UnitOnDay, units: Tree) -> Iterable[UnitOnDay]:
    one = units.by_id.get(unit.id)
    return units.below(one) if one is not None else ()


def _numbers(found: Changes, part: Part) -> tuple[int, ...]:
    kinds = Counter(kind for one in found.near(part) for kind in how(one, part) if kind)
    start, end = _in_stock(found.before, part.before, part), _in_stock(found.after, part.after, part)
    gains, losses = [kinds[kind] for kind in GAINS], [kinds[kind] for kind in LOSSES]
    return (start, sum(gains), *gains, sum(losses), *losses, end)


def _in_stock(stocked: Stock, within: Range | None, part: Part) -> int:
    return (stocked.own if part.is_own else stocked.whole).get(within.lo, 0) if within else 0


def _inner(shown: tuple[Column, ...], lines: list[Line], total: Line) -> Line | None:
    """What moved between the rows, as a row that takes it off; None where nothing did."""
    place = {column.key: number for number, column in enumerate(shown)}
    moved = sum(line.numbers[place[MOVED_IN]] for line in lines) - total.numbers[place[MOVED_IN]]
    if not moved:
        return None
    off = {place[key] for key in (GAINED, MOVED_IN, LOST, MOVED_OUT)}
    numbers = tuple(-moved if number in off else 0 for number in range(len(shown)))
    return Line(_("减：下级之间转接"), None, numbers)


def _row_faults(made: Table) -> list[str]:
    places = [
        next(n for n, column in enumerate(made.columns) if column.key == key) for key in (START, GAINED, LOST, END)
    ]
    return [
        _("“%(line)s”一行年初加增加减减少不等于年末") % {"line": line.label}
        for line in (*made.lines, made.total)
        if not balances(**dict(zip((START, GAINED, LOST, END), (line.numbers[place] for place in places), strict=True)))
    ]


def _holds(within: Range | None, path: str, is_own: bool) -> bool:
    if within is None or not path:
        return False
    return path == within.lo if is_own else within.covers(path)
