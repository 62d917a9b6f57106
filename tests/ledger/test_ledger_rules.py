"""The verdicts of the ledger at their edges: the oracle tables of the lines, the reserve, the band, the flags, the grades."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from yumiao.bylaws.keys import BottomWindow
from yumiao.bylaws.rules import Settings
from yumiao.kernel.ages import LeapBirthday, birth_cut, birth_number, completed_years
from yumiao.kernel.shares import Share
from yumiao.ledger.rules import (
    Band,
    Bottom,
    Flag,
    Grade,
    PlanState,
    Warned,
    at_risk,
    band,
    bottom_line,
    flags,
    guidance_met,
    is_new_for_bottom,
    is_new_for_warning,
    low_young_share,
    reserve_required,
    township_grade,
    village_grade,
    warning_line,
)

CALENDAR, ROLLING = BottomWindow.TWO_CALENDAR_YEARS, BottomWindow.ROLLING_24_MONTHS
DEFAULTS = Settings.of({})
JUNE, JULY = date(2026, 6, 30), date(2026, 7, 1)


@pytest.mark.parametrize(
    ("village", "year_before", "last_year", "this_year", "bottom", "risk", "warned"),
    [
        ("V1", 0, 0, 0, Bottom.BREACH, True, Warned.WARNED),
        ("V2", 1, 0, 0, Bottom.AT_RISK, True, Warned.WARNED),
        ("V3", 0, 1, 0, Bottom.OK, False, Warned.OK),
        ("V4", 0, 0, 1, Bottom.BREACH, False, Warned.CLEARED),
        ("V5", 1, 0, 0, Bottom.AT_RISK, True, Warned.WARNED),
    ],
)
def test_the_villages_of_the_handbook(village, year_before, last_year, this_year, bottom, risk, warned) -> None:
    years = {"last_year": last_year, "this_year": this_year}
    assert bottom_line(**years, year_before=year_before, window=CALENDAR) is bottom
    assert at_risk(**years, window=CALENDAR) is risk
    assert warning_line(**years) is warned


def test_an_admission_three_years_ago_saves_nobody() -> None:
    assert bottom_line(year_before=0, last_year=0, this_year=0, in_window=0, window=CALENDAR) is Bottom.BREACH


def test_the_rolling_window_looks_at_its_own_count_only() -> None:
    assert bottom_line(year_before=1, last_year=1, this_year=1, in_window=0, window=ROLLING) is Bottom.BREACH
    assert bottom_line(year_before=0, last_year=0, this_year=0, in_window=1, window=ROLLING) is Bottom.OK
    assert at_risk(last_year=0, this_year=0, window=ROLLING) is False


def test_the_calendar_window_does_not_look_at_the_rolling_count() -> None:
    assert bottom_line(year_before=0, last_year=0, this_year=0, in_window=1, window=CALENDAR) is Bottom.BREACH


@pytest.mark.parametrize("window", BottomWindow)
def test_a_new_village_is_not_assessed(window) -> None:
    nothing = {"last_year": 0, "this_year": 0, "is_new": True}
    assert bottom_line(**nothing, year_before=0, window=window) is Bottom.NOT_ASSESSED
    assert at_risk(**nothing, window=window) is False
    assert warning_line(**nothing) is Warned.NOT_ASSESSED


@pytest.mark.parametrize(
    ("record_since", "for_warning", "for_bottom"),
    [
        (date(1, 1, 1), False, False),
        (date(2024, 1, 1), False, False),
        (date(2024, 1, 2), False, True),
        (date(2024, 12, 31), False, True),
        (date(2025, 12, 31), False, True),
        (date(2026, 1, 1), True, True),
        (JUNE, True, True),
    ],
)
def test_a_village_is_new_until_two_full_calendar_years_have_closed(record_since, for_warning, for_bottom) -> None:
    assert is_new_for_warning(record_since=record_since, day=JUNE) is for_warning
    assert is_new_for_bottom(record_since=record_since, day=JUNE) is for_bottom


@pytest.mark.parametrize(
    ("admitted", "young", "share", "met"),
    [(8, 6, "75.00%", True), (7, 5, "71.43%", False), (0, 0, "–", None), (3, 2, "66.67%", False)],
)
def test_the_guidance_line_by_integers(admitted, young, share, met) -> None:
    assert Share(young, admitted).percent(2) == share
    assert guidance_met(young=young, admitted=admitted) is met


@pytest.mark.parametrize(
    ("admitted", "least"),
    [(1, 1), (2, 2), (3, 3), (4, 3), (5, 4), (6, 5), (7, 6), (8, 6), (10, 8), (12, 9), (23, 18)],
)
def test_how_many_young_the_guidance_line_needs(admitted, least) -> None:
    met = [young for young in range(admitted + 1) if guidance_met(young=young, admitted=admitted)]
    assert met == list(range(least, admitted + 1))


def test_a_county_may_set_another_guidance_line() -> None:
    assert guidance_met(young=2, admitted=3, ratio=Fraction(2, 3)) is True
    assert guidance_met(young=1, admitted=2, ratio=Fraction(2, 3)) is False


def test_88_warned_of_319_are_27_59_percent() -> None:
    assert Share(88, 319).percent(2) == "27.59%"


@pytest.mark.parametrize(("on", "age"), [(date(2025, 12, 31), 35), (date(2026, 1, 1), 36)])
def test_young_ends_on_the_36th_birthday(on, age) -> None:
    born_on = date(1990, 1, 1)
    assert completed_years(born_on, on) == age
    assert (birth_number(born_on) > birth_cut(35, on)) is (age <= 35)


@pytest.mark.parametrize("leap", LeapBirthday)
@pytest.mark.parametrize(("on", "is_young"), [(date(2028, 2, 28), True), (date(2028, 2, 29), False)])
def test_a_leap_day_birth_is_36_in_a_leap_year_whatever_the_policy(on, is_young, leap) -> None:
    assert (birth_number(date(1992, 2, 29)) > birth_cut(35, on, leap)) is is_young


@pytest.mark.parametrize(
    ("leap", "on", "is_within"),
    [
        (LeapBirthday.MAR_1, date(2026, 2, 28), True),
        (LeapBirthday.MAR_1, date(2026, 3, 1), False),
        (LeapBirthday.FEB_28, date(2026, 2, 27), True),
        (LeapBirthday.FEB_28, date(2026, 2, 28), False),
    ],
)
def test_a_leap_day_birth_is_34_in_a_common_year_by_the_policy(leap, on, is_within) -> None:
    assert (birth_number(date(1992, 2, 29)) > birth_cut(33, on, leap)) is is_within


@pytest.mark.parametrize(
    ("young", "members", "listed"),
    [(1, 10, False), (1, 11, True), (0, 0, None), (0, 1, True), (2, 20, False), (1, 9, False)],
)
def test_the_low_young_share(young, members, listed) -> None:
    assert low_young_share(young=young, members=members) is listed


@pytest.mark.parametrize(
    ("planned", "activists", "required", "gap"), [(5, 12, 15, 3), (5, 15, 15, 0), (278, 1096, 834, 0), (0, 4, 0, 0)]
)
def test_the_reserve_of_one_to_three(planned, activists, required, gap) -> None:
    assert reserve_required(planned=planned) == required
    assert max(0, required - activists) == gap


def test_without_a_plan_no_reserve_is_required() -> None:
    assert reserve_required(planned=None) is None


def test_another_reserve_ratio_is_the_countys_choice() -> None:
    assert reserve_required(planned=5, ratio=2) == 10


@pytest.mark.parametrize(
    ("activists", "found"), [(0, Band.NONE), (1, Band.WITHIN), (2, Band.WITHIN), (3, Band.WITHIN), (4, Band.ABOVE)]
)
def test_the_band_of_one_to_three(activists, found) -> None:
    assert band(activists=activists) is found


def test_a_county_may_move_the_band() -> None:
    assert [band(activists=n, least=2, target=4) for n in (1, 2, 4, 5)] == [
        Band.NONE,
        Band.WITHIN,
        Band.WITHIN,
        Band.ABOVE,
    ]


BALANCED: Mapping[str, Any] = {
    "full_members": 20,
    "members": 20,
    "women": 5,
    "young": 5,
    "old": 0,
    "known_births": 20,
    "age_sum": 20 * 45,
    "low_education": 0,
    "bottom": Bottom.OK,
    "settings": DEFAULTS,
}


@pytest.mark.parametrize(
    ("changed", "found"),
    [
        ({}, ()),
        ({"full_members": 10}, ()),
        ({"full_members": 9}, (Flag.TOO_FEW_MEMBERS,)),
        ({"adults": 1333}, ()),
        ({"adults": 1334}, (Flag.TOO_FEW_MEMBERS,)),
        ({"old": 9}, ()),
        ({"old": 10}, (Flag.AGEING,)),
        ({"members": 21, "old": 10}, ()),
        ({"age_sum": 20 * 60 - 1}, ()),
        ({"age_sum": 20 * 60}, (Flag.AGEING,)),
        ({"known_births": 18, "age_sum": 18 * 60}, (Flag.AGEING,)),
        ({"known_births": 18, "age_sum": 18 * 60 - 1}, ()),
        ({"known_births": 0, "age_sum": 0}, ()),
        ({"low_education": 11}, ()),
        ({"low_education": 12}, (Flag.LOW_EDUCATION,)),
        ({"women": 1}, ()),
        ({"women": 0}, (Flag.NO_WOMAN_MEMBER,)),
        ({"young": 1}, ()),
        ({"young": 0}, (Flag.NO_YOUNG_MEMBER,)),
        ({"bottom": Bottom.AT_RISK}, ()),
        ({"bottom": Bottom.NOT_ASSESSED}, ()),
        ({"bottom": Bottom.BREACH}, (Flag.LONG_WITHOUT_ADMISSION,)),
    ],
)
def test_a_flag_is_raised_at_its_threshold_and_not_before(changed, found) -> None:
    assert flags(**(dict(BALANCED) | changed)) == found


def test_a_village_without_members_is_too_small_but_neither_old_nor_uneducated() -> None:
    nobody = dict.fromkeys(("full_members", "members", "women", "young", "old", "known_births", "age_sum"), 0)
    assert flags(**nobody, low_education=0, bottom=Bottom.OK, settings=DEFAULTS) == (
        Flag.TOO_FEW_MEMBERS,
        Flag.NO_WOMAN_MEMBER,
        Flag.NO_YOUNG_MEMBER,
    )


def test_the_thresholds_of_the_flags_are_settings() -> None:
    settings = Settings.of({"flag.min_full_members": "21", "flag.old_share": "2/3", "flag.mean_age": "45"})
    found = flags(**(dict(BALANCED) | {"settings": settings, "old": 10}))
    assert found == (Flag.TOO_FEW_MEMBERS, Flag.AGEING)


def graded(day: date = JULY, **changed: Any) -> Grade:
    fine = {"bottom": Bottom.OK, "warned": Warned.OK, "is_at_risk": False, "is_listed_young": False}
    return village_grade(**{**fine, "plan": PlanState.NOT_KEPT, **changed}, day=day)


@pytest.mark.parametrize(
    ("village", "june", "july"),
    [
        ({}, Grade.NONE, Grade.NONE),
        ({"is_listed_young": True}, Grade.GENERAL, Grade.GENERAL),
        ({"warned": Warned.WARNED}, Grade.GENERAL, Grade.GENERAL),
        ({"warned": Warned.CLEARED}, Grade.NONE, Grade.NONE),
        ({"bottom": Bottom.AT_RISK, "is_at_risk": True, "warned": Warned.WARNED}, Grade.GENERAL, Grade.SERIOUS),
        ({"bottom": Bottom.BREACH, "warned": Warned.CLEARED}, Grade.SEVERE, Grade.SEVERE),
        ({"bottom": Bottom.NOT_ASSESSED, "warned": Warned.NOT_ASSESSED}, Grade.NONE, Grade.NONE),
    ],
)
def test_risk_becomes_serious_after_30_june(village, june, july) -> None:
    assert (graded(JUNE, **village), graded(JULY, **village)) == (june, july)


@pytest.mark.parametrize(
    ("plan", "grade"),
    [
        (PlanState.NOT_KEPT, Grade.GENERAL),
        (PlanState.ON_TIME, Grade.GENERAL),
        (PlanState.OVERDUE, Grade.SEVERE),
        (PlanState.MISSING, Grade.SEVERE),
    ],
)
def test_a_warned_village_is_severe_when_its_plan_is_overdue_or_missing(plan, grade) -> None:
    assert graded(warned=Warned.WARNED, plan=plan) is grade
    assert graded(warned=Warned.CLEARED, plan=plan) is Grade.NONE


@pytest.mark.parametrize(
    ("met", "serious", "others", "grade"),
    [
        (True, 0, [Grade.NONE] * 3, Grade.NONE),
        (None, 0, [], Grade.NONE),
        (True, 0, [Grade.NONE, Grade.GENERAL], Grade.GENERAL),
        (False, 0, [], Grade.SERIOUS),
        (False, 0, [Grade.NONE], Grade.SERIOUS),
        (True, 1, [Grade.NONE] * 3, Grade.GENERAL),
        (True, 1, [Grade.NONE] * 2, Grade.SERIOUS),
        (True, 33, [Grade.NONE] * 67, Grade.GENERAL),
        (None, 49, [Grade.NONE] * 51, Grade.SERIOUS),
        (True, 1, [Grade.NONE], Grade.SEVERE),
        (False, 1, [Grade.NONE], Grade.SEVERE),
    ],
)
def test_a_township_is_graded_by_its_guidance_line_and_its_grave_villages(met, serious, others, grade) -> None:
    villages = [Grade.SERIOUS] * serious + others
    assert township_grade(met_guidance=met, villages=villages, settings=DEFAULTS) is grade


def test_a_severe_village_is_as_grave_as_a_serious_one_for_its_township() -> None:
    villages = [Grade.SEVERE, Grade.NONE]
    assert township_grade(met_guidance=True, villages=villages, settings=DEFAULTS) is Grade.SEVERE


def test_the_shares_of_a_townships_grade_are_settings() -> None:
    settings = Settings.of({"grade.township.serious_share": "1/2", "grade.township.severe_share": "100%"})
    one_of_two = [Grade.SERIOUS, Grade.NONE]
    assert township_grade(met_guidance=True, villages=one_of_two, settings=settings) is Grade.SERIOUS
    assert township_grade(met_guidance=True, villages=[*one_of_two, Grade.NONE], settings=settings) is Grade.GENERAL
    assert township_grade(met_guidance=True, villages=[Grade.SERIOUS] * 2, settings=settings) is Grade.SEVERE
