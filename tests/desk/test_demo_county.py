"""The demo county holds the promised figures, recounted by plain loops over its cells, and no row an import refuses."""

from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from yumiao.desk.demo.county import DEMO_DAY, county

KINDS = {
    "县委", "乡镇党委", "村党委", "村党总支", "村党支部", "社区党总支", "社区党支部",
    "机关党支部", "学校党支部", "企业党支部", "医院党支部",
}  # fmt: skip
PERSON = "公民身份号码 姓名 性别 民族 出生日期 学历 职业 所在党支部代码 手机号码"
HEADERS = {
    "组织": "组织代码 组织名称 组织类别 上级组织代码 所属片区",
    "党员": f"{PERSON} 人员类别 入党日期 转正日期 入党时所在党支部代码 与证件不一致说明 原身份证号码",
    "发展培养": f"{PERSON} 递交入党申请书日期 确定为入党积极分子日期 确定为发展对象日期 培养联系人一 培养联系人二",
    "人才库": f"{PERSON} 人才类别 入库日期 联系老党员 联村导师",
    "发展计划": "年度 组织代码 计划发展党员数 其中35岁以下 女 大专以上",
}
PEOPLE = ("党员", "发展培养", "人才库")
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def years_after(day: date, years: int) -> date:
    if (day.month, day.day) == (2, 29):
        return date(day.year + years, 2, 28)
    return day.replace(year=day.year + years)


def age_on(born_on: date, day: date) -> int:
    return day.year - born_on.year - ((day.month, day.day) < (born_on.month, born_on.day))


def number_born_on(number: str) -> date:
    return date(int(number[6:10]), int(number[10:12]), int(number[12:14]))


class Recount:
    """The five sheets as dictionaries, and the figures of the lines counted from them."""

    def __init__(self, scale: int = 1) -> None:
        self.sheets: dict[str, list[dict[str, Any]]] = {
            title: [dict(zip(header, row, strict=True)) for row in rows]
            for title, (header, rows) in county(scale=scale).items()
        }
        self.units = {unit["组织代码"]: unit for unit in self.sheets["组织"]}
        self.townships = [code for code, unit in self.units.items() if unit["组织类别"] == "乡镇党委"]
        self.village_of = {code: self._village(code) for code in self.units}
        self.villages = [code for code in self.units if self.village_of[code] == code]
        self.members = {row["公民身份号码"]: row for row in self.sheets["党员"]}
        self.admitted: Counter[tuple[str, int]] = Counter()
        self.admitted_young: Counter[tuple[str, int]] = Counter()
        for row in self.sheets["党员"]:
            village = self.village_of[row["入党时所在党支部代码"] or row["所在党支部代码"]]
            if village:
                year = row["入党日期"].year
                self.admitted[village, year] += 1
                self.admitted_young[village, year] += age_on(row["出生日期"], row["入党日期"]) <= 35
        self.activists = Counter(
            self.village_of[row["所在党支部代码"]] for row in self.sheets["发展培养"] if row["确定为入党积极分子日期"]
        )

    def _village(self, code: str | None) -> str | None:
        found = None
        while code:
            if self.units[code]["组织类别"].startswith(("村", "社区")):
                found = code
            code = self.units[code]["上级组织代码"]
        return found

    def villages_without_admission(self, *years: int) -> set[str]:
        return {v for v in self.villages if sum(self.admitted[v, year] for year in years) == 0}

    def by_township(self, counted: Callable[[str], int]) -> Counter[str]:
        """`counted(village)` summed over the villages of each township."""
        sums: Counter[str] = Counter()
        for village in self.villages:
            sums[self.units[village]["上级组织代码"]] += counted(village)
        return sums

    def planned(self, year: int) -> dict[str, int]:
        """By township: its own plan, else the sum of its villages' plans; without either it is missing."""
        given = {row["组织代码"]: row["计划发展党员数"] for row in self.sheets["发展计划"] if row["年度"] == year}
        found = {}
        for township in self.townships:
            below = [n for code, n in given.items() if self.units[code]["上级组织代码"] == township]
            if township in given:
                found[township] = given[township]
            elif below:
                found[township] = sum(below)
        return found


@pytest.fixture(scope="module")
def demo() -> Recount:
    return Recount()


def test_headers_are_those_of_the_county_workbook() -> None:
    assert {title: " ".join(header) for title, (header, _) in county().items()} == HEADERS


def test_the_county_is_the_same_at_every_call() -> None:
    assert county() == county()


def test_the_tree_has_the_promised_size(demo: Recount) -> None:
    kinds = Counter(unit["组织类别"] for unit in demo.units.values())
    zones = [demo.units[township]["所属片区"] for township in demo.townships]
    communities = [v for v in demo.villages if demo.units[v]["组织类别"].startswith("社区")]
    assert (len(demo.villages), len(demo.townships), len(set(zones)), kinds["县委"]) == (319, 38, 9, 1)
    assert set(kinds) == KINDS
    assert len(demo.units) == len(demo.sheets["组织"])
    assert 10 <= len(communities) <= 30
    assert [code for code, unit in demo.units.items() if unit["所属片区"]] == demo.townships


def test_codes_are_three_digits_a_level_below_a_known_parent(demo: Recount) -> None:
    for code, unit in demo.units.items():
        assert all(len(segment) == 3 and segment.isdigit() for segment in code.split("."))
        assert (unit["上级组织代码"] or "") == code.rpartition(".")[0]
    parents = {unit["上级组织代码"] for unit in demo.units.values()} - {None}
    assert all(demo.units[code]["上级组织代码"] is None or code in parents for code in demo.townships)


def test_no_two_organisations_share_a_name(demo: Recount) -> None:
    names = Counter(unit["组织名称"] for unit in demo.units.values())
    assert [name for name, count in names.items() if count > 1] == []


def test_large_villages_have_two_or_three_branches_and_nobody_stands_above_them(demo: Recount) -> None:
    large = {code for code, unit in demo.units.items() if unit["组织类别"] in {"村党委", "村党总支", "社区党总支"}}
    below = Counter(unit["上级组织代码"] for unit in demo.units.values())
    assert {below[code] for code in large} == {2, 3}
    standing = {row["所在党支部代码"] for title in PEOPLE for row in demo.sheets[title]}
    assert {demo.units[code]["组织类别"] for code in standing} == {kind for kind in KINDS if kind.endswith("党支部")}


def test_offices_stand_in_every_township_and_directly_below_the_county(demo: Recount) -> None:
    offices = [unit for unit in demo.units.values() if unit["组织类别"] == "机关党支部"]
    assert {unit["上级组织代码"] for unit in offices} == {"001", *demo.townships}


def test_every_village_has_members(demo: Recount) -> None:
    standing = Counter(demo.village_of[row["所在党支部代码"]] for row in demo.sheets["党员"])
    assert [v for v in demo.villages if standing[v] == 0] == []
    assert standing[None] > 1000


def test_people_have_the_promised_numbers(demo: Recount) -> None:
    counts = [len(demo.sheets[title]) for title in PEOPLE]
    assert counts == [10_174, 1_643, 734]
    assert sum(demo.activists.values()) == 1_096
    assert demo.activists[None] == 0


def test_of_eighty_eight_villages_without_an_admission_last_year_twenty_one_still_have_none(demo: Recount) -> None:
    warned = demo.villages_without_admission(2025)
    assert len(warned) == 88
    assert len(warned & demo.villages_without_admission(2026)) == 21
    assert len(demo.villages_without_admission(2024, 2025)) == 17
    assert len(demo.villages_without_admission(2024, 2025, 2026)) == 7
    assert sum(demo.admitted[v, 2026] for v in demo.villages) == 278


def test_five_townships_miss_the_guidance_line(demo: Recount) -> None:
    admitted = demo.by_township(lambda v: demo.admitted[v, 2026])
    young = demo.by_township(lambda v: demo.admitted_young[v, 2026])
    assert len([t for t in demo.townships if 4 * young[t] < 3 * admitted[t]]) == 5


def test_one_township_plans_by_villages_and_one_not_at_all(demo: Recount) -> None:
    planned = demo.planned(2026)
    own = {row["组织代码"] for row in demo.sheets["发展计划"] if row["年度"] == 2026} & set(demo.townships)
    assert len(planned) == 37
    assert len(own) == 36


def test_the_reserve_is_short_in_four_townships(demo: Recount) -> None:
    reserve = demo.by_township(lambda v: demo.activists[v])
    short = [township for township, planned in demo.planned(2026).items() if reserve[township] < 3 * planned]
    assert len(short) == 4


def test_nine_villages_have_no_activist_and_some_more_than_three(demo: Recount) -> None:
    assert len([v for v in demo.villages if demo.activists[v] == 0]) == 9
    assert len([v for v in demo.villages if demo.activists[v] > 3]) > 50


def test_sixty_villages_have_few_young_members(demo: Recount) -> None:
    standing: Counter[str | None] = Counter()
    young: Counter[str | None] = Counter()
    for row in demo.sheets["党员"]:
        village = demo.village_of[row["所在党支部代码"]]
        standing[village] += 1
        young[village] += age_on(row["出生日期"], DEMO_DAY) <= 35
    assert len([v for v in demo.villages if 10 * young[v] < standing[v]]) == 60


def test_identity_numbers_are_invented_and_valid(demo: Recount) -> None:
    for title in PEOPLE:
        for row in demo.sheets[title]:
            number = row["公民身份号码"]
            total = sum(int(digit) * weight for digit, weight in zip(number[:17], WEIGHTS, strict=True))
            assert number[17] == "10X98765432"[total % 11]
            assert number[:3] in {"998", "999"}
            assert row["性别"] == ("男" if int(number[16]) % 2 else "女")
            assert row["手机号码"] is None or (len(row["手机号码"]), row["手机号码"][:3]) == (11, "123")
            assert number_born_on(number) == row["出生日期"] or row["与证件不一致说明"]


def test_old_numbers_are_the_same_number_in_fifteen_digits(demo: Recount) -> None:
    rows = [row for row in demo.sheets["党员"] if row["原身份证号码"]]
    assert len(rows) > 50
    assert all(row["原身份证号码"] == row["公民身份号码"][:6] + row["公民身份号码"][8:17] for row in rows)


def test_nobody_is_in_two_rows(demo: Recount) -> None:
    numbers = Counter(row["公民身份号码"] for title in PEOPLE for row in demo.sheets[title])
    assert [number for number, count in numbers.items() if count > 1] == []


def test_names_are_of_many_kinds(demo: Recount) -> None:
    names = [row["姓名"] for title in PEOPLE for row in demo.sheets[title]]
    assert [name for name in names if not name.strip()] == []
    assert len([name for name in names if "·" in name]) > 100
    assert len([name for name in names if name.startswith("欧阳")]) > 5
    assert len([name for name in names if len(name) == 2]) > 500
    assert all(any(rare in name for name in names) for rare in "𠮷㛃")
    people = [row["民族"] for title in PEOPLE for row in demo.sheets[title]]
    assert set(people) == {"汉族", "瑶族", "彝族", "苗族", "壮族"}


def test_more_than_a_quarter_of_the_members_are_women(demo: Recount) -> None:
    women = sum(row["性别"] == "女" for row in demo.sheets["党员"])
    assert 26 <= 100 * women // len(demo.sheets["党员"]) <= 30


def test_members_are_admitted_at_eighteen_or_later_and_confirmed_after_a_year(demo: Recount) -> None:
    early: list[str] = []
    missing: list[str] = []
    for row in demo.sheets["党员"]:
        due_on = years_after(row["入党日期"], 1)
        assert row["入党日期"] <= DEMO_DAY
        assert age_on(row["出生日期"], row["入党日期"]) >= 18
        assert row["人员类别"] == ("预备党员" if due_on > DEMO_DAY else "正式党员")
        if row["人员类别"] == "预备党员":
            assert row["转正日期"] is None
        elif row["转正日期"] is None:
            missing.append(row["公民身份号码"])
        elif row["转正日期"] != due_on:
            assert row["转正日期"] == due_on - timedelta(days=1)
            early.append(row["公民身份号码"])
    assert (len(early), len(missing)) == (2, 2)


def test_two_members_were_born_otherwise_than_their_number_says(demo: Recount) -> None:
    stated = [row for row in demo.sheets["党员"] if row["与证件不一致说明"]]
    differing = [row for row in demo.sheets["党员"] if number_born_on(row["公民身份号码"]) != row["出生日期"]]
    assert len(stated) == 2
    assert stated == differing


def test_a_few_members_of_late_were_admitted_elsewhere(demo: Recount) -> None:
    late = [row for row in demo.sheets["党员"] if row["入党日期"].year >= 2024]
    moved = [row for row in demo.sheets["党员"] if row["入党时所在党支部代码"]]
    assert 1 <= 100 * len(moved) / len(late) <= 5
    assert all(row in late and row["入党时所在党支部代码"] != row["所在党支部代码"] for row in moved)
    assert all(row["入党时所在党支部代码"] in demo.units for row in moved)


def test_cultivation_dates_follow_each_other(demo: Recount) -> None:
    under_18: list[int] = []
    hasty: list[str] = []
    for row in demo.sheets["发展培养"]:
        applied_on, activist_on = row["递交入党申请书日期"], row["确定为入党积极分子日期"]
        target_on = row["确定为发展对象日期"]
        dates = [day for day in (applied_on, activist_on, target_on) if day]
        assert dates == sorted(dates)
        assert dates[-1] <= DEMO_DAY
        assert activist_on or not target_on
        if age_on(row["出生日期"], applied_on) < 18:
            under_18.append(age_on(row["出生日期"], applied_on))
        if target_on and target_on < years_after(activist_on, 1):
            hasty.append(row["公民身份号码"])
    assert under_18 == [17]
    assert len(hasty) == 1
    assert len([row for row in demo.sheets["发展培养"] if row["确定为发展对象日期"]]) > 100


def test_contacts_are_full_members_of_the_branch_but_for_one(demo: Recount) -> None:
    probationary = 0
    for row in demo.sheets["发展培养"]:
        contacts = [number for number in (row["培养联系人一"], row["培养联系人二"]) if number]
        assert len(set(contacts)) == len(contacts)
        assert bool(contacts) == bool(row["确定为入党积极分子日期"])
        for number in contacts:
            assert demo.members[number]["所在党支部代码"] == row["所在党支部代码"]
            probationary += demo.members[number]["人员类别"] == "预备党员"
    assert probationary == 1


def test_talents_have_a_veteran_and_another_member_as_mentor(demo: Recount) -> None:
    young_veterans, incomplete = 0, 0
    for row in demo.sheets["人才库"]:
        veteran, mentor = demo.members[row["联系老党员"]], demo.members.get(row["联村导师"])
        incomplete += mentor is None
        assert row["入库日期"] <= DEMO_DAY
        assert row["联系老党员"] != row["联村导师"]
        assert veteran["所在党支部代码"] == row["所在党支部代码"]
        young_veterans += years_after(veteran["转正日期"], 10) > row["入库日期"]
    assert young_veterans == 1
    assert 20 <= incomplete <= 80
    categories = {row["人才类别"] for row in demo.sheets["人才库"]}
    assert categories == {"优秀农民工", "致富能手", "退役军人", "返乡大学生", "其他"}


def test_plans_are_whole_numbers_once_a_year_and_unit(demo: Recount) -> None:
    keys = Counter((row["年度"], row["组织代码"]) for row in demo.sheets["发展计划"])
    assert set(keys.values()) == {1}
    for row in demo.sheets["发展计划"]:
        parts = [row["其中35岁以下"], row["女"], row["大专以上"]]
        assert row["组织代码"] in demo.units
        assert row["计划发展党员数"] >= 0
        assert all(part is None or 0 <= part <= row["计划发展党员数"] for part in parts)


def test_two_counties_in_one_have_twice_the_figures() -> None:
    double = Recount(scale=2)
    sizes = [len(double.townships), len(double.villages), len(double.sheets["党员"]), len(double.sheets["人才库"])]
    lines = [double.villages_without_admission(2025), double.villages_without_admission(2024, 2025)]
    numbers = {row["公民身份号码"] for title in PEOPLE for row in double.sheets[title]}
    assert sizes == [76, 638, 20_348, 1_468]
    assert [len(line) for line in lines] == [176, 34]
    assert sum(double.admitted[v, 2026] for v in double.villages) == 556
    assert sum(double.activists.values()) == 2_192
    assert len(numbers) == sum(len(double.sheets[title]) for title in PEOPLE)
    assert max(int(segment) for code in double.units for segment in code.split(".")) <= 999


@pytest.mark.parametrize("scale", [0, 27])
def test_a_scale_that_three_digits_a_level_cannot_hold_is_refused(scale: int) -> None:
    with pytest.raises(ValueError, match="1 to 26"):
        county(scale=scale)


def test_years_before_are_as_full_of_admissions_as_this_one(demo: Recount) -> None:
    by_year: Counter[int] = Counter()
    for (_, year), count in demo.admitted.items():
        by_year[year] += count
    assert 250 <= by_year[2025] <= 310
    assert 200 <= by_year[2024] <= 310
