"""The organisation tree in the side column: a reader's units down to the townships, with the branch he works in and the page's unit opened.

Must not know: the frame around it, requests.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from django.template.loader import get_template
from django.utils.translation import gettext as _
from markupsafe import Markup

from yumiao.access.permissions import Permission
from yumiao.access.readers import Reader
from yumiao.journal.memory import remembered
from yumiao.ledger import states
from yumiao.ledger.memory import ledger_if_known
from yumiao.ledger.rules import Bottom, Warned
from yumiao.ui.addresses import reverse
from yumiao.ui.frame import TreeNode
from yumiao.units.queries import UnitOnDay

SIBLINGS: Final = 80
"""How many units are shown side by side; no township or county of today has as many."""

Marks = dict[int, tuple[states.State, str]]


def side_tree(reader: Reader, current: str = "", opened: str = "") -> Markup:
    """The tree as HTML, empty for a reader who sees no unit; `current` and `opened` are codes of units, or empty.

    Marks are shown once the ledger of the day is in memory and the reader may read it; the tree never waits for them.
    """
    scope = reader.scope(Permission.UNIT_READ)
    if not scope.roots:
        return Markup()
    ledger = ledger_if_known(reader.today, reader.head)
    home = reader.home.code if reader.home else ""
    rights = reader.scope(Permission.LEDGER_READ).roots if ledger is not None else ()
    key = (reader.today, scope.roots, rights, home, current, opened)
    return remembered("side tree", reader.head, *key, make=lambda: _drawn(reader, current, opened))


def _drawn(reader: Reader, current: str, opened: str) -> Markup:
    nodes = _Nodes(reader, current, opened).roots()
    template = get_template("ui/tree.html").template  # type: ignore[attr-defined]
    return Markup(template.module.tree(nodes, _("组织")))  # noqa: S704 made by the macro, which escapes


class _Nodes:
    """The nodes of one reader's tree."""

    def __init__(self, reader: Reader, current: str, opened: str) -> None:
        self.units = reader.tree
        self.roots_seen = reader.scope(Permission.UNIT_READ).roots
        self.current = current
        self.marks = _marks(reader)
        opens = (current, opened, reader.home.code if reader.home else "")
        self.open = {one.id for code in opens for one in self.units.line(self.units.by_code.get(code))}

    def roots(self) -> tuple[TreeNode, ...]:
        found = (self.units.by_path.get(root.lo) for root in sorted(self.roots_seen, key=lambda root: root.lo))
        return tuple(self._node(unit, is_root=True) for unit in found if unit is not None)

    def _below(self, unit: UnitOnDay) -> Iterator[TreeNode]:
        """What stands directly below; where that is more than anybody runs through, those around the open one and the way to the rest."""
        units = self.units.below(unit)
        first = 0
        if len(units) > SIBLINGS:
            opened = next((place for place, one in enumerate(units) if one.id in self.open), 0)
            first = max(0, min(opened - SIBLINGS // 2, len(units) - SIBLINGS))
        yield from map(self._node, units[first : first + SIBLINGS])
        if len(units) > SIBLINGS:
            yield TreeNode(_("共 %(count)s 个，查看全部") % {"count": len(units)}, reverse("unit", args=[unit.code]))

    def _node(self, unit: UnitOnDay, *, is_root: bool = False) -> TreeNode:
        children = self.units.below(unit)
        is_open = bool(children) and (is_root or unit.id in self.open)
        mark, word = self.marks.get(unit.id, ("", ""))
        address = reverse("units")
        parent = self.units.by_id.get(unit.parent or 0)
        twist = unit.code if not is_open else parent.code if parent and not is_root else ""
        return TreeNode(
            unit.name,
            reverse("unit", args=[unit.code]),
            (f"{address}?open={twist}" if twist else address) if children else None,
            is_open,
            unit.code == self.current,
            mark,
            word,
            tuple(self._below(unit)) if is_open else (),
        )


def _marks(reader: Reader) -> Marks:
    """Of what the reader may read in the ledger, villages in breach or warned, and townships below the guidance line."""
    ledger, scope = ledger_if_known(reader.today, reader.head), reader.scope(Permission.LEDGER_READ)
    if ledger is None:
        return {}
    found: Marks = {}
    for village in ledger.villages:
        if village.bottom is Bottom.BREACH:
            found[village.unit.id] = states.of_bottom(village.bottom), village.bottom.label
        elif village.warned is Warned.WARNED:
            found[village.unit.id] = states.of_warned(village.warned), village.warned.label
    for township in ledger.townships:
        if township.guidance_met is False:
            found[township.unit.id] = states.of_guidance(township.guidance_met), _("未达到指导线")
    by_id = reader.tree.by_id
    return {unit: mark for unit, mark in found.items() if unit in by_id and scope.covers(by_id[unit].path)}
