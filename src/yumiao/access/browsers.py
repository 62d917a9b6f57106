"""Browsers: whether one signed in to an account before, and how one is named on the list of sessions.

A signed cookie says for which accounts, by keyed digests: on the township's one computer it names nobody. Must not know: passwords.
"""

from __future__ import annotations

import secrets
from typing import Any, Final

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from yumiao.access.limiter import Origin, normalised, source_of
from yumiao.vault import cells

COOKIE: Final = "browser"
SALT: Final = "yumiao.access.browsers"
KNOWN_FOR: Final = 180 * 24 * 3600  # seconds
ACCOUNTS: Final = 8  # the latest ones that a cookie holds

SYSTEMS: Final = (
    ("HarmonyOS", "鸿蒙"),
    ("Android", "安卓手机"),
    ("iPhone", "苹果手机"),
    ("iPad", "苹果平板"),
    ("Windows", "Windows 电脑"),
    ("Mac OS", "苹果电脑"),
    ("Linux", "Linux 电脑"),
)
PROGRAMS: Final = (
    ("MicroMessenger", "微信"),
    ("360", "360 浏览器"),
    ("Qaxbrowser", "奇安信浏览器"),
    ("UOS", "统信浏览器"),
    ("Edg", "Edge 浏览器"),
    ("Firefox", "火狐浏览器"),
    ("Chrome", "Chrome 浏览器"),
    ("Safari", "Safari 浏览器"),
)


def origin_of(request: HttpRequest, name: str) -> Origin:
    """Where a try on the account of this name comes from."""
    known = _read(request)
    return Origin(source_of(request), known["id"] if _digest(name) in known["of"] else "")


def remember(request: HttpRequest, response: HttpResponse, name: str) -> None:
    """Let this browser be known for the account of this name: somebody has just signed in to it here, wholly."""
    known = _read(request)
    of = [_digest(name), *(one for one in known["of"] if one != _digest(name))][:ACCOUNTS]
    response.set_cookie(
        COOKIE,
        signing.dumps({"id": known["id"], "of": of}, salt=SALT),
        max_age=KNOWN_FOR,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def label_of(request: HttpRequest) -> str:
    """The kind of machine and program, as somebody recognises his own among several."""
    said = request.META.get("HTTP_USER_AGENT", "")
    system = next((label for mark, label in SYSTEMS if mark in said), _("其他设备"))
    program = next((label for mark, label in PROGRAMS if mark in said), _("其他浏览器"))
    return f"{system} · {program}"


def _read(request: HttpRequest) -> dict[str, Any]:
    try:
        known = signing.loads(request.COOKIES.get(COOKIE, ""), salt=SALT, max_age=KNOWN_FOR)
        return {"id": str(known["id"]), "of": [str(one) for one in known["of"]]}
    except (signing.BadSignature, KeyError, TypeError):
        return {"id": secrets.token_hex(8), "of": []}


def _digest(name: str) -> str:
    return cells.keyed("known-browser", normalised(name)).hex()[:32]
