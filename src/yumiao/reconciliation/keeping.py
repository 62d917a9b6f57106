"""What is kept of a comparison, sealed. Must not know: who asks for it."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass

from yumiao.reconciliation.columns import Read
from yumiao.reconciliation.models import Comparison
from yumiao.reconciliation.rules import Finding, Kind, There
from yumiao.vault.cells import seal, unseal


@dataclass(frozen=True, slots=True)
class Kept:
    """What is kept sealed: the file's people within the unit, its faults, branches that are no unit's, what was found at first."""

    read: Read
    strange_branches: list[str]
    first: list[Finding]


def sealed_kept(uid: str, kept: Kept) -> tuple[int, bytes]:
    """(key version, cell), bound to the comparison."""
    said = {
        "rows": [[one.row, one.key, one.masked, dict(one.values), sorted(one.branches)] for one in kept.read.rows],
        "faults": kept.read.faults,
        "strange": kept.strange_branches,
        "first": [asdict(one) for one in kept.first],
    }
    return seal(json.dumps(said, ensure_ascii=False), about=_about(uid))


def opened_kept(comparison: Comparison) -> Kept:
    """Raises `vault.cells.Unsealable` where it was altered."""
    said = json.loads(unseal(bytes(comparison.cell), about=_about(str(comparison.uid)), version=comparison.key_version))
    rows = [There(row, key, masked, values, frozenset(units)) for row, key, masked, values, units in said["rows"]]
    first = [Finding(**{**one, "kind": Kind(one["kind"])}) for one in said["first"]]
    return Kept(Read(rows, [tuple(one) for one in said["faults"]]), said["strange"], first)


def _about(uid: str) -> str:
    return f"reconciliation_comparison|{uid}"
