"""What the county knows, read once, as the checks compare rows with it."""

from __future__ import annotations

from dataclasses import dataclass

from yumiao.admission.queries import KnownCase, open_cases
from yumiao.bylaws.queries import LeapBirthdays
from yumiao.journal.acts import last
from yumiao.journal.chain import Head
from yumiao.ledger.queries import KnownQuota, known_quotas
from yumiao.people.models import PersonSecret
from yumiao.people.queries import KnownPerson, known_people
from yumiao.people.secrets import keyed
from yumiao.talent.queries import KnownTalent, open_talents
from yumiao.units.queries import Tree, standing


@dataclass(frozen=True, slots=True)
class Known:
    """The county as it stands at `head`; a preview made from it is good while the head has not moved."""

    head: Head
    tree: Tree
    people: dict[bytes, KnownPerson]
    cases: dict[int, KnownCase]
    talents: dict[int, list[KnownTalent]]
    quotas: dict[tuple[int, int], KnownQuota]
    leap_birthday: LeapBirthdays

    def person(self, number: str) -> KnownPerson | None:
        return self.people.get(keyed(PersonSecret.Kind.IDENTITY, number)) if self.people else None


def read_known() -> Known:
    """Everything an import compares with, in some twenty queries."""
    return Known(last(), standing(), known_people(), open_cases(), open_talents(), known_quotas(), LeapBirthdays())
