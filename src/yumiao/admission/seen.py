"""What a review of a case looks at, item by item, each with a digest: an approval keeps them, and a later change is found by comparing. Pure.

Keys name steps and slots, never a person; the digest is made by the caller, keyed, so that nobody guesses a value from it.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from yumiao.admission.gates import TARGET, round_for
from yumiao.admission.history import CaseFile, Helper
from yumiao.admission.path import Edition

LAST_STEP: Final[Mapping[str, int]] = {
    "village_12": 11, "township_13": 12, "county_13": 12, "township_17": 16, "county_17": 17, "county_24": 24,
}  # fmt: skip
"""By point of review: the last step it looks at."""
Digest = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class SeenPaper:
    """A paper as a review looks at it: where it lies, which bytes, and how it was found, as one text."""

    uid: str
    slot: str
    step: int
    scan: str
    checked: str


class Kind(StrEnum):
    """How an item differs from what was seen."""

    ADDED = "added"
    CHANGED = "changed"
    MISSING = "missing"

    @property
    def label(self) -> str:
        return {"added": "审查后增加", "changed": "审查后变更", "missing": "审查后收回"}[self.value]


@dataclass(frozen=True, slots=True)
class Change:
    """One item that is not as it was seen."""

    key: str
    kind: Kind


def seen(file: CaseFile, papers: Sequence[SeenPaper], point: str, digest: Digest) -> dict[str, str]:
    """Every item a review at `point` looks at, by its key, with its digest."""
    return {key: digest(f"{key}|{text}") for key, text in _items(file, papers, LAST_STEP[point])}


def _items(file: CaseFile, papers: Sequence[SeenPaper], last: int) -> Iterator[tuple[str, str]]:
    for one in file.held:
        if one.step <= last:
            said = (
                one.on, one.outcome, one.document, one.place, one.people, one.note, one.days, one.hours, one.months, one.reason, one.is_late,
                one.motion,
            )  # fmt: skip
            yield f"step:{one.step}:{one.occurrence}", repr(said)
    for key, helpers in (("contacts", file.contacts), ("introducers", file.introducers)):
        if helpers and last < 24:  # whoever stood beside him ceases with the confirmation
            yield key, repr([_helper(one) for one in helpers])
    for lifted in file.exemptions:
        if lifted.step <= last:
            yield f"exempt:{lifted.step}:{lifted.rule}", repr((lifted.by, lifted.on, lifted.reason, lifted.document))
    for paper in papers:
        if paper.step <= last:
            yield f"paper:{paper.slot}:{paper.uid}", repr((paper.scan, paper.checked))
    if last >= 12 and (target := round_for(file.rounds, TARGET)) is not None and target.closed_on is not None:
        yield "round:target", repr((target.sent_on, target.closed_on, target.effect))


def _helper(one: Helper) -> tuple[object, ...]:
    return one.person, one.name, one.since


def digest_of(items: Mapping[str, str], digest: Digest) -> str:
    """One digest over all of them."""
    return digest(written(items))


def written(items: Mapping[str, str]) -> str:
    """As it is kept: canonical JSON."""
    return json.dumps(items, sort_keys=True, separators=(",", ":"))


def read_back(text: str) -> dict[str, str]:
    """What was kept."""
    found: dict[str, str] = json.loads(text)
    return found


def changes(then: Mapping[str, str], now: Mapping[str, str]) -> list[Change]:
    """Every item that differs, in the order of steps and slots."""
    found = [Change(key, Kind.ADDED) for key in now.keys() - then.keys()]
    found += [Change(key, Kind.MISSING) for key in then.keys() - now.keys()]
    found += [Change(key, Kind.CHANGED) for key in then.keys() & now.keys() if then[key] != now[key]]
    return sorted(found, key=lambda one: _place(one.key))


def _place(key: str) -> tuple[str, int, str]:
    kind, *rest = key.split(":")
    number = int(rest[0]) if rest and rest[0].isdecimal() else 0
    return kind, number, key


def label_of(key: str, path: Edition) -> str:
    """An item in words."""
    kind, *rest = key.split(":")
    if kind == "step":
        step = path.by_number[int(rest[0])].label
        return step if rest[1] == "1" else f"{step}（第 {rest[1]} 次）"
    if kind == "paper":
        slot = path.slots.get(rest[0])
        return f"材料 {rest[0]} {slot.title if slot else ''}".strip()
    if kind == "exempt":
        return f"{path.by_number[int(rest[0])].label}的例外（{rest[1]}）"
    return {"contacts": "培养联系人", "introducers": "入党介绍人", "round": "发展对象联审"}[kind]
