"""What stands against a token, at the edges."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from yumiao.access.permissions import Permission
from yumiao.access.token_rules import ACC_10, ACC_11, MOST, objections_to_token

SINCE = date(2026, 3, 1)
FINE: dict[str, Any] = {
    "wanted": [Permission.UNIT_READ],
    "own": [Permission.UNIT_READ, Permission.PERSON_REVEAL],
    "since": SINCE,
    "until": date(2027, 3, 1),
    "in_force": MOST - 1,
}


@pytest.mark.parametrize(
    ("otherwise", "rules"),
    [
        ({}, []),
        ({"in_force": MOST}, [""]),
        ({"until": date(2027, 3, 2)}, ["ACC-11"]),
        ({"until": SINCE}, ["ACC-11"]),
        ({"wanted": []}, ["ACC-10"]),
        ({"wanted": [Permission.UNIT_READ, Permission.PERSON_READ]}, ["ACC-10"]),
        ({"wanted": [Permission.PERSON_REVEAL]}, ["ACC-10"]),
        ({"wanted": [], "until": SINCE, "in_force": MOST}, ["ACC-10", "ACC-11", ""]),
    ],
)
def test_every_reason_is_given_at_once_under_its_rule(otherwise: dict[str, Any], rules: list[str]) -> None:
    found = objections_to_token(**(FINE | otherwise))
    assert [one.rule for one in found] == rules
    assert all(one.next_step for one in found)


def test_the_rules_say_what_the_objections_say() -> None:
    labels = [one.label for one in (Permission.UNIT_READ, Permission.PERSON_REVEAL)]
    assert [ACC_10.holds(wanted=[label], own=labels) for label in labels] == [True, False]
    assert [ACC_11.holds(since=SINCE, until=until) for until in (SINCE, date(2027, 3, 1), date(2027, 3, 2))] == [
        False, True, False,
    ]  # fmt: skip
