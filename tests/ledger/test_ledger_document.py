"""What leaves as JSON, its order and its rounding, and how many queries a ledger takes."""

from __future__ import annotations

from datetime import date

import pytest

from tests.ledger.rows import write_member, write_units, writing
from tests.ledger.small_tree import LARGE, STREET, TOWNSHIP, VILLAGE, spots
from yumiao.ledger.queries import ledger
from yumiao.units.queries import tree

pytestmark = pytest.mark.db

TODAY = date(2026, 6, 30)


def test_the_document_has_the_keys_that_were_promised(units) -> None:
    found = ledger(TODAY).as_json()
    assert set(found) == {
        "as_of", "counts", "warning_line_listed", "warning_line_cleared", "bottom_line_breach", "bottom_line_at_risk",
        "low_young_share", "villages_without_activist", "townships", "township_details", "unit",
        "villages_without_members", "villages",
    }  # fmt: skip
    assert set(found["counts"]) == {
        "townships", "villages", "members", "probationary", "women", "applicants", "activists", "development_targets",
        "talents", "admitted_this_year",
    }  # fmt: skip
    assert set(found["townships"][TOWNSHIP]) == {
        "planned", "admitted", "admitted_young", "young_share", "below_guidance_line", "reserve", "reserve_required",
        "reserve_met",
    }  # fmt: skip
    assert set(found["township_details"][TOWNSHIP]) == {
        "name", "admitted_unknown_age", "pending", "reserve_gap", "reserve_ratio", "grade",
    }  # fmt: skip
    assert (found["as_of"], found["unit"]) == ("2026-06-30", "001")


def test_lists_are_sorted_by_code_whatever_the_order_of_writing() -> None:
    kinds = {"001": "县委", "001.002": "乡镇党委", "001.001": "乡镇党委"}
    villages = ["001.002.002", "001.001.010", "001.002.001", "001.001.002"]
    kinds |= dict.fromkeys(villages, "村党支部")
    with writing() as current:
        write_units(current, kinds, spots(kinds))
    found = ledger(TODAY).as_json()
    for name in ("warning_line_listed", "bottom_line_breach", "bottom_line_at_risk", "villages_without_activist"):
        assert found[name] == sorted(villages)
    assert found["villages_without_members"] == sorted(villages)
    assert (found["warning_line_cleared"], found["low_young_share"]) == ([], [])
    assert list(found["villages"]) == sorted(villages)
    assert list(found["townships"]) == ["001.001", "001.002"]


def test_a_township_without_villages_has_a_row(units) -> None:
    found = ledger(TODAY).as_json()
    assert list(found["townships"]) == [TOWNSHIP, STREET]
    street = found["townships"][STREET]
    assert (street["admitted"], street["young_share"], street["below_guidance_line"]) == (0, None, False)
    assert (street["planned"], street["reserve"]) == (None, 0)
    assert found["township_details"][STREET]["grade"] == "none"


def test_a_share_is_rounded_for_reading_and_judged_by_integers(units) -> None:
    with writing() as current:
        for young in (True, True, False):
            born_on = date(1995, 1, 1) if young else date(1970, 1, 1)
            write_member(current, units[VILLAGE], date(2026, 3, 1), born_on=born_on)
    found = ledger(TODAY).as_json()["townships"][TOWNSHIP]
    assert (found["admitted"], found["admitted_young"], found["young_share"]) == (3, 2, 0.6667)
    assert found["below_guidance_line"] is True


def test_the_ledger_of_a_village_has_no_township(units) -> None:
    branch = tree(TODAY).by_code[LARGE]
    found = ledger(TODAY, within=branch.subtree)
    assert (found.unit, found.townships, [one.unit.code for one in found.villages]) == (branch, (), [LARGE])


@pytest.mark.parametrize("villages", [1, 3])
def test_a_ledger_takes_seven_queries_however_many_villages_there_are(villages, django_assert_num_queries) -> None:
    kinds = {"001": "县委", "001.001": "乡镇党委", **{f"001.001.00{n}": "村党支部" for n in range(1, villages + 1)}}
    with writing() as current:
        units = write_units(current, kinds, spots(kinds))
        for code in list(kinds)[2:]:
            write_member(current, units[code], date(2026, 3, 1))
    with django_assert_num_queries(7):
        found = ledger(TODAY)
        found.as_json()
    assert len(found.villages) == villages
