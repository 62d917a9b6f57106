"""A person's page tells his case: what he is, every step by its title, late ones, returns and rests; and leads to the case."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from tests.cast import Cast, cast
from tests.dossier.entered import add, approve, enter
from tests.ledger.rows import put, writing
from yumiao.admission.models import Case, CaseEnd, CaseRest, CaseReturn, LateEntry, StepDetail, StepRecord
from yumiao.desk.people.contradictions import contradictions
from yumiao.desk.people.dossier import dossier
from yumiao.desk.people.facts import facts_of
from yumiao.desk.people.timeline import timeline
from yumiao.journal.bulk import recorded
from yumiao.kernel.periods import on_paper
from yumiao.people.models import Membership
from yumiao.people.queries import whole_numbers_of

__all__ = ["cast"]
pytestmark = pytest.mark.db


def ago(cast: Cast, days: int) -> date:
    return cast.today - timedelta(days=days)


def titles(cast: Cast, place: int) -> list[tuple[str, str]]:
    """(title, note) of what the line of time says of the case, the latest first."""
    found = facts_of(cast.person(place).pk, cast.people[place], cast.today)
    own = {one.known.entry for case in found.cases.values() for one in case.held}
    own |= {known.entry for case in found.cases.values() for *_said, known in (*case.waits, *case.returns)}
    own |= {rest.known.entry for case in found.cases.values() for rest in case.rests}
    return [(one.title, one.note) for one in timeline(found, str) if one.known.entry in own]


def what(cast: Cast, place: int) -> str:
    return dossier(cast.reader(cast.officer), cast.people[place], None).what


@pytest.mark.parametrize(
    ("steps", "outcomes", "label"),
    [
        ((1,), {}, "入党申请人"),
        ((1, 3), {}, "入党积极分子"),
        ((1, 3, 8), {8: "failed"}, "入党积极分子"),
        ((1, 3, 8), {8: "passed"}, "发展对象"),
        ((1, 3, 8, 13, 14), {}, "发展对象"),
        ((1, 3, 8, 15), {15: "failed"}, "发展对象"),
        ((1, 3, 8, 15), {15: "passed"}, "待党委审批"),
        ((1, 3, 8, 15, 16), {15: "passed"}, "待党委审批"),
        ((1, 3, 8, 15, 16, 17), {15: "passed", 17: "failed"}, "待党委审批"),
    ],
)
def test_the_page_says_how_far_somebody_has_come(
    cast: Cast, steps: tuple[int, ...], outcomes: dict[int, str], label: str
) -> None:
    enter(cast, 31, {step: ago(cast, 40 - step) for step in steps}, outcomes=outcomes)
    assert what(cast, 31) == label


def test_every_step_stands_on_the_line_of_time_by_its_title(cast: Cast) -> None:
    case = enter(cast, 31, {1: ago(cast, 90), 4: ago(cast, 80), 6: ago(cast, 70)}, late={4}, outcomes={4: "passed"})
    with writing() as current:
        put(current, StepRecord, {"case_id": case.pk, "step": 6, "occurrence": 2, "held_on": ago(cast, 60)})
    add(case.pk, {8: ago(cast, 50), 25: ago(cast, 40)}, outcomes={8: "failed"})
    assert titles(cast, 31) == [
        ("材料归档", ""),
        ("列为发展对象：不通过", ""),
        ("培养教育考察（第 2 次）", ""),
        ("培养教育考察（第 1 次）", ""),
        ("上级党委备案", "逾期补录，已由第二人确认"),
        ("递交入党申请书", ""),
    ]


def test_what_is_no_step_is_told_too(cast: Cast) -> None:
    case = enter(cast, 31, {1: ago(cast, 90)})
    with writing() as current:
        late = {"case_id": case.pk, "step": 2, "held_on": ago(cast, 80), "said": "{}", "reason": "材料后到"}
        put(current, LateEntry, late)
        back = {"case_id": case.pk, "step": 3, "returned_on": ago(cast, 30), "why": "papers", "reason": "缺推荐材料"}
        put(current, CaseReturn, back)
        rest = {
            "case_id": case.pk,
            "since": ago(cast, 20),
            "until": ago(cast, 10),
            "counts": False,
            "reason": "外出务工",
        }
        put(current, CaseRest, rest)
    assert titles(cast, 31) == [
        ("恢复办理", f"自{on_paper(ago(cast, 20))}起暂停"),
        ("暂停办理", "外出务工"),
        ("退回到“确定为入党积极分子”", "材料不齐或者不实；缺推荐材料"),
        ("党组织派人谈话：补录待确认", "确认前不计入"),
        ("递交入党申请书", ""),
    ]


def test_the_page_leads_to_the_case(cast: Cast) -> None:
    case = enter(cast, 31, {1: ago(cast, 9), 2: ago(cast, 5)})
    (shown,) = dossier(cast.reader(cast.officer), cast.people[31], None).cases
    assert (shown.label, shown.url) == ("办理中", f"/cases/{case.uid}/")
    page = cast.client(cast.clerk_a).get(f"/people/{cast.people[31]}/").content.decode()
    assert page.count(f'href="/cases/{case.uid}/"') == 1


def test_who_reads_only_himself_finds_no_way_to_the_case(cast: Cast) -> None:
    enter(cast, 1, {1: ago(cast, 900)})
    (shown,) = dossier(cast.reader(cast.member), cast.people[1], None).cases
    assert shown.url is None


def confirmed(cast: Cast) -> Case:
    """Place 31, a full member by step 24."""
    met = ago(cast, 800)
    case = enter(cast, 31, {1: ago(cast, 1500), 15: met}, outcomes={15: "passed"})
    approve(cast, 31, case.pk, met_on=met, approved_on=ago(cast, 780))
    before = Membership.objects.alive().get(person=cast.person(31))
    with writing() as current:
        on = before.probation_end_on
        put(current, StepRecord, {"case_id": case.pk, "step": 24, "held_on": ago(cast, 400)})
        put(current, StepDetail, {"case_id": case.pk, "step": 24, "outcome": "confirmed"})
        current.strike(Membership, [before.pk])
        said = {name: getattr(before, name) for name in recorded(Membership)}
        put(current, Membership, said | {"full_member_on": on, "confirmation_stated_on": on})
    return case


def test_a_confirmation_by_step_24_is_no_correction(cast: Cast) -> None:
    confirmed(cast)
    found = facts_of(cast.person(31).pk, cast.people[31], cast.today)
    assert [one.title for one in timeline(found, str) if one.kind == "fix"] == []
    assert [one.title for one in timeline(found, str) if one.title.startswith(("上级党委审批", "转为正式"))] == [
        "上级党委审批转正",
        "转为正式党员",
        "上级党委审批",
    ]


def test_a_member_with_a_case_that_goes_on_contradicts_nothing(cast: Cast) -> None:
    confirmed(cast)
    found = facts_of(cast.person(31).pk, cast.people[31], cast.today)
    said = [one.text for one in contradictions(found, whole_numbers_of(cast.person(31)), cast.unit("001.001.001").kind)]
    assert "已是党员，发展培养中仍有没有结束的记录" not in said
    assert [one.label for one in dossier(cast.reader(cast.officer), cast.people[31], None).cases] == ["待归档"]


@pytest.mark.parametrize("many", [1, 3])
def test_a_page_asks_as_often_with_many_steps(cast: Cast, many: int, django_assert_num_queries) -> None:
    enter(cast, 31, {step: ago(cast, 30 - step) for step in range(1, 1 + 4 * many)})
    reader = cast.reader(cast.officer)
    dossier(reader, cast.people[31], None)
    with django_assert_num_queries(3):
        dossier(reader, cast.people[31], None)


def test_ended_cases_stand_below_the_open_one(cast: Cast) -> None:
    old = enter(cast, 31, {1: ago(cast, 900)})
    with writing() as current:
        put(current, CaseEnd, {"case_id": old.pk, "ended_on": ago(cast, 800), "how": CaseEnd.How.WITHDRAWN})
    enter(cast, 31, {1: ago(cast, 20)})
    labels = [one.label for one in dossier(cast.reader(cast.officer), cast.people[31], None).cases]
    assert (labels[0], labels[1].endswith("结束（撤回申请）")) == ("办理中", True)
