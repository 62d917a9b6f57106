"""What the address of a comparison's page asks for, and the list as it goes out. Must not know: templates, files."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import Any, Final

from django.http import QueryDict
from django.utils.translation import gettext as _

from yumiao.access.readers import Reader
from yumiao.desk.exports.going import Going, page_of
from yumiao.desk.reconciliation.findings import (
    KINDS,
    NOWHERE,
    PEOPLE,
    RESOURCE,
    STATES,
    Found,
    Row,
    fetched,
    found_of,
    people_of,
    values_of,
    values_of_people,
    whole_found_of,
)
from yumiao.kernel.objections import OutOfScope
from yumiao.reconciliation.rules import Compared, Kind
from yumiao.units.queries import UnitOnDay

FAULTS: Final = "faults"
COMPARED, AGREEING = "compared", "agreeing"


@dataclass(frozen=True, slots=True)
class Asked:
    """`kind` None is all of them; `branch` a unit's code, or `NOWHERE`; `state` one of four, or empty.

    Or something else than differences: the file's faults, the people who were compared, those who agree in everything.
    """

    kind: Kind | None
    branch: str
    state: str
    other: str = ""

    @classmethod
    def parsed(cls, get: QueryDict, found: Found) -> Asked:
        """What is none is passed over."""
        said, branch, state = get.get("kind", ""), get.get("branch", ""), get.get("state", "")
        kind = Kind(said) if said in list(Kind) else None
        known = branch == NOWHERE or branch in {unit.code for unit in found.branches}
        other = said if said in (FAULTS, COMPARED, AGREEING) else ""
        return cls(kind, branch if known else "", "" if other or state not in STATES else state, other)

    @property
    def is_people(self) -> bool:
        return self.other in (COMPARED, AGREEING)

    def rows(self, found: Found) -> list[Row]:
        return [] if self.other else found.narrowed(self.kind, self.branch, self.state)

    def people(self, found: Found) -> list[tuple[Compared, UnitOnDay | None]]:
        """`found` with its people."""
        return people_of(found, self.branch, only_agreeing=self.other == AGREEING)


def going(reader: Reader, get: QueryDict, uid: uuid.UUID) -> Going:
    """The differences of one kind, or the people who were compared, as they go out."""
    comparison = fetched(reader, uid)
    found = found_of(reader, comparison)
    asked = Asked.parsed(get, found)
    if asked.other == FAULTS:
        raise OutOfScope("没有这样的清单。")
    people = asked.people(whole_found_of(reader, comparison)) if asked.is_people else []
    rows = asked.rows(found)

    def written(most: int) -> list[dict[str, Any]]:
        return values_of_people(found, people[:most]) if asked.is_people else values_of(found, rows[:most])

    return Going(
        resource=PEOPLE if asked.is_people else RESOURCE,
        title=PEOPLE.title if asked.is_people else RESOURCE.title,
        unit=found.unit,
        day=comparison.closed_on or reader.today,
        conditions=_conditions(asked, reader),
        count=len(people) if asked.is_people else len(rows),
        is_of_people=True,
        rows=written,
        back=page_of("reconciliation", get, str(uid)),
    )


def _conditions(asked: Asked, reader: Reader) -> list[str]:
    unit = reader.tree.by_code.get(asked.branch)
    return [
        *([str(KINDS[asked.kind])] if asked.kind else []),
        *([_("完全一致")] if asked.other == AGREEING else []),
        *([unit.name] if unit else []),
        *([_("党支部对不上的")] if asked.branch == NOWHERE else []),
        *([str(STATES[asked.state])] if asked.state else []),
    ]
