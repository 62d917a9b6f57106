"""Who of a unit that is divided comes to stand where. Reads only; the choice itself is kept in the draft."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from yumiao.access.permissions import Permission
from yumiao.access.readers import Reader
from yumiao.desk.reforms.plan import Reforming
from yumiao.kernel.objections import OutOfScope
from yumiao.people.models import Belonging, PersonRecord
from yumiao.units.models import ReformDraft

FIELD = "to-"


@dataclass(frozen=True, slots=True)
class Placed:
    """Somebody of the divided unit, and the code of the part he goes to."""

    uid: uuid.UUID
    name: str
    sex: str
    born_on: date | None
    occupation: str
    part: str

    @property
    def field(self) -> str:
        return f"{FIELD}{self.uid}"


@dataclass(frozen=True, slots=True)
class Placing:
    """The people of one divided unit; `parts` are code and name of the units it becomes, the main one first."""

    code: str
    name: str
    parts: tuple[tuple[str, str], ...]
    people: tuple[Placed, ...]

    def chosen(self, sent: Mapping[str, str]) -> dict[uuid.UUID, str]:
        """What a form says of the people here; who is not in it stays where he was put."""
        codes = {code for code, _ in self.parts}
        return {one.uid: sent[one.field] for one in self.people if sent.get(one.field) in codes}

    def count(self, code: str) -> int:
        return sum(one.part == code for one in self.people)


def placing_of(draft: ReformDraft, code: str, reader: Reader) -> Placing:
    """Raises `OutOfScope` where the draft divides no unit of that code, or its people are not the reader's to see."""
    plan, tree = Reforming.of(draft), reader.tree
    outcome = plan.outcome(tree)
    heirs, unit = outcome.heirs.get(code, ()), tree.by_code.get(code)
    if len(heirs) < 2 or unit is None or not reader.may_at(Permission.PERSON_READ, unit):
        raise OutOfScope
    parts = tuple((heir, outcome.after[heir].name) for heir in heirs)
    standing = Belonging.objects.open().filter(unit=unit.id).values("person")
    rows = PersonRecord.objects.open().filter(person__in=standing).select_related("person").order_by("name", "person")
    people = tuple(
        Placed(
            row.person.uid,
            row.name,
            row.get_sex_display(),
            row.born_on,
            row.occupation,
            plan.assigned.get(row.person.uid, heirs[0]),
        )
        for row in rows
    )
    return Placing(code, unit.name, parts, people)
