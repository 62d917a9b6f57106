"""Reading a list: the tabs between all of them, who of one is asked for, and who stands before and after somebody.

Must not know: HTML, requests, what a list is made of.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from yumiao.access.permissions import Permission
from yumiao.access.readers import Reader
from yumiao.kernel.objections import OutOfScope
from yumiao.kernel.scope import Range
from yumiao.ledger.figures import Ledger, Township, Village
from yumiao.ledger.forms import Asked
from yumiao.ledger.links import Links
from yumiao.ledger.lists import LISTS
from yumiao.ledger.memory import roots_on
from yumiao.units.queries import Tree, UnitOnDay

Tab = tuple[str, str, bool, int | None]  # label, address, whether it is this page, how many


def tabs(ledger: Ledger, links: Links, current: str) -> list[Tab]:
    """The ledger and every list that is no part of another; `current` is a list, or empty for the ledger."""
    whole = LISTS[current].part_of or current if current else ""
    first: Tab = (_("落实台账"), links.ledger, not current, None)
    return [first, *(_tab(slug, ledger, links, whole) for slug, one in LISTS.items() if not one.part_of)]


def parts(ledger: Ledger, links: Links, current: str) -> list[Tab]:
    """A list and its parts, where it has any."""
    whole = LISTS[current].part_of or current
    slugs = [slug for slug, one in LISTS.items() if whole in (slug, one.part_of)]
    return [_tab(slug, ledger, links, current) for slug in slugs] if len(slugs) > 1 else []


def _tab(slug: str, ledger: Ledger, links: Links, current: str) -> Tab:
    one = LISTS[slug]
    return str(one.label), links.listed(slug), slug == current, len(one.found(ledger))


def listed(slug: str, ledger: Ledger, within: Range | None, asked: Asked) -> list[Any]:
    """The villages or townships of a list that lie in `within`, in the asked zone, and have the asked grade."""
    return [
        one
        for one in LISTS[slug].found(ledger)
        if (within is None or within.covers(one.unit.path))
        and asked.zone in ("", one.unit.zone)
        and asked.grade in (None, one.grade)
    ]


def subtree(units: Tree, code: str, reader: Reader, day: date) -> Range | None:
    """The subtree of the unit asked for; None where none was. Raises `OutOfScope` where it is not there or not the reader's."""
    if not code:
        return None
    unit = units.by_code.get(code)
    roots = roots_on(reader, reader.scope(Permission.LEDGER_READ), day)
    if unit is None or not any(root.covers(unit.path) for root in roots):
        raise OutOfScope(f"没有代码为 {code} 的组织。")
    return unit.subtree


class Neighbours(NamedTuple):
    """Where a unit stands in a list, from 1, of how many, and the units before and after it."""

    number: int
    whole: int
    before: UnitOnDay | None
    after: UnitOnDay | None


def beside(unit: int, members: Sequence[Village | Township]) -> Neighbours | None:
    """The neighbours of the unit with that id; None where it is not in the list."""
    units = [one.unit for one in members]
    place = next((number for number, one in enumerate(units) if one.id == unit), None)
    if place is None:
        return None
    before, after = units[place - 1] if place else None, units[place + 1] if place + 1 < len(units) else None
    return Neighbours(place + 1, len(units), before, after)
