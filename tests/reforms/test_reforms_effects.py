"""What the page of a preview shows: the guidance line of the county and of each township, before and after."""

from __future__ import annotations

import pytest

from tests.cast import FAR_VILLAGE, OTHER_FAR_VILLAGE, OTHER_TOWN, Cast, cast
from tests.reforms.reforming import DAY, TODAY, county, head, plan
from yumiao.desk.reforms.effects import effects_of
from yumiao.desk.reforms.preview import preview
from yumiao.kernel.shares import Share
from yumiao.ledger.figures import Ledger
from yumiao.ledger.memory import ledger_of
from yumiao.ui.spelling import share
from yumiao.units.changes import Merge

pytestmark = pytest.mark.db
__all__ = ["cast"]


def guidance(ledger: Ledger) -> dict[str, str]:
    words = {None: "不评", True: "达到", False: "未达到"}
    return {
        one.unit.code: words[one.guidance_met] + ("" if one.guidance_met is None else f"（{share(one.young_share)}）")
        for one in ledger.townships
    }


@pytest.mark.parametrize("seed", range(3))
def test_the_share_of_young_admissions_stands_beside_the_verdict_before_and_after(seed: int) -> None:
    county(seed, people=60)
    seen = preview(plan(Merge(("0.1", "0.2"), "0.1")), today=TODAY, head=head(), effective_on=DAY)
    assert seen.tree.root
    shown = effects_of(seen, seen.tree.root)
    before, after = guidance(seen.before), guidance(seen.after)
    said = {code: line for code, _name, _villages, line in shown.townships}
    arrow = before["0.1"] if before["0.1"] == after["0.1"] else f"{before['0.1']} → {after['0.1']}"
    assert said == {"0.1": arrow, "0.2": f"{before['0.2']} → —"}
    young, admitted = seen.before.total.young_this_year, seen.before.total.this_year
    whole = f"{young}/{admitted}（{share(Share(young, admitted))}）"
    totals = {str(one.label): (one.before, one.after) for one in (*shown.totals, *shown.lists)}
    assert totals["村（社区）发展中年轻的"] == (whole, whole)
    below = [sum(line.startswith("未达到") for line in side.values()) for side in (before, after)]
    assert totals["未达到指导线的乡镇"] == tuple(below)


def test_a_township_sees_the_totals_of_its_own_villages(cast: Cast) -> None:
    """A plan of one township is counted within it, before and after."""
    reform = plan(Merge((FAR_VILLAGE, OTHER_FAR_VILLAGE), FAR_VILLAGE))
    seen = preview(reform, today=cast.today, head=head())
    town = cast.unit(OTHER_TOWN)
    totals = {str(one.label): (one.before, one.after) for one in effects_of(seen, town).totals}
    own = ledger_of(cast.today, head(), town.subtree)
    assert totals["乡镇"] == (1, 1)
    assert totals["村（社区）"] == (len(own.villages), len(own.villages) - 1)
    assert totals["党员"] == (own.total.members, own.total.members)
    assert own.total.members < seen.before.total.members
