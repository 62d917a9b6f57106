"""A workbook as the answer to a request. Must not know: what is in it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from django.http import HttpResponse
from django.utils.http import content_disposition_header

XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def workbook(name: str, content: bytes) -> HttpResponse:
    """A download, kept under `name`."""
    headers = {"Content-Disposition": content_disposition_header(True, name) or ""}
    return HttpResponse(content, content_type=XLSX, headers=headers)


def written(name: str, write: Callable[[Path], object]) -> HttpResponse:
    """The workbook that `write` puts at the path it is given; it names nobody, and no copy of it stays."""
    with TemporaryDirectory() as folder:
        target = Path(folder) / "workbook.xlsx"
        write(target)
        return workbook(name, target.read_bytes())
