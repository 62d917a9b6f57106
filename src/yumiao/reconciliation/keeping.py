"""What is kept of a comparison, sealed. Must not know: who asks for it."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, replace
from typing import Any

from yumiao.reconciliation.columns import Read
from yumiao.reconciliation.models import Comparison
from yumiao.reconciliation.rules import Compared, Finding, Kind, Result, There
from yumiao.vault.cells import seal, unseal


@dataclass(frozen=True, slots=True)
class Kept:
    """What is kept sealed: the file's people within the unit, its faults, branches that are no unit's, what was found at first.

    Once it is closed: what differed then, and nothing more of who was in the file.
    """

    read: Read
    strange_branches: list[str]
    first: list[Finding]
    closed: Result | None = None

    @property
    def without_rows(self) -> Kept:
        return replace(self, read=replace(self.read, rows=[]))

    def closed_with(self, result: Result) -> Kept:
        return replace(self.without_rows, closed=result)


def sealed_kept(uid: str, kept: Kept) -> tuple[int, bytes]:
    """(key version, cell), bound to the comparison."""
    said = {
        "rows": [[one.row, one.key, one.masked, dict(one.values), sorted(one.branches)] for one in kept.read.rows],
        "faults": kept.read.faults,
        "strange": kept.strange_branches,
        "first": [asdict(one) for one in kept.first],
        "closed": kept.closed and [[asdict(one) for one in kept.closed.findings], kept.closed.people],
    }
    return seal(json.dumps(said, ensure_ascii=False), about=_about(uid))


def opened_kept(comparison: Comparison) -> Kept:
    """Raises `vault.cells.Unsealable` where it was altered."""
    said = json.loads(unseal(bytes(comparison.cell), about=_about(str(comparison.uid)), version=comparison.key_version))
    rows = [There(row, key, masked, values, frozenset(units)) for row, key, masked, values, units in said["rows"]]
    closed = None
    if said.get("closed"):
        findings, people = said["closed"]
        closed = Result.of(map(_finding, findings), (Compared(*one) for one in people))
    faults = [tuple(one) for one in said["faults"]]
    return Kept(Read(rows, faults), said["strange"], [_finding(one) for one in said["first"]], closed)


def _finding(said: dict[str, Any]) -> Finding:
    return Finding(**{**said, "kind": Kind(said["kind"])})


def _about(uid: str) -> str:
    return f"reconciliation_comparison|{uid}"
