"""Rolls of days, meetings as they are written, refused and taken back, exclusions: with a database."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from tests import lived
from tests.cast import COMMUNITY, OFFICE, OTHER_TOWN, TOWN, VILLAGE, Cast, cast
from tests.meetings.branch import bar, fill, meeting_of, person_at, walk_to
from yumiao.access.permissions import Permission
from yumiao.desk.dossier.recording import Deciding
from yumiao.desk.meetings import recording
from yumiao.desk.meetings.lists import meetings_of
from yumiao.desk.meetings.places import awaiting, kinds_at, roll, subtree_on, units_for, waits
from yumiao.journal.acts import AlreadyDone, act
from yumiao.journal.models import Entry
from yumiao.journal.verbs import Verb
from yumiao.kernel.objections import OutOfScope, Refused
from yumiao.kernel.periods import FOREVER
from yumiao.meetings.drafts import MeetingDraft, MotionDraft
from yumiao.meetings.due import OnRoll, due_on
from yumiao.meetings.models import Attendance, Ballot, Exclusion, MeetingRecord, NamedVote, WrittenOpinion
from yumiao.meetings.queries import votes_about
from yumiao.meetings.rules import Count, Result
from yumiao.meetings.services import record_meeting
from yumiao.units.changes import Merge

__all__ = ["cast"]
pytestmark = pytest.mark.db


def who(cast: Cast, part: str = "secretary_a") -> Deciding:
    account = cast.accounts[part]
    return Deciding(cast.actor(account), account.person_uid)


def there(cast: Cast, day: date | None = None, **more: Any) -> list[OnRoll]:
    return roll(cast.unit(VILLAGE), "members", day or cast.today, **more)


def standings(rows: list[OnRoll]) -> dict[str, int]:
    found: dict[str, int] = {}
    for one in rows:
        found[one.standing.value] = found.get(one.standing.value, 0) + 1
    return found


def motion(cast: Cast, place: int = 21, **changed: Any) -> MotionDraft:
    due = sum(one.votes for one in there(cast))
    given: dict[str, Any] = {
        "kind": "admission", "title": "接收预备党员", "person": cast.person(place).pk, "count": Count(due=due, present=due, yes=due),
        "tellers": "韦春晓",
    }  # fmt: skip
    return MotionDraft(**{**given, **changed})


def recorded(cast: Cast, draft: MeetingDraft, part: str = "secretary_a", **more: Any) -> Any:
    due = sum(is_due for _person, is_due, _present, _why in draft.attendance)
    given = {"shown_due": due, "who": who(cast, part), "today": cast.today, **more}
    return recording.record(lambda: draft, **given)


def refused(call: Any) -> list[str]:
    with pytest.raises(Refused) as found:
        call()
    return [one.rule for one in found.value.objections]


def test_the_roll_of_twenty_members_has_sixteen_votes(cast: Cast) -> None:
    fill(cast)
    bar(cast, cast.person(8).pk, cast.today - timedelta(days=30))
    assert standings(there(cast)) == {"votes": 16, "probationary": 3, "barred": 1}
    place = subtree_on(cast.unit(VILLAGE).id, cast.today)
    assert place is not None
    assert due_on(place, cast.today) == 16


def test_the_roll_is_that_of_the_day(cast: Cast) -> None:
    bar(cast, cast.person(8).pk, cast.today)
    assert standings(there(cast)) == {"votes": 1, "probationary": 1, "barred": 1}
    assert standings(there(cast, cast.today - timedelta(days=1))) == {"votes": 2, "probationary": 1}
    assert standings(there(cast, date(2026, 5, 14))) == {"votes": 2}
    assert standings(there(cast, date(2016, 6, 30))) == {"votes": 1, "probationary": 1}
    assert standings(there(cast, date(2005, 6, 30))) == {}


def test_whoever_died_is_due_no_more_from_that_day_on(cast: Cast) -> None:
    from yumiao.people.status_services import end_membership, latest_membership

    member = latest_membership(cast.person(8).pk)
    assert member is not None
    with act(Verb.PREPARED, actor=cast.operator) as current:
        end_membership(current, member, cast.today - timedelta(days=3), "deceased")
    assert standings(there(cast, cast.today - timedelta(days=4))) == {"votes": 2, "probationary": 1}
    assert standings(there(cast, cast.today - timedelta(days=3))) == {"votes": 1, "probationary": 1}


def test_the_roll_takes_as_many_queries_for_twenty_as_for_three(cast: Cast, django_assert_num_queries: Any) -> None:
    unit = cast.unit(VILLAGE)
    with django_assert_num_queries(6):
        roll(unit, "members", cast.today)
    fill(cast)
    with django_assert_num_queries(6):
        roll(unit, "members", cast.today)


def test_which_bodies_meet_where(cast: Cast) -> None:
    assert kinds_at(cast.unit(TOWN)) == ("committee",)
    assert kinds_at(cast.unit(VILLAGE)) == ("members", "branch_committee")
    assert [one.code for one in units_for(cast.reader(cast.secretary_a))] == [VILLAGE]
    assert OTHER_TOWN not in [one.code for one in units_for(cast.reader(cast.clerk_a))]


@pytest.mark.parametrize(
    ("step", "held", "expected"),
    [
        (15, {13: 1}, False),
        (15, dict.fromkeys(range(1, 15), 1), True),
        (15, dict.fromkeys(range(1, 16), 1), False),
        (3, {1: 1, 2: 1}, True),
        (24, dict.fromkeys(range(1, 24), 1), True),
        (24, dict.fromkeys(range(1, 25), 1), False),
        (23, {**dict.fromkeys(range(1, 25), 1), 22: 2}, True),  # once more, after an extension
    ],
)
def test_whose_case_waits_for_a_decision(step: int, held: dict[int, int], expected: bool) -> None:
    assert waits(step, held) is expected


def test_who_waits_is_offered_where_the_decision_is_taken(cast: Cast) -> None:
    case = walk_to(cast, 21, 14)
    reader, day = cast.reader(cast.clerk_a), cast.today
    offered = awaiting(reader, cast.unit(VILLAGE), "members", day)
    assert [(one.kind, one.person, one.case, one.step) for one in offered] == [
        ("admission", cast.person(21).pk, case, 15)
    ]
    assert awaiting(reader, cast.unit(OFFICE), "members", day) == []
    assert awaiting(reader, cast.unit(TOWN), "committee", day) == []
    walk_to(cast, 21, 16)
    assert [one.kind for one in awaiting(reader, cast.unit(TOWN), "committee", day)] == ["approval"]


def test_a_meeting_is_recorded_with_everything_of_it_in_one_entry(cast: Cast) -> None:
    before = Entry.objects.count()
    uid = recorded(cast, meeting_of(cast, [motion(cast), motion(cast, 22)]))
    assert Entry.objects.count() == before + 1
    record = MeetingRecord.objects.alive().get()
    assert (record.meeting.uid, record.held_on, record.meeting.kind) == (uid, cast.today, "members")
    assert Attendance.objects.alive().filter(is_due=True, is_present=True).count() == 2
    assert [(one.motion.position, one.yes) for one in Ballot.objects.alive().order_by("motion__position")] == [
        (1, 2),
        (2, 2),
    ]
    votes = votes_about([cast.person(21).pk])
    assert [(one.meeting, one.on, one.result) for one in votes] == [(uid, cast.today, Result.PASSED)]


def test_without_a_quorum_it_is_recorded_as_it_was(cast: Cast) -> None:
    recorded(cast, meeting_of(cast, [motion(cast, count=Count(due=2, present=1, yes=1))]))
    assert [one.result for one in votes_about([cast.person(21).pk])] == [Result.NO_QUORUM]


def test_no_row_says_who_voted_how_in_secret(cast: Cast) -> None:
    assert refused(lambda: recorded(cast, meeting_of(cast, [motion(cast, named=[(cast.person(1).pk, "yes")])]))) == [
        "MTG-06",
        "MTG-13",
    ]
    recorded(cast, meeting_of(cast, [motion(cast)]))
    assert not NamedVote.objects.exists()


def test_a_committee_votes_by_name(cast: Cast) -> None:
    people = [cast.person(place).pk for place in (1, 2, 3)]
    with act(Verb.PREPARED, actor=cast.operator) as current:
        draft = MeetingDraft(
            unit=cast.unit(TOWN).id, kind="committee", held_on=cast.today, place="镇会议室", chair="盘云舟", recorder="韦春晓", agenda="审批",
            document="青石党发〔2026〕9号", attendance=[(one, True, True, "") for one in people],
            motions=[
                MotionDraft(
                    kind="approval", title="审批预备党员", person=cast.person(21).pk, is_secret=False,
                    count=Count(due=3, present=3, yes=2, no=1), named=list(zip(people, ("yes", "yes", "no"), strict=True)),
                )
            ],
        )  # fmt: skip
        record_meeting(current, draft)
    assert sorted(NamedVote.objects.alive().values_list("choice", flat=True)) == ["no", "yes", "yes"]
    assert [one.result for one in votes_about([cast.person(21).pk])] == [Result.PASSED]


def test_an_opinion_after_the_meeting_is_stored_and_does_not_count(cast: Cast) -> None:
    fill(cast)
    due = sum(one.votes for one in there(cast))
    opinions = [
        (cast.person(1).pk, cast.today - timedelta(days=1)),
        (cast.person(8).pk, cast.today + timedelta(days=1)),
    ]
    count = Count(due=due, present=9, yes=8, abstain=1, written_yes=1)
    recorded(cast, meeting_of(cast, [motion(cast, count=count, opinions=opinions)]))
    assert sorted(WrittenOpinion.objects.alive().values_list("counts", flat=True)) == [False, True]
    assert [one.result for one in votes_about([cast.person(21).pk])] == [Result.PASSED]


def test_a_meeting_to_come_is_refused(cast: Cast) -> None:
    later = cast.today + timedelta(days=1)
    assert refused(lambda: recorded(cast, meeting_of(cast, [motion(cast)], held_on=later))) == ["DEV-21"]


def test_nobody_records_the_vote_on_himself(cast: Cast) -> None:
    account = cast.accounts["secretary_a"]
    own = Deciding(cast.actor(account), cast.people[21])
    assert refused(lambda: recorded(cast, meeting_of(cast, [motion(cast)]), who=own)) == ["STP-28"]
    name = person_at(21).records.get().name
    assert refused(lambda: recorded(cast, meeting_of(cast, [motion(cast)], recorder=name))) == ["STP-28"]


def test_the_same_vote_is_recorded_once(cast: Cast) -> None:
    recorded(cast, meeting_of(cast, [motion(cast)]))
    assert refused(lambda: recorded(cast, meeting_of(cast, [motion(cast), motion(cast, 22)]))) == ["MTG-14"]


def test_a_roll_that_changed_since_the_preview_is_said(cast: Cast) -> None:
    assert refused(lambda: recorded(cast, meeting_of(cast, [motion(cast)]), shown_due=3)) == ["MTG-13"]


def test_a_double_click_records_one_meeting(cast: Cast) -> None:
    import uuid

    once = uuid.uuid4()
    recorded(cast, meeting_of(cast, []), once=once)
    with pytest.raises(AlreadyDone):
        recorded(cast, meeting_of(cast, []), once=once)
    assert MeetingRecord.objects.count() == 1


def test_a_meeting_is_taken_back_with_everything_of_it(cast: Cast) -> None:
    uid = recorded(cast, meeting_of(cast, [motion(cast)]))
    recording.take_back(uid, reason="登记错误", who=who(cast))
    alive = [model.objects.alive().count() for model in (MeetingRecord, Attendance, Ballot)]
    assert alive == [0, 0, 0]
    assert votes_about([cast.person(21).pk]) == []
    with pytest.raises(OutOfScope):
        recording.take_back(uid, reason="登记错误", who=who(cast))
    recorded(cast, meeting_of(cast, [motion(cast)]))  # it may be recorded anew


def test_a_meeting_that_a_step_rests_on_stays(cast: Cast) -> None:
    from yumiao.admission.models import Case, StepMotion
    from yumiao.admission.step_services import MOTION

    uid = recorded(cast, meeting_of(cast, [motion(cast)]))
    case = Case.objects.get(person=cast.person(21))
    ballot = Ballot.objects.alive().get()
    with act(Verb.PREPARED, actor=cast.operator) as current:
        current.insert(StepMotion, MOTION, [(case.pk, 15, 1, ballot.motion_id)])
    assert refused(lambda: recording.take_back(uid, reason="登记错误", who=who(cast))) == ["MTG-15"]


def test_a_meeting_that_a_late_entry_waits_for_stays(cast: Cast) -> None:
    from yumiao.admission.models import Case, LateEntry
    from yumiao.admission.step_services import LATE

    uid = recorded(cast, meeting_of(cast, [motion(cast)]))
    case = Case.objects.get(person=cast.person(21))
    said = f'{{"motion":{Ballot.objects.alive().get().motion_id}}}'
    with act(Verb.PREPARED, actor=cast.operator) as current:
        current.insert(LateEntry, LATE, [(uid, case.pk, 15, 1, cast.today, said, "补录")])
    assert refused(lambda: recording.take_back(uid, reason="登记错误", who=who(cast))) == ["MTG-15"]


def given(cast: Cast, **changed: Any) -> dict[str, Any]:
    day = cast.today - timedelta(days=10)
    found = {
        "person": cast.person(8).pk, "ground": "away", "since": None, "resolved_on": day, "approved_on": day + timedelta(days=2),
        "document": "青石党〔2026〕3号", "reason": "",
    }  # fmt: skip
    return {**found, **changed}


def excluded(cast: Cast, **changed: Any) -> Any:
    unit = cast.unit(VILLAGE).id
    return recording.exclude(given(cast, **changed), unit, lambda: there(cast), who=who(cast), today=cast.today)


def test_an_exclusion_holds_from_resolution_and_approval_on(cast: Cast) -> None:
    excluded(cast)
    assert standings(there(cast)) == {"votes": 1, "probationary": 1, "excluded": 1}
    assert standings(there(cast, cast.today - timedelta(days=9))) == {"votes": 2, "probationary": 1}


def test_an_exclusion_of_elections_alone(cast: Cast) -> None:
    excluded(cast, ground="retired_away")
    assert standings(there(cast)) == {"votes": 2, "probationary": 1}
    assert standings(there(cast, is_election=True)) == {"votes": 1, "probationary": 1, "excluded": 1}


@pytest.mark.parametrize(
    ("changed", "rules"),
    [
        ({"since": timedelta(days=-9)}, ["MTG-10"]),
        ({"document": " "}, ["MTG-10"]),
        ({"approved_on": timedelta(days=1), "since": timedelta(days=2)}, ["DEV-21"]),
    ],
)  # fmt: skip
def test_what_is_refused_of_an_exclusion(cast: Cast, changed: dict[str, Any], rules: list[str]) -> None:
    dated = {name: cast.today + one if isinstance(one, timedelta) else one for name, one in changed.items()}
    assert refused(lambda: excluded(cast, **dated)) == rules


def test_a_probationer_and_somebody_of_elsewhere_have_nothing_to_be_left_out_of(cast: Cast) -> None:
    assert refused(lambda: excluded(cast, person=cast.person(7).pk)) == ["MTG-10"]
    assert refused(lambda: excluded(cast, person=cast.person(5).pk)) == ["MTG-10"]


def test_nobody_is_left_out_twice_and_everybody_can_come_back(cast: Cast) -> None:
    uid = excluded(cast)
    assert "MTG-10" in refused(lambda: excluded(cast))
    recording.include(uid, cast.today, reason="已返回", who=who(cast), today=cast.today)
    assert standings(there(cast)) == {"votes": 2, "probationary": 1}
    assert Exclusion.objects.alive().get().until == cast.today
    assert refused(lambda: recording.include(uid, cast.today, reason="已返回", who=who(cast), today=cast.today)) == [
        "MTG-10"
    ]
    assert FOREVER not in Exclusion.objects.alive().values_list("until", flat=True)


def test_the_resolution_of_a_branch_holds_in_that_branch_alone(cast: Cast) -> None:
    """Whoever moves to another branch is due there until it resolves the same."""
    excluded(cast)
    move(cast, 8, COMMUNITY)
    rows = roll(cast.unit(COMMUNITY), "members", cast.today)
    assert {one.person: one.standing.value for one in rows}[cast.person(8).pk] == "votes"


def test_what_carries_on_a_branch_carries_on_its_resolutions_and_its_meetings(cast: Cast) -> None:
    excluded(cast)
    uid = recorded(cast, meeting_of(cast, [motion(cast)]))
    lived.reform(cast, Merge((VILLAGE, COMMUNITY), COMMUNITY))
    rows = roll(cast.unit(COMMUNITY), "members", cast.today)
    assert {one.person: one.standing.value for one in rows}[cast.person(8).pk] == "excluded"
    reader = cast.reader(cast.clerk_a)
    assert [one.meeting.uid for one in meetings_of(reader.scope(Permission.PERSON_READ))] == [uid]
    assert cast.client(cast.clerk_a).get(f"/meetings/{uid}/").status_code == 200


def move(cast: Cast, place: int, code: str) -> None:
    """Somebody stands in another branch since today."""
    from yumiao.people.models import Belonging
    from yumiao.people.services import BELONGING

    row = Belonging.objects.open().get(person=cast.person(place))
    with act(Verb.PREPARED, actor=cast.operator) as current:
        current.strike(Belonging, [row.pk])
        before = (row.since, cast.today, row.person_id, row.unit_id, row.since_known)
        after = (cast.today, FOREVER, row.person_id, cast.unit(code).id, True)
        current.insert(Belonging, BELONGING, [before, after])


def test_nobody_leaves_himself_out(cast: Cast) -> None:
    own = Deciding(cast.actor(cast.secretary_a), cast.people[8])
    unit = cast.unit(VILLAGE).id
    assert refused(lambda: recording.exclude(given(cast), unit, lambda: there(cast), who=own, today=cast.today)) == [
        "STP-28"
    ]
