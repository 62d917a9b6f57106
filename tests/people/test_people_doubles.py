"""Who may be one person entered twice: the grounds at their edges, and that many equals make no square of pairs."""

from __future__ import annotations

import pytest

from yumiao.people.doubles import MOST_TOGETHER, Candidate, Ground, pairs

BIRTH = 19900105


def two(
    name: str, other: str, *, birth: int | None = BIRTH, other_birth: int | None = BIRTH, sexes: str = "mm"
) -> object:
    """The ground two have, None for none."""
    people = [Candidate(1, name, sexes[0], birth), Candidate(2, other, sexes[1], other_birth)]
    return pairs(people).get((1, 2))


@pytest.mark.parametrize(
    "name, other, ground",
    [
        ("韦禾", "韦禾", Ground.NAME_AND_BIRTH),
        ("阿吉·木果", "阿吉木果", Ground.NAME_AND_BIRTH),
        ("張麗", "张丽", Ground.SIMILAR_AND_BIRTH),
        ("韦禾", "韦和", Ground.SIMILAR_AND_BIRTH),
        ("韦清禾", "韦春禾", Ground.SIMILAR_AND_BIRTH),
        ("韦清禾", "韦清山", Ground.SIMILAR_AND_BIRTH),
        ("韦清禾", "李清禾", None),
        ("韦清禾", "韦春山", None),
        ("韦禾", "韦山", None),
        ("单志", "丹志", None),
    ],
)
def test_names_of_one_birth_date_are_alike_or_not(name: str, other: str, ground: Ground | None) -> None:
    assert two(name, other) == ground


@pytest.mark.parametrize(
    "other, birth, sexes, ground",
    [
        ("韦禾", 19900131, "mm", Ground.READING_AND_MONTH),
        ("韦和", 19900131, "mm", Ground.READING_AND_MONTH),
        ("韦禾", 19900131, "mf", None),
        ("韦禾", 19900201, "mm", None),
        ("韦禾", None, "mm", None),
    ],
)
def test_of_another_birth_date_only_a_like_sounding_name_of_that_month_and_sex(
    other: str, birth: int | None, sexes: str, ground: Ground | None
) -> None:
    assert two("韦禾", other, other_birth=birth, sexes=sexes) == ground


def test_one_number_is_the_strongest_ground_whatever_the_names() -> None:
    shared = frozenset({b"n"})
    people = [Candidate(1, "韦禾", "m", BIRTH, shared), Candidate(2, "李山", "f", None, shared)]
    assert pairs(people) == {(1, 2): Ground.NUMBER}


@pytest.mark.parametrize("equals, expected", [(MOST_TOGETHER, 66), (MOST_TOGETHER + 1, 12), (1000, 999)])
def test_many_equals_are_each_compared_with_the_first_alone(equals: int, expected: int) -> None:
    assert len(pairs(Candidate(place, "韦禾", "m", BIRTH) for place in range(equals))) == expected


def test_a_person_is_no_double_of_himself() -> None:
    assert pairs([Candidate(1, "韦禾", "m", BIRTH, frozenset({b"a", b"b"}))]) == {}
