"""Joint review through its pages: one batch to four bodies, answers that two people see, a conclusion that a person writes."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import Any

import pytest

from tests.cast import Cast, cast
from tests.joint.parts import (
    ADVERSE,
    BODIES,
    CLEAR,
    UNKNOWN,
    activist,
    all_clear,
    body,
    fields,
    on_paper,
    row,
    said,
    seated,
    send,
    sent,
    target,
)
from yumiao.admission.asked import Asked
from yumiao.admission.gate_rules import gate_objections
from yumiao.admission.gates import TARGET
from yumiao.admission.models import JointConclusion, JointReview, JointReviewAnswer, JointReviewEvent
from yumiao.desk.dossier.recording import ground_by, read_by
from yumiao.desk.joint.concerned import concerned
from yumiao.desk.joint.duties import answer_duties, joint_duties
from yumiao.desk.proof import findings
from yumiao.journal.models import Entry, Reading

__all__ = ["cast"]
pytestmark = pytest.mark.db
CANARY = "金丝雀甲乙丙"


def against(cast: Cast, case: uuid.UUID, step: int) -> list[str]:
    """The rules of joint review that stand before a step today."""
    read = read_by(case)
    ground = ground_by(cast.today, cast.reader(cast.officer))(read.file)
    found = gate_objections(read.file, Asked(step=step, on=cast.today), ground)
    return [one.rule for one in found if one.rule in ("REV-10", "REV-13", "REV-14", "REV-16", "DEV-27")]


def test_an_adverse_answer_is_seen_by_two_people_and_a_person_concludes(cast: Cast) -> None:
    cases = [target(cast, 31), target(cast, 32)]
    officer, reviewer, clerk = (cast.client(one) for one in (cast.officer, cast.reviewer, cast.clerk_a))
    assert against(cast, cases[0], 13) == ["REV-10"]
    page = said(officer.get("/joint/new/?round=target"))
    assert "发往 4 个部门，每个部门最多 2 人" in page
    batch = sent(cast, *cases, offline=["court"])
    assert (batch.year, batch.serial, batch.bodies.count(), batch.cases.count()) == (cast.today.year, 1, 4, 2)
    assert against(cast, cases[0], 13) == ["REV-13"]
    assert send(cast, *cases).status_code == 409

    seated(cast, "police")
    police, mine = body(batch, "police"), f"/joint/answers/{body(batch, 'police').uid}/"
    assert [one.link for one in answer_duties(cast.reader(cast.reviewer))] == [mine]
    shown = reviewer.get(mine)
    assert (shown.status_code, "998" in said(shown) or "999" in said(shown)) == (200, True)
    last = Reading.objects.latest("pk")
    assert (last.what, last.count) == ("reveal", 2)
    bad = row(batch, cases[0])
    refused = reviewer.post(mine, fields(bad, ADVERSE))
    assert (refused.status_code, "没有写明情况" in said(refused)) == (409, True)
    assert reviewer.post(mine, fields(bad, ADVERSE, CANARY, "公函一号")).status_code == 302
    assert "还没有答复的 1 人" in said(reviewer.get(f"{mine}rest/"))
    assert reviewer.post(f"{mine}rest/").status_code == 302
    assert answer_duties(cast.reader(cast.reviewer)) == []
    all_clear(cast, batch, "discipline", "court", "procuratorate")
    assert against(cast, cases[0], 13) == ["REV-14"]
    assert against(cast, cases[1], 13) == []
    answer = JointReviewAnswer.objects.alive().get(body=police.pk, review_case=bad.pk)
    assert (answer.came, CANARY.encode() in bytes(answer.cell or b"")) == ("page", False)

    address = f"/joint/cases/{bad.uid}/"
    assert clerk.get(address).status_code == 403
    assert CANARY in said(officer.get(address))
    named = {
        "account": str(cast.clerk_a.uid),
        "purpose": "作出联审结论",
        "until": (cast.today + timedelta(days=30)).isoformat(),
    }
    assert officer.post(f"{address}name/", named).status_code == 302
    assert officer.post(f"{address}name/", {**named, "account": str(cast.clerk_b.uid)}).status_code == 422
    duties = joint_duties(cast.reader(cast.clerk_a), cast.unit("001.001"))
    assert [one.link for one in duties] == [address]
    seen = {part for part in cast.parts if CANARY in said(cast.client(cast.accounts[part]).get(address))}
    assert seen == {"officer", "clerk_a"}
    assert Reading.objects.filter(what="section", subject=read_by(cases[0]).around.person_uid).count() == 4

    _told = {"effect": "continue", "concluded_on": cast.today.isoformat(), "reason": f"{CANARY}，已核实", "untold": ""}
    assert clerk.post(f"{address}conclude/", {**_told, "told_on": ""}).status_code == 409
    assert clerk.post(f"{address}conclude/", {**_told, "told_on": cast.today.isoformat()}).status_code == 302
    assert against(cast, cases[0], 13) == []
    assert (
        clerk.post(f"{address}conclude/", {**_told, "effect": "suspend", "told_on": cast.today.isoformat()}).status_code
        == 302
    )
    assert against(cast, cases[0], 13) == ["REV-14"]
    assert (JointConclusion.objects.count(), JointConclusion.objects.alive().get().effect) == (2, "suspend")
    assert reviewer.post(mine, fields(bad, CLEAR)).status_code == 409

    everywhere = [
        "/", "/joint/", f"/joint/{batch.uid}/", f"/joint/bodies/{police.uid}/paper/", mine, f"/cases/{cases[0]}/", "/journal/",
        f"/joint/bodies/{police.uid}/letter.pdf", f"/people/{read_by(cases[0]).around.person_uid}/", "/cases/",
    ]  # fmt: skip
    for part in cast.parts:
        browser = cast.client(cast.accounts[part])
        assert [one for one in everywhere if CANARY in browser.get(one).content.decode(errors="replace")] == []
    assert not Entry.objects.filter(data__contains=CANARY).exists()
    assert list(findings()) == []


def test_a_department_sees_its_own_rows_and_nothing_else(cast: Cast) -> None:
    first, second = target(cast, 31), activist(cast, 32)
    batch, other = sent(cast, first), sent(cast, second, round_="activist")
    seated(cast, "court")
    reviewer = cast.client(cast.reviewer)
    own, foreign = body(batch, "court"), body(batch, "police")
    assert [reviewer.get(f"/joint/answers/{one.uid}/").status_code for one in (own, foreign)] == [200, 404]
    assert reviewer.post(f"/joint/answers/{foreign.uid}/", fields(row(batch, first), CLEAR)).status_code == 404
    assert reviewer.post(f"/joint/answers/{own.uid}/", fields(row(other, second), CLEAR)).status_code == 404
    closed = [
        f"/joint/{batch.uid}/",
        f"/joint/cases/{row(batch, first).uid}/",
        f"/joint/bodies/{own.uid}/letter.pdf",
        f"/cases/{first}/",
        "/people/",
    ]
    assert [reviewer.get(one).status_code for one in closed] == [403] * 5
    assert "待答复 1 人" in said(reviewer.get("/joint/answers/"))
    assert "待答复部门联审" not in said(cast.client(cast.officer).get("/"))
    ended = cast.client(cast.officer).post(f"/joint/seats/{cast.reviewer.uid}/court/end/")
    assert (ended.status_code, reviewer.get(f"/joint/answers/{own.uid}/").status_code) == (302, 404)
    assert answer_duties(cast.reader(cast.reviewer)) == []
    assert "目前没有送到您单位的联审批次" in said(reviewer.get("/joint/answers/"))


def test_a_silent_department_is_reminded_and_its_letter_recorded_by_the_county(cast: Cast) -> None:
    case = target(cast, 31)
    batch = sent(cast, case)
    all_clear(cast, batch, *BODIES[:3])
    assert against(cast, case, 13) == ["REV-13"]
    silent, officer = body(batch, "police"), cast.client(cast.officer)
    assert officer.post(f"/joint/bodies/{silent.uid}/remind/", {"note": "电话催办"}).status_code == 302
    assert JointReviewEvent.objects.alive().get().what == "reminded"
    assert officer.get(f"/joint/bodies/{silent.uid}/reminder.pdf").headers["Content-Type"] == "application/pdf"
    page = said(officer.get(f"/joint/{batch.uid}/"))
    assert ("已催办 1 次" in page, "待答复" in page) == (True, True)
    tomorrow = cast.today + timedelta(days=1)
    assert on_paper(cast, batch, "police", fields(row(batch, case), CLEAR), on=tomorrow).status_code == 409
    all_clear(cast, batch, "police")
    assert JointReviewAnswer.objects.alive().get(body=silent.pk).came == "paper"
    assert against(cast, case, 13) == []
    assert officer.post(f"/joint/bodies/{silent.uid}/remind/").status_code == 409
    assert officer.post(f"/joint/{batch.uid}/back/", {"reason": "发错"}).status_code == 409


def test_a_batch_that_nobody_answered_is_taken_back_and_its_number_not_given_again(cast: Cast) -> None:
    case, once = activist(cast, 31), str(uuid.uuid4())
    assert [send(cast, case, round_="activist", once=once).status_code for _ in range(2)] == [302, 302]
    batch = JointReview.objects.get()
    officer = cast.client(cast.officer)
    assert officer.post(f"/joint/{batch.uid}/back/", {"reason": "名单有误"}).status_code == 302
    assert officer.get(f"/joint/{batch.uid}/").status_code == 404
    again = sent(cast, case, round_="activist")
    assert again.serial == 2
    assert send(cast, case, round_="target").status_code == 409
    assert officer.get("/joint/new/?round=nonsense").status_code == 200


def test_what_is_not_clear_without_a_record_waits_for_a_person_too(cast: Cast) -> None:
    case = activist(cast, 31)
    batch = sent(cast, case, round_="activist")
    all_clear(cast, batch, *BODIES[:3])
    assert on_paper(cast, batch, "police", fields(row(batch, case), UNKNOWN)).status_code == 302
    assert against(cast, case, 7) == ["REV-14"]
    assert "待结论" in said(cast.client(cast.officer).get(f"/joint/{batch.uid}/?state=waiting"))


def test_a_round_that_runs_out_is_offered_anew_and_holds_the_meeting_of_that_day(cast: Cast, monkeypatch: Any) -> None:
    case = target(cast, 31)
    batch = sent(cast, case)
    all_clear(cast, batch)
    from dataclasses import replace

    read = read_by(case)
    closed = read.file.rounds[0].closed_on
    assert closed == cast.today
    last = closed.replace(year=closed.year + 1)
    ground = ground_by(cast.today, cast.reader(cast.officer))(read.file)

    def on(day: Any) -> list[str]:
        found = gate_objections(read.file, Asked(step=15, on=day), replace(ground, today=day))
        return [one.rule for one in found if one.rule == "REV-16"]

    assert (on(last), on(last + timedelta(days=1))) == ([], ["REV-16"])
    reader = cast.reader(cast.officer)
    assert [one.wanted.round for one in concerned(reader)] == []
    later = replace(reader, today=last - timedelta(days=30))
    assert [(one.wanted.round, one.wanted.until) for one in concerned(later)] == [(TARGET, last)]


@pytest.mark.parametrize("count", [1, 3])
def test_the_lists_ask_as_many_questions_however_long_they_are(
    cast: Cast, count: int, django_assert_num_queries: Any
) -> None:
    for place in (31, 32, 7)[:count]:
        sent(cast, target(cast, place))
    seated(cast, "court")
    officer, reviewer = cast.client(cast.officer), cast.client(cast.reviewer)
    officer.get("/joint/")
    reviewer.get("/joint/answers/")
    with django_assert_num_queries(10):
        officer.get("/joint/")
    with django_assert_num_queries(10):
        reviewer.get("/joint/answers/")
