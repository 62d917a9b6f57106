"""Terms by kind, their state by the day, committees by numbers, what a branch is advised: each at its edge."""

from __future__ import annotations

from datetime import date

import pytest

from yumiao.posts.judging import Candidate, election_objections, end_objections, post_objections, structure_hints
from yumiao.posts.rules import How, TermState, Title, term_due_on, term_state, term_years

DAY = date(2026, 3, 5)


@pytest.mark.parametrize(
    ("kind", "years"),
    [
        ("村党支部", 5), ("社区党支部", 5), ("村党总支", 5), ("村党委", 5), ("乡镇党委", 5), ("街道党工委", 5), ("机关党委", 5),
        ("机关党支部", 3), ("两新组织党支部", 3), ("学校党总支", 3), ("企业联合党支部", 3), ("党小组", None), ("县委", None),
    ],
)  # fmt: skip
def test_the_years_of_a_term_follow_from_the_kind(kind: str, years: int | None) -> None:
    assert term_years(kind) == years


def test_a_term_ends_on_the_corresponding_day_or_the_last_of_that_month() -> None:
    assert term_due_on("机关党支部", date(2023, 3, 5)) == DAY
    assert term_due_on("村党支部", date(2024, 2, 29)) == date(2029, 2, 28)
    assert term_due_on("党小组", DAY) is None


@pytest.mark.parametrize(
    ("day", "state"),
    [
        (date(2025, 9, 4), TermState.RUNNING),
        (date(2025, 9, 5), TermState.SOON),
        (date(2026, 3, 5), TermState.SOON),
        (date(2026, 3, 6), TermState.OVERDUE),
    ],
)
def test_a_term_is_due_six_months_ahead_and_over_the_day_after(day: date, state: TermState) -> None:
    assert term_state(DAY, day) is state
    assert term_state(None, day) is TermState.UNRECORDED


def someone(title: Title, person: int, *, full_since: date | None = date(2010, 7, 1), **more: bool) -> Candidate:
    given = {"is_on_probation": False, "stands_here": True} | more
    return Candidate(title, person, f"甲{person}", full_since, **given)


def said(
    elected: list[Candidate], *, full_members: int = 9, kind: str = "村党支部", on: date = DAY
) -> list[tuple[str, str]]:
    found = election_objections(
        kind=kind, elected_on=on, today=DAY, previous_on=date(2021, 3, 5), full_members=full_members, elected=elected
    )
    return [(one.rule, one.severity.value) for one in found]


COMMITTEE = [someone(Title.SECRETARY, 1), someone(Title.ORGANISATION, 2), someone(Title.PUBLICITY, 3)]


def test_seven_full_members_make_a_committee_of_three_to_five_and_six_make_none() -> None:
    assert said(COMMITTEE, full_members=7) == []
    assert said(COMMITTEE, full_members=6) == [("ORG-03", "block")]
    assert said(COMMITTEE[:2], full_members=7) == [("ORG-03", "warn")]
    assert said(COMMITTEE[:1], full_members=6) == []
    assert said(COMMITTEE[:1], full_members=7) == [("ORG-03", "warn")]
    six = [*COMMITTEE, *(someone(Title.COMMITTEE, place) for place in (4, 5, 6))]
    assert said(six[:5]) == []
    assert said(six) == [("ORG-03", "warn")]
    both = [*COMMITTEE, someone(Title.DISCIPLINE, 2)]
    assert said(both) == []


def test_a_township_committee_has_seven_to_nine_members() -> None:
    people = [someone(Title.SECRETARY, 1), *(someone(Title.COMMITTEE, place) for place in range(2, 8))]
    assert said(people, kind="乡镇党委") == []
    assert said(people[:6], kind="乡镇党委") == [("ORG-09", "warn")]


def test_an_election_has_one_secretary_who_is_a_full_member_of_a_year() -> None:
    assert said(COMMITTEE[1:], full_members=9)[0] == ("POS-02", "block")
    assert said([someone(Title.SECRETARY, 1, full_since=date(2025, 3, 5))], full_members=6) == []
    assert said([someone(Title.SECRETARY, 1, full_since=date(2025, 3, 6))], full_members=6) == [("ORG-14", "warn")]
    assert said([someone(Title.SECRETARY, 1, full_since=None)], full_members=6) == [("POS-01", "block")]
    assert said([someone(Title.SECRETARY, 1, is_on_probation=True)], full_members=6) == [("POS-01", "block")]
    assert said([someone(Title.SECRETARY, 1, stands_here=False)], full_members=6) == [("POS-01", "warn")]


def test_an_election_lies_after_the_one_before_and_not_in_the_future() -> None:
    one = [someone(Title.SECRETARY, 1)]
    assert said(one, full_members=6, on=date(2021, 3, 5)) == [("POS-04", "block")]
    assert said(one, full_members=6, on=date(2021, 3, 6)) == []
    assert said(one, full_members=6, on=date(2026, 3, 6)) == [("POS-04", "block")]
    assert said(one, full_members=6, kind="党小组") == [("POS-04", "block")]


def against(one: Candidate, **more: object) -> list[tuple[str, str]]:
    given = {
        "how": How.SENT, "since": DAY, "due_on": date(2028, 3, 5), "sending_unit": "县农业农村局", "today": DAY, "others": 0,
        "full_members": 9, "kind": "村党支部",
    }  # fmt: skip
    return [(found.rule, found.severity.value) for found in post_objections(one, **(given | more))]  # type: ignore[arg-type]


def test_who_is_sent_comes_with_a_unit_and_an_end() -> None:
    first = someone(Title.FIRST_SECRETARY, 1, stands_here=False)
    assert against(first) == []
    assert against(first, sending_unit=" ") == [("POS-03", "block")]
    assert against(first, due_on=None) == [("POS-03", "block")]
    assert against(first, due_on=DAY) == [("POS-03", "block")]
    assert against(first, others=1) == [("POS-02", "block")]
    assert against(someone(Title.RESIDENT, 1, full_since=None, stands_here=False), others=3) == []
    assert against(someone(Title.FIRST_SECRETARY, 1, full_since=None)) == [("POS-01", "block")]


def test_a_post_is_not_of_the_future_and_a_small_branch_has_no_committee_member() -> None:
    member = someone(Title.COMMITTEE, 1)
    assert against(member, how=How.ELECTED, due_on=None, full_members=7) == []
    assert against(member, how=How.ELECTED, due_on=None, full_members=6) == [("ORG-03", "block")]
    assert against(member, how=How.ELECTED, due_on=None, since=date(2026, 3, 6))[0] == ("POS-04", "block")


def test_a_post_ends_after_it_began_with_a_reason() -> None:
    def faults(ended_on: date, why: str) -> int:
        return len(end_objections(since=date(2026, 3, 1), ended_on=ended_on, today=DAY, why=why))

    assert (faults(DAY, "调离"), faults(date(2026, 3, 2), "调离")) == (0, 0)
    assert (faults(date(2026, 3, 1), "调离"), faults(date(2026, 3, 6), "调离"), faults(DAY, " ")) == (1, 1, 1)


@pytest.mark.parametrize(
    ("members", "full_members", "titles", "rules"),
    [
        (3, 2, [], ["ORG-01"]),
        (3, 3, [], []),
        (50, 50, [], []),
        (51, 50, [], ["ORG-02"]),
        (99, 90, [], ["ORG-02"]),
        (100, 90, [], ["ORG-06"]),
        (7, 6, [Title.SECRETARY], []),
        (7, 7, [Title.SECRETARY], ["ORG-03"]),
        (7, 7, [Title.SECRETARY, Title.ORGANISATION], []),
        (7, 6, [Title.SECRETARY, Title.ORGANISATION], ["ORG-03"]),
        (0, 0, [], []),
    ],
)
def test_the_numbers_of_a_branch_advise_at_their_edges(
    members: int, full_members: int, titles: list[Title], rules: list[str]
) -> None:
    found = structure_hints(kind="村党支部", members=members, full_members=full_members, titles=titles)
    assert [one.rule for one in found] == rules


def test_a_joint_branch_may_be_small_and_a_general_branch_is_not_advised() -> None:
    assert structure_hints(kind="企业联合党支部", members=2, full_members=2, titles=[]) == []
    assert structure_hints(kind="村党总支", members=120, full_members=100, titles=[]) == []
