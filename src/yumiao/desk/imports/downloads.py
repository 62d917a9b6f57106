"""A workbook as the answer to a request."""

from __future__ import annotations

from urllib.parse import quote

from django.http import HttpResponse

from yumiao.desk.imports.forms import SHEET_TYPE


def workbook_response(content: bytes, name: str) -> HttpResponse:
    """A download under a Chinese name."""
    response = HttpResponse(content, content_type=SHEET_TYPE)
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}"
    return response
