"""Notices and objections through their pages: the window, torn down, an objection on the last day, who reads what was said, what everybody sees."""

from __future__ import annotations

import io
import re
import uuid
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from tests.cast import TOWN, VILLAGE, Cast, cast
from tests.reviews.test_reviews import record, reviewed
from yumiao.access.models import Grant
from yumiao.desk.dossier.grounds import calendar_of
from yumiao.desk.proof import findings
from yumiao.desk.publicity.duties import investigator_duties, publicity_duties
from yumiao.journal.models import Entry, Reading
from yumiao.publicity.models import Notice, NoticeRecord, Objection, ObjectionConclusion
from yumiao.ui.addresses import reverse

__all__ = ["cast"]
pytestmark = pytest.mark.db
CANARY, SOURCE = "听说他在外地有一笔欠款没有还清", "邻居覃某　电话一二三"


def posted_before(cast: Cast, days: int) -> date:
    """A day whose notice closed `days` days ago."""
    calendar = calendar_of(cast.reader(cast.officer).head)
    day = cast.today - timedelta(days=days)
    return next(
        on for on in (day - timedelta(days=back) for back in range(1, 40)) if calendar.publicity_ends(on, 5) == day
    )


def post(cast: Cast, case: uuid.UUID, who: str = "secretary_a", **more: Any) -> Any:
    form = {
        "cases": [str(case)], "posted_on": cast.today.isoformat(), "place": "村务公开栏", "is_online": "on", "receiver": "青石镇党委",
        "phone": "0000-12380", **more,
    }  # fmt: skip
    return cast.client(cast.accounts[who]).post(f"/notices/new/?kind=admission&unit={VILLAGE}", form)


def notice(cast: Cast) -> Notice:
    return Notice.objects.latest("pk")


def object_to(cast: Cast, case: uuid.UUID, who: str = "clerk_a", on: date | None = None, **more: str) -> Any:
    form = {
        "channel": "visit", "received_on": (on or cast.today).isoformat(), "source": SOURCE, "text": CANARY, **more,
    }  # fmt: skip
    return cast.client(cast.accounts[who]).post(f"/objections/new/?case={case}&notice={notice(cast).uid}", form)


def appoint(cast: Cast, who: str, account: str, **more: str) -> int:
    uid = Objection.objects.latest("pk").uid
    form = {"account": str(cast.accounts[account].pk), "due_on": (cast.today + timedelta(days=9)).isoformat(), **more}
    code: int = cast.client(cast.accounts[who]).post(f"/objections/{uid}/appoint/", form).status_code
    return code


def conclude(cast: Cast, who: str, **more: str) -> int:
    uid = Objection.objects.latest("pk").uid
    today = cast.today.isoformat()
    form = {
        "concluded_on": today, "outcome": "unfounded", "effect": "continue", "text": "走访村组、调取记录，反映的情况不属实",
        "told_on": today, **more,
    }  # fmt: skip
    code: int = cast.client(cast.accounts[who]).post(f"/objections/{uid}/conclude/", form).status_code
    return code


def gate(cast: Cast, case: uuid.UUID) -> set[str]:
    """The rules of publicity that keep the branch meeting of today from being recorded."""
    return {one for one in record(cast, case, 15) if one.startswith(("PUB", "DEV-13"))}


def test_a_notice_is_posted_closes_and_opens_the_way(cast: Cast) -> None:
    case = reviewed(cast, 14)
    assert gate(cast, case) == {"PUB-2"}
    assert [one.rule for one in publicity_duties(cast.reader(cast.secretary_a), cast.unit(VILLAGE))] == ["PUB-2"]
    once = str(uuid.uuid4())
    assert [post(cast, case, once=once).status_code for _ in range(2)] == [302, 302]
    assert NoticeRecord.objects.count() == 1
    record_ = NoticeRecord.objects.get()
    assert record_.closes_on == calendar_of(cast.reader(cast.officer).head).publicity_ends(cast.today, 5)
    assert gate(cast, case) == {"DEV-13"}
    assert publicity_duties(cast.reader(cast.secretary_a), cast.unit(VILLAGE)) == []
    assert post(cast, case).status_code in (409, 422)
    restart = {
        "posted_on": posted_before(cast, 1).isoformat(), "place": "村口", "receiver": "青石镇党委", "phone": "0000", "why": "大风损毁",
    }  # fmt: skip
    browser = cast.client(cast.secretary_a)
    assert browser.post(f"/notices/{notice(cast).uid}/restart/", restart).status_code == 409
    again = restart | {"posted_on": cast.today.isoformat()}
    assert browser.post(f"/notices/{notice(cast).uid}/restart/", again).status_code == 302
    page = browser.get(f"/notices/{notice(cast).uid}/").content.decode()
    assert ("大风损毁" in page, "此前自" in page) == (True, True)
    assert list(findings()) == []


def test_after_the_last_day_the_meeting_may_be_held(cast: Cast) -> None:
    case = reviewed(cast, 14)
    assert post(cast, case, posted_on=posted_before(cast, 1).isoformat()).status_code == 302
    assert gate(cast, case) == set()
    browser = cast.client(cast.secretary_a)
    result = browser.get(f"/notices/{notice(cast).uid}/print/result/")
    assert (result.content[:4], "属于补登" in browser.get(f"/notices/{notice(cast).uid}/").content.decode()) == (
        b"%PDF",
        True,
    )


def test_an_objection_on_the_last_day_counts_and_only_its_investigator_reads_it(cast: Cast) -> None:
    case = reviewed(cast, 14)
    posted = posted_before(cast, 1)
    assert post(cast, case, posted_on=posted.isoformat()).status_code == 302
    assert object_to(cast, case, on=cast.today - timedelta(days=1)).status_code == 302
    assert gate(cast, case) == {"PUB-4"}
    assert publicity_duties(cast.reader(cast.clerk_a), cast.unit(TOWN))[0].rule == "PUB-8"
    assert appoint(cast, "clerk_a", "officer") == 302
    uid = Objection.objects.get().uid
    pages = (
        f"/objections/{uid}/", "/objections/", f"/cases/{case}/", f"/notices/{notice(cast).uid}/", f"/public/{notice(cast).uid}/",
        "/exports/objections/", "/journal/", f"/cases/{case}/sections/",
    )  # fmt: skip
    shown = {
        (who, address)
        for who, account in cast.accounts.items()
        for address in pages
        if CANARY in cast.client(account).get(address).content.decode(errors="ignore")
    }
    assert shown == {("officer", f"/objections/{uid}/")}
    assert CANARY not in "".join(Entry.objects.values_list("data", flat=True))
    assert CANARY.encode() not in bytes(Objection.objects.get().cell)
    assert Reading.objects.filter(what="section").count() == 1
    assert [one.rule for one in investigator_duties(cast.reader(cast.officer))] == ["PUB-4"]
    assert conclude(cast, "clerk_a") == 403
    uid_ = Objection.objects.get().uid
    refused = cast.client(cast.officer).post(f"/objections/{uid_}/conclude/", {})
    assert (refused.status_code, CANARY in refused.content.decode()) == (422, False)  # shown on record alone
    assert conclude(cast, "officer", told_on="") == 409
    assert conclude(cast, "officer") == 302
    assert gate(cast, case) == set()
    assert conclude(cast, "officer", effect="stop") == 302
    assert gate(cast, case) == {"PUB-4"}
    assert ObjectionConclusion.objects.alive().count() == 1


def test_when_the_investigator_is_ill_another_follows_and_the_first_one_reads_no_more(cast: Cast) -> None:
    case = reviewed(cast, 14)
    assert post(cast, case).status_code == 302
    assert object_to(cast, case).status_code == 302
    assert appoint(cast, "clerk_a", "clerk_a") == 302
    assert appoint(cast, "clerk_a", "officer") == 409
    assert appoint(cast, "clerk_a", "officer", reason="原调查人病休") == 302
    uid = Objection.objects.get().uid
    seen = {
        who: CANARY in cast.client(cast.accounts[who]).get(f"/objections/{uid}/").content.decode()
        for who in ("clerk_a", "officer")
    }
    assert seen == {"clerk_a": False, "officer": True}
    live = Grant.objects.alive().filter(until__gt=cast.today).values_list("account__username", "section")
    assert list(live) == [("officer", "objectors")]
    refused = {
        who: cast.client(cast.accounts[who]).get(f"/objections/{uid}/").status_code
        for who in ("secretary_a", "clerk_b", "reviewer", "auditor", "member")
    }
    assert set(refused.values()) == {404}


def test_everybody_sees_the_notice_without_a_number_or_an_address(cast: Cast) -> None:
    case = reviewed(cast, 14)
    assert post(cast, case).status_code == 302
    browser = cast.client(None)
    listed, shown = browser.get("/public/"), browser.get(f"/public/{notice(cast).uid}/")
    assert (listed.status_code, shown.status_code, shown["X-Robots-Tag"]) == (200, 200, "noindex, nofollow, noarchive")
    main = shown.content.decode().split("<main")[1]
    assert re.search(r"\d{15}", main) is None
    assert ("身份" in main, "住址" in main) == (False, False)
    assert browser.get(f"/public/{uuid.uuid4()}/").status_code == 404
    assert cast.client(cast.secretary_b).get(f"/notices/{notice(cast).uid}/").status_code == 404
    assert post(cast, case, "secretary_b").status_code == 404
    assert post(cast, case, "auditor").status_code == 403


def test_it_is_printed_photographed_and_taken_back(cast: Cast) -> None:
    case = reviewed(cast, 14)
    assert post(cast, case).status_code == 302
    browser, uid = cast.client(cast.secretary_a), notice(cast).uid
    prints = {what: browser.get(f"/notices/{uid}/print/{what}/") for what in ("pdf", "docx", "result")}
    assert [prints[what].content[:4] for what in ("pdf", "docx")] == [b"%PDF", b"PK\x03\x04"]
    assert prints["result"].status_code == 404  # it has not come to its end
    picture = io.BytesIO()
    Image.effect_noise((600, 800), 60).convert("RGB").save(picture, "JPEG")
    sent = {"camera": SimpleUploadedFile("a.jpg", picture.getvalue(), "image/jpeg")}
    assert browser.post(f"/notices/{uid}/photo/", sent).status_code == 302
    assert f"/notices/{uid}/photos/1/" in browser.get(f"/notices/{uid}/").content.decode()
    opened = browser.get(f"/notices/{uid}/photos/1/")
    assert (opened.content[:5], opened["Content-Security-Policy"]) == (b"%PDF-", "sandbox; default-src 'none'")
    assert browser.get(f"/notices/{uid}/photos/2/").status_code == 404
    broken = {"camera": SimpleUploadedFile("a.jpg", b"GIF89a", "image/jpeg")}
    assert browser.post(f"/notices/{uid}/photo/", broken).status_code == 422
    assert object_to(cast, case).status_code == 302
    back = {"reason": "登记错误，重新发布"}
    assert browser.post(f"/notices/{uid}/take-back/", back).status_code == 409
    objection = Objection.objects.get().uid
    assert cast.client(cast.clerk_a).post(f"/objections/{objection}/take-back/", back).status_code == 302
    assert browser.post(f"/notices/{uid}/take-back/", back).status_code == 302
    assert gate(cast, case) == {"PUB-2"}
    assert reverse("notices") == "/notices/"


@pytest.mark.parametrize("count", [1, 3])
def test_the_lists_take_as_many_queries_for_three_as_for_one(
    cast: Cast, count: int, django_assert_num_queries: Any
) -> None:
    for place in (31, 21, 22)[:count]:
        case = reviewed(cast, 14, place=place)
        form = {
            "cases": [str(case)], "posted_on": cast.today.isoformat(), "place": "公开栏", "receiver": "青石镇党委", "phone": "0000",
        }  # fmt: skip
        assert cast.client(cast.clerk_a).post(f"/notices/new/?kind=admission&unit={TOWN}", form).status_code == 302
        assert object_to(cast, case).status_code == 302
    browser = cast.client(cast.clerk_a)
    browser.get("/notices/")
    with django_assert_num_queries(7):
        browser.get("/notices/")
    with django_assert_num_queries(9):
        page = browser.get("/objections/").content.decode()
    assert page.count("未指定调查人") == count
