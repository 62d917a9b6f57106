"""Sections of a case through their pages: opened by a grant alone, on record each time, shut when the grant, the post or two hours are over."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from tests.cast import Cast, cast
from tests.evidence.cases import case, put
from yumiao.access.models import Appointment, Grant
from yumiao.access.sections import Section
from yumiao.admission.cultivation_queries import names_of
from yumiao.admission.models import Inquiry, InquiryEvent, Relative
from yumiao.desk.dossier.near import near_objections
from yumiao.desk.dossier.recording import read_by
from yumiao.desk.grants.duties import emergency_duties
from yumiao.desk.grants.opening import may_open
from yumiao.desk.proof import findings
from yumiao.journal.acts import act
from yumiao.journal.models import Entry, Reading
from yumiao.journal.verbs import Verb
from yumiao.ui.addresses import reverse

__all__ = ["cast"]
pytestmark = pytest.mark.db
CANARY = "金丝雀"
REASON = "县委常委会正在研究，需要当场核对政治审查材料的内容。"


def post(cast: Cast, part: str, address: str, **fields: Any) -> int:
    return int(cast.client(getattr(cast, part)).post(address, fields).status_code)


def page(cast: Cast, part: str, uid: uuid.UUID, section: str = "family") -> Any:
    return cast.client(getattr(cast, part)).get(reverse("case_section", args=[uid, section]))


def family(cast: Cast, uid: uuid.UUID, part: str = "secretary_a", **fields: Any) -> int:
    given = {"name_1": CANARY, "relation_1": "parent", "conclusion_1": "concern", **fields}
    return post(cast, part, reverse("case_family", args=[uid]), **given)


def grant(cast: Cast, uid: uuid.UUID, taker: str, section: str = "family", by: str = "officer", **fields: Any) -> int:
    given = {
        "account": str(getattr(cast, taker).uid), "section": section, "purpose": "复核家庭情况",
        "last_day": (cast.today + timedelta(days=20)).isoformat(), **fields,
    }  # fmt: skip
    return post(cast, by, f"{reverse('grant_new')}?case={uid}", **given)


def test_the_family_is_read_by_a_grant_alone_and_on_record(cast: Cast) -> None:
    uid = case(cast)
    assert family(cast, uid) == 302
    assert bytes(Relative.objects.get().cell).find(CANARY.encode()) == -1
    who = ("officer", "clerk_a", "clerk_b", "auditor", "secretary_a")
    assert {part: page(cast, part, uid).status_code for part in who} == {
        "officer": 403, "clerk_a": 403, "clerk_b": 404, "auditor": 403, "secretary_a": 200,
    }  # fmt: skip
    assert grant(cast, uid, "clerk_a") == 302
    shown = page(cast, "clerk_a", uid)
    assert (shown.status_code, CANARY in shown.content.decode()) == (200, True)
    last = Reading.objects.latest("id")
    assert (last.actor, last.what, last.purpose) == (
        cast.clerk_a.uid,
        "section",
        "家庭成员和主要社会关系：复核家庭情况",
    )
    assert page(cast, "clerk_a", uid, "political_review").status_code == 403
    assert page(cast, "officer", uid).status_code == 403
    person = read_by(uid).around.person_uid
    elsewhere = (
        reverse("case", args=[uid]),
        reverse("person", args=[person]),
        reverse("case_sections", args=[uid]),
        "/journal/",
    )
    for address in (*elsewhere, reverse("case_family", args=[uid]), reverse("grants")):
        assert (address, CANARY in cast.client(cast.officer).get(address).content.decode()) == (address, False)
    assert CANARY not in str(list(Entry.objects.values_list("data", flat=True)))
    assert list(findings()) == []


def test_a_grant_is_refused_where_a_rule_is_against_it(cast: Cast) -> None:
    uid = case(cast)
    late = (cast.today + timedelta(days=90)).isoformat()
    assert grant(cast, uid, "clerk_a", purpose="看看") == 409
    assert grant(cast, uid, "clerk_a", last_day=late) == 409
    assert grant(cast, uid, "officer") == 422
    assert grant(cast, uid, "clerk_b") == 422
    assert grant(cast, uid, "secretary_a", by="secretary_a") == 403
    assert grant(cast, uid, "secretary_a", by="clerk_b") == 404
    assert not Grant.objects.exists()


def test_a_grant_taken_back_or_without_a_post_opens_nothing(cast: Cast) -> None:
    uid = case(cast)
    number = read_by(uid).around.case
    assert grant(cast, uid, "clerk_a") == 302
    assert may_open(cast.reader(cast.clerk_a), number, Section.FAMILY)
    one = Grant.objects.alive().get()
    assert post(cast, "clerk_b", reverse("grant_end", args=[one.uid])) == 404
    assert post(cast, "officer", reverse("grant_end", args=[one.uid])) == 302
    assert page(cast, "clerk_a", uid).status_code == 403
    assert grant(cast, uid, "clerk_a") == 302
    assert page(cast, "clerk_a", uid).status_code == 200
    with act(Verb.APPOINTMENT_ENDED, actor=cast.operator) as current:
        posts = Appointment.objects.alive().filter(account=cast.clerk_a)
        current.strike(Appointment, list(posts.values_list("pk", flat=True)))
    assert not may_open(cast.reader(cast.clerk_a), number, Section.FAMILY)
    assert CANARY not in page(cast, "clerk_a", uid).content.decode()


def test_an_emergency_lasts_two_hours_and_is_seen_at_once(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    uid = case(cast)
    assert family(cast, uid) == 302
    address = reverse("case_emergency", args=[uid])
    assert post(cast, "clerk_a", address, section="family", reason=REASON) == 403
    assert post(cast, "officer", address, section="family", reason="领导急用") == 409
    assert post(cast, "officer", address, section="family", reason=REASON) == 302
    assert CANARY in page(cast, "officer", uid).content.decode()
    for part in ("auditor", "officer"):
        assert REASON in cast.client(getattr(cast, part)).get(reverse("emergencies")).content.decode()
    assert cast.client(cast.clerk_a).get(reverse("emergencies")).status_code == 403
    told = {
        part: "紧急阅看 1 次" in cast.client(getattr(cast, part)).get("/").content.decode()
        for part in ("officer", "clerk_a")
    }
    assert told == {"officer": True, "clerk_a": False}
    assert [one.rule for one in emergency_duties(cast.reader(cast.auditor))] == ["ACC-20"]
    later = timezone.now() + timedelta(hours=2, minutes=1)
    monkeypatch.setattr("django.utils.timezone.now", lambda: later)
    assert not may_open(cast.reader(cast.officer), read_by(uid).around.case, Section.FAMILY)
    assert page(cast, "officer", uid).status_code == 403


def test_the_political_review_opens_by_a_grant_and_by_no_role(cast: Cast) -> None:
    uid = case(cast)
    paper = put(cast, uid, "A12", 10)
    sent = {"kind": "letter", "about": "self", "addressee": "某县某镇党支部", "sent_on": cast.today.isoformat()}
    assert post(cast, "secretary_a", f"/inquiries/new/?case={uid}", **sent) == 302
    letter = Inquiry.objects.get()
    follow = {"what": "answered", "on": cast.today.isoformat(), "finding": "concern", "note": CANARY}
    assert post(cast, "clerk_a", f"/inquiries/{letter.uid}/follow/", **follow) == 302
    assert InquiryEvent.objects.alive().get().note == CANARY

    def seen(part: str) -> tuple[int, bool]:
        browser = cast.client(getattr(cast, part))
        status = browser.get(reverse("case_paper", args=[paper])).status_code
        return status, CANARY in browser.get(f"/inquiries/{letter.uid}/").content.decode()

    assert {part: seen(part) for part in ("officer", "clerk_a", "secretary_a")} == {
        "officer": (403, False), "clerk_a": (403, True), "secretary_a": (200, False),
    }  # fmt: skip
    assert grant(cast, uid, "officer", "political_review", by="clerk_a") == 302
    assert seen("officer") == (200, True)
    assert CANARY in page(cast, "officer", uid, "political_review").content.decode()


def test_kin_on_the_list_stands_near(cast: Cast) -> None:
    uid = case(cast)
    kin = cast.person(7)
    name = names_of({kin.pk})[kin.pk][0]
    assert family(cast, uid, name_1="没有此人", listed_1="on") == 409
    assert family(cast, uid, name_1=name, listed_1="on", part="officer") == 302
    assert [one.rule for one in near_objections(kin.uid, read_by(uid))] == ["REV-22"]


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_of_grants_asks_the_same_of_one_and_of_three(
    cast: Cast, count: int, django_assert_num_queries: Any, database_vendor: str
) -> None:
    uid = case(cast)
    for section in list(Section)[:count]:
        assert grant(cast, uid, "clerk_a", section.value) == 302
    browser = cast.client(cast.officer)
    browser.get(reverse("grants"))
    with django_assert_num_queries(9 + (database_vendor == "postgresql")):  # the lock on the record of readings
        shown = browser.get(reverse("grants")).content.decode()
    assert shown.count("复核家庭情况") == count
