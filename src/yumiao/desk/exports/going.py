"""What goes out: one list under the conditions of its page, ready to be looked at, asked for and written.

Must not know: which lists there are, requests.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
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
from yumiao.press.tables import print_tables
from yumiao.sheets.marks import Mark
from yumiao.sheets.official import write_ledger
from yumiao.ui.addresses import reverse
from yumiao.ui.spelling import CHINA
from yumiao.units.queries import UnitOnDay


class Form(StrEnum):
    """What a list goes out as; the value is the ending of the file."""

    WORKBOOK = "xlsx"
    PDF = "pdf"


@dataclass(frozen=True, slots=True)
class Limits:
    """`rows`, `printed`: the most that go out in one workbook and one print; `unproven`: the most people either may name without a fresh
    proof of who sits there.
    """

    rows: int = 20_000
    unproven: int = 200
    printed: int = 600  # some seconds of typesetting

    def most(self, form: Form) -> int:
        return self.printed if form is Form.PDF else self.rows


LIMITS: Final = Limits()


@dataclass(frozen=True, slots=True)
class Going:
    """One list of `unit` (None: of no one unit) on `day`.

    `conditions` are the filter in words, `count` its rows; `is_of_people`: each of them is a person, or as many as `people_a_row`.
    `rows` reads them, at most as many as it is told. `back` is the address of its page.
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
    people_a_row: int = 1

    @property
    def people(self) -> int:
        return self.named_in(self.count)

    def named_in(self, rows: int) -> int:
        """How many people so many rows name."""
        return rows * self.people_a_row if self.is_of_people else 0

    def file_name(self, form: Form) -> str:
        """`青岚县委党员名册（2026年10月31日）.xlsx`"""
        return f"{self.unit.name if self.unit else ''}{self.title}（{on_paper(self.day)}）.{form}"

    def refuse_beyond(self, limits: Limits, form: Form) -> None:
        """Raises `Refused` where there are more rows than one file takes."""
        if self.count > limits.most(form):
            raise Refused([_too_many(limits, form)])


def page_of(route: str, get: QueryDict, *args: str) -> str:
    """The address of the page a list is taken out of, with the conditions it was shown under."""
    address = reverse(route, args=args)
    return f"{address}?{get.urlencode()}" if get else address


@dataclass(frozen=True, slots=True)
class Taking:
    """One taking out: by whom, when, as what, at which place of the record (`code`)."""

    actor: Actor
    now: datetime
    code: str
    form: Form
    limits: Limits


def write_unnamed(target: Path, going: Going, taking: Taking) -> None:
    """Write a list that names nobody, marked with who took it out and when. Raises `Refused`, `press.glyphs.Unprintable`."""
    with collector_resting():
        _write(target, going, _read(going, taking), taking, number=None)


def write_on_record(target: Path, going: Going, taking: Taking, *, purpose: str) -> int:
    """Write a list that is kept on record; the number of its reading, which is recorded before the file appears, stands in it.

    Returns the number. Raises `Refused`, `press.glyphs.Unprintable`.
    """
    with collector_resting():
        rows = _read(going, taking)
        number = record_reading(
            What.LIST,
            actor=taking.actor,
            subject_kind="unit",
            subject=going.unit.uid if going.unit else None,
            count=going.named_in(len(rows)),
            purpose=purpose,
        )
        _write(target, going, rows, taking, number=number)
        return number


def _read(going: Going, taking: Taking) -> Sequence[Values]:
    """All rows. Raises `Refused` where there are too many by now."""
    most = taking.limits.most(taking.form)
    rows = going.rows(most + 1)
    if len(rows) > most:
        raise Refused([_too_many(taking.limits, taking.form)])
    return rows


def _write(target: Path, going: Going, rows: Sequence[Values], taking: Taking, *, number: int | None) -> None:
    mark = Mark(taking.actor.label, taking.now.astimezone(CHINA), number)
    table = OfficialTable(
        title=going.title,
        heading=going.title,
        unit=going.unit.name if going.unit else "",
        on=going.day,
        columns=going.resource.columns(),
        rows=[going.resource.cells(row) for row in rows],
        code=taking.code,
    )
    if taking.form is Form.PDF:
        # the mark of a workbook stands in its footer; on paper the line at the foot of each page is that of the code
        target.write_bytes(print_tables([replace(table, code=f"{taking.code}　{mark.words}")]))
    else:
        write_ledger(target, [table], mark=mark)


def _too_many(limits: Limits, form: Form) -> Objection:
    most = {"most": limits.most(form)}
    if form is Form.PDF:
        text, step = (
            _("一次最多打印 %(most)s 行，这个名单超过了。") % most,
            _("回到名单，缩小范围再打印，或者导出表格。"),
        )
    else:
        text = _("一个文件最多导出 %(most)s 行，这个名单超过了。") % most
        step = _("回到名单，按乡镇或者其他条件分几次导出；整县请用“导入导出”中的导出县工作簿。")
    return Objection(rule="", text=text, next_step=step)
