"""Floors: the least that anybody pays for the same cells and rows with nothing decided about them.

Of the project it knows only the demo county's generator, for the content of the workbook.
"""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from bench.clerk import rescan
from bench.cost import timed
from bench.job import Job, Stages

ADDITIONS = 10**7


def machine(job: Job) -> Stages:
    """A figure of the machine's speed, by which readers can scale the others."""

    def add() -> int:
        total = 0
        for number in range(ADDITIONS):
            total += number
        return total

    yield from job.repeated("machine", add)


def interpreter(job: Job) -> Stages:
    """Python started for nothing."""
    yield from job.repeated("interpreter", lambda: subprocess.run([sys.executable, "-c", ""], check=True))


def xlsxwriter(job: Job) -> Stages:
    """The demo county's cells written to `job.target`: the workbook of all other measurements."""
    from yumiao.desk.demo.county import county

    sheets = county(scale=job.scale)
    yield "xlsxwriter", timed(lambda: _write(job.target, sheets))[1]


def _write(target: Path, sheets: dict[str, tuple[list[str], list[list[object]]]]) -> None:
    from xlsxwriter import Workbook

    with Workbook(target, {"in_memory": True}) as book:
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        for title, (header, rows) in sheets.items():
            sheet = book.add_worksheet(title)
            sheet.write_row(0, 0, header)
            for number, row in enumerate(rows, start=1):
                for place, cell in enumerate(row):
                    if isinstance(cell, date):
                        sheet.write_datetime(number, place, cell, day)
                    elif isinstance(cell, str):
                        sheet.write_string(number, place, cell)
                    elif isinstance(cell, int):
                        sheet.write_number(number, place, cell)


def calamine(job: Job) -> Stages:
    """The workbook's cells as Python objects, in this very process."""
    from python_calamine import CalamineWorkbook

    def read() -> list[object]:
        book = CalamineWorkbook.from_path(job.workbook)
        return [book.get_sheet_by_name(title).to_python() for title in book.sheet_names]

    yield "calamine", timed(read)[1]


def openpyxl(job: Job) -> Stages:
    """The workbook read again and every line counted."""
    from yumiao.desk.demo.days import DEMO_DAY

    yield "openpyxl", timed(lambda: rescan(job.workbook, DEMO_DAY))[1]


def insert(job: Job) -> Stages:
    """As many rows as the import writes, into one table without index, `job.columns` wide, committed."""
    rows = ((number, *(f"{number:012}" for _ in range(job.columns - 1))) for number in range(job.rows))
    names = ", ".join(f"c{place} {'bigint' if place == 0 else 'text'}" for place in range(job.columns))
    url = os.environ.get("YUMIAO_DATABASE_URL")
    yield "insert", timed(lambda: _copy(url, names, rows) if url else _executemany(job, names, rows))[1]


def _executemany(job: Job, names: str, rows: Iterator[tuple[object, ...]]) -> None:
    connection = sqlite3.connect(job.target)
    connection.execute(f"CREATE TABLE bare ({names})")
    marks = ", ".join("?" * job.columns)
    connection.executemany(f"INSERT INTO bare VALUES ({marks})", rows)  # noqa: S608
    connection.commit()
    connection.close()


def _copy(url: str, names: str, rows: Iterator[tuple[object, ...]]) -> None:
    import psycopg

    with psycopg.connect(url) as connection, connection.cursor() as cursor:
        cursor.execute(f"CREATE TABLE bare ({names})".encode())
        with cursor.copy("COPY bare FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)


FLOORS = {work.__name__: work for work in (machine, interpreter, xlsxwriter, calamine, openpyxl, insert)}
