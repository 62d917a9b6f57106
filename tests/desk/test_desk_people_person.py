"""A person's page: what it says, from which entry it is known, what contradicts what; who may open it, and that opening is on record."""

from __future__ import annotations

import re
import uuid
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client

from tests.cast import COMMUNITY, Cast, cast
from tests.desk.county_cells import County, Row, applicant, fifteen, member, number, talent
from yumiao.access.permissions import Permission
from yumiao.desk.people.contradictions import contradictions
from yumiao.desk.people.dossier import dossier
from yumiao.desk.people.facts import Facts, facts_of
from yumiao.desk.people.filters import Filter
from yumiao.desk.people.timeline import timeline
from yumiao.desk.workbook.importing import import_workbook
from yumiao.journal.acts import act
from yumiao.journal.models import Reading
from yumiao.journal.verbs import Verb
from yumiao.kernel.periods import FOREVER, add_months
from yumiao.people.models import MembershipState, Person, PersonRecord, Tie
from yumiao.people.queries import whole_numbers_of
from yumiao.people.services import TIE
from yumiao.talent.models import Talent
from yumiao.talent.services import TALENT

pytestmark = pytest.mark.db
__all__ = ["cast"]


def url(cast: Cast, place: int) -> str:
    return f"/people/{cast.people[place]}/"


def take(cast: Cast, title: str, *rows: Row) -> None:
    county = County().only(title)
    county[title][:] = list(rows)
    result = import_workbook(county.workbook(), today=cast.today, actor=cast.operator)
    assert result.written, result.checked.faults


def facts(cast: Cast, name: str) -> Facts:
    uid = PersonRecord.objects.open().get(name=name).person.uid
    return facts_of(Person.objects.get(uid=uid).pk, uid, cast.today)


def place_of(cast: Cast, place: int) -> Facts:
    return facts_of(cast.person(place).pk, cast.people[place], cast.today)


def against(cast: Cast, found: Facts) -> list[tuple[str, str]]:
    """(rule, severity) of every contradiction of somebody."""
    numbers = whole_numbers_of(Person.objects.get(pk=found.person))
    unit = cast.tree.by_id[found.unit or 0]
    return [(one.rule, one.severity.value) for one in contradictions(found, numbers, unit.kind)]


def test_the_timeline_goes_from_the_latest_to_the_first(cast: Cast) -> None:
    events = timeline(place_of(cast, 22), lambda unit: cast.tree.by_id[unit].name)
    assert [(event.on, event.title) for event in events] == [
        (date(2025, 10, 15), "列为发展对象"),
        (date(2024, 10, 15), "确定为入党积极分子"),
        (date(2024, 3, 5), "递交入党申请书"),
        (date(2024, 3, 5), "登记在松坪社区党支部"),
    ]


def test_an_admission_goes_on_where_the_cultivation_ended(cast: Cast) -> None:
    take(cast, "党员", member(22, COMMUNITY, 出生日期=None, 公民身份号码=applicant(22)["公民身份号码"],
                             人员类别="预备党员", 入党日期=date(2026, 6, 1), 转正日期=None))  # fmt: skip
    events = timeline(place_of(cast, 22), lambda unit: cast.tree.by_id[unit].name)
    assert [event.title for event in events][:2] == ["接收为预备党员", "列为发展对象"]


def test_a_correction_says_what_was_and_what_is(cast: Cast) -> None:
    take(
        cast,
        "党员",
        member(2, cast.tree.by_id[place_of(cast, 2).unit or 0].code, 学历="本科", 转正日期=date(2016, 8, 1)),
    )
    fixes = [event for event in timeline(place_of(cast, 2), str) if event.kind == "fix"]
    assert [event.title for event in fixes] == [
        "更正：学历 大专 → 本科",
        "更正：转正日期 2016年7月1日 → 2016年8月1日；成为正式党员 2016年7月1日 → 2016年8月1日",
    ]
    assert {event.known.entry for event in fixes} == {place_of(cast, 2).record.known.entry}


def test_a_sound_record_has_no_contradiction(cast: Cast) -> None:
    assert [against(cast, place_of(cast, place)) for place in (1, 2, 22, 32)] == [[], [], [], []]


def test_a_stated_difference_from_the_number_is_shown_with_its_reason(cast: Cast) -> None:
    take(cast, "党员", member(41, 出生日期=date(1980, 5, 7), 性别="女", 与证件不一致说明="档案为准"))
    found = facts(cast, member(41)["姓名"])
    numbers = whole_numbers_of(Person.objects.get(pk=found.person))
    assert [(one.rule, one.text) for one in contradictions(found, numbers, None)] == [
        ("IDN-04", "性别与公民身份号码不一致（号码为男），已按说明保留两者：“档案为准”"),
        ("IDN-04", "出生日期与公民身份号码不一致（号码为1980-05-06），已按说明保留两者：“档案为准”"),
    ]


def test_a_former_number_must_grow_into_the_present_one(cast: Cast) -> None:
    take(cast, "党员", member(41, 原身份证号码=fifteen(number(41))), member(43, 原身份证号码=fifteen(number(41))))
    assert [against(cast, facts(cast, member(place)["姓名"])) for place in (41, 43)] == [[], [("IDN-03", "warn")]]


@pytest.mark.parametrize("late, expected", [(0, []), (1, [("MEM-03", "warn")])])
def test_a_probation_is_over_the_day_after_it_expires(cast: Cast, late: int, expected: Any) -> None:
    admitted = add_months(cast.today, -12) - timedelta(days=late)
    take(cast, "党员", member(41, 人员类别="预备党员", 入党日期=admitted, 转正日期=None))
    assert against(cast, facts(cast, member(41)["姓名"])) == expected


def test_an_extended_probation_is_not_over_yet(cast: Cast) -> None:
    take(cast, "党员", member(41, 人员类别="预备党员", 入党日期=add_months(cast.today, -13), 转正日期=None))
    found = facts(cast, member(41)["姓名"])
    with act(Verb.WORKBOOK_IMPORTED, actor=cast.operator) as done:
        row = (cast.today, FOREVER, found.person, 1, MembershipState.State.PROBATION_EXTENDED.value)
        done.insert(MembershipState, ("since", "until", "person_id", "cycle", "state"), [row])
    assert against(cast, facts(cast, member(41)["姓名"])) == []


def test_confirmation_before_the_probation_expired_is_shown(cast: Cast) -> None:
    take(
        cast,
        "党员",
        member(41, 转正日期=date(2016, 6, 30)),
        member(43, 转正日期=date(2016, 7, 1)),
        member(45, 转正日期=None),
    )
    assert [against(cast, facts(cast, member(place)["姓名"])) for place in (41, 43, 45)] == [
        [("MEM-03", "warn")],
        [],
        [("MEM-10", "warn")],
    ]


def test_terms_of_cultivation_are_compared(cast: Cast) -> None:
    activist = date(2024, 10, 15)
    take(
        cast,
        "发展培养",
        applicant(41, 确定为发展对象日期=date(2025, 10, 14)),
        applicant(43, 确定为入党积极分子日期=None, 确定为发展对象日期=activist),
    )
    assert [against(cast, facts(cast, applicant(place)["姓名"])) for place in (41, 43)] == [[("DEV-06", "warn")]] * 2


def test_ties_to_people_who_should_not_be_it_are_shown(cast: Cast) -> None:
    take(
        cast,
        "发展培养",
        applicant(41, 培养联系人一=number(7), 培养联系人二=number(99)),
        applicant(43, 培养联系人一=number(1), 培养联系人二=number(1)),
    )
    take(
        cast,
        "人才库",
        talent(45, 联系老党员=number(2), 联村导师=number(6), 入库日期=date(2026, 7, 1)),
        talent(47, 联系老党员=number(2), 入库日期=date(2026, 6, 30)),
    )
    names = [applicant(41)["姓名"], applicant(43)["姓名"], talent(45)["姓名"], talent(47)["姓名"]]
    assert [against(cast, facts(cast, name)) for name in names] == [
        [("STP-05", "warn"), ("STP-05", "warn")],
        [("STP-05", "warn")],
        [],
        [("TAL-02", "warn")],
    ]


def test_a_member_in_cultivation_or_in_the_pool_is_shown(cast: Cast) -> None:
    person = cast.person(8).pk
    with act(Verb.WORKBOOK_IMPORTED, actor=cast.operator) as done:
        rows = [(cast.today, FOREVER, person, one) for one in ("wealth_leader", "other")]
        done.insert(Talent, TALENT, rows)
    assert against(cast, place_of(cast, 8)) == [("WBK-09", "warn"), ("WBK-12", "info")]


def test_a_branch_that_is_none_is_shown(cast: Cast) -> None:
    take(cast, "党员", member(41, "001.001"))
    assert against(cast, facts(cast, member(41)["姓名"])) == [("ORG-12", "warn")]


def test_the_page_says_who_it_is_and_hides_the_numbers(cast: Cast) -> None:
    page = cast.client(cast.clerk_a).get(url(cast, 21)).content.decode()
    assert number(21, date(1995, 2, 3)) not in page
    assert "998001********" in page
    assert f'href="{url(cast, 1)}"' in page
    assert f'href="{url(cast, 21)}numbers/"' in page


def test_a_secretary_has_no_link_to_whole_numbers_and_no_link_past_his_branch(cast: Cast) -> None:
    page = cast.client(cast.secretary_a).get(url(cast, 21)).content.decode()
    assert (f"{url(cast, 21)}numbers/" in page, f'href="{url(cast, 4)}"' in page) == (False, False)


def test_entries_are_links_for_whoever_may_read_them(cast: Cast) -> None:
    pages = [cast.client(who).get(url(cast, 1)).content.decode() for who in (cast.officer, cast.clerk_a)]
    assert ['href="/journal/' in page.partition("<main")[2] for page in pages] == [True, False]


def statuses(cast: Cast, place: int) -> dict[str, int]:
    parts = ("officer", "clerk_a", "clerk_b", "secretary_a", "secretary_b", "member", "auditor", "reviewer", "system")
    return {part: cast.client(getattr(cast, part)).get(url(cast, place)).status_code for part in parts}


def test_a_page_opens_within_the_scope_and_for_oneself(cast: Cast) -> None:
    common = {"officer": 200, "auditor": 200, "reviewer": 403, "system": 403}
    in_a = {"clerk_a": 200, "clerk_b": 404, "secretary_a": 200, "secretary_b": 404}
    in_b = {"clerk_a": 404, "clerk_b": 200, "secretary_a": 404, "secretary_b": 200}
    assert (statuses(cast, 1), statuses(cast, 5)) == (
        common | in_a | {"member": 200},
        common | in_b | {"member": 403},
    )


def without_token(content: bytes) -> str:
    return re.sub(r'csrfmiddlewaretoken" value="[^"]+"', "", content.decode())


def test_somebody_outside_looks_like_nobody(cast: Cast) -> None:
    client = cast.client(cast.clerk_a)
    answers = [client.get(url(cast, 5)), client.get(f"/people/{uuid.uuid4()}/")]
    assert ([one.status_code for one in answers], without_token(answers[0].content)) == (
        [404, 404],
        without_token(answers[1].content),
    )


def test_opening_is_on_record_once_and_so_is_a_refused_look(cast: Cast) -> None:
    client = cast.client(cast.clerk_a)
    client.get(url(cast, 1))
    client.get(url(cast, 5))
    rows = Reading.objects.values_list("what", "actor", "subject", "subject_kind", "count")
    assert list(rows.order_by("id")) == [
        ("page", cast.clerk_a.uid, cast.people[1], "person", 1),
        ("refused", cast.clerk_a.uid, cast.people[5], "person", 0),
    ]


def test_the_list_goes_on_from_person_to_person(cast: Cast) -> None:
    reader = cast.reader(cast.secretary_a)
    listed = Filter(q="韦禾")
    order = [1, 7, 8, 21, 31]
    ways = [dossier(reader, cast.people[place], listed).onward for place in order]
    links = [f"{url(cast, place)}?from=q%3D%25E9%259F%25A6%25E7%25A6%25BE" for place in order]
    assert [(way.previous_url, way.next_url) for way in ways if way] == list(
        zip([None, *links], [*links[1:], None], strict=False)
    )


@pytest.mark.parametrize("ties", [1, 3])
def test_a_page_takes_seven_statements(
    cast: Cast, ties: int, django_assert_num_queries: Any, database_vendor: str
) -> None:
    with act(Verb.WORKBOOK_IMPORTED, actor=cast.operator) as done:
        rows = [
            (cast.today, FOREVER, cast.person(31).pk, cast.person(place).pk, "", Tie.Kind.CONTACT.value, place, True)
            for place in (2, 3, 4)[:ties]
        ]
        done.insert(Tie, TIE, rows)
    client = cast.client(cast.clerk_a)
    client.get(f"{url(cast, 31)}?from=")
    # beside them the savepoint of the reading within the test's own transaction, and PostgreSQL's lock of the chain
    with django_assert_num_queries(7 + 2 + (database_vendor == "postgresql")):
        client.get(f"{url(cast, 31)}?from=")


def reveal(client: Client, cast: Cast, place: int, **sent: str) -> Any:
    return client.post(f"{url(cast, place)}numbers/", sent)


def test_whole_numbers_are_shown_for_a_stated_reason_and_on_record(cast: Cast) -> None:
    client = cast.client(cast.clerk_a)
    answer = reveal(client, cast, 1, reason=f"核对志愿书 {number(1)}")
    assert (answer.status_code, answer.headers["Cache-Control"], number(1) in answer.content.decode()) == (
        200, "no-store", True,
    )  # fmt: skip
    rows = Reading.objects.values_list("what", "actor", "subject", "purpose")
    assert list(rows) == [("reveal", cast.clerk_a.uid, cast.people[1], "核对志愿书 998001********" + number(1)[-4:])]


@pytest.mark.parametrize("reason", ["", "   ", "核对书", "x" * 201])
def test_without_a_reason_nothing_is_shown_and_nothing_recorded(cast: Cast, reason: str) -> None:
    answer = reveal(cast.client(cast.clerk_a), cast, 1, reason=reason)
    assert (answer.status_code, number(1) in answer.content.decode(), Reading.objects.count()) == (400, False, 0)


def test_the_page_that_asks_for_a_reason_shows_no_number(cast: Cast) -> None:
    answer = cast.client(cast.clerk_a).get(f"{url(cast, 1)}numbers/")
    assert (answer.status_code, "998001" in answer.content.decode(), Reading.objects.count()) == (200, False, 0)


def test_whole_numbers_are_revealed_within_the_scope_alone(cast: Cast) -> None:
    parts = ("clerk_a", "clerk_b", "officer", "secretary_a", "auditor", "member")
    found = [reveal(cast.client(getattr(cast, part)), cast, 1, reason="核对入党志愿书").status_code for part in parts]
    assert found == [200, 404, 200, 403, 403, 403]
    assert {cast.reader(getattr(cast, part)).may(Permission.PERSON_REVEAL) for part in parts[3:]} == {False}
