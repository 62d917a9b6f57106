"""The use case: a workbook comes in. Reading and checking stay outside the chain's lock; writing is one act, all or nothing."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from yumiao.desk.workbook.checking import Checked, Incoming, check
from yumiao.desk.workbook.known import read_known
from yumiao.desk.workbook.writing import write_proposal
from yumiao.journal.acts import Act, Actor, act, last
from yumiao.journal.bulk import refresh_statistics
from yumiao.journal.verbs import Verb
from yumiao.kernel.identity import scrub
from yumiao.sheets.reading import Workbook
from yumiao.sheets.writing import write_faulty

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


def preview(workbook: Workbook, *, today: date) -> Checked:
    """What an import on that day would refuse and write, as the county stands now."""
    return check(Incoming.of(workbook), read_known(), today=today)


def import_workbook(
    workbook: Workbook,
    *,
    today: date,
    actor: Actor,
    accept_good_rows: bool = False,
    progress: Progress = lambda _: None,
) -> Result:
    """Check `workbook` and write it as one act, unless a row is refused and `accept_good_rows` is not set.

    When somebody else wrote in between, the check is made again under the lock. A workbook that changes nothing leaves no entry.
    """
    with _collector_resting():
        return _import(workbook, today, actor, accept_good_rows, progress)


@contextmanager
def _collector_resting() -> Iterator[None]:
    """An import makes half a million small values that live to its end: looking for circles among them costs a fifth of it."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _import(workbook: Workbook, today: date, actor: Actor, accept_good_rows: bool, progress: Progress) -> Result:
    incoming = Incoming.of(workbook)
    progress("正在核对")
    checked = check(incoming, read_known(), today=today)
    if checked.units_unreadable or (checked.faults and not accept_good_rows) or checked.proposal.is_empty:
        return Result(workbook, checked, written=False)
    progress("正在写入")
    try:
        with act(Verb.WORKBOOK_IMPORTED, actor=actor) as current:
            if checked.known.head != last():
                checked = check(incoming, read_known(), today=today)
                if checked.faults and not accept_good_rows:
                    raise Outrun(checked)
                if checked.proposal.is_empty:
                    raise _NothingLeft
            write_proposal(current, checked.proposal, checked.known)
            _describe(current, workbook, checked, today)
    except _NothingLeft:
        return Result(workbook, checked, written=False)
    refresh_statistics()
    return Result(workbook, checked, written=True)


class _NothingLeft(Exception):
    """While the workbook was being checked somebody else wrote all that it says: no entry is due."""


class Outrun(Exception):
    """While the workbook was being checked somebody else wrote, and now rows are refused that were good before."""

    def __init__(self, checked: Checked) -> None:
        super().__init__("核对期间他人写入了数据，部分行不再符合，请重新导入。")
        self.checked = checked


def _describe(current: Act, workbook: Workbook, checked: Checked, today: date) -> None:
    current.data["file"] = scrub(workbook.name)
    current.data["sha256"] = workbook.digest.hex()
    current.data["day"] = today.isoformat()
    current.data["sheets"] = {title: notes.counts for title, notes in checked.sheets.items()}


def write_faulty_rows(target: Path, result: Result) -> None:
    """The refused rows in the sender's own layout, each with its reasons."""
    reasons: dict[str, dict[int, str]] = {}
    for note in result.checked.faults:
        rows = reasons.setdefault(note.sheet, {})
        said = f"{note.column}：{note.reason}（{note.rule}）"
        rows[note.row] = f"{rows[note.row]}；{said}" if note.row in rows else said
    write_faulty(target, result.workbook, reasons)
