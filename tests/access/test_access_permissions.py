"""The table of permissions keeps what it promises: powers are separate, nobody appoints above himself, the page is current."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from yumiao.access.permission_page import render
from yumiao.access.permissions import GRANTS, MAY_APPOINT, ROLE_LABELS, Permission, Role
from yumiao.access.rules import (
    OPERATOR_APPOINTS,
    Appointer,
    Post,
    Term,
    objection_to_end,
    objections_to_account,
    objections_to_appointer,
    objections_to_renewal,
    objections_to_term,
)
from yumiao.kernel.objections import Objection
from yumiao.kernel.periods import FOREVER

TODAY = date(2026, 11, 20)
COUNTY, TOWN, OTHER_TOWN, VILLAGE = "000001", "000001000002", "000001000003", "000001000002000004"
PERSONAL = {Permission.PERSON_READ, Permission.PERSON_REVEAL, Permission.WORKBOOK_EXPORT, Permission.WORKBOOK_IMPORT}

each_role = pytest.mark.parametrize("role", list(Role))


def ids(objections: list[Objection]) -> list[str]:
    return [one.rule for one in objections]


@each_role
def test_every_role_has_grants_and_a_name(role: Role) -> None:
    assert (role in GRANTS, role in ROLE_LABELS) == (True, True)


def test_no_administrator_sees_anybody() -> None:
    seen = {role: GRANTS[role] & PERSONAL for role in Role if role.is_administrator}
    assert seen == {role: frozenset() for role in seen}


def test_who_appoints_cannot_suspend_and_who_suspends_cannot_appoint() -> None:
    both = {Permission.ACCOUNT_INVITE, Permission.ACCOUNT_SUSPEND}
    assert [role for role in Role if both <= GRANTS[role]] == []


def test_only_who_reads_whole_numbers_takes_them_out() -> None:
    exporting = {role for role in Role if Permission.WORKBOOK_EXPORT in GRANTS[role]}
    revealing = {role for role in Role if Permission.PERSON_REVEAL in GRANTS[role]}
    assert (exporting, revealing) == ({Role.COUNTY_OFFICER}, {Role.COUNTY_OFFICER, Role.TOWNSHIP_CLERK})


def test_a_member_reads_himself_and_the_rules() -> None:
    assert GRANTS[Role.MEMBER] == {Permission.OWN_READ, Permission.BYLAW_READ}


def test_an_auditor_only_reads() -> None:
    assert {permission.partition(":")[2] for permission in GRANTS[Role.AUDITOR]} == {"read", "verify"}


def test_administrators_are_appointed_by_the_security_administrator_alone() -> None:
    appointing = {by for by, roles in MAY_APPOINT.items() if any(role.is_administrator for role in roles)}
    assert appointing == {Role.SECURITY_ADMINISTRATOR}


def test_who_appoints_holds_the_permission_to_invite_and_to_end() -> None:
    wanted = {Permission.ACCOUNT_INVITE, Permission.APPOINTMENT_END}
    assert {role for role in Role if wanted <= GRANTS[role]} == set(MAY_APPOINT)


def test_the_page_of_permissions_is_current() -> None:
    page = Path(__file__).resolve().parents[2] / "docs" / "permissions.md"
    assert page.read_text(encoding="utf-8") == render() + "\n"


CLERK = Appointer((Post(Role.TOWNSHIP_CLERK, TOWN, "乡镇党委"),))


@pytest.mark.parametrize(
    "role, path, expected",
    [
        (Role.BRANCH_SECRETARY, VILLAGE, []),
        (Role.BRANCH_SECRETARY, OTHER_TOWN, ["ACC-02"]),
        (Role.BRANCH_SECRETARY, COUNTY, ["ACC-02"]),
        (Role.TOWNSHIP_CLERK, TOWN, ["ACC-01"]),
        (Role.COUNTY_OFFICER, COUNTY, ["ACC-01"]),
    ],
)
def test_a_clerk_appoints_below_himself_in_his_own_township(role: Role, path: str, expected: list[str]) -> None:
    assert ids(objections_to_appointer(CLERK, Post(role, path, "村党支部"))) == expected


def test_a_post_elsewhere_lends_nothing_here() -> None:
    mixed = Appointer((*CLERK.posts, Post(Role.BRANCH_SECRETARY, COUNTY, "县委")))
    assert ids(objections_to_appointer(mixed, Post(Role.MEMBER, OTHER_TOWN, "村党支部"))) == ["ACC-02"]


def test_nobody_appoints_without_a_post_and_the_operator_everywhere() -> None:
    post = Post(Role.SECURITY_ADMINISTRATOR, COUNTY, "县委")
    assert (ids(objections_to_appointer(Appointer(), post)), objections_to_appointer(OPERATOR_APPOINTS, post)) == (
        ["ACC-01"],
        [],
    )


SECRETARY = Post(Role.BRANCH_SECRETARY, VILLAGE, "村党支部")


def test_an_appointment_begins_today_at_the_earliest() -> None:
    yesterday = date(2026, 11, 19)
    assert [
        ids(objections_to_term(SECRETARY, since, FOREVER, held=[], today=TODAY)) for since in (yesterday, TODAY)
    ] == [["ACC-04"], []]


def test_an_appointment_ends_after_it_begins() -> None:
    tomorrow = date(2026, 11, 21)
    assert [ids(objections_to_term(SECRETARY, TODAY, until, held=[], today=TODAY)) for until in (TODAY, tomorrow)] == [
        ["ACC-04"],
        [],
    ]


def test_the_same_post_is_not_given_twice_at_a_time_but_may_follow() -> None:
    ending = date(2026, 12, 1)
    held = [Term(SECRETARY, TODAY, ending)]
    assert [
        ids(objections_to_term(SECRETARY, since, FOREVER, held=held, today=TODAY)) for since in (TODAY, ending)
    ] == [
        ["ACC-08"],
        [],
    ]


def test_administrators_hold_nothing_beside_not_even_from_later_on() -> None:
    later = [Term(SECRETARY, date(2027, 1, 1), FOREVER)]
    audit = Post(Role.AUDIT_ADMINISTRATOR, COUNTY, "县委")
    assert [
        ids(objections_to_term(audit, TODAY, until, held=later, today=TODAY)) for until in (FOREVER, date(2027, 1, 1))
    ] == [["ACC-03"], []]


def test_every_reason_comes_at_once() -> None:
    audit = Post(Role.AUDIT_ADMINISTRATOR, TOWN, "乡镇党委")
    held = [Term(SECRETARY, TODAY, FOREVER)]
    assert ids(objections_to_term(audit, date(2026, 1, 1), FOREVER, held=held, today=TODAY)) == [
        "ACC-04",
        "ACC-06",
        "ACC-03",
    ]


@pytest.mark.parametrize(
    "until, standing, is_refused",
    [
        (TODAY, FOREVER, False),
        (date(2026, 11, 19), FOREVER, True),
        (date(2026, 12, 31), date(2027, 1, 1), False),
        (date(2027, 1, 1), date(2027, 1, 1), True),
        (TODAY, TODAY, True),
    ],
)
def test_an_end_is_today_or_later_and_earlier_than_planned(until: date, standing: date, is_refused: bool) -> None:
    assert bool(objection_to_end(until=until, standing=standing, today=TODAY)) == is_refused


@pytest.mark.parametrize(
    "username, is_taken, expected",
    [
        ("qs2", False, []),
        ("qs", False, ["ACC-09"]),
        ("a" * 60, False, []),
        ("a" * 61, False, ["ACC-09"]),
        ("韦清禾", False, ["ACC-09"]),
        ("wei", True, ["ACC-09"]),
        ("<b>x</b>", False, ["ACC-09"]),
    ],
)
def test_a_login_name_is_plain_and_free(username: str, is_taken: bool, expected: list[str]) -> None:
    found = objections_to_account(username, is_taken=is_taken, role=Role.AUDITOR, names_person=False)
    assert ids(found) == expected


def test_a_members_account_names_the_member() -> None:
    asked = [
        objections_to_account("dangyuan", is_taken=False, role=Role.MEMBER, names_person=one) for one in (True, False)
    ]
    assert [ids(one) for one in asked] == [[], ["ACC-07"]]


def test_a_code_is_renewed_by_who_may_appoint_and_only_before_the_account_is_opened() -> None:
    held = [Term(SECRETARY, TODAY, FOREVER)]
    others = [Term(Post(Role.BRANCH_SECRETARY, OTHER_TOWN, "村党支部"), TODAY, FOREVER)]
    assert [
        ids(objections_to_renewal(CLERK, held, is_opened=False, today=TODAY)),
        ids(objections_to_renewal(CLERK, held, is_opened=True, today=TODAY)),
        ids(objections_to_renewal(CLERK, others, is_opened=False, today=TODAY)),
    ] == [[], ["ACC-01"], ["ACC-01"]]
