"""What somebody does who has only the workbook: read it all again and count every line with plain loops.

The yardstick of the ledger. Must not use anything of the project, and takes the workbook to be without faults.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path

Rows = Iterable[Sequence[object]]
VILLAGE_KINDS = ("村", "社区")
YOUNG, OLD = 35, 60


def rescan(workbook: Path, day: date) -> dict[str, Counter[str]]:
    """The counts of every village by its code, from the file."""
    from openpyxl import load_workbook  # type: ignore[import-untyped]

    book = load_workbook(workbook, read_only=True, data_only=True)
    try:
        return village_counts({sheet.title: sheet.iter_rows(values_only=True) for sheet in book.worksheets}, day)
    finally:
        book.close()


def village_counts(sheets: Mapping[str, Rows], day: date) -> dict[str, Counter[str]]:
    """The counts of every village by its code; each sheet begins with its header."""
    village_of = _villages(_records(sheets["组织"]))
    counts: dict[str, Counter[str]] = {code: Counter() for code in village_of.values()}
    for row in _records(sheets["党员"]):
        if village := village_of.get(str(row["所在党支部代码"])):
            _count_member(counts[village], row, day)
        if village := village_of.get(str(row["入党时所在党支部代码"] or row["所在党支部代码"])):
            _count_admission(counts[village], row, day)
    for row in _records(sheets["发展培养"]):
        if village := village_of.get(str(row["所在党支部代码"])):
            counts[village]["applicants"] += 1
            counts[village]["activists"] += bool(row["确定为入党积极分子日期"] or row["确定为发展对象日期"])
            counts[village]["targets"] += bool(row["确定为发展对象日期"])
    for row in _records(sheets["人才库"]):
        if village := village_of.get(str(row["所在党支部代码"])):
            counts[village]["talents"] += 1
    for row in _records(sheets["发展计划"]):
        if row["年度"] == day.year and (village := village_of.get(str(row["组织代码"]))):
            counts[village]["planned"] += int(str(row["计划发展党员数"]))
    return counts


def _records(rows: Rows) -> Iterable[dict[str, object]]:
    lines = iter(rows)
    header = [str(cell) for cell in next(lines)]
    return (dict(zip(header, line, strict=False)) for line in lines)


def _villages(units: Iterable[dict[str, object]]) -> dict[str, str]:
    """Unit code -> code of the village it belongs to; the topmost one where villages stand within villages."""
    kinds: dict[str, str] = {}
    above: dict[str, str] = {}
    for unit in units:
        kinds[str(unit["组织代码"])] = str(unit["组织类别"])
        above[str(unit["组织代码"])] = str(unit["上级组织代码"])
    found: dict[str, str] = {}
    for code in kinds:
        step = code
        while step in kinds:
            if kinds[step].startswith(VILLAGE_KINDS):
                found[code] = step
            step = above[step]
    return found


def _age(born: date, day: date) -> int:
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def _as_date(cell: object) -> date | None:
    """Excel knows days with a time of day only."""
    if isinstance(cell, datetime):
        return cell.date()
    return cell if isinstance(cell, date) else None


def _born(row: Mapping[str, object]) -> date | None:
    digits = str(row["公民身份号码"])
    return _as_date(row["出生日期"]) or (date.fromisoformat(digits[6:14]) if len(digits) == 18 else None)


def _count_member(counts: Counter[str], row: Mapping[str, object], day: date) -> None:
    counts["members"] += 1
    counts["full_members"] += row["人员类别"] == "正式党员"
    counts["women"] += row["性别"] == "女"
    counts["low_education"] += row["学历"] in ("小学及以下", "初中")
    if born := _born(row):
        age = _age(born, day)
        counts["known_births"] += 1
        counts["age_sum"] += age
        counts["young"] += age <= YOUNG
        counts["old"] += age > OLD


def _count_admission(counts: Counter[str], row: Mapping[str, object], day: date) -> None:
    admitted = _as_date(row["入党日期"])
    if admitted is None or admitted > day or admitted.year < day.year - 2:
        return
    counts[("this_year", "last_year", "year_before")[day.year - admitted.year]] += 1
    born = _born(row)
    if admitted.year == day.year and born and _age(born, admitted) <= YOUNG:
        counts["young_this_year"] += 1
