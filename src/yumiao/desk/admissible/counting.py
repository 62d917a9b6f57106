"""The cases in a reader's reach with their outlook, sorted into who can be admitted in a year; sums by unit, by month, by what holds them.

Must not know: pages, names.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from yumiao.access.permissions import Permission
from yumiao.access.readers import Reader
from yumiao.admission.courses import Ahead, ahead
from yumiao.admission.editions import edition_of
from yumiao.bylaws.memory import settings_of
from yumiao.desk.admissible.asked import ELSEWHERE, Asked, Standing
from yumiao.desk.dossier.grounds import calendar_of
from yumiao.journal.chain import Head
from yumiao.journal.memory import remembered
from yumiao.kernel.objections import OutOfScope
from yumiao.ledger.memory import ledger_seen
from yumiao.ledger.plans import plans_on
from yumiao.units.queries import UnitOnDay

_LATEST: Final = date.max


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table. `plan` is None where none was set, `unit` where it is those outside the villages."""

    unit: UnitOnDay | None
    plan: int | None
    admitted: int
    counts: Counter[Standing]

    @property
    def most(self) -> int:
        """As many as there can be by the end of the year."""
        return self.admitted + self.counts[Standing.PENDING] + self.counts[Standing.CAN]

    @property
    def short(self) -> int | None:
        """How many are missing to the plan even if everybody who can is admitted."""
        return None if self.plan is None else max(0, self.plan - self.most)


def standing_of(one: Ahead, year: int) -> Standing | None:
    """How a case stands towards the end of `year`; None of one that counts in the year before."""
    outlook = one.outlook
    if outlook.is_resting or outlook.failed or outlook.is_too_late:
        return Standing.STOPPED
    if outlook.is_met:
        return Standing.PENDING if outlook.meeting_on and outlook.meeting_on.year == year else None
    return Standing.CAN if outlook.is_in_time(year) else Standing.CANNOT


def everybody(today: date, head: Head) -> list[Ahead]:
    """Every case on its way, as the record stands at `head`, the earliest meeting first; from memory."""

    def make() -> list[Ahead]:
        found = ahead(today, settings_of(today, head), calendar_of(head))
        return sorted(found, key=lambda one: (one.outlook.meeting_on or _LATEST, one.case))

    return remembered("ahead", head, today, make=make)


def unit_asked(reader: Reader, asked: Asked) -> UnitOnDay | None:
    """The unit of the address. Raises `OutOfScope` for one the reader does not see."""
    if asked.unit in ("", ELSEWHERE):
        return None
    unit = reader.tree.by_code.get(asked.unit)
    if unit is None or not reader.may_at(Permission.PERSON_READ, unit):
        raise OutOfScope(asked.unit)
    return unit


def cases_of(reader: Reader, asked: Asked) -> list[tuple[Ahead, UnitOnDay, Standing]]:
    """The cases the reader sees under the conditions, with where each stands."""
    scope, tree, unit = reader.scope(Permission.PERSON_READ), reader.tree.by_id, unit_asked(reader, asked)
    seen = {one.id for one in tree.values() if scope.covers(one.path)}
    if unit is not None:
        seen = {one for one in seen if unit.subtree.covers(tree[one].path)}
    if asked.unit == ELSEWHERE:
        seen = {one for one in seen if tree[one].village is None}
    found = []
    for one in everybody(reader.today, reader.head):
        if one.unit not in seen or (standing := standing_of(one, asked.year)) is None:
            continue
        if asked.standing not in (None, standing) or asked.step not in (0, one.outlook.step):
            continue
        if asked.month and month_of(one, reader.today) != asked.month:
            continue
        found.append((one, tree[one.unit], standing))
    return found


Cases = Sequence[tuple[Ahead, UnitOnDay, Standing]]


def rows_of(reader: Reader, asked: Asked, cases: Cases) -> list[Row]:
    """By township, or by village where the reader's reach or the address is one township; those outside the villages last."""
    tree, chosen = reader.tree, unit_asked(reader, asked)
    scope = reader.scope(Permission.PERSON_READ)
    reach = [one for one in tree if scope.covers(one.path) and (chosen is None or chosen.subtree.covers(one.path))]
    villages = [one for one in reach if one.village == one.id]
    towns = {one.township for one in villages if one.township is not None and one.township in tree.by_id}
    by_town = len(towns) > 1
    counts: dict[int | None, Counter[Standing]] = defaultdict(Counter)
    for _one, unit, standing in cases:
        key = unit.village if unit.village is None or not by_town else unit.township
        counts[key][standing] += 1
    units = [tree.by_id[one] for one in towns] if by_town else villages
    admitted, plans = _admitted(reader, asked), _plans(reader, asked, villages)
    rows = [
        Row(one, plans.get(one.id), admitted[one.id], counts[one.id])
        for one in sorted(units, key=lambda unit: unit.code)
    ]
    return [*rows, Row(None, None, 0, counts[None])] if counts[None] else rows


def _admitted(reader: Reader, asked: Asked) -> Counter[int]:
    """How many each village and township has admitted this year; of the next year none."""
    found: Counter[int] = Counter()
    if asked.year != reader.today.year or not reader.may(Permission.LEDGER_READ):
        return found
    ledger = ledger_seen(reader, reader.scope(Permission.LEDGER_READ), reader.today)
    for village in ledger.villages:
        found[village.unit.id] += village.counts.this_year
        if village.unit.township is not None:
            found[village.unit.township] += village.counts.this_year
    return found


def _plans(reader: Reader, asked: Asked, villages: Iterable[UnitOnDay]) -> dict[int, int]:
    """The plan of the year by unit: its own, of a township else the sum of its villages'."""
    day = reader.today if asked.year == reader.today.year else date(asked.year, 1, 1)
    given = remembered("plans", reader.head, day, make=lambda: plans_on(day))
    found = {unit: plan.planned for unit, plan in given.items()}
    for one in villages:
        if one.id in found and one.township is not None and one.township not in given:
            found[one.township] = found.get(one.township, 0) + given[one.id].planned
    return found


def total_of(reader: Reader, asked: Asked, rows: Sequence[Row]) -> Row:
    """The sum. Its plan is that of the township where all lines lie in one that the reader sees, else the sum; None where there is none."""
    plans = [one.plan for one in rows if one.plan is not None]
    plan = sum(plans) if plans else None
    towns = {one.unit.township for one in rows if one.unit is not None}
    town = reader.tree.by_id.get(next(iter(towns)) or 0) if len(towns) == 1 else None
    if town is not None and reader.may_at(Permission.PERSON_READ, town) and len(rows) > 1:
        plan = _plans(reader, asked, []).get(town.id, plan)
    counts: Counter[Standing] = sum((one.counts for one in rows), Counter())
    return Row(town, plan, sum(one.admitted for one in rows), counts)


def month_of(one: Ahead, today: date) -> str:
    """The month in which the meeting can be at the earliest, this one where it could have been before; empty where it cannot."""
    on = one.outlook.meeting_on
    return "" if on is None else f"{max(on, today):%Y-%m}"


def by_month(cases: Cases, today: date) -> list[tuple[str, int]]:
    """How many of those who can could be admitted in each month at the earliest."""
    found = Counter(month_of(one, today) for one, _unit, standing in cases if standing is Standing.CAN)
    return sorted(found.items())


def by_hold(cases: Cases) -> list[tuple[int, str, int, int]]:
    """(step, its words, how many of those who can, of those who cannot) by the step at which cases stand."""
    words: dict[int, str] = {}
    can: Counter[int] = Counter()
    cannot: Counter[int] = Counter()
    for one, _unit, standing in cases:
        if standing not in (Standing.CAN, Standing.CANNOT):
            continue
        (can if standing is Standing.CAN else cannot)[one.outlook.step] += 1
        words[one.outlook.step] = one.outlook.said or words.get(one.outlook.step, "")
    return [(step, words[step], can[step], cannot[step]) for step in sorted(words)]


def label_of(step: int) -> str:
    """How a step is called."""
    return edition_of("").by_number[step].label if step else "尚未登记"
