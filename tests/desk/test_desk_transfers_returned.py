"""Who left the county and comes back stands on the record he had: nothing breaks, nothing counts twice, nothing counts while he was away."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from tests.cast import FAR_VILLAGE, VILLAGE, Cast, cast
from tests.desk.county_cells import number
from tests.desk.test_desk_transfers import arrival, sent, step, unit_of
from tests.ledger.recount import all_rows, recount
from yumiao.desk.membership.life import life_of
from yumiao.desk.people.facts import facts_of
from yumiao.desk.people.timeline import timeline
from yumiao.desk.proof import findings
from yumiao.ledger.queries import ledger
from yumiao.people.models import Attribution, Membership, MembershipState, Person, PersonSecret, StatusChange
from yumiao.people.status import Status, status_on
from yumiao.people.transfer_rules import MOB_10

pytestmark = pytest.mark.db
__all__ = ["cast"]

PLACE = 1


def gone(cast: Cast, days: int) -> date:
    """The day, so many before today, on which somebody of the village was taken in by another county."""
    on = cast.today - timedelta(days=days)
    transfer = sent(cast, PLACE, "outside", to_text="南城市东湖区街道党工委", on=on.isoformat())
    assert step(cast, "clerk_a", transfer, "return", on=on.isoformat()).status_code == 302
    return on


def papers(cast: Cast, issued: date, received: date, **fields: Any) -> dict[str, Any]:
    member = Membership.objects.alive().get(person=cast.person(PLACE))
    return arrival(
        cast, number=number(PLACE), name=facts(cast).record.name, membership_on=member.membership_on.isoformat(),
        full_member_on=member.confirmation_stated_on.isoformat() if member.confirmation_stated_on else "2011-07-01",
        issued_on=issued.isoformat(), received_on=received.isoformat(), **fields,
    )  # fmt: skip


def back(cast: Cast, issued: date, received: date, who: str = "clerk_a", **fields: Any) -> Any:
    given = {**papers(cast, issued, received), **fields}
    return cast.client(getattr(cast, who)).post("/transfers/in/", given)


def facts(cast: Cast, day: date | None = None) -> Any:
    return facts_of(cast.person(PLACE).pk, cast.people[PLACE], day or cast.today)


def members(cast: Cast, day: date, code: str = VILLAGE) -> int:
    return ledger(day, within=cast.unit(code).subtree).total.members


def test_who_comes_back_stands_on_his_record_and_the_time_away_counts_nowhere(cast: Cast) -> None:
    people, before = Person.objects.count(), members(cast, cast.today)
    was = Membership.objects.alive().get(person=cast.person(PLACE))
    left = gone(cast, 40)
    answer = back(cast, left + timedelta(days=10), left + timedelta(days=20))
    assert answer.status_code == 302, answer.content.decode()
    now = Membership.objects.alive().get(person=cast.person(PLACE))
    assert Person.objects.count() == people
    assert (now.cycle, now.membership_on, now.full_member_on) == (was.cycle, was.membership_on, was.full_member_on)
    days = [left - timedelta(days=1), left, left + timedelta(days=19), left + timedelta(days=20), cast.today]
    assert [members(cast, day) - before for day in days] == [0, -1, -1, 0, 0]
    statuses = [status_on(life_of(facts(cast, day)), day) for day in days]
    assert statuses == [Status.FULL, Status.TRANSFERRED_OUT, Status.TRANSFERRED_OUT, Status.FULL, Status.FULL]
    assert list(findings()) == []


def test_the_ledger_counts_him_as_plain_loops_do(cast: Cast) -> None:
    left = gone(cast, 40)
    back(cast, left, left + timedelta(days=20))
    for day in (left, left + timedelta(days=19), left + timedelta(days=20)):
        again = recount(all_rows(), day)
        assert ledger(day).total.members == again.total.members


def test_his_admission_counts_where_it_counted(cast: Cast) -> None:
    was = list(Attribution.objects.alive().filter(person=cast.person(PLACE)).values_list("unit", "since", "until"))
    left = gone(cast, 40)
    back(cast, left, left + timedelta(days=20), "clerk_b", branch=FAR_VILLAGE)
    now = list(Attribution.objects.alive().filter(person=cast.person(PLACE)).values_list("unit", "since", "until"))
    assert now == was


def test_another_township_takes_him_in_who_holds_his_letter(cast: Cast) -> None:
    left = gone(cast, 40)
    answer = back(cast, left, left + timedelta(days=20), "clerk_b", branch=FAR_VILLAGE)
    assert answer.status_code == 302, answer.content.decode()
    assert unit_of(cast, PLACE) == [FAR_VILLAGE]
    assert members(cast, cast.today, FAR_VILLAGE) == members(cast, left, FAR_VILLAGE) + 1


@pytest.mark.parametrize(
    ("issued", "received", "status", "away"), [(0, 0, 302, []), (0, 1, 302, [1]), (-1, 1, 409, []), (1, 0, 409, [])]
)
def test_he_comes_back_on_the_day_he_left_or_later(
    cast: Cast, issued: int, received: int, status: int, away: list[int]
) -> None:
    left = gone(cast, 40)
    answer = back(cast, left + timedelta(days=issued), left + timedelta(days=received))
    assert answer.status_code == status
    states = MembershipState.objects.alive().filter(person=cast.person(PLACE), state="away")
    assert [(one.until - one.since).days for one in states] == away
    assert list(findings()) == []


@pytest.mark.parametrize(
    "wrong",
    [{"membership_on": "2001-07-01"}, {"full_member_on": ""}, {"full_member_on": "2012-07-01"}, {"name": "陆他人"}],
)
def test_papers_that_say_otherwise_are_refused(cast: Cast, wrong: dict[str, str]) -> None:
    left = gone(cast, 40)
    answer = back(cast, left, left + timedelta(days=20), **wrong)
    assert (answer.status_code, MOB_10.id in answer.content.decode()) == (409, True)


def test_the_timeline_shows_leaving_and_coming_back(cast: Cast) -> None:
    left = gone(cast, 40)
    back(cast, left, left + timedelta(days=20))
    titles = [(event.on, event.title) for event in timeline(facts(cast), str)]
    assert (left, "组织关系转出县外") in titles
    assert (left + timedelta(days=20), "组织关系转回本县") in titles
    assert not [title for _on, title in titles if "更正" in title or "党籍终止" in title]


def test_he_is_found_by_name_and_birth_once_somebody_says_it_is_he(cast: Cast) -> None:
    left, people = gone(cast, 40), Person.objects.count()
    record = facts(cast).record
    other = number(88, record.born_on)
    asked = back(cast, left, left + timedelta(days=20), number=other)
    assert (asked.status_code, "是同一人" in asked.content.decode()) == (409, True)
    answer = back(cast, left, left + timedelta(days=20), number=other, same="yes")
    assert answer.status_code == 302, answer.content.decode()
    assert Person.objects.count() == people
    assert PersonSecret.objects.alive().filter(person=cast.person(PLACE), kind="identity").count() == 1
    assert list(findings()) == []


def test_another_of_that_name_is_registered_beside_him(cast: Cast) -> None:
    left, people = gone(cast, 40), Person.objects.count()
    answer = back(cast, left, left + timedelta(days=20), number=number(88, facts(cast).record.born_on), same="no")
    assert answer.status_code == 302, answer.content.decode()
    assert Person.objects.count() == people + 1


def test_taking_the_return_back_leaves_him_gone(cast: Cast) -> None:
    left = gone(cast, 40)
    back(cast, left, left + timedelta(days=20))
    seq = StatusChange.objects.alive().get(person=cast.person(PLACE), change="returned_to_county").entered
    assert cast.client(cast.clerk_a).post(f"/changes/{seq}/undo/", {"reason": "不是本人"}).status_code == 302
    member = Membership.objects.alive().get(person=cast.person(PLACE))
    assert (member.ended_on, member.ended_how) == (left, "transferred_out")
    assert MembershipState.objects.alive().filter(state="away").count() == 0
    assert list(findings()) == []


def test_who_came_back_may_leave_again(cast: Cast) -> None:
    left = gone(cast, 40)
    back(cast, left, left + timedelta(days=20))
    again = gone(cast, 5)
    assert Membership.objects.alive().get(person=cast.person(PLACE)).ended_on == again
    assert members(cast, again - timedelta(days=1)) == members(cast, again) + 1
    back(cast, again, cast.today)
    days = MembershipState.objects.alive().filter(state="away").order_by("since").values_list("since", "until")
    assert list(days) == [(left, left + timedelta(days=20)), (again, cast.today)]
