"""Hostile workbooks, other people's units, swapped files and double clicks, through the pages of an import."""

from __future__ import annotations

import io
import json
import re
import resource
import uuid
import zipfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from openpyxl import load_workbook

import tests.cast
from tests.cast import COUNTY, FAR_VILLAGE, OTHER_TOWN, TOWN, VILLAGE, Cast, cast_county
from tests.desk.county_cells import County, applicant, member, number, person, plan, talent
from tests.desk.county_facts import all_facts
from tests.desk.importing_pages import clear, form_of, lead, shown, stored, taken, texts, upload, uploaded
from yumiao.desk.imports.store import LARGEST, shown_name, uploads_of
from yumiao.journal.models import Entry
from yumiao.people.models import Person, Tie

pytestmark = [pytest.mark.db, pytest.mark.usefixtures("_in_this_process")]
cast = tests.cast.cast


@pytest.fixture
def _in_this_process(settings) -> Iterator[None]:
    settings.IMPORTS_RUN_APART = False
    clear()
    yield
    clear()


def last() -> int:
    return Entry.objects.latest("seq").seq


def only(title: str, *rows: dict[str, Any]) -> County:
    county = cast_county().only(title)
    county.sheets[title] = list(rows)
    return county


def sent(cast: Cast, who: Any, county: County, folder: Path) -> Any:
    """The page that an upload of somebody leads to."""
    return upload(cast.client(who), county.file(folder / f"{uuid.uuid4()}.xlsx").read_bytes())


def as_it_stands(county: County) -> bytes:
    """The county as a file in which no text has become a formula."""
    kept = io.BytesIO()
    options = {"strings_to_formulas": False, "strings_to_urls": False, "default_date_format": "yyyy-mm-dd"}
    with xlsxwriter.Workbook(kept, options) as book:
        for title, rows in county.sheets.items():
            sheet = book.add_worksheet(title)
            for place, row in enumerate(
                [county.headers[title], *([row.get(header) for header in county.headers[title]] for row in rows if row)]
            ):
                sheet.write_row(place, 0, row)
    return kept.getvalue()


def noted(page: Any) -> list[tuple[str, str]]:
    """(column and rule) of every fault, then every warning, on a preview page."""
    body = page.content.decode()
    found = re.findall(r'<th scope="row" role="rowheader">([^<]*)</th>.{0,400}?/rules/([^/]+)/', body)
    return [(column, rule) for column, rule in found]


def unit(code: str, name: str, parent: str | None, kind: str = "村党支部") -> dict[str, Any]:
    return {"组织代码": code, "组织名称": name, "组织类别": kind, "上级组织代码": parent}


# -- 27: texts that look like formulas --------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["+A1", "-2+C3", "@SUM(A1)"])
def test_abuse_27_a_name_that_looks_like_a_formula_goes_out_as_text(cast: Cast, name: str) -> None:
    officer = cast.client(cast.officer)
    county = only("党员", member(11, 姓名=name), member(12, "001.999", 姓名=name))
    page = upload(officer, as_it_stands(county))
    returned = load_workbook(io.BytesIO(officer.get(f"{page.redirect_chain[-1][0]}faults/").content))
    assert [(cell.data_type, cell.value) for cell in returned["党员"]["B"][1:]] == [("s", name)]
    taken(officer, page, "good")
    out = officer.post("/export/", {"purpose": "年度统计核对"}).content
    cells = [cell for row in load_workbook(io.BytesIO(out))["党员"] for cell in row]
    assert [cell.value for cell in cells if cell.data_type == "f"] == []
    assert [cell.value for cell in cells if cell.value == name] == [name]


@pytest.mark.parametrize("name", ['=HYPERLINK("http://evil.example","x")', "+1", "-2+3"])
def test_abuse_27_a_formula_that_can_be_no_name_is_returned_as_text(cast: Cast, name: str) -> None:
    officer = cast.client(cast.officer)
    page = upload(officer, as_it_stands(only("党员", member(11, 姓名=name))))
    assert noted(page) == [("姓名", "WBK-19")]
    returned = load_workbook(io.BytesIO(officer.get(f"{page.redirect_chain[-1][0]}faults/").content))
    assert [(cell.data_type, cell.value) for cell in returned["党员"]["B"][1:]] == [("s", name)]


# -- 28, 29, 30: files that are no honest workbook -----------------------------------------------------------------------


def archive(**parts: bytes) -> bytes:
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as book:
        for name, content in parts.items():
            book.writestr(name.replace("__", "/").replace("_xml", ".xml"), content)
    return kept.getvalue()


ENTITY = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><sst>&e;</sst>'
HOSTILE = {
    "entity": (archive(xl__workbook_xml=b"<workbook/>", xl__sharedStrings_xml=ENTITY), "含有文档类型声明"),
    "bomb": (archive(xl__workbook_xml=b"<workbook/>", xl__sharedStrings_xml=b"0" * (64 << 20)), "压缩比例不正常"),
    "far": (
        archive(xl__workbook_xml=b"<workbook/>", xl__worksheets__sheet1_xml=b'<row r="1"><c r="XFD1048576"/></row>'),
        "的内容超出",
    ),
    "html": (b"<html><table><tr><td>1</td></tr></table></html>", "文件不是 .xlsx 工作簿"),
    "xls": (bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 600, "文件是旧的 .xls 等格式"),
    "encrypted": (
        bytes.fromhex("d0cf11e0a1b11ae1") + "EncryptedPackage".encode("utf-16-le") + b"\0" * 600,
        "文件设有打开密码",
    ),
    "macro": (archive(xl__workbook_xml=b"<workbook/>", **{"xl/vbaProject.bin": b"x"}), "文件带有宏"),
    "cut": (archive(xl__workbook_xml=b"<workbook/>")[:-30], "不完整或已损坏"),
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_abuse_28_29_30_a_hostile_file_is_refused_with_a_reason_and_a_way_out(cast: Cast, kind: str) -> None:
    content, why = HOSTILE[kind]
    before = last()
    page = upload(cast.client(cast.officer), content)
    assert (page.status_code, why in shown(page), last()) == (200, True, before)
    assert "删除暂存的文件" in shown(page)


# -- 31: one bad row refuses the whole --------------------------------------------------------------------------------


def test_abuse_31_a_bad_number_in_the_last_of_many_rows_refuses_the_whole_with_its_place(
    cast: Cast, tmp_path: Path
) -> None:
    officer = cast.client(cast.officer)
    rows = [member(place) for place in range(11, 400)]
    wrong = number(400)[:17] + ("0" if number(400)[17] != "0" else "1")
    page = sent(cast, cast.officer, only("党员", *rows, member(400, 公民身份号码=wrong)), tmp_path)
    assert lead(page).startswith("共 390 行：新增 389 行，变更 0 行，未变 0 行，退回 1 行。")
    assert noted(page) == [("公民身份号码", "IDN-01")]
    assert "391" in shown(page)
    before = last()
    address, fields = form_of(page, "take", deed="all")
    answer = officer.post(address, fields, follow=True)
    assert (answer.status_code, last(), Person.objects.count()) == (409, before, 15)


# -- 32: other people's units ------------------------------------------------------------------------------------------


def test_abuse_32_rows_outside_the_importers_units_are_refused_and_none_applied(cast: Cast, tmp_path: Path) -> None:
    before = all_facts()
    county = County().only("组织", "党员", "发展培养", "人才库", "发展计划")
    county.sheets["组织"] = [
        unit("001.001.010", "新塘村党支部", TOWN),
        unit("001.002.010", "外村党支部", OTHER_TOWN),
        unit(FAR_VILLAGE, "改名的外村党支部", OTHER_TOWN),
        unit(VILLAGE, "云岭村党支部", OTHER_TOWN),
        unit("001.009", "新镇党委", COUNTY, "乡镇党委"),
    ]
    county.sheets["党员"] = [
        member(11),
        member(12, FAR_VILLAGE),
        member(5, FAR_VILLAGE, 学历="本科"),
        member(9, VILLAGE, 学历="本科"),
        member(13, 入党时所在党支部代码=FAR_VILLAGE),
    ]
    county.sheets["发展培养"] = [applicant(23, VILLAGE), applicant(25, FAR_VILLAGE)]
    county.sheets["人才库"] = [talent(32, VILLAGE)]
    county.sheets["发展计划"] = [plan(OTHER_TOWN, 5), plan(TOWN, 9)]
    page = sent(cast, cast.clerk_a, county, tmp_path)
    assert noted(page) == [
        ("上级组织代码", "WBK-17"), ("组织代码", "WBK-17"), ("上级组织代码", "WBK-17"), ("上级组织代码", "WBK-17"),
        ("所在党支部代码", "WBK-17"), ("所在党支部代码", "WBK-17"), ("公民身份号码", "WBK-17"),
        ("入党时所在党支部代码", "WBK-17"), ("公民身份号码", "WBK-17"), ("所在党支部代码", "WBK-17"),
        ("公民身份号码", "WBK-17"), ("组织代码", "WBK-17"),
    ]  # fmt: skip
    taken(cast.client(cast.clerk_a), page, "good")
    units, people, quotas = all_facts()
    assert (set(units) - set(before[0]), set(people) - set(before[1])) == ({"001.001.010"}, {number(11)})
    assert {code: units[code] for code in before[0]} == before[0]
    assert {one: people[one] for one in before[1]} == before[1]
    assert len(quotas - before[2]) == 1


def test_abuse_32_nothing_of_a_person_outside_leaks_through_what_is_said_of_the_row(cast: Cast, tmp_path: Path) -> None:
    """Member, applicant, talent of township B: whatever the row says of them, the answer is the same sentence."""
    sentences = set()
    for rows in (
        ("党员", member(9, VILLAGE, 入党日期=date(1999, 1, 1))),
        ("党员", person(23, VILLAGE, date(1995, 2, 3)) | {"人员类别": "正式党员", "入党日期": date(2020, 1, 1)}),
        ("发展培养", person(9, VILLAGE) | {"递交入党申请书日期": date(2024, 3, 5)}),
        ("人才库", person(9, VILLAGE) | {"人才类别": "其他", "入库日期": date(2026, 3, 5)}),
    ):
        page = sent(cast, cast.clerk_a, only(*rows), tmp_path)
        (row,) = rows_of(page)
        sentences.add((row[3].partition("（")[0], row[4]))
        assert [word in shown(page) for word in (FAR_VILLAGE, "竹溪", "枫溪", "已登记", "入党日期不同")] == [False] * 5
    assert sentences == {("不在管理范围内", "WBK-17")}


def rows_of(page: Any) -> list[list[str]]:
    """The cells of the table of faults."""
    body = page.content.decode().partition('id="faults"')[2]

    class Cut:
        content = body.encode()

    return texts(Cut())


def test_abuse_32_a_unit_outside_and_one_that_is_not_there_look_the_same(cast: Cast, tmp_path: Path) -> None:
    said = []
    for code in (FAR_VILLAGE, "001.002.777"):
        page = sent(cast, cast.clerk_a, only("党员", member(11, code)), tmp_path)
        said.append([(row[3].partition("（")[0], row[4]) for row in rows_of(page)])
    assert said == [[("没有这个组织，或不在管理范围内", "WBK-17")]] * 2


def test_abuse_32_a_tie_to_somebody_outside_tells_no_more_than_one_to_nobody(cast: Cast, tmp_path: Path) -> None:
    for place in (9, 777):
        page = sent(cast, cast.clerk_a, only("发展培养", applicant(24, 培养联系人一=number(place))), tmp_path)
        assert "培养联系人不是系统中登记的人，或不在管理范围内，按原样登记，请核对" in shown(page)
    page = sent(cast, cast.clerk_a, only("发展培养", applicant(24, 培养联系人一=number(9))), tmp_path)
    taken(cast.client(cast.clerk_a), page, "all")
    tie = Tie.objects.latest("id")
    assert (tie.other_id, tie.other_text) == (None, "998001********" + number(9)[-4:])


def test_abuse_32_a_tie_outside_that_stands_is_left_as_it_is(cast: Cast, tmp_path: Path) -> None:
    rows = only("发展培养", applicant(21, 培养联系人一=number(9), 培养联系人二=number(4)))
    taken(cast.client(cast.officer), sent(cast, cast.officer, rows, tmp_path), "all")
    page = sent(cast, cast.clerk_a, rows, tmp_path)
    assert lead(page).startswith("共 1 行：新增 0 行，变更 0 行，未变 1 行，退回 0 行。")


def test_abuse_32_an_admission_that_counts_elsewhere_is_not_moved_by_who_reaches_only_here(
    cast: Cast, tmp_path: Path
) -> None:
    elsewhere = only("党员", member(3, "001.001.002.002", 入党时所在党支部代码=FAR_VILLAGE))
    taken(cast.client(cast.officer), sent(cast, cast.officer, elsewhere, tmp_path), "all")
    same = sent(cast, cast.clerk_a, elsewhere, tmp_path)
    assert lead(same).startswith("共 1 行：新增 0 行，变更 0 行，未变 1 行，退回 0 行。")
    moved = sent(cast, cast.clerk_a, only("党员", member(3, "001.001.002.002", 入党时所在党支部代码=VILLAGE)), tmp_path)
    assert noted(moved) == [("入党时所在党支部代码", "WBK-17")]


def test_abuse_32_who_holds_the_root_is_refused_nothing(cast: Cast, tmp_path: Path) -> None:
    county = only("党员", member(11), member(12, FAR_VILLAGE), member(5, FAR_VILLAGE, 学历="本科"))
    assert noted(sent(cast, cast.officer, county, tmp_path)) == []


# -- 33, 34: what was shown is what is written, once ----------------------------------------------------------------------


def test_abuse_33_the_file_that_was_shown_is_the_one_that_is_written(cast: Cast, tmp_path: Path) -> None:
    officer = cast.client(cast.officer)
    first, second = (sent(cast, cast.officer, only("党员", member(place)), tmp_path) for place in (11, 12))
    before = last()
    address, _ = form_of(second, "take")
    _, fields = form_of(first, "take", deed="all")
    answer = officer.post(address, fields, follow=True)
    assert (answer.status_code, last()) == (409, before)
    assert "提交的内容与最近一次预览不符，没有写入任何数据。" in shown(answer)


def test_abuse_33_a_stored_file_that_was_exchanged_is_not_written(cast: Cast, tmp_path: Path) -> None:
    officer = cast.client(cast.officer)
    first, second = (
        uploaded(cast, cast.officer, only("党员", member(place)).file(tmp_path / "x.xlsx").read_bytes())
        for place in (11, 12)
    )
    page = officer.get(f"/import/{first.uid}/")
    (first.folder / "file.sealed").write_bytes((second.folder / "file.sealed").read_bytes())
    before = last()
    answer = taken(officer, page, "all")
    assert ("暂存的文件与上传时不符，什么也没有写入。" in shown(answer), last()) == (True, before)


def test_abuse_34_a_double_click_is_one_act(cast: Cast, tmp_path: Path) -> None:
    officer = cast.client(cast.officer)
    page = sent(cast, cast.officer, only("党员", member(11)), tmp_path)
    before, persons = last(), Person.objects.count()
    answers = [taken(officer, page, "all").redirect_chain[-1][0] for _ in range(2)]
    assert (answers, last()) == ([f"/import/{before + 1}/"] * 2, before + 1)
    assert Person.objects.count() == persons + 1


def test_abuse_34_two_people_with_the_same_file_are_one_act(cast: Cast, tmp_path: Path) -> None:
    rows = only("党员", member(11))
    pages = [(who, sent(cast, who, rows, tmp_path)) for who in (cast.officer, cast.clerk_a)]
    before = last()
    answers = [taken(cast.client(who), page, "all") for who, page in pages]
    assert [answer.status_code for answer in answers] == [200, 409]
    assert last() == before + 1


# -- 36, 37: names and amounts ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "shown_as"),
    [
        ("../../settings.py.xlsx", "settings.py.xlsx"),
        ("a\r\nSet-Cookie: x=1.xlsx", "a Set-Cookie x=1.xlsx"),
        ("县" * 300 + ".xlsx", "县" * 80 + ".xlsx"),
        ("工作\u202exslx.exe\u202c簿.xlsx", "工作 xslx.exe 簿.xlsx"),
        (f"{number(1)}.xlsx", f"998001 {number(1)[-4:]}.xlsx"),
        (".xlsx", "工作簿.xlsx"),
    ],
)
def test_abuse_36_a_file_name_is_only_shown_and_never_a_path(name: str, shown_as: str) -> None:
    assert shown_name(name.rpartition("/")[2]) == shown_as


def test_abuse_36_folders_are_named_by_numbers_of_ours(cast: Cast) -> None:
    page = upload(cast.client(cast.officer), b"x", "../../settings.py.xlsx")
    (found,) = uploads_of(cast.officer.uid)
    assert (found.folder.name, stored()) == (str(found.uid), [found.uid])
    assert found.meta.name == "settings.py.xlsx"
    assert "Set-Cookie: x" not in str(page.headers)


def test_abuse_37_of_many_uploads_by_one_account_five_are_kept(cast: Cast) -> None:
    for place in range(8):
        upload(cast.client(cast.officer), b"x" * 10, f"{place}.xlsx")
    upload(cast.client(cast.clerk_a), b"x", "别人的.xlsx")
    assert [one.meta.name for one in uploads_of(cast.officer.uid)] == [f"{place}.xlsx" for place in (7, 6, 5, 4, 3)]
    assert len(stored()) == 6


def test_abuse_37_a_file_over_the_limit_is_not_taken_in(cast: Cast) -> None:
    page = upload(cast.client(cast.officer), b"x" * (LARGEST + 1))
    assert (page.status_code, stored()) == (413, [])
    assert "文件太大" in page.content.decode()
    page = upload(cast.client(cast.officer), b"x" * LARGEST)
    assert (page.status_code, len(stored())) == (200, 1)


def test_abuse_51_a_full_disk_during_an_upload_is_said_plainly_and_leaves_nothing(cast: Cast) -> None:
    officer = cast.client(cast.officer)
    usual = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (50_000, usual[1]))
    try:
        page = upload(officer, b"x" * 100_000)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, usual)
    assert (page.status_code, stored()) == (507, [])
    assert "服务器磁盘空间不足，文件没有收下。" in shown(page)


def test_an_upload_without_the_forms_proof_is_refused(cast: Cast) -> None:
    browser = cast.client(cast.officer, enforce_csrf_checks=True)
    file = io.BytesIO(b"x")
    file.name = "x.xlsx"
    assert (browser.post("/import/", {"file": file}).status_code, stored()) == (403, [])


def test_the_entry_of_an_import_holds_no_personal_value(cast: Cast, tmp_path: Path) -> None:
    page = upload(
        cast.client(cast.officer), only("党员", member(11)).file(tmp_path / "x.xlsx").read_bytes(), f"{number(11)}.xlsx"
    )
    taken(cast.client(cast.officer), page, "all")
    data = Entry.objects.latest("seq").data
    assert [word in data for word in (number(11), member(11)["姓名"])] == [False, False]
    assert json.loads(data)["sheets"] == {"党员": {"new": 1, "changed": 0, "unchanged": 0, "refused": 0}}
