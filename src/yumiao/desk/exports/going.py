"""What goes out: one list under the conditions of its page, ready to be looked at, asked for and written.

Must not know: which lists there are, requests.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Final

from django.http import QueryDict
from django.utils.translation import gettext as _

from yumiao.desk.workbook.importing import collector_resting
from yumiao.journal.acts import Actor
from yumiao.journal.readings import What, record_reading
from yumiao.kernel.objections import Objection, Refused
from yumiao.kernel.official import OfficialTable
from yumiao.kernel.periods import on_paper
from yumiao.kernel.resources import Resource, Values
from yumiao.sheets.marks import Mark
from yumiao.sheets.official import write_ledger
from yumiao.ui.addresses import reverse
from yumiao.ui.spelling import CHINA
from yumiao.units.queries import UnitOnDay


@dataclass(frozen=True, slots=True)
class Limits:
    """`rows`: the most that go out in one file; `unproven`: the most people a file may name without a fresh proof of who sits there."""

    rows: int = 20_000
    unproven: int = 200


LIMITS: Final = Limits()


@dataclass(frozen=True, slots=True)
class Going:
    """One list of `unit` (None: of no one unit) on `day`.

    `conditions` are the filter in words, `count` its rows; `is_of_people`: each of them is a person. `rows` reads them, at most
    as many as it is told. `back` is the address of its page.
    """

    resource: Resource
    title: str
    unit: UnitOnDay | None
    day: date
    conditions: Sequence[str]
    count: int
    is_of_people: bool
    rows: Callable[[int], Sequence[Values]]
    back: str

    @property
    def people(self) -> int:
        return self.count if self.is_of_people else 0

    @property
    def file_name(self) -> str:
        """`青岚县委党员名册（2026年10月31日）.xlsx`"""
        return f"{self.unit.name if self.unit else ''}{self.title}（{on_paper(self.day)}）.xlsx"

    def refuse_beyond(self, limits: Limits) -> None:
        """Raises `Refused` where there are more rows than one file takes."""
        if self.count > limits.rows:
            raise Refused([_too_many(limits)])


def page_of(route: str, get: QueryDict, *args: str) -> str:
    """The address of the page a list is taken out of, with the conditions it was shown under."""
    address = reverse(route, args=args)
    return f"{address}?{get.urlencode()}" if get else address


def write_unnamed(target: Path, going: Going, *, actor: Actor, now: datetime, code: str, limits: Limits) -> None:
    """Write a list that names nobody, marked with who took it out and when."""
    with collector_resting():
        _write(target, going, _read(going, limits), Mark(actor.label, now.astimezone(CHINA)), code)


def write_on_record(
    target: Path, going: Going, *, actor: Actor, purpose: str, now: datetime, code: str, limits: Limits
) -> int:
    """Write a list that is kept on record; the number of its reading, which is recorded before the file appears, stands in it. Returns the number."""
    with collector_resting():
        rows = _read(going, limits)
        number = record_reading(
            What.LIST,
            actor=actor,
            subject_kind="unit",
            subject=going.unit.uid if going.unit else None,
            count=len(rows) if going.is_of_people else 0,
            purpose=purpose,
        )
        _write(target, going, rows, Mark(actor.label, now.astimezone(CHINA), number), code)
        return number


def _read(going: Going, limits: Limits) -> Sequence[Values]:
    """All rows. Raises `Refused` where there are too many by now."""
    rows = going.rows(limits.rows + 1)
    if len(rows) > limits.rows:
        raise Refused([_too_many(limits)])
    return rows


def _write(target: Path, going: Going, rows: Sequence[Values], mark: Mark, code: str) -> None:
    table = OfficialTable(
        title=going.title,
        heading=going.title,
        unit=going.unit.name if going.unit else "",
        on=going.day,
        columns=going.resource.columns(),
        rows=[going.resource.cells(row) for row in rows],
        code=code,
    )
    write_ledger(target, [table], mark=mark)


def _too_many(limits: Limits) -> Objection:
    return Objection(
        rule="",
        text=_("一个文件最多导出 %(most)s 行，这个名单超过了。") % {"most": limits.rows},
        next_step=_("回到名单，按乡镇或者其他条件分几次导出；整县请用“导入导出”中的导出县工作簿。"),
    )
