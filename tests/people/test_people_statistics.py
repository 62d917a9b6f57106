"""The groups of the yearly statistics, on the edge: ages, eras, labels in and out of the lists; and the oracle of the communiqué."""

from datetime import date

import pytest

from yumiao.kernel.shares import Share
from yumiao.people import statistics
from yumiao.people.codes import EDUCATIONS, ETHNICITIES, OCCUPATIONS
from yumiao.people.statistics import AGE, EDUCATION, ETHNICITY, JOINED, OCCUPATION, SEX


@pytest.mark.parametrize(
    ("age", "label"),
    [
        (18, "30岁及以下"),
        (30, "30岁及以下"),
        (31, "31至35岁"),
        (35, "31至35岁"),
        (36, "36至40岁"),
        (40, "36至40岁"),
        (41, "41至45岁"),
        (50, "46至50岁"),
        (55, "51至55岁"),
        (60, "56至60岁"),
        (61, "61岁及以上"),
        (104, "61岁及以上"),
        (None, "不详"),
    ],
)
def test_an_age_falls_into_its_band(age, label):
    assert AGE.label_of(statistics.band(age)) == label


@pytest.mark.parametrize(
    ("joined_on", "place"),
    [
        (date(1949, 9, 30), 0),
        (date(1949, 10, 1), 1),
        (date(1978, 12, 17), 1),
        (date(1978, 12, 18), 2),
        (date(2012, 11, 7), 2),
        (date(2012, 11, 8), 3),
        (None, 4),
    ],
)
def test_a_day_of_joining_falls_into_its_era(joined_on, place):
    assert statistics.era(joined_on) == JOINED.groups[place].key


def test_every_label_of_the_lists_has_a_group_and_everything_else_is_kept_apart():
    grouped = {
        "ethnicity": (ETHNICITY, statistics.ethnicity_group, ETHNICITIES),
        "education": (EDUCATION, statistics.schooling_group, EDUCATIONS),
        "occupation": (OCCUPATION, statistics.occupation_group, OCCUPATIONS),
    }
    for grouping, group, labels in grouped.values():
        known = {one.key for one in grouping.groups}
        found = {group(label) for label in labels.values()}
        assert (found - known, found & {"unlisted", "unknown"}) == (set(), set())
        assert (group("自由撰写"), group("")) == ("unlisted", "unknown")
    assert [statistics.sex_group(sex) for sex in ("m", "f", "")] == ["m", "f", "unknown"]


def test_every_grouping_has_a_column_for_what_is_not_known():
    groupings = (SEX, ETHNICITY, EDUCATION, AGE, JOINED, OCCUPATION)
    assert [one.groups[-1].label for one in groupings] == ["不详"] * 6


def test_a_roll_up_takes_only_groups_of_its_grouping():
    for grouping in (ETHNICITY, EDUCATION, AGE, OCCUPATION):
        (up,) = grouping.roll_ups
        assert up.of < {group.key for group in grouping.groups}
        assert up.of & {"unknown", "unlisted"} == frozenset()


def test_a_column_counts_its_groups():
    assert AGE.keys_of("young") == {"30", "35"}
    assert AGE.keys_of("61") == {"61"}
    assert AGE.keys_of("") == {"30", "35", "40", "45", "50", "55", "60", "61", "unknown"}
    with pytest.raises(KeyError):
        AGE.keys_of("college")


def test_the_share_of_the_communique_is_rounded_half_up():
    assert Share(1_983_000, 2_408_000).percent() == "82.4%"
    assert Share(825, 1000).percent(0) == "83%"


def test_what_is_left_out_is_noticed():
    assert statistics.adds_up(parts=[2, 1], total=3) is True
    assert statistics.adds_up(parts=[2, 0], total=3) is False
    assert statistics.balances(start=10, gained=2, lost=1, end=11) is True
    assert statistics.balances(start=10, gained=2, lost=1, end=12) is False
