"""The rows of the ledger's page: one for each township, its villages below it when it is opened, and the totals.

Must not know: HTML, requests. What a number is comes from `figures`; where it leads, from `links`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from django.utils.translation import gettext as _

from yumiao.kernel.shares import Share
from yumiao.ledger import rules, states
from yumiao.ledger.figures import Ledger, Township, Village
from yumiao.ledger.lines import Counts
from yumiao.ledger.links import Links

NOTHING: Final = "—"


class Cell(NamedTuple):
    """A value with where it leads; `kind` are classes of the cell, `state` a sign before the text."""

    text: str
    url: str = ""
    kind: str = "num"
    state: states.State | None = None


class Row(NamedTuple):
    """`url` opens or closes a township, or explains a village; `number` is empty for a village under its township."""

    number: str
    label: str
    url: str
    anchor: str
    cells: list[Cell]
    tone: str = ""
    is_child: bool = False
    is_open: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """The page's table; `townships` and `villages` say how many rows it stands for."""

    rows: list[Row]
    totals: list[Cell]
    townships: int
    villages: int


class Counter(NamedTuple):
    """A column that counts villages: the list it opens, the rule that explains one, and whether a village is on it."""

    slug: str
    rule: str
    holds: Callable[[Village], bool]
    kind: str = "num"


COUNTERS: Final = (
    Counter("warning", "WRN-02", lambda one: one.warned in (rules.Warned.WARNED, rules.Warned.CLEARED), "num g"),
    Counter("cleared", "WRN-02", lambda one: one.warned is rules.Warned.CLEARED),
    Counter("uncleared", "WRN-02", lambda one: one.warned is rules.Warned.WARNED),
    Counter("bottom", "WRN-01", lambda one: one.bottom is rules.Bottom.BREACH, "num g"),
    Counter("at-risk", "WRN-01", lambda one: one.is_at_risk),
    Counter("without-activist", "RES-03", lambda one: one.band is rules.Band.NONE),
)


def table(ledger: Ledger, sums: dict[str, Counts], links: Links) -> Table:
    """The ledger as it was asked for: of one zone if one was named, the opened townships with their villages.

    `sums` holds what every subtree counts, by path. Villages whose township lies outside the ledger stand by themselves.
    """
    asked = links.asked
    townships = [one for one in ledger.townships if asked.zone in ("", one.unit.zone)]
    within = {one.unit.id for one in ledger.townships}
    apart = [one for one in ledger.villages if one.unit.township not in within and asked.zone in ("", one.unit.zone)]
    rows: list[Row] = []
    for number, township in enumerate(townships, start=1):
        is_open = asked.is_all or asked.opened == township.unit.code or len(ledger.townships) == 1
        rows.append(_township(township, number, ledger.day.year, sums, links, is_open=is_open))
        if is_open:
            rows += [_village(one, "", links) for one in township.villages]
    rows += [_village(one, str(number), links) for number, one in enumerate(apart, start=len(townships) + 1)]
    villages = [*(one for township in townships for one in township.villages), *apart]
    admitted = (
        links.people(ledger.unit, f"admitted={ledger.day.year}&rural=1") if ledger.unit and not asked.zone else ""
    )
    totals = list(_totals(townships, apart, sums, villages, links, admitted))
    return Table(rows, totals, len(townships), len(villages))


def _township(
    township: Township, number: int, year: int, sums: dict[str, Counts], links: Links, *, is_open: bool
) -> Row:
    unit, counts = township.unit, township.counts
    reserve = links.explanation(unit, rule="RES-01")
    admitted = f"admitted={year}&rural=1"
    members = sums.get(unit.path, Counts()).members
    met = {None: _("无新发展"), True: _("达标"), False: _("指导线未达")}[township.guidance_met]
    cells = [
        _number(len(township.villages), links.opened(unit), "num g"),
        _number(members, links.people(unit, "kind=member")),
        Cell(_("未下达"), kind="num g soft") if township.planned is None else Cell(str(township.planned), kind="num g"),
        _number(counts.this_year, links.people(unit, admitted, rule="WRN-03")),
        _number(counts.young_this_year, links.people(unit, f"{admitted}&young=1", rule="WRN-03"), "num g"),
        Cell(_share(township.young_share)),
        Cell(met, kind="", state=states.of_guidance(township.guidance_met)),
        _number(township.reserve, reserve, "num g"),
        _optional(township.reserve_required),
        _optional(township.reserve_gap),
        *_counters(township.villages, lambda counter: links.listed(counter.slug, unit)),
    ]
    toggle = links.opened(None if is_open else unit)
    tone = "guide" if township.guidance_met is False else ""
    return Row(str(number), unit.name, toggle, unit.code, cells, tone, is_open=is_open)


def _village(village: Village, number: str, links: Links) -> Row:
    unit, counts, year = village.unit, village.counts, village.day.year
    admitted = f"admitted={year}"
    reserve = (
        links.people(unit, "kind=activist", rule="RES-03")
        if village.settings.reserve_count_targets
        else links.explanation(unit, rule="RES-03")
    )
    cells = [
        Cell("", kind="num g"),
        _number(counts.members, links.people(unit, "kind=member")),
        _optional(village.plan.planned if village.plan else None, "num g"),
        _number(counts.this_year, links.people(unit, admitted, rule="WRN-02")),
        _number(counts.young_this_year, links.people(unit, f"{admitted}&young=1", rule="WRN-02"), "num g"),
        Cell(_share(Share(counts.young_this_year, counts.this_year))),
        Cell("", kind=""),
        _number(village.reserve, reserve, "num g"),
        Cell(NOTHING),
        Cell(NOTHING),
        *_counters([village], lambda counter: links.explanation(unit, rule=counter.rule)),
    ]
    tone = "floor" if village.bottom is rules.Bottom.BREACH else "warn" if village.warned is rules.Warned.WARNED else ""
    return Row(number, unit.name, links.explanation(unit), unit.code, cells, tone, is_child=True)


def _totals(
    townships: Sequence[Township],
    apart: Sequence[Village],
    sums: dict[str, Counts],
    villages: Sequence[Village],
    links: Links,
    admitted: str,
) -> Iterator[Cell]:
    """Sums of the rows above, opened or not; the counts of villages open the list of all of them.

    `admitted` is the address of this year's admissions, empty where no list shows exactly them.
    """
    counts = Counts.total([one.counts for one in villages])
    planned = [one.planned for one in townships if one.planned is not None]
    required = [one.reserve_required for one in townships if one.reserve_required is not None]
    gap = sum(one.reserve_gap or 0 for one in townships)
    missed = sum(one.guidance_met is False for one in townships)
    members = sum(sums.get(one.unit.path, Counts()).members for one in townships)
    yield Cell(str(len(villages)), kind="num g")
    yield Cell(str(members + sum(one.counts.members for one in apart)))
    yield _optional(sum(planned) if planned else None, "num g")
    yield _number(counts.this_year, admitted)
    yield _number(counts.young_this_year, f"{admitted}&young=1" if admitted else "", "num g")
    yield Cell(_share(Share(counts.young_this_year, counts.this_year)))
    yield Cell(_("%(count)s 个未达") % {"count": missed}, links.listed("guidance") if missed else "", "")
    yield Cell(str(sum(one.reserve for one in villages)), kind="num g")
    yield _optional(sum(required) if required else None)
    yield _number(gap, links.listed("reserve", zone=links.asked.zone)) if required else Cell(NOTHING)
    yield from _counters(villages, lambda counter: links.listed(counter.slug, zone=links.asked.zone))


def _counters(villages: Sequence[Village], url: Callable[[Counter], str]) -> Iterator[Cell]:
    for counter in COUNTERS:
        count = sum(map(counter.holds, villages))
        yield _number(count, url(counter) if count else "", counter.kind)


def _number(count: int, url: str, kind: str = "num") -> Cell:
    """A count leads to its rows, none to nothing."""
    return Cell(str(count), url, kind) if count else Cell("0", "", f"{kind} zero")


def _optional(count: int | None, kind: str = "num") -> Cell:
    return Cell(NOTHING if count is None else str(count), kind=kind)


def _share(share: Share) -> str:
    return NOTHING if share.is_none else share.percent()
