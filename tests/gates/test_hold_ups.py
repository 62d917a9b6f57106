"""What a clerk fears in the middle of an admission: each time the page says what holds it up, and the way out is one click from there.

Five of the six; the validity that runs out on the day of the meeting stands in the tests of joint review.
"""

from __future__ import annotations

import html
import re
import uuid
from datetime import timedelta
from typing import Any

import pytest

from tests.abuse.test_abuse_delegations import lend
from tests.access.opened import opened
from tests.cast import FAR_VILLAGE, OTHER_FAR_VILLAGE, Cast, cast
from tests.gates.opened import open_gates
from tests.inquiries.test_inquiry_pages import conclude as conclude_review
from tests.inquiries.test_inquiry_pages import follow
from tests.inquiries.test_inquiry_pages import sent as letter_sent
from tests.joint.parts import all_clear, sent, target
from tests.lived import reform
from tests.publicity.test_publicity import appoint, gate, object_to, posted_before
from tests.publicity.test_publicity import conclude as conclude_objection
from tests.publicity.test_publicity import post as post_notice
from tests.reviews.test_reviews import PASSED, record, reviewed, status
from yumiao.admission.models import Inquiry, Review
from yumiao.desk.proof import findings
from yumiao.units.changes import Merge

__all__ = ["cast", "opened"]
pytestmark = pytest.mark.db


def page(cast: Cast, who: str, address: str) -> str:
    answer: Any = cast.client(cast.accounts[who]).get(address)
    assert answer.status_code == 200
    return html.unescape(answer.content.decode())


def said(text: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", text))


def test_the_reviewer_is_ill_and_whoever_stands_in_reviews(cast: Cast) -> None:
    case = reviewed(cast, 11)
    open_gates(cast, case, {"rounds"})
    assert status(cast, "secretary_a", case, "village_12") == 302
    assert record(cast, case, 12, **PASSED) == []
    shown = page(cast, "clerk_a", f"/cases/{case}/")
    assert ("REV-20" in shown, f"/reviews/{case}/township_13/" in shown) == (True, True)
    assert cast.client(cast.clerk_b).get(f"/reviews/{case}/township_13/").status_code == 404
    lend(cast)  # the clerk of the township is ill: the neighbour's stands in
    assert f"/reviews/{case}/township_13/" in page(cast, "clerk_b", "/reviews/")
    assert status(cast, "clerk_b", case, "township_13") == 302
    assert {one.point for one in Review.objects.alive().filter(case__uid=case)} == {"village_12", "township_13"}


def test_a_letter_was_lost_and_another_goes_out_under_its_own_number(cast: Cast) -> None:
    case = reviewed(cast, 9)
    lost = letter_sent(cast, case)
    assert conclude_review(cast, case) == ["INQ-01"]
    shown = page(cast, "secretary_a", f"/inquiries/{lost.uid}/")
    assert ("退回未达" in shown, "已催办" in shown) == (True, True)
    assert follow(cast, lost, "undelivered").status_code == 302
    assert f"/inquiries/new/?case={case}" in page(cast, "secretary_a", f"/cases/{case}/")
    again = letter_sent(cast, case)
    assert (Inquiry.objects.count(), again.serial) == (2, lost.serial + 1)
    assert follow(cast, again, "answered").status_code == 302
    assert conclude_review(cast, case) == []


def test_an_objection_on_the_last_day_holds_the_meeting_until_it_is_concluded(cast: Cast) -> None:
    case = reviewed(cast, 14)
    open_gates(cast, case, {"rounds", "reviews"})
    closed = cast.today - timedelta(days=1)
    assert post_notice(cast, case, posted_on=posted_before(cast, 1).isoformat()).status_code == 302
    assert gate(cast, case) == set()
    assert object_to(cast, case, on=closed).status_code == 302
    shown = said(page(cast, "clerk_a", f"/cases/{case}/"))
    assert ("没有办结" in shown, "查看异议、举报" in shown, gate(cast, case)) == (
        True,
        True,
        {"PUB-4"} | gate(cast, case),
    )
    assert appoint(cast, "clerk_a", "officer") == 302
    assert conclude_objection(cast, "officer") == 302
    assert gate(cast, case) == set()


def test_a_department_is_silent_and_its_answer_on_paper_opens_the_gate(cast: Cast) -> None:
    case = target(cast, 31)
    batch = sent(cast, case)
    all_clear(cast, batch, "discipline", "court", "procuratorate")
    shown = said(page(cast, "clerk_a", f"/cases/{case}/"))
    assert ("3 / 4 个部门已答复" in shown, "REV-13" in shown) == (True, True)
    assert {"REV-13"} <= set(record(cast, case, 13, outcome="passed"))
    bodies = page(cast, "officer", f"/joint/{batch.uid}/")
    assert [word in bodies for word in ("登记催办", "催办函", "登记书面答复")] == [True] * 3
    all_clear(cast, batch, "police")
    assert "REV-13" not in record(cast, case, 13, outcome="passed")


def test_the_village_is_merged_in_between_and_nothing_is_lost(cast: Cast) -> None:
    case = reviewed(cast, 14, place=32)
    open_gates(cast, case)
    before = record_as(cast, case)
    reform(cast, Merge((FAR_VILLAGE, OTHER_FAR_VILLAGE), OTHER_FAR_VILLAGE))
    assert record_as(cast, case) == before
    shown = said(page(cast, "clerk_b", f"/cases/{case}/"))
    heir = cast.unit(OTHER_FAR_VILLAGE).name
    assert (heir in shown, "发展对象联审" in shown, "拟接收预备党员公示" in shown) == (True, True, True)
    assert cast.client(cast.clerk_b).get(f"/reviews/{case}/township_17/").status_code == 200
    assert cast.client(cast.clerk_a).get(f"/cases/{case}/").status_code == 404
    assert list(findings()) == []


def record_as(cast: Cast, case: uuid.UUID) -> set[str]:
    """The rules of what stands beside the steps that refuse the branch meeting of today."""
    return {one for one in record(cast, case, 15) if one.startswith(("PUB", "REV", "DEV-13", "DEV-27"))}
