"""Issues: frozen as they were, numbered, found out when altered, and compared with the reasons for every difference."""

from __future__ import annotations

import uuid
import zlib
from datetime import date, timedelta
from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from tests.cast import COUNTY, OTHER_TOWN, TOWN, VILLAGE, Cast, cast
from tests.desk.county_cells import County, member
from yumiao.bylaws.services import change_setting, record_paper
from yumiao.desk.workbook.importing import import_workbook
from yumiao.desk.workbook.undoing import undo_import
from yumiao.journal import proof, triggers
from yumiao.journal.acts import AlreadyDone
from yumiao.journal.models import Entry, Reading
from yumiao.kernel.official import OfficialColumn, OfficialTable
from yumiao.ledger.difference_causes import Why
from yumiao.ledger.differences import compare
from yumiao.ledger.issues import Altered, from_json, opened, to_json
from yumiao.ledger.issuing import draft, issue
from yumiao.ledger.models import Issue
from yumiao.ledger.queries import ledger

__all__ = ["cast"]
pytestmark = pytest.mark.db


def issued(cast: Cast, code: str = COUNTY, day: date | None = None, **changed: object) -> Issue:
    wanted = {"day": day or cast.today, "today": cast.today, "note": "", "actor": cast.operator, **changed}
    return Issue.objects.get(uid=issue(unit=cast.unit(code).id, **wanted))  # type: ignore[arg-type]


def admit_somebody(cast: Cast, place: int = 41, membership_on: date = date(2026, 5, 4)) -> None:
    county = County()
    county.add("党员", member(place, VILLAGE, 人员类别="预备党员", 入党日期=membership_on, 转正日期=None))
    done = import_workbook(county.workbook(), today=cast.today, actor=cast.operator)
    assert done.checked.faults == []


def cells(content: bytes) -> list[list[object]]:
    book = load_workbook(BytesIO(content))
    return [[cell.value for cell in row] for sheet in book for row in sheet.iter_rows()]


def test_a_table_comes_back_from_its_json_as_it_was() -> None:
    table = OfficialTable(
        "台账", "台账", "青岚县委", date(2026, 6, 30), (OfficialColumn("日期", "组", 9), OfficialColumn("数")),
        [[date(2026, 2, 28), 3], [None, "无"]], [None, 3], "码", frozenset({0}),
    )  # fmt: skip
    assert from_json(to_json(table)) == table


def test_the_frozen_document_is_that_of_the_ledger_as_known_then(cast: Cast) -> None:
    frozen = opened(issued(cast)).frozen
    made = Issue.objects.get()
    assert frozen["ledger"] == ledger(cast.today, within=cast.unit(COUNTY).subtree, known=made.known_seq).as_json()
    assert made.known_seq == made.entered - 1


def test_numbers_run_by_unit_and_year(cast: Cast) -> None:
    first, second, other = issued(cast), issued(cast, day=date(2025, 12, 31)), issued(cast, TOWN)
    assert [(one.year, one.number) for one in (first, second, other)] == [
        (cast.today.year, 1),
        (cast.today.year, 2),
        (cast.today.year, 1),
    ]
    assert issued(cast, today=date(2027, 1, 4), day=cast.today).number == 1


def test_an_issue_stays_the_same_in_bytes_cells_and_page_whatever_is_recorded_later(cast: Cast) -> None:
    made, browser = issued(cast), cast.client(cast.officer)
    address = f"/ledger/issues/{made.uid}/"
    before = bytes(made.payload), cells(browser.get(f"{address}workbook/").content), _main(browser.get(address))
    admit_somebody(cast)
    made.refresh_from_db()
    after = bytes(made.payload), cells(browser.get(f"{address}workbook/").content), _main(browser.get(address))
    assert after == before
    assert "与印发时一致" in before[2]
    assert ledger(cast.today).as_json() != opened(made).frozen["ledger"]


def _main(answer: object) -> str:
    text = answer.content.decode()  # type: ignore[attr-defined]
    return str(text[text.index("<main") : text.index("</main>")])


def test_a_late_entry_is_named_with_the_one_who_entered_late(cast: Cast) -> None:
    older = issued(cast)
    admit_somebody(cast)
    compared = compare(opened(issued(cast)), opened(older))
    assert {one.code for one in compared.villages} == {VILLAGE}
    admitted = next(one for one in compared.villages if one.label == "本年发展")
    assert {cause.why for cause in admitted.causes} == {Why.LATE}
    assert [cause.seq for cause in admitted.causes] == [compared.newer.issue.known_seq]
    assert _unclassified(compared) == []


def test_an_admission_between_the_days_is_named_as_one(cast: Cast) -> None:
    admit_somebody(cast, membership_on=date(2026, 5, 4))
    older, newer = issued(cast, day=date(2026, 4, 30)), issued(cast, day=date(2026, 5, 31))
    compared = compare(opened(older), opened(newer))
    admitted = next(one for one in compared.villages if one.label == "本年发展")
    days = {date(2026, 5, 4), date(2026, 5, 15)}
    assert {(cause.why, cause.on) for cause in admitted.causes} == {(Why.ADMITTED, day) for day in days}
    assert _unclassified(compared) == []


def test_a_share_stands_among_the_differences_with_one_place_and_none_of_nobody_as_a_dash(cast: Cast) -> None:
    older = issued(cast, day=date(2026, 4, 30))
    for place in (41, 42):
        admit_somebody(cast, place)
    compared = compare(opened(older), opened(issued(cast, day=date(2026, 5, 31))))
    said = [(one.before, one.after) for one in compared.townships if one.label == "年轻的占比"]
    counts = next(row for row in ledger(date(2026, 5, 31)).townships if row.unit.code == TOWN).counts
    assert (said, counts.young_this_year, counts.this_year) == ([("—", "0.0%")], 0, 3)


def test_what_the_turn_of_the_year_changes_is_named_as_time(cast: Cast) -> None:
    today = date(2027, 1, 4)
    older, newer = (issued(cast, day=day, today=today) for day in (date(2026, 12, 31), date(2027, 1, 1)))
    compared = compare(opened(older), opened(newer))
    found = {cause.why for one in (*compared.villages, *compared.townships) for cause in one.causes}
    assert Why.TIME in found
    assert _unclassified(compared) == []


def test_what_was_taken_back_is_named_as_a_correction(cast: Cast) -> None:
    admit_somebody(cast)
    older = issued(cast)
    undo_import(older.known_seq, actor=cast.operator, reason="导错了")
    compared = compare(opened(older), opened(issued(cast)))
    admitted = next(one for one in compared.villages if one.label == "本年发展")
    assert {(cause.why, cause.seq) for cause in admitted.causes} == {(Why.CORRECTED, older.entered + 1)}
    assert _unclassified(compared) == []


def test_a_changed_setting_is_named_with_both_values(cast: Cast) -> None:
    older = issued(cast)
    record_paper(
        number="3", issuing_body="县委", title="办法", in_force_from=date(2026, 1, 1), actor=cast.operator
    )  # fmt: skip
    change_setting(
        key="reserve.ratio", value="9", since=date(2026, 1, 1), paper_number="3", reason="决定", actor=cast.operator,
        today=cast.today,
    )  # fmt: skip
    compared = compare(opened(older), opened(issued(cast)))
    assert [(before, after) for _, before, after in compared.settings] == [("3", "9")]
    required = next(one for one in compared.townships if one.label == "应有储备")
    assert [cause.why for cause in required.causes] == [Why.SETTING]
    assert _unclassified(compared) == []


def test_a_village_under_another_name_is_named_as_a_change_of_the_tree(cast: Cast) -> None:
    older, county = issued(cast), County()
    units = county["组织"]
    next(row for row in units if row["组织代码"] == VILLAGE)["组织名称"] = "新云村党支部"
    import_workbook(county.only("组织").workbook(), today=cast.today, actor=cast.operator)
    compared = compare(opened(older), opened(issued(cast)))
    assert [(one.label, one.after, [cause.why for cause in one.causes]) for one in compared.villages] == [
        ("名称", "新云村党支部", [Why.TREE])
    ]


def test_the_same_figures_have_no_differences(cast: Cast) -> None:
    next_year = date(cast.today.year + 1, 1, 4)
    compared = compare(opened(issued(cast)), opened(issued(cast, today=next_year, day=cast.today)))
    assert (compared.villages, compared.townships, compared.settings) == ((), (), ())


def _unclassified(compared: object) -> list[object]:
    rows = (*compared.villages, *compared.townships)  # type: ignore[attr-defined]
    assert all(one.causes for one in rows)
    return [one for one in rows if any(cause.why is Why.UNCLASSIFIED for cause in one.causes)]


def test_an_altered_payload_is_found_by_the_page_and_by_the_proof(cast: Cast) -> None:
    made, browser = issued(cast), cast.client(cast.officer)
    assert [one.text for one in proof.findings() if "ledger_issue" in one.text] == []
    triggers.remove()
    text = zlib.decompress(bytes(made.payload)).replace(b'"members":', b'"memberz":', 1)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE ledger_issue SET payload = %s", [zlib.compress(text)])
    triggers.install()
    page = browser.get(f"/ledger/issues/{made.uid}/").content.decode()
    assert "与印发时不一致" in page and "下载表格" not in page
    assert browser.get(f"/ledger/issues/{made.uid}/workbook/").status_code == 302
    with pytest.raises(Altered):
        _ = opened(Issue.objects.get()).frozen
    assert [(one.seq, "ledger_issue" in one.text) for one in proof.findings()] == [(made.entered, True)]


def test_a_payload_that_is_no_data_at_all_is_found_too(cast: Cast) -> None:
    made = issued(cast)
    for broken in (b"", b"x", zlib.compress(b"{}"), zlib.compress(b"{")):
        made.payload = broken
        assert opened(made).is_whole is False


def test_nothing_is_changed_or_deleted(cast: Cast) -> None:
    made = issued(cast)
    with pytest.raises(Exception, match="append-only"), connection.cursor() as cursor:
        cursor.execute("UPDATE ledger_issue SET note = 'x' WHERE id = %s", [made.pk])


def test_the_mark_of_a_form_issues_once(cast: Cast) -> None:
    once = uuid.uuid4()
    issued(cast, once=once)
    with pytest.raises(AlreadyDone):
        issued(cast, once=once)
    assert Issue.objects.count() == 1


def form(cast: Cast, code: str = COUNTY, **changed: str) -> dict[str, str]:
    mark = draft(cast.unit(code).id, cast.today, cast.today).mark
    said = {"unit": code, "on": cast.today.isoformat(), "note": "季度报表", "shown": mark, "once": str(uuid.uuid4())}
    return said | changed


def test_a_form_sent_twice_is_one_issue_and_both_lead_to_it(cast: Cast) -> None:
    browser, said = cast.client(cast.officer), form(cast)
    answers = [browser.post("/ledger/issues/new/", said) for _ in range(2)]
    made = Issue.objects.get()
    assert [answer["Location"] for answer in answers] == [f"/ledger/issues/{made.uid}/"] * 2
    entry = Entry.objects.get(seq=made.entered)
    assert (entry.reason, entry.subject, made.note) == ("季度报表", made.uid, "季度报表")


def test_figures_that_changed_since_the_page_was_opened_are_not_issued(cast: Cast) -> None:
    said = form(cast)
    admit_somebody(cast)
    answer = cast.client(cast.officer).post("/ledger/issues/new/", said)
    assert (answer.status_code, Issue.objects.count()) == (409, 0)
    assert "打开页面之后数据有变化" in answer.content.decode()


def test_what_the_latest_issue_says_already_is_not_issued_again(cast: Cast) -> None:
    browser, said = cast.client(cast.officer), form(cast)
    assert "不必再印发" not in browser.get("/ledger/issues/new/").content.decode()
    made = issued(cast)
    page = browser.get("/ledger/issues/new/").content.decode()
    assert f"{made.year}年第1期已经印发，数与这里完全相同，不必再印发。" in page
    assert (f'href="/ledger/issues/{made.uid}/"' in page, 'name="note"' in page) == (True, False)
    answer = browser.post("/ledger/issues/new/", said)
    assert (answer.status_code, Issue.objects.count()) == (409, 1)
    assert f"{made.year}年第1期的数与现在完全相同，没有再印发。" in answer.content.decode()
    admit_somebody(cast)
    assert browser.post("/ledger/issues/new/", form(cast)).status_code == 302


def test_another_act_that_changes_no_figure_hinders_no_issue(cast: Cast) -> None:
    said = form(cast)
    issued(cast, OTHER_TOWN)
    assert cast.client(cast.officer).post("/ledger/issues/new/", said).status_code == 302


@pytest.mark.parametrize(
    ("who", "code", "status"),
    [
        ("officer", COUNTY, 302), ("officer", TOWN, 302), ("clerk_a", TOWN, 302), ("clerk_a", OTHER_TOWN, 404),
        ("clerk_a", COUNTY, 404), ("clerk_a", VILLAGE, 404), ("secretary_a", VILLAGE, 403), ("auditor", COUNTY, 403),
        ("assistant", TOWN, 403), ("member", TOWN, 403), ("system", COUNTY, 403),
    ],
)  # fmt: skip
def test_county_and_township_issue_within_their_units_and_nobody_else(
    cast: Cast, who: str, code: str, status: int
) -> None:
    answer = cast.client(getattr(cast, who)).post("/ledger/issues/new/", form(cast, code))
    assert (answer.status_code, Issue.objects.count()) == (status, int(status == 302))


@pytest.mark.parametrize(
    ("who", "status"),
    [("officer", 200), ("auditor", 200), ("clerk_a", 200), ("clerk_b", 404), ("secretary_a", 404), ("member", 403)],
)
def test_an_issue_is_read_by_who_may_read_the_ledger_of_its_unit(cast: Cast, who: str, status: int) -> None:
    older, newer = issued(cast, TOWN, day=date(2025, 12, 31)), issued(cast, TOWN)
    browser = cast.client(getattr(cast, who))
    addresses = ["", "workbook/", "print/", f"difference/{newer.uid}/"]
    assert [browser.get(f"/ledger/issues/{older.uid}/{end}").status_code for end in addresses] == [status] * 4


def test_the_list_shows_only_what_one_may_read(cast: Cast) -> None:
    issued(cast, TOWN)
    issued(cast, OTHER_TOWN)
    pages = [cast.client(getattr(cast, who)).get("/ledger/issues/").content.decode() for who in ("officer", "clerk_a")]
    assert [page.count("/ledger/issues/") - page.count("/ledger/issues/new/") > 0 for page in pages] == [True, True]
    assert "共 2 期" in pages[0] and "共 1 期" in pages[1]
    assert "共 1 期" in cast.client(cast.officer).get(f"/ledger/issues/?unit={TOWN}").content.decode()
    assert "没有印发过" in cast.client(cast.officer).get("/ledger/issues/?year=1999").content.decode()


def test_issues_of_two_units_are_not_compared(cast: Cast) -> None:
    one, two = issued(cast, TOWN), issued(cast, OTHER_TOWN)
    browser = cast.client(cast.officer)
    assert browser.get(f"/ledger/issues/{one.uid}/difference/{two.uid}/").status_code == 404
    assert browser.get(f"/ledger/issues/{one.uid}/difference/{one.uid}/").status_code == 404


def test_names_stand_only_where_the_reader_may_read_people_and_the_look_is_recorded(cast: Cast) -> None:
    older = issued(cast, TOWN)
    admit_somebody(cast)
    address = f"/ledger/issues/{older.uid}/difference/{issued(cast, TOWN).uid}/"
    page = cast.client(cast.clerk_a).get(address).content.decode()
    assert Reading.objects.count() == 1 and "/people/" in _part(page)
    hidden = cast.client(cast.assistant).get(address).content.decode()
    assert Reading.objects.count() == 1 and "/people/" not in _part(hidden)
    assert "1 名，不在您可查看的范围内" in hidden


def _part(page: str) -> str:
    return page[page.index("<main") : page.index("</main>")]


def test_a_day_to_come_and_a_note_too_long_are_dealt_with(cast: Cast) -> None:
    browser = cast.client(cast.officer)
    assert browser.post("/ledger/issues/new/", form(cast, on="2099-01-01")).status_code == 422
    assert browser.get("/ledger/issues/new/?on=2099-01-01").status_code == 422
    assert browser.get("/ledger/issues/new/?on=nonsense").status_code == 422
    browser.post("/ledger/issues/new/", form(cast, note="表" * 3000))
    assert Issue.objects.get().note == "表" * 500


def test_numbers_of_people_in_a_note_are_masked(cast: Cast) -> None:
    made = issued(cast, note="报 998001198005060019 的情况")
    assert "998001198005060019" not in made.note


def test_the_list_asks_the_database_as_often_for_three_as_for_one(cast: Cast) -> None:
    browser, counts = cast.client(cast.officer), []
    for ages in ((0,), (1, 2)):
        for age in ages:
            issued(cast, day=cast.today - timedelta(days=age))
        browser.get("/ledger/issues/")
        with CaptureQueriesContext(connection) as asked:
            browser.get("/ledger/issues/")
        counts.append(len(asked))
    assert counts == [4, 4]
