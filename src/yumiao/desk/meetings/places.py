"""Which bodies meet at a unit, who is due there on a day, who waits for its decision. Must not know: requests, forms."""

from __future__ import annotations

import uuid
from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.utils.translation import gettext as _

from yumiao.access.permissions import Permission
from yumiao.access.readers import Reader
from yumiao.admission.history import AGAIN
from yumiao.admission.models import Case, CaseEnd, StepRecord
from yumiao.admission.path_2014 import EDITION_2014
from yumiao.desk.transfers.ends import is_committee
from yumiao.kernel.periods import on_screen
from yumiao.kernel.scope import Range
from yumiao.meetings.due import OnRoll, roll_among, roll_of
from yumiao.meetings.models import Meeting, Motion
from yumiao.meetings.queries import votes_about
from yumiao.people.models import Belonging, Person, PersonRecord
from yumiao.posts.models import Post
from yumiao.posts.rules import ELECTED
from yumiao.units.models import Placement
from yumiao.units.queries import UnitOnDay
from yumiao.units.rules import Form

STEP_OF: Final[Mapping[str, int]] = {
    Motion.Kind.ACTIVIST: 3, Motion.Kind.TARGET: 7, Motion.Kind.REVIEW: 12, Motion.Kind.ADMISSION: 15, Motion.Kind.APPROVAL: 17,
    Motion.Kind.CONFIRMATION: 23, Motion.Kind.CONFIRMATION_APPROVAL: 24,
}  # fmt: skip
"""Which step of a case a motion about somebody decides."""
_SMALL: Final = (Motion.Kind.ACTIVIST, Motion.Kind.TARGET, Motion.Kind.REVIEW)
DECIDES: Final[Mapping[str, tuple[str, ...]]] = {
    Meeting.Kind.MEMBERS: (Motion.Kind.ADMISSION, Motion.Kind.CONFIRMATION),
    Meeting.Kind.BRANCH_COMMITTEE: _SMALL,
    Meeting.Kind.COMMITTEE: (Motion.Kind.APPROVAL, Motion.Kind.CONFIRMATION_APPROVAL),
}


def kinds_at(unit: UnitOnDay) -> tuple[str, ...]:
    """Which bodies of a unit meet: a committee that approves, or a branch with its members and its committee."""
    if unit.kind.form is Form.GROUP:
        return ()
    return (Meeting.Kind.COMMITTEE,) if is_committee(unit) else (Meeting.Kind.MEMBERS, Meeting.Kind.BRANCH_COMMITTEE)


def units_for(reader: Reader) -> list[UnitOnDay]:
    """Where the reader may record a meeting, in official order."""
    scope = reader.scope(Permission.MEETING_RECORD)
    found = [one for one in reader.tree if scope.covers(one.path) and kinds_at(one)]
    return sorted(found, key=lambda one: one.path)


def subtree_on(unit: int, day: date) -> Range | None:
    """Where a unit stood on a day; None where it did not stand yet, or no longer."""
    path = Placement.objects.on(day).filter(unit=unit).values_list("path", flat=True).first()
    return None if path is None else Range.below(path)


def committee_on(unit: int, day: date) -> list[int]:
    """Who sat in the committee of a unit on a day."""
    rows = Post.objects.on(day).filter(unit=unit, title__in=[one.value for one in ELECTED])
    return sorted(set(rows.values_list("person_id", flat=True)))


def roll(
    unit: UnitOnDay, kind: str, day: date, *, more: Collection[int] = (), is_election: bool = False
) -> list[OnRoll]:
    """Who is due at a meeting of a unit on a day, and who else belongs to it. `more`: members of a committee whose posts are not on record."""
    if kind == Meeting.Kind.MEMBERS:
        subtree = subtree_on(unit.id, day)
        return [] if subtree is None else roll_of(subtree, day, is_election=is_election)
    return roll_among([*committee_on(unit.id, day), *more], day)


def seen_people(reader: Reader, wanted: Sequence[str]) -> list[int]:
    """Ids of those among `wanted`, as they came with a form, whom the reader may see."""
    ids = [int(one) for one in wanted if one.isascii() and one.isdigit() and len(one) <= len("999999999")]
    seen = Person.objects.visible_to(reader.scope(Permission.PERSON_READ)).filter(pk__in=ids)
    return sorted(seen.values_list("pk", flat=True))


@dataclass(frozen=True, slots=True, kw_only=True)
class Awaiting:
    """Somebody whose case waits for a decision of the meeting; `said`: what was decided of him before."""

    kind: str
    person: int
    uid: uuid.UUID
    name: str
    case: uuid.UUID
    unit: str
    said: str = ""

    @property
    def key(self) -> str:
        return f"{self.kind}-{self.person}"

    @property
    def step(self) -> int:
        return STEP_OF[self.kind]


def awaiting(reader: Reader, unit: UnitOnDay, kind: str, day: date) -> list[Awaiting]:
    """Who waits for a decision that this body takes, by what it decides and by name; six queries."""
    subtree = subtree_on(unit.id, day)
    if subtree is None:
        return []
    wanted = list(DECIDES[kind])
    if kind == Meeting.Kind.MEMBERS and not committee_on(unit.id, day):
        wanted = [*_SMALL, *wanted]  # a branch without a committee decides in its members' meeting
    places = Placement.objects.on(day).filter(path__gte=subtree.lo, path__lt=subtree.hi).values("unit")
    stands = dict(Belonging.objects.on(day).filter(unit__in=places).values_list("person_id", "unit_id"))
    ended = CaseEnd.objects.alive().values("case")
    cases = list(
        Case.objects.filter(person__in=list(stands)).exclude(pk__in=ended).values_list("pk", "uid", "person_id")
    )
    held = _held([case for case, _uid, _person in cases])
    found = [
        (one, person, uid) for case, uid, person in cases for one in wanted if waits(STEP_OF[one], held.get(case, {}))
    ]
    return _named(found, stands, reader)


def waits(step: int, held: Mapping[int, int]) -> bool:
    """Whether a case with so many records of each step waits for one: all before it is done, and, of a second round, done once more."""
    before = EDITION_2014.by_number[step].after
    if step in AGAIN:
        again = [held.get(one, 0) for one in before if one in AGAIN]
        if again:
            return held.get(step, 0) < min(again)
    return held.get(step, 0) == 0 and all(held.get(one, 0) for one in before)


def _held(cases: Collection[int]) -> dict[int, Counter[int]]:
    found: dict[int, Counter[int]] = defaultdict(Counter)
    for case, step in StepRecord.objects.alive().filter(case__in=cases).values_list("case_id", "step"):
        found[case][step] += 1
    return found


def _named(found: list[tuple[str, int, uuid.UUID]], stands: Mapping[int, int], reader: Reader) -> list[Awaiting]:
    people = {person for _kind, person, _case in found}
    rows = PersonRecord.objects.open().filter(person__in=people)
    names = {person: (uid, name) for person, uid, name in rows.values_list("person_id", "person__uid", "name")}
    votes = votes_about(people)
    made = []
    for kind, person, case in found:
        uid, name = names[person]
        last = next((one for one in votes if one.person == person), None)
        unit = reader.tree.by_id.get(stands[person])
        said = (
            _("%(day)s%(result)s：%(kind)s")
            % {"day": on_screen(last.on), "result": last.result.label, "kind": Motion.Kind(last.kind).label}
            if last
            else ""
        )
        made.append(
            Awaiting(kind=kind, person=person, uid=uid, name=name, case=case, unit=unit.name if unit else "", said=said)
        )
    return sorted(made, key=lambda one: (one.step, one.unit, one.name, one.person))
