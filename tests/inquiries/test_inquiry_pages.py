"""Letters of the political review through their pages: numbered without a gap, followed, seen by who needs to, printed."""

from __future__ import annotations

import io
import uuid
from datetime import date, timedelta
from typing import Any

import docx
import openpyxl
import pytest
from pypdf import PdfReader

from tests.api.tokens import Machines, machines
from tests.cast import OTHER_TOWN, TOWN, Cast, cast
from tests.cultivation.held import case_of
from yumiao.admission.asked import Asked
from yumiao.admission.models import Inquiry, InquiryEvent
from yumiao.admission.path import Outcome
from yumiao.desk.dossier import recording
from yumiao.desk.inquiries.duties import inquiry_duties
from yumiao.desk.proof import findings
from yumiao.journal.models import Entry, Reading
from yumiao.kernel.objections import Refused

__all__ = ["cast", "machines"]
pytestmark = pytest.mark.db
TO_TARGET = {
    1: date(2024, 3, 5), 2: date(2024, 3, 20), 3: date(2024, 10, 15), 4: date(2024, 10, 20), 5: date(2024, 10, 20),
    6: [date(2025, 4, 1), date(2025, 10, 1)], 7: date(2025, 11, 1), 8: date(2025, 11, 10),
}  # fmt: skip


def send(cast: Cast, case: uuid.UUID, who: str = "secretary_a", **fields: Any) -> Any:
    given = {
        "kind": "letter", "about": "self", "addressee": "某县某镇某村党支部", "sent_on": cast.today.isoformat(), **fields,
    }  # fmt: skip
    return cast.client(getattr(cast, who)).post(f"/inquiries/new/?case={case}", given)


def sent(cast: Cast, case: uuid.UUID, who: str = "secretary_a", **fields: Any) -> Inquiry:
    answer = send(cast, case, who, **fields)
    assert answer.status_code == 302, answer.content.decode()
    return Inquiry.objects.latest("pk")


def overdue(cast: Cast, case: uuid.UUID, **fields: Any) -> Inquiry:
    return sent(cast, case, sent_on=(cast.today - timedelta(days=60)).isoformat(), **fields)


def follow(cast: Cast, one: Inquiry, what: str, who: str = "secretary_a", **fields: Any) -> Any:
    given = {"what": what, "on": cast.today.isoformat(), **fields}
    return cast.client(getattr(cast, who)).post(f"/inquiries/{one.uid}/follow/", given)


def page(cast: Cast, one: Inquiry, who: str = "secretary_a") -> str:
    return cast.client(getattr(cast, who)).get(f"/inquiries/{one.uid}/").content.decode()


def conclude(cast: Cast, case: uuid.UUID, reason: str = "") -> list[str]:
    """The rules that refuse a conclusion that passes; empty where it was recorded."""
    account = cast.secretary_a
    asked = Asked(step=10, on=cast.today, outcome=Outcome.PASSED, people="支委会", reason=reason)
    who = recording.Deciding(cast.actor(account), None)
    try:
        recording.record(case, asked, who=who, ground_for=recording.ground_by(cast.today, cast.reader(account)))
    except Refused as refused:
        return [one.rule for one in refused.objections]
    return []


def test_a_letter_goes_out_under_the_next_number_of_its_committee(cast: Cast) -> None:
    case = case_of(cast, 31, TO_TARGET)
    assert [sent(cast, case, about=about).serial for about in ("self", "residence")] == [1, 2]
    last_year = sent(cast, case, "clerk_a", sent_on=f"{cast.today.year - 1}-12-01")
    assert (last_year.year, last_year.serial, last_year.issuer.code) == (cast.today.year - 1, 1, "001.001")
    there = sent(cast, case_of(cast, 32, TO_TARGET), "secretary_b")
    assert (there.serial, there.issuer.code) == (1, "001.002")
    assert list(findings()) == []


def test_a_letter_without_a_term_is_to_be_answered_within_a_month(cast: Cast) -> None:
    one = sent(cast, case_of(cast, 31, TO_TARGET), sent_on=f"{cast.today.year}-01-31")
    assert one.due_on == date(cast.today.year, 3, 1) - timedelta(days=1)


def test_a_form_sent_twice_sends_one_letter(cast: Cast) -> None:
    case, once = case_of(cast, 31, TO_TARGET), str(uuid.uuid4())
    assert [send(cast, case, once=once).status_code for _ in range(2)] == [302, 302]
    assert Inquiry.objects.count() == 1


def test_a_letter_of_tomorrow_or_already_due_is_refused(cast: Cast) -> None:
    case, today = case_of(cast, 31, TO_TARGET), cast.today
    assert send(cast, case, sent_on=(today + timedelta(days=1)).isoformat()).status_code == 409
    assert send(cast, case, due_on=today.isoformat()).status_code == 409
    assert not Inquiry.objects.exists()


def test_what_became_of_a_letter_ends_with_its_answer(cast: Cast) -> None:
    one = sent(cast, case_of(cast, 31, TO_TARGET))
    assert [follow(cast, one, what).status_code for what in ("reminded", "answered", "reminded")] == [302, 302, 409]
    events = InquiryEvent.objects.alive().order_by("pk").values_list("what", flat=True)
    assert list(events) == ["reminded", "answered"]


def test_what_a_letter_found_is_for_those_who_decide(cast: Cast) -> None:
    one = sent(cast, case_of(cast, 31, TO_TARGET))
    follow(cast, one, "answered", finding="concern", note="收到回函原件")
    assert InquiryEvent.objects.alive().get().finding == ""
    answer = cast.client(cast.clerk_a).post(f"/inquiries/{one.uid}/finding/", {"finding": "concern", "note": "已核实"})
    assert (answer.status_code, InquiryEvent.objects.alive().get().finding) == (302, "concern")
    seen = {part: page(cast, one, part) for part in ("clerk_a", "secretary_a")}
    assert {part: "有需要说明的情况" in text for part, text in seen.items()} == {"clerk_a": True, "secretary_a": False}
    assert {part: "已核实" in text for part, text in seen.items()} == {"clerk_a": True, "secretary_a": False}
    assert {part: "已回函" in text for part, text in seen.items()} == {"clerk_a": True, "secretary_a": True}
    denied = cast.client(cast.secretary_a).post(f"/inquiries/{one.uid}/finding/", {"finding": "clear", "note": ""})
    assert denied.status_code == 403


def test_who_decides_may_say_it_with_the_answer(cast: Cast) -> None:
    one = sent(cast, case_of(cast, 31, TO_TARGET))
    follow(cast, one, "answered", "clerk_a", finding="clear")
    assert InquiryEvent.objects.alive().get().finding == "clear"


def test_a_reminder_holds_no_finding(cast: Cast) -> None:
    one = sent(cast, case_of(cast, 31, TO_TARGET))
    follow(cast, one, "reminded", "clerk_a", finding="concern")
    assert InquiryEvent.objects.alive().get().finding == ""


def test_the_record_holds_neither_the_finding_nor_the_note(cast: Cast) -> None:
    one = sent(cast, case_of(cast, 31, TO_TARGET))
    follow(cast, one, "answered", "clerk_a", finding="concern", note="回函原件已存")
    data = Entry.objects.latest("seq").data
    assert ("concern" in data, "回函" in data) == (False, False)


def test_no_conclusion_passes_over_an_open_letter_without_a_reason(cast: Cast) -> None:
    case = case_of(cast, 31, TO_TARGET)
    one = overdue(cast, case)
    assert conclude(cast, case) == ["INQ-01"]
    follow(cast, one, "answered")
    assert conclude(cast, case) == []


def test_a_reason_lets_a_conclusion_pass(cast: Cast) -> None:
    case = case_of(cast, 31, TO_TARGET)
    overdue(cast, case)
    assert conclude(cast, case, reason="已派人外调核实") == []


def test_who_lives_elsewhere_is_asked_after_at_both_places(cast: Cast) -> None:
    case = case_of(cast, 31, TO_TARGET)
    follow(cast, sent(cast, case, about="residence"), "answered")
    assert conclude(cast, case) == ["INQ-02"]
    follow(cast, sent(cast, case, about="self"), "answered")
    assert conclude(cast, case) == []


@pytest.mark.parametrize(
    "part, status",
    [
        ("officer", 200), ("clerk_a", 200), ("secretary_a", 200), ("clerk_b", 404), ("secretary_b", 404),
        ("general_secretary", 404), ("auditor", 403), ("assistant", 403), ("member", 403), ("outsider", 403),
    ],
)  # fmt: skip
def test_a_letter_is_seen_where_its_person_stands(cast: Cast, part: str, status: int) -> None:
    case = case_of(cast, 31, TO_TARGET)
    one = sent(cast, case)
    browser = cast.client(cast.accounts[part])
    assert [
        browser.get(f"/inquiries/{one.uid}/{below}").status_code for below in ("", "letter.pdf", "letter.docx")
    ] == [status] * 3
    assert browser.get(f"/inquiries/new/?case={case}").status_code == status


def test_an_address_without_a_case_sends_nothing(cast: Cast) -> None:
    browser = cast.client(cast.secretary_a)
    addresses = ("/inquiries/new/", "/inquiries/new/?case=1", f"/inquiries/new/?case={uuid.uuid4()}")
    assert [browser.get(address).status_code for address in addresses] == [404, 404, 404]


def test_a_look_at_a_letter_and_its_print_are_on_record(cast: Cast) -> None:
    one = sent(cast, case_of(cast, 31, TO_TARGET))
    browser = cast.client(cast.clerk_a)
    before = Reading.objects.count()
    for below in ("", "letter.pdf", "letter.docx"):
        browser.get(f"/inquiries/{one.uid}/{below}")
    rows = list(Reading.objects.order_by("pk")[before:].values_list("what", "subject", "count"))
    assert rows == [(what, cast.people[31], 1) for what in ("page", "print", "print")]


def test_the_tracker_shows_overdue_letters_first(cast: Cast) -> None:
    case = case_of(cast, 31, TO_TARGET)
    sent(cast, case, addressee="甲村党支部")
    overdue(cast, case, addressee="乙村党支部")
    follow(cast, overdue(cast, case, addressee="丙村党支部"), "undelivered")
    browser = cast.client(cast.secretary_a)
    lists = {state: browser.get(f"/inquiries/?state={state}").content.decode() for state in ("open", "overdue", "done")}
    shown = {
        state: sorted((one for one in ("甲村党支部", "乙村党支部", "丙村党支部") if one in text), key=text.index)
        for state, text in lists.items()
    }
    assert shown == {"open": ["乙村党支部", "甲村党支部"], "overdue": ["乙村党支部"], "done": ["丙村党支部"]}


def test_the_tracker_is_filtered_and_holds_the_own_township_alone(cast: Cast) -> None:
    sent(cast, case_of(cast, 31, TO_TARGET), kind="visit", addressee="甲村党支部")
    sent(cast, case_of(cast, 32, TO_TARGET), "secretary_b", addressee="乙村党支部")
    found = {
        (part, kind): [
            one in cast.client(cast.accounts[part]).get(f"/inquiries/?kind={kind}").content.decode()
            for one in ("甲村", "乙村")
        ]
        for part in ("officer", "clerk_a", "clerk_b")
        for kind in ("", "visit")
    }
    assert found == {
        ("officer", ""): [True, True],
        ("officer", "visit"): [True, False],
        ("clerk_a", ""): [True, False],
        ("clerk_a", "visit"): [True, False],
        ("clerk_b", ""): [False, True],
        ("clerk_b", "visit"): [False, False],
    }


@pytest.mark.parametrize("count", [1, 3])
def test_the_tracker_takes_as_many_queries_for_three_letters_as_for_one(
    cast: Cast, count: int, django_assert_num_queries: Any
) -> None:
    for place in (31, 21, 8)[:count]:
        sent(cast, case_of(cast, place, TO_TARGET))
    browser = cast.client(cast.clerk_a)
    browser.get("/inquiries/")
    with django_assert_num_queries(9):
        assert browser.get("/inquiries/").status_code == 200


def test_overdue_letters_are_a_duty_at_home_few_by_name_and_many_by_number(cast: Cast) -> None:
    case = case_of(cast, 31, TO_TARGET)
    for _ in range(3):
        overdue(cast, case)
    unit = cast.unit("001.001.001")
    duties = inquiry_duties(unit, cast.tree, cast.today)
    assert [one.rule for one in duties] == ["INQ-01"] * 3
    overdue(cast, case)
    (one,) = inquiry_duties(unit, cast.tree, cast.today)
    assert (one.title, one.link) == ("函调有 4 份逾期没有回复", "/inquiries/?state=overdue")
    assert one.title in cast.client(cast.secretary_a).get("/").content.decode()
    assert inquiry_duties(cast.unit("001"), cast.tree, cast.today) == []


def test_the_print_holds_stub_letter_and_return_slip_and_no_number(cast: Cast) -> None:
    one = sent(cast, case_of(cast, 31, TO_TARGET), about="family")
    answer = cast.client(cast.clerk_a).get(f"/inquiries/{one.uid}/letter.pdf")
    text = "".join(part.extract_text() for part in PdfReader(io.BytesIO(answer.content)).pages).replace("\n", "")
    wanted = (
        "政治审查函调信（存根）",
        "政治审查函调信（回函）",
        f"〔{cast.today.year}〕第1号",
        "某县某镇某村党支部",
        "骑缝章",
    )
    assert {one: one in text for one in wanted} == dict.fromkeys(wanted, True)
    assert "998001" not in text


def test_the_file_to_be_edited_says_the_same(cast: Cast) -> None:
    one = sent(cast, case_of(cast, 31, TO_TARGET), kind="visit")
    answer = cast.client(cast.clerk_a).get(f"/inquiries/{one.uid}/letter.docx")
    text = "\n".join(part.text for part in docx.Document(io.BytesIO(answer.content)).paragraphs)
    wanted = (
        "政治审查外调介绍信（存根）",
        "政治审查外调介绍信（回函）",
        f"〔{cast.today.year}〕第1号",
        "某县某镇某村党支部",
    )
    assert {one: one in text for one in wanted} == dict.fromkeys(wanted, True)


def test_the_sheet_names_no_finding(cast: Cast) -> None:
    one = sent(cast, case_of(cast, 31, TO_TARGET))
    follow(cast, one, "answered", "clerk_a", finding="concern")
    answer = cast.client(cast.clerk_a).post("/exports/inquiries/?state=done", {"usual": "check", "words": "核对函调"})
    rows = list(openpyxl.load_workbook(io.BytesIO(answer.content)).worksheets[0].iter_rows(values_only=True))
    (row,) = [row for row in rows if isinstance(row[0], int)]
    assert (row[1], row[10]) == (f"青石镇党委〔{cast.today.year}〕第1号", "已回函")
    assert not [cell for row in rows for cell in row if isinstance(cell, str) and "需要说明" in cell]


def test_machines_read_letters_of_their_reach_without_findings(cast: Cast, machines: Machines) -> None:
    one = sent(cast, case_of(cast, 31, TO_TARGET))
    follow(cast, one, "answered", "clerk_a", finding="concern")
    (item,) = machines(unit=TOWN).items("/api/inquiries/")
    assert (item["uid"], item["state"], item["unit"]) == (str(one.uid), "已回函", "001.001.001")
    assert {key for key in item if "find" in key or "note" in key} == set()
    assert machines(unit=OTHER_TOWN).items("/api/inquiries/") == []
