"""Delegations (代办): one's own, given and held; lending a post, one's own or one below; taking it back.

Must not know: when something is refused; rules and services say so.
"""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from yumiao.access.delegation_forms import DelegationForm, PostForm
from yumiao.access.delegation_rows import candidates, delegation_for, delegations_of, lendable_posts
from yumiao.access.delegations import Loan, delegate, take_back
from yumiao.access.door import Request, door, parsed_once
from yumiao.access.models import Account
from yumiao.access.permissions import SIGNED_IN, Permission
from yumiao.access.queries import account_for
from yumiao.access.readers import Held
from yumiao.access.views.accounts import METHODS
from yumiao.journal.acts import AlreadyDone
from yumiao.kernel.objections import Objection, OutOfScope, Refused


@door(SIGNED_IN)
def delegations(request: Request) -> HttpResponse:
    """What the reader lent, and by whose posts he acts."""
    account = _own(request)
    found = delegations_of(account, request.reader)
    values = {
        "given": [one for one in found if one.giver == account],
        "held": [one for one in found if one.delegate == account],
        "may_lend": bool(lendable_posts(request.reader, account)),
    }
    return render(request, "access/delegations.html", values)


@door(SIGNED_IN, fresh=True, methods=METHODS)
def lend(request: Request) -> HttpResponse:
    """Lend a post of one's own."""
    return _lend(request, _own(request), reverse("delegations"))


@door(Permission.ACCOUNT_INVITE, fresh=True, methods=METHODS)
def lend_for(request: Request, uid: uuid.UUID) -> HttpResponse:
    """Lend the post of somebody below who cannot do it himself."""
    shown = account_for(request.reader, uid, Permission.ACCOUNT_INVITE)
    return _lend(request, shown, reverse("account", kwargs={"uid": uid}))


@door(SIGNED_IN, fresh=True, methods=METHODS)
def end_delegation(request: Request, delegation: uuid.UUID) -> HttpResponse:
    """Take back what one lent, or give back what one holds."""
    return _end(request, _own(request), delegation, reverse("delegations"))


@door(Permission.APPOINTMENT_END, fresh=True, methods=METHODS)
def end_delegation_for(request: Request, uid: uuid.UUID, delegation: uuid.UUID) -> HttpResponse:
    """Take back what somebody below lent."""
    shown = account_for(request.reader, uid, Permission.APPOINTMENT_END)
    return _end(request, shown, delegation, reverse("account", kwargs={"uid": uid}))


def _own(request: Request) -> Account:
    assert request.reader.account is not None
    return request.reader.account


def _lend(request: Request, giver: Account, back: str) -> HttpResponse:
    posts = lendable_posts(request.reader, giver)
    held, choice = _chosen(request, posts)
    objections: tuple[Objection, ...] = ()
    form = None
    if held is not None:
        people = candidates(request.reader, giver, held.post)
        form = DelegationForm(held, people, request.today, request.POST if request.method == "POST" else None)
    if held is not None and form is not None and form.is_valid():
        loan = Loan(giver=giver, role=held.role, unit=held.unit, **form.cleaned_data)
        try:
            delegate(loan, actor=request.reader.actor, today=request.today, once=parsed_once(request))
            messages.success(
                request, _("已委托{name}代办，本人下次登录时生效。").format(name=loan.delegate.display_name)
            )
            return redirect(back)
        except AlreadyDone:
            return redirect(back)
        except Refused as error:
            objections = error.objections
    is_own = giver == request.reader.account
    values = {
        "giver": giver,
        "is_own": is_own,
        "here": reverse("delegation_new") if is_own else reverse("lend_for", kwargs={"uid": giver.uid}),
        "back": back,
        "posts": posts,
        "held": held,
        "place": posts.index(held) + 1 if held is not None else 0,
        "choice": choice,
        "form": form,
        "objections": objections,
    }
    return render(request, "access/delegation_new.html", values, status=409 if objections else 200)


def _chosen(request: Request, posts: list[Held]) -> tuple[Held | None, PostForm]:
    """The post that the address names; the only one where there is no choice."""
    form = PostForm(posts, request.GET if "post" in request.GET else None)
    if form.is_valid():
        return posts[int(form.cleaned_data["post"]) - 1], form
    return (posts[0] if len(posts) == 1 else None), form


def _end(request: Request, account: Account, uid: uuid.UUID, back: str) -> HttpResponse:
    row = delegation_for(request.reader, account, uid)
    if not row.may_end:
        if row.state != "over":
            raise OutOfScope("没有找到这次代办，或不在您的管理范围内。")
        messages.info(request, _("这次代办已经收回或者到期。"))
        return redirect(back)
    if request.method == "POST":
        try:
            take_back(uid, actor=request.reader.actor, today=request.today, once=parsed_once(request))
        except AlreadyDone:
            return redirect(back)
        messages.success(request, _("代办已收回，即刻失效。"))
        return redirect(back)
    is_own = account == request.reader.account
    return render(
        request, "access/delegation_end.html", {"row": row, "account": account, "back": back, "is_own": is_own}
    )
