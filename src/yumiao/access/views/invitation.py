"""The page for somebody with a one-time code: the code, then a password of one's own, then on to the login.

It says a name only once the code was right. Must not know: how codes are kept, how tries are counted.
"""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters

from yumiao.access import limiter
from yumiao.access.account_forms import FirstPasswordForm, OneTimeCodeForm
from yumiao.access.door import Request, door
from yumiao.access.invitations import CodeSpent, accept_invitation, invited
from yumiao.access.models import Account
from yumiao.access.permissions import PUBLIC


@door(PUBLIC, methods=("GET", "POST"))
@sensitive_post_parameters("code", "password", "again")
def invitation(request: Request) -> HttpResponse:
    typed = OneTimeCodeForm(request.POST or None)
    if request.method == "POST" and typed.is_valid():
        try:
            account = _owner(request, typed.cleaned_data["code"])
            return _second_step(request, account, typed.cleaned_data["code"])
        except CodeSpent as spent:
            typed.add_error("code", str(spent))
    return render(request, "access/invitation.html", {"form": typed, "account": None})


def _second_step(request: Request, account: Account, code: str) -> HttpResponse:
    """The password: asked for after the code alone was sent, taken when it is there and good."""
    is_sent = "password" in request.POST
    form = FirstPasswordForm(account, request.POST if is_sent else None, initial={"code": code})
    if is_sent and form.is_valid():
        accept_invitation(code=code, password=form.cleaned_data["password"])
        messages.success(request, _("密码已设定，现在用登录名 {name} 登录。").format(name=account.username))
        return redirect("login")
    return render(request, "access/invitation.html", {"form": form, "account": account})


def _owner(request: Request, code: str) -> Account:
    """Whose code it is, within the limit of tries; a right one counts for nothing."""
    tries = limiter.of_invitation(limiter.Origin(limiter.source_of(request)))
    limiter.take(tries, now=timezone.now())
    account = invited(code).account
    limiter.give_back(tries)
    return account
