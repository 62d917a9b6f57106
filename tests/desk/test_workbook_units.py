"""组织: parents in any row, circles, a second root, corrections of what is known, and which village a unit belongs to."""

from __future__ import annotations

import pytest

from tests.desk.county_cells import (
    COMMUNITY,
    COUNTY,
    FAR_VILLAGE,
    FIRST_BRANCH,
    GENERAL,
    OFFICE,
    OTHER_TOWN,
    SECOND_BRANCH,
    TOWN,
    VILLAGE,
    County,
)  # fmt: skip
from tests.desk.county_facts import counts, look, refused, row_counts, struck, take, taken, unit_facts, warned
from yumiao.journal.facts import ALIVE
from yumiao.kernel.periods import BEGIN, FOREVER
from yumiao.units.models import Placement, Unit, UnitRecord, ZonePlace

pytestmark = pytest.mark.db


def units() -> County:
    return County().only("组织")


def row(county: County, code: str) -> dict:
    return next(row for row in county["组织"] if row["组织代码"] == code)


def unit(code: str, parent: str | None, kind: str = "村党支部") -> dict:
    return {"组织代码": code, "组织名称": f"新设{code}", "组织类别": kind, "上级组织代码": parent}


def test_figures_of_a_branch_belong_to_the_first_village_or_community_below_a_township():
    taken(units())
    found = {code: (parent, village, township) for code, (_, _, parent, village, township, _) in unit_facts().items()}
    assert found == {
        COUNTY: (None, None, None),
        TOWN: (COUNTY, None, TOWN),
        OTHER_TOWN: (COUNTY, None, OTHER_TOWN),
        VILLAGE: (TOWN, VILLAGE, TOWN),
        GENERAL: (TOWN, GENERAL, TOWN),
        FIRST_BRANCH: (GENERAL, GENERAL, TOWN),
        SECOND_BRANCH: (GENERAL, GENERAL, TOWN),
        COMMUNITY: (TOWN, COMMUNITY, TOWN),
        FAR_VILLAGE: (OTHER_TOWN, FAR_VILLAGE, OTHER_TOWN),
        OFFICE: (TOWN, None, TOWN),
    }


def test_an_imported_unit_has_existed_always():
    taken(units())
    assert {unit.record_since for unit in Unit.objects.all()} == {BEGIN}
    assert set(Placement.objects.values_list("since", "until", "since_known")) == {(BEGIN, FOREVER, False)}
    assert set(UnitRecord.objects.values_list("since", "until", "struck")) == {(BEGIN, FOREVER, ALIVE)}


def test_a_parent_may_stand_later_in_the_sheet():
    county = units()
    county.sheets["组织"].reverse()
    taken(county)
    reversed_facts = unit_facts()
    assert reversed_facts[FIRST_BRANCH][2:5] == (GENERAL, GENERAL, TOWN)


def test_villages_stand_in_the_zone_of_their_township():
    taken(units())
    assert {code: facts[5] for code, facts in unit_facts().items() if facts[5]} == {
        TOWN: "第1片区",
        OTHER_TOWN: "第2片区",
    }


def test_units_in_a_circle_are_refused_with_what_hangs_below_them():
    county = units()
    county.add("组织", unit("001.003", "001.004"), unit("001.004", "001.003"), unit("001.005", "001.004"))
    assert refused(county) == [("组织", row, "上级组织代码", "WBK-15") for row in (12, 13, 14)]


def test_a_unit_above_itself_is_refused():
    county = units()
    county.add("组织", unit("001.003", "001.003"))
    assert refused(county) == [("组织", 12, "上级组织代码", "WBK-15")]


def test_children_of_a_refused_unit_are_refused():
    county = units()
    row(county, GENERAL)["组织类别"] = "村委会"
    assert refused(county) == [
        ("组织", 6, "组织类别", "WBK-05"),
        ("组织", 7, "上级组织代码", "WBK-15"),
        ("组织", 8, "上级组织代码", "WBK-15"),
    ]


def test_a_code_used_twice_is_refused_at_each_later_row():
    county = units()
    county.add("组织", unit(VILLAGE, TOWN), unit(VILLAGE, OTHER_TOWN))
    checked = look(county)
    assert [(note.row, note.column, note.rule) for note in checked.faults] == [
        (12, "组织代码", "WBK-08"),
        (13, "组织代码", "WBK-08"),
    ]
    assert [draft.name for draft, _ in checked.proposal.units if draft.code == VILLAGE] == ["云岭村党支部"]


def test_the_first_row_without_parent_is_the_root_where_no_county_committee_is_named():
    county = units()
    county.sheets["组织"] = [unit("1", None, "乡镇党委"), unit("2", None, "乡镇党委"), unit("1.1", "1")]
    assert refused(county) == [("组织", 3, "上级组织代码", "WBK-15")]


def test_a_known_root_stays_the_only_one():
    taken(units())
    county = units()
    county.add("组织", unit("002", None, "县委"))
    row(county, COUNTY)["上级组织代码"] = TOWN
    assert refused(county) == [("组织", 2, "上级组织代码", "WBK-15"), ("组织", 12, "上级组织代码", "WBK-15")]


def test_an_unusual_place_in_the_tree_is_taken_with_a_warning():
    county = units()
    county.add("组织", unit("001.001.001.001", VILLAGE, "村党总支"))
    assert warned(county) == [("组织", 12, "组织类别", "ORG-08")]


def test_a_changed_name_kind_and_zone_are_corrections_with_the_same_valid_time():
    taken(units())
    before = row_counts()
    county = units()
    row(county, VILLAGE).update({"组织名称": "云岭村党委", "组织类别": "村党委"})
    row(county, TOWN)["所属片区"] = "第3片区"
    result = taken(county)
    assert counts(result.checked, "组织") == (0, 2, 8, 0)
    facts = unit_facts()
    assert (facts[VILLAGE][:2], facts[TOWN][5]) == (("云岭村党委", "村党委"), "第3片区")
    assert (struck(UnitRecord), struck(ZonePlace), struck(Placement)) == (1, 1, 0)
    changed = {name for name, count in row_counts().items() if count != before[name]}
    assert changed == {"UnitRecord", "ZonePlace", "Entry", "ImportedRow"}
    assert set(UnitRecord.objects.alive().values_list("since", "until")) == {(BEGIN, FOREVER)}


def test_an_empty_zone_does_not_erase_the_known_one():
    taken(units())
    county = units()
    row(county, TOWN)["所属片区"] = None
    assert counts(look(county), "组织") == (0, 0, 10, 0)


def test_a_changed_parent_moves_all_that_stands_below():
    taken(units())
    county = units()
    row(county, GENERAL)["上级组织代码"] = OTHER_TOWN
    result = taken(county)
    assert counts(result.checked, "组织") == (0, 1, 9, 0)
    facts = unit_facts()
    assert {code: facts[code][2:5] for code in (GENERAL, FIRST_BRANCH, SECOND_BRANCH)} == {
        GENERAL: (OTHER_TOWN, GENERAL, OTHER_TOWN),
        FIRST_BRANCH: (GENERAL, GENERAL, OTHER_TOWN),
        SECOND_BRANCH: (GENERAL, GENERAL, OTHER_TOWN),
    }
    assert struck(Placement) == 3


def test_a_changed_kind_changes_which_village_is_counted():
    taken(units())
    county = units()
    row(county, GENERAL)["组织类别"] = "机关党总支"
    taken(county)
    facts = unit_facts()
    assert {code: facts[code][3] for code in (GENERAL, FIRST_BRANCH, SECOND_BRANCH)} == {
        GENERAL: None,
        FIRST_BRANCH: FIRST_BRANCH,
        SECOND_BRANCH: SECOND_BRANCH,
    }


def test_a_known_unit_moved_below_its_own_branch_is_refused_and_stays():
    taken(units())
    before = unit_facts()
    county = units()
    row(county, GENERAL)["上级组织代码"] = FIRST_BRANCH
    assert refused(county) == [("组织", 6, "上级组织代码", "WBK-15")]
    county.add("组织", unit("001.001.002.003", GENERAL))
    result = take(county, accept=True)
    assert counts(result.checked, "组织") == (1, 0, 9, 1)
    after = unit_facts()
    assert {code: after[code] for code in before} == before
    assert after["001.001.002.003"][2:5] == (GENERAL, GENERAL, TOWN)


def test_below_a_known_unit_whose_own_row_is_refused_new_units_are_taken():
    taken(units())
    county = units()
    row(county, GENERAL)["上级组织代码"] = "001.009"
    county.add("组织", unit("001.001.002.003", GENERAL))
    assert refused(county) == [("组织", 6, "上级组织代码", "WBK-15")]


def test_two_known_units_may_change_places():
    taken(units())
    county = units()
    row(county, FIRST_BRANCH)["上级组织代码"] = TOWN
    row(county, GENERAL)["上级组织代码"] = FIRST_BRANCH
    taken(county)
    facts = unit_facts()
    assert (facts[FIRST_BRANCH][2:4], facts[GENERAL][2:4]) == ((TOWN, FIRST_BRANCH), (FIRST_BRANCH, FIRST_BRANCH))


def test_members_may_stand_in_a_known_unit_whose_row_is_refused_this_time():
    taken(units())
    county = County()
    row(county, VILLAGE)["组织名称"] = None
    assert refused(county) == [("组织", 5, "组织名称", "WBK-02")]


def test_a_member_above_the_branches_is_taken_with_a_warning():
    county = County()
    county["党员"][1]["所在党支部代码"] = GENERAL
    assert warned(county) == [("党员", 3, "所在党支部代码", "ORG-12")]
