"""Random walks once more, through the use cases and a database: after every action the case read back is the one walked in memory."""

from __future__ import annotations

import subprocess
import sys
import uuid
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from itertools import count
from pathlib import Path
from random import Random

import pytest

from tests.abuse.program import place
from tests.admission.walks import PERSON
from tests.cast import VILLAGE, Cast, cast
from tests.desk.county_cells import County, number
from tests.walks.test_random_walks import STARTS, moved
from tests.walks.world import World
from yumiao.admission.asked import Asked
from yumiao.admission.course import course
from yumiao.admission.history import LAST, CaseFile
from yumiao.admission.models import LateEntry, StepDetail, StepRecord
from yumiao.admission.services import STEP
from yumiao.admission.step_services import DETAIL, open_case
from yumiao.desk.dossier import recording
from yumiao.desk.dossier.grounds import helpers_of
from yumiao.journal.acts import Act, Actor, act
from yumiao.journal.bulk import new_ids
from yumiao.journal.verbs import Verb
from yumiao.kernel.objections import Refused
from yumiao.meetings.models import Meeting, Motion
from yumiao.people.models import Person, PersonSecret
from yumiao.people.services import Attributes, PersonDraft, register_people

pytestmark = pytest.mark.db
__all__ = ["cast"]

SEQUENCES = 200
BORN = date(1995, 3, 5)
BALLOTED = (15, 17, 23, 24)
FORMS = count(100)
ACTORS = {who: Actor(uuid.UUID(int=who), f"经办人{who}") for who in (PERSON, 11, 12)}


class Twin(World):
    """The same walk twice: whatever is tried in memory is tried through the use cases too."""

    helpers: dict[int, int]
    meeting: int
    person: Person
    uid: uuid.UUID

    def may(self, who: int) -> bool:
        return who != PERSON

    def who(self, who: int) -> recording.Deciding:
        return recording.Deciding(ACTORS[who], self.person.uid if who == PERSON else None)

    def done(self, deed: Callable[[], object]) -> None:
        try:
            deed()
        except Refused as refused:
            self.log.append(f"{self.today} refused {[one.rule for one in refused.objections]}")

    def any_step(self) -> Asked:
        """Mostly one whose time has come or is waited for: few walks can be afforded here, and they should come far."""
        ahead = [one for one in course(self.file, self.ground).next if one.earliest is not None]
        if not ahead or self.random.random() < 0.3:
            return super().any_step()
        one = self.random.choice(ahead)
        assert one.earliest is not None
        self.today = max(self.today, one.earliest)
        return self.filled(
            one.step.number, max(one.earliest, self.today - timedelta(days=self.random.choice((0, 0, 10, 50))))
        )

    def filled(self, step: int, on: date) -> Asked:
        """With the people of the county, and a ballot that exists; a late entry would look for the ballot's count."""
        if step in BALLOTED and (self.today - on).days > 30:
            on = self.today
        one = super().filled(step, on)
        vote = one.vote
        if vote is not None:
            vote = replace(vote, person=self.person.pk if vote.person == PERSON else 0, motion=self.ballot())
        known = self.helpers | {PERSON: self.person.pk}
        contacts = helpers_of([known[helper.person or 0] for helper in one.contacts], on) if one.contacts else ()
        introducers = (
            helpers_of([known[helper.person or 0] for helper in one.introducers], on) if one.introducers else ()
        )
        form = f"甲{next(FORMS)}" if step == 14 else ""
        return replace(one, vote=vote, contacts=contacts, introducers=introducers, form=form)

    def ballot(self) -> int:
        with act(Verb.MEETING_RECORDED, actor=ACTORS[11]) as current:
            motion = new_ids(Motion, 1)[0]
            row = (motion, uuid.uuid4(), self.meeting, Motion.Kind.ADMISSION, self.person.pk, "接收", 1)
            current.insert(Motion, ("id", "uid", "meeting_id", "kind", "person_id", "title", "position"), [row])
        return motion

    def try_record(self, who: int, one: Asked) -> None:
        if one.step == LAST:
            return  # asks for the papers, and a case in memory has none
        super().try_record(who, one)
        self.done(lambda: recording.record(self.uid, one, who=self.who(who), ground_for=lambda _file: self.ground))

    def try_confirm(self, who: int, step: int, *, is_refused: bool) -> None:
        super().try_confirm(who, step, is_refused=is_refused)
        late = LateEntry.objects.alive().get(case__uid=self.uid, step=step).uid
        if is_refused:
            self.done(lambda: recording.refuse(late, reason="不实", who=self.who(who)))
        else:
            self.done(lambda: recording.confirm(late, who=self.who(who), ground_for=lambda _file: self.ground))

    def try_back(self, who: int, step: int) -> None:
        super().try_back(who, step)
        given = {"why": "mistake", "reason": "登记有误", "who": self.who(who)}
        self.done(lambda: recording.send_back(self.uid, step, ground_for=lambda _file: self.ground, **given))  # type: ignore[arg-type]

    def try_rest(self, who: int, since: date, *, counts: bool) -> None:
        super().try_rest(who, since, counts=counts)
        given = {"reason": "外出务工", "who": self.who(who), "today": self.today}
        self.done(lambda: recording.rest(self.uid, since, counts=counts, **given))  # type: ignore[arg-type]

    def try_resume(self, who: int, on: date) -> None:
        super().try_resume(who, on)
        self.done(lambda: recording.resume(self.uid, on, reason="返乡", who=self.who(who), today=self.today))

    def try_exempt(self, who: int, rule: str, step: int) -> None:
        super().try_exempt(who, rule, step)
        given = {"by": "青石镇党委", "document": "", "reason": "个别情况", "who": self.who(who)}
        self.done(lambda: recording.exempt(self.uid, step, rule, on=self.today, today=self.today, **given))  # type: ignore[arg-type]

    def end(self, who: int) -> None:
        """A case ends with a change of status, which is another use case."""


def newcomers(current: Act, cast: Cast, many: int) -> list[int]:
    """People who never applied."""
    attributes = Attributes(name="石新禾", sex="m", born_on=BORN, ethnicity="", education="", occupation="")
    drafts = [
        PersonDraft(
            attributes=attributes,
            numbers={PersonSecret.Kind.IDENTITY.value: number(place, BORN)},
            unit=cast.unit(VILLAGE).id,
            since=date(2010, 1, 1),
            statements={},
        )
        for place in range(300, 300 + many)
    ]
    return register_people(current, drafts)


def begun(current: Act, person: Person, random: Random, meeting: int, helpers: dict[int, int]) -> Twin:
    """A case that stands somewhere before the approval, on record as in memory."""
    file = moved(STARTS[random.choice((1, 3, 6, 8, 11, 14, 16, 16))], -random.randint(4, 8))
    case, uid = open_case(current, person.pk, file.edition)
    current.insert(StepRecord, STEP, [(case, one.step, one.occurrence, one.on) for one in file.held])
    said = [
        (case, one.step, one.occurrence, one.outcome or "", "", "", "", "", one.days, one.hours, 0, "", False, False)
        for one in file.held
    ]
    current.insert(StepDetail, DETAIL, said)
    last = max(one.on for one in file.held)
    twin = Twin(random, last + timedelta(days=random.choice((0, 1, 30))), replace(file, person=person.pk, born_on=BORN))
    twin.person, twin.uid, twin.meeting, twin.helpers = person, uid, meeting, helpers
    return twin


def walks(cast: Cast) -> list[Twin]:
    helpers = {place: cast.person(member).pk for place, member in ((2, 1), (3, 4), (4, 6))}
    with act(Verb.WORKBOOK_IMPORTED, actor=ACTORS[11]) as current:
        meeting = new_ids(Meeting, 1)[0]
        row = (meeting, uuid.uuid4(), cast.unit(VILLAGE).id, Meeting.Kind.MEMBERS)
        current.insert(Meeting, ("id", "uid", "unit_id", "kind"), [row])
        people = newcomers(current, cast, SEQUENCES)
        known = Person.objects.in_bulk(people)
        return [begun(current, known[one], Random(seed), meeting, helpers) for seed, one in enumerate(people)]


def said(file: CaseFile) -> set[tuple[object, ...]]:
    """What two readings of one case must agree on, as facts."""
    facts: list[tuple[object, ...]] = [("person", file.person), ("ended", file.ended_on)]
    facts += [(one.step, one.occurrence, one.on, one.outcome, one.months, one.days, one.hours) for one in file.held]
    facts += [("waits", one.step, one.occurrence, one.on) for one in file.waiting]
    facts += [("rests", one.since, one.until, one.counts) for one in file.rests]
    facts += [("lifted", one.rule, one.step) for one in file.exemptions]
    assert len(facts) == len(set(facts))
    return set(facts)


def test_the_database_holds_the_case_that_was_walked_in_memory(cast: Cast) -> None:
    reached: Counter[int] = Counter()
    for seed, twin in enumerate(walks(cast)):
        for _ in range(22 if twin.file.last(16) else 6):
            twin.step()
            assert (seed, said(recording.read_by(twin.uid).file) ^ said(twin.file)) == (seed, set()), twin.log[-8:]
        reached.update(step for _who, step, _writer in twin.deeds)
    assert set(range(1, 25)) <= set(reached)


AT_ONCE = """
import sys, threading, uuid
from datetime import timedelta
import django

django.setup()
from django.db import connection
from yumiao.admission.asked import Asked
from yumiao.desk.dossier import recording
from yumiao.desk.dossier.grounds import ground_of
from yumiao.journal.acts import Actor, last
from yumiao.kernel.objections import Refused
from yumiao.kernel.periods import today_in_china
from yumiao.people.models import Membership, Person
from django.utils import timezone

today, what = today_in_china(timezone.now()), sys.argv[1]
person = Person.objects.exclude(pk__in=Membership.objects.values("person")).filter(cases__isnull=True).first()

def who(number):
    return recording.Deciding(Actor(uuid.UUID(int=number), f"经办人{number}"), None)

def ground_for(file):
    return ground_of(file.path, today, last())

def begin(number):
    return recording.begin(person, today - timedelta(days=5), who=who(number), ground_for=ground_for, today=today)

case = begin(9) if what == "step" else None
start, came = threading.Barrier(4), []

def send(number):
    start.wait(20)
    try:
        if what == "case":
            begin(number)
        else:
            asked = Asked(step=2, on=today - timedelta(days=number), people="支部书记")
            recording.record(case, asked, who=who(number), ground_for=ground_for)
        came.append("done")
    except Refused as refused:
        came.extend(one.rule for one in refused.objections)
    finally:
        connection.close()

hands = [threading.Thread(target=send, args=(number,)) for number in range(1, 5)]
for hand in hands:
    hand.start()
for hand in hands:
    hand.join(60)
print(*sorted(came))
"""


@pytest.mark.slow
@pytest.mark.parametrize(("what", "rule"), [("step", "STP-26"), ("case", "STP-27")])
def test_of_clerks_who_record_the_same_at_once_one_is_first_and_the_others_are_told(
    tmp_path: Path, what: str, rule: str
) -> None:
    """In a process of its own, for what is sent at once must be committed at once."""
    with place(tmp_path / "data") as here:
        assert here.run("import", County().file(tmp_path / "county.xlsx")).returncode == 0
        around = here.environment | {"DJANGO_SETTINGS_MODULE": "yumiao.config.settings.local"}
        done = subprocess.run(
            [sys.executable, "-c", AT_ONCE, what], env=around, capture_output=True, text=True, timeout=120, check=False
        )
    assert (sorted(done.stdout.split()), done.returncode) == (sorted(["done", rule, rule, rule]), 0), done.stderr
