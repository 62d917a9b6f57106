"""Tokens of one's own account: what is in force, issuing one, revoking one. The secret is shown once, on the answer to the form.

Must not know: what a token opens.
"""

from __future__ import annotations

import uuid
from typing import Final

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from yumiao.access.account_forms import TokenForm
from yumiao.access.door import API, Request, door, parsed_once
from yumiao.access.permissions import SIGNED_IN, Permission
from yumiao.access.token_rows import token_of, token_row, tokens_in_force, tokens_over
from yumiao.access.tokens import issue_token, revoke_token
from yumiao.access.views.accounts import METHODS
from yumiao.journal.acts import AlreadyDone
from yumiao.journal.facts import ALIVE
from yumiao.kernel.objections import Objection, Refused

OVER_SHOWN: Final = 20
EXAMPLES: Final = {  # the address to try a token at, by its first right
    Permission.UNIT_READ.value: f"{API}units/?limit=10",
    Permission.PERSON_READ.value: f"{API}people/?limit=10",
    Permission.LEDGER_READ.value: f"{API}ledger/",
}


@door(SIGNED_IN)
def tokens(request: Request) -> HttpResponse:
    """Own tokens; whoever may issue none sees those he issued before."""
    account = request.reader.account
    assert account is not None
    values = {
        "tokens": [token_row(one, request.reader) for one in tokens_in_force(account, today=request.today)],
        "over": [token_row(one, request.reader) for one in tokens_over(account, today=request.today, most=OVER_SHOWN)],
        "over_shown": OVER_SHOWN,
        "may_issue": request.reader.may(Permission.TOKEN_ISSUE),
    }
    return render(request, "access/tokens.html", values)


@door(Permission.TOKEN_ISSUE, fresh=True, methods=METHODS)
def new_token(request: Request) -> HttpResponse:
    form = TokenForm(request.reader, request.POST if request.method == "POST" else None)
    objections: tuple[Objection, ...] = ()
    if form.is_valid():
        try:
            token, secret = issue_token(reader=request.reader, **form.cleaned_data, once=parsed_once(request))
        except AlreadyDone:
            messages.info(request, _("令牌已经签发，内容只显示一次。没有记下的，请撤销后重新签发。"))
            return redirect("tokens")
        except Refused as error:
            objections = error.objections
        else:
            example = request.build_absolute_uri(EXAMPLES[token.permissions.split()[0]])
            values = {"token": token_row(token, request.reader), "secret": secret, "example": example}
            return render(request, "access/token_issued.html", values)
    return render(request, "access/token_new.html", {"form": form, "objections": objections})


@door(SIGNED_IN, methods=METHODS)
def revoke(request: Request, uid: uuid.UUID) -> HttpResponse:
    account = request.reader.account
    assert account is not None
    token = token_of(account, uid)
    if token.struck != ALIVE:
        messages.info(request, _("“%(name)s”已经撤销。") % {"name": token.name})
        return redirect("tokens")
    if request.method == "POST":
        revoke_token(account=account, uid=uid, actor=request.reader.actor, once=parsed_once(request))
        messages.success(request, _("已撤销“%(name)s”，下一次读取就会被拒绝。") % {"name": token.name})
        return redirect("tokens")
    return render(request, "access/token_revoke.html", {"token": token_row(token, request.reader)})
