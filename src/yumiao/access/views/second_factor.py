"""The second factor: enrolling it, giving its code, and proving once more who sits there.

The pages between password and code are open to everybody: they serve whom the session holds as pending, and lead others to the login page.
Must not know: how codes are made.
"""

from __future__ import annotations

from http import HTTPStatus

import segno
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from markupsafe import Markup

from yumiao.access import browsers, factors, kept, login, onward
from yumiao.access.door import Request, door
from yumiao.access.forms import CodeForm, PasswordForm
from yumiao.access.kept import Kept
from yumiao.access.models import Account
from yumiao.access.permissions import PUBLIC, SIGNED_IN
from yumiao.access.views.sign_in import enter, open_session, refusal


@door(PUBLIC, methods=("GET", "POST"))
@sensitive_post_parameters("code")
def second_factor(request: Request) -> HttpResponse:
    held, now = login.held(login.store_of(request), now=timezone.now()), timezone.now()
    if held is None:
        return onward.led_to(request, "login", why="late")
    if not factors.is_enrolled(held.account):
        return redirect("enrol")
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        origin = browsers.origin_of(request, held.account.username)
        try:
            login.verify_code(held.account, form.cleaned_data["code"], origin=origin, now=now)
        except factors.WrongCode as wrong:
            form.add_error("code", wrong_code(wrong.left))
        else:
            return enter(request, held.account, held.onward, factor=True)
    return render(request, "access/second_factor.html", {"form": form, "secret": None})


@door(PUBLIC, methods=("GET", "POST"))
@sensitive_post_parameters("code")
def enrol(request: Request) -> HttpResponse:
    held, now = login.held(login.store_of(request), now=timezone.now()), timezone.now()
    if held is None:
        return onward.led_to(request, "login", why="late")
    secret = factors.unconfirmed_secret(held.account)
    if secret is None:
        return redirect("second_factor")
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        origin = browsers.origin_of(request, held.account.username)
        try:
            codes = login.confirm_factor(held.account, form.cleaned_data["code"], origin=origin, now=now)
        except factors.WrongCode as wrong:
            form.add_error("code", wrong_code(wrong.left))
        else:
            return _enrolled(request, held, codes)
    address = factors.address(held.account, secret)
    values = {"form": form, "secret": _spaced(secret), "address": address, "picture": _picture(address)}
    return render(request, "access/second_factor.html", values)


@door(SIGNED_IN, methods=("GET", "POST"))
@sensitive_post_parameters("code", "password", kept.FIELD)
def confirm(request: Request) -> HttpResponse:
    goal, waiting = onward.asked_for(request), kept.unpacked(request)
    form = _proof_form(request, request.POST or None)
    if request.method == "POST" and form.is_valid() and _is_proven(request, form):
        login.prove(login.store_of(request), _account(request), now=timezone.now())
        if waiting is None:
            return redirect(goal)
        return render(request, "access/continue.html", {"kept": waiting, "goal": goal})
    return _confirmation(request, form, goal, waiting)


def ask_again(request: Request) -> HttpResponse:
    """What the door answers where the last proof is too old: the confirmation, with the form that was sent, if one was."""
    waiting, goal = kept.of_form(request), onward.page_of(request)
    if waiting is None:
        return onward.led_to(request, "confirm", next=goal)
    response = _confirmation(request, _proof_form(request, None), goal, waiting)
    response.status_code = HTTPStatus.FORBIDDEN
    return response


def wrong_code(left: int) -> str:
    return refusal(left, _("口令不对、已过期或已用过。请输入手机上正在显示的 6 位数字。"))


def _proof_form(request: Request, data: QueryDict | None) -> CodeForm | PasswordForm:
    """For a code where the account has a factor, for the password where it has none, and in the demo."""
    asks_code = not login.is_demo(request) and factors.is_enrolled(_account(request))
    return CodeForm(data) if asks_code else PasswordForm(data)


def _is_proven(request: Request, form: CodeForm | PasswordForm) -> bool:
    account, now = _account(request), timezone.now()
    origin = browsers.origin_of(request, account.username)
    try:
        if isinstance(form, CodeForm):
            login.verify_code(account, form.cleaned_data["code"], origin=origin, now=now)
        else:
            login.account_by_password(account.username, form.cleaned_data["password"], origin=origin, now=now)
    except factors.WrongCode as wrong:
        form.add_error("code", wrong_code(wrong.left))
        return False
    except login.WrongPassword as wrong:
        form.add_error("password", refusal(wrong.left, _("密码不对。")))
        return False
    return True


def _confirmation(request: Request, form: CodeForm | PasswordForm, goal: str, waiting: Kept | None) -> HttpResponse:
    values = {"form": form, "goal": goal, "waiting": waiting, "account": _account(request)}
    return render(request, "access/confirm.html", {**values, "by_code": isinstance(form, CodeForm)})


def _account(request: Request) -> Account:
    assert request.reader.account is not None
    return request.reader.account


def _enrolled(request: Request, held: login.Held, codes: list[str]) -> HttpResponse:
    """Signed in; the page that shows the recovery codes, the one time it does."""
    values = {"codes": codes, "goal": held.onward, "is_first": True}
    response = render(request, "access/recovery_codes.html", values)
    open_session(request, response, held.account, factor=True)
    return response


def _picture(address: str) -> Markup:
    """The QR code as an inline picture, dark on white in both themes, of colours given as attributes: the content policy allows no styles."""
    drawn = segno.make(address, error="m", micro=False).svg_inline(scale=5, border=4, dark="#000", light="#fff")
    return Markup(drawn)  # noqa: S704 drawn by us: modules, no text


def _spaced(secret: str) -> str:
    return " ".join(secret[start : start + 4] for start in range(0, len(secret), 4))
