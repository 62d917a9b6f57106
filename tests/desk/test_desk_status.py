"""Changes of status through their pages: what is lawful, the preview, the act, the line of time, taking it back; and who may not."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.cast import VILLAGE, Cast, cast, cast_county
from yumiao.admission.models import CaseEnd
from yumiao.desk.membership.life import status_of
from yumiao.desk.people.facts import facts_of
from yumiao.desk.workbook.importing import import_workbook
from yumiao.journal.models import Entry
from yumiao.kernel.periods import add_months
from yumiao.ledger.queries import ledger
from yumiao.people.models import Attribution, Belonging, Membership, MembershipState, StatusChange
from yumiao.people.status import Status
from yumiao.talent.models import Talent

pytestmark = pytest.mark.db
__all__ = ["cast"]

REASON = "经支部大会讨论"
DOCUMENT = "青石党发〔2026〕9号"


def address(cast: Cast, place: int, change: str = "") -> str:
    return f"/people/{cast.people[place]}/changes/" + (f"{change}/" if change else "")


def sent(cast: Cast, place: int, change: str, **fields: Any) -> Any:
    """The form of a change, submitted by the clerk of township A."""
    given = {"on": cast.today.isoformat(), "reason": REASON, "document": DOCUMENT, "deed": "submit", **fields}
    return cast.client(cast.clerk_a).post(address(cast, place, change), given)


def status(cast: Cast, place: int) -> Status:
    person = cast.person(place)
    return status_of(facts_of(person.pk, person.uid, cast.today))


def members(cast: Cast, code: str) -> int:
    return ledger(cast.today, within=cast.unit(code).subtree).total.members


def test_the_page_says_what_is_lawful_now_and_why_the_rest_is_not(cast: Cast) -> None:
    page = cast.client(cast.clerk_a).get(address(cast, 1)).content.decode()
    now, _heading, not_now = page.partition("现在不能办理")
    assert "停止党籍" in now and "去世登记" in now
    assert "当前为正式党员，恢复党籍须为：停止党籍" in not_now
    assert "当前为正式党员，延长预备期须为" in not_now


def test_a_preview_shows_what_changes_and_writes_nothing(cast: Cast) -> None:
    before = Entry.objects.count()
    answer = sent(cast, 1, "removed", ground="lost_conviction", deed="")
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "云岭村党支部党员人数" in page and "提交" in page
    assert Entry.objects.count() == before


def test_a_removal_ends_the_membership_and_says_reason_article_and_document(cast: Cast) -> None:
    before = members(cast, VILLAGE)
    assert sent(cast, 1, "removed", ground="lost_conviction").status_code == 302
    person = cast.person(1)
    member = Membership.objects.alive().get(person=person)
    assert (member.ended_on, member.ended_how) == (cast.today, "removed")
    assert (members(cast, VILLAGE), status(cast, 1)) == (before - 1, Status.REMOVED)
    assert Belonging.objects.open().filter(person=person).count() == 1
    page = cast.client(cast.clerk_a).get(f"/people/{person.uid}/").content.decode()
    assert "理想信念缺失" in page and DOCUMENT in page and REASON in page
    entry = Entry.objects.latest("seq")
    assert (entry.verb, entry.subject, entry.reason) == ("status_changed", person.uid, REASON)


def test_a_change_taken_back_leaves_everything_as_it_was(cast: Cast) -> None:
    facts = [Membership, MembershipState, Attribution, Belonging, StatusChange, CaseEnd]

    def standing() -> list[Any]:
        return [
            sorted(map(str, model.objects.alive().values_list(*[f.attname for f in model._meta.local_concrete_fields
                       if f.attname not in ("id", "entered", "struck")])))
            for model in facts
        ]  # fmt: skip

    before = standing()
    sent(cast, 1, "removed", ground="lost_conviction")
    seq = Entry.objects.latest("seq").seq
    page = cast.client(cast.clerk_a).get(f"/changes/{seq}/undo/").content.decode()
    assert "撤销本次登记" in page
    assert cast.client(cast.clerk_a).post(f"/changes/{seq}/undo/", {"reason": "登记错人"}).status_code == 302
    assert standing() == before
    again = cast.client(cast.clerk_a).post(f"/changes/{seq}/undo/", {"reason": "登记错人"})
    assert again.status_code == 409


def test_death_ends_membership_cultivation_and_the_pool(cast: Cast) -> None:
    assert sent(cast, 1, "deceased", document="").status_code == 302
    assert status(cast, 1) is Status.DECEASED
    assert sent(cast, 21, "deceased", document="").status_code == 302
    assert CaseEnd.objects.alive().get(case__person=cast.person(21)).how == "deceased"
    assert sent(cast, 31, "deceased", document="").status_code == 302
    assert Talent.objects.open().filter(person=cast.person(31)).count() == 0
    assert sent(cast, 1, "deceased", document="").status_code == 409


def test_lost_contact_suspends_from_six_months_on_and_not_a_day_before(cast: Cast) -> None:
    seen = add_months(cast.today, -6)
    searched = {"ground": "lost_contact"}
    early = sent(cast, 1, "membership_suspended", last_seen_on=(seen + timedelta(days=1)).isoformat(), **searched)
    assert early.status_code == 409
    few = sent(cast, 1, "membership_suspended", last_seen_on=seen.isoformat(), **searched, deed="")
    assert (few.status_code, "至少应有 3 种" in few.content.decode()) == (200, True)
    assert sent(cast, 1, "membership_suspended", last_seen_on=seen.isoformat(), **searched).status_code == 302
    assert status(cast, 1) is Status.SUSPENDED


def test_a_suspended_member_is_restored_or_removed_only_after_two_years(cast: Cast) -> None:
    on = add_months(cast.today, -12)
    given = {"ground": "settled_abroad", "on": on.isoformat()}
    before = members(cast, VILLAGE)
    assert sent(cast, 1, "membership_suspended", **given).status_code == 302
    assert members(cast, VILLAGE) == before - 1
    assert sent(cast, 1, "removed", ground="lost_for_years").status_code == 409
    assert sent(cast, 1, "membership_restored").status_code == 302
    assert (members(cast, VILLAGE), status(cast, 1)) == (before, Status.FULL)


def test_probation_is_extended_once_and_its_end_moves(cast: Cast) -> None:
    person = cast.person(7)
    assert sent(cast, 7, "probation_extended", months="6").status_code == 302
    member = Membership.objects.alive().get(person=person)
    assert member.probation_end_on == date(2027, 11, 15)
    assert status(cast, 7) is Status.PROBATION_EXTENDED
    assert sent(cast, 7, "probation_extended", months="6").status_code == 409


def test_a_cancelled_admission_counts_no_more(cast: Cast) -> None:
    assert sent(cast, 7, "probation_cancelled").status_code == 302
    assert Attribution.objects.alive().get(person=cast.person(7)).until == cast.today
    assert status(cast, 7) is Status.PROBATION_CANCELLED


def test_inner_probation_takes_the_vote_until_rights_are_restored(cast: Cast) -> None:
    on = add_months(cast.today, -12)
    assert sent(cast, 1, "inner_probation", months="12", on=on.isoformat()).status_code == 302
    assert status(cast, 1) is Status.INNER_PROBATION
    early = (cast.today - timedelta(days=1)).isoformat()
    assert sent(cast, 1, "rights_restored", on=early).status_code == 409
    assert sent(cast, 1, "rights_restored").status_code == 302
    assert MembershipState.objects.alive().get(person=cast.person(1)).until == cast.today


def test_penalties_are_not_for_probationers(cast: Cast) -> None:
    answer = sent(cast, 7, "inner_probation", months="12")
    assert (answer.status_code, "MEM-09" in answer.content.decode()) == (409, True)


def test_no_future_day_and_no_change_before_the_last(cast: Cast) -> None:
    tomorrow = (cast.today + timedelta(days=1)).isoformat()
    assert sent(cast, 1, "deceased", on=tomorrow).status_code == 409
    assert sent(cast, 1, "correction_in_term", months="6").status_code == 302
    yesterday = (cast.today - timedelta(days=1)).isoformat()
    assert sent(cast, 1, "removed", ground="lost_conviction", on=yesterday).status_code == 409


def test_a_form_sent_twice_is_one_act(cast: Cast) -> None:
    once = "7f0d6c1e-4a2b-4d3c-9e8f-000000000001"
    assert sent(cast, 1, "removed", ground="lost_conviction", once=once).status_code == 302
    assert sent(cast, 1, "removed", ground="lost_conviction", once=once).status_code in (302, 409)
    assert StatusChange.objects.alive().filter(person=cast.person(1)).count() == 1


def test_nobody_decides_on_himself(cast: Cast) -> None:
    cast.clerk_a.person_uid = cast.people[1]
    cast.clerk_a.save()
    answer = sent(cast, 1, "removed", ground="lost_conviction")
    assert (answer.status_code, "MEM-11" in answer.content.decode()) == (409, True)


@pytest.mark.parametrize(("part", "code"), [("clerk_b", 404), ("secretary_a", 403), ("auditor", 403), ("officer", 200)])
def test_only_who_holds_the_right_there_opens_it(cast: Cast, part: str, code: int) -> None:
    assert cast.client(getattr(cast, part)).get(address(cast, 1)).status_code == code


def test_the_register_lists_what_was_decided_within_reach(cast: Cast) -> None:
    sent(cast, 1, "removed", ground="lost_conviction")
    page = cast.client(cast.clerk_a).get("/changes/?change=removed").content.decode()
    assert "共 1 条" in page
    assert "还没有登记过变动" in cast.client(cast.clerk_b).get("/changes/").content.decode()


def test_a_workbook_that_confirms_a_cancelled_probationer_does_not_bring_him_back(cast: Cast) -> None:
    sent(cast, 7, "probation_cancelled")
    county = cast_county().only("党员")
    county["党员"][6] |= {"人员类别": "正式党员", "转正日期": cast.today}
    result = import_workbook(county.workbook(), today=cast.today, actor=cast.operator)
    assert result.written, result.checked.faults
    member = Membership.objects.alive().get(person=cast.person(7))
    assert (member.full_member_on, member.ended_on, member.ended_how) == (cast.today, cast.today, "probation_cancelled")


def test_the_register_asks_the_same_number_of_questions_for_one_and_three(cast: Cast) -> None:
    counts = []
    for places in ((1,), (4, 6)):
        for place in places:
            sent(cast, place, "deceased", document="")
        client = cast.client(cast.officer)
        client.get("/changes/")
        with CaptureQueriesContext(connection) as asked:
            client.get("/changes/")
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_a_year_of_inner_probation_is_extended_once_to_two(cast: Cast) -> None:
    on = add_months(cast.today, -13)
    sent(cast, 1, "inner_probation", months="12", on=on.isoformat())
    assert sent(cast, 1, "inner_probation_extended").status_code == 302
    assert StatusChange.objects.alive().latest("pk").term_on == add_months(on, 24)
    assert sent(cast, 1, "inner_probation_extended").status_code == 409
    assert sent(cast, 1, "rights_restored").status_code == 409
    assert status(cast, 1) is Status.INNER_PROBATION
