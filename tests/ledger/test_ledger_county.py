"""The ledger of small counties with known answers: mergers, settings, plans, branches, offices."""

from __future__ import annotations

from datetime import date

import pytest

from tests.ledger.rows import (
    CLERK,
    Spot,
    membership,
    put,
    write_case,
    write_member,
    write_person,
    write_tree,
    write_units,
    writing,
)
from tests.ledger.small_tree import FIRST_BRANCH, LARGE, OFFICE, SCHOOL, SECOND_BRANCH, TOWNSHIP, VILLAGE, spots
from yumiao.bylaws.services import change_setting, record_paper
from yumiao.journal.acts import last
from yumiao.ledger.figures import Plan, Township
from yumiao.ledger.lines import Counts
from yumiao.ledger.models import Quota
from yumiao.ledger.queries import ledger
from yumiao.ledger.rules import Band, Bottom, Warned
from yumiao.ledger.services import QuotaDraft, record_quotas
from yumiao.people.models import Attribution, Belonging, Membership, MembershipState
from yumiao.units.models import Placement, UnitRecord

pytestmark = pytest.mark.db

TODAY, YESTERDAY, LAST_YEAR = date(2026, 6, 30), date(2026, 6, 29), date(2025, 12, 31)
NUMBER = "青组发〔2026〕1号"


def set_from(since: date, key: str, value: str) -> None:
    record_paper(
        number=NUMBER,
        issuing_body="县委组织部",
        title="关于明确标准的通知",
        in_force_from=date(2024, 1, 1),
        actor=CLERK,
    )
    change_setting(key=key, value=value, since=since, paper_number=NUMBER, reason="县委研究", actor=CLERK, today=TODAY)


def village(day: date, code: str = VILLAGE):
    return next(one for one in ledger(day).villages if one.unit.code == code)


def township(day: date, code: str = TOWNSHIP) -> Township:
    return next(one for one in ledger(day).townships if one.unit.code == code)


# The merged village of the handbook: V5 from P (2024: 0, 2025: 0) and Q (2024: 1, 2025: 0) in May 2025.

MERGED_ON = date(2025, 5, 1)
BEFORE = {"001": "县委", "001.001": "乡镇党委", "001.001.001": "村党支部", "001.001.002": "村党支部"}
MERGED = "001.001.003"


def write_merger(before: dict[str, int], people: list[int]) -> None:
    """P and Q end, the merged village begins, and everybody stands and counts there from that day on."""
    ended = [
        spot if spot.code.count(".") < 2 else Spot(spot.code, spot.parent, until=MERGED_ON) for spot in spots(BEFORE)
    ]
    with writing() as current:
        new = write_units(current, {MERGED: "村党支部"}, ())
        for model in (Placement, UnitRecord):
            current.strike(model, model.objects.alive().values_list("pk", flat=True))
        kinds = {**BEFORE, MERGED: "村党支部"}
        write_tree(current, {**before, **new}, kinds, [*ended, Spot(MERGED, "001.001", since=MERGED_ON)])
        for model in (Belonging, Attribution):
            for row in model.objects.open().filter(person__in=people):
                current.strike(model, [row.pk])
                old = {"person_id": row.person_id, "reason": Attribution.Reason.ADMITTED}
                put(
                    current,
                    model,
                    {**old, "unit_id": row.unit_id, "until": MERGED_ON},
                    {**old, "unit_id": new[MERGED], "since": MERGED_ON, "reason": Attribution.Reason.MERGED},
                )


def test_a_merged_village_carries_the_record_of_both_and_last_years_ledger_stays() -> None:
    with writing() as current:
        before = write_units(current, BEFORE, spots(BEFORE))
        people = [
            write_member(current, before["001.001.001"], date(2021, 6, 1)),
            write_member(current, before["001.001.002"], date(2024, 6, 1)),
        ]
    days = (date(2024, 12, 31), date(2025, 4, 30))
    as_it_was = [ledger(day).as_json() for day in days]
    write_merger(before, people)
    assert [ledger(day).as_json() for day in days] == as_it_was
    assert [one.unit.code for one in ledger(date(2025, 4, 30)).villages] == ["001.001.001", "001.001.002"]
    found = ledger(TODAY)
    assert [one.unit.code for one in found.villages] == [MERGED]
    merged = found.villages[0]
    assert (merged.counts.year_before, merged.counts.last_year, merged.counts.this_year) == (1, 0, 0)
    assert (merged.bottom, merged.is_at_risk, merged.warned) == (Bottom.AT_RISK, True, Warned.WARNED)
    assert merged.counts.members == 2


def test_before_the_merger_was_known_the_two_villages_stood() -> None:
    with writing() as current:
        before = write_units(current, BEFORE, spots(BEFORE))
        people = [write_member(current, before["001.001.002"], date(2024, 6, 1))]
    known = last().seq
    as_it_was = ledger(TODAY).as_json()
    write_merger(before, people)
    assert ledger(TODAY, known=known).as_json() == as_it_was
    assert ledger(TODAY).as_json() != as_it_was


def test_a_village_founded_this_year_is_not_assessed() -> None:
    founded = date(2026, 3, 1)
    kinds = {"001": "县委", "001.001": "乡镇党委", "001.001.001": "村党支部"}
    with writing() as current:
        places = [*spots(kinds)[:2], Spot("001.001.001", "001.001", since=founded)]
        write_units(current, kinds, places, founded={"001.001.001": founded})
    found = village(TODAY)
    assert (found.bottom, found.is_at_risk, found.warned) == (Bottom.NOT_ASSESSED, False, Warned.NOT_ASSESSED)
    assert (village(date(2027, 1, 1)).bottom, village(date(2027, 1, 1)).warned) == (Bottom.NOT_ASSESSED, Warned.WARNED)
    assert village(date(2029, 1, 1)).bottom is Bottom.BREACH
    assert ledger(date(2026, 2, 28)).villages == ()


# Settings of the day.


def test_a_setting_changed_yesterday_leaves_last_years_ledger_alone(units) -> None:
    with writing() as current:
        write_member(current, units[VILLAGE], date(2020, 6, 1), born_on=date(1995, 1, 1))
        write_member(current, units[VILLAGE], date(2020, 6, 1))
    before = {day: ledger(day).as_json() for day in (LAST_YEAR, date(2026, 6, 28), TODAY)}
    assert before[TODAY]["low_young_share"] == []
    set_from(YESTERDAY, "village.young_stock_min", "2/3")
    assert ledger(LAST_YEAR).as_json() == before[LAST_YEAR]
    assert ledger(date(2026, 6, 28)).as_json() == before[date(2026, 6, 28)]
    assert ledger(YESTERDAY).as_json()["low_young_share"] == [VILLAGE]
    assert ledger(TODAY).as_json()["low_young_share"] == [VILLAGE]


def test_whether_targets_count_serves_the_reserve_and_the_band_alike(units) -> None:
    steps = {1: date(2024, 1, 5), 3: date(2024, 8, 1), 8: date(2025, 9, 1)}
    with writing() as current:
        write_case(current, write_person(current, units[VILLAGE]), steps)
        write_case(current, write_person(current, units[FIRST_BRANCH]), {1: date(2024, 1, 5), 3: date(2024, 8, 1)})
    assert (township(TODAY).reserve, village(TODAY).reserve, village(TODAY).band) == (2, 1, Band.WITHIN)
    assert ledger(TODAY).as_json()["villages_without_activist"] == []
    set_from(YESTERDAY, "reserve.count_targets", "false")
    assert (township(TODAY).reserve, village(TODAY).reserve, village(TODAY).band) == (1, 0, Band.NONE)
    assert ledger(TODAY).as_json()["villages_without_activist"] == [VILLAGE]
    assert ledger(TODAY).as_json()["counts"]["activists"] == 2


def test_the_rolling_window_takes_the_corresponding_day_and_not_the_day_before(units) -> None:
    with writing() as current:
        write_member(current, units[VILLAGE], date(2024, 6, 30))
        write_member(current, units[FIRST_BRANCH], date(2024, 6, 29))
    assert ledger(TODAY).as_json()["bottom_line_breach"] == []
    assert ledger(TODAY).as_json()["bottom_line_at_risk"] == [VILLAGE, LARGE]
    set_from(YESTERDAY, "bottom.window", "rolling_24_months")
    assert ledger(TODAY).as_json()["bottom_line_breach"] == [LARGE]
    assert ledger(TODAY).as_json()["bottom_line_at_risk"] == []
    assert ledger(YESTERDAY).as_json()["bottom_line_breach"] == []


def test_the_age_limit_is_that_of_the_day(units) -> None:
    with writing() as current:
        write_member(current, units[VILLAGE], date(2026, 3, 1), born_on=date(1990, 1, 1))
    assert (township(TODAY).counts.young_this_year, village(TODAY).counts.young) == (0, 0)
    set_from(YESTERDAY, "young.max_age", "36")
    assert (township(TODAY).counts.young_this_year, village(TODAY).counts.young) == (1, 1)


# Plans.


def test_a_township_without_any_plan_has_none_and_not_zero(units) -> None:
    found = township(TODAY)
    assert (found.planned, found.reserve_required, found.reserve_met, found.reserve_gap) == (None, None, None, None)
    assert (found.as_json()["planned"], found.details()["reserve_ratio"]) == (None, None)


def test_the_plans_of_the_villages_are_summed_where_the_township_has_none(units) -> None:
    with writing() as current:
        drafts = [QuotaDraft(units[VILLAGE], 2026, 2, young=1), QuotaDraft(units[LARGE], 2026, 3, young=2, women=1)]
        record_quotas(current, new=drafts, corrected=[])
    assert township(TODAY).plan == Plan(5, young=3, women=1, college=None)
    assert township(LAST_YEAR).plan is None


def test_the_townships_own_plan_goes_before_those_of_its_villages(units) -> None:
    with writing() as current:
        drafts = [QuotaDraft(units[VILLAGE], 2026, 2), QuotaDraft(units[TOWNSHIP], 2026, 0)]
        record_quotas(current, new=drafts, corrected=[])
    found = township(TODAY)
    assert (found.planned, found.reserve_required, found.reserve_met, found.reserve_ratio) == (0, 0, True, "")


def test_a_corrected_plan_is_known_from_its_entry_on(units) -> None:
    with writing() as current:
        record_quotas(current, new=[QuotaDraft(units[TOWNSHIP], 2026, 8)], corrected=[])
    known = last().seq
    with writing() as current:
        row = Quota.objects.alive().get().pk
        record_quotas(current, new=[], corrected=[(row, QuotaDraft(units[TOWNSHIP], 2026, 6))])
    assert township(TODAY).planned == 6
    assert [one.planned for one in ledger(TODAY, known=known).townships] == [8, None]


@pytest.mark.parametrize(
    ("planned", "activists", "required", "met", "gap", "ratio"),
    [
        (5, 12, 15, False, 3, "1:2.40"),
        (5, 15, 15, True, 0, "1:3.00"),
        (278, 1096, 834, True, 0, "1:3.94"),
        (0, 4, 0, True, 0, ""),
        (8, 0, 24, False, 24, "1:0.00"),
        (200, 1, 600, False, 599, "1:0.01"),
    ],
)
def test_the_reserve_of_a_township_is_read_as_a_ratio(units, planned, activists, required, met, gap, ratio) -> None:
    with writing() as current:
        record_quotas(current, new=[QuotaDraft(units[TOWNSHIP], 2026, planned)], corrected=[])
    one = village(TODAY)
    counted = type(one).assessed(one.unit, Counts(activists=activists), None, TODAY, one.settings)
    found = Township(township(TODAY).unit, (counted,), Plan(planned), one.settings)
    assert (found.reserve_required, found.reserve_met, found.reserve_gap, found.reserve_ratio) == (
        required,
        met,
        gap,
        ratio,
    )
    assert township(TODAY).planned == planned


# Where somebody counts.


def test_members_of_offices_and_schools_count_in_the_county_and_in_no_village(units) -> None:
    with writing() as current:
        for code in (OFFICE, SCHOOL, VILLAGE):
            write_member(current, units[code], date(2026, 3, 1))
    found = ledger(TODAY)
    assert found.as_json()["counts"]["members"] == 3
    assert found.as_json()["counts"]["admitted_this_year"] == 1
    assert (found.total.this_year, sum(one.counts.members for one in found.villages)) == (3, 1)
    assert township(TODAY).counts.this_year == 1


def test_a_village_of_several_branches_is_one_village(units) -> None:
    with writing() as current:
        for code, on in (
            (LARGE, date(2020, 6, 1)),
            (FIRST_BRANCH, date(2025, 3, 1)),
            (SECOND_BRANCH, date(2026, 3, 1)),
        ):
            write_member(current, units[code], on)
    assert [one.unit.code for one in ledger(TODAY).villages] == [VILLAGE, LARGE]
    counts = village(TODAY, LARGE).counts
    assert (counts.members, counts.last_year, counts.this_year) == (3, 1, 1)


def test_who_moves_away_still_counts_where_he_was_admitted(units) -> None:
    with writing() as current:
        person = write_person(current, units[OFFICE])
        put(current, Membership, membership(person, date(2026, 3, 1), None))
        put(current, Attribution, {"person_id": person, "unit_id": units[VILLAGE], "reason": Attribution.Reason.STATED})
    assert (village(TODAY).counts.this_year, village(TODAY).counts.members) == (1, 0)
    assert village(TODAY).warned is Warned.CLEARED


def test_an_admission_stops_counting_on_the_day_it_is_cancelled(units) -> None:
    cancelled_on = date(2026, 5, 20)
    with writing() as current:
        person = write_person(current, units[VILLAGE])
        put(current, Membership, membership(person, date(2026, 3, 1), None, ended_on=cancelled_on))
        row = {"person_id": person, "unit_id": units[VILLAGE], "reason": Attribution.Reason.ADMITTED}
        put(current, Attribution, {**row, "until": cancelled_on})
    assert [village(day).counts.this_year for day in (date(2026, 5, 19), cancelled_on)] == [1, 0]


def test_who_waits_for_approval_is_pending_also_after_the_turn_of_the_year(units) -> None:
    with writing() as current:
        person = write_person(current, units[VILLAGE])
        put(current, Membership, membership(person, date(2025, 12, 20), None, approved_on=date(2026, 1, 15)))
        put(
            current,
            Attribution,
            {"person_id": person, "unit_id": units[VILLAGE], "reason": Attribution.Reason.ADMITTED},
        )
    days = (LAST_YEAR, date(2026, 1, 1), date(2026, 1, 14), date(2026, 1, 15))
    counts = [village(day).counts for day in days]
    assert [one.pending for one in counts] == [1, 1, 1, 0]
    assert [(one.last_year, one.this_year) for one in counts] == [(0, 0), (0, 0), (0, 0), (1, 0)]


def test_a_suspension_of_an_earlier_membership_does_not_touch_the_later_one(units) -> None:
    with writing() as current:
        person = write_person(current, units[VILLAGE])
        put(current, Membership, membership(person, date(2010, 6, 1), None))
        put(
            current,
            MembershipState,
            {"person_id": person, "state": MembershipState.State.SUSPENDED, "since": date(2014, 6, 1)},
        )
    days = (date(2014, 5, 31), date(2014, 6, 1), date(2015, 6, 1), date(2020, 6, 1), TODAY)
    assert [village(day).counts.members for day in days] == [1, 0, 0, 0, 0]
    with writing() as current:
        current.strike(Membership, [Membership.objects.get().pk])
        put(
            current,
            Membership,
            membership(person, date(2010, 6, 1), None, ended_on=date(2015, 6, 1)),
            membership(person, date(2020, 6, 1), None, cycle=2),
        )
    assert [village(day).counts.members for day in days] == [1, 0, 0, 1, 1]
