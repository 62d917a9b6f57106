"""Units by a part of their name or the beginning of their code, typed as people type them. Must not know: pages, what is done with them."""

from __future__ import annotations

from yumiao.access.permissions import Permission
from yumiao.access.readers import Reader
from yumiao.journal.memory import remembered
from yumiao.people.names import plain
from yumiao.units.queries import Tree, UnitOnDay


def units_by(reader: Reader, wanted: str, permission: Permission) -> list[UnitOnDay]:
    """Those within what the reader may do by `permission`, in the order of the tree; all of them for an empty `wanted`.

    Spaces, dots, letter case and full width do not matter.
    """
    known = remembered("unit_names", reader.head, reader.today, make=lambda: _names(reader.tree))
    scope, name, code = reader.scope(permission), said(wanted), dotless(wanted)
    return [
        unit
        for unit, its_name, its_code in known
        if (name in its_name or its_code.startswith(code)) and scope.covers(unit.path)
    ]


def said(name: str) -> str:
    """A name as it is compared."""
    return plain(name).casefold()


def dotless(code: str) -> str:
    """A code as it is compared."""
    return said(code).replace(".", "")


def _names(tree: Tree) -> list[tuple[UnitOnDay, str, str]]:
    return [(unit, said(unit.name), dotless(unit.code)) for unit in sorted(tree, key=lambda unit: unit.path)]
