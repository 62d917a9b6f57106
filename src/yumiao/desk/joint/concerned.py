"""Whom the county is to send to joint review: read once for each state of the record. Must not know: requests, forms."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.db.models import Exists, OuterRef

from yumiao.access.permissions import Permission
from yumiao.access.readers import Reader
from yumiao.admission.case_file import Read
from yumiao.admission.case_files import read_rows
from yumiao.admission.joint_rules import Wanted, wanted
from yumiao.admission.models import JointReview, StepRecord
from yumiao.bylaws.keys import BODIES
from yumiao.bylaws.memory import settings_of
from yumiao.bylaws.rules import Settings
from yumiao.desk.dossier.lists import open_cases_in
from yumiao.journal.chain import Head
from yumiao.journal.memory import remembered
from yumiao.units.queries import UnitOnDay

ROUNDS: Final = tuple(str(one) for one in JointReview.Round.values)


@dataclass(frozen=True, slots=True)
class Concerned:
    """A case for the next batch, where its person stands, and what it is wanted for."""

    read: Read
    unit: UnitOnDay | None
    wanted: Wanted

    @property
    def place(self) -> str:
        return self.unit.path if self.unit else ""


def concerned(reader: Reader) -> Sequence[Concerned]:
    """Everybody of the county, by unit and name; from memory while nothing changes."""
    scope = reader.scope(Permission.JOINT_SEND)
    return remembered("joint_concerned", reader.head, scope.roots, reader.today, make=lambda: _concerned(reader))


def _concerned(reader: Reader) -> Sequence[Concerned]:
    settings = settings_of(reader.today, reader.head)
    if not settings.value("joint_review.in_force"):
        return ()
    held = StepRecord.objects.alive().filter(case=OuterRef("pk"))
    after = {step: Exists(held.filter(step=step)) for step in (4, 7, 12, 15)}
    rows = open_cases_in(reader.scope(Permission.JOINT_SEND))
    rows = rows.filter((after[4] & ~after[7]) | (after[12] & ~after[15]))
    months = months_of(settings)
    found = []
    for read in read_rows(rows):
        said = wanted(read.file, months=months, today=reader.today)
        if said is not None:
            found.append(Concerned(read, reader.tree.by_id.get(read.around.unit), said))
    return tuple(sorted(found, key=lambda one: (one.place, one.read.around.name, one.read.around.case)))


def months_of(settings: Settings) -> int:
    """How long a round counts."""
    return int(str(settings.value("joint_review.valid_months")))


def days_of(settings: Settings) -> int:
    """Within how many working days a body answers."""
    return int(str(settings.value("joint_review.working_days")))


def bodies_asked(today: date, head: Head) -> list[str]:
    """The bodies a batch goes to, in the order of lists."""
    said: Any = settings_of(today, head).value("joint_review.bodies")
    return [one for one in BODIES if one in said]
