"""A reform carried out: people, admissions, plans and lines go over on its day, the days before stay, and it can be taken back."""

from __future__ import annotations

import random
from datetime import date, timedelta

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from tests.ledger.rows import put, write_member, write_person, writing
from tests.reforms.reforming import (
    ALL,
    CLERK,
    DAY,
    PAPER,
    TODAY,
    VILLAGES,
    county,
    head,
    people_of,
    plan,
    said,
    standing_rows,
)
from yumiao.desk.proof import findings
from yumiao.desk.reforms.doing import carry_out, take_reform_back
from yumiao.desk.reforms.plan import Reforming
from yumiao.desk.reforms.preview import preview
from yumiao.journal.acts import Actor
from yumiao.kernel.objections import NotAllowed, OutOfScope, Refused
from yumiao.kernel.scope import Range, Scope
from yumiao.ledger.models import Quota
from yumiao.ledger.plans import known_quotas
from yumiao.ledger.queries import ledger
from yumiao.people.models import Attribution, Belonging, Person
from yumiao.units.changes import Close, Found, Merge, Move, Rename, Split, Step
from yumiao.units.models import Succession
from yumiao.units.queries import tree
from yumiao.units.reforming import Paper

pytestmark = pytest.mark.db
NEW = Found("0.1.8", "石松村党支部", "村党支部", "0.1")
MERGER = (NEW, Merge(("0.1.1", "0.1.2"), "0.1.8"))


def do(reform: Reforming, paper: Paper = PAPER, today: date = TODAY) -> int:
    return carry_out(reform, paper, actor=CLERK, today=today, scope=ALL).seq


def village(code: str, day: date = TODAY):
    return next(one for one in ledger(day).villages if one.unit.code == code)


def test_a_successor_counts_what_its_predecessors_counted_and_the_days_before_stay() -> None:
    county(1)
    past = [date(2025, 12, 31), date(2026, 6, 30), DAY - timedelta(days=1)]
    before, parts = {day: said(day) for day in past}, [village("0.1.1"), village("0.1.2")]

    do(plan(*MERGER))

    one = village("0.1.8")
    assert {day: said(day) for day in past} == before
    for key in ("members", "admitted", "admitted_last_year", "admitted_year_before", "reserve"):
        assert one.as_json()[key] == sum(part.as_json()[key] for part in parts)
    assert one.is_new_for_bottom is False
    assert "0.1.1" not in said(TODAY)["villages"]


def test_the_bottom_line_of_a_merged_village_goes_by_the_sum_of_its_predecessors() -> None:
    """V5 of the handbook: P developed nobody in 2024 and 2025, Q one in 2024; merged in May 2025."""
    ids = county(1, people=0)
    with writing() as current:
        write_member(current, ids["0.1.2"], date(2024, 7, 1))
    do(plan(*MERGER), Paper("并村方案", "青岚组发〔2025〕3号", date(2025, 5, 1), date(2025, 5, 6)))

    one = village("0.1.8", date(2026, 6, 30))

    assert (one.bottom.value, one.is_at_risk, one.warned.value) == ("at_risk", True, "warned")


def test_everybody_stands_in_exactly_one_branch_on_every_day() -> None:
    ids = county(2)
    do(plan(*MERGER, Split("0.2.1", ("0.2.1", "0.2.2")), assigned={people_of(ids["0.2.1"])[0]: "0.2.2"}))

    for day in (date(2026, 1, 1), DAY - timedelta(days=1), DAY, TODAY):
        rows = list(Belonging.objects.on(day).values_list("person_id", "unit_id"))
        assert len(rows) == len({person for person, _ in rows}) == Person.objects.count()
        assert {unit for _, unit in rows} <= set(tree(day).by_id)
    assert list(findings()) == []


def test_an_admission_goes_with_the_branch_the_person_stands_in_after_the_split() -> None:
    ids = county(1, people=0)
    with writing() as current:
        here, there, gone = (write_member(current, ids["0.1.1"], date(2025, 7, 1)) for _ in range(3))
    with writing() as current:
        row = Belonging.objects.open().get(person=gone)
        current.strike(Belonging, [row.pk])
        put(current, Belonging, {"person_id": gone, "unit_id": ids["0.2.1"]})

    do(plan(NEW, Split("0.1.1", ("0.1.1", "0.1.8")), assigned={there: "0.1.8", gone: "0.1.8"}))

    units = {unit.id: unit.code for unit in tree(TODAY)}
    counts = {one.person_id: units[one.unit_id] for one in Attribution.objects.open()}
    stands = {one.person_id: units[one.unit_id] for one in Belonging.objects.open()}
    assert stands == {here: "0.1.1", there: "0.1.8", gone: "0.2.1"}
    assert counts == {here: "0.1.1", there: "0.1.8", gone: "0.1.8"}
    assert [village(code).counts.last_year for code in ("0.1.1", "0.1.8")] == [1, 2]


def test_people_who_came_or_went_after_the_day_stand_where_they_would_have_stood() -> None:
    ids = county(1, people=0)
    later = DAY + timedelta(days=9)
    with writing() as current:
        came, went = write_person(current, ids["0.2.1"]), write_person(current, ids["0.1.1"])
    with writing() as current:
        for person, old, new in ((came, "0.2.1", "0.1.2"), (went, "0.1.1", "0.2.2")):
            current.strike(Belonging, Belonging.objects.open().filter(person=person).values_list("pk", flat=True))
            put(current, Belonging, {"person_id": person, "unit_id": ids[old], "until": later})
            put(current, Belonging, {"person_id": person, "unit_id": ids[new], "since": later})

    do(plan(*MERGER))

    codes = {unit.id: unit.code for unit in [*tree(date(2026, 1, 1)), *tree(TODAY)]}

    def line(person: int) -> list[tuple[str, date]]:
        rows = Belonging.objects.alive().filter(person=person).order_by("since")
        return [(codes[one.unit_id], one.until) for one in rows]

    assert line(came) == [("0.2.1", later), ("0.1.8", date(9999, 12, 31))]
    assert line(went) == [("0.1.1", DAY), ("0.1.8", later), ("0.2.2", date(9999, 12, 31))]


def test_plans_are_summed_from_the_day_on_and_a_plan_given_later_beats_the_sum() -> None:
    ids = county(1, people=0)
    with writing() as current:
        current.strike(Quota, Quota.objects.alive().values_list("pk", flat=True))
        put(current, Quota, {"unit_id": ids["0.1.1"], "year": 2026, "planned": 2, "young": 1})
        put(current, Quota, {"unit_id": ids["0.1.2"], "year": 2026, "planned": 3})
    do(plan(Merge(("0.1.1", "0.1.2"), "0.1.1")))

    assert village("0.1.1").plan.planned == 5
    assert (village("0.1.1").plan.young, village("0.1.1").plan.women) == (1, None)
    assert [village(code, DAY - timedelta(days=1)).plan.planned for code in ("0.1.1", "0.1.2")] == [2, 3]
    standing = known_quotas()[ids["0.1.1"], 2026]
    assert standing.planned == 5

    with writing() as current:
        current.strike(Quota, [standing.id])
        put(current, Quota, {"unit_id": ids["0.1.1"], "year": 2026, "planned": 4})

    assert village("0.1.1").plan.planned == 4


def test_who_succeeded_whom_is_kept_with_the_paper() -> None:
    ids = county(1, people=0)
    do(plan(*MERGER))

    new = tree(TODAY).by_code["0.1.8"]
    rows = Succession.objects.alive().order_by("predecessor_id")
    assert [(one.predecessor_id, one.successor_id, one.effective_on, one.document) for one in rows] == [
        (ids["0.1.1"], new.id, DAY, PAPER.document),
        (ids["0.1.2"], new.id, DAY, PAPER.document),
    ]
    assert new.position == tree(DAY - timedelta(days=1)).by_code["0.1.1"].position


def _steps(rng: random.Random) -> list[Step]:
    """Three steps that can be done on the county of these tests."""
    first, second, third, fourth, fifth, sixth = rng.sample(VILLAGES, 6)
    founded = Found("0.2.8", "新村党支部", "村党支部", "0.2")
    merger = rng.choice([[founded, Merge((first, second), "0.2.8")], [Merge((first, second), first)]])
    split = [
        [Found("0.1.7", "分村党支部", "村党支部", "0.1"), Split(third, (third, "0.1.7"))],
        [Split(third, (fourth, fifth))],
    ]
    township = [[], [Merge(("0.1", "0.2"), "0.1")]]
    return [*merger, *rng.choice(split), Move(sixth, "0.1"), Rename(sixth, "移来村党支部"), *rng.choice(township)]


@pytest.mark.parametrize("seed", range(12))
def test_the_preview_is_what_the_ledger_says_afterwards(seed: int) -> None:
    ids = county(seed, people=60)
    rng = random.Random(seed)
    steps = _steps(rng)
    divided = next(step for step in steps if isinstance(step, Split))
    assigned = {person: rng.choice(divided.into) for person in people_of(ids[divided.code])}
    reform = plan(*steps, assigned=assigned)

    seen = preview(reform, today=TODAY, head=head(), effective_on=DAY)
    do(reform)

    now = ledger(TODAY)
    assert {one.unit.code: one.as_json() for one in seen.after.villages} == said(TODAY)["villages"]
    assert {one.unit.code: one.as_json() | one.details() for one in seen.after.townships} == said(TODAY)["townships"]
    assert (seen.after.total, now.total) == (now.total, seen.before.total)


@pytest.mark.parametrize("seed", range(6))
def test_a_reform_taken_back_leaves_everything_as_it_was(seed: int) -> None:
    ids = county(seed, people=60)
    rng = random.Random(seed)
    steps = _steps(rng)
    divided = next(step for step in steps if isinstance(step, Split))
    reform = plan(*steps, assigned=dict.fromkeys(people_of(ids[divided.code])[::2], divided.into[1]))
    days = (date(2026, 6, 30), DAY, TODAY)
    before, rows, known = [said(day) for day in days], standing_rows(), head().seq

    seq = do(reform)
    done = [said(day) for day in days]
    take_reform_back(seq, actor=CLERK, reason="文件有误", today=TODAY, scope=ALL)

    assert [said(day) for day in days] == before
    assert standing_rows() == rows
    assert [said(day, known) for day in days] == before
    assert [said(day, seq) for day in days] == done
    assert list(findings()) == []


def test_a_reform_is_done_again_after_it_was_taken_back() -> None:
    county(3)
    first = do(plan(*MERGER))
    done = said(TODAY)
    take_reform_back(first, actor=CLERK, reason="日期有误", today=TODAY, scope=ALL)
    do(plan(*MERGER))

    assert said(TODAY) == done


def test_a_reform_on_which_something_stands_is_not_taken_back() -> None:
    county(1)
    first = do(plan(*MERGER))
    second = do(
        plan(Rename("0.1.8", "松石村党支部")), Paper("更名", "青岚组发〔2026〕13号", DAY, DAY + timedelta(days=5))
    )

    with pytest.raises(Refused) as refused:
        take_reform_back(first, actor=CLERK, reason="文件有误", today=TODAY, scope=ALL)
    assert [one.rule for one in refused.value.objections] == ["ORG-08b"]
    assert f"第 {second} 条" in refused.value.objections[0].text
    with pytest.raises(OutOfScope):
        take_reform_back(second + 7, actor=CLERK, reason="文件有误", today=TODAY, scope=ALL)


@pytest.mark.parametrize(
    ("steps", "paper", "rule"),
    [
        ((), PAPER, "ORG-08b"),
        ((Close("0.1.1"),), PAPER, "ORG-12b"),
        ((Merge(("0.1.1",), "0.1.1"),), PAPER, "EDGE-19"),
        (MERGER, Paper("并村", "", DAY, DAY), "ORG-08b"),
        (MERGER, Paper("并村", "青岚组发〔2026〕12号", DAY + timedelta(days=1), DAY), "ORG-08b"),
        (MERGER, Paper("并村", "青岚组发〔2026〕12号", DAY, TODAY + timedelta(days=1)), "ORG-08b"),
    ],
)
def test_what_a_rule_forbids_writes_nothing(steps: tuple[Step, ...], paper: Paper, rule: str) -> None:
    county(1)
    before, seq = said(TODAY), head().seq

    with pytest.raises(Refused) as refused:
        do(plan(*steps), paper)

    assert {one.rule for one in refused.value.objections} == {rule}
    assert (said(TODAY), head().seq) == (before, seq)


def test_a_day_before_a_later_change_of_the_same_unit_is_refused() -> None:
    county(1)
    do(plan(Rename("0.1.1", "新桥村党支部")), Paper("更名", "青岚组发〔2026〕13号", DAY, DAY + timedelta(days=5)))

    with pytest.raises(Refused, match="已有变更"):
        do(plan(*MERGER))


@pytest.mark.parametrize(
    "later",
    [Merge(("0.1.1", "0.1.2"), "0.1.1"), Split("0.1.1", ("0.1.1", "0.1.2"))],
    ids=["took another in", "gave a part away"],
)
def test_a_unit_does_not_end_before_the_day_it_took_over_or_gave_away(later: Step) -> None:
    county(1)
    do(plan(later), Paper("调整", "青岚组发〔2026〕13号", DAY, DAY + timedelta(days=5)))

    ends = plan(Found("0.1.8", "石松村党支部", "村党支部", "0.1"), Merge(("0.1.1", "0.1.3"), "0.1.8"))
    with pytest.raises(Refused, match="已有变更"):
        do(ends)
    do(ends, Paper("调整", "青岚组发〔2026〕14号", DAY, DAY + timedelta(days=5)))
    assert list(findings()) == []


def test_a_reform_is_taken_back_in_as_many_statements_for_many_people_as_for_few() -> None:
    def statements(seed: int, people: int) -> int:
        county(seed, people=people)
        seq = do(plan(*MERGER))
        with CaptureQueriesContext(connection) as asked:
            take_reform_back(seq, actor=CLERK, reason="文件有误", today=TODAY, scope=ALL)
        return len(asked)

    with transaction.atomic():
        few = statements(1, 20)
        transaction.set_rollback(True)
    assert statements(1, 120) == few


def test_a_code_once_given_is_never_given_again() -> None:
    county(1)
    do(plan(*MERGER))

    with pytest.raises(Refused, match=r"0\.1\.1已经用过"):
        do(plan(Found("0.1.1", "又一村党支部", "村党支部", "0.1")))


def test_nobody_reforms_what_lies_outside_his_scope() -> None:
    ids = county(1)
    township = tree(TODAY).by_id[ids["0.1"]]
    scope = Scope((Range.below(township.path),), TODAY)

    with pytest.raises(NotAllowed):
        carry_out(plan(Merge(("0.1.1", "0.2.1"), "0.1.1")), PAPER, actor=CLERK, today=TODAY, scope=scope)
    assert carry_out(plan(*MERGER), PAPER, actor=CLERK, today=TODAY, scope=scope).people > 0


def test_rights_at_a_unit_that_ends_end_with_it_and_come_back_with_it() -> None:
    from yumiao.access.models import Account, Appointment

    ids = county(1)
    account = Account.objects.create(username="weixh", display_name="韦小禾", password="!")
    with writing() as current:
        put(current, Appointment, {"account_id": account.pk, "role": "branch_secretary", "unit_id": ids["0.1.1"]})

    seq = do(plan(*MERGER))
    assert [one.until for one in Appointment.objects.alive()] == [TODAY]

    take_reform_back(seq, actor=Actor(None, "韦小禾"), reason="文件有误", today=TODAY, scope=ALL)
    assert [one.until for one in Appointment.objects.alive()] == [date(9999, 12, 31)]


def test_terms_and_posts_of_a_unit_that_ends_end_with_it_and_come_back_with_it() -> None:
    from yumiao.posts.models import Post, Term

    ids = county(1)
    with writing() as current:
        unit = {"unit_id": ids["0.1.1"], "since": date(2023, 4, 18)}
        put(current, Term, {**unit, "due_on": date(2028, 4, 18)})
        put(current, Post, {**unit, "person_id": people_of(ids["0.1.1"])[0], "title": "secretary", "how": "elected"})

    seq = do(plan(*MERGER))
    assert [(one.until, one.ended_why) for one in Post.objects.alive()] == [(DAY, "组织撤销")]
    assert [one.until for one in Term.objects.alive()] == [DAY]

    take_reform_back(seq, actor=CLERK, reason="文件有误", today=TODAY, scope=ALL)
    assert [(one.until, one.ended_why) for one in Post.objects.alive()] == [(date(9999, 12, 31), "")]
    assert [one.until for one in Term.objects.alive()] == [date(9999, 12, 31)]
