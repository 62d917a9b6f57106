"""The demo county as a workbook in memory, so that it goes through the same checks and services as a file that comes in."""

from __future__ import annotations

import hashlib

from yumiao.desk.demo.county import county
from yumiao.sheets.reading import Sheet, Workbook


def demo_workbook(*, scale: int = 1) -> Workbook:
    """The five sheets; the digest names what they were made from, as there are no bytes of a file."""
    sheets = {
        title: Sheet(title, tuple(header), list(enumerate((list(row) for row in rows), start=2)))  # type: ignore[arg-type]
        for title, (header, rows) in county(scale=scale).items()
    }
    return Workbook("演示县.xlsx", hashlib.sha256(f"demo county x{scale}".encode()).digest(), sheets)
