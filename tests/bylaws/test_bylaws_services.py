from __future__ import annotations

import json
from datetime import date

import pytest

from yumiao.bylaws import rules
from yumiao.bylaws.models import CountyPaper, DayOff, Setting
from yumiao.bylaws.queries import history, papers, settings_on
from yumiao.bylaws.services import change_setting, record_paper
from yumiao.journal.closing import problems
from yumiao.journal.models import Entry
from yumiao.kernel.objections import Refused
from yumiao.kernel.periods import FOREVER

pytestmark = pytest.mark.db

TODAY = date(2026, 6, 30)
SPRING, NUMBER = date(2026, 3, 1), "青组发〔2026〕1号"


@pytest.fixture
def paper(clerk):
    return record_paper(
        number=f" {NUMBER} ",
        issuing_body="县委组织部",
        title="关于明确有关标准的通知",
        in_force_from=date(2025, 1, 1),
        actor=clerk,
    )


@pytest.fixture
def change(paper, clerk):
    def changed(value, since, key="young.max_age", **given):
        defaults = {"paper_number": NUMBER, "reason": "县委常委会决定", "actor": clerk, "today": TODAY}
        change_setting(key=key, value=value, since=since, **{**defaults, **given})

    return changed


def ages(*days):
    return [settings_on(day).young_max_age for day in days]


def periods():
    return [(row.since, row.until, row.value) for row in history("young.max_age")]


def rules_against(call):
    before = (Entry.objects.count(), CountyPaper.objects.count(), Setting.objects.count())
    with pytest.raises(Refused) as refused:
        call()
    assert (Entry.objects.count(), CountyPaper.objects.count(), Setting.objects.count()) == before
    return [objection.rule for objection in refused.value.objections]


def test_a_paper_is_registered_in_one_entry(paper):
    [entry] = Entry.objects.all()
    [known] = papers()
    assert (entry.verb, entry.subject_kind, entry.subject) == ("paper_recorded", "county_paper", paper)
    assert (json.loads(entry.data)["number"], json.loads(entry.data)["in_force_from"]) == (NUMBER, "2025-01-01")
    assert (known.uid, known.number, known.in_force_from, known.in_force_until) == (
        paper,
        NUMBER,
        date(2025, 1, 1),
        FOREVER,
    )


def test_a_paper_is_registered_once_but_two_bodies_may_use_one_number(paper, clerk):
    again = {"number": NUMBER, "title": "关于党费的通知", "in_force_from": SPRING, "actor": clerk}
    assert rules_against(lambda: record_paper(issuing_body="县委组织部", **again)) == ["BYL-04"]
    record_paper(issuing_body="县委办公室", **again)
    assert [known.issuing_body for known in papers()] == ["县委办公室", "县委组织部"]


def test_a_first_change_begins_on_its_day_and_the_default_rules_before(change):
    change("40", SPRING)
    assert ages(date(2026, 2, 28), SPRING, date(2030, 1, 1)) == [35, 40, 40]
    assert periods() == [(SPRING, FOREVER, "40")]


def test_a_second_change_ends_the_first_on_its_day(change):
    change("40", SPRING)
    change("38", TODAY)
    assert ages(date(2026, 6, 29), TODAY) == [40, 38]
    assert periods() == [(SPRING, TODAY, "40"), (TODAY, FOREVER, "38")]


def test_a_change_of_yesterday_leaves_last_year_as_it_was(change):
    change("40", date(2025, 1, 1))
    last_year = settings_on(date(2025, 12, 31))
    change("30", date(2026, 6, 29))
    assert settings_on(date(2025, 12, 31)) == last_year


def test_a_change_on_the_same_first_day_is_a_correction(change):
    change("40", SPRING)
    change("41", SPRING, reason="更正笔误")
    [period] = history("young.max_age")
    assert (period.since, period.until, period.value, period.reason) == (SPRING, FOREVER, "41", "更正笔误")
    assert Setting.objects.order_by("entered").values_list("value", "entered", "struck")[0] == ("40", 2, 3)


def test_what_was_known_before_a_correction_stays_known(change):
    change("40", SPRING)
    change("41", SPRING)
    assert [list(Setting.objects.known_at(seq).values_list("value", flat=True)) for seq in (2, 3)] == [["40"], ["41"]]


def test_a_change_before_a_later_one_ends_where_that_begins(change):
    change("40", date(2027, 1, 1))
    change("38", SPRING)
    assert periods() == [(SPRING, date(2027, 1, 1), "38"), (date(2027, 1, 1), FOREVER, "40")]


def test_a_change_inside_a_period_keeps_the_later_one(change):
    change("40", date(2025, 1, 1))
    change("42", date(2027, 1, 1))
    change("38", SPRING)
    assert periods() == [
        (date(2025, 1, 1), SPRING, "40"),
        (SPRING, date(2027, 1, 1), "38"),
        (date(2027, 1, 1), FOREVER, "42"),
    ]
    assert problems(Setting) == []


def test_a_correction_of_a_period_with_a_later_one_keeps_its_end(change):
    change("40", SPRING)
    change("42", TODAY)
    change("39", SPRING)
    assert periods() == [(SPRING, TODAY, "39"), (TODAY, FOREVER, "42")]


def test_a_correction_where_another_period_ends_leaves_that_one_alone(change):
    change("40", SPRING)
    change("42", TODAY)
    change("39", TODAY)
    assert periods() == [(SPRING, TODAY, "40"), (TODAY, FOREVER, "39")]


def test_a_closed_period_keeps_its_paper_and_reason(change, clerk):
    change("40", SPRING)
    second = {"number": "青组发〔2026〕9号", "issuing_body": "县委组织部", "title": "关于调整有关标准的通知"}
    record_paper(**second, in_force_from=TODAY, actor=clerk)
    change("38", TODAY, paper_number="青组发〔2026〕9号", reason="中期调整")
    assert [(row.paper.number, row.reason) for row in history("young.max_age")] == [
        (NUMBER, "县委常委会决定"),
        ("青组发〔2026〕9号", "中期调整"),
    ]


def test_keys_have_timelines_of_their_own(change):
    change("40", SPRING)
    change("1/2", TODAY, key="guidance.ratio")
    assert (len(history("young.max_age")), len(history("guidance.ratio")), history("reserve.ratio")) == (1, 1, [])


def test_a_change_is_one_entry_with_key_values_and_day(change):
    change("40", SPRING)
    change("38", TODAY)
    entry = Entry.objects.get(seq=3)
    said = json.loads(entry.data)
    assert (entry.verb, entry.reason, Entry.objects.count()) == ("setting_changed", "县委常委会决定", 3)
    assert {name: said[name] for name in ("key", "value", "before", "since", "paper")} == {
        "key": "young.max_age",
        "value": "38",
        "before": "40",
        "since": "2026-06-30",
        "paper": NUMBER,
    }


def test_a_first_change_names_the_default_as_the_value_before(change):
    change("40", SPRING)
    assert json.loads(Entry.objects.get(seq=2).data)["before"] == "35"


def test_a_number_in_a_reason_does_not_reach_the_journal_whole(change):
    change("40", SPRING, reason="来电 12388880001 要求")
    assert (Entry.objects.get(seq=2).reason, history("young.max_age")[0].reason) == ("来电 123****0001 要求",) * 2


def test_a_refusal_states_everything_and_writes_nothing(change):
    assert rules_against(lambda: change("mar_2", date(2024, 12, 31), key="leap_birthday_policy", reason="")) == [
        "BYL-01",
        "BYL-02",
        "BYL-03",
        "BYL-05",
    ]
    assert rules_against(lambda: change("40", SPRING, paper_number="青组发〔2026〕2号")) == ["BYL-02"]


def test_a_number_used_by_two_bodies_needs_the_body(change, clerk):
    record_paper(number=NUMBER, issuing_body="县委办公室", title="通知", in_force_from=SPRING, actor=clerk)
    assert rules_against(lambda: change("40", SPRING)) == ["BYL-02"]
    change("40", SPRING, issuing_body="县委办公室")
    assert history("young.max_age")[0].paper.issuing_body == "县委办公室"


def test_the_leap_day_policy_of_past_days_stands(change):
    assert rules_against(lambda: change("feb_28", date(2026, 6, 29), key="leap_birthday_policy")) == ["BYL-03"]
    change("feb_28", TODAY, key="leap_birthday_policy")
    assert [settings_on(day).leap_birthday_policy for day in (date(2026, 6, 29), TODAY)] == ["mar_1", "feb_28"]


def test_settings_of_a_day_are_one_query(change, django_assert_num_queries):
    change("40", SPRING)
    change("1/2", SPRING, key="guidance.ratio")
    with django_assert_num_queries(1):
        settings = settings_on(TODAY)
        assert (settings.young_max_age, settings.value("guidance.ratio"), settings.reserve_ratio) == (40, 1 / 2, 3)


@pytest.mark.parametrize(
    ("model", "field", "longest"),
    [
        (CountyPaper, "number", rules.LONGEST["文号"]),
        (CountyPaper, "issuing_body", rules.LONGEST["发文机关"]),
        (CountyPaper, "title", rules.LONGEST["标题"]),
        (CountyPaper, "scan", rules.LONGEST["扫描件位置"]),
        (Setting, "value", rules.keys.LONGEST_VALUE),
        (Setting, "reason", rules.LONGEST_REASON),
        (Entry, "reason", rules.LONGEST_REASON),
        (DayOff, "name", rules.LONGEST_DAY_NAME),
        (DayOff, "source", rules.LONGEST_SOURCE),
    ],
)
def test_what_the_rules_let_through_fits_its_column(model, field, longest):
    assert model._meta.get_field(field).max_length == longest
