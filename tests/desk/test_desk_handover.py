"""The hand-over sheet: what is due for an appointment, for its holder and for whoever stands above, on page, paper and workbook."""

from __future__ import annotations

import io
from datetime import timedelta

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests import lived
from tests.access.opened import opened
from tests.cast import TOWN, VILLAGE, Cast, cast
from yumiao.access.appointments import Grant, appoint
from yumiao.access.delegation_rules import lendable
from yumiao.access.delegations import Loan, delegate
from yumiao.access.models import Account, Appointment
from yumiao.access.permissions import Role
from yumiao.desk.doubles.queue import queue
from yumiao.desk.handover.paper import table_of
from yumiao.desk.handover.sheet import Sheet, sheet
from yumiao.desk.records.lacking import lacking
from yumiao.kernel.objections import OutOfScope
from yumiao.kernel.periods import add_years

pytestmark = pytest.mark.db
__all__ = ["cast", "opened"]

SECTIONS = (
    "三十日内到期的事",
    "以后要办的事",
    "正在办理的发展党员",
    "没有办完的导入",
    "代办",
    "三十日内到期的任职",
)


def key(who: Account) -> int:
    return Appointment.objects.alive().get(account=who).pk


def of(cast: Cast, who: str, reader: str = "") -> Sheet:
    return sheet(cast.reader(cast.accounts[reader or who]), key(cast.accounts[who]))


def titles(found: Sheet, section: str) -> list[str]:
    return [one.title for part in found.sections if part.title == section for one in part.matters]


def test_it_has_a_section_for_everything_that_is_handed_over(cast: Cast) -> None:
    assert tuple(section.title for section in of(cast, "clerk_a").sections) == SECTIONS


def test_what_is_due_is_what_the_home_page_lists(cast: Cast) -> None:
    found, home = of(cast, "clerk_a"), cast.client(cast.clerk_a).get("/").content.decode()
    listed = titles(found, SECTIONS[0]) + titles(found, SECTIONS[1])
    assert listed
    assert [title for title in listed if title not in home] == []


def test_the_superior_sees_the_same_duties_as_the_holder(cast: Cast) -> None:
    own, seen = of(cast, "clerk_a"), of(cast, "clerk_a", "officer")
    assert [titles(own, one) for one in SECTIONS[:2]] == [titles(seen, one) for one in SECTIONS[:2]]
    assert (own.is_own, seen.is_own) == (True, False)


def test_delegations_and_what_ends_stand_on_it(cast: Cast) -> None:
    end = cast.today + timedelta(days=10)
    grant = Grant(Role.BRANCH_SECRETARY, cast.unit(VILLAGE), cast.today, end)
    appoint(account=cast.outsider, grant=grant, actor=cast.actor(cast.officer), today=cast.today)
    role, unit = Role.TOWNSHIP_CLERK, cast.unit(TOWN)
    loan = Loan(cast.clerk_a, role, unit, cast.clerk_b, cast.today, end, lendable(role), "培训")
    delegate(loan, actor=cast.actor(cast.clerk_a), today=cast.today)
    clerk, stand_in, ending = of(cast, "clerk_a"), of(cast, "clerk_b"), of(cast, "outsider")
    assert [titles(one, "代办") for one in (clerk, stand_in)] == [["委托陆远帆代办"], ["代盘云舟办理"]]
    assert [titles(one, SECTIONS[-1]) for one in (clerk, ending)] == [["石未名的任职“党支部书记”"]] * 2


@pytest.mark.parametrize(
    "reader, who",
    [("clerk_b", "clerk_a"), ("secretary_a", "clerk_a"), ("assistant", "clerk_a"), ("clerk_a", "officer")],
)
def test_nobody_sees_the_sheet_of_somebody_beside_or_above(cast: Cast, reader: str, who: str) -> None:
    with pytest.raises(OutOfScope):
        of(cast, who, reader)


def test_an_administrator_who_sees_accounts_sees_no_duties(cast: Cast) -> None:
    seen = of(cast, "clerk_a", "security")
    assert ([titles(seen, one) for one in SECTIONS[:2]], seen.people) == ([[], []], 0)


def test_paper_and_workbook_hold_the_rows_of_the_page(cast: Cast) -> None:
    found, browser = of(cast, "clerk_a"), cast.client(cast.clerk_a)
    rows = sum(len(section.matters) for section in found.sections)
    assert len(table_of(found, cast.today, cast.reader(cast.clerk_a).head).rows) == rows
    printed = browser.get(reverse("handover_pdf", kwargs={"appointment": found.appointment}))
    assert (printed.status_code, printed.content[:5]) == (200, b"%PDF-")
    taken = browser.get(reverse("handover_xlsx", kwargs={"appointment": found.appointment}))
    page = openpyxl.load_workbook(io.BytesIO(taken.content)).worksheets[0]
    said = {cell for row in page.iter_rows(values_only=True) for cell in row}
    assert set(titles(found, SECTIONS[1])) <= said


def test_its_address_leads_to_ones_own_and_says_so_where_there_is_none(cast: Cast) -> None:
    there = cast.client(cast.clerk_a).get(reverse("handover"))
    assert there.headers["Location"] == reverse("handover_of", kwargs={"appointment": key(cast.clerk_a)})
    nothing = cast.client(cast.outsider).get(reverse("handover"))
    assert (nothing.status_code, "没有需要交接的事" in nothing.content.decode()) == (200, True)


@pytest.mark.parametrize("others", [1, 3])
def test_it_asks_the_same_however_much_ends(cast: Cast, others: int) -> None:
    for place in range(others):
        grant = Grant(Role.ASSISTING_UNIT, cast.unit(VILLAGE), cast.today, cast.today + timedelta(days=5 + place))
        account = Account.objects.create(username=f"other{place}", display_name="石某", password="opened")
        appoint(account=account, grant=grant, actor=cast.actor(cast.officer), today=cast.today)
    browser, there = cast.client(cast.officer), reverse("handover_of", kwargs={"appointment": key(cast.officer)})
    browser.get(there)
    with CaptureQueriesContext(connection) as asked:
        assert browser.get(there).status_code == 200
    assert len(asked) == 6


def test_it_lists_what_the_registry_leaves_to_be_done(cast: Cast) -> None:
    """A term that ends, a letter on its way, people entered twice, what records lack."""
    lived.elect(cast, on=add_years(cast.today, -5).isoformat())
    lived.transfer(cast)
    lived.enter_twice(cast)
    sent, taken = (
        titles(of(cast, who), SECTIONS[0]) + titles(of(cast, who), SECTIONS[1]) for who in ("clerk_a", "clerk_b")
    )
    assert f"接收{lived.name(cast, 8)}，由青石镇党委 云岭村党支部转来" in taken
    said, pairs = " ".join(sent), len(queue(cast.reader(cast.clerk_a)))
    assert ("云岭村党支部 届满，须换届" in said, f"{pairs} 对疑似重复人员须核对" in said) == (True, True)
    whole = lacking(cast.reader(cast.clerk_a), TOWN).whole
    assert whole and f"人员信息有 {whole} 处缺漏或不一致" in said
