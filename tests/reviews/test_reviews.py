"""Reviews through their pages: one after another, returned and approved, a change after an approval, who may not, draws."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import Any

import pytest

from tests.cast import TOWN, Cast, cast
from tests.cultivation.held import case_of
from yumiao.admission.asked import Asked
from yumiao.admission.models import CaseFinding, Review
from yumiao.admission.path import Outcome
from yumiao.desk.dossier import recording
from yumiao.desk.proof import findings
from yumiao.desk.reviews.duties import review_duties
from yumiao.journal.models import Entry, Reading
from yumiao.kernel.objections import Refused
from yumiao.oversight.models import FindingRecord, Sample
from yumiao.ui.addresses import reverse

__all__ = ["cast"]
pytestmark = pytest.mark.db
CHECKS = {
    "village_12": ("complete", "signed", "dated", "opinions"),
    "township_13": ("order", "archive", "joint", "review", "opinions"),
    "township_17": ("order", "archive", "joint", "review", "opinions"),
}
COUNTY = ("order", "archive", "meetings", "public", "joint", "rectified")


def reviewed(cast: Cast, upto: int, *, ago: int = 5, place: int = 31, **more: Any) -> uuid.UUID:
    """A case whose steps up to `upto` were held, the last of them some days ago."""
    today = cast.today
    far = {
        1: 900,
        2: 880,
        3: 860,
        4: 850,
        5: 850,
        7: 120,
        8: 110,
        9: 90,
        10: 80,
        11: 70,
        12: 40,
        13: 30,
        14: 25,
        15: 20,
        16: 12,
        17: 8,
    }
    steps: dict[int, Any] = {step: today - timedelta(days=days) for step, days in far.items() if step <= upto}
    if upto >= 6:
        steps[6] = [today - timedelta(days=600), today - timedelta(days=300)]
    steps[upto] = today - timedelta(days=ago)
    return case_of(cast, place, steps, **more)


def send(cast: Cast, who: str, case: uuid.UUID, point: str, outcome: str = "approved", **more: str) -> Any:
    """Open the page and send its form filled in."""
    browser = cast.client(cast.accounts[who])
    page = browser.get(reverse("review", args=[case, point]))
    assert page.status_code == 200, page.content.decode()[:300]
    stood = page.content.decode().split('name="stood" value="')
    answers = {f"check_{key}": "yes" for key in CHECKS.get(point, COUNTY)}
    form = {"stood": stood[1].split('"')[0] if len(stood) > 1 else "", "outcome": outcome, **answers, **more}
    return browser.post(reverse("review", args=[case, point]), form)


def status(cast: Cast, who: str, case: uuid.UUID, point: str, outcome: str = "approved", **more: str) -> int:
    code: int = send(cast, who, case, point, outcome, **more).status_code
    return code


def record(cast: Cast, case: uuid.UUID, step: int, **more: Any) -> list[str]:
    """The rules that refuse a step of today; empty where it was recorded."""
    part = "clerk_a" if step in (13, 17) else "secretary_a"
    asked = Asked(step=step, on=cast.today, reason="情况属实", **more)
    who = recording.Deciding(cast.actor(cast.accounts[part]), None)
    ground_for = recording.ground_by(cast.today, cast.reader(cast.accounts[part]))
    try:
        recording.record(case, asked, who=who, ground_for=ground_for)
    except Refused as refused:
        return sorted({one.rule for one in refused.objections})
    return []


PASSED = {"outcome": Outcome.PASSED, "people": "支部委员会"}


def test_a_file_goes_up_level_by_level_and_comes_back_with_what_was_found(cast: Cast) -> None:
    case = reviewed(cast, 11)
    assert record(cast, case, 12, **PASSED) == ["REV-20"]
    assert status(cast, "secretary_a", case, "village_12") == 302
    assert record(cast, case, 12, **PASSED) == []
    found = {
        "finding1-text": "缺少群众意见",
        "finding1-grade": "irregular",
        "finding1-slot": "A09",
        "finding1-step": "7",
    }
    assert status(cast, "clerk_a", case, "township_13", "returned") == 409
    assert status(cast, "clerk_a", case, "township_13", "returned", **found) == 302
    assert [(one.text, one.slot, one.step) for one in FindingRecord.objects.alive()] == [("缺少群众意见", "A09", 7)]
    assert CaseFinding.objects.get().point == "township_13"
    assert record(cast, case, 13, outcome=Outcome.PASSED, document="青党〔2026〕3号") == ["REV-10", "REV-20"]
    assert status(cast, "officer", case, "county_13") == 409
    assert status(cast, "clerk_a", case, "township_13") == 302
    assert status(cast, "officer", case, "county_13") == 302
    assert record(cast, case, 13, outcome=Outcome.PASSED, document="青党〔2026〕3号") == ["REV-10"]
    assert [(one.point, one.outcome) for one in Review.objects.alive().order_by("pk")] == [
        ("village_12", "approved"), ("township_13", "approved"), ("county_13", "approved"),
    ]  # fmt: skip
    page = cast.client(cast.clerk_a).get(reverse("review", args=[case, "township_13"])).content.decode()
    assert ("其后重新审查" in page, "缺少群众意见" in page) == (True, True)
    assert list(findings()) == []


def test_a_change_after_an_approval_is_shown_item_by_item_and_shuts_the_step(cast: Cast) -> None:
    case = reviewed(cast, 11, contacts=[1, 2], introducers=[1, 2])
    assert status(cast, "secretary_a", case, "village_12") == 302
    ground_for = recording.ground_by(cast.today, cast.reader(cast.clerk_a))
    who = recording.Deciding(cast.actor(cast.clerk_a), None)
    recording.send_back(case, 11, why="papers", reason="没有签到", who=who, ground_for=ground_for)
    asked = Asked(step=11, on=cast.today, days=4, place="镇党校", reason="重新培训")
    recording.record(case, asked, who=who, ground_for=ground_for)
    page = cast.client(cast.secretary_a).get(reverse("review", args=[case, "village_12"])).content.decode()
    changed = page.split("需复审")[1].split("</section>")[0]
    assert (changed.count("<li>"), "第 11 步 集中培训：审查后变更" in changed) == (1, True)
    assert record(cast, case, 12, **PASSED) == ["REV-21"]
    again = cast.client(cast.secretary_a).get("/reviews/?state=again").content.decode()
    assert str(case) in again
    assert status(cast, "secretary_a", case, "village_12") == 302
    assert record(cast, case, 12, **PASSED) == []


def test_what_changed_while_the_page_was_open_is_shown_before_a_conclusion_counts(cast: Cast) -> None:
    case = reviewed(cast, 11)
    answers = {f"check_{key}": "yes" for key in CHECKS["village_12"]}
    form = {"stood": "was otherwise", "outcome": "approved", **answers}
    answer = cast.client(cast.secretary_a).post(reverse("review", args=[case, "village_12"]), form)
    assert (answer.status_code, "档案有变更" in answer.content.decode(), Review.objects.count()) == (409, True, 0)


def test_nobody_reviews_his_own_contact_s_work_nor_at_another_level(cast: Cast) -> None:
    case = reviewed(cast, 11, contacts=[1], place=31)
    account = cast.secretary_a
    type(account).objects.filter(pk=account.pk).update(person_uid=cast.people[1])
    answer = send(cast, "secretary_a", case, "village_12")
    assert (answer.status_code, "REV-22" in answer.content.decode()) == (409, True)
    posts = {
        who: cast.client(cast.accounts[who]).post(reverse("review", args=[case, "village_12"]), {}).status_code
        for who in ("officer", "clerk_a", "secretary_b", "auditor", "member", "reviewer")
    }
    assert posts == {"officer": 403, "clerk_a": 403, "secretary_b": 404, "auditor": 403, "member": 403, "reviewer": 403}
    assert Review.objects.count() == 0


def test_another_of_the_level_reviews_when_one_is_ill_and_a_form_sent_twice_counts_once(cast: Cast) -> None:
    case, once = reviewed(cast, 11), str(uuid.uuid4())
    assert [status(cast, "secretary_a", case, "village_12", once=once) for _ in range(2)] == [302, 302]
    assert Entry.objects.filter(verb="case_reviewed").count() == 1
    assert record(cast, case, 12, **PASSED) == []
    # the clerk cannot come: whoever holds the right for the township at the county's word does it in his place
    assert cast.client(cast.clerk_b).get(reverse("review", args=[case, "township_13"])).status_code == 404
    assert status(cast, "clerk_a", case, "township_13") == 302


def test_a_reviewer_opens_the_political_review_for_fifteen_days_on_record(cast: Cast) -> None:
    from yumiao.access.models import Grant

    case = reviewed(cast, 11)
    assert status(cast, "secretary_a", case, "village_12") == 302
    assert record(cast, case, 12, **PASSED) == []
    assert cast.client(cast.secretary_a).post(reverse("review_open", args=[case, "township_13"])).status_code == 403
    assert cast.client(cast.clerk_a).post(reverse("review_open", args=[case, "township_13"])).status_code == 302
    (grant,) = Grant.objects.alive()
    assert (grant.section, grant.purpose, (grant.until - grant.since).days) == ("political_review", "三级审查", 15)
    assert Entry.objects.latest("seq").verb == "section_granted"


@pytest.mark.parametrize("count", [1, 3])
def test_the_queue_takes_as_many_queries_for_three_as_for_one(
    cast: Cast, count: int, django_assert_num_queries: Any
) -> None:
    for place in (31, 21, 22)[:count]:
        reviewed(cast, 16, place=place)
    browser = cast.client(cast.clerk_a)
    browser.get("/reviews/")
    with django_assert_num_queries(3):
        page = browser.get("/reviews/").content.decode()
    assert page.count("乡镇审查（审批前）</td>") == count
    titles = [one.title for one in review_duties(cast.reader(cast.clerk_a), cast.unit(TOWN))]
    assert titles == [f"{count} 份档案待审查"]


def test_the_sheet_is_printed_and_every_look_is_on_record(cast: Cast) -> None:
    case = reviewed(cast, 11)
    assert status(cast, "secretary_a", case, "village_12") == 302
    before = Reading.objects.count()
    browser = cast.client(cast.secretary_a)
    pdf = browser.get(reverse("review_pdf", args=[case, "village_12"]))
    docx = browser.get(reverse("review_docx", args=[case, "village_12"]))
    assert (pdf["Content-Type"], pdf.content[:4]) == ("application/pdf", b"%PDF")
    assert (docx.status_code, docx.content[:2]) == (200, b"PK")
    assert Reading.objects.count() == before + 2


def test_a_draw_is_made_once_shown_with_its_seed_and_looked_at_by_another_township(cast: Cast) -> None:
    reviewed(cast, 17, place=31)
    case = reviewed(cast, 17, place=32)
    officer = cast.client(cast.officer)
    form = {"year": str(cast.today.year), "seed": "第六期 04 11", "each": "5"}
    assert [officer.post("/reviews/peers/new/", form).status_code for _ in range(2)] == [302, 409]
    sample = Sample.objects.get()
    assert (sample.kind, sample.seed, sample.population) == ("peer_review", "第六期 04 11", 2)
    shown = officer.get(reverse("sample", args=[sample.uid])).content.decode()
    assert ("第六期 04 11" in shown, cast.accounts["clerk_a"].display_name in shown) == (True, True)
    clerk = cast.client(cast.clerk_a)
    mine = clerk.get("/reviews/peers/").content.decode()
    assert str(case) in mine
    assert clerk.get(reverse("peer_review", args=[case])).status_code == 200
    assert cast.client(cast.clerk_b).get(reverse("peer_review", args=[case])).status_code == 404
    said = {"is_sound": "0", "text": "谈话记录日期存疑", "finding1-text": "谈话记录日期早于申请"}
    assert clerk.post(reverse("peer_review", args=[case]), said).status_code == 302
    assert FindingRecord.objects.alive().get().finding.source == "peer"
    assert review_duties(cast.reader(cast.clerk_a), cast.unit(TOWN)) == review_duties(
        cast.reader(cast.clerk_a), cast.unit(TOWN)
    )
