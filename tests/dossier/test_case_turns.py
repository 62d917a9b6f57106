"""What turns a case: a beginning by somebody new, late entries, stale forms, return by way of a preview, rest, exemption, its history."""

from __future__ import annotations

import uuid
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests.cast import FAR_VILLAGE, VILLAGE, Cast, cast
from tests.desk.county_cells import number
from tests.dossier.journey import begun, going_on, held, late, mark, recorded, said, send
from yumiao.admission.asked import Asked
from yumiao.admission.models import Case, LateEntry, StepRecord
from yumiao.desk.dossier import recording
from yumiao.desk.dossier.history import versions_of
from yumiao.journal.models import Entry
from yumiao.kernel.objections import Refused, Stale
from yumiao.people.models import Belonging, Person, PersonRecord

__all__ = ["cast"]
pytestmark = pytest.mark.db

NEW = 77  # a place from which an invented number of nobody registered is made

TALENT_BORN = date(1998, 8, 9)


def newcomer(cast: Cast, **fields: Any) -> dict[str, Any]:
    return {
        "name": "覃映雪", "number": number(NEW), "ethnicity": "壮族", "branch": VILLAGE, "applied_on": cast.today,
        "once": str(uuid.uuid4()), **fields,
    }  # fmt: skip


def apply(browser: Client, fields: dict[str, Any]) -> Any:
    return browser.post(reverse("case_begin"), fields)


def test_somebody_new_is_registered_with_his_application_by_one_act(cast: Cast) -> None:
    before = Entry.objects.count()
    answer = apply(cast.client(cast.secretary_a), newcomer(cast))
    assert (answer.status_code, Entry.objects.count() - before) == (302, 1)
    record = PersonRecord.objects.open().get(name="覃映雪")
    assert (record.sex, record.born_on) == ("m", date(1980, 5, 6))
    assert Belonging.objects.open().get(person=record.person).unit_id == cast.unit(VILLAGE).id
    case = Case.objects.get(person=record.person)
    assert held(case.uid) == [(1, 1, cast.today)]


def test_a_form_sent_twice_registers_nobody_twice(cast: Cast) -> None:
    browser, fields = cast.client(cast.secretary_a), newcomer(cast)
    assert [apply(browser, fields).status_code, apply(browser, fields).status_code] == [302, 302]
    assert PersonRecord.objects.open().filter(name="覃映雪").count() == 1


def test_a_number_that_is_known_leads_to_who_has_it(cast: Cast) -> None:
    answer = apply(cast.client(cast.secretary_a), newcomer(cast, number=number(31, TALENT_BORN)))
    assert answer.headers["Location"] == reverse("case_begin") + f"?person={cast.people[31]}"


def test_a_number_that_is_known_elsewhere_says_no_more_than_that(cast: Cast) -> None:
    answer = apply(cast.client(cast.secretary_a), newcomer(cast, number=number(32, TALENT_BORN)))
    name = PersonRecord.objects.open().get(person__uid=cast.people[32]).name
    assert (answer.status_code, "这个号码已在本县登记" in said(answer), name in said(answer)) == (409, True, False)


def test_somebody_of_the_same_name_and_birth_asks_for_a_reason(cast: Cast) -> None:
    record = PersonRecord.objects.open().get(person__uid=cast.people[32])
    browser = cast.client(cast.secretary_a)
    answer = apply(browser, newcomer(cast, name=record.name, number=number(NEW, TALENT_BORN)))
    assert (answer.status_code, "已有姓名相同、出生日期" in said(answer)) == (409, True)
    assert (
        apply(
            browser, newcomer(cast, name=record.name, number=number(NEW, TALENT_BORN), reason="核对过，不是同一人")
        ).status_code
        == 302
    )


def test_a_secretary_registers_nobody_at_another_branch(cast: Cast) -> None:
    assert apply(cast.client(cast.secretary_a), newcomer(cast, branch=FAR_VILLAGE)).status_code == 422
    assert apply(cast.client(cast.auditor), newcomer(cast)).status_code == 403


def test_nobody_under_eighteen_applies(cast: Cast) -> None:
    young = cast.today.replace(year=cast.today.year - 17, month=1, day=1)
    answer = apply(cast.client(cast.secretary_a), newcomer(cast, number=number(NEW, young)))
    assert (answer.status_code, "DEV-01" in said(answer)) == (409, True)
    assert Person.objects.filter(records__name="覃映雪").count() == 0


def test_an_application_of_long_ago_waits_and_can_be_found_and_confirmed(cast: Cast) -> None:
    fields = newcomer(cast, applied_on=cast.today - timedelta(days=60), reason="申请书漏报")
    browser, second = cast.client(cast.secretary_a), cast.client(cast.clerk_a)
    answer = apply(browser, fields)
    page = said(browser.get(answer.headers["Location"]))
    assert "可以确认的：" in page
    assert "的补录" in page and "还没有生效" in page
    assert "覃映雪" in said(second.get(reverse("cases_late")))
    assert "覃映雪" in said(second.get(reverse("cases"), {"state": "waiting"}))
    (entry,) = LateEntry.objects.alive()
    address = reverse("case_late", args=[entry.uid])
    assert browser.post(address, {"deed": "confirm"}).status_code == 403
    assert cast.client(cast.clerk_b).get(address).status_code == 404
    assert second.get(address).status_code == 200
    assert second.post(address, {"deed": "confirm"}).headers["Location"] == reverse("case", args=[entry.case.uid])
    assert [step for step, _number, _on in held(entry.case.uid)] == [1]


def test_who_wrote_a_late_entry_may_take_it_back_and_a_second_one_may_refuse_it(cast: Cast) -> None:
    case = begun(cast, days_ago=60)
    address = reverse("case_late", args=[late(cast, case)])
    browser = cast.client(cast.secretary_a)
    assert "您写下的补录由其他有权的人员确认" in said(browser.get(address))
    assert browser.post(address, {"deed": "refuse"}).status_code == 422
    assert browser.post(address, {"deed": "refuse", "reason": "日期写错"}).status_code == 302
    assert recording.read_by(case).around.late == []
    assert browser.get(address).status_code == 404
    case = begun(cast, days_ago=50)
    address = reverse("case_late", args=[late(cast, case)])
    assert (
        cast.client(cast.general_secretary).post(address, {"deed": "refuse", "reason": "日期写错"}).status_code == 404
    )
    assert cast.client(cast.clerk_a).post(address, {"deed": "refuse", "reason": "材料不符"}).status_code == 302


def test_the_list_of_late_entries_is_of_ones_own_units(cast: Cast) -> None:
    begun(cast, 32, 60, "secretary_b")
    assert "共 1 条" in said(cast.client(cast.clerk_b).get(reverse("cases_late")))
    assert "没有等待确认的补录" in said(cast.client(cast.clerk_a).get(reverse("cases_late")))
    assert cast.client(cast.auditor).get(reverse("cases_late")).status_code == 403


def test_the_list_of_late_entries_asks_as_much_for_three_as_for_one(cast: Cast, django_assert_num_queries: Any) -> None:
    browser = cast.client(cast.officer)
    begun(cast, 31, 60)
    browser.get(reverse("cases_late"))
    with django_assert_num_queries(LATE):
        browser.get(reverse("cases_late"))
    begun(cast, 32, 60, "secretary_b")
    recorded(
        cast,
        Case.objects.get(person__uid=cast.people[23]).uid,
        Asked(step=2, on=cast.today - timedelta(days=99), people="甲", reason="补登"),
        "secretary_b",
    )
    browser.get(reverse("cases_late"))
    with django_assert_num_queries(LATE):
        assert "共 3 条" in said(browser.get(reverse("cases_late")))


LATE = 3


def test_a_late_step_asks_for_a_reason_and_then_waits(cast: Cast) -> None:
    case = Case.objects.get(person__uid=cast.people[21]).uid
    browser, on = cast.client(cast.secretary_a), cast.today - timedelta(days=90)
    answer = send(browser, case, 2, on=on, people="支部书记")
    assert (answer.status_code, "DEV-22" in said(answer)) == (409, True)
    answer = send(browser, case, 2, on=on, people="支部书记", reason="当时没有登记")
    assert "属于补录：还没有生效，等待第二人确认。可以确认的：" in said(browser.get(answer.headers["Location"]))
    assert [step for step, _number, _on in held(case)] == [1, 3]


def test_a_step_too_early_is_refused_with_the_rule_and_the_first_lawful_day(cast: Cast) -> None:
    case, browser = going_on(cast), cast.client(cast.secretary_a)
    for _time in range(2):
        send(browser, case, 6, on=cast.today, note="思想稳定")
    send(cast.client(cast.clerk_a), case, 4, on=cast.today, outcome="passed", document="青石党发〔2026〕9号")
    answer = send(browser, case, 7, on=cast.today, people="听取意见")
    assert (answer.status_code, "DEV-06" in said(answer), "最早为" in said(answer)) == (409, True, True)


def test_a_form_overtaken_by_somebody_else_writes_nothing_and_says_so(cast: Cast) -> None:
    case, browser = going_on(cast), cast.client(cast.secretary_a)
    address = reverse("case_step", args=[case, 6])
    shown = browser.get(address)
    fields = {"on": cast.today, "note": "思想稳定", "stood": mark(shown), "once": str(uuid.uuid4())}
    assert browser.post(address, fields).status_code == 302
    answer = cast.client(cast.clerk_a).post(address, {**fields, "once": str(uuid.uuid4())})
    assert (answer.status_code, "您刚才填的没有提交" in said(answer), "思想稳定" in said(answer)) == (409, True, True)
    assert [step for step, _number, _on in held(case)].count(6) == 1
    fields = {**fields, "stood": mark(answer), "once": str(uuid.uuid4())}
    assert cast.client(cast.clerk_a).post(address, fields).status_code == 302


def test_a_second_click_is_one_record(cast: Cast) -> None:
    case, browser = going_on(cast), cast.client(cast.secretary_a)
    address = reverse("case_step", args=[case, 6])
    fields = {"on": cast.today, "note": "思想稳定", "stood": mark(browser.get(address)), "once": str(uuid.uuid4())}
    assert [browser.post(address, fields).status_code, browser.post(address, fields).status_code] == [302, 302]
    assert [step for step, _number, _on in held(case)].count(6) == 1


def test_of_two_who_record_the_same_step_the_second_is_refused(cast: Cast) -> None:
    case = going_on(cast)
    ground_for = recording.ground_by(cast.today, cast.reader(cast.clerk_a))
    asked = Asked(step=3, on=cast.today, people="党员推荐")
    stood = recording.mark_of(recording.read_by(case))
    who = recording.Deciding(cast.actor(cast.clerk_a), None)
    with pytest.raises(Refused) as refused:
        recording.record(case, asked, who=who, ground_for=ground_for, stood=stood)
    assert "STP-26" in [one.rule for one in refused.value.objections]
    with pytest.raises(Stale):
        recording.record(case, Asked(step=6, on=cast.today), who=who, ground_for=ground_for, stood="0" * 16)


def test_a_return_shows_what_falls_and_takes_back_no_more(cast: Cast) -> None:
    case, browser = going_on(cast), cast.client(cast.clerk_a)
    address = reverse("case_return", args=[case])
    fields = {"step": 3, "why": "mistake", "reason": "日期写错"}
    preview = browser.post(address, fields)
    assert ("以下 2 项登记将收回" in said(preview), len(held(case))) == (True, 4)
    assert browser.post(address, {**fields, "deed": "edit"}).status_code == 200
    assert browser.post(address, {**fields, "deed": "submit", "once": str(uuid.uuid4())}).status_code == 302
    assert [step for step, _number, _on in held(case)] == [1, 2]
    assert browser.post(address, {"step": 9, "why": "mistake", "reason": "日期写错"}).status_code == 422
    for part, status in (("secretary_a", 403), ("clerk_b", 404), ("member", 403), ("auditor", 403)):
        assert cast.client(cast.accounts[part]).get(address).status_code == status


def test_after_a_return_the_same_records_make_the_same_case(cast: Cast) -> None:
    case = going_on(cast)
    before = recording.read_by(case).file
    who = recording.Deciding(cast.actor(cast.clerk_a), None)
    for step in (1, 2, 3):
        ground_for = recording.ground_by(cast.today, cast.reader(cast.clerk_a))
        gone = recording.send_back(case, step, why="mistake", reason="写错", who=who, ground_for=ground_for)
        assert gone == [one for one in (1, 2, 3, 5) if one >= step]
        again = [one for one in before.held if one.step in gone]
        for one in again:
            helpers = before.contacts if one.step == 5 else ()
            asked = Asked(
                step=one.step, on=one.on, people=one.people, note=one.note, reason=one.reason, contacts=helpers
            )
            recorded(cast, case, asked)
        after = recording.read_by(case).file
        assert [(one.step, one.on, one.people) for one in after.held] == [
            (one.step, one.on, one.people) for one in before.held
        ]
        assert after.contacts == before.contacts
    assert StepRecord.objects.filter(case__uid=case, step=5).count() == 4


def test_the_history_keeps_both_versions_and_says_how_they_differ(cast: Cast) -> None:
    case = going_on(cast)
    who = recording.Deciding(cast.actor(cast.clerk_a), None)
    ground_for = recording.ground_by(cast.today, cast.reader(cast.clerk_a))
    recording.send_back(case, 2, why="mistake", reason="谈话人写错", who=who, ground_for=ground_for)
    recorded(cast, case, Asked(step=2, on=cast.today - timedelta(days=8), people="组织委员"))
    read = recording.read_by(case)
    told = {one.step.number: one for one in versions_of(read.around.case, read.file.path)}
    assert {number: len(one.versions) for number, one in told.items()} == {1: 1, 2: 2, 3: 1, 5: 1}
    assert ("谈话人", "支部书记", "组织委员") in told[2].differences
    page = said(cast.client(cast.secretary_a).get(reverse("case_history", args=[case])))
    assert "退回到第 2 步 派人谈话：登记错误 谈话人写错" in page
    assert "已收回" in page and "退回到以前步骤：第 2 步 派人谈话" in page
    assert cast.client(cast.secretary_b).get(reverse("case_history", args=[case])).status_code == 404


def test_a_case_lies_still_and_goes_on(cast: Cast) -> None:
    case, browser = going_on(cast), cast.client(cast.clerk_a)
    address = reverse("case_rest", args=[case])
    assert browser.post(address, {"on": cast.today}).status_code == 422
    fields = {"on": cast.today - timedelta(days=2), "counts": "no", "reason": "外出务工"}
    assert browser.post(address, fields).status_code == 302
    assert "起暂停办理" in said(browser.get(reverse("case", args=[case])))
    answer = send(browser, case, 6, on=cast.today, note="思想稳定")
    assert (answer.status_code, "STP-27" in said(answer)) == (409, True)
    assert "恢复办理" in said(browser.get(address))
    assert browser.post(address, {"on": cast.today, "reason": "已返乡"}).status_code == 302
    assert send(browser, case, 6, on=cast.today, note="思想稳定").status_code == 302
    assert cast.client(cast.secretary_a).get(address).status_code == 403
    assert cast.client(cast.clerk_b).post(address, fields).status_code == 404


def test_a_rule_is_lifted_by_name_and_taken_back(cast: Cast) -> None:
    case, browser = going_on(cast), cast.client(cast.clerk_a)
    address = reverse("case_exempt", args=[case])
    fields = {"rule": "DEV-09", "step": 11, "on": cast.today, "by": "青石镇党委", "reason": "长期在外执行任务"}
    assert browser.post(address, {**fields, "rule": "DEV-06"}).status_code == 422
    assert browser.post(address, {**fields, "on": cast.today + timedelta(days=1)}).status_code == 409
    assert browser.post(address, fields).status_code == 302
    assert "批准的例外" in said(browser.get(reverse("case", args=[case])))
    assert browser.post(address, fields).status_code == 409
    back = {"deed": "withdraw", "rule": "DEV-09", "step": 11, "why": "已补训"}
    assert browser.post(address, {**back, "why": ""}).status_code == 422
    assert browser.post(address, back).status_code == 302
    assert recording.read_by(case).file.exemptions == ()
    assert cast.client(cast.secretary_a).post(address, fields).status_code == 403


def test_nobody_decides_about_himself(cast: Cast) -> None:
    account = cast.clerk_a
    account.person_uid = cast.people[31]
    account.save(update_fields=["person_uid"])
    case = begun(cast)
    answer = cast.client(account).post(
        reverse("case_rest", args=[case]), {"on": cast.today, "counts": "no", "reason": "外出务工"}
    )
    assert (answer.status_code, "STP-28" in said(answer)) == (409, True)


def test_who_has_an_open_case_is_led_to_it(cast: Cast) -> None:
    case, browser = begun(cast), cast.client(cast.secretary_a)
    begin = reverse("case_begin") + f"?person={cast.people[31]}"
    assert browser.get(begin).headers["Location"] == reverse("case", args=[case])
    assert browser.get(reverse("case_begin") + "?person=x").status_code == 404
    assert browser.get(reverse("case_begin") + f"?person={cast.people[32]}").status_code == 404
    answer = browser.post(reverse("case_begin") + f"?person={cast.people[1]}", {"applied_on": cast.today})
    assert (answer.status_code, "此人已是党员" in said(answer)) == (409, True)
