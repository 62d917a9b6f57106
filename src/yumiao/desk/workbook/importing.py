"""The use case: a workbook comes in. Reading and checking stay outside the chain's lock; writing is one act, all or nothing."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from yumiao.desk.workbook.checking import Checked, Incoming, check
from yumiao.desk.workbook.committing import Moved, Ready, Wish, write_ready
from yumiao.desk.workbook.known import read_known
from yumiao.desk.workbook.naming import own_names
from yumiao.desk.workbook.notes import Note
from yumiao.journal.acts import Actor
from yumiao.kernel.identity import scrub
from yumiao.kernel.scope import Scope
from yumiao.sheets.reading import Workbook
from yumiao.sheets.writing import write_faulty
from yumiao.units.queries import standing

Progress = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Result:
    """What came of an import; `written` tells whether anything was."""

    workbook: Workbook
    checked: Checked
    written: bool

    def as_json(self) -> dict[str, object]:
        """The report: counts by sheet, faults (refusals only), warnings. No identity or telephone number stands in it."""
        sheets = {title: {"rows": len(notes.rows), **notes.counts} for title, notes in self.checked.sheets.items()}
        return {
            "file": scrub(self.workbook.name),
            "sheets": sheets,
            "faults": [note.as_json() for note in self.checked.faults],
            "warnings": [note.as_json() for note in self.checked.warnings],
            "written": self.written,
        }


def preview(workbook: Workbook, *, today: date, within: Scope | None = None) -> Checked:
    """What an import on that day would refuse and write, as the county stands now."""
    return check(_incoming(workbook), read_known(), today=today, within=within)


def _incoming(workbook: Workbook) -> Incoming:
    """The workbook as the county itself reads it: by the names of columns that hold for the whole county."""
    root = standing().root
    return Incoming.of(workbook, own_names([root.id] if root else [], {}))


def import_workbook(
    workbook: Workbook,
    *,
    today: date,
    actor: Actor,
    accept_good_rows: bool = False,
    progress: Progress = lambda _: None,
) -> Result:
    """Check `workbook` and write it as one act, unless a row is refused and `accept_good_rows` is not set.

    When somebody else wrote in between, the check is made again under the lock, and `Outrun` raised where rows are refused now.
    A workbook that changes nothing leaves no entry.
    """
    with collector_resting():
        incoming = _incoming(workbook)
        progress("正在核对")
        checked = check(incoming, read_known(), today=today)
        if checked.units_unreadable or (checked.faults and not accept_good_rows) or checked.proposal.is_empty:
            return Result(workbook, checked, written=False)
        progress("正在写入")

        def again() -> Ready:
            nonlocal checked
            checked = check(incoming, read_known(), today=today)
            return ready()

        def ready() -> Ready:
            return Ready.of(checked, name=workbook.name, digest=workbook.digest)

        try:
            seq = write_ready(ready(), Wish(accept_good_rows), again=again, today=today, actor=actor)
        except Moved:
            raise Outrun(checked) from None
        return Result(workbook, checked, written=seq is not None)


@contextmanager
def collector_resting() -> Iterator[None]:
    """An import makes half a million small values that live to its end: looking for circles among them costs a fifth of it."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


class Outrun(Exception):
    """While the workbook was being checked somebody else wrote, and now it would come out otherwise; nothing was written."""

    def __init__(self, checked: Checked) -> None:
        super().__init__("核对期间他人写入了数据，部分行不再符合，请重新导入。")
        self.checked = checked


def write_faulty_rows(target: Path, result: Result) -> None:
    """The refused rows in the sender's own layout, each with its reasons."""
    write_faulty(target, result.workbook, reasons_by_row(result.checked.faults))


def reasons_by_row(faults: Iterable[Note]) -> dict[str, dict[int, str]]:
    """By sheet and row: everything that is said against the row, as one text."""
    reasons: dict[str, dict[int, str]] = {}
    for note in faults:
        rows = reasons.setdefault(note.sheet, {})
        said = f"{note.column}：{note.reason}（{note.rule}）"
        rows[note.row] = f"{rows[note.row]}；{said}" if note.row in rows else said
    return reasons
