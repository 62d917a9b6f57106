"""Contacts and introducers over the years: changed with a date, replaced when they can stand no longer, never too many people for one."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from tests.admission.walks import after, asked, ground, helper, newcomer
from yumiao.admission.cultivation_rules import batch_objections, change_objections, unfit_on
from yumiao.admission.history import CaseFile, Helper

TODAY = date(2026, 11, 20)
SINCE = date(2026, 1, 5)
ONE, TWO, THREE = (helper(person, on=SINCE) for person in (2, 3, 4))


def tended(*contacts: Helper) -> CaseFile:
    file = newcomer()
    for step, on in ((1, date(2025, 12, 1)), (2, date(2025, 12, 5)), (3, date(2026, 1, 2))):
        file = after(file, asked(step, on))
    return after(replace(file, contacts=contacts), asked(5, SINCE, contacts=contacts))


def against(
    *helpers: Helper, on: date = TODAY, kind: str = "contact", loads: dict[int, int] | None = None
) -> list[str]:
    file = tended(ONE, TWO)
    return [one.rule for one in change_objections(file, kind, helpers, on, ground(TODAY), loads or {})]


@pytest.mark.parametrize(
    "helpers, on, rules",
    [
        ((ONE, THREE), TODAY, []),
        ((THREE,), SINCE, []),
        ((ONE, TWO), TODAY, ["CUL-02"]),
        ((THREE,), date(2026, 1, 4), ["CUL-02"]),
        ((THREE,), date(2026, 11, 21), ["DEV-21"]),
        ((), TODAY, ["STP-05"]),
        ((ONE, TWO, THREE), TODAY, ["STP-05"]),
        ((helper(9, full=None),), TODAY, ["STP-05"]),
        ((helper(1),), TODAY, ["STP-05"]),
    ],
)
def test_contacts_are_changed_by_full_members_with_a_date(
    helpers: tuple[Helper, ...], on: date, rules: list[str]
) -> None:
    assert against(*helpers, on=on) == rules


def test_introducers_are_not_changed_before_they_were_named() -> None:
    assert against(ONE, TWO, kind="introducer") == ["STP-26"]


def test_nobody_is_changed_once_a_case_has_ended() -> None:
    file = replace(tended(ONE), ended_on=date(2026, 6, 1))
    assert [one.rule for one in change_objections(file, "contact", (TWO,), TODAY, ground(TODAY), {})] == ["STP-27"]


@pytest.mark.parametrize("tends, rules", [(4, []), (5, ["CUL-01"]), (9, ["CUL-01"])])
def test_the_sixth_trainee_of_a_contact_is_warned_of(tends: int, rules: list[str]) -> None:
    assert against(ONE, THREE, loads={4: tends}) == rules


@pytest.mark.parametrize(
    "one, why",
    [
        (helper(2), ""),
        (helper(2, full=None), "不是正式党员"),
        (replace(helper(2), ended_on=date(2026, 5, 1)), "自2026年5月1日起不再是党员"),
        (replace(helper(2), ended_on=date(2027, 5, 1)), ""),
        (replace(helper(2), barred=((date(2026, 5, 1), None),)), "受留党察看处分"),
        (replace(helper(2), barred=((date(2025, 5, 1), date(2026, 5, 1)),)), ""),
        (replace(helper(2, full=None), person=None), "不在本县名册"),
    ],
)
def test_who_can_stand_no_longer_is_to_be_replaced(one: Helper, why: str) -> None:
    assert unfit_on(one, TODAY) == why


@pytest.mark.parametrize("on, rules", [(TODAY, []), (date(2026, 10, 21), []), (date(2026, 10, 20), ["CUL-04"])])
def test_what_is_long_past_is_not_recorded_by_the_batch(on: date, rules: list[str]) -> None:
    assert [one.rule for one in batch_objections(on, ground(TODAY))] == rules
