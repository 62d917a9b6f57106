"""Signing in and out.

Must not know: how passwords are checked or tries are counted.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.debug import sensitive_post_parameters

from yumiao.access import browsers, factors, login, onward
from yumiao.access.demo_accounts import DEMO_ACCOUNTS, DEMO_PASSWORD
from yumiao.access.door import Request, door
from yumiao.access.forms import SignInForm
from yumiao.access.models import Account
from yumiao.access.permissions import PUBLIC
from yumiao.access.readers import Reader, tree_of
from yumiao.journal.acts import last

# why somebody who was signed in stands before the door again
WHY: Final = {
    "ended": gettext_lazy("登录已到期，请重新登录，登录后回到原来的页面。"),
    "unsaved": gettext_lazy("登录已到期，刚才提交的内容没有保存。请重新登录，回到原来的页面再填写一次。"),
    "rights": gettext_lazy("任职已变更，请重新登录。"),
    "out": gettext_lazy("已退出登录。"),
    "late": gettext_lazy("没有在 10 分钟内输入动态口令，请从密码重新开始。"),
}


@door(PUBLIC, methods=("GET", "POST"))
@sensitive_post_parameters("password")
def sign_in(request: Request) -> HttpResponse:
    goal = onward.asked_for(request)
    if request.reader.account is not None:
        return redirect(goal)
    form = SignInForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        name = form.cleaned_data["username"]
        origin, now = browsers.origin_of(request, name), timezone.now()
        try:
            account = login.account_by_password(name, form.cleaned_data["password"], origin=origin, now=now)
        except login.WrongPassword as wrong:
            form.add_error(None, refusal(wrong.left, _("登录名或密码不对。")))
        else:
            return after_password(request, account, goal)
    return page(request, form, goal)


@door(PUBLIC, methods=("POST",))
def sign_out(request: Request) -> HttpResponse:
    request.session.flush()
    response = onward.led_to(request, "login", why="out")
    response.headers["Clear-Site-Data"] = '"cache", "storage"'
    return response


def after_password(request: Request, account: Account, goal: str) -> HttpResponse:
    """On to the session, or to the second factor where the account's roles ask for one."""
    reader = Reader(account, request.today, last())
    if not login.asks_for_factor(reader, is_demo=login.is_demo(request)):
        return enter(request, account, goal, factor=False)
    login.hold(login.store_of(request), account, onward=goal, now=timezone.now())
    return redirect("second_factor" if factors.is_enrolled(account) else "enrol")


def enter(request: Request, account: Account, goal: str, *, factor: bool) -> HttpResponse:
    """Open the session, let the browser be known, and lead on."""
    response = redirect(goal)
    open_session(request, response, account, factor=factor)
    return response


def open_session(request: Request, response: HttpResponse, account: Account, *, factor: bool) -> None:
    reader = Reader(account, request.today, last())
    login.sign_in(request, reader, factor=factor, browser=browsers.label_of(request), now=timezone.now())
    browsers.remember(request, response, account.username)


def refusal(left: int, wrong: str) -> str:
    """Said of a wrong password, the same whether or not the account exists: what is `wrong`, then how many tries are left."""
    if left:
        return wrong + _("再错 {left} 次，15 分钟内不能在此登录。").format(left=left)
    return wrong + _("15 分钟内不能再在此登录。")


def page(request: Request, form: SignInForm, goal: str) -> HttpResponse:
    values = {
        "form": form,
        "goal": goal,
        "why": WHY.get(request.GET.get(onward.WHY, ""), "") if request.method == "GET" else "",
        "demo_accounts": _demo_entries(request) if login.is_demo(request) else [],
        "demo_password": DEMO_PASSWORD if login.is_demo(request) else "",
    }
    return render(request, "access/login.html", values)


@dataclass(frozen=True, slots=True)
class DemoEntry:
    """A line of the demo's panel: who signs in by a click, as what, where."""

    username: str
    name: str
    role: str
    unit: str


def _demo_entries(request: Request) -> list[DemoEntry]:
    """The demo accounts that are there, in the order of the roles."""
    tree = tree_of(request.today, last())
    names = dict(
        Account.objects.filter(username__in=[one.username for one in DEMO_ACCOUNTS]).values_list(
            "username", "display_name"
        )
    )
    return [
        DemoEntry(one.username, names[one.username], one.role.label, tree.by_code[one.unit].name)
        for one in DEMO_ACCOUNTS
        if one.username in names and one.unit in tree.by_code
    ]
