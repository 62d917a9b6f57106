"""An office's own header names: chosen in the preview, kept when the workbook is taken, applied below, listed and removed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import tests.cast
from tests.cast import COUNTY, OTHER_TOWN, TOWN, Cast, cast_county
from tests.desk.county_cells import FAR_VILLAGE, VILLAGE, County, member, number
from tests.desk.importing_pages import clear, decided, form_of, lead, shown, taken, texts, upload, uploaded
from yumiao.bylaws.models import HeaderName
from yumiao.bylaws.naming import record_header_names
from yumiao.desk.workbook.importing import import_workbook
from yumiao.desk.workbook.naming import own_names
from yumiao.journal.models import Entry
from yumiao.sheets.reading import read_content

pytestmark = [pytest.mark.db, pytest.mark.usefixtures("_in_this_process")]

cast = tests.cast.cast
FOREIGN = {"公民身份号码": "证件编码", "姓名": "称呼"}
LIST_QUERIES = 3


@pytest.fixture
def _in_this_process(settings) -> Iterator[None]:
    """The work is done within the request, where the test's own transaction is seen."""
    settings.IMPORTS_RUN_APART = False
    clear()
    yield
    clear()


def foreign(tmp_path: Path, *rows: dict[str, Any], names: dict[str, str] = FOREIGN) -> bytes:
    """A 党员 sheet whose headers are the office's own."""
    county = County().only("党员")
    county.headers["党员"] = tuple(names.get(header, header) for header in county.headers["党员"])
    county.sheets["党员"] = [{names.get(header, header): cell for header, cell in row.items()} for row in rows]
    return county.file(tmp_path / "own.xlsx").read_bytes()


def chosen(browser: Any, page: Any, *keys: str) -> Any:
    """Say which columns the headers of the first sheet are, in their order, and have the workbook read again."""
    fields = {f"column-0-{place}": key for place, key in enumerate(keys)}
    return browser.post(*form_of(page, "columns", **fields), follow=True)


def kept() -> set[tuple[str, str, str]]:
    return set(HeaderName.objects.alive().values_list("unit__code", "header", "column"))


def line(cast: Cast, code: str) -> list[int]:
    return [unit.id for unit in cast.tree.line(cast.unit(code))]


def test_foreign_headers_are_named_in_the_preview_and_read_so_from_then_on(cast: Cast, tmp_path: Path) -> None:
    clerk = cast.client(cast.clerk_a)
    page = upload(clerk, foreign(tmp_path, member(11)))
    assert lead(page)[:5] == "共 0 行"
    assert "缺少必填列：公民身份号码、姓名。" in shown(page)
    assert "“证件编码”这一列是" in shown(page)
    page = chosen(clerk, page, "number", "name")
    assert lead(page)[:14] == "共 1 行：新增 1 行，变"
    assert "本单位列名“证件编码”按“公民身份号码”读取" in shown(page)
    assert kept() == set()
    taken(clerk, page, "all")
    assert kept() == {(TOWN, "证件编码", "number"), (TOWN, "称呼", "name")}
    named = Entry.objects.latest("seq")
    assert (named.verb, named.actor) == ("headers_named", cast.clerk_a.uid)
    assert "党员“证件编码”按“公民身份号码”读取" in shown(cast.client(cast.officer).get(f"/journal/{named.seq}/"))
    again = upload(clerk, foreign(tmp_path, member(12)))
    assert lead(again)[:14] == "共 1 行：新增 1 行，变"
    taken(clerk, again, "all")
    assert Entry.objects.latest("seq").verb == "workbook_imported"


def test_names_chosen_for_a_workbook_that_changes_nothing_are_kept_and_that_is_said(cast: Cast, tmp_path: Path) -> None:
    clerk, officer = cast.client(cast.clerk_a), cast.client(cast.officer)
    taken(officer, upload(officer, foreign(tmp_path, member(11), names={})), "all")
    before = Entry.objects.latest("seq").seq
    page = upload(clerk, foreign(tmp_path, member(11)))
    assert (kept(), "所选的列名已记作" in shown(page)) == (set(), False)
    page = chosen(clerk, page, "number", "name")
    assert lead(page).startswith("共 1 行：新增 0 行，变更 0 行，未变 1 行")
    assert f"所选的列名已记作“{cast.unit(TOWN).name}”的列名" in shown(page)
    assert kept() == {(TOWN, "证件编码", "number"), (TOWN, "称呼", "name")}
    named = list(Entry.objects.filter(seq__gt=before).values_list("verb", "actor"))
    assert named == [("headers_named", cast.clerk_a.uid)]
    again = clerk.post(f"{page.redirect_chain[-1][0]}check/", follow=True)
    assert "所选的列名已记作" in shown(again)
    assert Entry.objects.latest("seq").seq == before + 1
    assert "所选的列名已记作" not in shown(upload(clerk, foreign(tmp_path, member(11))))


def test_names_are_not_kept_where_rows_are_refused(cast: Cast, tmp_path: Path) -> None:
    clerk = cast.client(cast.clerk_a)
    page = chosen(clerk, upload(clerk, foreign(tmp_path, member(11, 性别="？"))), "number", "name")
    assert "没有可以写入的行" in shown(page)
    assert (kept(), "所选的列名已记作" in shown(page)) == (set(), False)


def test_names_hold_for_the_subtree_and_nowhere_else(cast: Cast, tmp_path: Path) -> None:
    record_header_names({"党员": {"证件编码": "number", "称呼": "name"}}, line=line(cast, TOWN), actor=cast.operator)
    own = {code: own_names(line(cast, code), {})["党员"] for code in (COUNTY, TOWN, VILLAGE, OTHER_TOWN, FAR_VILLAGE)}
    names = {"证件编码": "number", "称呼": "name"}
    assert own == {COUNTY: {}, TOWN: names, VILLAGE: names, OTHER_TOWN: {}, FAR_VILLAGE: {}}
    for who in (cast.clerk_b, cast.officer):
        page = upload(cast.client(who), foreign(tmp_path, member(11, FAR_VILLAGE)))
        assert "缺少必填列：公民身份号码、姓名。" in shown(page)


def test_the_nearest_unit_wins_and_what_holds_already_is_not_said_again(cast: Cast) -> None:
    county, town = line(cast, COUNTY), line(cast, TOWN)
    record_header_names({"党员": {"编号": "number", "电码": "phone"}}, line=county, actor=cast.operator)
    assert record_header_names({"党员": {"编号": "number"}}, line=town, actor=cast.operator) is None
    assert record_header_names({"党员": {"无用": ""}}, line=town, actor=cast.operator) is None
    record_header_names({"党员": {"编号": "former", "电码": ""}}, line=town, actor=cast.operator)
    assert own_names(town, {})["党员"] == {"编号": "former", "电码": ""}
    assert own_names(county, {})["党员"] == {"编号": "number", "电码": "phone"}
    record_header_names({"党员": {"编号": "number"}}, line=town, actor=cast.operator)
    assert kept() == {(COUNTY, "编号", "number"), (COUNTY, "电码", "phone"), (TOWN, "电码", "")}
    assert own_names(town, {"党员": {"编号": ""}})["党员"] == {"编号": "", "电码": ""}


def test_two_headers_for_one_column_are_a_fault_that_says_so(cast: Cast, tmp_path: Path) -> None:
    clerk = cast.client(cast.clerk_a)
    page = upload(clerk, foreign(tmp_path, member(11)))
    answer = chosen(clerk, page, "number", "number")
    assert answer.status_code == 422
    assert "党员表：“证件编码”“称呼”都选了“公民身份号码”，一列只能对应一个列名，请只留一个。" in shown(answer)
    assert kept() == set()


def test_a_column_that_is_not_offered_is_refused(cast: Cast, tmp_path: Path) -> None:
    clerk = cast.client(cast.clerk_a)
    page = upload(clerk, foreign(tmp_path, member(11)))
    for key in ("sex", "nowhere", "__class__", "'; --"):
        assert chosen(clerk, page, key, "name").status_code == 422
    assert lead(chosen(clerk, page))[:5] == "共 0 行"


def test_the_same_foreign_header_twice_refuses_the_sheet_when_it_is_named(cast: Cast, tmp_path: Path) -> None:
    clerk = cast.client(cast.clerk_a)
    content = foreign(tmp_path, member(11), names={"公民身份号码": "号", "职业": "号"})
    page = chosen(clerk, upload(clerk, content), "number")
    assert "列名重复，本表未读取" in shown(page)
    assert "“号”这一列是" in shown(page)


def test_an_undone_import_leaves_the_names_standing(cast: Cast, tmp_path: Path) -> None:
    clerk = cast.client(cast.clerk_a)
    taken(clerk, chosen(clerk, upload(clerk, foreign(tmp_path, member(11))), "number", "name"), "all")
    seq = Entry.objects.filter(verb="workbook_imported").latest("seq").seq
    page = decided(clerk, f"/import/{seq}/undo/", reason="误传了去年的工作簿")
    assert "本次导入已撤销" in shown(page)
    assert kept() == {(TOWN, "证件编码", "number"), (TOWN, "称呼", "name")}


def test_a_preview_overtaken_by_another_choice_is_neither_taken_nor_named(cast: Cast, tmp_path: Path) -> None:
    clerk = cast.client(cast.clerk_a)
    names = {"姓名": "称呼", "原身份证号码": "旧号"}
    first = chosen(clerk, upload(clerk, foreign(tmp_path, member(11), names=names)), "name", "")
    chosen(clerk, first, "name", "former")
    for answer in (taken(clerk, first, "all"), chosen(clerk, first, "name", "")):
        assert (answer.status_code, "提交的内容与最近一次预览不符" in shown(answer)) == (409, True)
    assert kept() == set()


def test_what_was_chosen_stays_when_the_workbook_is_checked_again(cast: Cast, tmp_path: Path) -> None:
    clerk = cast.client(cast.clerk_a)
    page = chosen(clerk, upload(clerk, foreign(tmp_path, member(11))), "number", "name")
    again = clerk.post(f"{page.redirect_chain[-1][0]}check/", follow=True)
    assert lead(again) == lead(page)
    assert taken(clerk, again, "all").status_code == 200
    assert kept() == {(TOWN, "证件编码", "number"), (TOWN, "称呼", "name")}


def test_a_remembered_name_can_be_chosen_otherwise_for_one_workbook_and_from_then_on(
    cast: Cast, tmp_path: Path
) -> None:
    record_header_names({"党员": {"旧号": "former"}}, line=line(cast, COUNTY), actor=cast.operator)
    clerk = cast.client(cast.clerk_a)
    content = foreign(tmp_path, member(11, 原身份证号码="998001800506011"), names={"原身份证号码": "旧号"})
    page = upload(clerk, content)
    assert "本单位列名“旧号”按“原身份证号码”读取" in shown(page)
    taken(clerk, chosen(clerk, page, ""), "all")
    assert kept() == {(COUNTY, "旧号", "former"), (TOWN, "旧号", "")}
    assert "不认识的列“旧号”，已忽略" in shown(upload(clerk, content))


def test_somebody_elses_upload_cannot_be_named(cast: Cast, tmp_path: Path) -> None:
    mine = uploaded(cast, cast.clerk_a, foreign(tmp_path, member(11)))
    for who in (cast.clerk_b, cast.officer):
        answer = cast.client(who).post(f"/import/{mine.uid}/columns/", {"head": "x", "column-0-0": "number"})
        assert answer.status_code == 404


def test_headers_that_are_long_or_hold_a_number_or_unseen_signs_are_not_asked_about(cast: Cast, tmp_path: Path) -> None:
    clerk = cast.client(cast.clerk_a)
    strange = {"学历": "长" * 61, "职业": number(5), "民族": "看\u200b不见", "手机号码": "可" * 60}
    page = upload(clerk, foreign(tmp_path, member(11), names=strange))
    assert shown(page).count("这一列是") == 1
    assert f"“{'可' * 60}”这一列是" in shown(page)
    assert number(5) not in page.content.decode()


def test_names_are_listed_where_they_hold_and_removed_within_ones_own_scope(cast: Cast) -> None:
    for code, header in ((COUNTY, "县列名"), (TOWN, "甲列名"), (OTHER_TOWN, "乙列名")):
        record_header_names({"党员": {header: "name"}}, line=line(cast, code), actor=cast.operator)
    seen = {
        who: [row[0] for row in texts(cast.client(account).get("/import/headers/"))]
        for who, account in {"officer": cast.officer, "a": cast.clerk_a, "b": cast.clerk_b}.items()
    }
    assert seen == {"officer": ["县列名", "甲列名", "乙列名"], "a": ["县列名", "甲列名"], "b": ["县列名", "乙列名"]}
    uids = dict(HeaderName.objects.alive().values_list("header", "uid"))
    clerk = cast.client(cast.clerk_a)
    for header in ("县列名", "乙列名"):
        assert decided(clerk, f"/import/headers/{uids[header]}/remove/").status_code == 404
    page = decided(clerk, f"/import/headers/{uids['甲列名']}/remove/")
    assert "已删去列名“甲列名”。以后导入不再这样读取。" in page.content.decode()
    assert decided(clerk, f"/import/headers/{uids['甲列名']}/remove/").status_code == 404
    assert cast.client(cast.secretary_a).get("/import/headers/").status_code == 403
    assert {header for _, header, _ in kept()} == {"县列名", "乙列名"}
    assert Entry.objects.latest("seq").verb == "header_name_removed"


def test_a_removal_sent_twice_is_one(cast: Cast) -> None:
    record_header_names({"党员": {"甲": "name", "乙": "sex"}}, line=line(cast, TOWN), actor=cast.operator)
    uid, clerk = HeaderName.objects.alive().get(header="甲").uid, cast.client(cast.clerk_a)
    mark = {"once": "3f0e4c35-6b1c-4f4e-9a8d-2f1f6b3d9c11"}
    pages = [clerk.post(f"/import/headers/{uid}/remove/", mark, follow=True).status_code for _ in range(2)]
    assert (pages, kept()) == ([200, 200], {(TOWN, "乙", "sex")})


def test_the_list_of_names_takes_as_many_queries_for_three_as_for_one(cast: Cast, django_assert_num_queries) -> None:
    officer = cast.client(cast.officer)
    for header in ("甲", "乙", "丙"):
        record_header_names({"党员": {header: "name"}}, line=line(cast, TOWN), actor=cast.operator)
        officer.get("/import/headers/")
        with django_assert_num_queries(LIST_QUERIES):
            officer.get("/import/headers/")


def test_a_county_without_own_names_is_asked_nothing(cast: Cast, tmp_path: Path) -> None:
    page = upload(cast.client(cast.officer), cast_county().file(tmp_path / "x.xlsx").read_bytes())
    assert "不认识的列名" not in shown(page)


def test_names_of_the_whole_county_hold_for_an_import_at_the_machine_too(cast: Cast, tmp_path: Path) -> None:
    record_header_names({"党员": {"证件编码": "number", "称呼": "name"}}, line=line(cast, COUNTY), actor=cast.operator)
    result = import_workbook(
        read_content(foreign(tmp_path, member(11)), "own.xlsx"), today=cast.today, actor=cast.operator
    )
    assert (result.written, result.checked.sheets["党员"].counts["new"]) == (True, 1)
