"""Who may act for whom, and for how long, at the edges."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from yumiao.access.delegation_rules import (
    KEPT,
    LENDABLE,
    LONGEST,
    Wanted,
    lendable,
    may_act_for,
    objections_to_delegation,
)
from yumiao.access.permissions import GRANTS, Permission, Role
from yumiao.access.rules import Appointer, Post
from yumiao.kernel.periods import FOREVER

TODAY = date(2026, 10, 31)
COUNTY, A, B = "000001", "000001000002", "000001000003"
VILLAGE = "000001000002000004"
CLERK = Post(Role.TOWNSHIP_CLERK, A, "乡镇党委")
SECRETARY = Post(Role.BRANCH_SECRETARY, VILLAGE, "村党支部")


def rules(post: Post = CLERK, **changed: object) -> list[str]:
    """Ids of the objections to a delegation that is in order but for what is changed."""
    given: dict[str, object] = {
        "giver_until": FOREVER,
        "since": TODAY,
        "until": TODAY + timedelta(days=10),
        "permissions": lendable(post.role),
        "is_giver": True,
    }
    around: dict[str, object] = {"appointer": Appointer(), "can_act": True, "others": [], "today": TODAY}
    given |= {key: value for key, value in changed.items() if key in given}
    around |= {key: value for key, value in changed.items() if key in around}
    return [one.rule for one in objections_to_delegation(Wanted(post=post, **given), **around)]  # type: ignore[arg-type]


def test_a_delegation_in_order_meets_no_objection() -> None:
    assert rules() == []


@pytest.mark.parametrize(
    "since, until, expected",
    [
        (0, 1, []),
        (0, 0, ["ACC-13"]),
        (-1, 5, ["ACC-13"]),
        (0, LONGEST.days, []),
        (0, LONGEST.days + 1, ["ACC-13"]),
        (20, 20 + LONGEST.days, []),
    ],
)
def test_it_begins_today_or_later_and_lasts_ninety_days_at_most(since: int, until: int, expected: list[str]) -> None:
    assert rules(since=TODAY + timedelta(days=since), until=TODAY + timedelta(days=until)) == expected


def test_it_does_not_outlast_the_givers_own_term() -> None:
    end = TODAY + timedelta(days=5)
    assert [rules(giver_until=end, until=one) for one in (end, end + timedelta(days=1))] == [[], ["ACC-13"]]


def test_rights_over_other_peoples_rights_stay_with_their_holder() -> None:
    assert {right for role in Role for right in lendable(role)} & KEPT == set()
    assert lendable(Role.TOWNSHIP_CLERK) == GRANTS[Role.TOWNSHIP_CLERK] - KEPT


def test_nobody_lends_more_than_the_post_or_nothing() -> None:
    assert rules(permissions=[Permission.WORKBOOK_EXPORT]) == ["ACC-15"]
    assert rules(permissions=[Permission.ACCOUNT_INVITE]) == ["ACC-15"]
    assert rules(permissions=[]) == ["ACC-15"]
    assert rules(permissions=[Permission.UNIT_READ]) == []


def test_inspectors_administrators_and_members_lend_nothing() -> None:
    assert {role for role in Role if not lendable(role)} == set(Role) - LENDABLE
    assert {role for role in Role if role.is_administrator or role in (Role.AUDITOR, Role.MEMBER)} == set(
        Role
    ) - LENDABLE


def test_one_post_is_lent_to_one_person_at_a_time() -> None:
    end = TODAY + timedelta(days=10)
    assert rules(others=[(end, end + timedelta(days=5))]) == []
    assert rules(others=[(end - timedelta(days=1), end + timedelta(days=5))]) == ["ACC-16"]


def test_whoever_is_not_the_giver_must_be_able_to_appoint_to_the_post() -> None:
    officer = Appointer((Post(Role.COUNTY_OFFICER, COUNTY, "县委"),))
    other = Appointer((Post(Role.TOWNSHIP_CLERK, B, "乡镇党委"),))
    assert rules(is_giver=False, appointer=officer) == []
    assert rules(is_giver=False, appointer=other) == ["ACC-01"]
    assert rules(SECRETARY, is_giver=False, appointer=other) == ["ACC-02"]


@pytest.mark.parametrize(
    "role, path, may",
    [
        (Role.TOWNSHIP_CLERK, A, True),
        (Role.TOWNSHIP_CLERK, B, True),
        (Role.ASSISTING_UNIT, A, True),
        (Role.ASSISTING_UNIT, B, False),
        (Role.MEMBER, VILLAGE, True),
        (Role.BRANCH_SECRETARY, VILLAGE, False),
        (Role.COUNTY_OFFICER, COUNTY, False),
        (Role.AUDITOR, A, False),
        (Role.SECURITY_ADMINISTRATOR, A, False),
    ],
)
def test_who_may_act_for_a_township_clerk(role: Role, path: str, may: bool) -> None:
    assert may_act_for(own=[Post(role, path, "")], post=CLERK) == may


def test_one_post_that_reviews_the_other_is_enough_to_forbid_it() -> None:
    beside, over = Post(Role.MEMBER, VILLAGE, ""), Post(Role.TOWNSHIP_CLERK, A, "")
    assert may_act_for(own=[beside], post=SECRETARY) is True
    assert may_act_for(own=[beside, over], post=SECRETARY) is False
    assert may_act_for(own=[beside, Post(Role.TOWNSHIP_CLERK, B, "")], post=SECRETARY) is True


def test_somebody_without_a_post_acts_for_nobody() -> None:
    assert may_act_for(own=[], post=SECRETARY) is False
