"""The use cases of a case with a database: what is written, what is refused, who may confirm."""

from __future__ import annotations

import uuid
from datetime import date, timedelta

import pytest

from tests.cast import Cast, cast
from yumiao.admission.asked import Asked
from yumiao.admission.models import LateEntry, StepDetail, StepRecord
from yumiao.desk.dossier import recording
from yumiao.desk.dossier.grounds import helpers_of
from yumiao.kernel.objections import Refused
from yumiao.people.models import Tie

__all__ = ["cast"]
pytestmark = pytest.mark.db


def who(cast: Cast, part: str) -> recording.Deciding:
    account = cast.accounts[part]
    return recording.Deciding(cast.actor(account), account.person_uid)


def begun(cast: Cast, place: int, on: date, part: str = "secretary_a") -> uuid.UUID:
    ground_for = recording.ground_by(cast.today, cast.reader(cast.accounts[part]))
    return recording.begin(
        cast.person(place), on, who=who(cast, part), ground_for=ground_for, today=cast.today, reason="补登"
    )


def recorded(cast: Cast, case: uuid.UUID, asked: Asked, part: str = "secretary_a") -> bool:
    return recording.record(
        case, asked, who=who(cast, part), ground_for=recording.ground_by(cast.today, cast.reader(cast.accounts[part]))
    )


def test_a_case_begins_and_goes_on(cast: Cast) -> None:
    today = cast.today
    case = begun(cast, 31, today - timedelta(days=20))
    recorded(cast, case, Asked(step=2, on=today - timedelta(days=10), people="支部书记"))
    recorded(cast, case, Asked(step=3, on=today - timedelta(days=5), people="党员推荐"))
    contact = helpers_of([cast.person(1).pk], today)
    recorded(cast, case, Asked(step=5, on=today - timedelta(days=4), contacts=contact))
    file = recording.read_by(case).file
    assert sorted(one.step for one in file.held) == [1, 2, 3, 5]
    assert [(one.person, one.since) for one in file.contacts] == [(cast.person(1).pk, today - timedelta(days=4))]
    assert Tie.objects.alive().filter(person=cast.person(31).pk, kind="contact").count() == 1
    assert StepDetail.objects.alive().count() == 4


def test_a_late_entry_waits_for_a_second_person(cast: Cast) -> None:
    today = cast.today
    case = begun(cast, 31, today - timedelta(days=60))
    assert recording.read_by(case).file.held == ()
    late = LateEntry.objects.alive().get().uid
    ground_for = recording.ground_by(today, cast.reader(cast.clerk_a))
    with pytest.raises(Refused) as refused:
        recording.confirm(late, who=who(cast, "secretary_a"), ground_for=ground_for)
    assert [one.rule for one in refused.value.objections] == ["DEV-22"]
    recording.confirm(late, who=who(cast, "clerk_a"), ground_for=ground_for)
    held = recording.read_by(case).file.held
    assert [(one.step, one.is_late) for one in held] == [(1, True)]
    assert not LateEntry.objects.alive().exists()


def test_a_warning_needs_a_reason(cast: Cast) -> None:
    today = cast.today
    case = begun(cast, 31, today - timedelta(days=30))
    recorded(cast, case, Asked(step=2, on=today - timedelta(days=20), people="支部书记"))
    recording.send_back(
        case,
        2,
        why="mistake",
        reason="日期写错",
        who=who(cast, "clerk_a"),
        ground_for=recording.ground_by(today, cast.reader(cast.clerk_a)),
    )
    assert [one.step for one in recording.read_by(case).file.held] == [1]
    assert StepRecord.objects.filter(case__uid=case, step=2).count() == 1


def test_nobody_has_two_open_cases(cast: Cast) -> None:
    begun(cast, 31, cast.today)
    with pytest.raises(Refused) as refused:
        begun(cast, 31, cast.today)
    assert [one.rule for one in refused.value.objections] == ["STP-27"]
