"""The figures of the home pages against the ledger and against plain recounts, and what is to be done by them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from tests.ledger.explained_county import BRIDGE, DAY, FAR, FIRST_GROUP, SECOND_GROUP, TOWNSHIP, explained_county
from yumiao.bylaws.queries import settings_on
from yumiao.desk.home import drawings, figures
from yumiao.desk.home.duties import duties_of, probation_duties
from yumiao.desk.home.links import Links
from yumiao.journal.acts import Actor
from yumiao.kernel.duties import Duty
from yumiao.kernel.periods import FOREVER
from yumiao.kernel.scope import EVERYTHING
from yumiao.ledger.queries import ledger
from yumiao.units.queries import tree

pytestmark = pytest.mark.db

CLERK = Actor(uid=None, label="青岚县委组织部 韦小禾")
LINKS = Links("001", names_people=True, is_narrowed=False)


@pytest.fixture
def _county() -> None:
    explained_county().write(CLERK)


def titles(duties: list[Duty]) -> list[str]:
    return [duty.title for duty in duties]


@pytest.mark.usefixtures("_county")
def test_the_structure_counts_the_members_of_the_ledger() -> None:
    found = figures.structure(DAY, EVERYTHING, settings_on(DAY))
    total = ledger(DAY).total
    assert found.total == total.members
    assert found.of_unknown_age == total.unknown_births == 1
    assert found.of("m", None, 35) == total.young
    assert found.of("f", None, None) == total.women == 0
    assert sum(found.by_schooling.values()) == total.members


@pytest.mark.usefixtures("_county")
def test_bands_of_ages_and_those_of_unknown_age_add_up_to_everybody() -> None:
    found = figures.structure(DAY, EVERYTHING, settings_on(DAY))
    bands = drawings.age_bands(found, LINKS)
    assert sum(band.men + band.women for band in bands) + found.of_unknown_age == found.total


def test_somebody_changes_bands_on_the_birthday_itself() -> None:
    county = explained_county()
    county.member("今日廿六", date(2020, 7, 1), stands=BRIDGE, born_on=date(DAY.year - 26, DAY.month, DAY.day))
    county.member("明日廿六", date(2020, 7, 1), stands=BRIDGE, born_on=date(DAY.year - 26, 11, 1))
    county.write(CLERK)
    found = figures.structure(DAY, tree(DAY).by_id[BRIDGE].subtree, settings_on(DAY))
    assert (found.of("m", None, 25), found.of("m", 26, 35)) == (1, 1)


def test_schoolings_in_no_list_and_unsaid_ones_stand_apart() -> None:
    found = figures.Structure({("m", 40, "初中"): 2, ("f", 40, "私塾"): 1, ("m", None, ""): 3, ("m", 20, "研究生"): 1})
    parts = drawings.schoolings(found, LINKS)
    assert [(part.label, part.value) for part in parts] == [
        ("初中及以下", 2),
        ("高中", 0),
        ("中专", 0),
        ("大专", 0),
        ("本科", 0),
        ("研究生", 1),
        ("其他", 1),
        ("未填", 3),
    ]


@pytest.mark.usefixtures("_county")
def test_the_five_years_end_with_the_ledgers_three() -> None:
    years = figures.trend(DAY, EVERYTHING, settings_on(DAY))
    found = ledger(DAY)
    counts = [village.counts for village in found.villages]
    assert [one.year for one in years] == [2022, 2023, 2024, 2025, 2026]
    assert [one.admitted for one in years[2:]] == [
        sum(one.year_before for one in counts),
        sum(one.last_year for one in counts),
        sum(one.this_year for one in counts),
    ]
    assert years[-1].young == sum(one.young_this_year for one in counts)
    assert [(one.admitted, one.young) for one in years] == [(0, 0), (1, 0), (1, 0), (2, 1), (4, 1)]


@pytest.mark.usefixtures("_county")
def test_the_running_year_counts_until_the_day_and_not_a_day_further() -> None:
    settings, first = settings_on(DAY), date(2026, 3, 1)
    assert figures.trend(first.replace(day=1), EVERYTHING, settings)[-1].admitted == 2
    assert figures.trend(date(2026, 2, 28), EVERYTHING, settings)[-1].admitted == 1


def test_an_admission_that_counts_for_an_office_is_in_no_year() -> None:
    county = explained_county()
    county.member("机关新", date(2026, 5, 1), stands=8)
    county.write(CLERK)
    this_year = figures.trend(DAY, EVERYTHING, settings_on(DAY))[-1]
    assert this_year.admitted == 4


@pytest.mark.usefixtures("_county")
def test_people_in_cultivation_are_those_of_the_ledger_targets_first() -> None:
    found = figures.cultivated(DAY, EVERYTHING)
    total = ledger(DAY).total
    assert len(found) == total.applicants
    assert sum(one.target_on is not None for one in found) == total.targets
    assert [one.name for one in found] == ["巳对象", "辰积极", "卯申请", "申明日"]
    assert [one.full_year_on for one in found] == [date(2025, 8, 5), date(2025, 8, 5), None, None]


@pytest.mark.usefixtures("_county")
def test_only_the_subtree_is_looked_at() -> None:
    within = tree(DAY).by_id[SECOND_GROUP].subtree
    assert [one.name for one in figures.cultivated(DAY, within)] == ["辰积极"]
    assert figures.structure(DAY, within, settings_on(DAY)).total == 1


def test_a_probation_is_told_from_a_month_before_its_end_until_the_confirmation() -> None:
    county = explained_county()
    begun = {"满三十一": date(2025, 12, 1), "满三十二": date(2025, 12, 2), "已满": date(2025, 10, 30)}
    for name, joined in begun.items():
        county.member(name, joined, stands=BRIDGE)
    county.member("已除名", date(2025, 11, 5), stands=BRIDGE, ended_on=date(2026, 9, 1))
    _unconfirmed(county, {*begun, "已除名"})
    county.write(CLERK)
    found = figures.probations_ending(DAY, EVERYTHING)
    assert [(one.name, one.ends_on) for one in found] == [
        ("已满", date(2026, 10, 30)),
        ("满三十一", date(2026, 12, 1)),
    ]
    duties = probation_duties(found, tree(DAY), LINKS)
    assert [(duty.title, duty.unit_label, duty.due_on, duty.rule) for duty in duties] == [
        ("已满 预备期10月30日满", "石桥村党支部", date(2026, 10, 30), "DEV-18"),
        ("满三十一 预备期12月1日满", "石桥村党支部", date(2026, 12, 1), "DEV-18"),
    ]


def test_an_extended_probation_is_not_told() -> None:
    from yumiao.people.models import MembershipState

    county = explained_county()
    county.member("延长", date(2025, 10, 30), stands=BRIDGE)
    _unconfirmed(county, {"延长"})
    county.rows[MembershipState].append((DAY, FOREVER, county.people["延长"], 1, "probation_extended"))
    county.write(CLERK)
    assert figures.probations_ending(DAY, EVERYTHING) == ()
    assert [one.name for one in figures.probations_ending(date(2026, 10, 30), EVERYTHING)] == ["延长"]


def _unconfirmed(county: object, names: set[str]) -> None:
    """Make these members of `explained_county` probationers still."""
    from yumiao.people.models import Membership

    ids = {county.people[name] for name in names}  # type: ignore[attr-defined]
    rows = county.rows[Membership]  # type: ignore[attr-defined]
    rows[:] = [(*row[:7], FOREVER, None, *row[9:]) if row[0] in ids else row for row in rows]


@pytest.mark.usefixtures("_county")
def test_what_is_to_be_done_follows_from_the_ledger() -> None:
    duties = duties_of(ledger(DAY), LINKS)
    assert sorted((duty.rule, duty.title) for duty in duties) == [
        ("RES-01", "白水镇党委 本年度计划未下达"),
        ("RES-01", "青石镇党委 积极分子储备不足"),
        ("RES-03", "松坪社区党支部 没有入党积极分子"),
        ("RES-03", "柳湾村党支部 没有入党积极分子"),
        ("RES-03", "石桥村党支部 没有入党积极分子"),
        ("WRN-01", "松坪社区党支部 须在年内至少发展 1 名"),
        ("WRN-01", "石桥村党支部 须在年内至少发展 1 名"),
        ("WRN-03", "白水镇党委 指导线未达"),
        ("WRN-03", "青石镇党委 指导线未达"),
        ("WRN-04b", "1 名党员出生日期不详"),
    ]
    assert {duty.due_on for duty in duties} == {date(2026, 12, 31)}


@pytest.mark.usefixtures("_county")
def test_more_units_than_a_few_become_one_line_that_opens_their_list() -> None:
    found = ledger(DAY)
    village = next(one for one in found.villages if one.is_at_risk)
    four = replace(found, villages=(village,) * 4)
    (duty,) = [duty for duty in duties_of(four, LINKS) if duty.rule == "WRN-01"]
    assert duty.title == "4 个村须在年内至少发展 1 名"
    assert duty.link == "/ledger/lists/at-risk/"
    three = replace(found, villages=(village,) * 3)
    assert len([duty for duty in duties_of(three, LINKS) if duty.rule == "WRN-01"]) == 3


@pytest.mark.usefixtures("_county")
def test_who_may_not_see_people_is_not_told_of_birth_dates() -> None:
    blind = replace(LINKS, names_people=False)
    assert "1 名党员出生日期不详" not in titles(duties_of(ledger(DAY), blind))
    assert blind.people(kind="member") == ""


@pytest.mark.usefixtures("_county")
def test_a_village_is_drawn_by_the_gravest_thing_not_yet_mended() -> None:
    tones = {village.unit.id: drawings.tone_of(village) for village in ledger(DAY).villages}
    assert tones == {3: "ok", BRIDGE: "floor", 7: "floor", FAR: "ok"}
    earlier = {village.unit.id: drawings.tone_of(village) for village in ledger(date(2024, 6, 30)).villages}
    assert earlier[3] == "ok"


@pytest.mark.parametrize(
    ("name", "place"),
    [
        ("青石镇党委", "青石镇"),
        ("城关街道党工委", "城关街道"),
        ("石桥村第一党支部", "石桥村第一"),
        ("云岭村联合党支部", "云岭村"),
        ("党委", "党委"),
        ("云岭村", "云岭村"),
    ],
)
def test_a_chart_names_the_place_without_the_form(name: str, place: str) -> None:
    assert drawings.short_name(name) == place


def test_lists_of_units_keep_to_the_home_where_the_reader_sees_more() -> None:
    narrowed = Links("001.002", names_people=True, is_narrowed=True)
    assert narrowed.listed("at-risk", grade="severe") == "/ledger/lists/at-risk/?unit=001.002&grade=severe"
    assert narrowed.ledger("001.002") == "/ledger/?unit=001.002&open=001.002"
    assert LINKS.listed("at-risk") == "/ledger/lists/at-risk/"
    assert LINKS.ledger() == "/ledger/"


def test_a_year_leads_to_the_people_admitted_for_the_villages() -> None:
    assert LINKS.admitted(2026, DAY, young=True) == "/people/?unit=001&admitted=2026&young=1&rural=1"
    unseen = replace(LINKS, names_people=False)
    assert (unseen.admitted(2026, DAY), unseen.admitted(2025, DAY)) == ("/ledger/", "/ledger/?on=2025-12-31")
    township = Links("001.001", names_people=False, is_narrowed=False, is_township=True)
    assert (township.admitted(2026, DAY), township.admitted(2025, DAY)) == (
        "/ledger/explanation/001.001/#WRN-03",
        "/ledger/explanation/001.001/?on=2025-12-31#WRN-03",
    )


@pytest.mark.usefixtures("_county")
def test_parts_of_a_subtree_add_up_to_the_whole() -> None:
    settings, units = settings_on(DAY), tree(DAY)
    parts = [figures.structure(DAY, units.by_id[unit].subtree, settings).total for unit in (TOWNSHIP, 9)]
    assert sum(parts) == figures.structure(DAY, EVERYTHING, settings).total
    assert figures.structure(DAY, units.by_id[FIRST_GROUP].subtree, settings).total == 7
