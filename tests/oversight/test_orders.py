"""Findings and orders through their pages: issued, submitted, accepted by another, seen within reach."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from pytest_django import DjangoAssertNumQueries

from tests.cast import TOWN, VILLAGE, Cast, cast
from tests.cultivation.held import case_of
from tests.evidence.cases import shot
from yumiao.admission.finding_queries import open_findings_of
from yumiao.admission.models import Case
from yumiao.admission.review_services import write_findings
from yumiao.desk.proof import findings as faults
from yumiao.journal.acts import act
from yumiao.journal.models import Reading
from yumiao.journal.verbs import Verb
from yumiao.oversight.models import Finding, Order, OrderPaper
from yumiao.oversight.services import FindingDraft

__all__ = ["cast"]
pytestmark = pytest.mark.db
ORDERS, FINDINGS = 8, 12


def found(cast: Cast, *texts: str) -> tuple[int, list[uuid.UUID]]:
    """A case of township A with findings of a review. Returns the case's id and the findings' uids."""
    case = Case.objects.get(uid=case_of(cast, 31, dict.fromkeys((1, 2), cast.today - timedelta(days=90))))
    drafts = [FindingDraft(grade="irregular", text=text, slot="A01") for text in texts]
    with act(Verb.FINDING_RECORDED, actor=cast.operator) as current:
        unit = cast.unit(VILLAGE).id
        write_findings(
            current, case.pk, "county_17", drafts, unit=unit, person=case.person_id, source="review", on=cast.today
        )
    return case.pk, list(Finding.objects.order_by("-pk").values_list("uid", flat=True)[: len(texts)])


def issue(cast: Cast, uids: list[uuid.UUID], who: str = "officer", unit: str = TOWN, **more: Any) -> Any:
    given = {"findings": [str(one) for one in uids], "text": "补齐材料", **more}
    return cast.client(getattr(cast, who)).post(f"/orders/new/?unit={unit}", given)


def follow(cast: Cast, who: str, what: str, **more: Any) -> int:
    given = {"what": what, "on": cast.today.isoformat(), "note": "已经补齐", **more}
    order = Order.objects.latest("pk")
    return cast.client(getattr(cast, who)).post(f"/orders/{order.uid}/follow/", given).status_code


def test_an_order_goes_from_the_county_to_the_township_and_is_accepted(cast: Cast) -> None:
    case, uids = found(cast, "入党申请书没有落款日期", "思想汇报缺少一份")
    once = str(uuid.uuid4())
    assert [issue(cast, uids, once=once).status_code for _ in range(2)] == [302, 302]
    assert (Order.objects.get().serial, open_findings_of([case])) == (1, {case: 2})
    assert issue(cast, uids).status_code == 409
    uid = Order.objects.get().uid
    seen = {
        who: cast.client(getattr(cast, who)).get(f"/orders/{uid}/").status_code
        for who in ("clerk_a", "clerk_b", "reviewer")
    }
    assert seen == {"clerk_a": 200, "clerk_b": 404, "reviewer": 403}
    assert [follow(cast, "officer", "accepted"), follow(cast, "clerk_a", "accepted")] == [409, 403]
    assert [follow(cast, "clerk_a", "submitted"), follow(cast, "officer", "returned")] == [302, 302]
    assert [follow(cast, "clerk_a", "submitted"), follow(cast, "officer", "accepted")] == [302, 302]
    assert open_findings_of([case]) == {}
    assert "验收通过" in cast.client(cast.clerk_a).get("/orders/").content.decode()
    assert list(faults()) == []


def test_who_submitted_does_not_accept_even_where_he_holds_both_ends(cast: Cast) -> None:
    _case, uids = found(cast, "没有谈话记录")
    assert issue(cast, uids, "clerk_a", VILLAGE).status_code == 302
    assert [follow(cast, "clerk_a", "submitted"), follow(cast, "clerk_a", "accepted")] == [302, 409]
    assert follow(cast, "officer", "accepted") == 302


def test_an_order_is_extended_once_and_taken_back_gives_its_findings_free(cast: Cast) -> None:
    _case, uids = found(cast, "没有谈话记录")
    issue(cast, uids)
    order = Order.objects.get()
    officer, record = cast.client(cast.officer), order.records.get()
    longer = {"extended_to": (record.due_on + timedelta(days=1)).isoformat(), "reason": "会议推迟"}
    address = f"/orders/{order.uid}"
    assert cast.client(cast.clerk_a).post(f"{address}/extend/", longer).status_code == 403
    assert [officer.post(f"{address}/extend/", longer).status_code for _ in range(2)] == [302, 409]
    assert officer.post(f"{address}/withdraw/", {"reason": "发错组织"}).status_code == 302
    assert officer.get(f"{address}/").status_code == 404
    assert issue(cast, uids).status_code == 302
    assert list(Order.objects.order_by("pk").values_list("serial", flat=True)) == [1, 2]


def test_an_order_is_no_business_of_another_township(cast: Cast) -> None:
    _case, uids = found(cast, "没有谈话记录")
    assert [issue(cast, uids, who).status_code for who in ("clerk_b", "secretary_a")] == [404, 403]
    assert "没有谈话记录" in cast.client(cast.clerk_a).get("/findings/").content.decode()
    assert "没有谈话记录" not in cast.client(cast.clerk_b).get("/findings/").content.decode()


def test_lists_ask_as_little_for_three_as_for_one(
    cast: Cast, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    _case, uids = found(cast, "甲问题", "乙问题", "丙问题")
    issue(cast, uids[:1])
    client = cast.client(cast.officer)
    client.get("/orders/"), client.get("/findings/")
    for address, queries in (("/orders/", ORDERS), ("/findings/", FINDINGS)):
        with django_assert_num_queries(queries):
            client.get(address)
    for uid in uids[1:]:
        issue(cast, [uid])
    client.get("/orders/")
    with django_assert_num_queries(ORDERS):
        client.get("/orders/")


def test_a_paper_of_what_was_put_right_is_handed_in_until_the_order_is_accepted(cast: Cast) -> None:
    _case, uids = found(cast, "没有谈话记录")
    issue(cast, uids)
    order = Order.objects.get()

    def hand_in(who: str, content: bytes, title: str = "谈话记录补正说明", **more: str) -> int:
        given = {"title": title, "camera": SimpleUploadedFile("paper.jpg", content, "image/jpeg"), **more}
        return cast.client(getattr(cast, who)).post(f"/orders/{order.uid}/paper/", given).status_code

    once = str(uuid.uuid4())
    assert [hand_in("clerk_a", shot(5), once=once) for _ in range(2)] == [302, 302]
    assert [hand_in("clerk_a", b"no picture"), hand_in("officer", shot(6)), hand_in("clerk_b", shot(6))] == [
        422,
        403,
        404,
    ]
    assert list(OrderPaper.objects.values_list("title", flat=True)) == ["谈话记录补正说明"]
    address = f"/orders/{order.uid}/papers/1/"
    assert address in cast.client(cast.officer).get(f"/orders/{order.uid}/").content.decode()
    shown = cast.client(cast.officer).get(address)
    assert (shown.status_code, shown["Content-Type"], shown.content[:5]) == (200, "application/pdf", b"%PDF-")
    assert (Reading.objects.latest("pk").actor, Reading.objects.latest("pk").count) == (cast.officer.uid, 1)
    assert cast.client(cast.officer).get(f"/orders/{order.uid}/papers/2/").status_code == 404
    assert follow(cast, "clerk_a", "submitted") == 302
    assert follow(cast, "officer", "accepted") == 302
    assert hand_in("clerk_a", shot(7)) == 409
    assert (OrderPaper.objects.count(), list(faults())) == (1, [])
