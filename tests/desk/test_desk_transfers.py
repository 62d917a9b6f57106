"""Transfers through their pages: both ends accept, nobody stands in no branch or two, letters have numbers without a gap, paper comes out."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.cast import COMMUNITY, FAR_VILLAGE, OTHER_TOWN, TOWN, VILLAGE, Cast, cast
from tests.desk.county_cells import number
from yumiao.admission.models import CaseEnd
from yumiao.desk.proof import findings
from yumiao.desk.reforms.doing import carry_out
from yumiao.desk.reforms.plan import Reforming
from yumiao.kernel.scope import EVERYTHING, Scope
from yumiao.ledger.queries import ledger
from yumiao.people.models import Attribution, Belonging, Membership, StatusChange, Transfer, TransferState
from yumiao.people.transfer_queries import with_states
from yumiao.units.changes import Found
from yumiao.units.reforming import Paper

pytestmark = pytest.mark.db
__all__ = ["cast"]


def issue(cast: Cast, place: int, to: str = OTHER_TOWN, who: str = "clerk_a", **fields: Any) -> Any:
    given = {"to": to, "on": cast.today.isoformat(), "valid_days": "90", **fields}
    return cast.client(getattr(cast, who)).post(f"/people/{cast.people[place]}/transfer/", given)


def sent(cast: Cast, place: int, to: str = OTHER_TOWN, **fields: Any) -> Transfer:
    answer = issue(cast, place, to, **fields)
    assert answer.status_code == 302, answer.content.decode()
    return Transfer.objects.latest("pk")


def step(cast: Cast, who: str, transfer: Transfer, name: str, **fields: Any) -> Any:
    given = {"on": cast.today.isoformat(), **fields}
    return cast.client(getattr(cast, who)).post(f"/transfers/{transfer.uid}/{name}/", given)


def unit_of(cast: Cast, place: int) -> list[str]:
    return list(Belonging.objects.open().filter(person=cast.person(place)).values_list("unit__code", flat=True))


def state(transfer: Transfer) -> str:
    return with_states([transfer])[0].state.value


def members(cast: Cast, code: str) -> int:
    return ledger(cast.today, within=cast.unit(code).subtree).total.members


def test_a_member_stands_with_the_sender_until_the_receiver_takes_him_in(cast: Cast) -> None:
    before = members(cast, TOWN), members(cast, OTHER_TOWN)
    transfer = sent(cast, 1)
    assert (unit_of(cast, 1), state(transfer)) == ([VILLAGE], "issued")
    assert (members(cast, TOWN), members(cast, OTHER_TOWN)) == before
    assert step(cast, "clerk_b", transfer, "receive", branch=FAR_VILLAGE).status_code == 302
    assert (unit_of(cast, 1), state(transfer)) == ([FAR_VILLAGE], "received")
    assert (members(cast, TOWN), members(cast, OTHER_TOWN)) == (before[0] - 1, before[1] + 1)
    assert step(cast, "clerk_a", transfer, "return").status_code == 302
    assert state(transfer) == "returned"
    assert list(findings()) == []


def test_the_sender_cannot_take_in_and_the_receiver_cannot_withdraw(cast: Cast) -> None:
    transfer = sent(cast, 1)
    assert step(cast, "clerk_a", transfer, "receive", branch=FAR_VILLAGE).status_code in (404, 409)
    assert step(cast, "clerk_b", transfer, "withdraw", reason="不是本单位的").status_code in (404, 409)
    assert (unit_of(cast, 1), state(transfer)) == ([VILLAGE], "issued")


def test_a_branch_of_elsewhere_cannot_take_somebody_in(cast: Cast) -> None:
    transfer = sent(cast, 1)
    assert step(cast, "clerk_b", transfer, "receive", branch=COMMUNITY).status_code == 422


def test_letters_are_numbered_without_a_gap_and_a_void_number_stays_taken(cast: Cast) -> None:
    first = sent(cast, 1)
    assert issue(cast, 1).status_code == 409
    assert step(cast, "clerk_a", first, "withdraw", reason="开错了").status_code == 302
    second, third = sent(cast, 1), sent(cast, 4)
    year = cast.today.year
    assert [one.letter for one in (first, second, third)] == [f"青石镇党委〔{year}〕第{n}号" for n in (1, 2, 3)]
    assert state(first) == "withdrawn"


def test_a_refusal_says_why_and_leaves_him_where_he_was(cast: Cast) -> None:
    transfer = sent(cast, 1)
    assert step(cast, "clerk_b", transfer, "refuse").status_code == 422
    assert step(cast, "clerk_b", transfer, "refuse", reason="材料不齐，请补").status_code == 302
    assert (unit_of(cast, 1), state(transfer)) == ([VILLAGE], "refused")


def test_a_letter_may_be_taken_back_in_from_the_receiver(cast: Cast) -> None:
    transfer = sent(cast, 1)
    step(cast, "clerk_b", transfer, "receive", branch=FAR_VILLAGE)
    seq = TransferState.objects.alive().get(transfer=transfer, state="received").entered
    assert cast.client(cast.clerk_b).post(f"/changes/{seq}/undo/", {"reason": "编错支部"}).status_code == 302
    assert (unit_of(cast, 1), state(transfer)) == ([VILLAGE], "issued")
    assert list(findings()) == []


def test_a_relation_leaves_the_county_when_the_receipt_comes_back(cast: Cast) -> None:
    before = members(cast, TOWN)
    transfer = sent(cast, 1, "outside", to_text="南城市东湖区街道党工委")
    assert members(cast, TOWN) == before
    assert step(cast, "clerk_a", transfer, "return").status_code == 302
    member = Membership.objects.alive().get(person=cast.person(1))
    assert (member.ended_on, member.ended_how) == (cast.today, "transferred_out")
    assert (members(cast, TOWN), state(transfer)) == (before - 1, "returned")
    assert StatusChange.objects.alive().get(person=cast.person(1)).change == "transferred_out"
    assert list(findings()) == []


def test_an_activist_has_material_and_no_letter(cast: Cast) -> None:
    transfer = sent(cast, 21)
    assert (transfer.kind, transfer.serial) == ("material", None)
    step(cast, "clerk_b", transfer, "receive", branch=FAR_VILLAGE)
    assert unit_of(cast, 21) == [FAR_VILLAGE]
    assert CaseEnd.objects.alive().filter(case__person=cast.person(21)).count() == 0
    other = sent(cast, 22, "outside", to_text="南城市东湖区街道党工委")
    assert step(cast, "clerk_a", other, "return").status_code == 302
    assert CaseEnd.objects.alive().get(case__person=cast.person(22)).how == "transferred_out"


def test_nothing_is_sent_for_who_is_neither_member_nor_in_cultivation(cast: Cast) -> None:
    assert issue(cast, 31).status_code == 409


def test_an_expired_letter_is_listed_at_both_ends(cast: Cast) -> None:
    on = (cast.today - timedelta(days=31)).isoformat()
    transfer = sent(cast, 1, on=on, valid_days="30")
    for who in ("clerk_a", "clerk_b", "officer"):
        page = cast.client(getattr(cast, who)).get("/transfers/?state=expired").content.decode()
        assert transfer.letter in page
    page = cast.client(cast.clerk_b).get(f"/transfers/{transfer.uid}/").content.decode()
    assert "介绍信已过期" in page


def test_a_change_that_ends_the_membership_waits_for_the_letter(cast: Cast) -> None:
    sent(cast, 1)
    given = {"on": cast.today.isoformat(), "reason": "病故", "deed": "submit"}
    answer = cast.client(cast.clerk_a).post(f"/people/{cast.people[1]}/changes/deceased/", given)
    assert (answer.status_code, "MOB-03" in answer.content.decode()) == (409, True)


def test_the_letter_comes_out_with_stub_and_receipt(cast: Cast) -> None:
    transfer = sent(cast, 1)
    answer = cast.client(cast.clerk_a).get(f"/transfers/{transfer.uid}/letter/")
    assert (answer.status_code, answer["Content-Type"], answer.content[:5]) == (200, "application/pdf", b"%PDF-")
    assert cast.client(cast.clerk_b).get(f"/transfers/{transfer.uid}/letter/").status_code == 404


def arrival(cast: Cast, **fields: Any) -> dict[str, Any]:
    return {
        "sender": "南城市东湖区街道党工委", "letter": "东湖组介〔2026〕15号", "issued_on": cast.today.isoformat(),
        "number": number(77, date(1985, 3, 5)), "name": "陆新来", "ethnicity": "瑶族", "education": "大专", "phone": "",
        "membership_on": "2010-07-01", "full_member_on": "2011-07-01", "branch": VILLAGE,
        "received_on": cast.today.isoformat(), **fields,
    }  # fmt: skip


def test_somebody_from_elsewhere_counts_among_members_and_not_among_admissions(cast: Cast) -> None:
    before = members(cast, VILLAGE)
    answer = cast.client(cast.clerk_a).post("/transfers/in/", arrival(cast))
    assert answer.status_code == 302, answer.content.decode()
    person = Transfer.objects.get().person
    assert members(cast, VILLAGE) == before + 1
    assert Attribution.objects.filter(person=person).count() == 0
    assert list(findings()) == []
    transfer = Transfer.objects.get()
    assert step(cast, "clerk_a", transfer, "return").status_code == 302
    assert state(transfer) == "returned"


def test_who_stands_here_as_a_member_does_not_come_from_elsewhere(cast: Cast) -> None:
    answer = cast.client(cast.clerk_a).post("/transfers/in/", arrival(cast, number=number(1)))
    assert (answer.status_code, "不能再从县外转入" in answer.content.decode()) == (409, True)
    foreign = cast.client(cast.clerk_a).post("/transfers/in/", arrival(cast, number=number(5)))
    assert (foreign.status_code, "不在您的管理范围" in foreign.content.decode()) == (409, True)


def test_nobody_comes_from_elsewhere_into_a_branch_on_a_day_before_it_stood(cast: Cast) -> None:
    paper = Paper("组织变更", "青岚组发〔2026〕12号", cast.today, cast.today)
    plan = Reforming([Found("001.001.800", "新设村党支部", "村党支部", TOWN)])
    carry_out(plan, paper, actor=cast.operator, today=cast.today, scope=Scope((EVERYTHING,), cast.today))
    early = (cast.today - timedelta(days=1)).isoformat()
    given = arrival(cast, branch="001.001.800", issued_on=early, received_on=early)
    answer = cast.client(cast.clerk_a).post("/transfers/in/", given)
    assert (answer.status_code, "没有新设村党支部" in answer.content.decode()) == (409, True)


def test_a_known_talent_who_was_admitted_elsewhere_is_found_by_number(cast: Cast) -> None:
    known = {"number": number(31, date(1998, 8, 9)), "membership_on": "2020-07-01", "full_member_on": "2021-07-01"}
    answer = cast.client(cast.clerk_a).post("/transfers/in/", arrival(cast, **known))
    assert answer.status_code == 302, answer.content.decode()
    assert Membership.objects.alive().filter(person=cast.person(31)).count() == 1
    assert unit_of(cast, 31) == [VILLAGE]


def test_a_withdrawal_is_not_taken_back_while_another_letter_is_out(cast: Cast) -> None:
    first = sent(cast, 1)
    step(cast, "clerk_a", first, "withdraw", reason="开错了")
    seq = TransferState.objects.alive().get(transfer=first, state="withdrawn").entered
    sent(cast, 1)
    answer = cast.client(cast.clerk_a).post(f"/changes/{seq}/undo/", {"reason": "还要用"})
    assert (answer.status_code, "两份在途" in answer.content.decode()) == (409, True)


def test_lists_ask_the_same_number_of_questions_for_one_and_three(cast: Cast) -> None:
    counts = []
    for places in ((1,), (2, 4)):
        for place in places:
            sent(cast, place)
        client = cast.client(cast.officer)
        client.get("/transfers/?state=leaving")
        with CaptureQueriesContext(connection) as asked:
            client.get("/transfers/?state=leaving")
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_who_sent_a_letter_does_not_take_it_in_for_another_committee(cast: Cast) -> None:
    assert issue(cast, 1, who="officer").status_code == 302
    transfer = Transfer.objects.latest("pk")
    refused = step(cast, "officer", transfer, "receive", branch=FAR_VILLAGE)
    assert (refused.status_code, "开具和接收是同一人经办" in refused.content.decode()) == (409, True)
    assert unit_of(cast, 1) == [VILLAGE]
    assert step(cast, "clerk_b", transfer, "receive", branch=FAR_VILLAGE).status_code == 302


def test_within_one_committee_one_clerk_does_both(cast: Cast) -> None:
    transfer = sent(cast, 1, TOWN)
    assert step(cast, "clerk_a", transfer, "receive", branch=COMMUNITY).status_code == 302
    assert unit_of(cast, 1) == [COMMUNITY]
