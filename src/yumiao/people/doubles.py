"""Who may be one person entered twice, by what is known of two records; a ground, never a score (IDN-06, EDGE-13). Pure.

Must not know: tables, who looks. People are compared within small groups that share a birth, so their number may grow.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import IntEnum
from functools import lru_cache
from itertools import combinations
from typing import Final

from yumiao.people.names import plain
from yumiao.people.pinyin import reading
from yumiao.people.rules import HANDBOOK
from yumiao.rulebook import Confidence, Rule

MOST_TOGETHER: Final = 12
"""In a greater group of equals each is compared with the first alone: they are found one after the other."""
_SHORTEST: Final = 3  # characters of a name of which one may be another


class Ground(IntEnum):
    """Why two may be one, the strongest first."""

    NUMBER = 1
    NAME_AND_BIRTH = 2
    SIMILAR_AND_BIRTH = 3
    READING_AND_MONTH = 4

    @property
    def label(self) -> str:
        return _LABELS[self]


_LABELS: Final = {
    Ground.NUMBER: "原身份证号码（15 位）与对方的公民身份号码是同一个",
    Ground.NAME_AND_BIRTH: "姓名、出生日期相同",
    Ground.SIMILAR_AND_BIRTH: "姓名同音或只差一字，出生日期相同",
    Ground.READING_AND_MONTH: "姓名同音，性别、出生年月相同",
}


@dataclass(frozen=True, slots=True)
class Candidate:
    """What of a record is compared: `birth` is YYYYMMDD or None, `numbers` are index values, a former number under its 18-digit form."""

    person: int
    name: str
    sex: str
    birth: int | None
    numbers: frozenset[bytes] = frozenset()


def pairs(people: Iterable[Candidate]) -> dict[tuple[int, int], Ground]:
    """The strongest ground of every two who may be one, by their ids in order."""
    groups: dict[Ground, _Groups] = {ground: _Groups() for ground in Ground}
    for one in people:
        for number in one.numbers:
            groups[Ground.NUMBER].add(number, one.person)
        if (keys := _keys(one.name, one.birth, one.sex)) is not None:
            groups[Ground.NAME_AND_BIRTH].add(keys.name, one.person)
            groups[Ground.READING_AND_MONTH].add(keys.month, one.person)
            for key in keys.similar:
                groups[Ground.SIMILAR_AND_BIRTH].add(key, one.person)
    found: dict[tuple[int, int], Ground] = {}
    for ground in Ground:
        for group in groups[ground].found.values():
            for pair in _together(sorted(group)):
                found.setdefault(pair, ground)
    return found


class _Groups:
    """People by what they share; most share nothing with anybody, so only a second one makes a group."""

    def __init__(self) -> None:
        self.first: dict[Hashable, int] = {}
        self.found: dict[Hashable, set[int]] = {}

    def add(self, key: Hashable, person: int) -> None:
        first = self.first.setdefault(key, person)
        if first != person:
            self.found.setdefault(key, {first}).add(person)


def _together(group: list[int]) -> Iterator[tuple[int, int]]:
    if len(group) <= MOST_TOGETHER:
        yield from combinations(group, 2)
    else:
        yield from ((group[0], other) for other in group[1:])


@dataclass(frozen=True, slots=True)
class _Keys:
    """What somebody shares with whom he may be, beside the number, as hashes of 64 bits: a county's worth is remembered at once."""

    name: int
    month: int
    similar: tuple[int, ...]


@lru_cache(maxsize=30_000)  # most of a county is as it was when the next act asks again
def _keys(name: str, birth: int | None, sex: str) -> _Keys | None:
    if birth is None:
        return None
    called = plain(name)
    heard = reading(called)
    similar = [hash((heard, birth))]
    if len(called) >= _SHORTEST:  # the surname is the same
        for place in range(1, len(called)):
            similar.append(hash((place, called[:place] + called[place + 1 :], len(called), birth)))
    return _Keys(hash((called, birth)), hash((heard, birth // 100, sex)), tuple(similar))


def _differ(*, name: str, other_name: str, born_on: date, other_born_on: date) -> bool:
    births = (int(f"{day:%Y%m%d}") for day in (born_on, other_born_on))
    both = [
        Candidate(place, who, "m", birth)
        for place, (who, birth) in enumerate(zip((name, other_name), births, strict=True))
    ]
    return not pairs(both)


IDN_06: Final = Rule(
    id="IDN-06",
    title="一人只登记一次",
    text="公民身份号码（含 15 位旧号码）相同的是同一人。姓名和出生日期相同的，姓名同音或只差一字而出生日期相同的，姓名同音而性别、"
    "出生年月相同的，列为疑似重复，由人核对后合并或判定不是同一人；系统不自行合并。",
    source=HANDBOOK,
    article="IDN-06",
    since=date(2026, 1, 1),
    confidence=Confidence.DEFAULT,
    words={"name": "姓名", "other_name": "另一姓名", "born_on": "出生日期", "other_born_on": "另一出生日期"},
    holds=_differ,
    passing=(
        {"name": "韦清禾", "other_name": "韦清和", "born_on": date(1990, 1, 1), "other_born_on": date(1990, 2, 1)},
        {"name": "韦清禾", "other_name": "李清禾", "born_on": date(1990, 1, 1), "other_born_on": date(1990, 1, 1)},
    ),
    failing=(
        {"name": "阿吉·木果", "other_name": "阿吉木果", "born_on": date(1990, 1, 1), "other_born_on": date(1990, 1, 1)},
        {"name": "張麗", "other_name": "张丽", "born_on": date(1990, 1, 1), "other_born_on": date(1990, 1, 1)},
        {"name": "韦清禾", "other_name": "韦春禾", "born_on": date(1990, 1, 1), "other_born_on": date(1990, 1, 1)},
        {"name": "韦清禾", "other_name": "韦清和", "born_on": date(1990, 1, 1), "other_born_on": date(1990, 1, 10)},
    ),
)
