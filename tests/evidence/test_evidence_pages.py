"""The pages of papers: who opens what, what is put in, checked, supplemented and taken back."""

from __future__ import annotations

import io
import re
import uuid
from datetime import timedelta
from typing import Any

import pikepdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.urls import reverse
from PIL import Image

from tests.cast import Cast, cast
from tests.evidence.cases import case, put, sent, shot, talked
from tests.files.drawn import camera_notes, jpeg, page, pdf
from yumiao.admission.models import PaperCheck, StepPaper
from yumiao.admission.paper_queries import paper_by, papers_of
from yumiao.admission.paper_rules import Checked
from yumiao.desk.dossier import recording
from yumiao.desk.evidence import acting
from yumiao.desk.evidence.slots import slots_of
from yumiao.files import store
from yumiao.files.models import Scan, ScanPage
from yumiao.journal.models import Entry, Reading
from yumiao.kernel.objections import Refused

__all__ = ["cast"]
pytestmark = pytest.mark.db


def add_url(uid: uuid.UUID, slot: str = "A02") -> str:
    return reverse("paper_add", args=[uid, slot])


def test_a_paper_is_photographed_checked_and_shown(cast: Cast) -> None:
    uid, browser = case(cast), cast.client(cast.secretary_a)
    page_before = browser.get(reverse("case_papers", args=[uid]))
    assert (page_before.status_code, "已登记的步骤缺 1 份材料：入党申请书" in page_before.content.decode()) == (
        200,
        True,
    )
    form = browser.get(add_url(uid)).content.decode()
    assert 'capture="environment"' in form
    answer = browser.post(add_url(uid), sent(1, 2))
    assert answer.status_code == 302
    [paper] = papers_of(recording.read_by(uid).around.case)
    assert answer["Location"] == reverse("case_paper", args=[paper.uid])
    assert (paper.slot, paper.step, paper.occurrence, paper.pages, paper.by) == ("A02", 2, 1, 2, cast.secretary_a.uid)
    shown = browser.get(answer["Location"])
    assert (shown.status_code, shown.content.decode().count("<img ")) == (200, 2)
    assert Entry.objects.latest("seq").verb == "paper_added"


def test_the_files_go_by_their_names_unless_somebody_ordered_them(cast: Cast) -> None:
    uid, browser = case(cast), cast.client(cast.secretary_a)
    colours = {"IMG_10.jpg": "blue", "IMG_9.jpg": "red"}

    def order(**more: Any) -> list[str]:
        files = [SimpleUploadedFile(name, jpeg(Image.new("RGB", (300, 400), one))) for name, one in colours.items()]
        answer = browser.post(add_url(uid), {**sent(), "chosen": files, **more})
        paper = paper_by(uuid.UUID(answer["Location"].split("/")[-2]))
        pages = [browser.get(reverse("case_paper_page", args=[paper.uid, number])).content for number in (1, 2)]
        found = [Image.open(io.BytesIO(one)).getpixel((150, 200)) for one in pages]
        return ["red" if one[0] > 200 else "blue" for one in found]

    assert order() == ["red", "blue"]
    assert order(order="sent") == ["blue", "red"]


def test_what_is_served_cannot_run_and_is_not_kept(cast: Cast) -> None:
    paper, browser = put(cast, case(cast)), cast.client(cast.secretary_a)
    picture = browser.get(reverse("case_paper_page", args=[paper, 1]))
    whole = browser.get(reverse("case_paper_file", args=[paper]))
    for answer, media in ((picture, "image/jpeg"), (whole, "application/pdf")):
        assert answer["Content-Type"] == media
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'"
        assert answer["Cache-Control"] == "private, no-store"
    assert picture["Content-Disposition"] == 'inline; filename="A02-1.jpg"'
    assert whole["Content-Disposition"] == 'attachment; filename="A02.pdf"'
    assert whole.content.startswith(b"%PDF-")
    assert browser.get(reverse("case_paper_page", args=[paper, 2])).status_code == 404
    assert browser.get(reverse("case_paper_page", args=[paper, 0])).status_code == 404


def test_nothing_of_the_camera_or_the_name_is_kept(cast: Cast) -> None:
    uid, browser = case(cast), cast.client(cast.secretary_a)
    noted = jpeg(page(4, width=620, height=877), exif=camera_notes())
    file = SimpleUploadedFile("<img src=x onerror=alert(1)>张三.jpg", noted, "image/jpeg")
    answer = browser.post(add_url(uid), {**sent(), "chosen": [file]})
    paper = paper_by(uuid.UUID(answer["Location"].split("/")[-2]))
    content = store.read(Scan.objects.get(pk=paper.scan))
    assert b"NoBrand" not in content
    assert b"Exif" not in content
    assert "张三" not in browser.get(answer["Location"]).content.decode()
    assert Scan.objects.get(pk=paper.scan).taken_on.isoformat() == "2026-03-02"


@pytest.mark.parametrize(
    ("files", "why"),
    [
        ([], "没有选择文件"),
        ([b"<svg onload=alert(1)>"], "不是 PDF、JPEG 或者 PNG"),
        ([b"\xff\xd8\xffbroken"], "第 1 张照片文件不完整或者已损坏"),
        ([pdf("0 0 1 1 re f", OpenAction=pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="1"))], "可能有害，没有收下"),
        ([bytes(21 << 20)], "第 1 个文件超过 20 MB"),
    ],
)
def test_what_is_not_taken_in_is_said_and_leaves_nothing(cast: Cast, files: list[bytes], why: str) -> None:
    uid, browser = case(cast), cast.client(cast.secretary_a)
    before = list(store.folder().rglob("*"))
    chosen = [SimpleUploadedFile(f"{place}.jpg", one) for place, one in enumerate(files)]
    answer = browser.post(add_url(uid), {**sent(), "chosen": chosen})
    assert (answer.status_code, why in answer.content.decode()) == (422, True)
    assert (Scan.objects.count(), StepPaper.objects.count()) == (0, 0)
    assert list(store.folder().rglob("*")) == before


def test_after_the_step_a_paper_is_a_supplement_with_its_true_day(cast: Cast) -> None:
    uid, browser = case(cast), cast.client(cast.secretary_a)
    first = put(cast, uid)
    talked(cast, uid)
    refused = browser.post(add_url(uid) + f"?to={first}", sent(2))
    assert (refused.status_code, "这是补充的材料" in refused.content.decode()) == (409, True)
    late = {"dated_on": (cast.today + timedelta(days=1)).isoformat(), "explanation": "当时漏拍第二页，现补上。"}
    assert "材料上的日期晚于今天" in browser.post(add_url(uid), sent(2, **late)).content.decode()
    given = late | {"dated_on": cast.today.isoformat()}
    assert browser.post(add_url(uid) + f"?to={first}", sent(2, **given)).status_code == 302
    one, two = papers_of(recording.read_by(uid).around.case)
    assert (one.uid, two.supplements, two.dated_on) == (first, first, cast.today)
    assert Entry.objects.latest("seq").verb == "paper_supplemented"
    shown = browser.get(reverse("case_paper", args=[two.uid])).content.decode()
    assert "当时漏拍第二页，现补上。" in shown


def test_a_paper_is_taken_back_before_its_step_and_never_after(cast: Cast) -> None:
    uid, browser = case(cast), cast.client(cast.secretary_a)
    paper, other = put(cast, uid), put(cast, uid, seeds=(2,))
    address = reverse("case_paper_withdraw", args=[paper])
    assert browser.post(address, {"reason": ""}).status_code == 422
    assert browser.post(address, {"reason": "放错了位置"}).status_code == 302
    assert [one.uid for one in papers_of(recording.read_by(uid).around.case)] == [other]
    assert browser.get(reverse("case_paper", args=[paper])).status_code == 404
    assert browser.post(address, {"reason": "放错了位置"}).status_code == 404
    talked(cast, uid)
    refused = browser.post(reverse("case_paper_withdraw", args=[other]), {"reason": "放错了位置"})
    assert (refused.status_code, "材料不能收回" in refused.content.decode()) == (409, True)
    assert "收回这份材料" not in browser.get(reverse("case_paper", args=[other])).content.decode()


def test_a_check_is_written_anew_and_says_what_is_wanting(cast: Cast) -> None:
    uid, browser = case(cast), cast.client(cast.secretary_a)
    paper = put(cast, uid)
    answer = browser.post(
        reverse("case_paper_check", args=[paper]), {"title": "谈话记录", "is_legible": "on", "is_of_person": "on"}
    )
    assert answer.status_code == 302
    read = recording.read_by(uid)
    [state] = [one for one in slots_of(read.around.case, read.file) if one.slot.code == "A02"]
    assert state.incomplete_why == ("没有谈话人、申请人签名", "没有写明日期")
    assert (state.kind, state.missing) == ("warn", False)
    assert PaperCheck.objects.count() == 2
    assert "没有谈话人、申请人签名" in browser.get(reverse("case_papers", args=[uid])).content.decode()


def test_what_cannot_be_read_counts_as_missing(cast: Cast) -> None:
    uid = case(cast)
    paper = put(cast, uid)
    talked(cast, uid)
    given = {"title": "谈话记录", "is_signed": "on", "is_dated": "on", "is_of_person": "on"}
    assert cast.client(cast.secretary_a).post(reverse("case_paper_check", args=[paper]), given).status_code == 302
    read = recording.read_by(uid)
    assert [one.slot.code for one in slots_of(read.around.case, read.file) if one.missing] == ["A01", "A02"]


@pytest.mark.parametrize(
    ("part", "opens"),
    [
        ("secretary_a", 200), ("clerk_a", 200), ("officer", 200), ("auditor", 200), ("clerk_b", 404), ("secretary_b", 404),
        ("general_secretary", 404), ("member", 403), ("reviewer", 403), ("assistant", 403), ("system", 403), ("security", 403),
        ("audit", 403), ("outsider", 403),
    ],
)  # fmt: skip
def test_who_opens_a_paper(cast: Cast, part: str, opens: int) -> None:
    uid = case(cast)
    paper, browser = put(cast, uid), cast.client(cast.accounts[part])
    for name, arguments in (
        ("case_papers", [uid]), ("case_papers_missing", [uid]), ("case_paper", [paper]), ("case_paper_file", [paper]),
        ("case_paper_page", [paper, 1]),
    ):  # fmt: skip
        assert (name, browser.get(reverse(name, args=arguments)).status_code) == (name, opens)


@pytest.mark.parametrize(
    ("part", "may"),
    [("secretary_a", 200), ("clerk_a", 200), ("officer", 200), ("auditor", 403), ("clerk_b", 404), ("member", 403)],
)
def test_who_puts_a_paper_in(cast: Cast, part: str, may: int) -> None:
    uid = case(cast)
    paper, browser = put(cast, uid), cast.client(cast.accounts[part])
    assert browser.get(add_url(uid)).status_code == may
    done = {200: 302}.get(may, may)
    assert browser.post(add_url(uid), sent(3)).status_code == done
    assert browser.post(reverse("case_paper_check", args=[paper]), {"title": "谈话记录"}).status_code == done
    assert browser.post(reverse("case_paper_withdraw", args=[paper]), {"reason": "放错了"}).status_code == done


@pytest.mark.parametrize(
    ("part", "opens"), [("clerk_a", 200), ("officer", 403), ("secretary_a", 403), ("auditor", 403), ("clerk_b", 404)]
)
def test_the_political_review_is_opened_by_few(cast: Cast, part: str, opens: int) -> None:
    uid = case(cast)
    paper, browser = put(cast, uid, "A12", 10, part="clerk_a"), cast.client(cast.accounts[part])
    for name, arguments in (("case_paper", [paper]), ("case_paper_file", [paper]), ("case_paper_page", [paper, 1])):
        assert (name, browser.get(reverse(name, args=arguments)).status_code) == (name, opens)
    if opens != 404:
        shown = browser.get(reverse("case_papers", args=[uid])).content.decode()
        assert ("已放入（密封）" in shown) == (opens == 403)


def test_who_put_the_review_in_opens_it(cast: Cast) -> None:
    paper = put(cast, case(cast), "A12", 10)
    assert cast.client(cast.secretary_a).get(reverse("case_paper", args=[paper])).status_code == 200


def test_every_opening_is_on_record_also_of_a_picture_alone(cast: Cast) -> None:
    uid = case(cast)
    paper, browser = put(cast, uid), cast.client(cast.clerk_a)

    def readings(name: str, *more: int) -> int:
        before = Reading.objects.count()
        assert browser.get(reverse(name, args=[paper, *more])).status_code == 200
        return Reading.objects.count() - before

    assert readings("case_paper_page", 1) == 1
    assert readings("case_paper_page", 1) == 0
    assert readings("case_paper") == 1
    assert readings("case_paper_file") == 1
    last = Reading.objects.latest("id")
    assert (last.subject, last.actor) == (cast.people[31], cast.clerk_a.uid)
    assert last.purpose == f"谈话记录，纪实第 {StepPaper.objects.get().entered} 条"


def test_nobody_handles_what_is_about_himself(cast: Cast) -> None:
    uid = case(cast)
    himself = recording.Deciding(cast.actor(cast.secretary_a), cast.people[31])
    read = recording.read_by(uid)
    adding = acting.Adding("A02", 2, Checked("谈话记录"))
    with pytest.raises(Refused) as refused:
        acting.add(read, adding, [shot(1)], unit=cast.tree.by_id[read.around.unit], who=himself, today=cast.today)
    assert [one.rule for one in refused.value.objections] == ["STP-28"]


def test_a_form_sent_twice_puts_one_paper_in(cast: Cast) -> None:
    uid, browser = case(cast), cast.client(cast.secretary_a)
    once = uuid.uuid4().hex
    for _ in range(2):
        assert browser.post(add_url(uid), sent(1, once=once)).status_code == 302
    assert (StepPaper.objects.count(), Scan.objects.count(), ScanPage.objects.count()) == (1, 1, 1)
    assert len([one for one in store.folder().glob("*/*") if one.is_file() and Scan.objects.filter(uid=one.name)]) == 1


def test_a_step_of_another_slot_is_refused(cast: Cast) -> None:
    uid = case(cast)
    assert cast.client(cast.secretary_a).post(add_url(uid), sent(1, step="3")).status_code == 422
    assert cast.client(cast.secretary_a).get(add_url(uid, "A99")).status_code == 404


def test_a_paper_whose_file_is_gone_is_said_to_be(cast: Cast) -> None:
    paper, browser = put(cast, case(cast)), cast.client(cast.secretary_a)
    store.drop(Scan.objects.get().uid)
    answer = browser.get(reverse("case_paper_file", args=[paper]))
    assert (answer.status_code, "从备份恢复" in answer.content.decode()) == (503, True)
    assert browser.get(reverse("case_paper_page", args=[paper, 1])).status_code == 404
    assert browser.get(reverse("case_paper", args=[paper])).status_code == 200


@pytest.mark.parametrize("count", [1, 3])
def test_a_page_of_papers_asks_the_same_whatever_lies_there(
    cast: Cast, count: int, django_assert_num_queries: Any
) -> None:
    uid, browser = case(cast), cast.client(cast.secretary_a)
    for seed in range(count):
        put(cast, uid, seeds=(seed,))
    address = reverse("case_papers", args=[uid])
    browser.get(address)
    with django_assert_num_queries(PAPERS + (connection.vendor == "postgresql")):  # the lock of the readings
        browser.get(address)


PAPERS = 10


def test_the_list_of_what_is_missing_is_printed(cast: Cast) -> None:
    answer = cast.client(cast.secretary_a).get(reverse("case_papers_missing", args=[case(cast)]))
    assert (answer.status_code, answer["Content-Type"], answer.content[:5]) == (200, "application/pdf", b"%PDF-")


def test_no_raw_value_is_on_the_pages(cast: Cast) -> None:
    uid, browser = case(cast), cast.client(cast.secretary_a)
    paper = put(cast, uid)
    for address in (reverse("case_papers", args=[uid]), reverse("case_paper", args=[paper]), add_url(uid)):
        text = re.sub(r"<script.*?</script>|<[^>]+>", " ", browser.get(address).content.decode(), flags=re.DOTALL)
        assert re.findall(r"\b(?:core|required|local|None|True|False|floor|warn)\b", text) == []
