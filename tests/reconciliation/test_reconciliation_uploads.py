"""How an export comes in: read beside the pages, gone on with after an interruption, once for the same file, refused in words."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import Any

import pytest

from tests.cast import COUNTY, OTHER_TOWN, TOWN, Cast, cast
from tests.desk.importing_pages import shown, stored, uploaded
from tests.reconciliation.registers import begun, book, member, page, sent
from yumiao.desk.imports.starting import start
from yumiao.desk.imports.store import LARGEST, REGISTER, Phase, Upload, store, uploads_of
from yumiao.desk.imports.work import RECONCILE, work
from yumiao.journal.models import Entry
from yumiao.kernel.scope import Scope
from yumiao.reconciliation.models import Comparison
from yumiao.reconciliation.services import forget_over

pytestmark = [pytest.mark.db, pytest.mark.usefixtures("_in_this_process")]
__all__ = ["cast"]


def interrupted(cast: Cast, phase: Phase) -> Upload:
    """An upload whose process was killed in that phase, before its comparison was made."""
    upload = store([book(member(1))], name="党员名册.xlsx", owner=cast.clerk_a.uid, kind=REGISTER)
    upload.write_json("job", {"run": "1", "step": RECONCILE, "unit": TOWN, "once": str(uuid.uuid4())})
    upload.put_state(phase)
    return upload


def begun_entries() -> int:
    return Entry.objects.filter(verb="reconciliation_begun").count()


def test_of_the_file_nothing_is_left_once_it_was_compared(cast: Cast) -> None:
    begun(cast, member(1))
    (found,) = uploads_of(cast.clerk_a.uid, REGISTER)
    assert (found.state.phase, found.has("file")) == (Phase.WRITTEN, False)
    assert "正在比对的文件" not in page(cast, "/reconciliation/")
    assert uploads_of(cast.clerk_a.uid) == []
    assert "暂存的工作簿" not in page(cast, "/import/")


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (book(("甲",), headers=("序号",)), "没有可识别的列名"),
        (book(("韦禾",), headers=("姓名",)), "无法对应到人"),
        (book((1, 2), headers=("姓名", "姓名")), "列名重复"),
        (b"no workbook", "没有比对："),
        (book(member(1))[:3000], "没有比对："),
        (b"PK\x03\x04", "没有比对："),
    ],
)
def test_what_is_no_export_is_refused_in_words_and_begins_nothing(cast: Cast, content: bytes, reason: str) -> None:
    answer = sent(cast, "clerk_a", content)
    assert (answer.status_code, reason in shown(answer), "上传另一份" in shown(answer)) == (200, True, True)
    assert (Comparison.objects.count(), begun_entries()) == (0, 0)
    browser = cast.client(cast.clerk_a)
    (upload,) = stored()
    assert "没有完成" in page(cast, "/reconciliation/")
    browser.post(f"/reconciliation/uploads/{upload}/drop/")
    assert stored() == []


def test_a_file_that_is_no_xlsx_is_not_taken_in(cast: Cast) -> None:
    answer = sent(cast, "clerk_a", book(member(1)), name="名册.xls")
    assert (answer.status_code, "只能导入 .xlsx 文件" in shown(answer), stored()) == (422, True, [])


def test_a_file_over_the_limit_is_not_taken_in(cast: Cast) -> None:
    answer = sent(cast, "clerk_a", b"x" * (LARGEST + 1))
    assert (answer.status_code, stored(), Comparison.objects.count()) == (413, [], 0)


def test_who_may_not_import_and_who_reaches_for_another_unit_is_refused(cast: Cast) -> None:
    assert sent(cast, "secretary_a", book(member(1))).status_code == 403
    assert sent(cast, "clerk_b", book(member(1)), TOWN).status_code == 422
    assert sent(cast, "clerk_a", book(member(1)), COUNTY).status_code == 422
    assert (stored(), Comparison.objects.count()) == ([], 0)


@pytest.mark.parametrize("phase", [Phase.STORED, Phase.READING, Phase.CHECKING, Phase.FAILED])
def test_what_was_interrupted_goes_on_without_another_upload(cast: Cast, phase: Phase) -> None:
    upload, browser = interrupted(cast, phase), cast.client(cast.clerk_a)
    address = f"/reconciliation/uploads/{upload.uid}/"
    stopped = browser.get(address)
    assert ("继续比对" in shown(stopped), "http-equiv" in stopped.content.decode()) == (True, False)
    answer = browser.post(f"{address}again/", follow=True)
    made = Comparison.objects.get()
    assert answer.redirect_chain[-1][0] == f"/reconciliation/{made.uid}/"
    again = browser.post(f"{address}again/", follow=True)
    assert (again.redirect_chain[-1][0], begun_entries()) == (f"/reconciliation/{made.uid}/", 1)


def test_who_was_killed_after_the_act_finds_the_comparison_there(cast: Cast) -> None:
    made = begun(cast, member(1))
    (upload,) = uploads_of(cast.clerk_a.uid, REGISTER)
    upload.put_state(Phase.CHECKING)
    answer = cast.client(cast.clerk_a).get(f"/reconciliation/uploads/{upload.uid}/")
    assert answer["Location"] == f"/reconciliation/{made.uid}/"


def test_while_it_is_compared_the_page_comes_again_and_a_second_file_waits(cast: Cast) -> None:
    upload, browser = interrupted(cast, Phase.CHECKING), cast.client(cast.clerk_a)
    with upload.held():
        running = browser.get(f"/reconciliation/uploads/{upload.uid}/")
        assert "逐人比对" in shown(running)
        assert '<noscript><meta http-equiv="refresh" content="2"></noscript>' in running.content.decode()
        other = sent(cast, "clerk_a", book(member(2)))
        assert ("正在处理，完成后再比对这一份" in shown(other), "继续比对" in shown(other)) == (True, True)
    waiting_one = other.redirect_chain[-1][0]
    done = browser.post(f"{waiting_one}again/", follow=True)
    assert done.redirect_chain[-1][0] == f"/reconciliation/{Comparison.objects.get().uid}/"


def test_a_job_that_was_asked_for_anew_is_not_done_by_the_old_process(cast: Cast) -> None:
    upload = interrupted(cast, Phase.ASKED)
    work(upload.uid, "another run")
    assert (upload.state.phase, Comparison.objects.count()) == (Phase.ASKED, 0)


def test_an_upload_is_there_for_its_owner_and_its_own_pages_alone(cast: Cast) -> None:
    upload = interrupted(cast, Phase.READING)
    for who in (cast.clerk_b, cast.officer):
        browser = cast.client(who)
        assert browser.get(f"/reconciliation/uploads/{upload.uid}/").status_code == 404
        assert browser.post(f"/reconciliation/uploads/{upload.uid}/again/").status_code == 404
        assert browser.post(f"/reconciliation/uploads/{upload.uid}/drop/").status_code == 404
    browser = cast.client(cast.clerk_a)
    assert browser.get(f"/import/{upload.uid}/").status_code == 404
    assert browser.post(f"/import/{upload.uid}/check/").status_code == 404
    workbook = uploaded(cast, cast.clerk_b, b"x")
    assert cast.client(cast.clerk_b).get(f"/reconciliation/uploads/{workbook.uid}/").status_code == 404


def test_a_unit_that_went_out_of_reach_meanwhile_is_not_compared(cast: Cast) -> None:
    upload = interrupted(cast, Phase.READING)
    upload.write_json("job", {**upload.read_json("job"), "unit": OTHER_TOWN})
    answer = cast.client(cast.clerk_a).post(f"/reconciliation/uploads/{upload.uid}/again/", follow=True)
    assert ("不在您的管理范围内" in shown(answer), Comparison.objects.count()) == (True, 0)


def test_a_form_sent_twice_is_one_comparison(cast: Cast) -> None:
    once = str(uuid.uuid4())
    first, second = (sent(cast, "clerk_a", book(member(1)), once=once) for _time in range(2))
    assert first.redirect_chain[-1] == second.redirect_chain[-1]
    assert (Comparison.objects.count(), begun_entries(), len(stored())) == (1, 1, 1)


def test_the_same_file_again_opens_the_comparison_that_is_not_closed_yet(cast: Cast) -> None:
    content = book(member(1, 性别="女"))
    sent(cast, "clerk_a", content)
    made = Comparison.objects.get()
    again = sent(cast, "officer", content)
    assert again.redirect_chain[-1][0] == f"/reconciliation/{made.uid}/"
    assert "没有再比对一次" in shown(again)
    assert begun_entries() == 1
    sent(cast, "officer", content, COUNTY)  # with another unit it is another question
    assert begun_entries() == 2
    cast.client(cast.clerk_a).post(f"/reconciliation/{made.uid}/report/", {"once": str(uuid.uuid4())})
    sent(cast, "clerk_a", content)
    assert begun_entries() == 3


def test_two_who_send_the_same_file_at_once_get_one_comparison(cast: Cast) -> None:
    content = book(member(1))
    sent(cast, "clerk_a", content)
    late = store([content], name="另一份.xlsx", owner=cast.officer.uid, kind=REGISTER)
    asked: dict[str, Any] = {"unit": TOWN, "once": str(uuid.uuid4())}
    scope = Scope((cast.unit(COUNTY).subtree,), cast.today)
    start(late, RECONCILE, actor=cast.actor(cast.officer), within=scope, today=cast.today, **asked)
    assert (late.state.phase, late.state.seq) == (Phase.WRITTEN, Comparison.objects.get().entry)


def test_after_thirty_days_it_opens_no_more_and_the_daily_means_delete_it(cast: Cast) -> None:
    made = begun(cast, member(1))
    assert forget_over(cast.today + timedelta(days=29)) == 0
    Comparison.objects.update(made_on=cast.today - timedelta(days=30))
    assert cast.client(cast.clerk_a).get(f"/reconciliation/{made.uid}/").status_code == 404
    assert (forget_over(cast.today), Comparison.objects.count()) == (1, 0)
    assert forget_over(cast.today) == 0


def test_nothing_of_an_export_lies_in_clear(cast: Cast) -> None:
    upload = interrupted(cast, Phase.READING)
    kept = b"".join(path.read_bytes() for path in upload.folder.iterdir())
    assert ("韦禾".encode() in kept, b"PK\x03\x04" in kept) == (False, False)
    assert upload.content()[:2] == b"PK"
