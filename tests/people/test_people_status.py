"""The table of status: one status on every day, every change from what it may begin at, terms at their edges."""

from __future__ import annotations

from datetime import date

import pytest

from yumiao.kernel.numerals import capital
from yumiao.people.status import CHANGES, MEMBERS, Change, Life, Status, status_on
from yumiao.people.status_rules import Asked, change_objections, readmission_objections, standing_objections
from yumiao.people.stay_rules import contact_due, transfer_due
from yumiao.people.transfer_rules import last_valid_day

DAY = date(2026, 10, 31)
FULL = Life(membership_on=date(2010, 7, 1), probation_end_on=date(2011, 7, 1), full_member_on=date(2011, 7, 1))
PROBATIONARY = Life(membership_on=date(2026, 5, 15), probation_end_on=date(2027, 5, 15))


def life(**more: object) -> Life:
    given = {name: getattr(FULL, name) for name in ("membership_on", "probation_end_on", "full_member_on")}
    return Life(**{**given, **more})  # type: ignore[arg-type]


def against(change: Change, who: Life, asked: Asked, begun: date | None = None, term: int = 0) -> list[str]:
    return [one.rule for one in change_objections(change, who, asked, fewest_channels=3, begun=begun, term=term)]


@pytest.mark.parametrize(
    ("who", "status"),
    [
        (Life(), Status.NONE),
        (Life(stage=Status.ACTIVIST), Status.ACTIVIST),
        (PROBATIONARY, Status.PROBATIONARY),
        (Life(membership_on=date(2025, 10, 31), probation_end_on=DAY), Status.PROBATION_EXPIRED),
        (Life(membership_on=date(2025, 11, 1), probation_end_on=date(2026, 11, 1)), Status.PROBATIONARY),
        (FULL, Status.FULL),
        (life(states={"suspended": date(2026, 1, 1)}), Status.SUSPENDED),
        (life(states={"inner_probation": date(2026, 1, 1)}), Status.INNER_PROBATION),
        (life(ended_on=DAY, ended_how="removed"), Status.REMOVED),
        (life(ended_on=DAY, ended_how="not_recognised"), Status.NOT_RECOGNISED),
        (life(ended_on=date(2026, 11, 1), ended_how="removed"), Status.FULL),
        (life(ended_on=DAY, ended_how="removed", stage=Status.APPLICANT), Status.APPLICANT),
        (life(died_on=DAY), Status.DECEASED),
        (life(died_on=date(2026, 11, 1)), Status.FULL),
    ],
)
def test_there_is_one_status_on_a_day(who: Life, status: Status) -> None:
    assert status_on(who, DAY) is status


def test_every_member_can_die_and_nobody_twice() -> None:
    assert CHANGES["deceased"].before >= MEMBERS
    assert [one.rule for one in standing_objections(CHANGES["deceased"], life(died_on=DAY), DAY)] == ["MEM-12"]


def test_every_change_leads_to_a_status_and_says_who_decides_by_what() -> None:
    assert [one.key for one in CHANGES.values() if not (one.after and one.decider and one.article)] == []


@pytest.mark.parametrize("change", ["membership_suspended", "correction_in_term", "inner_probation", "expelled"])
def test_what_is_for_full_members_is_not_for_probationers(change: str) -> None:
    assert [one.rule for one in standing_objections(CHANGES[change], PROBATIONARY, DAY)] == ["MEM-09"]


@pytest.mark.parametrize(("on", "rules"), [(date(2026, 8, 9), ["MOB-05"]), (date(2026, 8, 10), [])])
def test_contact_is_lost_six_months_after_the_last_sign(on: date, rules: list[str]) -> None:
    asked = Asked(on, "lost_contact", "文号", last_seen_on=date(2026, 2, 10), channels=3)
    assert against(CHANGES["membership_suspended"], FULL, asked) == rules


@pytest.mark.parametrize(("on", "rules"), [(date(2028, 9, 19), ["MOB-05b"]), (date(2028, 9, 20), [])])
def test_who_stays_lost_is_removed_two_years_after_the_suspension(on: date, rules: list[str]) -> None:
    who = life(states={"suspended": date(2026, 9, 20)})
    assert against(CHANGES["removed"], who, Asked(on, "lost_for_years", "文号")) == rules


@pytest.mark.parametrize(("months", "rules"), [(6, []), (7, ["DISP-03"]), (12, ["DISP-03"]), (13, ["DISP-03"])])
def test_a_correction_lasts_six_months_usually_and_a_year_at_most(months: int, rules: list[str]) -> None:
    assert against(CHANGES["correction_in_term"], FULL, Asked(DAY, document="文号", months=months)) == rules


@pytest.mark.parametrize(("on", "rules"), [(date(2027, 5, 9), ["DIS-04"]), (date(2027, 5, 10), [])])
def test_rights_come_back_when_the_term_is_over(on: date, rules: list[str]) -> None:
    asked = Asked(on, document="文号")
    assert against(CHANGES["rights_restored"], FULL, asked, date(2026, 5, 10), 12) == rules


def test_a_decision_without_a_number_is_none() -> None:
    assert against(CHANGES["expelled"], FULL, Asked(DAY)) == ["MEM-13"]


@pytest.mark.parametrize(("on", "rules"), [(date(2026, 5, 31), ["DISP-06"]), (date(2026, 6, 1), [])])
def test_who_was_removed_is_no_member_again_for_five_years(on: date, rules: list[str]) -> None:
    who = life(ended_on=date(2021, 6, 1), ended_how="removed")
    assert [one.rule for one in readmission_objections(who, on)] == rules


def test_who_moved_away_or_was_not_recognised_may_come_back_at_once() -> None:
    assert readmission_objections(life(ended_on=date(2026, 6, 1), ended_how="transferred_out"), date(2026, 6, 2)) == []
    assert readmission_objections(life(ended_on=date(2026, 6, 1), ended_how="not_recognised"), date(2026, 6, 2)) == []


def test_days_of_letters_and_floating_members() -> None:
    assert last_valid_day(date(2026, 8, 2), 90) == DAY
    assert (contact_due(date(2026, 8, 31)), transfer_due(date(2026, 4, 30))) == (date(2027, 2, 28), date(2026, 10, 30))


@pytest.mark.parametrize(
    ("number", "said"),
    [(0, "零"), (15, "壹拾伍"), (90, "玖拾"), (105, "壹佰零伍"), (1010, "壹仟零壹拾"), (9999, "玖仟玖佰玖拾玖")],
)
def test_numbers_are_said_in_capital_numerals(number: int, said: str) -> None:
    assert capital(number) == said


def test_a_number_beyond_four_digits_has_no_capital_numeral() -> None:
    with pytest.raises(ValueError, match="10000"):
        capital(10_000)
