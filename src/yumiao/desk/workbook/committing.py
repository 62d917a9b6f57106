"""Writing what a check made ready, as one act: what was shown is written, all of it, or nothing."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from yumiao.desk.workbook.checking import Checked
from yumiao.desk.workbook.proposal import Proposal
from yumiao.desk.workbook.writing import write_proposal
from yumiao.journal.acts import Actor, act, last
from yumiao.journal.bulk import refresh_statistics
from yumiao.journal.chain import Head
from yumiao.journal.verbs import Verb
from yumiao.kernel.identity import scrub
from yumiao.units.queries import Tree

Counts = dict[str, dict[str, int]]


@dataclass(frozen=True, slots=True)
class Ready:
    """What a check leaves to be written, without the rows it was made from; good while the chain stands at `head`.

    `name` and `sha256` are those of the workbook, `counts` by sheet: new, changed, unchanged, refused.
    """

    name: str
    sha256: str
    head: Head
    tree: Tree
    proposal: Proposal
    counts: Counts
    has_faults: bool
    units_unreadable: bool

    @classmethod
    def of(cls, checked: Checked, *, name: str, digest: bytes) -> Ready:
        known, faults = checked.known, bool(checked.faults)
        return cls(
            scrub(name),
            digest.hex(),
            known.head,
            known.tree,
            checked.proposal,
            checked.counts,
            faults,
            checked.units_unreadable,
        )


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody wants of an import: whether good rows are taken where others are refused, and after which preview.

    `shown` are the counts by sheet that were previewed: anything else is not written. `once` is the mark of the form that was sent.
    """

    accept_good_rows: bool = False
    shown: Counts | None = None
    once: uuid.UUID | None = None

    def is_met_by(self, ready: Ready) -> bool:
        """Whether what is ready is what was wanted."""
        refused = ready.has_faults and not self.accept_good_rows
        return not (ready.units_unreadable or refused) and self.shown in (None, ready.counts)


class Moved(Exception):
    """While the workbook was being checked somebody else wrote, and now it would come out otherwise; nothing was written."""


class _NothingLeft(Exception):
    """Somebody else wrote all that the workbook says: no entry is due."""


def write_ready(ready: Ready, wish: Wish, *, again: Callable[[], Ready], today: date, actor: Actor) -> int | None:
    """Write it as one act. Returns the entry's number, None where nothing is left to be written.

    `again` makes the check anew, under the lock, where somebody else wrote meanwhile. Raises `Moved`, and `journal.acts.AlreadyDone`.
    """
    try:
        with act(Verb.WORKBOOK_IMPORTED, actor=actor, once=wish.once) as current:
            if ready.head != last():
                ready = again()
            if not wish.is_met_by(ready):
                raise Moved
            if ready.proposal.is_empty:
                raise _NothingLeft
            write_proposal(current, ready.proposal, ready.tree)
            current.data["file"] = ready.name
            current.data["sha256"] = ready.sha256
            current.data["day"] = today.isoformat()
            current.data["sheets"] = ready.counts
    except _NothingLeft:
        return None
    refresh_statistics()
    return current.seq
