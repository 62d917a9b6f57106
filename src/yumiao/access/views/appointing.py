"""Opening an account with its first post, and giving a further one: first which post, then at which unit and from when.

Must not know: who may appoint whom; the forms offer what the rules leave, and the services judge again.
"""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from yumiao.access.account_forms import GrantForm, InviteForm, RoleForm
from yumiao.access.accounts import invite
from yumiao.access.appointments import Grant, appoint
from yumiao.access.door import Request, door, parsed_once
from yumiao.access.models import Account
from yumiao.access.permissions import Permission, Role
from yumiao.access.queries import account_for, open_roles, open_units
from yumiao.access.views.accounts import METHODS, code_page
from yumiao.journal.acts import AlreadyDone
from yumiao.kernel.objections import Objection, Refused
from yumiao.kernel.periods import FOREVER


@door(Permission.ACCOUNT_INVITE, fresh=True, methods=METHODS)
def invite_account(request: Request) -> HttpResponse:
    role, choice = _chosen(request)
    form = _form(request, InviteForm, role) if role else None
    objections: tuple[Objection, ...] = ()
    if role and form and form.is_valid():
        try:
            invited = invite(
                username=form.cleaned_data["username"],
                display_name=form.cleaned_data["display_name"],
                grant=_grant(role, form),
                actor=request.reader.actor,
                today=request.today,
                once=parsed_once(request),
            )
            return code_page(request, invited.account, invited.code)
        except AlreadyDone:
            messages.info(request, _("账号已经开设。没有记下开户码的，在账号页重新发码。"))
            return redirect("accounts")
        except Refused as error:
            objections = error.objections
    return _page(request, None, role, choice, form, objections)


@door(Permission.ACCOUNT_INVITE, fresh=True, methods=METHODS)
def appoint_account(request: Request, uid: uuid.UUID) -> HttpResponse:
    shown = account_for(request.reader, uid, Permission.ACCOUNT_INVITE)
    role, choice = _chosen(request)
    form = _form(request, GrantForm, role) if role else None
    objections: tuple[Objection, ...] = ()
    if role and form and form.is_valid():
        try:
            appoint(
                account=shown,
                grant=_grant(role, form),
                actor=request.reader.actor,
                today=request.today,
                once=parsed_once(request),
            )
            messages.success(request, _granted(shown))
            return redirect("account", uid=uid)
        except AlreadyDone:
            return redirect("account", uid=uid)
        except Refused as error:
            objections = error.objections
    return _page(request, shown, role, choice, form, objections)


def _granted(shown: Account) -> str:
    if shown.has_usable_password():
        return _("任职已授予，本人下次登录时生效。")
    return _("任职已授予。账号还没有开通，以前的开户码已失效，请重新发码。")


def _chosen(request: Request) -> tuple[Role | None, RoleForm]:
    """The post that the address names, if it is one the reader may give; the only one where there is no choice."""
    roles = open_roles(request.reader)
    form = RoleForm(roles, request.GET if "role" in request.GET else None)
    if form.is_valid():
        return Role(form.cleaned_data["role"]), form
    return (roles[0] if len(roles) == 1 else None), form


def _form(request: Request, form: type[GrantForm], role: Role) -> GrantForm:
    units = open_units(request.reader, role)
    return form(units, request.reader.tree, request.today, request.POST if request.method == "POST" else None)


def _grant(role: Role, form: GrantForm) -> Grant:
    given = form.cleaned_data
    return Grant(role, given["unit"], given["since"], given["until"] or FOREVER)


def _page(
    request: Request,
    shown: Account | None,
    role: Role | None,
    choice: RoleForm,
    form: GrantForm | None,
    objections: tuple[Objection, ...],
) -> HttpResponse:
    values: dict[str, Any] = {
        "account": shown,
        "role": role,
        "choice": choice,
        "form": form,
        "objections": objections,
    }
    return render(request, "access/invite.html", values, status=409 if objections else 200)
