"""One's own account: posts, where one is signed in, password, recovery codes, colours.

Must not know: other people's accounts.
"""

from __future__ import annotations

import uuid
from typing import Final

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.debug import sensitive_post_parameters

from yumiao.access import browsers, factors, login, sessions
from yumiao.access.door import Request, door
from yumiao.access.forms import NewPasswordForm
from yumiao.access.models import Account
from yumiao.access.permissions import SIGNED_IN, Permission
from yumiao.access.queries import appointments_of
from yumiao.access.views.sign_in import refusal
from yumiao.kernel.objections import OutOfScope
from yumiao.kernel.scope import EVERYTHING, Scope

THEME_COOKIE: Final = "theme"
THEME_FOR: Final = 400 * 24 * 3600  # seconds, the longest browsers keep one
THEMES: Final = {"": gettext_lazy("跟随系统"), "light": gettext_lazy("浅色"), "dark": gettext_lazy("深色")}


@door(SIGNED_IN)
def own_account(request: Request) -> HttpResponse:
    account, session = _account(request), login.store_of(request)
    held = appointments_of([account], Scope((EVERYTHING,), request.today), request.reader.tree, today=request.today)
    chosen = request.COOKIES.get(THEME_COOKIE, "")
    values = {
        "account": account,
        "posts": [one for one in held[account.pk] if not one.is_over],
        "sessions": sessions.sessions_of(account, now=timezone.now()),
        "own_key": session.session_key,
        "is_enrolled": factors.is_enrolled(account),
        "codes_left": factors.recovery_codes_left(account),
        "may_issue": request.reader.may(Permission.TOKEN_ISSUE),
        "themes": list(THEMES.items()),
        "theme": chosen if chosen in THEMES else "",
    }
    return render(request, "access/own_account.html", values)


@door(SIGNED_IN, methods=("GET", "POST"))
@sensitive_post_parameters()
def own_password(request: Request) -> HttpResponse:
    account = _account(request)
    form = NewPasswordForm(account, request.POST or None)
    if request.method == "POST" and form.is_valid():
        origin, now = browsers.origin_of(request, account.username), timezone.now()
        try:
            login.account_by_password(account.username, form.cleaned_data["password"], origin=origin, now=now)
        except login.WrongPassword as wrong:
            form.add_error("password", refusal(wrong.left, _("现用密码不对。")))
        else:
            login.change_password(account, form.cleaned_data["wanted"], session=login.store_of(request))
            messages.success(request, _("密码已更改，其他设备上的登录已全部结束。"))
            return redirect("own_account")
    return render(request, "access/own_password.html", {"form": form, "account": account})


@door(SIGNED_IN, fresh=True, methods=("GET", "POST"))
def recovery_codes(request: Request) -> HttpResponse:
    account = _account(request)
    if not factors.is_enrolled(account):
        raise OutOfScope("这个账号没有启用动态口令。")
    codes = login.renew_recovery_codes(account) if request.method == "POST" else None
    left = factors.recovery_codes_left(account)
    values = {"codes": codes, "is_first": False, "left": left, "goal": reverse("own_account")}
    return render(request, "access/recovery_codes.html", values)


@door(SIGNED_IN, methods=("POST",))
def end_sessions(request: Request) -> HttpResponse:
    """End one session, or with `which` left out all but this one."""
    account, which = _account(request), _uid(request.POST.get("which", ""))
    if which is None:
        count = sessions.end_sessions(account, but=login.store_of(request))
    else:
        count = sessions.end_session(account, which)
    messages.success(request, _("已结束 {count} 处登录。").format(count=count))
    return redirect("own_account")


@door(SIGNED_IN, methods=("POST",))
def theme(request: Request) -> HttpResponse:
    chosen = request.POST.get("theme", "")
    response = redirect("own_account")
    if chosen not in THEMES or not chosen:
        response.delete_cookie(THEME_COOKIE)
    else:
        response.set_cookie(
            THEME_COOKIE,
            chosen,
            max_age=THEME_FOR,
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
            samesite="Lax",
        )
    return response


def _account(request: Request) -> Account:
    assert request.reader.account is not None
    return request.reader.account


def _uid(given: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(given)
    except ValueError:
        return None
