"""A PDF as the answer to a request, or the page that says why there is none. Must not know: what is printed."""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header

from yumiao.press.glyphs import Unprintable


def pdf(request: HttpRequest, name: str, make: Callable[[], bytes]) -> HttpResponse:
    """What `make` prints, shown by the browser and kept under `name`; 409 where a character cannot be printed."""
    try:
        content = make()
    except Unprintable as error:
        return render(request, "ui/unprintable.html", {"reason": str(error)}, status=HTTPStatus.CONFLICT)
    headers = {"Content-Disposition": content_disposition_header(False, name) or ""}
    return HttpResponse(content, content_type="application/pdf", headers=headers)
