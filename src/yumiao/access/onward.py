"""Where a sign-in leads on to: an address of our own, given as `next`, never another host's.

Must not know: who signs in.
"""

from __future__ import annotations

from typing import Final
from urllib.parse import urlencode, urlsplit

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

NEXT: Final = "next"
WHY: Final = "why"
NO_GOAL: Final = ("login", "second_factor", "enrol", "logout", "confirm")


def asked_for(request: HttpRequest) -> str:
    """The address a form or link asks to be led on to; the home page where it is missing, another host's or a door."""
    return local(request.POST.get(NEXT) or request.GET.get(NEXT, ""))


def local(address: str) -> str:
    """`address` if it is a path of this installation, else the home page."""
    if not url_has_allowed_host_and_scheme(address, allowed_hosts=None) or not address.startswith("/"):
        return reverse("home")
    return reverse("home") if urlsplit(address).path in {reverse(name) for name in NO_GOAL} else address


def page_of(request: HttpRequest) -> str:
    """The page somebody was on: what was asked for, or where the form stands that was sent, or the fragment belongs to."""
    if is_fragment(request):
        return _of_our_own(request, request.headers.get("HX-Current-URL", ""))
    if request.method in ("GET", "HEAD"):
        return request.get_full_path()
    return _of_our_own(request, request.headers.get("Referer", ""))


def led_to(request: HttpRequest, name: str, **query: str) -> HttpResponse:
    """An answer that leads to the page `name`; the whole page also where only a fragment was asked for."""
    address = f"{reverse(name)}?{urlencode(query)}" if query else reverse(name)
    if is_fragment(request):
        return HttpResponse(headers={"HX-Redirect": address})
    return redirect(address)


def is_fragment(request: HttpRequest) -> bool:
    return request.headers.get("HX-Request") == "true"


def _of_our_own(request: HttpRequest, address: str) -> str:
    try:
        parts = urlsplit(address)
    except ValueError:
        return request.path
    if parts.netloc != request.get_host():
        return request.path
    return f"{parts.path}?{parts.query}" if parts.query else parts.path
