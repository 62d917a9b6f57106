"""The order of an applicant's first steps, on the edge."""

from datetime import date

import pytest

from yumiao.admission.columns import CASES
from yumiao.admission.rules import STP_05, case_objections
from yumiao.kernel.objections import Severity

APPLIED, CHOSEN, TARGET = date(2024, 3, 5), date(2024, 10, 15), date(2025, 10, 15)


def of_case(**changed):
    plain = {"born_on": date(1995, 2, 3), "applied_on": APPLIED, "activist_on": CHOSEN, "target_on": TARGET}
    return [(field, objection.rule, objection.severity) for field, objection in case_objections(**plain | changed)]


def test_steps_in_their_order_are_no_objection():
    assert of_case() == []
    assert of_case(activist_on=APPLIED, target_on=date(2025, 3, 5)) == []
    assert of_case(activist_on=None, target_on=None) == []


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({"activist_on": date(2024, 3, 4)}, ("activist_on", "DEV-03", Severity.BLOCK)),
        ({"target_on": date(2024, 10, 14)}, ("target_on", "DEV-07", Severity.BLOCK)),
        ({"target_on": CHOSEN}, ("target_on", "DEV-06", Severity.WARN)),
        ({"target_on": date(2025, 10, 14)}, ("target_on", "DEV-06", Severity.WARN)),
        ({"activist_on": None}, ("target_on", "DEV-06", Severity.WARN)),
        ({"born_on": date(2006, 3, 6)}, ("applied_on", "DEV-01", Severity.WARN)),
    ],
)
def test_a_broken_order_blocks_and_a_short_term_warns(changed, expected):
    assert of_case(**changed) == [expected]


def test_an_application_on_the_eighteenth_birthday_is_no_objection():
    assert of_case(born_on=date(2006, 3, 5)) == []


def test_without_an_application_the_later_steps_are_still_compared():
    assert of_case(applied_on=None, target_on=date(2024, 10, 14)) == [("target_on", "DEV-07", Severity.BLOCK)]


def test_a_contact_is_another_person_and_a_full_member_by_then():
    assert STP_05.holds(full_since=CHOSEN, on=CHOSEN, is_other=True)
    assert not STP_05.holds(full_since=date(2024, 10, 16), on=CHOSEN, is_other=True)
    assert not STP_05.holds(full_since=None, on=CHOSEN, is_other=True)
    assert not STP_05.holds(full_since=APPLIED, on=CHOSEN, is_other=False)


def test_the_required_columns_are_those_of_the_workbook():
    assert [column.header for column in CASES.columns if column.required] == [
        "公民身份号码", "姓名", "所在党支部代码", "递交入党申请书日期",
    ]  # fmt: skip
