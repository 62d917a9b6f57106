from decimal import Decimal
from fractions import Fraction

import pytest

from yumiao.bylaws.keys import KEYS, BottomWindow
from yumiao.bylaws.rules import Settings
from yumiao.kernel.ages import LeapBirthday

HANDBOOK = """
publicity.days=5 publicity.unit=working publicity.pub1=off approval_clock_base=meeting approval.soft_months=3
approval.hard_months=6 activist.min_months=12 applicant.min_months_to_activist=0 inspection.every_months=6
training.min_days=3 training.min_hours=24 political_review.valid_months=12 prereview_to_meeting.months=1
probation.months=12 probation.ext_min=6 probation.ext_max=12 probation_end_convention=same_day
leap_birthday_policy=mar_1 roll_end_on_holiday=false young.max_age=35 young.tolerance=0 guidance.ratio=3/4
bottom.window=two_calendar_years village.young_stock_min=10% reserve.ratio=3 reserve.count_targets=true
village.activists.min=1 village.activists.target=3 rectification.working_days=15 joint_review.working_days=10
joint_review.valid_months=12 review.county_share=100% card.segment_widths=3-3-3 card.monthly_lock_day=10
supervision.actor=county_org_dept supervision.sample=10% points.base=60 points.cap=100 dues.rounding=0.01
dues.farmer=0.50 compensatory.hours=60 compensatory.pass=60 study.hours=32 study.online_cap=50% keytasks.min=3
keytasks.max=5 transfer.valid_days=90 lost.search_channels=3 stay.contact_months=6
grade.township.serious_share=1/3 grade.township.severe_share=1/2 flag.min_full_members=10 flag.old_share=1/2
flag.mean_age=60 flag.low_education_share=3/5 publicity.pub2=on publicity.pub3=on review.in_force=on joint_review.in_force=on
joint_review.bodies=discipline,court,procuratorate,police
"""


def test_the_keys_and_their_defaults_are_those_of_the_handbook():
    assert sorted(f"{name}={key.default}" for name, key in KEYS.items()) == sorted(HANDBOOK.split())


@pytest.mark.parametrize("key", KEYS.values(), ids=lambda key: key.name)
def test_a_key_reads_its_own_default_and_says_what_it_is(key):
    key.parse(key.default)
    assert "" not in (key.title, key.bounds, key.source)


def test_no_two_keys_share_a_title():
    assert len({key.title for key in KEYS.values()}) == len(KEYS)


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [
        ("young.max_age", " 35 ", 35),
        ("young.tolerance", "3", 3),
        ("guidance.ratio", "75%", Fraction(3, 4)),
        ("guidance.ratio", "0/1", Fraction(0)),
        ("guidance.ratio", "100%", Fraction(1)),
        ("supervision.sample", "12.5%", Fraction(1, 8)),
        ("grade.township.serious_share", "1/100", Fraction(1, 100)),
        ("bottom.window", "rolling_24_months", BottomWindow.ROLLING_24_MONTHS),
        ("leap_birthday_policy", "feb_28", LeapBirthday.FEB_28),
        ("reserve.count_targets", "false", False),
        ("publicity.pub1", "on", True),
        ("dues.rounding", "0.1", Decimal("0.1")),
        ("dues.farmer", "0.20", Decimal("0.20")),
        ("dues.farmer", "1.00", Decimal("1.00")),
        ("card.segment_widths", "3-4-6", (3, 4, 6)),
        ("probation.months", "12", 12),
        ("activist.min_months", "12", 12),
        ("study.hours", "32", 32),
        ("keytasks.max", "5", 5),
    ],
)
def test_a_value_within_bounds_is_read_typed(name, text, value):
    assert KEYS[name].parse(text) == value
    assert type(KEYS[name].parse(text)) is type(value)


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("young.max_age", "17", "应为 18 至 60 的整数"),
        ("young.max_age", "61", "应为 18 至 60 的整数"),
        ("young.max_age", "３５", "应为 18 至 60 的整数"),
        ("young.max_age", "35.0", "应为 18 至 60 的整数"),
        ("young.max_age", "-35", "应为 18 至 60 的整数"),
        ("young.max_age", "", "应为 18 至 60 的整数"),
        ("activist.min_months", "11", "应为 12 至 60 的整数"),
        ("probation.months", "13", "应为 12"),
        ("guidance.ratio", "0.75", "比例应写成“3/4”或“10%”的形式"),
        ("guidance.ratio", "1/0", "比例应写成“3/4”或“10%”的形式"),
        ("guidance.ratio", "101%", "应为 0 至 1 的比例，写成“3/4”或“10%”的形式"),
        ("grade.township.severe_share", "0%", "应为 1/100 至 1 的比例，写成“3/4”或“10%”的形式"),
        ("guidance.ratio", "1/" + "9" * 119, "不得超过 120 个字"),
        ("bottom.window", "TWO_CALENDAR_YEARS", None),
        ("leap_birthday_policy", "3月1日", "应为 mar_1（3 月 1 日）或 feb_28（2 月 28 日）"),
        ("reserve.count_targets", "1", "应为 true（是）或 false（否）"),
        ("dues.farmer", "0.19", "应为 0.20 至 1.00 元，最多两位小数"),
        ("dues.farmer", "1.01", "应为 0.20 至 1.00 元，最多两位小数"),
        ("dues.farmer", "0.505", "应为 0.20 至 1.00 元，最多两位小数"),
        ("dues.farmer", "NaN", "应为 0.20 至 1.00 元，最多两位小数"),
        ("card.segment_widths", "3-3", "应为 三段位数，每段 1 至 6 位，写成“3-3-3”的形式"),
        ("card.segment_widths", "3-3-7", "应为 三段位数，每段 1 至 6 位，写成“3-3-3”的形式"),
    ],
)
def test_a_value_out_of_bounds_is_refused_in_chinese(name, text, message):
    with pytest.raises(ValueError) as refused:  # noqa: PT011
        KEYS[name].parse(text)
    assert message in (None, str(refused.value))


def test_settings_without_any_row_are_the_defaults():
    settings = Settings.of({})
    assert (settings.young_max_age, settings.young_tolerance, settings.guidance_ratio) == (35, 0, Fraction(3, 4))
    assert (settings.bottom_window, settings.village_young_stock_min) == ("two_calendar_years", Fraction(1, 10))
    assert (settings.reserve_ratio, settings.reserve_count_targets) == (3, True)
    assert (settings.village_activists_min, settings.village_activists_target) == (1, 3)
    assert settings.leap_birthday_policy is LeapBirthday.MAR_1
    assert settings.grade_township_serious_share == Fraction(1, 3)
    assert settings.grade_township_severe_share == Fraction(1, 2)
    assert (settings.flag_min_full_members, settings.flag_mean_age) == (10, 60)
    assert (settings.flag_old_share, settings.flag_low_education_share) == (Fraction(1, 2), Fraction(3, 5))


def test_a_row_beats_the_default_by_name_and_by_value():
    settings = Settings.of({"young.max_age": "40", "dues.farmer": "1.00"})
    assert (settings.young_max_age, settings.value("young.max_age")) == (40, 40)
    assert (settings.value("dues.farmer"), settings.value("dues.rounding")) == (Decimal("1.00"), Decimal("0.01"))


def test_a_name_that_is_no_key_is_an_error():
    with pytest.raises(KeyError):
        Settings.of({}).value("young.min_age")
