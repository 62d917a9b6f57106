"""What the county knows, read once, as the checks compare rows with it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from yumiao.admission.queries import KnownCase, open_cases
from yumiao.bylaws.queries import settings_on
from yumiao.journal.acts import last
from yumiao.journal.chain import Head
from yumiao.kernel.ages import LeapBirthday
from yumiao.ledger.queries import KnownQuota, known_quotas
from yumiao.people.models import PersonSecret
from yumiao.people.queries import KnownPerson, known_people
from yumiao.people.secrets import keyed
from yumiao.talent.queries import KnownTalent, open_talents
from yumiao.units.queries import Tree, standing


class LeapBirthdays:
    """The leap-day policy of a day; it matters on the last of February alone, so it is read for such days only."""

    def __init__(self) -> None:
        self._asked: dict[date, LeapBirthday] = {}

    def on(self, day: date) -> LeapBirthday:
        if (day.month, day.day) != (2, 28):
            return LeapBirthday.MAR_1
        if day not in self._asked:
            self._asked[day] = settings_on(day).leap_birthday_policy
        return self._asked[day]


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
