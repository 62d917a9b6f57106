"""The pages of one case and of all: who sees what, what is said, how many questions they ask the database."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from pytest_django.fixtures import DjangoAssertNumQueries

from tests.api.tokens import machines
from tests.cast import TOWN, VILLAGE, Cast, cast
from tests.dossier.journey import begun, going_on, held, late, recorded, said, send
from tests.gates.opened import open_gates
from tests.meetings.branch import meeting_of, walk_to
from yumiao.access.permissions import Permission
from yumiao.admission.asked import Asked
from yumiao.admission.case_files import read_cases
from yumiao.admission.models import Case
from yumiao.admission.path import Outcome
from yumiao.desk.dossier import recording
from yumiao.desk.dossier.duties import case_duties
from yumiao.desk.dossier.lists import KEYS, Which, cases_of
from yumiao.desk.dossier.lists import Asked as Conditions
from yumiao.desk.meetings import recording as meetings
from yumiao.desk.meetings.places import roll
from yumiao.journal.models import Entry, Reading
from yumiao.journal.readings import What
from yumiao.kernel.periods import on_paper
from yumiao.meetings.drafts import MotionDraft
from yumiao.meetings.queries import votes_about
from yumiao.meetings.rules import Count
from yumiao.people.models import PersonRecord

__all__ = ["cast", "machines"]
pytestmark = pytest.mark.db

FAR_TALENT = 32
OWN = 1


def names(cast: Cast, part: str, **asked: Any) -> list[int]:
    """The places of those that a list shows, in its order."""
    rows: Any = cases_of(cast.reader(cast.accounts[part]), Conditions(**asked))
    places = {uid: place for place, uid in cast.people.items()}
    return [places[one.person.uid] for one in rows.order_by(*KEYS).select_related("person")]


def test_a_secretary_records_a_whole_beginning_by_its_forms(cast: Cast) -> None:
    browser, today = cast.client(cast.secretary_a), cast.today
    begin = reverse("case_begin") + f"?person={cast.people[31]}"
    assert browser.get(begin).status_code == 200
    answer: Any = browser.post(begin, {"applied_on": today - timedelta(days=9), "once": str(uuid.uuid4())})
    case = uuid.UUID(answer.headers["Location"].split("/")[2])
    assert "已登记入党申请" in said(browser.get(answer.headers["Location"]))
    answer = send(browser, case, 2, on=today - timedelta(days=5), people="支部书记")
    assert answer.headers["Location"] == reverse("case", args=[case])
    answer = send(browser, case, 3, on=today - timedelta(days=3), people="党员推荐")
    assert "已登记：第 3 步 确定积极分子。接下来：第 4 步" in said(browser.get(answer.headers["Location"]))
    send(browser, case, 5, on=today - timedelta(days=2), contact_1=str(cast.person(1).pk))
    send(browser, case, 6, on=today, note="思想稳定，工作积极")
    send(cast.client(cast.clerk_a), case, 4, on=today, outcome="passed", document="青石党发〔2026〕9号")
    assert [step for step, _number, _on in held(case)] == [1, 2, 3, 4, 5, 6]


def test_many_cases_read_at_once_are_as_each_read_alone(cast: Cast) -> None:
    going_on(cast)
    begun(cast, FAR_TALENT, 60, "secretary_b")
    cases = list(Case.objects.values_list("pk", "uid"))
    assert len(cases) == 5
    many = read_cases([pk for pk, _uid in cases])
    assert many == {pk: recording.read_by(uid) for pk, uid in cases}
    assert read_cases([0]) == {}


def test_reading_many_takes_three_statements(cast: Cast, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    ids = list(Case.objects.values_list("pk", flat=True))
    with django_assert_num_queries(3):
        read_cases(ids[:1])
    with django_assert_num_queries(3):
        read_cases(ids)


def test_a_list_shows_what_stands_in_the_readers_units(cast: Cast) -> None:
    going_on(cast)
    assert names(cast, "secretary_a") == [21, 31]
    assert names(cast, "secretary_b") == [23]
    assert sorted(names(cast, "clerk_a")) == [21, 22, 31]
    assert sorted(names(cast, "officer")) == [21, 22, 23, 31]


def test_a_list_is_narrowed_by_stage_state_unit_and_name(cast: Cast) -> None:
    case = going_on(cast)
    begun(cast, FAR_TALENT, 60, "secretary_b")
    assert names(cast, "officer", stage=2) == [21, 31]
    assert names(cast, "officer", stage=3) == [22]
    assert names(cast, "officer", stage=1) == [23, 32]
    assert names(cast, "officer", which=Which.WAITING) == [32]
    assert names(cast, "officer", which=Which.RESTING) == []
    assert names(cast, "officer", which=Which.ENDED) == []
    assert names(cast, "officer", which=Which.ARCHIVED) == []
    assert 31 in names(cast, "officer", which=Which.NOW)
    assert names(cast, "officer", which=Which.OVERDUE) == []
    assert names(cast, "officer", unit=VILLAGE) == [21, 31]
    assert names(cast, "officer", edition="2014", unit=VILLAGE) == [21, 31]
    assert names(cast, "officer", edition="example-2026") == []
    name = PersonRecord.objects.open().get(person__uid=cast.people[31]).name
    assert names(cast, "officer", q=name) == [31]
    who = recording.Deciding(cast.actor(cast.clerk_a), None)
    recording.rest(case, cast.today, counts=False, reason="外出务工", who=who, today=cast.today)
    assert names(cast, "officer", which=Which.RESTING) == [31]
    assert 31 not in names(cast, "officer", which=Which.NOW)


def test_the_address_of_a_list_that_says_nonsense_shows_all(cast: Cast) -> None:
    page = cast.client(cast.clerk_a).get(reverse("cases"), {"stage": "9", "state": "x", "unit": "999", "at": "x"})
    assert (page.status_code, "共 2 人" in said(page)) == (200, True)


def test_a_list_asks_as_much_for_three_as_for_one(
    cast: Cast, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    one, three = cast.client(cast.secretary_b), cast.client(cast.clerk_a)
    going_on(cast)
    for browser in (one, three):
        browser.get(reverse("cases"))
    with django_assert_num_queries(LIST):
        assert "共 1 人" in said(one.get(reverse("cases")))
    with django_assert_num_queries(LIST):
        assert "共 3 人" in said(three.get(reverse("cases")))


LIST = 5


def test_an_empty_list_says_how_it_is_filled(cast: Cast) -> None:
    browser = cast.client(cast.general_secretary)
    assert "还没有正在办理的。有人递交入党申请书，就在这里登记" in said(browser.get(reverse("cases")))


def test_a_list_goes_out_on_record(cast: Cast) -> None:
    going_on(cast)
    browser = cast.client(cast.clerk_a)
    answer = browser.post(reverse("cases_export"), {"usual": "check", "words": "核对进度"})
    assert (answer.status_code, answer["Content-Type"].endswith("sheet")) == (200, True)
    reading = Reading.objects.latest("id")
    assert (reading.what, reading.count) == (What.LIST, 3)


def test_a_case_is_shown_with_what_is_next_and_until_when(cast: Cast) -> None:
    page = said(cast.client(cast.clerk_a).get(reverse("case", args=[going_on(cast)])))
    assert "第 4 步 积极分子备案 可以办理 乡镇党委：支部委员会报告，上级党委备案 登记" in page
    assert f"{cast.today.year}年12月31日前不能接收" in page
    assert "STP-04" in page


def test_a_case_is_shown_within_fifteen_statements(
    cast: Cast, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    case, browser = going_on(cast), cast.client(cast.clerk_a)
    browser.get(reverse("case", args=[case]))
    with django_assert_max_num_queries(15):
        browser.get(reverse("case", args=[case]))


def test_a_secretary_is_offered_the_steps_of_the_branch_alone(cast: Cast) -> None:
    case = going_on(cast)
    page = cast.client(cast.secretary_a).get(reverse("case", args=[case])).content.decode()
    assert (reverse("case_step", args=[case, 6]) in page, reverse("case_step", args=[case, 4]) in page) == (True, False)


def test_a_step_of_the_committee_is_not_the_branchs_to_record(cast: Cast) -> None:
    case = going_on(cast)
    address = reverse("case_step", args=[case, 4])
    assert [
        cast.client(cast.secretary_a).get(address).status_code,
        cast.client(cast.secretary_a).post(address).status_code,
    ] == [403, 403]
    assert cast.client(cast.secretary_b).get(address).status_code == 404
    assert cast.client(cast.auditor).get(address).status_code == 403
    assert cast.client(cast.clerk_a).get(reverse("case_step", args=[case, 18])).status_code == 403
    assert cast.client(cast.officer).get(reverse("case_step", args=[case, 26])).status_code == 404


def test_every_opening_of_a_case_is_on_record(cast: Cast) -> None:
    case = going_on(cast)
    cast.client(cast.clerk_a).get(reverse("case", args=[case]))
    row = Reading.objects.latest("id")
    assert (row.what, row.subject, row.actor, row.count) == (What.PAGE, cast.people[31], cast.clerk_a.uid, 1)
    cast.client(cast.clerk_b).get(reverse("case", args=[case]))
    row = Reading.objects.latest("id")
    assert (row.what, row.subject, row.actor, row.count) == (What.REFUSED, cast.people[31], cast.clerk_b.uid, 0)


def test_somebody_sees_his_own_case_and_nobodys_opinion_of_him(cast: Cast) -> None:
    account = cast.member
    account.person_uid = cast.people[31]
    account.save(update_fields=["person_uid"])
    case = begun(cast)
    recorded(
        cast, case, Asked(step=2, on=cast.today - timedelta(days=10), people="支部书记", note="有顾虑", reason="说明")
    )
    page = said(cast.client(account).get(reverse("case", args=[case])))
    assert ("第 3 步 确定积极分子" in page, "支部书记、副书记" in page, "有顾虑" in page) == (True, True, False)
    assert "登记 " not in page.replace("登记方式", "")
    assert cast.client(account).get(reverse("case_history", args=[case])).status_code == 403
    other = Case.objects.exclude(uid=case).first()
    assert other is not None
    assert cast.client(account).get(reverse("case", args=[other.uid])).status_code == 403
    assert reverse("case", args=[case]) in cast.client(account).get("/").content.decode()


def test_from_a_person_one_comes_to_his_case_or_to_its_beginning(cast: Cast) -> None:
    browser, address = cast.client(cast.secretary_a), reverse("person_case", args=[cast.people[31]])
    assert "登记入党申请" in said(browser.get(reverse("person", args=[cast.people[31]])))
    assert browser.get(address).headers["Location"] == reverse("case_begin") + f"?person={cast.people[31]}"
    case = begun(cast)
    assert browser.get(address).headers["Location"] == reverse("case", args=[case])
    assert "登记入党申请" not in said(browser.get(reverse("person", args=[cast.people[31]])))
    assert cast.client(cast.secretary_b).get(address).status_code == 404


def test_duties_name_the_steps_of_the_level_they_are_for(cast: Cast) -> None:
    case = begun(cast)
    link = reverse("case", args=[case])
    village, town = cast.unit(VILLAGE), cast.unit(TOWN)
    branch = [one.link for one in case_duties(cast.reader(cast.secretary_a), village)]
    assert branch == [link]
    assert [one.link for one in case_duties(cast.reader(cast.clerk_a), town) if one.link == link] == []
    assert case_duties(cast.reader(cast.auditor), village) == []
    assert case_duties(cast.reader(cast.assistant), town) == []


def test_a_late_entry_is_a_duty_of_who_may_confirm_it(cast: Cast) -> None:
    case = begun(cast, days_ago=60)
    address = reverse("case_late", args=[late(cast, case)])
    assert address in [one.link for one in case_duties(cast.reader(cast.clerk_a), cast.unit(TOWN))]
    assert address not in [one.link for one in case_duties(cast.reader(cast.secretary_a), cast.unit(VILLAGE))]
    assert address in cast.client(cast.clerk_a).get("/").content.decode()


def test_duties_ask_little_and_nothing_twice(cast: Cast, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    going_on(cast)
    reader, unit = cast.reader(cast.clerk_a), cast.unit(TOWN)
    assert reader.may(Permission.CASE_DECIDE)
    case_duties(reader, cast.unit(VILLAGE))  # tree, settings and calendar are in memory now
    with django_assert_num_queries(DUTIES):
        case_duties(reader, unit)
    with django_assert_num_queries(0):
        case_duties(reader, unit)


DUTIES = 3


def test_machines_read_cases_on_record(cast: Cast, machines: Any) -> None:
    case = going_on(cast)
    rows = machines().items("/api/cases/")
    assert len(rows) == 4
    (row,) = (one for one in rows if one["uid"] == str(case))
    assert (row["stands"], row["next"], row["level"]) == ("第 5 步 指定联系人", "第 4 步 积极分子备案", "乡镇党委")
    one = machines().get(f"/api/cases/{case}/")["item"]
    assert (one["step_2"], one["step_7"]) == ((cast.today - timedelta(days=10)).isoformat(), None)
    reading = Reading.objects.latest("id")
    assert (reading.what, reading.subject, reading.count) == ("api", cast.people[31], 1)
    assert (
        machines(unit=VILLAGE).ask(f"/api/cases/{Case.objects.get(person__uid=cast.people[23]).uid}/").status_code
        == 404
    )
    assert Entry.objects.filter(verb="case_opened").count() == 1


def test_a_step_that_rests_on_a_ballot_takes_its_day_and_its_result(cast: Cast) -> None:
    case = walk_to(cast, 21, 14)
    browser, address = cast.client(cast.secretary_a), reverse("case_step", args=[case, 15])
    page = browser.get(address)
    assert ("还没有对" in said(page), reverse("meeting_new") in page.content.decode()) == (True, True)
    due = sum(one.votes for one in roll(cast.unit(VILLAGE), "members", cast.today))
    count = Count(due=due, present=due, yes=due)
    motion = MotionDraft(
        kind="admission", title="接收预备党员", person=cast.person(21).pk, count=count, tellers="韦春晓"
    )
    who = recording.Deciding(cast.actor(cast.secretary_a), None)
    meetings.record(lambda: meeting_of(cast, [motion]), shown_due=due, who=who, today=cast.today)
    (vote,) = votes_about([cast.person(21).pk])
    assert vote.said in said(browser.get(address))
    assert browser.post(address, {"stood": "x"}).status_code == 422
    open_gates(cast, case)
    assert send(browser, case, 15, motion=str(vote.motion), reason="说明").status_code == 302
    assert (15, 1, cast.today) in held(case)
    shown = browser.get(reverse("case", args=[case]))
    assert (vote.said in said(shown), reverse("meeting", args=[vote.meeting]) in shown.content.decode()) == (True, True)
    assert f"支部大会已于{on_paper(cast.today)}通过接收" in said(shown)


def test_a_contact_is_chosen_among_the_full_members_of_the_branch(cast: Cast) -> None:
    case = begun(cast)
    page = cast.client(cast.secretary_a).get(reverse("case_step", args=[case, 5])).content.decode()
    offered = {place for place in range(1, 11) if f'value="{cast.person(place).pk}"' in page}
    assert offered == {1, 8}


def test_what_a_clerk_wrote_late_is_a_duty_of_the_county_and_not_his_own(cast: Cast) -> None:
    case = Case.objects.get(person__uid=cast.people[21]).uid
    on = cast.today - timedelta(days=90)
    asked = Asked(step=4, on=on, outcome=Outcome.PASSED, document="青石党发〔2026〕9号", reason="补登")
    assert recorded(cast, case, asked, "clerk_a")
    address, town = reverse("case_late", args=[late(cast, case)]), cast.unit(TOWN)
    assert address not in [one.link for one in case_duties(cast.reader(cast.clerk_a), town)]
    root = cast.tree.root
    assert root is not None
    assert [one.link for one in case_duties(cast.reader(cast.officer), root)] == [address]
    begun(cast, days_ago=60)
    assert [one.link for one in case_duties(cast.reader(cast.officer), root)] == [address]
