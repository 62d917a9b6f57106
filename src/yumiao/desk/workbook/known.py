"""What the county knows, read once, as the checks compare rows with it."""

from __future__ import annotations

from dataclasses import dataclass

from yumiao.admission.queries import KnownCase, open_cases
from yumiao.bylaws.queries import LeapBirthdays
from yumiao.journal.acts import last
from yumiao.journal.chain import Head
from yumiao.ledger.plans import KnownQuota, known_quotas
from yumiao.people.candidates import merged_numbers
from yumiao.people.models import PersonSecret
from yumiao.people.queries import KnownPerson, known_people
from yumiao.people.secrets import keyed
from yumiao.people.stay_services import KnownStay, every_stay
from yumiao.posts.queries import KnownPost, KnownTerm, every_post, open_terms
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
    posts: list[KnownPost]
    terms: dict[int, KnownTerm]
    merged: dict[bytes, int]
    stays: list[KnownStay]

    def merged_at(self, number: str) -> int | None:
        """The unit where somebody stands whose record of this number was merged into another; None where none was."""
        return self.merged.get(keyed(PersonSecret.Kind.IDENTITY, number)) if self.merged else None

    def person(self, number: str) -> KnownPerson | None:
        return self.people.get(keyed(PersonSecret.Kind.IDENTITY, number)) if self.people else None


def read_known() -> Known:
    """Everything an import compares with, in some twenty queries."""
    return Known(
        last(),
        standing(),
        known_people(),
        open_cases(),
        open_talents(),
        known_quotas(),
        LeapBirthdays(),
        every_post(),
        open_terms(),
        merged_numbers(),
        every_stay(),
    )
