"""The list of accounts, one account, and what is done to it. Every deed has a page of its own that asks for a fresh proof.

Must not know: when something is refused; rules and services say so.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Protocol
from urllib.parse import urlencode

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yumiao.access.account_forms import EndForm, FilterForm, ReasonForm, RenewalForm, RenewForm
from yumiao.access.accounts import renew_invitation, reset_login, restore, suspend
from yumiao.access.appointments import Grant, appoint, end_appointment
from yumiao.access.delegation_rows import delegations_of, lendable_posts
from yumiao.access.door import Request, door, parsed_once
from yumiao.access.endings import SOON
from yumiao.access.models import Account
from yumiao.access.permissions import Permission, Role
from yumiao.access.queries import (
    Wanted,
    account_for,
    account_page,
    appointments_of,
    history_of,
    may_end,
    open_invitation,
    open_roles,
    tenure_for,
)
from yumiao.access.token_rows import token_of, token_row, tokens_in_force
from yumiao.access.tokens import revoke_token
from yumiao.journal.acts import Actor, AlreadyDone
from yumiao.journal.facts import ALIVE
from yumiao.kernel.objections import OutOfScope, Refused
from yumiao.kernel.periods import FOREVER, add_years, on_paper

METHODS: Final = ("GET", "POST")


@door(Permission.ACCOUNT_READ)
def accounts(request: Request) -> HttpResponse:
    reader, form = request.reader, FilterForm(request.GET)
    scope = reader.scope(Permission.ACCOUNT_READ)
    wanted = _wanted(request, form)
    typed = form.cleaned_data.get("unit", "") if form.is_valid() else ""
    keys = {name: request.GET.get(name, "").replace("\0", "")[:60] for name in ("after", "before")}
    found = account_page(scope, reader.tree, wanted, today=request.today, **keys)
    values = {
        "form": form,
        "found": found,
        "lost": typed if wanted.unit is None else "",
        "query": urlencode(_query(wanted)),
        "chips": _chips(wanted),
        "previous_url": _turned(wanted, before=found.previous_key),
        "next_url": _turned(wanted, after=found.next_key),
        "may_invite": bool(open_roles(reader)),
    }
    return render(request, "access/accounts.html", values)


@door(Permission.ACCOUNT_READ)
def account(request: Request, uid: uuid.UUID) -> HttpResponse:
    reader = request.reader
    shown = account_for(reader, uid, Permission.ACCOUNT_READ)
    scope = reader.scope(Permission.ACCOUNT_READ)
    held = appointments_of([shown], scope, reader.tree, today=request.today)[shown.pk]
    is_other = reader.account != shown
    values = {
        "account": shown,
        "rows": [(one, is_other and may_end(reader, one)) for one in held],
        "invitation": open_invitation(shown, timezone.now()),
        "is_opened": shown.has_usable_password(),
        "may_renew": is_other and any(may_end(reader, one) for one in held),
        "may_appoint": is_other and bool(open_roles(reader)),
        "may_suspend": is_other and reader.may(Permission.ACCOUNT_SUSPEND),
        "may_lend": is_other and bool(lendable_posts(reader, shown)),
        "delegations": delegations_of(shown, reader),
        "tokens": [token_row(one, reader) for one in tokens_in_force(shown, today=request.today)],
        "history": history_of(shown) if reader.may(Permission.JOURNAL_READ) else None,
        "shows_units": reader.may(Permission.UNIT_READ),
    }
    return render(request, "access/account.html", values)


@dataclass(frozen=True, slots=True)
class Deed:
    """A page that does one thing to an account: what it is called, what it means, and the verb on its button."""

    title: str | Promise
    note: str | Promise
    button: str | Promise
    done: str | Promise


class LoginService(Protocol):
    """What is done to an account's login for a stated reason; a code that comes of it is returned."""

    def __call__(self, *, account: Account, reason: str, actor: Actor, once: uuid.UUID | None) -> str | None: ...


LoginDeed = tuple[Deed, LoginService]
SUSPENSION: Final[LoginDeed] = (
    Deed(
        gettext_lazy("停用账号"),
        gettext_lazy("本人立即退出登录，启用之前不能再登录。任职保留。"),
        gettext_lazy("停用"),
        gettext_lazy("账号已停用。"),
    ),
    suspend,
)
RESTORATION: Final[LoginDeed] = (
    Deed(
        gettext_lazy("启用账号"),
        gettext_lazy("本人可以用原来的密码登录。"),
        gettext_lazy("启用"),
        gettext_lazy("账号已启用。"),
    ),
    restore,
)
RESET: Final[LoginDeed] = (
    Deed(
        gettext_lazy("重置登录"),
        gettext_lazy(
            "生成一个一次性的重置码，当面交给本人，由本人设定新密码、重新启用动态口令。原密码在重置码使用时失效；账号停用的，即刻失效。"
        ),
        gettext_lazy("生成重置码"),
        gettext_lazy("重置码已经生成过。没有记下的，重新生成一个。"),
    ),
    reset_login,
)


@door(Permission.ACCOUNT_SUSPEND, fresh=True, methods=METHODS)
def login_deed(request: Request, uid: uuid.UUID, of: LoginDeed) -> HttpResponse:
    """Stop, restore or make anew somebody's login; which of them the address says."""
    shown = account_for(request.reader, uid, Permission.ACCOUNT_SUSPEND)
    form, (deed, service) = ReasonForm(request.POST or None), of

    def carry_out() -> str | None:
        reason, actor = form.cleaned_data["reason"], request.reader.actor
        return service(account=shown, reason=reason, actor=actor, once=parsed_once(request))

    return _page_of(request, shown, form, deed, carry_out)


@door(Permission.ACCOUNT_SUSPEND, fresh=True, methods=METHODS)
def revoke_account_token(request: Request, uid: uuid.UUID, token: uuid.UUID) -> HttpResponse:
    """Revoke somebody's token without suspending him."""
    shown, form = account_for(request.reader, uid, Permission.ACCOUNT_SUSPEND), ReasonForm(request.POST or None)
    meant = token_of(shown, token)
    note = _("“{name}”：用它的系统下一次读取就被拒绝；不能恢复，只能由本人重新签发。").format(name=meant.name)
    deed = Deed(_("撤销接口令牌"), note, _("撤销"), _("令牌已撤销。"))
    if meant.struck != ALIVE:
        messages.info(request, str(deed.done))
        return redirect("account", uid=shown.uid)

    def carry_out() -> None:
        revoke_token(
            account=shown,
            uid=token,
            actor=request.reader.actor,
            reason=form.cleaned_data["reason"],
            once=parsed_once(request),
        )

    return _page_of(request, shown, form, deed, carry_out)


@door(Permission.ACCOUNT_INVITE, fresh=True, methods=METHODS)
def renew_account(request: Request, uid: uuid.UUID) -> HttpResponse:
    shown = account_for(request.reader, uid, Permission.ACCOUNT_INVITE)
    form = RenewForm(request.POST if request.method == "POST" else None)
    deed = Deed(
        _("重新发开户码"),
        _("生成一个新的开户码，以前的开户码即刻失效。"),
        _("生成开户码"),
        _("开户码已经生成过。没有记下的，重新生成一个。"),
    )

    def carry_out() -> str:
        return renew_invitation(
            account=shown, actor=request.reader.actor, today=request.today, once=parsed_once(request)
        )

    return _page_of(request, shown, form, deed, carry_out)


@door(Permission.APPOINTMENT_END, fresh=True, methods=METHODS)
def end(request: Request, uid: uuid.UUID, appointment: int) -> HttpResponse:
    shown = account_for(request.reader, uid, Permission.APPOINTMENT_END)
    tenure = tenure_for(request.reader, shown, appointment)
    form = EndForm(request.POST or None, initial={"until": request.today})
    what = _("{unit} {role}").format(unit=tenure.unit.name, role=tenure.role.label)
    deed = Deed(_("结束任职"), _("结束的任职：{what}。").format(what=what), _("结束任职"), _("任职已结束。"))

    def carry_out() -> None:
        end_appointment(
            appointment=tenure.id,
            until=form.cleaned_data["until"],
            actor=request.reader.actor,
            today=request.today,
            once=parsed_once(request),
        )

    return _page_of(request, shown, form, deed, carry_out)


@door(Permission.ACCOUNT_INVITE, fresh=True, methods=METHODS)
def renew(request: Request, uid: uuid.UUID, appointment: int) -> HttpResponse:
    """Let an appointment go on from the day it would end."""
    shown = account_for(request.reader, uid, Permission.ACCOUNT_INVITE)
    tenure = tenure_for(request.reader, shown, appointment)
    if tenure.until is None or tenure.is_over:
        raise OutOfScope("没有找到将到期的这项任职。")
    since = tenure.until
    form = RenewalForm(request.POST if request.method == "POST" else None, initial={"until": add_years(since, 1)})
    what = _("{unit} {role}").format(unit=tenure.unit.name, role=tenure.role.label)
    note = _("续任的任职：{what}，自{day}起接续原任职。").format(what=what, day=on_paper(since))
    deed = Deed(_("续任"), note, _("续任"), _("任职已续任。"))

    def carry_out() -> None:
        appoint(
            account=shown,
            grant=Grant(tenure.role, tenure.unit, since, form.cleaned_data["until"] or FOREVER),
            actor=request.reader.actor,
            today=request.today,
            once=parsed_once(request),
        )

    return _page_of(request, shown, form, deed, carry_out)


def _page_of(
    request: Request, shown: Account, form: Form, deed: Deed, carry_out: Callable[[], str | None]
) -> HttpResponse:
    """The deed's page, or what came of it: back to the account, or the one page that shows a code."""
    refused: Refused | None = None
    if form.is_valid():
        try:
            code = carry_out()
        except AlreadyDone:
            messages.info(request, str(deed.done))
            return redirect("account", uid=shown.uid)
        except Refused as error:
            refused = error
        else:
            if code is not None:
                return code_page(request, shown, code)
            messages.success(request, str(deed.done))
            return redirect("account", uid=shown.uid)
    values = {"account": shown, "form": form, "deed": deed, "objections": refused.objections if refused else ()}
    return render(request, "access/account_deed.html", values, status=409 if refused else 200)


def code_page(request: Request, shown: Account, code: str) -> HttpResponse:
    """The one time a code is said."""
    values = {"account": shown, "code": code, "invitation": open_invitation(shown, timezone.now())}
    return render(request, "access/invited.html", values)


def _wanted(request: Request, form: FilterForm) -> Wanted:
    """What the address asks for. A unit that the reader does not see is none, and narrows nothing."""
    given = form.cleaned_data if form.is_valid() else {}
    unit = request.reader.tree.by_code.get(given.get("unit", ""))
    if unit is not None and not request.reader.may_at(Permission.ACCOUNT_READ, unit):
        unit = None
    role = Role(given["role"]) if given.get("role") else None
    return Wanted(given.get("q", ""), role, unit, bool(given.get("ending")))


def _query(wanted: Wanted) -> dict[str, str]:
    given = {
        "q": wanted.name,
        "role": wanted.role.value if wanted.role else "",
        "unit": wanted.unit.code if wanted.unit else "",
        "ending": "on" if wanted.is_ending else "",
    }
    return {name: value for name, value in given.items() if value}


def _address(query: dict[str, str]) -> str:
    return f"{reverse('accounts')}?{urlencode(query)}" if query else reverse("accounts")


def _turned(wanted: Wanted, **key: str | None) -> str | None:
    turned = {name: value for name, value in key.items() if value}
    return _address(_query(wanted) | turned) if turned else None


def _chips(wanted: Wanted) -> list[tuple[str, str]]:
    """The conditions in force, each with the address without it."""
    query = _query(wanted)
    labels = {
        "q": _("姓名或登录名：{text}").format(text=wanted.name),
        "role": wanted.role.label if wanted.role else "",
        "unit": wanted.unit.name if wanted.unit else "",
        "ending": _("任职 {days} 日内到期").format(days=SOON.days),
    }
    return [(labels[name], _address({key: query[key] for key in query if key != name})) for name in query]
