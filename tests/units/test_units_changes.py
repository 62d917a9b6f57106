"""Steps of a reform over a tree: what stands after them, who succeeds whom, and what is refused."""

from __future__ import annotations

import pytest

from yumiao.rulebook.rules import examples_that_disagree
from yumiao.units import drafts
from yumiao.units.change_rules import CHANGE_RULES
from yumiao.units.changes import (
    Close,
    Found,
    Merge,
    Move,
    Outcome,
    Rekind,
    Rename,
    Split,
    Standing,
    Step,
    Succeeds,
    applied,
    codes_of,
)

TREE = (
    Standing("0", "青岚县委", "县委", None),
    Standing("0.1", "青石镇党委", "乡镇党委", "0"),
    Standing("0.2", "云岭乡党委", "乡镇党委", "0"),
    Standing("0.1.1", "石桥村党支部", "村党支部", "0.1"),
    Standing("0.1.2", "松坪村党支部", "村党支部", "0.1"),
    Standing("0.1.3", "河口社区党总支", "社区党总支", "0.1"),
    Standing("0.1.3.1", "河口第一党支部", "社区党支部", "0.1.3"),
    Standing("0.2.1", "坪上村党支部", "村党支部", "0.2"),
    Standing("0.1.9", "镇机关党支部", "机关党支部", "0.1"),
)
NEW = Found("0.1.8", "石松村党支部", "村党支部", "0.1")


def done(*steps: Step) -> Outcome:
    return applied(TREE, steps)


def rules_against(outcome: Outcome) -> list[tuple[int, str]]:
    return [(fault.place, fault.objection.rule) for fault in outcome.faults]


def test_two_villages_merge_into_one_that_is_founded() -> None:
    outcome = done(NEW, Merge(("0.1.1", "0.1.2"), "0.1.8"))

    assert outcome.ended == ["0.1.1", "0.1.2"]
    assert outcome.founded == ("0.1.8",)
    assert outcome.heirs == {"0.1.1": ("0.1.8",), "0.1.2": ("0.1.8",)}
    assert outcome.successions == [Succeeds("0.1.1", "0.1.8", False, True), Succeeds("0.1.2", "0.1.8", False, True)]
    assert outcome.faults == ()
    assert outcome.changed() == []


def test_a_village_is_taken_in_by_another_that_goes_on() -> None:
    outcome = done(Merge(("0.1.1", "0.1.2"), "0.1.1"), Rename("0.1.1", "石松村党支部"))

    assert outcome.ended == ["0.1.2"]
    assert outcome.heirs == {"0.1.2": ("0.1.1",)}
    assert outcome.changed() == ["0.1.1"]
    assert outcome.after["0.1.1"].name == "石松村党支部"


def test_what_stands_below_comes_to_stand_below_the_successor() -> None:
    outcome = done(Rekind("0.1.1", "村党总支"), Merge(("0.1.3", "0.1.1"), "0.1.1"))

    assert outcome.after["0.1.3.1"].parent == "0.1.1"
    assert outcome.faults == ()


def test_a_branch_cannot_have_below_it_what_the_merged_general_branch_had() -> None:
    outcome = done(Merge(("0.1.3", "0.1.1"), "0.1.1"))

    assert rules_against(outcome) == [(0, "ORG-08")]
    assert outcome.blocks


def test_a_divided_village_that_ends_leaves_its_history_to_the_first_part() -> None:
    other = Found("0.1.7", "松下村党支部", "村党支部", "0.1")
    outcome = done(NEW, other, Split("0.1.2", ("0.1.8", "0.1.7")))

    assert outcome.heirs == {"0.1.2": ("0.1.8", "0.1.7")}
    assert outcome.successions == [Succeeds("0.1.2", "0.1.8", True, True), Succeeds("0.1.2", "0.1.7", True, False)]


def test_a_village_that_gives_a_part_away_is_the_first_of_its_own_heirs() -> None:
    outcome = done(NEW, Split("0.1.2", ("0.1.8", "0.1.2")))

    assert outcome.ended == []
    assert outcome.heirs == {"0.1.2": ("0.1.2", "0.1.8")}
    assert outcome.successions == [Succeeds("0.1.2", "0.1.8", True, False)]


def test_a_part_given_away_stays_an_heir_when_the_rest_is_merged() -> None:
    outcome = done(NEW, Split("0.1.2", ("0.1.8", "0.1.2")), Merge(("0.1.1", "0.1.2"), "0.1.1"))

    assert outcome.heirs == {"0.1.2": ("0.1.1", "0.1.8")}


def test_what_is_founded_and_merged_away_again_leaves_no_trace() -> None:
    outcome = done(NEW, Merge(("0.1.1", "0.1.2"), "0.1.8"), Merge(("0.1.8", "0.2.1"), "0.2.1"))

    assert outcome.founded == ()
    assert outcome.heirs == {"0.1.1": ("0.2.1",), "0.1.2": ("0.2.1",)}


def test_a_township_moves_nothing_but_itself_and_everything_below_follows() -> None:
    outcome = done(Merge(("0.1", "0.2"), "0.1"))

    assert outcome.ended == ["0.2"]
    assert outcome.after["0.2.1"].parent == "0.1"
    assert outcome.changed() == ["0.2.1"]


@pytest.mark.parametrize(
    ("steps", "expected"),
    [
        ((Found("0.1.1", "重复村党支部", "村党支部", "0.1"),), [(0, "DIVC-05")]),
        ((Found("", "无码村党支部", "村党支部", "0.1"),), [(0, "DIVC-05")]),
        ((Found("0.1.8", " ", "村党支部", "0.1"),), [(0, "ORG-08b")]),
        ((Found("0.1.8", "某村", "村委会", "0.1"),), [(0, "ORG-08")]),
        ((Found("0.1.8", "某村党支部", "村党支部", "0.5"),), [(0, "ORG-08b")]),
        ((Found("0.1.8", "某村党支部", "村党支部", "0.1.9"),), [(0, "ORG-08")]),
        ((Rename("0.5", "某村"),), [(0, "ORG-08b")]),
        ((Rename("0.1.1", ""),), [(0, "ORG-08b")]),
        ((Rekind("0.1.1", "村委会"),), [(0, "ORG-08")]),
        ((Move("0.1", "0.1.1"),), [(0, "ORG-08")]),
        ((Move("0", "0.1"),), [(0, "ORG-08")]),
        ((Move("0.1.1", "0.2"), Move("0.1.1", "0.1.2")), [(1, "ORG-08")]),
        ((Close("0.1.3"),), [(0, "ORG-08b")]),
        ((Close("0.1.1"), Rename("0.1.1", "某村")), [(1, "ORG-08b")]),
        ((Merge(("0.1.1", "0.1.2"), "0.1.1"), Close("0.1.1")), [(1, "ORG-08b")]),
        ((Split("0.1.1", ("0.1.1", "0.1.2")), Close("0.1.1")), [(1, "ORG-08b")]),
        ((NEW, Split("0.1.1", ("0.1.1", "0.1.8")), Close("0.1.8")), [(2, "ORG-08b")]),
        ((Merge(("0.1.1",), "0.1.1"),), [(0, "EDGE-19")]),
        ((Merge(("0.1.1", "0.1.9"), "0.1.1"),), [(0, "EDGE-19")]),
        ((Merge(("0.1.1", "0.5", "0.6"), "0.1.1"),), [(0, "ORG-08b"), (0, "ORG-08b")]),
        ((Merge(("0.1.3", "0.1.3.1"), "0.1.3.1"),), [(0, "EDGE-19")]),
        ((Split("0.1.1", ("0.1.1",)),), [(0, "EDGE-20")]),
        ((Split("0.1.1", ("0.1.1", "0.1.9")),), [(0, "EDGE-20")]),
        ((Split("0.1.3", ("0.1.3.1", "0.1.2")),), [(0, "EDGE-20")]),
        ((NEW, Rename("0.1.1", "石松村党支部")), [(1, "DIVC-05")]),
    ],
)
def test_a_step_that_cannot_be_is_named_with_its_rule(steps: tuple[Step, ...], expected: list[tuple[int, str]]) -> None:
    assert rules_against(done(*steps)) == expected


def test_two_units_of_one_name_are_only_pointed_out() -> None:
    assert not done(NEW, Rename("0.1.1", "石松村党支部")).blocks


def test_a_code_that_somebody_had_before_is_not_given_again() -> None:
    assert rules_against(applied(TREE, [NEW], taken=frozenset({"0.1.8"}))) == [(0, "DIVC-05")]


def test_the_steps_that_can_be_done_are_done_beside_those_that_cannot() -> None:
    outcome = done(Rename("0.5", "某村"), Rename("0.1.1", "新石桥村党支部"))

    assert outcome.after["0.1.1"].name == "新石桥村党支部"


def test_steps_come_back_from_their_text_as_they_were() -> None:
    steps = (NEW, Rename("0.1.1", "甲村"), Rekind("0.1.1", "村党总支"), Move("0.1.2", "0.2"), Close("0.1.9"),
             Merge(("0.1.1", "0.1.2"), "0.1.8"), Split("0.1.3", ("0.1.3", "0.1.8")))  # fmt: skip

    assert drafts.read(drafts.written(steps)) == steps
    assert [codes_of(step)[0] for step in steps] == ["0.1.8", "0.1.1", "0.1.1", "0.1.2", "0.1.9", "0.1.1", "0.1.3"]


@pytest.mark.parametrize("text", ["{}", '[{"step": "burn"}]', "[1]"])
def test_a_text_that_is_no_list_of_steps_is_no_reform(text: str) -> None:
    with pytest.raises(ValueError, match="no "):
        drafts.read(text)


def test_the_rules_of_changes_are_what_their_examples_say() -> None:
    assert [line for rule in CHANGE_RULES for line in examples_that_disagree(rule)] == []
