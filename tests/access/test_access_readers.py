"""A reader sees what his appointments of today open, in the tree of today, and nothing else."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.cast import COUNTY, FAR_VILLAGE, GENERAL, OTHER_TOWN, TOWN, VILLAGE, Cast, cast
from tests.desk.county_cells import FIRST_BRANCH
from yumiao.access.appointments import Grant, appoint
from yumiao.access.permissions import Permission, Role
from yumiao.access.readers import Reader
from yumiao.journal.acts import last

pytestmark = pytest.mark.db
__all__ = ["cast"]

CODES = (COUNTY, TOWN, OTHER_TOWN, VILLAGE, GENERAL, FIRST_BRANCH, FAR_VILLAGE)


def sees(cast: Cast, reader: Reader, permission: Permission = Permission.PERSON_READ) -> list[str]:
    return [code for code in CODES if reader.may_at(permission, cast.unit(code))]


@pytest.mark.parametrize(
    "part, codes",
    [
        ("officer", list(CODES)),
        ("auditor", list(CODES)),
        ("clerk_a", [TOWN, VILLAGE, GENERAL, FIRST_BRANCH]),
        ("clerk_b", [OTHER_TOWN, FAR_VILLAGE]),
        ("secretary_a", [VILLAGE]),
        ("general_secretary", [GENERAL, FIRST_BRANCH]),
        ("assistant", []),
        ("reviewer", []),
        ("member", []),
        ("system", []),
        ("security", []),
        ("audit", []),
        ("outsider", []),
    ],
)
def test_people_are_read_within_ones_own_subtree(cast: Cast, part: str, codes: list[str]) -> None:
    assert sees(cast, cast.reader(cast.accounts[part])) == codes


def test_nobody_may_nothing(cast: Cast) -> None:
    nobody = Reader(None, cast.today, last())
    assert ([nobody.may(permission) for permission in Permission].count(True), nobody.home) == (0, None)
    with pytest.raises(PermissionError):
        _ = nobody.actor


def test_a_suspended_account_may_nothing(cast: Cast) -> None:
    cast.officer.is_active = False
    assert cast.reader(cast.officer).appointments == ()


def test_two_posts_open_both_subtrees_each_with_its_own_rights(cast: Cast) -> None:
    grant = Grant(Role.TOWNSHIP_CLERK, cast.unit(OTHER_TOWN), cast.today)
    appoint(account=cast.secretary_a, grant=grant, actor=cast.actor(cast.officer), today=cast.today)
    reader = cast.reader(cast.secretary_a)
    assert [sees(cast, reader, one) for one in (Permission.PERSON_READ, Permission.WORKBOOK_IMPORT)] == [
        [OTHER_TOWN, VILLAGE, FAR_VILLAGE],
        [OTHER_TOWN, FAR_VILLAGE],
    ]


def test_a_post_within_another_adds_no_range(cast: Cast) -> None:
    grant = Grant(Role.BRANCH_SECRETARY, cast.unit(VILLAGE), cast.today)
    appoint(account=cast.clerk_a, grant=grant, actor=cast.actor(cast.officer), today=cast.today)
    reader = cast.reader(cast.clerk_a)
    assert (len(reader.scope(Permission.PERSON_READ).roots), reader.home) == (1, cast.unit(TOWN))


@pytest.mark.parametrize("days, is_there", [(-1, False), (0, True), (6, True), (7, False)])
def test_rights_begin_and_end_by_date(cast: Cast, days: int, is_there: bool) -> None:
    week = Grant(Role.BRANCH_SECRETARY, cast.unit(VILLAGE), cast.today, cast.today + timedelta(days=7))
    appoint(account=cast.outsider, grant=week, actor=cast.actor(cast.clerk_a), today=cast.today)
    reader = Reader(cast.outsider, cast.today + timedelta(days=days), last())
    assert reader.may(Permission.PERSON_READ) == is_there


def test_rights_are_read_from_memory_until_somebody_writes(cast: Cast) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            Reader(cast.clerk_a, cast.today, head).scope(Permission.PERSON_READ)
        return len(queries)

    head = last()
    asked()
    assert asked() == 0
