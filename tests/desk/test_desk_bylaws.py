"""The pages of rules, county papers and the calendar."""

from __future__ import annotations

import re
import uuid
from datetime import date
from typing import Any

import pytest

import tests.cast
from tests.cast import Cast
from yumiao.bylaws.models import CountyPaper, DayOff
from yumiao.bylaws.queries import calendar, own_days
from yumiao.bylaws.services import record_days_off, record_paper
from yumiao.desk.bylaws.words import FLOOR_TITLES, SettingGroup, examples_of, group_of
from yumiao.desk.rulebook import FED_BY, FLOORS, RULEBOOK
from yumiao.journal.models import Entry

pytestmark = pytest.mark.db

cast = tests.cast.cast

NUMBER = "青岚组发〔2026〕1号"
PAPER = {
    "number": NUMBER,
    "issuing_body": "县委组织部",
    "title": "发展党员预警办法",
    "in_force_from": "2026-01-01",
    "text": "一、总则\n二、标准",
}
HOSTILE = ["' OR 1=1--", "%", "_", "\u202e倒", "<script>", "x" * 10_000, "\0", "9" * 400, "-1"]


def text_of(response: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def rows_of(response: Any) -> int:
    return response.content.decode().count('<th scope="row"')


def registered(cast: Cast, number: str = NUMBER) -> uuid.UUID:
    return record_paper(
        number=number, issuing_body="县委组织部", title="办法", in_force_from=date(2026, 1, 1), actor=cast.operator
    )


# -- rules


def test_the_rule_book_lists_every_rule_once(cast: Cast) -> None:
    page = cast.client(cast.member).get("/rules/")
    assert (page.status_code, rows_of(page)) == (200, len(RULEBOOK))


@pytest.mark.parametrize(
    ("query", "ids"),
    [
        ({"q": "wrn-0"}, ["WRN-01", "WRN-02", "WRN-03", "WRN-04b", "WRN-05b", "WRN-08", "WRN-09"]),
        ({"q": "满岁日"}, ["BYL-03"]),
        ({"q": "WRN", "confidence": "article"}, ["WRN-01", "WRN-02", "WRN-03"]),
        ({"q": "TAL", "severity": "warn"}, ["TAL-02"]),
        ({"q": "没有这样的规则"}, []),
        ({"q": "TAL", "severity": "nonsense"}, ["TAL-02"]),
    ],
)
def test_rules_are_found_by_text_severity_and_confidence(cast: Cast, query: dict[str, str], ids: list[str]) -> None:
    page = cast.client(cast.secretary_a).get("/rules/", query).content.decode()
    assert re.findall(r'<tr role="row" id="([^"]+)"', page) == ids


def test_a_search_without_result_offers_every_rule(cast: Cast) -> None:
    page = cast.client(cast.officer).get("/rules/", {"q": "没有这样的规则"})
    assert ("没有符合条件的规则" in text_of(page), "共 0 条" in text_of(page)) == (True, True)


@pytest.mark.parametrize("rule", list(RULEBOOK), ids=lambda rule: rule.id)
def test_the_examples_of_a_rule_stand_side_by_side(rule: Any) -> None:
    examples = examples_of(rule)
    assert [row.holds for row in examples.rows] == [True] * len(rule.passing) + [False] * len(rule.failing)
    assert {len(row.cells) for row in examples.rows} == {len(examples.columns)}


def test_a_rule_shows_the_settings_that_feed_it_with_their_value_of_today(cast: Cast) -> None:
    page = text_of(cast.client(cast.auditor).get("/rules/WRN-03/"))
    assert [word in page for word in ("指导线：新发展农村党员中年轻党员的比例", "3/4", "不符合")] == [True] * 3


def test_a_key_in_an_example_is_shown_by_its_title(cast: Cast) -> None:
    page = text_of(cast.client(cast.officer).get("/rules/BYL-01/"))
    assert ("guidance.ratio" in page, "指导线：新发展农村党员中年轻党员的比例" in page) == (False, True)


def test_an_unknown_rule_is_not_found(cast: Cast) -> None:
    assert cast.client(cast.officer).get("/rules/WRN-99/").status_code == 404


def test_every_setting_that_feeds_a_rule_is_one_and_every_rule_is_there() -> None:
    from yumiao.bylaws.keys import KEYS

    assert {key for keys in FED_BY.values() for key in keys} - set(KEYS) == set()
    assert set(FED_BY) - {rule.id for rule in RULEBOOK} == set()


def test_every_floor_of_the_rule_book_has_a_title() -> None:
    assert set(FLOORS) - set(FLOOR_TITLES) == set()


def test_settings_are_grouped_by_what_they_are_about() -> None:
    named = ["young.max_age", "village.activists.min", "publicity.days", "review.county_share", "dues.farmer"]
    assert [group_of(key) for key in named] == [
        SettingGroup.LINES,
        SettingGroup.LINES,
        SettingGroup.STEPS,
        SettingGroup.STEPS,
        SettingGroup.MEMBERS,
    ]


# -- papers


def test_without_papers_the_officer_is_told_to_register_one_and_others_who_does(cast: Cast) -> None:
    for who, advice in ((cast.officer, "先登记规定标准的文件"), (cast.clerk_a, "文件由县委组织部登记")):
        assert advice in text_of(cast.client(who).get("/papers/"))


def test_a_paper_is_registered_and_shown(cast: Cast) -> None:
    browser = cast.client(cast.officer)
    answer = browser.post("/papers/new/", {**PAPER, "once": uuid.uuid4()})
    page = text_of(browser.get(answer["Location"]))
    assert [word in page for word in (NUMBER, "二、标准", "自2026年1月1日起施行", "已登记")] == [True] * 4


def test_a_form_sent_twice_registers_one_paper_and_leads_to_it_twice(cast: Cast) -> None:
    browser, once = cast.client(cast.officer), uuid.uuid4()
    answers = [browser.post("/papers/new/", {**PAPER, "once": once}) for _ in range(2)]
    assert CountyPaper.objects.count() == 1
    assert {answer["Location"] for answer in answers} == {f"/papers/{CountyPaper.objects.get().uid}/"}


def test_a_paper_registered_before_is_refused_with_its_rule_and_what_was_typed(cast: Cast) -> None:
    registered(cast)
    entries = Entry.objects.count()
    for number in (" 青岚组发 〔２０２６〕１号", NUMBER):
        answer = cast.client(cast.officer).post("/papers/new/", {**PAPER, "number": number})
        assert (answer.status_code, Entry.objects.count()) == (409, entries)
    assert ("BYL-04" in text_of(answer), PAPER["title"] in answer.content.decode()) == (True, True)


@pytest.mark.parametrize("changed", [{"number": ""}, {"in_force_from": "2026-02-30"}, {"title": "x" * 201}])
def test_a_paper_with_a_bad_field_is_not_registered(cast: Cast, changed: dict[str, str]) -> None:
    answer = cast.client(cast.officer).post("/papers/new/", {**PAPER, **changed})
    assert (answer.status_code, CountyPaper.objects.count()) == (422, 0)


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_of_papers_takes_four_queries(cast: Cast, count: int, django_assert_num_queries: Any) -> None:
    for place in range(count):
        registered(cast, f"青岚组发〔2026〕{place + 1}号")
    browser = cast.client(cast.officer)
    browser.get("/papers/")
    with django_assert_num_queries(4):
        page = browser.get("/papers/")
    assert rows_of(page) == count


def test_a_paper_that_is_not_there_is_not_found(cast: Cast) -> None:
    assert cast.client(cast.officer).get(f"/papers/{uuid.uuid4()}/").status_code == 404


def test_who_may_not_change_the_bylaws_is_not_let_in(cast: Cast) -> None:
    for path in ("/papers/new/", "/settings/young.max_age/change/", "/calendar/days/"):
        statuses = [cast.client(who).get(path).status_code for who in (cast.clerk_a, cast.auditor, cast.member)]
        assert statuses == [403, 403, 403]


# -- calendar

DAYS = {"days": "2026-08-06 至 2026-08-07 放假 火把节\n2026-08-08 上班 火把节调休", "source": "自治条例"}


def test_the_calendar_counts_the_working_days_of_the_year(cast: Cast) -> None:
    table = calendar()
    days = [date.fromordinal(number) for number in range(date(2026, 1, 1).toordinal(), date(2027, 1, 1).toordinal())]
    page = text_of(cast.client(cast.clerk_a).get("/calendar/?year=2026"))
    assert f"全年 {sum(map(table.is_working, days))} 个工作日" in page


def test_days_off_are_recorded_a_line_or_a_run_at_a_time(cast: Cast) -> None:
    browser = cast.client(cast.officer)
    answer = browser.post("/calendar/days/", DAYS)
    assert answer["Location"] == "/calendar/?year=2026"
    assert [(row.day.isoformat(), row.is_working, row.name) for row in own_days()] == [
        ("2026-08-06", False, "火把节"),
        ("2026-08-07", False, "火把节"),
        ("2026-08-08", True, "火把节调休"),
    ]
    page = text_of(browser.get("/calendar/?year=2026"))
    assert [word in page for word in ("县休", "县班", "2026-08-06 至 2026-08-07 放假 火把节 本县 自治条例")] == [
        True
    ] * 3


def test_days_off_sent_twice_are_recorded_once(cast: Cast) -> None:
    browser, once = cast.client(cast.officer), uuid.uuid4()
    before = Entry.objects.count()
    answers = [browser.post("/calendar/days/", {**DAYS, "once": once}) for _ in range(2)]
    assert ([answer.status_code for answer in answers], Entry.objects.count()) == ([302, 302], before + 1)


def test_a_year_without_a_table_stops_and_says_what_to_do(cast: Cast) -> None:
    page = text_of(cast.client(cast.officer).get("/calendar/?year=2027"))
    assert ("缺少2027年的节假日安排" in page, "全年安排" in page, "个工作日" in page) == (True, True, False)


def test_a_whole_year_typed_in_can_be_counted_with(cast: Cast) -> None:
    browser = cast.client(cast.officer)
    browser.post(
        "/calendar/days/",
        {"days": "2027年1月1日至2027年1月3日 放假 元旦", "source": "国务院办公厅通知", "whole_year": "2027"},
    )
    assert "全年 260 个工作日" in text_of(browser.get("/calendar/?year=2027"))


@pytest.mark.parametrize(
    ("days", "fault"),
    [
        ("2026-08-06 火把节", "第 1 行：应写成“2027-01-01 放假 元旦”的形式"),
        ("2026-08-06 放假 火把节\n2026-02-30 放假 甲", "第 2 行：没有这一天"),
        ("2026-08-07 至 2026-08-06 放假 火把节", "第 1 行：起止应当先后相接，不超过 31 天"),
        ("2026-01-01 至 2026-02-01 放假 甲", "第 1 行：起止应当先后相接，不超过 31 天"),
        ("9999-12-31 放假 甲", "第 1 行：年份应在 2004 至 2100 之间"),
    ],
)
def test_a_line_that_cannot_be_read_is_named(cast: Cast, days: str, fault: str) -> None:
    answer = cast.client(cast.officer).post("/calendar/days/", {"days": days, "source": "通知"})
    assert (answer.status_code, fault in text_of(answer), DayOff.objects.count()) == (422, True, 0)


def test_a_day_written_twice_is_refused_by_its_rule(cast: Cast) -> None:
    days = "2026-08-06 放假 火把节\n2026-08-06 上班 火把节"
    answer = cast.client(cast.officer).post("/calendar/days/", {"days": days, "source": "通知"})
    assert (answer.status_code, "CAL-07" in text_of(answer), DayOff.objects.count()) == (409, True, 0)


def test_hostile_addresses_are_answered_as_if_nothing_was_asked(cast: Cast) -> None:
    browser = cast.client(cast.officer)
    asked = {"/rules/": ("q", "severity", "confidence"), "/calendar/": ("year",), "/settings/": ("changed",)}
    for value in HOSTILE:
        statuses = [browser.get(path, {name: value}).status_code for path, names in asked.items() for name in names]
        assert (value, statuses) == (value, [200] * 5)


@pytest.mark.parametrize("count", [1, 3])
def test_the_calendar_takes_five_queries(cast: Cast, count: int, django_assert_num_queries: Any) -> None:
    days = [(date(2026, 8, place + 3), False, "火把节") for place in range(count)]
    record_days_off(days=days, source="通知", actor=cast.operator)
    browser = cast.client(cast.officer)
    browser.get("/calendar/?year=2026")
    with django_assert_num_queries(5):
        browser.get("/calendar/?year=2026")


def test_a_run_of_own_days_is_taken_back_with_a_reason(cast: Cast) -> None:
    browser = cast.client(cast.officer)
    browser.post("/calendar/days/", DAYS)
    way = "/calendar/days/remove/?first=2026-08-06&last=2026-08-07"
    page = browser.get("/calendar/?year=2026").content.decode()
    assert way.replace("&", "&amp;") in page
    assert "2 天" in text_of(browser.get(way))
    given = {"first": "2026-08-06", "last": "2026-08-07", "reason": "登记有误", "once": uuid.uuid4()}
    answers = [browser.post("/calendar/days/remove/", given) for _ in range(2)]
    assert [answer["Location"] for answer in answers] == ["/calendar/?year=2026"] * 2
    assert [row.day.isoformat() for row in own_days()] == ["2026-08-08"]
    assert Entry.objects.latest("seq").reason == "登记有误"


def test_without_a_reason_or_without_days_nothing_is_taken_back(cast: Cast) -> None:
    browser = cast.client(cast.officer)
    browser.post("/calendar/days/", DAYS)
    given = {"first": "2026-08-06", "last": "2026-08-07", "reason": ""}
    assert browser.post("/calendar/days/remove/", given).status_code == 422
    answer = browser.post("/calendar/days/remove/", {"first": "2026-07-06", "last": "2026-07-07", "reason": "登记有误"})
    assert (answer.status_code, "CAL-02" in text_of(answer), DayOff.objects.alive().count()) == (409, True, 3)
    assert browser.get("/calendar/days/remove/?first=2026-07-06&last=2026-07-07").status_code == 200
    assert browser.get("/calendar/days/remove/?first=2026-08-06&last=2026-09-07").status_code == 404
    assert browser.get("/calendar/days/remove/").status_code == 404


def test_a_day_of_a_whole_national_year_is_corrected_and_not_taken_back(cast: Cast) -> None:
    browser = cast.client(cast.officer)
    given = {"days": "2027-01-01 放假 元旦", "source": "国务院办公厅通知", "whole_year": "2027"}
    browser.post("/calendar/days/", given)
    assert "2027-01-01 放假 元旦 国家 国务院办公厅通知" in text_of(browser.get("/calendar/?year=2027"))
    answer = browser.post("/calendar/days/remove/", {"first": "2027-01-01", "last": "2027-01-01", "reason": "有误"})
    assert (answer.status_code, "请重新登记该日作为更正" in text_of(answer)) == (409, True)


def test_the_calendar_of_this_year_says_that_the_next_one_is_missing(cast: Cast) -> None:
    browser = cast.client(cast.clerk_a)
    assert "2027年的放假安排还没有登记" in text_of(browser.get("/calendar/"))
    assert "的放假安排还没有登记" not in text_of(browser.get("/calendar/?year=2025"))
