"""The handbook: contents, a chapter, its pictures. Must not know: files, Markdown."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from yumiao.access.door import Request, door
from yumiao.access.permissions import SIGNED_IN
from yumiao.desk.handbook.chapters import CHAPTERS, picture_of, text_of
from yumiao.kernel.objections import OutOfScope


@door(SIGNED_IN)
def handbook(request: Request) -> HttpResponse:
    """The contents, the reader's own work first."""
    roles = {one.role for one in request.reader.appointments}
    chapters = CHAPTERS.values()
    values = {
        "own": [one for one in chapters if one.role in roles],
        "general": [one for one in chapters if one.role is None and not one.is_technical],
        "others": [one for one in chapters if one.role is not None and one.role not in roles],
        "technical": [one for one in chapters if one.is_technical],
    }
    return render(request, "desk/handbook/contents.html", values)


@door(SIGNED_IN)
def chapter(request: Request, name: str) -> HttpResponse:
    """One chapter."""
    if (found := CHAPTERS.get(name)) is None:
        raise OutOfScope(_("手册里没有这一章。"))
    return render(request, "desk/handbook/chapter.html", {"chapter": found, "text": text_of(found)})


@door(SIGNED_IN)
def picture(request: Request, name: str) -> HttpResponse:
    """A picture of a page of the demo county."""
    if (found := picture_of(name)) is None:
        raise OutOfScope(_("手册里没有这张图。"))
    return HttpResponse(found.read_bytes(), content_type="image/png")
