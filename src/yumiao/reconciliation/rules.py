"""The comparison itself: two lists of members, who is on one alone, what is said differently of the same. Pure.

Must not know: where the lists come from, who ticks a difference off.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from enum import StrEnum
from typing import Final, NamedTuple

KEPT_DAYS: Final = 30
BRANCH: Final = "branch"
NUMBER: Final = "number"
FIELDS: Final = ("name", "sex", "born_on", "ethnicity", "education", BRANCH, "is_full", "membership_on", "confirmed_on")
"""What is compared, in the order it is shown."""


class Kind(StrEnum):
    """On which list somebody stands, and whether both say the same."""

    HERE_ONLY = "here"
    THERE_ONLY = "there"
    DIFFERS = "differs"
    MAYBE = "maybe"


class Deed(StrEnum):
    """What was done about a difference."""

    REGISTER_CORRECTED = "register"
    HERE_CORRECTED = "here"
    LEFT = "left"

    @property
    def label(self) -> str:
        return DEED_LABELS[self]


DEED_LABELS: Final[Mapping[Deed, str]] = {
    Deed.REGISTER_CORRECTED: "已按本系统更正全国系统",
    Deed.HERE_CORRECTED: "已更正本系统",
    Deed.LEFT: "情况属实，不改",
}


@dataclass(frozen=True, slots=True)
class Here:
    """Somebody of the own record: `key` finds the identity number, `values` are texts by field; not a member now: `is_member` false."""

    person: int
    uid: str
    unit: int
    key: str
    values: Mapping[str, str]
    is_member: bool = True


@dataclass(frozen=True, slots=True)
class There:
    """A row of the register: `branches` are the units its branch may be, none where the name is no unit's. A missing value says nothing."""

    row: int
    key: str
    masked: str
    values: Mapping[str, str]
    branches: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Finding:
    """One difference. `field` is empty for a person as a whole; `unit` is where it belongs: that of the person, else of the row."""

    kind: Kind
    field: str = ""
    person: int | None = None
    uid: str = ""
    unit: int | None = None
    row: int | None = None
    name: str = ""
    masked: str = ""
    here: str = ""
    there: str = ""

    @property
    def key(self) -> str:
        """By which it is known again: kind, whose, which field. No value of anybody."""
        return f"{self.kind}.{self.uid or self.row}.{self.field}"


class Compared(NamedTuple):
    """A member of the own record who was compared; `agrees` where nothing differs."""

    person: int
    uid: str
    unit: int
    name: str
    agrees: bool


@dataclass(frozen=True, slots=True)
class Result:
    """All findings, who was compared, and by unit how many those are and how many of them agree in everything."""

    findings: tuple[Finding, ...]
    compared: Mapping[int, int] = field(default_factory=dict)
    agreeing: Mapping[int, int] = field(default_factory=dict)
    people: tuple[Compared, ...] = ()

    @classmethod
    def of(cls, findings: Iterable[Finding], people: Iterable[Compared]) -> Result:
        """With its counts."""
        everybody = tuple(people)
        compared = Counter(one.unit for one in everybody)
        agreeing = Counter(one.unit for one in everybody if one.agrees)
        return cls(tuple(findings), dict(compared), dict(agreeing), everybody)

    @property
    def without_people(self) -> Result:
        """What can be kept in memory: the counts stay."""
        return replace(self, people=())


def last_day(made_on: date) -> date:
    """The last day on which a comparison opens."""
    return made_on + timedelta(days=KEPT_DAYS - 1)


def compare(here: Sequence[Here], there: Sequence[There]) -> Result:
    """Everybody matched by number; of the rest, name and birth date say who may be the same, where they say it of one alone."""
    by_key = {one.key: one for one in here if one.key}
    pairs = [(by_key[row.key], row) for row in there if row.key in by_key]
    matched = {one.person for one, _row in pairs}
    left = [one for one in here if one.is_member and one.person not in matched]
    strange = [row for row in there if row.key not in by_key]
    maybe = _maybe(left, strange)
    findings: list[Finding] = []
    for one, row in pairs:
        findings += _differing(Kind.DIFFERS, one, row) if one.is_member else [_there_only(row, one)]
    for one, row in maybe:
        findings += [_pair(one, row), *_differing(Kind.MAYBE, one, row)]
    alike = {one.person for one, _row in maybe}
    rows = {row.row for _one, row in maybe}
    findings += [_here_only(one) for one in left if one.person not in alike]
    findings += [_there_only(row) for row in strange if row.row not in rows]
    differing = {found.person for found in findings}
    people = [
        Compared(one.person, one.uid, one.unit, one.values.get("name", ""), one.person not in differing)
        for one in here
        if one.is_member
    ]
    return Result.of(findings, people)


def _maybe(left: Iterable[Here], strange: Iterable[There]) -> list[tuple[Here, There]]:
    ours: dict[tuple[str, str], list[Here]] = defaultdict(list)
    theirs: dict[tuple[str, str], list[There]] = defaultdict(list)
    for one in left:
        ours[one.values.get("name", ""), one.values.get("born_on", "")].append(one)
    for row in strange:
        theirs[row.values.get("name", ""), row.values.get("born_on", "")].append(row)
    return [
        (ours[said][0], rows[0])
        for said, rows in theirs.items()
        if all(said) and len(rows) == 1 and len(ours.get(said, ())) == 1
    ]


def _differing(kind: Kind, one: Here, row: There) -> list[Finding]:
    return [
        _of_person(kind, one, row, name, one.values.get(name, ""), row.values[name])
        for name in FIELDS
        if row.values.get(name) and not _agrees(name, one, row)
    ]


def _agrees(name: str, one: Here, row: There) -> bool:
    """A branch whose name is no unit's says nothing: it is told once for the whole file."""
    if name == BRANCH:
        return not row.branches or one.unit in row.branches
    return one.values.get(name, "") == row.values[name]


def _of_person(kind: Kind, one: Here, row: There, name: str, here: str, there: str) -> Finding:
    said = one.values.get("name", "")
    return Finding(kind, name, one.person, one.uid, one.unit, row.row, said, row.masked, here, there)


def _pair(one: Here, row: There) -> Finding:
    return _of_person(Kind.MAYBE, one, row, NUMBER, "", row.masked)


def _here_only(one: Here) -> Finding:
    return Finding(Kind.HERE_ONLY, "", one.person, one.uid, one.unit, None, one.values.get("name", ""))


def _there_only(row: There, known: Here | None = None) -> Finding:
    unit = known.unit if known else min(row.branches, default=None)
    person, uid = (known.person, known.uid) if known else (None, "")
    name, branch = row.values.get("name", ""), row.values.get(BRANCH, "")
    return Finding(Kind.THERE_ONLY, "", person, uid, unit, row.row, name, row.masked, "", branch)
