"""Marks: who took a file out, when, and under which number of the record, so that a stray file leads back to its line there.

Must not know what the file holds, nor who may take it out.
"""

from dataclasses import dataclass
from datetime import UTC, datetime

from xlsxwriter import Workbook as Book

from yumiao.kernel.periods import on_paper


@dataclass(frozen=True, slots=True)
class Mark:
    """`at` is the clock time where the office is; `number` that of the reading, None where nobody's data are in the file."""

    by: str
    at: datetime
    number: int | None = None

    @property
    def words(self) -> str:
        """One line, for below a table, the footer and the properties of the document."""
        said = f"导出人：{self.by}　导出时间：{on_paper(self.at.date())} {self.at:%H:%M}"
        return said if self.number is None else f"{said}　查阅记录第 {self.number} 号"

    def put_into(self, book: Book) -> None:
        """Write it into the properties of a workbook."""
        at = self.at.astimezone(UTC).replace(tzinfo=None)
        book.set_properties({"author": self.by, "comments": self.words, "created": at})
