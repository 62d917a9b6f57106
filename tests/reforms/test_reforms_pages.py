"""A reform through its pages: a township prepares and asks, the county gives back, carries out and takes back."""

from __future__ import annotations

import io
import re
import uuid
from pathlib import Path
from typing import Any

import pytest

from tests.cast import COMMUNITY, COUNTY, FAR_VILLAGE, OTHER_FAR_VILLAGE, OTHER_TOWN, TOWN, VILLAGE, Cast, cast
from tests.desk.importing_pages import shown
from yumiao.desk.reforms import book, drafting
from yumiao.desk.reforms.plan import Reforming
from yumiao.kernel.objections import Stale
from yumiao.kernel.scope import Scope
from yumiao.people.models import Belonging
from yumiao.sheets.reading import read_content
from yumiao.sheets.writing import write_rows
from yumiao.units import drafts
from yumiao.units.changes import Close, Found, Merge, Move, Rename, Split, Step
from yumiao.units.models import ReformDraft

__all__ = ["cast"]
pytestmark = pytest.mark.db
NEW = "001.002.003"
PAPER = {"document": "青岚组发〔2026〕12号", "approved_on": "2026-01-05"}


def begun(cast: Cast, who: str = "clerk_b", unit: str = OTHER_TOWN) -> ReformDraft:
    browser = cast.client(getattr(cast, who))
    browser.post("/reforms/new/", {"title": "合村方案", "unit": unit})
    return ReformDraft.objects.latest("pk")


def merging(cast: Cast) -> ReformDraft:
    """A draft of township B with one merger, added through its form."""
    draft = begun(cast)
    fields = {
        "units": [FAR_VILLAGE, OTHER_FAR_VILLAGE],
        "name": "竹枫村党支部",
        "kind": "村党支部",
        "code": NEW,
        "version": "1",
    }
    answer = cast.client(cast.clerk_b).post(f"/reforms/{draft.uid}/steps/merge/", fields)
    assert answer.status_code == 302
    draft.refresh_from_db()
    return draft


def sent(cast: Cast, who: str, draft: ReformDraft, deed: str, **fields: str) -> Any:
    draft.refresh_from_db()
    values = {"once": str(uuid.uuid4()), "version": str(draft.version), **fields}
    return cast.client(getattr(cast, who)).post(f"/reforms/{draft.uid}/{deed}/", values, follow=True)


def with_steps(draft: ReformDraft, *steps: Step) -> None:
    ReformDraft.objects.filter(pk=draft.pk).update(steps=drafts.written(steps))
    draft.refresh_from_db()


def test_a_merger_goes_from_the_township_to_the_county_and_into_the_tree(cast: Cast) -> None:
    draft = merging(cast)
    steps = Reforming.of(draft).steps
    assert steps == (Found(NEW, "竹枫村党支部", "村党支部", OTHER_TOWN), Merge((FAR_VILLAGE, OTHER_FAR_VILLAGE), NEW))

    page = shown(cast.client(cast.clerk_b).get(f"/reforms/{draft.uid}/preview/"))
    assert "竹枫村党支部" in page
    assert "上报县委组织部" in page
    assert "实施后记入" not in page
    assert "已上报，等县委组织部审核实施" in shown(sent(cast, "clerk_b", draft, "request", note="乡党委会议同意"))
    assert "县委组织部退回：写明村名由来" in shown(sent(cast, "officer", draft, "return", note="写明村名由来"))
    sent(cast, "clerk_b", draft, "request", note="已补充")

    today = cast.today.isoformat()
    page = sent(cast, "officer", draft, "carry-out", **PAPER, effective_on=today)
    assert page.redirect_chain[-1][0].startswith("/reforms/done/")
    assert "竹溪村党支部　001.002.001" in shown(page)
    assert NEW in cast.tree.by_code
    assert FAR_VILLAGE not in cast.tree.by_code
    gone = cast.client(cast.clerk_b).get(f"/units/{FAR_VILLAGE}/")
    assert "由谁承接" in shown(gone)
    assert "竹枫村党支部" in shown(gone)
    assert cast.client(cast.clerk_a).get(f"/units/{FAR_VILLAGE}/").status_code == 404
    assert "前身" in shown(cast.client(cast.clerk_b).get(f"/units/{NEW}/"))

    draft.refresh_from_db()
    assert draft.state == drafting.State.DONE
    undone = cast.client(cast.officer).post(
        f"/reforms/done/{draft.entry}/undo/", {"once": str(uuid.uuid4()), "reason": "文件有误"}, follow=True
    )
    assert "已恢复到变更之前" in shown(undone)
    assert FAR_VILLAGE in cast.tree.by_code
    draft.refresh_from_db()
    assert (draft.state, draft.entry) == (drafting.State.DRAFTING, None)


def test_a_form_sent_twice_carries_a_reform_out_once(cast: Cast) -> None:
    draft = merging(cast)
    values = {"once": str(uuid.uuid4()), "version": str(draft.version), **PAPER, "effective_on": cast.today.isoformat()}
    browser = cast.client(cast.officer)
    first, second = (browser.post(f"/reforms/{draft.uid}/carry-out/", values) for _ in range(2))

    assert first.url == second.url
    assert first.url.startswith("/reforms/done/")


@pytest.mark.parametrize("who", ["clerk_a", "secretary_b", "auditor", "member", "system"])
def test_nobody_else_sees_or_touches_a_townships_draft(cast: Cast, who: str) -> None:
    draft = merging(cast)
    browser = cast.client(getattr(cast, who))
    wanted = 404 if who == "clerk_a" else 403

    assert browser.get(f"/reforms/{draft.uid}/").status_code == wanted
    assert browser.get(f"/reforms/{draft.uid}/preview/").status_code == wanted
    assert browser.post(f"/reforms/{draft.uid}/request/", {"version": "2", "note": "x"}).status_code == wanted
    assert browser.post(f"/reforms/{draft.uid}/remove/", {"version": "2", "place": "0"}).status_code == wanted


def test_a_township_neither_carries_out_nor_returns_nor_undoes(cast: Cast) -> None:
    draft = merging(cast)

    assert sent(cast, "clerk_b", draft, "carry-out", **PAPER, effective_on=cast.today.isoformat()).status_code == 403
    assert sent(cast, "clerk_b", draft, "return", note="x").status_code == 403
    assert cast.client(cast.clerk_b).get("/reforms/done/3/undo/").status_code == 403


def test_a_merger_into_one_of_them_takes_the_form_as_it_stands(cast: Cast) -> None:
    draft = begun(cast)
    address, client = f"/reforms/{draft.uid}/steps/merge/", cast.client(cast.clerk_b)
    page = client.get(address).content.decode()
    suggested = re.search(r'name="code"[^>]*value="([^"]+)"', page)
    assert suggested, "a code stands in the form"
    fields = {"units": [FAR_VILLAGE, OTHER_FAR_VILLAGE], "code": suggested[1], "version": "1"}
    assert client.post(address, fields | {"into": FAR_VILLAGE, "name": "竹枫村党支部"}).status_code == 422
    assert client.post(address, fields | {"into": FAR_VILLAGE}).status_code == 302
    draft.refresh_from_db()
    assert drafts.read(draft.steps) == (Merge((FAR_VILLAGE, OTHER_FAR_VILLAGE), FAR_VILLAGE),)


def test_a_new_unit_is_of_the_kind_of_the_first_that_is_merged_unless_said_otherwise(cast: Cast) -> None:
    draft = begun(cast)
    fields = {"units": [FAR_VILLAGE, OTHER_FAR_VILLAGE], "name": "竹枫村党支部", "code": NEW, "version": "1"}
    cast.client(cast.clerk_b).post(f"/reforms/{draft.uid}/steps/merge/", fields)
    draft.refresh_from_db()
    founded = drafts.read(draft.steps)[0]
    assert isinstance(founded, Found)
    assert founded.kind == cast.unit(FAR_VILLAGE).kind.label


def test_a_township_cannot_slip_another_townships_unit_into_its_draft(cast: Cast) -> None:
    draft = begun(cast)
    answer = cast.client(cast.clerk_b).post(f"/reforms/{draft.uid}/steps/close/", {"unit": COMMUNITY, "version": "1"})
    assert answer.status_code == 422

    with_steps(draft, Merge((FAR_VILLAGE, VILLAGE), FAR_VILLAGE))
    page = shown(sent(cast, "clerk_b", draft, "request", note="同意"))
    assert "不在方案的范围内" in page


def test_what_was_asked_for_cannot_be_changed_by_the_township(cast: Cast) -> None:
    draft = merging(cast)
    sent(cast, "clerk_b", draft, "request", note="同意")

    assert sent(cast, "clerk_b", draft, "remove", place="0").status_code == 409
    assert sent(cast, "officer", draft, "remove", place="1").status_code == 200


def test_an_older_page_does_not_overwrite_a_newer_draft(cast: Cast) -> None:
    draft = merging(cast)
    with pytest.raises(Stale):
        drafting.save(draft, version=1, reader=cast.reader(cast.clerk_b), steps=[])
    answer = cast.client(cast.clerk_b).post(f"/reforms/{draft.uid}/remove/", {"version": "1", "place": "0"})
    assert answer.status_code == 409
    today = cast.today.isoformat()
    old = {"once": str(uuid.uuid4()), "version": "1", **PAPER, "effective_on": today}
    assert cast.client(cast.officer).post(f"/reforms/{draft.uid}/carry-out/", old).status_code == 409


def test_a_reform_without_paper_is_told_what_is_missing(cast: Cast) -> None:
    draft = merging(cast)
    late = sent(
        cast,
        "officer",
        draft,
        "carry-out",
        document="青岚组发〔2026〕12号",
        approved_on="2026-01-05",
        effective_on="2099-01-01",
    )
    assert late.status_code == 409
    assert "生效日期不晚于今天" in shown(late)
    bad = sent(cast, "officer", draft, "carry-out", document="", approved_on="2026-02-30", effective_on="")
    assert bad.status_code == 422


def test_people_of_a_divided_village_are_put_one_by_one(cast: Cast) -> None:
    draft = begun(cast, "clerk_a", TOWN)
    with_steps(draft, Found("001.001.009", "岭下村党支部", "村党支部", TOWN), Split(VILLAGE, (VILLAGE, "001.001.009")))
    person = Belonging.objects.open().filter(unit=cast.unit(VILLAGE).id).first().person
    browser = cast.client(cast.clerk_a)
    address = f"/reforms/{draft.uid}/people/{VILLAGE}/"
    assert "没有改选的，编入云岭村党支部" in shown(browser.get(address))

    sent_back = browser.post(address, {"version": "1", f"to-{person.uid}": "001.001.009", f"to-{uuid.uuid4()}": COUNTY})
    assert sent_back.status_code == 302
    draft.refresh_from_db()
    assert Reforming.of(draft).assigned[person.uid] == "001.001.009"
    assert cast.client(cast.clerk_a).get(f"/reforms/{draft.uid}/people/{COMMUNITY}/").status_code == 404
    page = sent(cast, "officer", draft, "carry-out", **PAPER, effective_on=cast.today.isoformat())
    assert "拆分" in shown(page)


def workbook(tmp_path: Path, *rows: dict[str, str]) -> bytes:
    target = tmp_path / "plan.xlsx"
    write_rows(target, [(book.SHEET, list(rows))])
    return target.read_bytes()


def test_a_workbook_gives_mergers_splits_and_the_rest(cast: Cast, tmp_path: Path) -> None:
    rows = [
        {"way": "合并", "old": FAR_VILLAGE, "new": NEW, "new_name": "竹枫村党支部", "kind": "村党支部"},
        {"way": "合并", "old": OTHER_FAR_VILLAGE, "new": NEW},
        {"way": "拆分", "old": VILLAGE, "new": VILLAGE},
        {"way": "拆分", "old": VILLAGE, "new": "001.001.009", "new_name": "岭下村党支部"},
        {"way": "更名", "old": COMMUNITY, "new_name": "新松坪社区党支部"},
        {"way": "调整隶属", "old": COMMUNITY, "parent": OTHER_TOWN},
    ]
    found = book.steps_of(read_content(workbook(tmp_path, *rows), "方案.xlsx"), cast.tree)

    assert found == [
        Found(NEW, "竹枫村党支部", "村党支部", OTHER_TOWN),
        Found("001.001.009", "岭下村党支部", "村党支部", TOWN),
        Split(VILLAGE, (VILLAGE, "001.001.009")),
        Merge((FAR_VILLAGE, OTHER_FAR_VILLAGE), NEW),
        Rename(COMMUNITY, "新松坪社区党支部"),
        Move(COMMUNITY, OTHER_TOWN),
    ]


def test_a_village_that_takes_others_in_needs_no_row_of_its_own(cast: Cast, tmp_path: Path) -> None:
    rows = [{"way": "合并", "old": OTHER_FAR_VILLAGE, "new": FAR_VILLAGE}]

    assert book.steps_of(read_content(workbook(tmp_path, *rows), "方案.xlsx"), cast.tree) == [
        Merge((OTHER_FAR_VILLAGE, FAR_VILLAGE), FAR_VILLAGE)
    ]


def uploaded(cast: Cast, draft: ReformDraft, content: bytes) -> Any:
    file = io.BytesIO(content)
    file.name = "方案.xlsx"
    draft.refresh_from_db()
    values = {"file": file, "version": str(draft.version)}
    return cast.client(cast.officer).post(f"/reforms/{draft.uid}/upload/", values, follow=True)


def test_a_workbook_replaces_the_steps_of_a_draft_and_a_bad_one_changes_nothing(cast: Cast, tmp_path: Path) -> None:
    draft = begun(cast, "officer", COUNTY)
    good = workbook(tmp_path, {"way": "更名", "old": COMMUNITY, "new_name": "新松坪社区党支部"})
    assert "已读入 1 项变更" in uploaded(cast, draft, good).content.decode()

    bad = workbook(tmp_path, {"way": "更名", "old": COMMUNITY}, {"way": "合并", "old": VILLAGE})
    page = uploaded(cast, draft, bad)
    assert page.status_code == 422
    assert "第 2 行：更名须填写新组织名称" in shown(page)
    assert "第 3 行：合并须填写新组织代码" in shown(page)
    assert uploaded(cast, draft, b"no workbook").status_code == 422
    draft.refresh_from_db()
    assert Reforming.of(draft).steps == (Rename(COMMUNITY, "新松坪社区党支部"),)


def test_the_blank_workbook_names_the_units_and_holds_no_step(cast: Cast) -> None:
    answer = cast.client(cast.clerk_b).get("/reforms/template/")
    workbook = read_content(answer.content, "模板.xlsx")

    assert answer.status_code == 200
    headers = [header.removeprefix("★") for header in workbook.sheets["组织变更"].header]
    assert headers == [column.header for column in book.SHEET.columns]
    assert workbook.sheets["组织变更"].rows[0][1][0] == "【示例】合并"


@pytest.mark.parametrize("kind", ["merge", "split", "found", "rename", "rekind", "move", "close"])
def test_every_kind_of_step_has_its_form(cast: Cast, kind: str) -> None:
    draft = begun(cast)
    browser = cast.client(cast.clerk_b)

    assert browser.get(f"/reforms/{draft.uid}/steps/{kind}/").status_code == 200
    assert browser.post(f"/reforms/{draft.uid}/steps/{kind}/", {"version": "1"}).status_code == 422
    assert browser.get(f"/reforms/{draft.uid}/steps/burn/").status_code == 404


@pytest.mark.parametrize("many", [1, 3])
def test_the_list_takes_the_same_questions_however_many_drafts(
    cast: Cast, many: int, django_assert_num_queries
) -> None:
    for _ in range(many):
        begun(cast)
    browser = cast.client(cast.clerk_b)
    browser.get("/reforms/")

    with django_assert_num_queries(3):
        assert browser.get("/reforms/").status_code == 200


def test_a_dropped_draft_stays_readable_and_is_not_carried_out(cast: Cast) -> None:
    draft = merging(cast)
    sent(cast, "clerk_b", draft, "drop")

    assert "作废的方案 1 个" in shown(cast.client(cast.clerk_b).get("/reforms/"))
    assert cast.client(cast.clerk_b).get(f"/reforms/{draft.uid}/").status_code == 200
    assert sent(cast, "officer", draft, "carry-out", **PAPER, effective_on=cast.today.isoformat()).status_code == 403


def test_a_unit_that_ended_without_heirs_leaves_its_reforms_to_be_seen_and_taken_back(cast: Cast) -> None:
    browser, today = cast.client(cast.officer), cast.today.isoformat()
    for step, day in ((Found(NEW, "防汛临时党支部", "村党支部", OTHER_TOWN), "2026-01-06"), (Close(NEW), today)):
        draft = begun(cast)
        with_steps(draft, step)
        sent(cast, "officer", draft, "carry-out", **PAPER, effective_on=day)
        draft.refresh_from_db()

    assert NEW not in cast.tree.by_code
    for who, wanted in (("officer", 200), ("clerk_b", 200), ("clerk_a", 404)):
        assert cast.client(getattr(cast, who)).get(f"/reforms/done/{draft.entry}/").status_code == wanted
    browser.post(f"/reforms/done/{draft.entry}/undo/", {"once": str(uuid.uuid4()), "reason": "汛情未结束"})
    assert NEW in cast.tree.by_code


def test_the_forms_of_a_request_have_names_of_their_own(cast: Cast) -> None:
    draft = merging(cast)
    sent(cast, "clerk_b", draft, "request", note="同意")
    page = cast.client(cast.officer).get(f"/reforms/{draft.uid}/preview/").content.decode()

    ids = re.findall(r' id="([^"]+)"', page)
    assert len(ids) == len(set(ids))


def test_a_successor_reads_the_past_of_those_that_were_merged_into_it(cast: Cast) -> None:
    from datetime import timedelta

    from yumiao.ledger.memory import roots_on

    yesterday = cast.today - timedelta(days=1)
    before = {unit.code: unit.subtree for unit in cast.tree}
    draft = merging(cast)
    sent(cast, "officer", draft, "carry-out", **PAPER, effective_on=cast.today.isoformat())
    reader = cast.reader(cast.officer)
    scope = Scope((reader.tree.by_code[NEW].subtree,), cast.today)

    assert roots_on(reader, scope, yesterday) == (before[FAR_VILLAGE], before[OTHER_FAR_VILLAGE])
