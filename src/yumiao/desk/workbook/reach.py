"""How far an importer reaches: which known units, and with them which people, his rows may concern.

What lies outside is shown no differently from what is not there. It must not know rows or sheets.
"""

from __future__ import annotations

from dataclasses import dataclass

from yumiao.kernel.scope import Scope
from yumiao.units.queries import Tree

OUTSIDE_UNIT = "没有这个组织，或不在管理范围内"
OUTSIDE_PERSON = "不在管理范围内"


@dataclass(frozen=True, slots=True)
class Reach:
    """Ids and codes of the known units within reach; None for everything."""

    units: frozenset[int] | None
    codes: frozenset[str]

    @classmethod
    def of(cls, tree: Tree, within: Scope | None) -> Reach:
        """The reach of `within` over the tree as it stands; who holds its root reaches everything."""
        root = tree.root
        if within is None or (root is not None and within.covers(root.path)):
            return cls(None, frozenset(tree.by_code))
        inside = [unit for unit in tree if within.covers(unit.path)]
        return cls(frozenset(unit.id for unit in inside), frozenset(unit.code for unit in inside))

    @property
    def is_limited(self) -> bool:
        return self.units is not None

    def covers(self, unit: int) -> bool:
        """Whether a known unit lies within reach."""
        return self.units is None or unit in self.units
