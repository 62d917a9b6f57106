"""The whole way of a workbook through the pages, without script: upload, check, preview, take, result, undo, export."""

from __future__ import annotations

import io
import os
import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from urllib.parse import unquote

import pytest
from openpyxl import load_workbook

import tests.cast
from tests.cast import Cast, cast_county
from tests.desk.county_cells import County, applicant, member, number
from tests.desk.county_facts import all_facts
from tests.desk.importing_pages import clear, decided, lead, shown, stored, taken, texts, upload, uploaded
from yumiao.desk.imports.store import Phase, uploads_folder
from yumiao.journal.models import Entry, ImportedRow, Reading
from yumiao.people.models import Person, PersonRecord

pytestmark = [pytest.mark.db, pytest.mark.usefixtures("_in_this_process")]


cast = tests.cast.cast
LIST_QUERIES = 3
ROWS_QUERIES = 7


@pytest.fixture
def _in_this_process(settings) -> Iterator[None]:
    """The work is done within the request, where the test's own transaction is seen."""
    settings.IMPORTS_RUN_APART = False
    clear()
    yield
    clear()


def faulty() -> County:
    """Two new members, one corrected, three refused rows."""
    county = cast_county()
    county["党员"][0] |= {"学历": "本科", "手机号码": "12388887777"}
    county.add("党员", member(11), member(12), member(13, "001.009"), member(15, 性别="女"))
    county.add("发展培养", applicant(24, 公民身份号码="998001199502030240"))
    return county


def test_a_workbook_without_faults_goes_the_whole_way(cast: Cast, tmp_path: Path) -> None:
    county = cast_county()
    county.add("党员", member(11))
    officer = cast.client(cast.officer)
    page = upload(officer, county.file(tmp_path / "x.xlsx").read_bytes())
    assert lead(page) == "共 29 行：新增 1 行，变更 0 行，未变 28 行，退回 0 行。现在还没有写入任何数据。"
    persons = Person.objects.count()
    page = taken(officer, page, "all")
    seq = Entry.objects.latest("seq").seq
    assert page.redirect_chain[-1] == (f"/import/{seq}/", 302)
    assert ("已写入。" in shown(page), Person.objects.count()) == (True, persons + 1)
    entry = Entry.objects.get(seq=seq)
    assert (entry.actor, entry.actor_label) == (cast.officer.uid, "韦清禾（青岚县委）")
    assert f"/import/{seq}/rows/?sheet=%E5%85%9A%E5%91%98&amp;outcome=new" in page.content.decode()
    rows = officer.get(f"/import/{seq}/rows/", {"sheet": "党员", "outcome": "new"})
    assert texts(rows) == [
        ["党员", "12", member(11)["姓名"], "998001********0116"[:6] + "********" + number(11)[-4:], "新增"]
    ]


def test_faults_are_told_by_row_with_their_rule_and_come_back_as_a_workbook(cast: Cast, tmp_path: Path) -> None:
    officer = cast.client(cast.officer)
    page = upload(officer, faulty().file(tmp_path / "x.xlsx").read_bytes())
    assert lead(page) == "共 33 行：新增 2 行，变更 1 行，未变 27 行，退回 3 行。现在还没有写入任何数据。"
    body = page.content.decode()
    assert re.findall(r'<a class="rule-id" href="(/rules/[^"]+)">', body) == [
        "/rules/WBK-07/", "/rules/IDN-04/", "/rules/IDN-01/",
    ]  # fmt: skip
    assert "只写入合格的 3 行" in body
    assert "全部写入" not in body
    answer = officer.get(f"{page.redirect_chain[-1][0]}faults/")
    assert unquote(answer["Content-Disposition"]) == "attachment; filename*=utf-8''青岚县工作簿-退回行(3行).xlsx"
    book = load_workbook(io.BytesIO(answer.content))
    assert {sheet.title: sheet.max_row - 1 for sheet in book} == {"党员": 2, "发展培养": 1}
    assert book["党员"].cell(1, 16).value == "退回原因"


def test_what_would_change_is_shown_before_and_after_with_masked_numbers_only(cast: Cast, tmp_path: Path) -> None:
    officer = cast.client(cast.officer)
    page = upload(officer, faulty().file(tmp_path / "x.xlsx").read_bytes())
    body = page.content.decode()
    changes = re.findall(r"<td>([^<]+)</td><td><del>([^<]*)</del></td><td><ins>([^<]*)</ins>", body)
    assert changes == [("学历", "大专", "本科"), ("手机号码", "123****0001", "123****7777")]
    assert (number(1) in body, "12388887777" in body, "12300000001" in body) == (False, False, False)
    assert [name in body for name in (member(11)["姓名"], member(12)["姓名"])] == [True, True]


def test_good_rows_alone_are_taken_and_the_same_file_again_changes_nothing(cast: Cast, tmp_path: Path) -> None:
    officer, content = cast.client(cast.officer), faulty().file(tmp_path / "x.xlsx").read_bytes()
    page = taken(officer, upload(officer, content), "good")
    seq = Entry.objects.latest("seq").seq
    assert page.redirect_chain[-1] == (f"/import/{seq}/", 302)
    assert ImportedRow.objects.filter(entered=seq).count() == 3
    assert PersonRecord.objects.open().get(person__uid=cast.people[1]).education == "本科"
    again = upload(officer, content)
    assert lead(again) == "共 33 行：新增 0 行，变更 0 行，未变 30 行，退回 3 行。现在还没有写入任何数据。"
    assert "没有可以写入的行。" in shown(again)
    assert Entry.objects.latest("seq").seq == seq


def test_the_refused_rows_can_still_be_had_after_the_good_ones_were_taken(cast: Cast, tmp_path: Path) -> None:
    officer = cast.client(cast.officer)
    page = upload(officer, faulty().file(tmp_path / "x.xlsx").read_bytes())
    address = f"{page.redirect_chain[-1][0]}faults/"
    taken(officer, page, "good")
    assert f'href="{address}"' in officer.get("/import/").content.decode()
    assert load_workbook(io.BytesIO(officer.get(address).content)).sheetnames == ["党员", "发展培养"]


def test_not_importing_leaves_no_trace(cast: Cast, tmp_path: Path) -> None:
    officer = cast.client(cast.officer)
    before, last = all_facts(), Entry.objects.latest("seq").seq
    page = upload(officer, faulty().file(tmp_path / "x.xlsx").read_bytes())
    address = page.redirect_chain[-1][0]
    page = officer.post(f"{address}drop/", follow=True)
    assert "没有写入任何数据" in shown(page)
    assert (officer.get(address).status_code, stored(), all_facts(), Entry.objects.latest("seq").seq) == (
        404, [], before, last,
    )  # fmt: skip


def test_what_is_stored_is_sealed_and_private(cast: Cast, tmp_path: Path) -> None:
    content = faulty().file(tmp_path / "x.xlsx").read_bytes()
    found = uploaded(cast, cast.officer, content)
    files = sorted(path.name for path in found.folder.iterdir())
    assert files == [
        "faults.sealed", "file.sealed", "job.json", "lock", "meta.json", "preview.sealed", "ready.sealed", "state.json",
    ]  # fmt: skip
    kept = b"".join(path.read_bytes() for path in found.folder.iterdir())
    assert [word.encode() in kept for word in ("PK\x03\x04", number(1), member(11)["姓名"])] == [False, False, False]
    assert {path.stat().st_mode & 0o777 for path in found.folder.glob("*.sealed")} == {0o600}
    assert found.content() == content


def test_an_upload_is_there_for_its_owner_alone(cast: Cast, tmp_path: Path) -> None:
    found = uploaded(cast, cast.officer, faulty().file(tmp_path / "x.xlsx").read_bytes())
    other = cast.client(cast.clerk_a)
    for path in ("", "faults/"):
        assert other.get(f"/import/{found.uid}/{path}").status_code == 404
    for path in ("check/", "take/", "drop/"):
        assert other.post(f"/import/{found.uid}/{path}").status_code == 404
    assert stored() == [found.uid]


def test_who_may_not_import_is_refused_and_who_is_not_known_signs_in(cast: Cast) -> None:
    assert cast.client(cast.secretary_a).get("/import/").status_code == 403
    assert cast.client(cast.secretary_a).get("/export/").status_code == 403
    assert cast.client(cast.clerk_a).get("/export/").status_code == 403
    assert cast.client(None).get("/import/").status_code == 302


def test_while_it_runs_the_page_comes_again_without_script_and_with_it(cast: Cast, tmp_path: Path) -> None:
    found = uploaded(cast, cast.officer, cast_county().file(tmp_path / "x.xlsx").read_bytes())
    officer = cast.client(cast.officer)
    with found.held():
        found.put_state(Phase.CHECKING, done=40, total=120)
        body = officer.get(f"/import/{found.uid}/").content.decode()
        assert '<noscript><meta http-equiv="refresh" content="2"></noscript>' in body
        assert f'hx-get="/import/{found.uid}/"' in body
        assert '<progress value="40" max="120"' in body
        assert "已核对 40 行，共 120 行" in body
        waiting = officer.post(f"/import/{found.uid}/check/", follow=True)
        assert "正在核对" in shown(waiting)
    body = officer.get(f"/import/{found.uid}/").content.decode()
    assert ("核对中断，没有写入任何数据。可以重新核对。" in body, "http-equiv" in body) == (True, False)
    page = officer.post(f"/import/{found.uid}/check/", follow=True)
    assert lead(page) == "共 28 行：新增 0 行，变更 0 行，未变 28 行，退回 0 行。现在还没有写入任何数据。"


def test_one_upload_at_a_time_is_at_work(cast: Cast, tmp_path: Path) -> None:
    content = cast_county().file(tmp_path / "x.xlsx").read_bytes()
    first = uploaded(cast, cast.officer, content)
    with first.held():
        first.put_state(Phase.CHECKING, done=1, total=2)
        page = upload(cast.client(cast.officer), content)
        assert "您的另一份工作簿“青岚县工作簿.xlsx”正在处理，完成后再核对这一份。" in shown(page)
        assert "已上传，还没有核对。" in shown(page)
        assert lead(upload(cast.client(cast.clerk_a), content))[:6] == "共 28 行"


def test_what_others_wrote_after_the_preview_is_seen_before_anything_is_written(cast: Cast, tmp_path: Path) -> None:
    officer, content = cast.client(cast.officer), faulty().file(tmp_path / "x.xlsx").read_bytes()
    page = upload(officer, content)
    taken(officer, upload(officer, content), "good")
    last = Entry.objects.latest("seq").seq
    answer = taken(officer, page, "good")
    assert answer.status_code == 409
    assert "预览之后他人写入了数据，结果与预览的不同，没有写入任何数据。" in shown(answer)
    assert Entry.objects.latest("seq").seq == last
    again = officer.post(f"{page.redirect_chain[-1][0]}check/", follow=True)
    assert lead(again)[:21] == "共 33 行：新增 0 行，变更 0 行，"


def test_what_others_wrote_meanwhile_does_not_matter_where_the_outcome_is_the_same(cast: Cast, tmp_path: Path) -> None:
    officer, content = cast.client(cast.officer), faulty().file(tmp_path / "x.xlsx").read_bytes()
    page = upload(officer, content)
    county = cast_county()
    county["党员"][0] = member(16)
    clerk = cast.client(cast.clerk_a)
    taken(clerk, upload(clerk, county.only("党员").file(tmp_path / "y.xlsx").read_bytes()), "all")
    assert taken(officer, page, "good").redirect_chain[-1][0] == f"/import/{Entry.objects.latest('seq').seq}/"


def test_an_import_is_undone_from_its_page_with_a_reason(cast: Cast, tmp_path: Path) -> None:
    officer = cast.client(cast.officer)
    before = all_facts()
    taken(officer, upload(officer, faulty().file(tmp_path / "x.xlsx").read_bytes()), "good")
    seq = Entry.objects.latest("seq").seq
    assert f'href="/import/{seq}/undo/"' in officer.get(f"/import/{seq}/").content.decode()
    short = decided(officer, f"/import/{seq}/undo/", reason="错")
    assert (short.status_code, all_facts() == before) == (422, False)
    page = decided(officer, f"/import/{seq}/undo/", reason="误传了去年的工作簿")
    assert page.redirect_chain[-1] == (f"/import/{seq}/", 302)
    assert f"本次导入已撤销（全程纪实第 {seq + 1} 条）" in shown(page)
    assert all_facts() == before
    assert Entry.objects.get(seq=seq + 1).actor == cast.officer.uid
    refused = decided(officer, f"/import/{seq}/undo/", reason="再撤销一次")
    assert (refused.status_code, "本次导入已由第" in shown(refused)) == (409, True)
    late = officer.get(f"/import/{seq}/undo/")
    assert (late.status_code, late.headers["Location"]) == (302, f"/import/{seq}/")
    assert "已撤销" in shown(officer.get("/import/"))


def test_the_page_says_what_stands_on_an_import(cast: Cast) -> None:
    page = cast.client(cast.officer).get("/import/1/")
    assert "第 2 条“授予任职”" in shown(page)
    assert "/import/1/undo/" not in page.content.decode()


def test_a_clerk_sees_his_own_imports_and_the_county_sees_all(cast: Cast, tmp_path: Path) -> None:
    clerk = cast.client(cast.clerk_a)
    county = cast_county().only("党员")
    county.sheets["党员"] = [member(11)]
    taken(clerk, upload(clerk, county.file(tmp_path / "x.xlsx").read_bytes()), "all")
    seq = Entry.objects.latest("seq").seq
    for who, mine, first in ((cast.clerk_a, 200, 404), (cast.clerk_b, 404, 404), (cast.officer, 200, 200)):
        browser = cast.client(who)
        assert (browser.get(f"/import/{seq}/").status_code, browser.get("/import/1/").status_code) == (mine, first)


def test_the_list_takes_as_many_queries_for_three_imports_as_for_one(
    cast: Cast, tmp_path: Path, django_assert_num_queries
) -> None:
    officer = cast.client(cast.officer)
    officer.get("/import/")
    with django_assert_num_queries(LIST_QUERIES):
        officer.get("/import/")
    for place in (11, 12):
        county = cast_county().only("党员")
        county.sheets["党员"] = [member(place)]
        taken(officer, upload(officer, county.file(tmp_path / "x.xlsx").read_bytes()), "all")
    officer.get("/import/")
    with django_assert_num_queries(LIST_QUERIES):
        officer.get("/import/")


def test_written_rows_take_as_many_queries_for_three_rows_as_for_one(
    cast: Cast, tmp_path: Path, django_assert_num_queries
) -> None:
    officer = cast.client(cast.officer)
    for places in ((11,), (12, 13, 14)):
        county = cast_county().only("党员")
        county.sheets["党员"] = [member(place) for place in places]
        taken(officer, upload(officer, county.file(tmp_path / "x.xlsx").read_bytes()), "all")
        address = f"/import/{Entry.objects.latest('seq').seq}/rows/"
        officer.get(address)
        with django_assert_num_queries(ROWS_QUERIES):
            assert len(texts(officer.get(address))) == len(places)


def test_the_blank_workbook_can_be_had_and_imports_as_empty(cast: Cast) -> None:
    officer = cast.client(cast.officer)
    answer = officer.get("/import/template/")
    assert unquote(answer["Content-Disposition"]).endswith("''县工作簿(空白模板).xlsx")
    assert lead(upload(officer, answer.content))[:5] == "共 0 行"


def test_the_county_goes_out_for_a_purpose_that_is_recorded_and_comes_in_unchanged(cast: Cast) -> None:
    officer = cast.client(cast.officer)
    assert officer.post("/export/", {"purpose": "看"}).status_code == 422
    assert Reading.objects.count() == 0
    answer = officer.post("/export/", {"purpose": "报市委组织部年度核对"})
    content = answer.content
    day = f"{cast.today.year}年{cast.today.month}月{cast.today.day}日"
    assert unquote(answer["Content-Disposition"]).endswith(f"''青岚县工作簿({day}).xlsx")
    reading = Reading.objects.get()
    assert (reading.actor, reading.purpose, reading.count) == (cast.officer.uid, "报市委组织部年度核对", 15)
    assert [path.name for path in uploads_folder().iterdir() if path.is_dir()] == []
    assert (
        lead(upload(officer, content))
        == "共 28 行：新增 0 行，变更 0 行，未变 28 行，退回 0 行。现在还没有写入任何数据。"
    )


def test_an_upload_without_a_known_sheet_or_without_a_file_says_what_to_do(cast: Cast, tmp_path: Path) -> None:
    officer = cast.client(cast.officer)
    county = cast_county()
    county.sheets = {"花名册": county.sheets["党员"]}
    county.headers["花名册"] = county.headers["党员"]
    page = upload(officer, county.file(tmp_path / "x.xlsx").read_bytes())
    assert "没有可识别的表，表名应为：组织、党员、发展培养、人才库、发展计划、任职、流动党员。文件中的表是：" in shown(
        page
    )
    empty = officer.post("/import/", {})
    assert (empty.status_code, "请选择要导入的工作簿。" in shown(empty)) == (422, True)
    old = upload(officer, b"x", "county.xls")
    assert (old.status_code, "只能导入 .xlsx 文件。" in shown(old)) == (422, True)


def test_what_lies_longer_than_three_days_goes_with_the_next_upload(cast: Cast, tmp_path: Path) -> None:
    content = cast_county().file(tmp_path / "x.xlsx").read_bytes()
    old, young = (uploaded(cast, who, content) for who in (cast.clerk_b, cast.clerk_a))
    past = (old.meta.moment - timedelta(days=3, minutes=1)).timestamp()
    os.utime(old.folder, (past, past))
    new = uploaded(cast, cast.officer, content)
    assert sorted(stored()) == sorted([young.uid, new.uid])
