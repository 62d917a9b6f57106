"""Every table of a unit and day as the workbook an office files: one sheet each, in official layout. Must not know: requests."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

from yumiao.access.readers import Reader
from yumiao.desk.statistics.asked import Asked
from yumiao.desk.statistics.page import is_share, made
from yumiao.desk.statistics.reading import GROUPINGS, Subject
from yumiao.desk.statistics.tables import Line, Table
from yumiao.journal.chain import short_code
from yumiao.kernel.official import OfficialTable
from yumiao.kernel.resources import Field, Kind, Resource
from yumiao.kernel.shares import Share
from yumiao.sheets.marks import Mark
from yumiao.sheets.official import write_ledger
from yumiao.ui.spelling import CHINA
from yumiao.units.queries import UnitOnDay

_SHEETS = {
    Subject.MEMBERS: "党员",
    Subject.ADMISSIONS: "发展党员",
    Subject.ORGANISATIONS: "党组织",
    Subject.BALANCE: "年度增减",
}


def every_table(reader: Reader, asked: Asked, unit: UnitOnDay) -> Iterator[tuple[str, Table]]:
    """(title of the sheet, table) of everything that is counted, in the order of the page."""
    for subject in Subject:
        found = GROUPINGS[subject]
        for key, title in [(by.key, f"·{by.title}") for by in found] if len(found) > 1 else [("", "")]:
            wanted = replace(asked.table, subject=subject, by="").but(by=key)
            yield _SHEETS[subject] + title, made(reader, wanted, unit)


def resource(found: Table) -> Resource:
    """The declaration of one table: its unit, its columns, and the shares beside them."""
    fields = [Field("unit", "单位", width=24)]
    for column in found.columns:
        key = column.key or "total"
        fields.append(Field(key, column.label, Kind.NUMBER, max(8, len(column.label) + 3), column.band))
        if is_share(column):
            fields.append(Field(f"{key}_share", "占比", Kind.SHARE, 8, column.band))
    return Resource("statistics", found.title, fields)


def values(found: Table, line: Line) -> dict[str, Any]:
    """One row as the resource declares it."""
    numbers = {column.key or "total": number for column, number in zip(found.columns, line.numbers, strict=True)}
    shares = {
        f"{column.key}_share": Share(number, line.numbers[0])
        for column, number in zip(found.columns, line.numbers, strict=True)
        if is_share(column)
    }
    return {"unit": line.label, **numbers, **shares}


def official(sheet: str, found: Table, code: str) -> OfficialTable:
    declared = resource(found)
    rows = [declared.cells(values(found, line)) for line in found.lines]
    totals = declared.cells(values(found, found.total) | {"unit": None})
    heading = f"{found.title}（加总不符，不得上报）" if found.faults else found.title
    return OfficialTable(sheet, heading, found.unit.name, found.day, declared.columns(), rows, totals, code)


def write_statistics_xlsx(target: Path, reader: Reader, asked: Asked, unit: UnitOnDay) -> None:
    """One workbook with every table; the footer carries the short code of the journal's head."""
    code, mark = f"全程纪实 {short_code(reader.head.hash)}", Mark(reader.actor.label, datetime.now(CHINA))
    tables = [official(sheet, found, code) for sheet, found in every_table(reader, asked, unit)]
    write_ledger(target, tables, mark=mark)
