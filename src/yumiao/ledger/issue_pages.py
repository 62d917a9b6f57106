"""What the pages of issues are filled with: the list, the preview, the people behind differences.

Must not know: HTML, requests.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import NamedTuple, Self

from yumiao.access.permissions import Permission
from yumiao.access.readers import Reader
from yumiao.kernel.official import OfficialColumn, OfficialTable
from yumiao.ledger.differences import Compared, changed_rows
from yumiao.ledger.issues import Altered, entries_of, opened, visible
from yumiao.ledger.issuing import Draft, issued_already
from yumiao.ledger.models import Issue
from yumiao.people.models import Person, PersonRecord
from yumiao.units.queries import UnitOnDay
from yumiao.units.rules import Sector


class Row(NamedTuple):
    """One issue in the list; `before` is the unit's issue before it, None for the first."""

    issue: Issue
    unit: str
    at: datetime
    actor: str
    before: Issue | None


@dataclass(frozen=True, slots=True)
class Listed:
    """The issues under the conditions of an address, the latest first; `units` (code, name) and `years` are what may be asked for."""

    rows: tuple[Row, ...]
    units: tuple[tuple[str, str], ...]
    years: tuple[int, ...]
    unit: str
    year: str
    is_empty: bool

    @classmethod
    def of(cls, reader: Reader, said: Mapping[str, str]) -> Self:
        """What `reader` may see of what the parameters `unit` and `year` ask for."""
        known = list(visible(reader).defer("payload").select_related("unit").order_by("-entered"))
        names = _names(reader, known)
        unit, year = said.get("unit", ""), said.get("year", "")
        shown = [one for one in known if unit in ("", one.unit.code) and year in ("", str(one.year))]
        entries = entries_of(shown)
        rows = tuple(
            Row(
                one,
                names[one.unit.code],
                entries[one.entered].at,
                entries[one.entered].actor_label,
                _before(one, known),
            )
            for one in shown
        )
        years = tuple(sorted({one.year for one in known}, reverse=True))
        return cls(rows, tuple(sorted(names.items())), years, unit, year, not known)


def _names(reader: Reader, issues: list[Issue]) -> dict[str, str]:
    """Today's names by code; of a unit that no longer stands, its code."""
    standing = reader.tree.by_code
    codes = {one.unit.code for one in issues}
    return {code: standing[code].name if code in standing else code for code in codes}


def _before(issue: Issue, known: list[Issue]) -> Issue | None:
    """The unit's latest issue older than this one; `known` has the latest first."""
    return next((one for one in known if one.unit_id == issue.unit_id and one.entered < issue.entered), None)


def units_to_issue(reader: Reader) -> list[UnitOnDay]:
    """The county and the townships for which the reader may issue, in the order of the tree."""
    scope = reader.scope(Permission.LEDGER_ISSUE)
    wanted = (Sector.COUNTY, Sector.TOWNSHIP)
    return [unit for unit in reader.tree if unit.kind.sector in wanted and scope.covers(unit.path)]


@dataclass(frozen=True, slots=True)
class Preview:
    """What would be issued beside what was issued last; `changed` rows stand otherwise, None where there was nothing before or it was altered.

    `same`: the issue that says all of this already.
    """

    draft: Draft
    last: Issue | None
    changed: int | None
    same: Issue | None

    @classmethod
    def of(cls, draft: Draft) -> Self:
        last = Issue.objects.filter(unit=draft.unit.id).order_by("-entered").first()
        return cls(draft, last, _changed(last, draft) if last else None, issued_already(draft))


def _changed(last: Issue, draft: Draft) -> int | None:
    try:
        return changed_rows(opened(last).frozen, draft.ledger)
    except Altered:
        return None


class Seen(NamedTuple):
    """Somebody whom the reader may see by name."""

    uid: object
    name: str


def names_in_sight(reader: Reader, compared: Compared) -> dict[int, Seen]:
    """Those among the reasons whom the reader may read today, by id; the others are shown without a name."""
    wanted = {
        cause.person
        for difference in (*compared.townships, *compared.villages)
        for cause in difference.causes
        if cause.person is not None
    }
    if not wanted or not reader.may(Permission.PERSON_READ):
        return {}
    his = Person.objects.visible_to(reader.scope(Permission.PERSON_READ)).filter(id__in=wanted)
    uids = dict(his.values_list("id", "uid"))
    return {person: Seen(uids[person], name) for person, name in _named(uids, reader.today)}


def _named(people: Mapping[int, object], day: date) -> list[tuple[int, str]]:
    return list(PersonRecord.objects.on(day).filter(person__in=people).values_list("person_id", "name"))


def heads(table: OfficialTable) -> list[tuple[str, list[OfficialColumn]]]:
    """The columns in runs of one group, in their order; the group is empty for those that stand alone."""
    return [(group, list(columns)) for group, columns in groupby(table.columns, key=lambda column: column.group)]
