"""The ledger of a day from memory: the county's counts are run once for a head of the chain, every subtree is cut out of them.

Must not know: pages, permissions. Which subtrees somebody may read is said by whoever asks.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from yumiao.access.readers import Reader, tree_of
from yumiao.bylaws.memory import settings_of
from yumiao.journal.chain import Head
from yumiao.journal.memory import remembered
from yumiao.kernel.scope import Range, Scope
from yumiao.ledger.figures import Ledger
from yumiao.ledger.lines import Counts
from yumiao.ledger.queries import Counted, assessed, counted
from yumiao.units.queries import merged_into

LEVEL = 6  # digits of a path for each level of the tree


@dataclass(frozen=True, slots=True)
class Whole:
    """The county on a day: what was counted, and the ledger made of it."""

    counts: Counted
    ledger: Ledger


def ledger_of(day: date, head: Head, within: Range | None = None) -> Ledger:
    """The ledger of `day` as the record stands at `head`: of the whole county, or of the subtree `within` of that day's tree.

    The same as `queries.ledger(day, within=…)`, village by village and number by number.
    """
    whole = _whole(day, head)
    return whole.ledger if within is None else cut(whole, within)


def counts_of(day: date, head: Head) -> Counted:
    """What the county's ledger of `day` is made of, as the record stands at `head`."""
    return _whole(day, head).counts


def ledger_if_known(day: date, head: Head) -> Ledger | None:
    """The county's ledger if somebody asked for it since the last act; for what may show a mark but must not wait for it."""
    try:
        return remembered("ledger", head, day, make=_unknown).ledger
    except LookupError:
        return None


def sums_of(day: date, head: Head) -> dict[str, Counts]:
    """What everything in the subtree of each unit counts together, by the unit's path on `day`; what counts nothing is absent."""

    def make() -> dict[str, Counts]:
        parts: dict[str, list[Counts]] = defaultdict(list)
        for path, counts in _whole(day, head).counts.by_path.items():
            for end in range(LEVEL, len(path) + 1, LEVEL):
                parts[path[:end]].append(counts)
        return {path: Counts.total(found) for path, found in parts.items()}

    return remembered("sums", head, day, make=make)


def ledger_seen(reader: Reader, scope: Scope, day: date) -> Ledger:
    """The one ledger of everything in `scope`; its `unit` is None when the scope has several roots, or none.

    A right stands on today's tree, a figure on the tree of its day: each root is taken as the unit it is today, with what
    stood below that unit on `day`.
    """
    roots = roots_on(reader, scope, day)
    if len(roots) == 1:
        return ledger_of(day, reader.head, roots[0])
    parts = [ledger_of(day, reader.head, root) for root in roots]
    return Ledger(
        day,
        None,
        tuple(village for part in parts for village in part.villages),
        tuple(township for part in parts for township in part.townships),
        Counts.total([part.total for part in parts]),
        _whole(day, reader.head).ledger.settings,
    )


def roots_on(reader: Reader, scope: Scope, day: date) -> tuple[Range, ...]:
    """The roots of a scope as they stood on `day`, in the order of the tree, those that have been merged into them since among them.

    What did not stand then is left out, and so is a unit that was divided: its past is that of several.
    """
    if day == reader.today:
        return tuple(sorted(scope.roots, key=lambda root: root.lo))
    then = tree_of(day, reader.head).by_id
    merged = remembered("merged", reader.head, make=merged_into)
    paths = {root.lo for root in scope.roots}
    units = [one for unit in reader.tree if unit.path in paths for one in (unit.id, *merged.get(unit.id, ()))]
    roots = [then[unit].subtree for unit in units if unit in then]
    outermost = [root for root in roots if not any(other != root and other.covers(root.lo) for other in roots)]
    return tuple(sorted(outermost, key=lambda root: root.lo))


def _unknown() -> Whole:
    raise LookupError


def _whole(day: date, head: Head) -> Whole:
    def make() -> Whole:
        counts = counted(day, tree_of(day, head), settings=settings_of(day, head))
        return Whole(counts, assessed(counts))

    return remembered("ledger", head, day, make=make)


def cut(whole: Whole, within: Range) -> Ledger:
    """Villages and townships are taken as they were assessed: no verdict of one depends on what lies outside it."""
    counts, ledger = whole.counts, whole.ledger
    top = min((unit for unit in counts.units if within.covers(unit.path)), key=lambda unit: unit.path, default=None)
    return Ledger(
        ledger.day,
        top,
        tuple(village for village in ledger.villages if within.covers(village.unit.path)),
        tuple(township for township in ledger.townships if within.covers(township.unit.path)),
        Counts.total([one for path, one in counts.by_path.items() if within.covers(path)]),
        ledger.settings,
    )
