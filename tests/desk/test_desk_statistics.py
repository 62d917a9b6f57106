"""The statistics' pages: every table adds up, every number opens exactly those it counts, nobody sees past his units."""

from __future__ import annotations

import html
import re
from datetime import date
from io import BytesIO
from typing import Any

import openpyxl
import pytest
from django.test import Client

from tests.cast import COMMUNITY, COUNTY, FAR_VILLAGE, GENERAL, OFFICE, OTHER_TOWN, TOWN, VILLAGE, Cast, cast
from tests.desk.county_cells import County, member
from yumiao.desk.statistics import places
from yumiao.desk.statistics.asked import Asked
from yumiao.desk.statistics.page import made
from yumiao.desk.statistics.places import unit_of
from yumiao.desk.statistics.reading import GROUPINGS, Counts, Subject
from yumiao.desk.statistics.tables import Column, Line, Table, checked
from yumiao.desk.workbook.importing import import_workbook
from yumiao.journal.acts import last
from yumiao.journal.memory import remembered
from yumiao.journal.models import Reading
from yumiao.ledger.queries import ledger

pytestmark = pytest.mark.db
__all__ = ["cast"]

LINK = re.compile(r'<td class="num"><a href="([^"]+)">(\d+)</a>')
COUNTED = re.compile(r"共 (\d+) [人个]")
WITHOUT_NUMBERS = "/statistics/people/"


def table(cast: Cast, part: str = "officer", **said: str) -> Table:
    reader = cast.reader(getattr(cast, part))
    asked = Asked.parsed(said, cast.today)
    unit = unit_of(reader, asked)
    assert unit is not None
    return made(reader, asked, unit)


def numbers(found: Table, label: str) -> dict[str, int]:
    """What a row says, without its noughts."""
    line = next(one for one in (*found.lines, found.total) if one.label == label)
    pairs = zip(found.columns, line.numbers, strict=True)
    return {column.label: number for column, number in pairs if number}


def page(client: Client, url: str, status: int = 200) -> str:
    answer = client.get(url)
    assert answer.status_code == status, url
    return answer.content.decode()


def add(cast: Cast, *rows: dict[str, Any]) -> None:
    county = County().only("党员")
    county["党员"][:] = rows
    assert import_workbook(county.workbook(), today=cast.today, actor=cast.operator).written


def every_table(cast: Cast, part: str = "officer", **said: str) -> list[Table]:
    found = [table(cast, part, of=subject, by=by.key, **said) for subject in Subject for by in GROUPINGS[subject]]
    return [*found, table(cast, part, of="balance", **said)]


def test_every_table_adds_up_on_any_day(cast: Cast) -> None:
    add(cast, member(40, FAR_VILLAGE, 民族="穿青人", 学历=None, 职业="养蜂人"))
    for on in (cast.today.isoformat(), "2025-12-31", "2010-01-01"):
        found = every_table(cast, on=on)
        assert (len(found), [one.faults for one in found if one.faults]) == (13, [])


def test_members_are_counted_by_every_grouping(cast: Cast) -> None:
    expected = {
        "sex": {"合计": 10, "男": 5, "女": 5},
        "education": {"合计": 10, "大专": 10, "大专及以上": 10},
        "ethnicity": {"合计": 10, "汉族": 10},
        "occupation": {"合计": 10, "农牧渔民": 10, "生产、工作一线": 10},
        "joined": {"合计": 10, "党的十一届三中全会后至党的十八大前": 1, "党的十八大以来": 9},
    }
    assert {by: numbers(table(cast, by=by), "合计") for by in expected} == expected


def test_what_is_not_said_and_what_is_in_no_list_are_columns_of_their_own(cast: Cast) -> None:
    add(cast, member(40, 民族="穿青人", 学历="私塾", 职业=None), member(41, 民族=None, 学历=None, 职业="养蜂人"))
    groupings = ("ethnicity", "education", "occupation")
    found = [numbers(table(cast, by=by), "合计") for by in groupings]
    assert [(said["目录外"], said["不详"], said["合计"]) for said in found] == [(1, 1, 12)] * 3


def test_rows_are_the_units_directly_below(cast: Cast) -> None:
    assert [line.label for line in table(cast).lines] == ["青石镇党委", "云溪乡党委"]
    found = table(cast, unit=TOWN)
    said = {line.label: line.numbers[0] for line in found.lines}
    assert said == {"云岭村党支部": 3, "石桥村党总支": 2, "松坪社区党支部": 1, "青石镇机关党支部": 1}
    assert [(line.label, line.is_own, line.numbers[0]) for line in table(cast, unit=VILLAGE).lines] == [
        ("本级", True, 3)
    ]


def test_members_are_as_many_as_in_the_ledger_on_any_day(cast: Cast) -> None:
    for day in (cast.today, date(2025, 12, 31), date(2010, 1, 1)):
        assert table(cast, on=day.isoformat()).total.numbers[0] == ledger(day).total.members


def test_a_day_in_the_past_counts_who_was_a_member_then(cast: Cast) -> None:
    assert numbers(table(cast, on="2010-01-01", by="age"), "合计") == {"合计": 1, "30岁及以下": 1, "35岁及以下": 1}


def test_admissions_are_those_of_the_year_up_to_the_day(cast: Cast) -> None:
    found = [numbers(table(cast, of="admissions", on=on), "合计").get("合计", 0) for on in ("2026-05-14", "2026-05-15")]
    assert found == [0, 1]
    assert numbers(table(cast, of="admissions", on="2015-12-31", by="age"), "青石镇党委") == {
        "合计": 5, "31至35岁": 5, "35岁及以下": 5,
    }  # fmt: skip


def test_organisations_are_counted_by_their_form(cast: Cast) -> None:
    found = table(cast, of="organisations")
    assert numbers(found, "合计") == {"合计": 11, "党委（党工委）": 3, "党总支": 1, "党支部": 7}
    assert numbers(found, "本级") == {"合计": 1, "党委（党工委）": 1}


def test_a_table_that_does_not_add_up_says_where() -> None:
    unit: Any = None
    columns = (Column("", "合计", is_sum=True), Column("m", "男"), Column("f", "女"))
    lines = (Line("甲村", unit, (3, 2, 1)), Line("乙村", unit, (2, 1, 0)))
    found = checked(Table("表", Subject.MEMBERS, unit, date(2026, 1, 1), columns, lines, Line("合计", unit, (5, 3, 2))))
    assert found.faults == ("“乙村”一行各栏之和不等于合计", "“女”一栏各单位之和不等于合计")


def test_a_fault_is_shown_loudly(cast: Cast) -> None:
    client = cast.client(cast.officer)
    sound = page(client, "/statistics/")
    assert ("各栏、各单位加总相符" in sound, "没有平" in sound) == (True, False)
    by = GROUPINGS[Subject.MEMBERS][2]
    wrong = Counts({cast.unit(TOWN).path: 2}, {cast.unit(TOWN).path: (1,) + (0,) * (len(by.groups) - 1)})
    remembered("statistics", last(), Subject.MEMBERS, by.key, cast.today, make=lambda: wrong)
    broken = page(client, f"/statistics/?by={by.key}")
    book = openpyxl.load_workbook(BytesIO(client.get("/statistics/workbook/").content))
    assert book["党员·学历"]["A1"].value == "党员统计表（按学历）（加总不符，不得上报）"
    assert ("各栏、各单位加总相符" in broken, "这张表没有平：“青石镇党委”一行各栏之和不等于合计" in broken) == (
        False,
        True,
    )


TABLES = [
    *(f"/statistics/?of={subject.value}&by={by.key}" for subject in Subject for by in GROUPINGS[subject]),
    "/statistics/?of=balance",
    "/statistics/?on=2025-12-31&by=age",
    f"/statistics/?unit={TOWN}&by=joined",
    f"/statistics/?unit={VILLAGE}&of=balance&on=2015-12-31",
]


@pytest.mark.parametrize("url", TABLES)
def test_every_number_opens_as_many_as_it_says(cast: Cast, url: str) -> None:
    client = cast.client(cast.officer)
    found = [(html.unescape(address), int(said)) for address, said in LINK.findall(page(client, url))]
    opened = [(address, int(COUNTED.findall(page(client, address))[0])) for address, _said in found]
    assert (opened, len(found) > 0) == (found, True)


def test_the_list_names_exactly_those_who_were_counted(cast: Cast) -> None:
    shown = page(cast.client(cast.clerk_a), f"/statistics/people/?unit={TOWN}&by=sex&column=f")
    assert sorted(re.findall(r"rowheader\"><a[^>]*>([^<]+)<", shown)) == sorted(
        f"韦禾{chr(0x4E00 + place)}" for place in (2, 4, 6, 8)
    )


def test_a_look_at_a_list_is_on_record_and_a_look_at_a_table_is_not(cast: Cast) -> None:
    client = cast.client(cast.clerk_a)
    page(client, "/statistics/?by=age")
    assert Reading.objects.count() == 0
    page(client, f"/statistics/people/?unit={VILLAGE}&column=m")
    (reading,) = Reading.objects.all()
    assert (reading.what, reading.subject, reading.count) == ("statistics", cast.unit(VILLAGE).uid, 2)


def test_a_clerk_sees_his_own_township(cast: Cast) -> None:
    found = page(cast.client(cast.clerk_a), "/statistics/")
    assert ("云岭村党支部" in found, "竹溪村党支部" in found, "云溪乡党委" in found) == (True, False, False)
    assert table(cast, "clerk_a").total.numbers[0] == 7
    assert table(cast, "secretary_a").total.numbers[0] == 3


@pytest.mark.parametrize("code", [COUNTY, OTHER_TOWN, FAR_VILLAGE, "999"])
@pytest.mark.parametrize("path", ["/statistics/", "/statistics/people/", "/statistics/units/", "/statistics/workbook/"])
def test_a_unit_of_others_is_not_there(cast: Cast, path: str, code: str) -> None:
    page(cast.client(cast.clerk_a), f"{path}?unit={code}", 404)
    page(cast.client(cast.clerk_a), f"{path}?unit={code}&of=balance&on=2025-12-31", 404)


def test_who_may_not_read_people_gets_figures_that_open_nobody(cast: Cast) -> None:
    client = cast.client(cast.assistant)
    found = page(client, "/statistics/")
    assert (LINK.findall(found), "云岭村党支部" in found, WITHOUT_NUMBERS in found) == ([], True, False)
    page(client, f"/statistics/people/?unit={VILLAGE}", 403)
    page(client, f"/statistics/units/?unit={TOWN}")


def test_somebody_who_stands_elsewhere_today_is_counted_and_not_named(cast: Cast) -> None:
    add(cast, member(40, FAR_VILLAGE, 入党时所在党支部代码=VILLAGE))
    url = f"/statistics/people/?of=admissions&on=2015-12-31&unit={VILLAGE}"
    mine, county = (page(cast.client(who), url) for who in (cast.clerk_a, cast.officer))
    name = f"韦禾{chr(0x4E00 + 40)}"
    assert (COUNTED.findall(mine), name in mine, "其中 1 人现在不在您的管理范围内" in mine) == (["2"], False, True)
    assert (COUNTED.findall(county), name in county) == (["2"], True)


@pytest.mark.parametrize(
    "query",
    [
        "column=nowhere",
        "column=college&by=sex",
        "of=balance&column=young",
        "of=organisations&column=branch",
        "of=balance&column=admitted&above=999",
    ],
)
def test_a_figure_that_no_table_has_is_not_there(cast: Cast, query: str) -> None:
    page(cast.client(cast.officer), f"/statistics/people/?{query}", 404)


@pytest.mark.parametrize("on", ["2026-02-30", "9999-12-31", "1900-01-01", "heute"])
@pytest.mark.parametrize("path", ["/statistics/", "/statistics/people/", "/statistics/units/", "/statistics/workbook/"])
def test_a_day_without_figures_is_told(cast: Cast, path: str, on: str) -> None:
    page(cast.client(cast.officer), f"{path}?on={on}", 400)


@pytest.mark.parametrize("said", ["-1", "0", "99999999999999999999", "x", "２"])
def test_a_page_that_is_none_is_the_nearest_one(cast: Cast, said: str) -> None:
    assert COUNTED.findall(page(cast.client(cast.officer), f"/statistics/people/?page={said}")) == ["10"]


def test_pages_follow_each_other_without_repeats(cast: Cast) -> None:
    add(cast, *(member(place, 姓名="蓝同名") for place in range(100, 160)))
    client = cast.client(cast.officer)
    first, second = (page(client, f"/statistics/people/?unit={VILLAGE}&page={number}") for number in (1, 2))
    people = [re.findall(r'href="/people/([0-9a-f-]{36})/"', one) for one in (first, second)]
    assert ([len(one) for one in people], len({*people[0], *people[1]})) == ([50, 13], 63)
    assert (first.count('rel="next"'), second.count('rel="next"'), second.count('rel="prev"')) == (1, 0, 1)


def test_the_workbook_holds_every_table_with_its_totals(cast: Cast) -> None:
    answer = cast.client(cast.clerk_a).get("/statistics/workbook/?on=2025-12-31")
    book = openpyxl.load_workbook(BytesIO(answer.content))
    assert book.sheetnames == [
        "党员·性别", "党员·民族", "党员·学历", "党员·年龄", "党员·入党时间", "党员·职业",
        "发展党员·性别", "发展党员·民族", "发展党员·学历", "发展党员·年龄", "发展党员·职业", "党组织", "年度增减",
    ]  # fmt: skip
    rows = [tuple(row) for row in book["党员·性别"].iter_rows(values_only=True)]
    assert (rows[0][0], rows[1][0]) == ("党员统计表（按性别）", "填报单位：青石镇党委")
    assert str(rows[-1][0]).startswith("导出人：盘云舟（青石镇党委）")
    assert rows[2:-3] == [
        ("序号", "单位", "合计", "男", "女", "不详"),
        (1, "云岭村党支部", 2, 1, 1, 0),
        (2, "石桥村党总支", 2, 1, 1, 0),
        (3, "松坪社区党支部", 1, 0, 1, 0),
        (4, "青石镇机关党支部", 1, 0, 1, 0),
        ("合计", None, 6, 2, 4, 0),
    ]
    ages = [tuple(row) for row in book["党员·年龄"].iter_rows(min_row=5, values_only=True)]
    assert ages[-4][-2:] == (0, "0.0%")


@pytest.mark.parametrize("count", [1, 3])
def test_the_pages_take_few_queries(
    cast: Cast, count: int, django_assert_num_queries: Any, database_vendor: str
) -> None:
    add(cast, *(member(place, GENERAL + ".001") for place in range(40, 40 + count)))
    client = cast.client(cast.officer)
    page(client, "/")
    for url, queries in QUERIES.items():
        locks = database_vendor == "postgresql" and "people" in url  # a reading is written under a lock of its own
        with django_assert_num_queries(queries + locks):
            page(client, url)


QUERIES = {
    "/statistics/?by=sex": 2,
    "/statistics/?by=sex&unit=" + TOWN: 1,
    "/statistics/?of=organisations": 1,
    f"/statistics/people/?unit={COMMUNITY}&by=sex": 9,
    f"/statistics/people/?unit={OFFICE}&by=sex": 9,
}


@pytest.mark.parametrize(("most", "is_listed"), [(4, True), (3, False)])
def test_more_units_below_than_a_list_holds_are_reached_by_their_rows_alone(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, most: int, is_listed: bool
) -> None:
    monkeypatch.setattr(places, "MOST_TO_CHOOSE", most)
    shown = page(cast.client(cast.clerk_a), "/statistics/")
    assert len(cast.tree.below(cast.unit(TOWN))) == 4
    assert (f'<option value="{TOWN}"' in shown, f'<option value="{VILLAGE}"' in shown) == (True, is_listed)
    assert f'href="/statistics/?unit={VILLAGE}"' in shown
