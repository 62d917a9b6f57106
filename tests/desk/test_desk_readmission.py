"""Who was removed is not taken in again within five years; whoever's membership ended otherwise may begin anew (DISP-06)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from tests.cast import Cast, cast
from tests.desk.county_cells import County, applicant, member, number
from tests.desk.test_desk_transfers import arrival
from yumiao.bylaws.queries import settings_on
from yumiao.desk.membership.deciding import Who, decide
from yumiao.desk.workbook.importing import Result, import_workbook
from yumiao.kernel.periods import add_years
from yumiao.people.status import CHANGES
from yumiao.people.status_rules import Asked

pytestmark = pytest.mark.db
__all__ = ["cast"]

PLACE = 1


def ended(cast: Cast, change: str, on: date) -> None:
    given: dict[str, Any] = {"who": Who(cast.operator, None), "settings": settings_on(on), "today": cast.today}
    asked = Asked(on, "lost_conviction" if change == "removed" else "", "青石党发〔2026〕9号")
    decide(cast.person(PLACE), CHANGES[change], asked, reason="支部大会讨论", **given)


def applying(cast: Cast, applied_on: date) -> Result:
    """His row in 发展培养, as a clerk writes it."""
    county = County().only("发展培养")
    born = {"出生日期": member(PLACE)["出生日期"], "公民身份号码": number(PLACE)}
    dates = {"递交入党申请书日期": applied_on, "确定为入党积极分子日期": None}
    county["发展培养"][:] = [applicant(PLACE) | {"姓名": member(PLACE)["姓名"], **born, **dates}]
    return import_workbook(county.workbook(), today=cast.today, actor=cast.operator)


@pytest.mark.parametrize("change", ["removed", "advised_to_withdraw", "expelled"])
def test_the_workbook_refuses_who_was_put_out_until_five_years_have_passed(cast: Cast, change: str) -> None:
    first = cast.today - timedelta(days=30)
    ended(cast, change, add_years(first, -5))
    early = applying(cast, first - timedelta(days=1))
    (fault,) = early.checked.faults
    assert (fault.rule, fault.column, early.written) == ("DISP-06", "递交入党申请书日期", False)
    assert f"{first.year}年{first.month}月{first.day}日前不得重新入党" in fault.reason
    assert applying(cast, first).written


def test_whose_probation_was_cancelled_may_apply_at_once(cast: Cast) -> None:
    given: dict[str, Any] = {"who": Who(cast.operator, None), "settings": settings_on(cast.today), "today": cast.today}
    on = cast.today - timedelta(days=30)
    decide(
        cast.person(7), CHANGES["probation_cancelled"], Asked(on, "", "青石党发〔2026〕9号"), reason="不合格", **given
    )
    county = County().only("发展培养")
    born = {"出生日期": member(7)["出生日期"], "公民身份号码": number(7), "姓名": member(7)["姓名"]}
    county["发展培养"][:] = [applicant(7) | born | {"递交入党申请书日期": on, "确定为入党积极分子日期": None}]
    assert import_workbook(county.workbook(), today=cast.today, actor=cast.operator).written


def test_a_member_and_the_dead_are_no_applicants(cast: Cast) -> None:
    (fault,) = applying(cast, cast.today).checked.faults
    assert (fault.rule, fault.column) == ("WBK-09", "公民身份号码")
    ended(cast, "deceased", cast.today)
    (fault,) = applying(cast, cast.today).checked.faults
    assert (fault.rule, "去世" in fault.reason) == ("WBK-09", True)


def test_a_letter_of_elsewhere_does_not_help(cast: Cast) -> None:
    ended(cast, "removed", add_years(cast.today, -2))
    joined = add_years(cast.today, -1).isoformat()
    given = arrival(cast, number=number(PLACE), membership_on=joined, full_member_on="")
    answer = cast.client(cast.clerk_a).post("/transfers/in/", given)
    assert (answer.status_code, "不得重新入党" in answer.content.decode()) == (409, True)


def test_his_page_says_until_when(cast: Cast) -> None:
    ended(cast, "removed", add_years(cast.today, -2))
    page = cast.client(cast.clerk_a).get(f"/people/{cast.people[PLACE]}/").content.decode()
    first = add_years(add_years(cast.today, -2), 5)
    assert f"{first.year}年{first.month}月{first.day}日前不得重新入党（DISP-06）" in page
