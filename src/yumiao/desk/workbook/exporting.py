"""The county as a workbook in the layout in which it came in: what was imported and exported imports again without change."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import Any

from yumiao.admission.columns import BRIEF, CASES, FURTHER
from yumiao.admission.queries import open_cases
from yumiao.admission.rules import ACTIVIST, APPLICATION, TARGET
from yumiao.desk.workbook.past_columns import past_values
from yumiao.desk.workbook.reach import Reach
from yumiao.journal.acts import Actor
from yumiao.journal.readings import What, record_reading
from yumiao.kernel.periods import FOREVER
from yumiao.ledger.columns import PLANS
from yumiao.ledger.plans import known_quotas
from yumiao.people.columns import MEMBERS
from yumiao.people.models import PersonSecret, Statement, Stay, Tie
from yumiao.people.queries import KnownPerson, known_people, whole_numbers
from yumiao.people.stay_columns import STAYS
from yumiao.people.stay_services import every_stay
from yumiao.posts.columns import POSTS
from yumiao.posts.queries import every_post, open_terms
from yumiao.posts.rules import How, Title
from yumiao.sheets.columns import Form
from yumiao.sheets.marks import Mark
from yumiao.sheets.writing import write_rows
from yumiao.talent.columns import TALENTS
from yumiao.talent.queries import open_talents
from yumiao.ui.spelling import CHINA
from yumiao.units.columns import UNITS
from yumiao.units.queries import Tree, standing

Values = dict[str, Any]


class County:
    """The county as it stands, opened for an export: the caller records the reading.

    `units`: what stands at these alone, everything where None. A person tied to one of them is named within `reach` only.
    """

    def __init__(self, units: frozenset[int] | None = None, reach: Reach | None = None) -> None:
        self.tree: Tree = standing()
        self._units, self._reach = units, reach

    def _holds(self, unit: int) -> bool:
        return self._units is None or unit in self._units

    @cached_property
    def _everybody(self) -> dict[int, KnownPerson]:
        return {person.id: person for person in known_people().values()}

    @cached_property
    def people(self) -> list[KnownPerson]:
        return [person for _, person in sorted(self._everybody.items()) if self._holds(person.unit)]

    @cached_property
    def numbers(self) -> dict[int, dict[str, str]]:
        return whole_numbers()

    @cached_property
    def explanations(self) -> dict[int, str]:
        return dict(Statement.objects.alive().values_list("person_id", "reason"))

    def units(self) -> Iterator[Values]:
        for unit in self.tree:
            if not self._holds(unit.id):
                continue
            above = self.tree.by_id.get(unit.parent or 0)
            yield {
                "code": unit.code,
                "name": unit.name,
                "kind": unit.kind.label,
                "parent": above.code if above else None,
                "zone": unit.own_zone or None,
            }

    def _person(self, person: KnownPerson) -> Values:
        record, numbers = person.record, self.numbers[person.id]
        return {
            "number": numbers[PersonSecret.Kind.IDENTITY],
            "name": record.name,
            "sex": record.sex,
            "ethnicity": record.ethnicity or None,
            "born_on": record.born_on,
            "education": record.education or None,
            "occupation": record.occupation or None,
            "branch": self.tree.by_id[person.unit].code,
            "phone": numbers.get(PersonSecret.Kind.PHONE),
        }

    def members(self) -> Iterator[Values]:
        for person in self.people:
            if (membership := person.membership) is None:
                continue
            counts_for = self.tree.by_id[person.attribution[1]].code if person.attribution else None
            values = self._person(person)
            yield values | {
                "is_full": membership.full_member_on != FOREVER,
                "membership_on": membership.membership_on,
                "confirmed_on": membership.confirmation_stated_on,
                "admitted_at": counts_for if counts_for != values["branch"] else None,
                "explanation": self.explanations.get(person.id),
                "former": self.numbers[person.id].get(PersonSecret.Kind.FORMER),
            }

    def cases(self) -> Iterator[Values]:
        cases = open_cases()
        for person in self.people:
            if (case := cases.get(person.id)) is not None:
                ties = {
                    "introducer_1": self._tied(person, Tie.Kind.INTRODUCER, 1),
                    "introducer_2": self._tied(person, Tie.Kind.INTRODUCER, 2),
                }
                yield (
                    self._person(person)
                    | past_values(case)
                    | ties
                    | {
                        "applied_on": case.held_on(APPLICATION),
                        "activist_on": case.held_on(ACTIVIST),
                        "target_on": case.held_on(TARGET),
                        "contact_1": self._tied(person, Tie.Kind.CONTACT, 1),
                        "contact_2": self._tied(person, Tie.Kind.CONTACT, 2),
                    }
                )

    def talents(self) -> Iterator[Values]:
        talents = open_talents()
        for person in self.people:
            for talent in talents.get(person.id, []):
                yield self._person(person) | {
                    "category": talent.category,
                    "entered_on": talent.since,
                    "veteran": self._tied(person, Tie.Kind.VETERAN, 1),
                    "mentor": self._tied(person, Tie.Kind.MENTOR, 1),
                }

    def _tied(self, person: KnownPerson, kind: str, position: int) -> str | None:
        tie = person.ties.get((kind, position))
        if tie is None:
            return None
        if tie.other is None:  # all that is kept of a stranger is his masked number: it comes in again as what it is
            return tie.text if self._reach is None else None
        other = self._everybody.get(tie.other)
        if self._reach is not None and (other is None or not self._reach.covers(other.unit)):
            return None
        return self.numbers[tie.other][PersonSecret.Kind.IDENTITY]

    def plans(self) -> Iterator[Values]:
        for (unit, year), quota in sorted(known_quotas().items(), key=lambda item: (item[0][1], item[0][0])):
            if not self._holds(unit) or unit not in self.tree.by_id:  # an ended one's plans are its successor's
                continue
            parts = {"young": quota.young, "women": quota.women, "college": quota.college}
            yield {"year": year, "unit": self.tree.by_id[unit].code, "planned": quota.planned, **parts}

    def posts(self) -> Iterator[Values]:
        """Held and ended ones, of units and people within reach; an elected secretary's row says when the term ends."""
        terms = open_terms()
        for post in every_post():
            person, unit = self._everybody.get(post.person), self.tree.by_id.get(post.unit)
            if person is None or unit is None or not self._holds(unit.id) or not self._names(person):
                continue
            term = terms.get(unit.id)
            is_term = post.is_open and post.title is Title.SECRETARY and post.how is How.ELECTED
            yield {
                "unit": unit.code,
                "name": person.record.name,
                "number": self.numbers[person.id][PersonSecret.Kind.IDENTITY],
                "title": post.title,
                "how": post.how,
                "since": post.since,
                "due_on": term.due_on if is_term and term and term.since == post.since else post.due_on,
                "ended_on": post.ended_on,
                "sending_unit": post.sending_unit or None,
                "note": (post.document if post.is_open else post.ended_why) or None,
            }

    def stays(self) -> Iterator[Values]:
        """Of members within reach and of guests at the units, those that are over too."""
        for stay in every_stay():
            person, unit = self._everybody.get(stay.person or 0), self.tree.by_id.get(stay.unit or 0)
            is_out = person is not None and self._holds(person.unit) and self._names(person)
            if not is_out and (unit is None or not self._holds(unit.id)):
                continue
            contact = self._everybody.get(stay.contact or 0)
            yield {
                "kind": Stay.Kind(stay.kind),
                "name": person.record.name if person else stay.guest,
                "number": self.numbers[person.id][PersonSecret.Kind.IDENTITY] if person else None,
                "unit": unit.code if unit else None,
                "place": stay.place,
                "is_abroad": stay.is_abroad,
                "is_fixed": stay.is_fixed,
                "since": stay.since,
                "planned_on": stay.planned_on,
                "until": None if stay.until == FOREVER else stay.until,
                "contact": self.numbers[contact.id][PersonSecret.Kind.IDENTITY]
                if contact is not None and self._names(contact)
                else None,
            }

    def _names(self, person: KnownPerson) -> bool:
        return self._reach is None or self._reach.covers(person.unit)


def cases_sheet(rows: Iterable[Values]) -> tuple[Form, list[Values]]:
    """The sheet 发展培养 with its rows, without the further columns where no row has any."""
    found = list(rows)
    is_brief = all(row[key] is None for row in found for key in FURTHER)
    return (BRIEF if is_brief else CASES), found


def export_workbook(target: Path, *, actor: Actor, purpose: str) -> int:
    """Write the whole county to `target`, whole numbers included, and record who took it out and why. Returns the number of persons.

    The reading is recorded before the file appears: an export that nobody recorded cannot exist. Its number stands in the properties of
    the document; the sheets carry no mark, so that they import again.
    """
    county = County()
    root = county.tree.root
    count = len(county.people)
    number = record_reading(
        What.EXPORT, actor=actor, subject_kind="unit", subject=root.uid if root else None, count=count, purpose=purpose
    )
    write_rows(
        target,
        (
            (UNITS, county.units()),
            (MEMBERS, county.members()),
            cases_sheet(county.cases()),
            (TALENTS, county.talents()),
            (PLANS, county.plans()),
            (POSTS, county.posts()),
            (STAYS, county.stays()),
        ),
        mark=Mark(actor.label, datetime.now(CHINA), number),
    )
    return count
