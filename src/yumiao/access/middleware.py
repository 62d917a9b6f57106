"""Every request passes here: who reads it, whether the view's policy lets them in, and what an objection becomes on a page.

A view without a policy is refused. Must not know: what views do.
"""

from __future__ import annotations

import logging
import uuid
from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from yumiao.access import onward, sessions
from yumiao.access.door import Policy, Request, View, is_for_machines, policy_of
from yumiao.access.limiter import TooMany
from yumiao.access.login import Unproven, is_demo, store_of
from yumiao.access.passwords import Busy
from yumiao.access.permissions import PUBLIC, Permission
from yumiao.access.problems import problem
from yumiao.access.readers import Reader
from yumiao.access.tokens import NoToken, reader_by_token
from yumiao.access.views.second_factor import ask_again
from yumiao.journal.acts import last
from yumiao.journal.chain import NOTHING_YET
from yumiao.kernel.objections import NotAllowed, OutOfScope, Refused, Stale

log = logging.getLogger("yumiao.access")

Answer = Callable[[HttpRequest], HttpResponse]


class DoorMiddleware:
    """Sets `request.reader`, enforces the policy of the view, and turns objections into pages."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer

    def __call__(self, request: Request) -> HttpResponse:
        request.reader = Reader(None, request.today, NOTHING_YET)
        request.user = AnonymousUser()
        response = self.answer(request)
        response.headers.setdefault("Cache-Control", "no-store")
        return response

    def process_view(self, request: Request, view: View, args: Any, kwargs: Any) -> HttpResponse | None:
        try:
            return _stopped(request, policy_of(view))
        except (NotAllowed, NoToken, TooMany) as error:  # Django takes to `process_exception` only what a view raises
            return self.process_exception(request, error)

    def process_exception(self, request: Request, error: Exception) -> HttpResponse | None:
        if isinstance(error, OutOfScope | NotAllowed):
            _log_refusal(request, error)
        if is_for_machines(request):
            return _problem_of(error)
        match error:
            case OutOfScope():
                return render(request, "ui/errors/404.html", {"reason": ""}, status=HTTPStatus.NOT_FOUND)
            case NotAllowed():
                return render(request, "ui/errors/403.html", {"reason": str(error)}, status=HTTPStatus.FORBIDDEN)
            case Refused() | Stale():
                values = {
                    "reason": str(error),
                    "objections": getattr(error, "objections", ()),
                    "differences": getattr(error, "differences", ()),
                }
                return render(request, "ui/errors/409.html", values, status=HTTPStatus.CONFLICT)
            case TooMany(minutes=minutes, why=why):
                return _too_many(request, minutes, why)
            case Unproven():
                return ask_again(request)
            case Busy():
                return _too_many(request, 1)
        return None


def _stopped(request: Request, policy: Policy | None) -> HttpResponse | None:
    """The answer that comes instead of the page; None for a reader who may enter. Raises `NotAllowed`."""
    if policy is None:
        raise NotAllowed("此页没有说明由谁查看，按规定不予打开。")
    if policy.by_token:
        _recognise_token(request, policy)
        return None
    why = _recognise(request, policy.need if isinstance(policy.need, Permission) else None)
    if request.reader.account is None:
        return None if policy.need == PUBLIC else _to_login(request, why)
    return _refusal(request, policy)


def _recognise(request: Request, need: Permission | None) -> str:
    """Set the reader from the session, if it still holds; else say why it does not, in a word the login page knows."""
    session = store_of(request)
    had_cookie = settings.SESSION_COOKIE_NAME in request.COOKIES
    account = sessions.account_of(session)
    if account is None:
        return "ended" if had_cookie else ""
    reader = Reader(account, request.today, session.head or last(), need=need)
    if not sessions.still_holds(session, reader, is_demo=is_demo(request)):
        log.info("session ended, rights changed: %s", account.uid)
        session.flush()
        return "rights"
    sessions.see(session, now=timezone.now())
    request.reader, request.user = reader, account
    return ""


def _recognise_token(request: Request, policy: Policy) -> None:
    """Set the reader from the token. Raises `NoToken`, `TooMany`, and `NotAllowed` where the token does not hold what is asked."""
    reader = reader_by_token(request, today=request.today)
    request.reader, request.user, request.token = reader, reader.token.account, reader.token
    if isinstance(policy.need, Permission) and not reader.may(policy.need):
        raise NotAllowed(f"这个令牌不含“{policy.need.label}”。")


def _refusal(request: Request, policy: Policy) -> HttpResponse | None:
    """What stands against a signed-in reader entering; None when he may."""
    if isinstance(policy.need, Permission) and not request.reader.may(policy.need):
        raise NotAllowed(f"您的任职不含“{policy.need.label}”。")
    if policy.fresh and not sessions.is_fresh(store_of(request), now=timezone.now()):
        return ask_again(request)
    return None


def _problem_of(error: Exception) -> HttpResponse | None:
    """What a machine is told; None for a fault of ours, which is answered where it is logged."""
    match error:
        case NoToken():
            detail = _(
                "请求头应为 Authorization: Bearer 令牌。令牌缺失、写错、到期、已撤销，或者申请人的任职已经结束。"
            )
            asked = {"WWW-Authenticate": 'Bearer realm="yumiao"'}
            return problem(HTTPStatus.UNAUTHORIZED, _("没有有效的令牌"), detail, kind="token", headers=asked)
        case NotAllowed():
            return problem(HTTPStatus.FORBIDDEN, _("令牌的权限不够"), str(error), kind="rights")
        case OutOfScope():
            return problem(HTTPStatus.NOT_FOUND, _("没有找到"), _("没有找到，或不在令牌的范围内。"), kind="missing")
        case Refused() | Stale():
            return problem(HTTPStatus.CONFLICT, _("现在不能这样读"), str(error))
        case TooMany(minutes=minutes):
            wait = {"Retry-After": str(minutes * 60)}
            detail = _("请等 %(minutes)s 分钟再读。") % {"minutes": minutes}
            return problem(HTTPStatus.TOO_MANY_REQUESTS, _("请求太多"), detail, kind="pace", headers=wait)
    return None


def _log_refusal(request: Request, error: Exception) -> None:
    """Who asked for what and was turned away. Of the address only uids are said: a code is typed text and may be anything."""
    match = request.resolver_match
    uids = [value for value in match.kwargs.values() if isinstance(value, uuid.UUID)] if match else []
    who = request.reader.account.uid if request.reader.account else "nobody"
    what = "not his" if isinstance(error, OutOfScope) else "not allowed"
    route = match.view_name if match else "?"
    log.warning("%s: %s %s by %s", what, route, " ".join(map(str, uids)) or "-", who)


def _to_login(request: HttpRequest, why: str) -> HttpResponse:
    """The login page, which leads back to the work: to the page itself, or to the one a form was sent from."""
    if request.method == "POST" and why != "rights":
        why = "unsaved"
    query = {"next": onward.page_of(request), **({"why": why} if why else {})}
    return onward.led_to(request, "login", **query)


def _too_many(request: HttpRequest, minutes: int, why: str = "") -> HttpResponse:
    where = request.resolver_match.view_name if request.resolver_match else "?"
    log.warning("too many tries at %s, wait %s minutes", where, minutes)
    response = render(
        request, "ui/errors/429.html", {"wait_minutes": minutes, "why": why}, status=HTTPStatus.TOO_MANY_REQUESTS
    )
    response.headers["Retry-After"] = str(minutes * 60)
    return response
