"""Numbers of 志愿书 through their pages: handed, used under the lock, void, withdrawn, reconciled."""

from __future__ import annotations

import io
import uuid
from datetime import date
from typing import Any

import openpyxl
import pytest
from pypdf import PdfReader

from tests.cast import OTHER_TOWN, TOWN, Cast, cast
from tests.cultivation.held import case_of
from yumiao.admission.asked import Asked
from yumiao.admission.form_queries import free_forms, kept_ranges
from yumiao.admission.models import FormRange, FormUse, FormVoid
from yumiao.desk.dossier import recording
from yumiao.desk.proof import findings
from yumiao.journal.models import Entry
from yumiao.kernel.objections import Refused

__all__ = ["cast"]
pytestmark = pytest.mark.db
TO_FORM = {
    1: date(2024, 3, 5), 2: date(2024, 3, 20), 3: date(2024, 10, 15), 4: date(2024, 10, 20), 5: date(2024, 10, 20),
    6: [date(2025, 4, 1), date(2025, 10, 1)], 7: date(2025, 11, 1), 8: date(2025, 11, 10), 9: date(2025, 11, 20),
    10: date(2026, 1, 10), 11: date(2026, 1, 10), 12: date(2026, 2, 1), 13: date(2026, 2, 10),
}  # fmt: skip


def hand(cast: Cast, first: str = "桂0000101", last: str = "桂0000120", unit: str = TOWN, **fields: Any) -> Any:
    given = {"unit": unit, "first": first, "last": last, "on": cast.today.isoformat(), **fields}
    return cast.client(cast.officer).post("/forms/hand/", given)


def handed(cast: Cast, *args: str, **fields: Any) -> uuid.UUID:
    answer = hand(cast, *args, **fields)
    assert answer.status_code == 302, answer.content.decode()
    return FormRange.objects.alive().latest("pk").uid


def fill(cast: Cast, case: uuid.UUID, form: str, reason: str = "") -> None:
    account = cast.secretary_a
    who = recording.Deciding(cast.actor(account), None)
    ground_for = recording.ground_by(cast.today, cast.reader(account))
    recording.record(case, Asked(step=14, on=cast.today, form=form, reason=reason), who=who, ground_for=ground_for)


def void(cast: Cast, uid: uuid.UUID, number: str, who: str = "clerk_a", **fields: Any) -> Any:
    given = {"number": number, "why": "spoilt", "on": cast.today.isoformat(), "reason": "出生年月填写错误", **fields}
    return cast.client(getattr(cast, who)).post(f"/forms/{uid}/void/", given)


def refused(cast: Cast, case: uuid.UUID, form: str) -> list[str]:
    with pytest.raises(Refused) as found:
        fill(cast, case, form)
    return [one.rule for one in found.value.objections]


def test_the_county_hands_a_range_to_a_township(cast: Cast) -> None:
    uid = handed(cast)
    row = FormRange.objects.alive().get(uid=uid)
    assert (row.prefix, row.first, row.last, row.digits, row.unit_id) == ("桂", 101, 120, 7, cast.unit(TOWN).id)
    entry = Entry.objects.latest("seq")
    assert (entry.verb, entry.subject) == ("forms_handed", cast.unit(TOWN).uid)
    assert list(findings()) == []


def test_ranges_of_one_beginning_never_overlap(cast: Cast) -> None:
    handed(cast)
    answer = hand(cast, "桂0000120", "桂0000130", unit=OTHER_TOWN)
    assert (answer.status_code, "FRM-03" in answer.content.decode()) == (409, True)
    assert FormRange.objects.alive().count() == 1


def test_a_form_sent_twice_hands_one_range(cast: Cast) -> None:
    once = str(uuid.uuid4())
    assert [hand(cast, once=once).status_code for _ in range(2)] == [302, 302]
    assert FormRange.objects.alive().count() == 1


def test_the_next_free_numbers_are_those_of_the_own_township(cast: Cast) -> None:
    handed(cast, "桂0000101", "桂0000103")
    handed(cast, "桂0000201", "桂0000240", unit=OTHER_TOWN)
    here, there = cast.unit("001.001.002.001").path, cast.unit(OTHER_TOWN).path
    assert free_forms(here) == ["桂0000101", "桂0000102", "桂0000103"]
    assert (len(free_forms(there)), free_forms(there)[0]) == (20, "桂0000201")


def test_step_14_takes_a_free_number_of_the_own_township_alone(cast: Cast) -> None:
    handed(cast)
    handed(cast, "桂0000201", "桂0000240", unit=OTHER_TOWN)
    case = case_of(cast, 31, TO_FORM)
    assert refused(cast, case, "桂0000201") == ["FRM-01"]
    assert refused(cast, case, "") == ["FRM-01"]
    fill(cast, case, "桂0000101")
    use = FormUse.objects.alive().get()
    assert (use.prefix, use.number, use.case.uid) == ("桂", 101, case)
    other = case_of(cast, 8, TO_FORM)
    assert refused(cast, other, "桂101") == ["FRM-02"]
    assert free_forms(cast.unit(TOWN).path)[0] == "桂0000102"


def test_without_any_range_a_number_is_asked_for_with_a_reason(cast: Cast) -> None:
    case = case_of(cast, 31, TO_FORM)
    assert refused(cast, case, "0000101") == ["FRM-01"]
    fill(cast, case, "0000101", reason="对照封面核对")
    assert FormUse.objects.alive().get().number == 101


def test_a_void_form_is_used_by_nobody(cast: Cast) -> None:
    uid = handed(cast)
    assert void(cast, uid, "桂0000101").status_code == 302
    assert refused(cast, case_of(cast, 31, TO_FORM), "桂0000101") == ["FRM-02"]
    assert free_forms(cast.unit(TOWN).path)[0] == "桂0000102"


def test_a_used_form_that_is_void_sends_its_case_back_to_step_14(cast: Cast) -> None:
    uid, case = handed(cast), case_of(cast, 31, TO_FORM)
    fill(cast, case, "桂0000101")
    assert void(cast, uid, "桂0000101").status_code == 302
    row = FormVoid.objects.alive().get()
    assert row.case is not None and row.case.uid == case
    page = cast.client(cast.clerk_a).get(f"/forms/{uid}/").content.decode()
    assert "须退回第 14 步，换新编号重新填写" in page
    account = cast.clerk_a
    ground_for = recording.ground_by(cast.today, cast.reader(account))
    who = recording.Deciding(cast.actor(account), None)
    read = recording.read_by(case)
    found = recording.step_objections(read, Asked(step=15, on=cast.today), ground_for(read.file), who)
    assert "FRM-05" in [one.rule for one in found]
    recording.send_back(case, 14, why="mistake", reason="志愿书作废", who=who, ground_for=ground_for)
    fill(cast, case, "桂0000102")
    assert [(one.used_only, len(one.void), one.left_count) for one in kept_ranges()] == [(1, 1, 18)]
    page = cast.client(cast.clerk_a).get(f"/forms/{uid}/").content.decode()
    assert "须退回第 14 步，换新编号重新填写" not in page


def test_a_void_can_be_withdrawn_once(cast: Cast) -> None:
    uid = handed(cast)
    void(cast, uid, "桂0000101")
    browser = cast.client(cast.clerk_a)
    assert [browser.post(f"/forms/{uid}/void/101/withdraw/").status_code for _ in range(2)] == [302, 409]
    assert not FormVoid.objects.alive().exists()
    assert free_forms(cast.unit(TOWN).path)[0] == "桂0000101"


def test_a_void_asks_for_its_reason_and_a_number_of_the_range(cast: Cast) -> None:
    uid = handed(cast)
    assert void(cast, uid, "桂0000101", reason="").status_code == 422
    assert void(cast, uid, "桂0000999").status_code == 409
    assert void(cast, uid, "没有").status_code == 409
    assert not FormVoid.objects.alive().exists()


def test_a_range_nobody_used_can_be_taken_back(cast: Cast) -> None:
    uid = handed(cast)
    browser = cast.client(cast.officer)
    assert browser.post(f"/forms/{uid}/back/", {"reason": "起止号写错"}).status_code == 302
    assert not FormRange.objects.alive().exists()
    uid = handed(cast)
    assert "FRM-03" not in browser.get(f"/forms/{uid}/back/").content.decode()
    void(cast, uid, "桂0000101")
    assert "FRM-03" in browser.get(f"/forms/{uid}/back/").content.decode()
    answer = browser.post(f"/forms/{uid}/back/", {"reason": "起止号写错"})
    assert (answer.status_code, "FRM-03" in answer.content.decode()) == (409, True)


@pytest.mark.parametrize(
    "part, status",
    [
        ("officer", 200),
        ("clerk_a", 200),
        ("clerk_b", 404),
        ("secretary_a", 403),
        ("auditor", 403),
        ("member", 403),
        ("outsider", 403),
    ],
)
def test_a_range_is_seen_by_its_township_and_the_county(cast: Cast, part: str, status: int) -> None:
    uid = handed(cast)
    assert cast.client(cast.accounts[part]).get(f"/forms/{uid}/").status_code == status
    assert void(cast, uid, "桂0000101", part).status_code == (302 if status == 200 else status)


def test_a_township_hands_no_ranges(cast: Cast) -> None:
    assert cast.client(cast.clerk_a).get("/forms/hand/").status_code == 403
    uid = handed(cast)
    assert cast.client(cast.clerk_a).post(f"/forms/{uid}/back/", {"reason": "写错"}).status_code == 403


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_takes_as_many_queries_for_three_ranges_as_for_one(
    cast: Cast, count: int, django_assert_num_queries: Any
) -> None:
    for place in range(count):
        handed(cast, f"桂{place}001", f"桂{place}050")
    browser = cast.client(cast.clerk_a)
    browser.get("/forms/")
    with django_assert_num_queries(LIST):
        assert browser.get("/forms/").status_code == 200


LIST = 6


def sheet(cast: Cast, uid: uuid.UUID, file: str) -> Any:
    address = f"/exports/forms/?range={uid}" + ("&file=pdf" if file == "pdf" else "")
    return cast.client(cast.clerk_a).post(address, {"usual": "check", "words": "核对志愿书"})


def test_the_reconciliation_sheet_says_what_became_of_every_number(cast: Cast) -> None:
    uid, case = handed(cast, "桂0000101", "桂0000110"), case_of(cast, 31, TO_FORM)
    fill(cast, case, "桂0000103")
    void(cast, uid, "桂0000105", why="lost", reason="邮寄遗失")
    answer = sheet(cast, uid, "xlsx")
    assert answer.status_code == 200, answer.content.decode()
    rows = openpyxl.load_workbook(io.BytesIO(answer.content)).worksheets[0].iter_rows(values_only=True)
    assert [list(row[3:6]) for row in rows if isinstance(row[0], int)] == [
        ["桂0000101—桂0000102", "未用", 2],
        ["桂0000103", "已用", 1],
        ["桂0000104", "未用", 1],
        ["桂0000105", "已作废", 1],
        ["桂0000106—桂0000110", "未用", 5],
    ]


def test_the_reconciliation_sheet_is_printed(cast: Cast) -> None:
    uid = handed(cast, "桂0000101", "桂0000110")
    void(cast, uid, "桂0000105")
    answer = sheet(cast, uid, "pdf")
    text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(answer.content)).pages)
    assert ("入党志愿书使用核对表" in text, "桂0000105" in text, "已作废" in text) == (True, True, True)
