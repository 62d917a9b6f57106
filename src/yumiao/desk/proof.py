"""Everything `yumiao verify` proves: the journal's own proof, and the stored computations that it cannot know."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

from django.db.models import Max

from yumiao.bylaws.queries import LeapBirthdays
from yumiao.files.store import lost
from yumiao.journal import proof
from yumiao.journal.facts import kinds
from yumiao.journal.proof import Finding
from yumiao.kernel.ages import birth_number, completed_years
from yumiao.people.models import Membership, PersonRecord
from yumiao.units.models import Placement, UnitRecord
from yumiao.units.rules import Node, arrange

MOST_ROWS_OF_A_PAGE: Final = 200_000  # about five seconds, during which nobody writes


@dataclass(frozen=True, slots=True)
class Verdict:
    """What one proof found, and of what: entries, first and last moment, short code of the head (`journal.proof.extent`)."""

    at: datetime
    findings: tuple[Finding, ...]
    extent: dict[str, Any]

    @property
    def first_bad(self) -> int | None:
        """The first entry that is not as it should be, where a finding names one."""
        return min((one.seq for one in self.findings if one.seq is not None), default=None)


def verdict() -> Verdict:
    """Prove everything now."""
    found = tuple(findings())
    return Verdict(datetime.now(UTC), found, extent())


def extent() -> dict[str, Any]:
    """What there is to prove (`journal.proof.extent`)."""
    return proof.extent()


def rows_to_prove() -> int:
    """How many rows a proof reads, at most: by the highest id of each table, which costs no counting."""
    tops = (model._default_manager.aggregate(top=Max("pk"))["top"] for model in kinds())
    return sum(top or 0 for top in tops)


def findings(*, whole_files: bool = False) -> Iterator[Finding]:
    """All findings. `whole_files`: every scan is opened, else it is only looked whether its file lies there.

    What is computed from the rows is looked at only while the journal's own proof holds: rows that are gone compute nothing.
    """
    found = list(proof.findings())
    yield from found
    if not found:
        yield from _birth_numbers()
        yield from _ages()
        yield from _places()
        yield from _files(whole=whole_files)


def _birth_numbers() -> Iterator[Finding]:
    rows = PersonRecord.objects.alive().exclude(born_on=None).values_list("entered", "born_on", "birth_number")
    for entered, born_on, number in rows.iterator(chunk_size=2000):
        if born_on is not None and number != birth_number(born_on):
            yield Finding(entered, f"第 {entered} 条写入的出生日期与其数字形式不符。")


def _ages() -> Iterator[Finding]:
    births = dict(PersonRecord.objects.open().values_list("person_id", "born_on"))
    leap = LeapBirthdays()
    rows = Membership.objects.alive().values_list("entered", "person_id", "membership_on", "age_years")
    for entered, person, on, age in rows.iterator(chunk_size=2000):
        born_on = births.get(person)
        if age != (completed_years(born_on, on, leap.on(on)) if born_on else None):
            yield Finding(entered, f"第 {entered} 条写入的入党时年龄与出生日期不符。")


def _files(*, whole: bool) -> Iterator[Finding]:
    for entered, uid in lost(whole=whole):
        yield Finding(entered, f"第 {entered} 条放入的扫描件 {uid} 的文件缺失或者已被改动，请从备份恢复。")


def _places() -> Iterator[Finding]:
    kinds = dict(UnitRecord.objects.open().values_list("unit_id", "kind"))
    standing = list(Placement.objects.open())
    places = arrange(Node(place.unit_id, kinds[place.unit_id], place.parent_id) for place in standing)
    for place in standing:
        should = places[place.unit_id]
        if (place.path, place.village_id, place.township_id) != (should.path, should.village, should.township):
            yield Finding(place.entered, f"第 {place.entered} 条写入的组织位置与上下级关系不符。")
