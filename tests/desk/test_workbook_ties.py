"""Contacts, veterans and mentors: whom a row names, who may be it, and what becomes of names that nobody known bears."""

from __future__ import annotations

from datetime import date

import pytest

from tests.desk.county_cells import COMMUNITY, County, applicant, fifteen, member, number, talent
from tests.desk.county_facts import (
    all_facts,
    counts,
    faults,
    imported_rows,
    people_facts,
    row_counts,
    struck,
    take,
    taken,
    warned,
    warnings,
)  # fmt: skip
from yumiao.kernel.identity import mask_identity
from yumiao.people.models import Tie

pytestmark = pytest.mark.db

ACTIVIST = number(21, date(1995, 2, 3))
TALENT = number(31, date(1998, 8, 9))
STRANGER = number(77)
CHOSEN, POOLED = date(2024, 10, 15), date(2026, 3, 5)


def contacts(first: str | None, second: str | None = None) -> County:
    county = County()
    county["发展培养"][0] |= {"培养联系人一": first, "培养联系人二": second}
    return county


def ties(who: str) -> list[tuple]:
    return people_facts()[who].get("ties", [])


def test_contacts_veteran_and_mentor_are_ties_since_the_activist_or_the_pool_day():
    taken(County())
    assert ties(ACTIVIST) == sorted(
        [(number(1), "", "contact", 1, CHOSEN), (number(4), "", "contact", 2, CHOSEN)], key=repr
    )
    assert ties(TALENT) == sorted(
        [(number(1), "", "veteran", 1, POOLED), (number(6), "", "mentor", 1, POOLED)], key=repr
    )


def test_contacts_of_an_applicant_are_tied_since_the_application():
    county = County()
    county["发展培养"][2]["培养联系人一"] = number(5)
    taken(county)
    assert ties(number(23, date(1995, 2, 3))) == [(number(5), "", "contact", 1, date(2024, 3, 5))]


@pytest.mark.parametrize(
    ("first", "second", "columns"),
    [
        (number(7), None, ["培养联系人一"]),
        (number(22, date(1995, 2, 3)), None, ["培养联系人一"]),
        (ACTIVIST, None, ["培养联系人一"]),
        (number(1), number(1), ["培养联系人二"]),
        (STRANGER, number(4), ["培养联系人一"]),
        ("韦某某", None, ["培养联系人一"]),
    ],
)
def test_a_contact_who_should_not_be_it_leaves_the_row_standing_with_a_warning(first, second, columns):
    county = contacts(first, second)
    assert warned(county) == [("发展培养", 2, column, "STP-05") for column in columns]
    assert taken(county).written


@pytest.mark.parametrize(("confirmed_on", "expected"), [(CHOSEN, []), (date(2024, 10, 16), ["STP-05"])])
def test_a_contact_is_a_full_member_on_the_day_he_is_named(confirmed_on, expected):
    county = contacts(number(11))
    county.add("党员", member(11, 转正日期=confirmed_on))
    assert [rule for *_, rule in warned(county)] == expected


@pytest.mark.parametrize(("confirmed_on", "expected"), [(date(2016, 3, 5), []), (date(2016, 3, 6), ["TAL-02"])])
def test_a_veteran_has_been_a_full_member_for_ten_years(confirmed_on, expected):
    county = County()
    county["人才库"][0]["联系老党员"] = number(11)
    county.add("党员", member(11, 入党日期=date(2015, 3, 5), 转正日期=confirmed_on))
    assert [rule for *_, rule in warned(county)] == expected


def test_a_mentor_may_be_anybody_but_the_veteran_and_the_talent():
    county = County()
    county["人才库"][0]["联村导师"] = ACTIVIST
    assert warned(county) == []
    county["人才库"][0]["联村导师"] = number(1)
    assert warned(county) == [("人才库", 2, "联村导师", "TAL-02")]
    county["人才库"][0]["联村导师"] = TALENT
    assert warned(county) == [("人才库", 2, "联村导师", "TAL-02")]


def test_an_unknown_contact_is_kept_as_a_masked_number_without_a_person():
    county = contacts(STRANGER)
    taken(county)
    assert ties(ACTIVIST) == [("", mask_identity(STRANGER), "contact", 1, CHOSEN)]
    assert not take(county).written


def test_a_contact_whose_own_row_is_refused_is_kept_as_a_masked_number():
    county = contacts(number(11))
    county.add("党员", member(11, 姓名=None))
    result = take(county, accept=True)
    assert faults(result.checked) == [("党员", 9, "姓名", "WBK-02")]
    assert warnings(result.checked) == [("发展培养", 2, "培养联系人一", "STP-05")]
    assert ties(ACTIVIST) == [("", mask_identity(number(11)), "contact", 1, CHOSEN)]


def test_a_contact_who_becomes_known_later_takes_the_place_of_his_masked_number():
    taken(contacts(number(11)))
    county = contacts(number(11))
    county.add("党员", member(11))
    result = taken(county)
    assert (counts(result.checked, "党员"), counts(result.checked, "发展培养")) == ((1, 0, 7, 0), (0, 1, 2, 0))
    assert sorted(imported_rows()) == [("党员", 9, "person", "new"), ("发展培养", 2, "case", "changed")]
    assert ties(ACTIVIST) == [(number(11), "", "contact", 1, CHOSEN)]
    assert struck(Tie) == 1


def test_another_unknown_contact_takes_the_place_of_the_first():
    other = number(78)[:4] + "02" + number(78)[6:]
    taken(contacts(STRANGER))
    taken(contacts(other))
    assert ties(ACTIVIST) == [("", mask_identity(other), "contact", 1, CHOSEN)]


def test_another_contact_is_a_correction_with_the_same_valid_time():
    taken(contacts(number(1)))
    county = contacts(number(5))
    county["发展培养"][0]["确定为入党积极分子日期"] = date(2025, 1, 2)
    taken(county)
    assert ties(ACTIVIST) == [(number(5), "", "contact", 1, CHOSEN)]
    assert struck(Tie) == 1


def test_an_empty_cell_keeps_the_contact():
    taken(contacts(number(1), number(4)))
    assert not take(contacts(None)).written
    assert len(ties(ACTIVIST)) == 2


def test_a_contact_may_be_written_with_his_old_number():
    county = contacts(fifteen(number(1)), f" {number(4)[:6]} {number(4)[6:]}")
    assert warned(county) == []
    taken(county)
    assert {tie[0] for tie in ties(ACTIVIST)} == {number(1), number(4)}


def test_a_person_of_a_later_row_or_a_later_sheet_is_known():
    county = contacts(TALENT)
    county["人才库"][0]["联村导师"] = number(32, date(1998, 8, 9))
    county.add("发展培养", applicant(25, COMMUNITY))
    county["发展培养"][1]["培养联系人一"] = number(25, date(1995, 2, 3))
    taken(county)
    assert ties(ACTIVIST) == [(TALENT, "", "contact", 1, CHOSEN)]
    assert (number(32, date(1998, 8, 9)), "", "mentor", 1, POOLED) in ties(TALENT)
    before = all_facts(), row_counts()
    assert not take(county).written
    assert (all_facts(), row_counts()) == before


def test_a_talent_row_whose_only_change_is_its_mentor_is_changed():
    taken(County())
    county = County()
    county["人才库"][0]["联村导师"] = number(5)
    assert counts(taken(county).checked, "人才库") == (0, 1, 1, 0)
    assert counts(take(County().only("组织", "人才库")).checked, "人才库") == (0, 1, 1, 0)


def test_ties_of_a_refused_row_are_not_written():
    county = County()
    county.add("人才库", talent(35, "001.009", 联村导师=number(1)))
    take(county, accept=True)
    assert Tie.objects.count() == 4
