"""What the page of the list shows: rows, their number, where one may turn to. In two or three queries.

Must not know: requests, templates.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import partial
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from yumiao.access.permissions import Permission
from yumiao.access.readers import Reader
from yumiao.bylaws.memory import settings_of
from yumiao.desk.people import listing
from yumiao.desk.people.conditions import Conditions, conditions
from yumiao.desk.people.filters import Filter
from yumiao.desk.people.listing import Listed
from yumiao.journal.memory import remembered
from yumiao.kernel.objections import OutOfScope
from yumiao.ui.addresses import reverse
from yumiao.units.queries import Tree, UnitOnDay


@dataclass(frozen=True, slots=True)
class PeopleList:
    """One page of the list. `elsewhere`: how many more were admitted for these units and stand outside the scope today."""

    asked: Filter
    unit: UnitOnDay | None
    rows: tuple[Listed, ...]
    total: int
    elsewhere: int
    previous_url: str | None
    next_url: str | None

    @property
    def total_text(self) -> str:
        if self.total > (most := listing.most_of(self.asked)):
            return _("超过 %(most)s 人") % {"most": f"{most:,}"}
        return _("共 %(count)s 人") % {"count": self.total}

    def shown(self, day: date) -> Iterator[tuple[Listed, str, str, bool]]:
        """Each row with the address of the person's page, which leads on through this list, what he is, and whether that is plain."""
        people, onward = reverse("people"), f"/?{urlencode({'from': self.asked.query})}"
        for row in self.rows:
            is_plain = row.standing.is_full(day) and not row.standing.is_suspended
            yield row, f"{people}{row.uid}{onward}", row.standing.label(day), is_plain

    def unit_links(self, tree: Tree) -> dict[int, tuple[str, str]]:
        """(name, address) of every unit of the page."""
        units = [tree.by_id[unit] for unit in {row.unit for row in self.rows}]
        return {unit.id: (unit.name, reverse("unit", args=[unit.code])) for unit in units}


def unit_of(reader: Reader, code: str) -> UnitOnDay | None:
    """The unit a list is narrowed to; `OutOfScope` for one that is not there or has nothing in common with the reader's scope."""
    if not code:
        return None
    unit = reader.tree.by_code.get(code)
    roots = reader.scope(Permission.PERSON_READ).roots
    if unit is None or not any(root.covers(unit.path) or unit.subtree.covers(root.lo) for root in roots):
        raise OutOfScope("没有找到这个组织，或不在您的管理范围内。")
    return unit


def asked_of(reader: Reader, asked: Filter) -> Conditions:
    """The conditions of a list within what the reader sees."""
    unit = unit_of(reader, asked.unit)
    scope = reader.scope(Permission.PERSON_READ)
    return conditions(asked, scope, settings_of(reader.today, reader.head), unit=unit.subtree if unit else None)


def number_of(reader: Reader, asked: Filter, wanted: Conditions, *, most: int = listing.MOST_COUNTED) -> int:
    """How many people a list has, counted up to one more than `most`; from memory where somebody asked before."""
    made = partial(listing.number_of, wanted, most=most)
    return remembered("people_total", reader.head, wanted.scope, asked, most, make=made)


def people_list(
    reader: Reader, asked: Filter, *, after: uuid.UUID | None = None, before: uuid.UUID | None = None
) -> PeopleList:
    """The page after or before a person, else the first; a person who is not in the scope is as if not said."""
    wanted = asked_of(reader, asked)
    cursor = after or before
    key = listing.key_of(cursor, wanted, reader.tree) if cursor else None
    page = listing.page(wanted, after=key if after else None, before=None if after else key)
    total = number_of(reader, asked, wanted, most=listing.most_of(asked))
    elsewhere = 0
    if asked.admitted:
        elsewhere = remembered(
            "people_elsewhere", reader.head, wanted.scope, asked, make=lambda: listing.number_elsewhere(wanted)
        )
    turns = (
        _turned(asked, "before", page.rows[0].uid) if page.rows and page.has_previous else None,
        _turned(asked, "after", page.rows[-1].uid) if page.rows and page.has_next else None,
    )
    return PeopleList(asked, unit_of(reader, asked.unit), page.rows, total, elsewhere, *turns)


def _turned(asked: Filter, way: str, uid: uuid.UUID) -> str:
    query = "&".join(part for part in (asked.query, urlencode({way: uid})) if part)
    return f"{reverse('people')}?{query}"
