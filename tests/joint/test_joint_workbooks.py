"""The encrypted workbook of a department: it comes back as it went, or every row that was touched is named."""

from __future__ import annotations

import io
import re
import uuid
from collections.abc import Callable
from typing import Any

import msoffcrypto
import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from msoffcrypto.format.ooxml import OOXMLFile

from tests.cast import Cast, cast
from tests.joint.parts import BODIES, all_clear, body, said, sent, target
from yumiao.admission.models import JointReview, JointReviewAnswer, JointReviewEvent
from yumiao.journal.models import Reading

__all__ = ["cast"]
pytestmark = pytest.mark.db
CANARY = "金丝雀丁戊己"
Change = Callable[[Any], None]


def exported(cast: Cast, batch: JointReview, name: str) -> tuple[bytes, str]:
    """The workbook of a body and its password, as the page gives them."""
    officer, address = cast.client(cast.officer), f"/joint/bodies/{body(batch, name).uid}/workbook/"
    page = officer.get(address).content.decode()
    password, token = re.search(r"[A-Z2-9]{4}(-[A-Z2-9]{4}){3}", page), re.search(r'name="token" value="([^"]+)"', page)
    assert password is not None
    assert token is not None
    answer: Any = officer.post(address, {"token": token[1], "once": str(uuid.uuid4())})
    assert answer.status_code == 200
    return answer.content, password[0]


def plain(content: bytes, password: str) -> Any:
    opened, file = io.BytesIO(), msoffcrypto.OfficeFile(io.BytesIO(content))
    file.load_key(password=password)
    file.decrypt(opened)
    return openpyxl.load_workbook(opened)


def locked(book: Any, password: str) -> bytes:
    out, back = io.BytesIO(), io.BytesIO()
    book.save(out)
    out.seek(0)
    OOXMLFile(out).encrypt(password, back)
    return back.getvalue()


def returned(cast: Cast, batch: JointReview, name: str, content: bytes, password: str) -> Any:
    file = SimpleUploadedFile("returned.xlsx", content)
    given = {"file": file, "password": password}
    return cast.client(cast.officer).post(f"/joint/bodies/{body(batch, name).uid}/import/", given)


def three(cast: Cast) -> JointReview:
    return sent(cast, *(target(cast, place) for place in (31, 32, 7)), offline=["court"])


def answered(book: Any) -> None:
    sheet = book["联审名单"]
    for row, (answer, text) in enumerate((("未发现不良记录", ""), ("有不良记录", CANARY), ("", "")), start=2):
        sheet.cell(row, 7, answer or None)
        sheet.cell(row, 8, text or None)


def test_a_workbook_comes_back_reordered_and_its_good_rows_are_taken_in(cast: Cast) -> None:
    batch = three(cast)
    content, password = exported(cast, batch, "court")
    last = Reading.objects.latest("pk")
    assert (last.what, last.count, content[:4]) == ("export", 3, b"\xd0\xcf\x11\xe0")
    book = plain(content, password)
    sheet = book["联审名单"]
    head = [cell.value for cell in sheet[1]]
    assert head == ["序号", "行码", "姓名", "性别", "公民身份号码", "居住地", "答复", "情况说明", "文号"]
    assert book["校验"].sheet_state == "veryHidden"
    answered(book)
    first, second = ([cell.value for cell in sheet[row]] for row in (2, 3))
    for place, (one, other) in enumerate(zip(first, second, strict=True), start=1):
        sheet.cell(2, place).value, sheet.cell(3, place).value = other, one
    shown = returned(cast, batch, "court", locked(book, password), password)
    assert (shown.status_code, CANARY in said(shown)) == (200, False)
    assert "可以收入 2 人 没有填写 1 人 需要更正 0 行" in said(shown)
    assert not JointReviewAnswer.objects.exists()
    token = re.search(r'name="token" value="([^"]+)"', shown.content.decode())
    assert token is not None
    take = f"/joint/bodies/{body(batch, 'court').uid}/import/take/"
    other = f"/joint/bodies/{body(batch, 'police').uid}/import/take/"
    officer = cast.client(cast.officer)
    assert officer.post(other, {"token": token[1]}).status_code == 422
    assert officer.post(take, {"token": token[1], "once": str(uuid.uuid4())}).status_code == 302
    found = JointReviewAnswer.objects.alive().order_by("review_case__position").values_list("answer", "came")
    assert list(found) == [("no_adverse_record", "workbook"), ("adverse_record", "workbook")]
    assert list(JointReviewEvent.objects.alive().values_list("what", flat=True)) == ["exported", "returned"]


def altered(sheet: Any) -> None:
    sheet.cell(3, 3, "改名换姓")


def added(sheet: Any) -> None:
    sheet.append(["4", "0004-00000000000000000000", "添加之人", "男", "", "", "未发现不良记录", "", ""])


def missing(sheet: Any) -> None:
    sheet.delete_rows(3)


def doubled(sheet: Any) -> None:
    sheet.append([cell.value for cell in sheet[2]])


def swapped(sheet: Any) -> None:
    sheet.cell(2, 2).value, sheet.cell(3, 2).value = sheet.cell(3, 2).value, sheet.cell(2, 2).value


def test_every_row_that_was_touched_is_named_and_the_whole_refused(cast: Cast) -> None:
    batch = three(cast)
    content, password = exported(cast, batch, "court")
    cases: list[tuple[Change, str]] = [
        (altered, "第 3 行的名单内容被改动"),
        (added, "第 5 行不在原来的名单中"),
        (missing, "缺少原名单序号 2 的人员"),
        (doubled, "第 5 行与前面的行重复"),
        (swapped, "第 2、3 行的名单内容被改动"),
    ]
    for change, words in cases:
        book = plain(content, password)
        answered(book)
        change(book["联审名单"])
        shown = returned(cast, batch, "court", locked(book, password), password)
        assert (shown.status_code, words in said(shown), 'name="token"' in shown.content.decode()) == (409, True, False)


def test_what_is_no_workbook_of_this_batch_is_said_so(cast: Cast) -> None:
    batch = three(cast)
    content, password = exported(cast, batch, "court")
    book = plain(content, password)
    open_book = io.BytesIO()
    book.save(open_book)
    book["校验"].cell(1, 3, "9")
    tries = [
        ("court", content, "AAAA-BBBB-CCCC-DDDD", "密码不对"),
        ("court", b"no workbook at all", password, "不是加密的 .xlsx 工作簿"),
        ("court", open_book.getvalue(), password, "没有打开密码"),
        ("police", content, password, "不是本批次发给该部门的工作簿"),
        ("court", locked(book, password), password, "不是本批次发给该部门的工作簿"),
    ]
    for name, sent_back, word, expected in tries:
        shown = returned(cast, batch, name, sent_back, word)
        assert (shown.status_code, expected in said(shown)) == (422, True)


def test_a_row_filled_in_badly_is_named_and_the_others_are_good(cast: Cast) -> None:
    batch = three(cast)
    content, password = exported(cast, batch, "court")
    book = plain(content, password)
    sheet = book["联审名单"]
    for row, (answer, text) in enumerate((("没有问题", ""), ("有不良记录", ""), ("不掌握情况", "")), start=2):
        sheet.cell(row, 7, answer)
        sheet.cell(row, 8, text or None)
    shown = said(returned(cast, batch, "court", locked(book, password), password))
    assert "可以收入 1 人 没有填写 0 人 需要更正 2 行" in shown
    assert ("第 2 行：答复应从下拉列表中选择" in shown, "第 3 行：有不良记录的没有写明情况" in shown) == (True, True)


def test_a_closed_batch_takes_no_workbook_in(cast: Cast) -> None:
    batch = three(cast)
    content, password = exported(cast, batch, "court")
    book = plain(content, password)
    answered(book)
    all_clear(cast, batch, *BODIES)
    shown = returned(cast, batch, "court", locked(book, password), password)
    token = re.search(r'name="token" value="([^"]+)"', shown.content.decode())
    assert token is not None
    taken = cast.client(cast.officer).post(
        f"/joint/bodies/{body(batch, 'court').uid}/import/take/", {"token": token[1]}
    )
    assert (taken.status_code, "本批已经办结" in said(taken)) == (409, True)
