"""How two issues of a unit differ, figure by figure, and which step from the one to the other changed it.

From the older issue to the newer there are three steps, each computed again from the record: the settings of the newer one, then
what was recorded between them about the older day, then the time between their days. A figure is explained by the steps in which
it changes. Must not know: pages, names of people.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from yumiao.bylaws.keys import KEYS
from yumiao.bylaws.queries import value_in_words
from yumiao.bylaws.rules import Settings
from yumiao.kernel.shares import Share
from yumiao.ledger.difference_causes import Cause, Moment, Why, causes_between, is_touched
from yumiao.ledger.difference_figures import FIGURES, LEDGER_KEYS, Figure, Group
from yumiao.ledger.figures import Ledger
from yumiao.ledger.issues import Frozen, Opened
from yumiao.ledger.queries import assessed, counted
from yumiao.units.queries import tree

Place = tuple[str, str]  # which of the two tables a row stands in, and the code of its unit
Rows = Mapping[Place, Mapping[str, Any]]

VILLAGE, TOWNSHIP = "village", "township"
STANDS: Final = "stands"  # the figure that says whether a unit is in the table at all


@dataclass(frozen=True, slots=True)
class Difference:
    """One figure of one row in both issues, in words, and why they differ; at least one reason."""

    code: str
    name: str
    label: str
    before: str
    after: str
    causes: tuple[Cause, ...]


@dataclass(frozen=True, slots=True)
class Compared:
    """The differences of townships and villages, in the order of their codes; `settings`: titles with both values."""

    older: Opened
    newer: Opened
    townships: tuple[Difference, ...]
    villages: tuple[Difference, ...]
    settings: tuple[tuple[str, str, str], ...]


def compare(one: Opened, other: Opened) -> Compared:
    """The differences from the issue issued earlier to the later one. Raises `issues.Altered` where one was changed."""
    older, newer = sorted((one, other), key=lambda each: each.issue.entered)
    changed = changed_settings(older.frozen, newer.frozen)
    steps = _steps(older, newer, is_set_anew=bool(changed))
    found: dict[str, list[Difference]] = {TOWNSHIP: [], VILLAGE: []}
    reasons = _Reasons(older, newer, steps, changed)
    for place, figure, before, after in differing(steps[0], steps[-1]):
        row = steps[-1].get(place) or steps[0][place]
        causes = reasons.of(place, figure)
        words = (str(figure.label), figure.words(before), figure.words(after))
        found[place[0]].append(Difference(place[1], str(row["name"]), *words, causes))
    return Compared(older, newer, tuple(found[TOWNSHIP]), tuple(found[VILLAGE]), changed)


def changed_rows(frozen: Frozen, ledger: Ledger) -> int:
    """How many townships and villages stand otherwise in `ledger` than in what was frozen."""
    return len({place for place, *_ in differing(_rows(frozen["ledger"]), _rows(ledger.as_json()))})


def differing(before: Rows, after: Rows) -> Iterator[tuple[Place, Figure, Any, Any]]:
    """Every figure that differs; of a row that only one has, that it is there."""
    for place in sorted({*before, *after}):
        old, new = before.get(place), after.get(place)
        figures = FIGURES[place[0]]
        if old is None or new is None:
            yield place, figures[STANDS], old is not None, new is not None
            continue
        for key, figure in figures.items():
            if key != STANDS and old.get(key) != new.get(key):
                yield place, figure, old.get(key), new.get(key)


def changed_settings(older: Frozen, newer: Frozen) -> tuple[tuple[str, str, str], ...]:
    """(title, before, after) of the settings the ledger stands on, where they differ."""
    found = []
    for key in LEDGER_KEYS:  # what an issue does not name is of a later program, which then went by the default
        before, after = (one["settings"].get(key, KEYS[key].default) for one in (older, newer))
        if before != after:
            found.append((KEYS[key].title, value_in_words(key, before), value_in_words(key, after)))
    return tuple(found)


def _rows(document: Mapping[str, Any]) -> Rows:
    """The rows of a ledger's document; a township's details stand in its row, its share of the young as every page says it."""
    villages = {(VILLAGE, code): row for code, row in document["villages"].items()}
    details, townships = document["township_details"], document["townships"].items()
    return villages | {(TOWNSHIP, code): row | details[code] | _young_share(row) for code, row in townships}


def _young_share(row: Mapping[str, Any]) -> dict[str, str | None]:
    """From the two counts: the share of the document is rounded already, and rounding that again may say another."""
    share = Share(row["admitted_young"], row["admitted"])
    return {"young_share": None if share.is_none else share.percent()}


def _steps(older: Opened, newer: Opened, *, is_set_anew: bool) -> list[Rows]:
    """What the older issue says, the same under the newer settings, the same as known to the newer, and what the newer says."""
    first, last = older.issue, newer.issue
    settings = Settings.of(newer.frozen["settings"])
    frozen = _rows(older.frozen["ledger"])
    under = _again(first.unit_id, first.for_day, first.known_seq, settings) if is_set_anew else frozen
    known = under
    if is_touched(first.known_seq, last.known_seq):
        known = _again(first.unit_id, first.for_day, last.known_seq, settings)
    return [frozen, under, known, _rows(newer.frozen["ledger"])]


def _again(unit: int, day: date, at: int, settings: Settings) -> Rows:
    known = at if is_touched(at) else None  # what is known now is read many times faster, from indexes of live rows
    units = tree(day, known=known)
    if unit not in units.by_id:
        return {}
    within = units.by_id[unit].subtree
    return _rows(assessed(counted(day, units, within=within, known=known, settings=settings)).as_json())


class _Reasons:
    """Finds the causes of a figure; what was recorded is read once for each step, and only if something changed in it."""

    def __init__(self, older: Opened, newer: Opened, steps: list[Rows], settings: Collection[tuple[str, ...]]) -> None:
        self._steps, self._settings = steps, settings
        first, last = older.issue, newer.issue
        moments = [
            Moment(first.for_day, first.known_seq),
            Moment(first.for_day, last.known_seq),
            Moment(last.for_day, last.known_seq),
        ]
        self._days = (first.for_day, last.for_day)
        self._recorded = causes_between(moments[0], moments[1]) if steps[1] != steps[2] else {}
        self._happened = causes_between(moments[1], moments[2]) if steps[2] != steps[3] else {}

    def of(self, place: Place, figure: Figure) -> tuple[Cause, ...]:
        found: list[Cause] = []
        if self._changes(0, place, figure):
            found += [Cause(Why.SETTING, text=title) for title, *_ in self._settings]
        if self._changes(1, place, figure):
            found += self._among(self._recorded, place[1], figure)
        if self._changes(2, place, figure):
            found += self._among(self._happened, place[1], figure) or self._time()
            if Group.ADMISSIONS in figure.groups and self._days[0].year != self._days[1].year:
                found += self._time()
        return tuple(dict.fromkeys(found)) or (Cause(Why.UNCLASSIFIED),)

    def _changes(self, step: int, place: Place, figure: Figure) -> bool:
        before, after = (rows.get(place) for rows in self._steps[step : step + 2])
        if before is None or after is None:
            return before is not after
        return figure.key != STANDS and before.get(figure.key) != after.get(figure.key)

    def _among(self, known: Mapping[tuple[str, Group], list[Cause]], code: str, figure: Figure) -> list[Cause]:
        found = [cause for group in (Group.TREE, *figure.groups) for cause in known.get((code, group), ())]
        told = {cause.person for cause in found if cause.why is not Why.MOVED}
        return [cause for cause in found if cause.why is not Why.MOVED or cause.person not in told]

    def _time(self) -> list[Cause]:
        return [Cause(Why.TIME)] if self._days[0] != self._days[1] else []
