"""Pages for what went wrong before or outside a view: an address nobody knows, a form that proves nothing, a fault of ours.

Each says what happened and what to do next, and nothing about the inside. A fault is logged by its kind and place, never with values.
"""

from __future__ import annotations

import logging
import sys
import traceback
from http import HTTPStatus

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from yumiao.access.door import is_for_machines
from yumiao.access.problems import problem

log = logging.getLogger("yumiao.errors")


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """What cannot be understood; a form too big to be read is told as such."""
    log.warning("not understood: %s", type(exception).__name__)
    if is_for_machines(request):
        return problem(HTTPStatus.BAD_REQUEST, _("请求读不懂"), _("请检查地址和参数。"), kind="parameters")
    if isinstance(exception, RequestDataTooBig | TooManyFieldsSent):
        return _bare(413, HttpResponse(status=HTTPStatus.REQUEST_ENTITY_TOO_LARGE))
    return _bare(400, HttpResponse(status=HTTPStatus.BAD_REQUEST))


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "ui/errors/403.html", {"reason": ""}, status=HTTPStatus.FORBIDDEN)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    if is_for_machines(request):
        return problem(HTTPStatus.NOT_FOUND, _("没有这个地址"), _("接口的地址见使用手册。"), kind="missing")
    return render(request, "ui/errors/404.html", {"reason": ""}, status=HTTPStatus.NOT_FOUND)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form that does not prove that this browser asked for it: mostly one that lay open over a sign-in."""
    log.warning("form without proof: %s", request.resolver_match.view_name if request.resolver_match else "?")
    return _bare("csrf", HttpResponse(status=HTTPStatus.FORBIDDEN))


def broken(request: HttpRequest) -> HttpResponse:
    """A fault of ours, or of the database or disk under us. Nothing was written: every act is one transaction."""
    kind, error, trace = sys.exc_info()
    place = traceback.extract_tb(trace)[-1] if trace else None
    where = f"{place.filename.rpartition('yumiao/')[2]}:{place.lineno}" if place else "?"
    route = request.resolver_match.view_name if request.resolver_match else "?"
    log.error("%s at %s while serving %s %s", kind.__name__ if kind else "?", where, request.method, route)
    if isinstance(error, DatabaseError | OSError):  # the latter also from the journal's head file
        return _unavailable(request)
    if is_for_machines(request):
        return problem(
            HTTPStatus.INTERNAL_SERVER_ERROR, _("系统出了错"), _("已记入运行日志，请告诉系统管理员。"), kind="fault"
        )
    return _bare(500, HttpResponse(status=HTTPStatus.INTERNAL_SERVER_ERROR))


def _unavailable(request: HttpRequest) -> HttpResponse:
    if is_for_machines(request):
        wait = {"Retry-After": "60"}
        return problem(
            HTTPStatus.SERVICE_UNAVAILABLE, _("暂时不能用"), _("请过一分钟再读。"), kind="fault", headers=wait
        )
    return _bare(503, HttpResponse(status=HTTPStatus.SERVICE_UNAVAILABLE))


def _bare(name: int | str, response: HttpResponse) -> HttpResponse:
    """A page that needs neither database nor reader."""
    response.content = render_to_string(f"ui/errors/{name}.html", {"reason": "", "frame": None, "messages": []})
    response.headers["Cache-Control"] = "no-store"
    return response
