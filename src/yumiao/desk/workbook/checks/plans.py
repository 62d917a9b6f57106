"""发展计划: one row a unit and year."""

from __future__ import annotations

from typing import Any

from yumiao.desk.workbook.checks.people import People
from yumiao.desk.workbook.notes import SheetNotes
from yumiao.desk.workbook.proposal import QuotaProposal, Source
from yumiao.desk.workbook.rules import BOOK
from yumiao.ledger.rules import PLN_04
from yumiao.people.rules import Found
from yumiao.sheets.parsing import Row

PARTS = ("young", "women", "college")


def check_plans(notes: SheetNotes, people: People) -> None:
    """Take the good rows; of two good rows for one unit and year the first is taken."""
    taken: set[tuple[Any, Any]] = set()
    for row in notes.rows:
        found: list[Found] = _contradictions(row)
        year, unit = row.values["year"], row.values["unit"]
        if unit is not None and unit not in people.kinds:
            found.append(("unit", people.unknown_unit()))
        elif not row.faults and (year, unit) in taken:
            found.append(("unit", BOOK.by_id("WBK-08").objection(f"{year} 年该组织的计划在前面的行已经出现")))
        if notes.take(row, found):
            taken.add((year, unit))
            notes.counts[_propose(row, people)] += 1


def _contradictions(row: Row) -> list[Found]:
    planned = row.values["planned"]
    return [
        (part, PLN_04.objection(f"其中数大于计划发展党员数 {planned}，按原样登记，请核对"))
        for part in PARTS
        if isinstance(planned, int) and not PLN_04.holds(planned=planned, part=row.values[part] or 0)
    ]


def _propose(row: Row, people: People) -> str:
    """Put the plan into the proposal. Returns new, changed or unchanged; an empty cell never erases."""
    year, code = int(row.values["year"]), str(row.values["unit"])  # type: ignore[call-overload]
    unit = people.known.tree.by_code.get(code)
    standing = people.known.quotas.get((unit.id, year)) if unit is not None else None
    given = tuple(row.values[name] for name in ("planned", *PARTS))
    if standing is not None:
        had = (standing.planned, standing.young, standing.women, standing.college)
        given = tuple(new if new is not None else old for new, old in zip(given, had, strict=True))
        if given == had:
            return "unchanged"
    outcome = "new" if standing is None else "changed"
    source = Source("发展计划", row.number, "quota", outcome)
    people.proposal.quotas.append(
        QuotaProposal(code, year, given, standing.id if standing else None, source)  # type: ignore[arg-type]
    )
    return outcome
