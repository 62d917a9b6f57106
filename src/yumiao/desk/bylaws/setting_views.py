"""Pages of settings: what is in force, its history, and a change by way of its preview."""

from __future__ import annotations

from http import HTTPStatus
from typing import Final
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from yumiao.access.door import Request, door, parsed_once
from yumiao.access.permissions import Permission
from yumiao.bylaws.keys import KEYS, Key, Value
from yumiao.bylaws.queries import history, last_change, papers, periods_by_key, value_in_words
from yumiao.bylaws.services import change_setting
from yumiao.desk.bylaws.forms import SettingForm, SettingReasonForm
from yumiao.desk.bylaws.setting_rows import SettingRow, effects
from yumiao.desk.bylaws.words import SettingGroup, bounds_in_words, group_of
from yumiao.desk.rulebook import rules_on
from yumiao.desk.setting_preview import preview_setting
from yumiao.journal.acts import AlreadyDone
from yumiao.kernel.objections import Objection, OutOfScope, Refused, Stale
from yumiao.ui.addresses import reverse

TYPED: Final = ("value", "since", "paper")  # what the form begins with when one comes back to it


@door(Permission.BYLAW_READ)
def settings(request: Request) -> HttpResponse:
    """Every setting with its value of today, by group; `changed=1`: those the county has set."""
    periods, only_changed = periods_by_key(), request.GET.get("changed") == "1"
    rows = [SettingRow.of(key, periods.get(key.name, []), request.today) for key in KEYS.values()]
    changed = [row for row in rows if row.key.name in periods]
    shown = changed if only_changed else rows
    groups = [(group, [row for row in shown if group_of(row.key.name) is group]) for group in SettingGroup]
    values = {
        "groups": [(group, found) for group, found in groups if found],
        "only_changed": only_changed,
        "counts": (len(rows), len(changed)),
    }
    return render(request, "desk/bylaws/settings.html", values)


@door(Permission.BYLAW_READ)
def setting(request: Request, key: str) -> HttpResponse:
    """One setting: value of today, bounds, rules that use it, history."""
    declared = _declared(key)
    periods = history(key)
    values = {
        "row": SettingRow.of(declared, periods, request.today),
        "bounds": bounds_in_words(declared),
        "rules": rules_on(key),
        "periods": [(one, value_in_words(key, one.value)) for one in reversed(periods)],
        "may_change": request.reader.may(Permission.BYLAW_CHANGE),
        "may_read_journal": request.reader.may(Permission.JOURNAL_READ),
    }
    return render(request, "desk/bylaws/setting.html", values)


@door(Permission.BYLAW_CHANGE, fresh=True, methods=("GET", "POST"))
def setting_change(request: Request, key: str) -> HttpResponse:
    """Fill in, beginning with what the address gives; on POST, submit what was looked at."""
    row, known = _row(request, key), papers()
    if request.method != "POST":
        typed = {name: request.GET[name] for name in TYPED if name in request.GET}
        initial = {"since": request.today, "value": row.written} | typed | {"shown": last_change(key)}
        return _form_page(request, row, SettingForm(key, known, initial=initial), HTTPStatus.OK)
    form, why = SettingForm(key, known, request.POST), SettingReasonForm(request.POST)
    if not (form.is_valid() and why.is_valid()):
        return _preview_page(request, row, form, why)
    wanted = {"key": key, **form.wanted(), **why.cleaned_data, "actor": request.reader.actor, "today": request.today}
    try:
        change_setting(**wanted, once=parsed_once(request))
    except AlreadyDone:
        return redirect("setting", key)
    except (Refused, Stale) as declined:
        return _declined(request, row, form, declined)
    messages.success(request, _("已提交：%(title)s已调整。") % {"title": row.key.title})
    return redirect("setting", key)


@door(Permission.BYLAW_CHANGE, fresh=True)
def setting_preview(request: Request, key: str) -> HttpResponse:
    """What a change would do: an address that may be looked at again, and writes nothing."""
    return _preview_page(request, _row(request, key), SettingForm(key, papers(), request.GET), SettingReasonForm())


def _preview_page(request: Request, row: SettingRow, form: SettingForm, why: SettingReasonForm) -> HttpResponse:
    """The effects, and below them the reason and the submission; the form itself where something in it is missing."""
    if not form.is_valid():
        return _form_page(request, row, form, HTTPStatus.UNPROCESSABLE_ENTITY)
    wanted = {"key": row.key.name, **form.wanted(), "today": request.today}
    try:
        # the rules ask for a reason, and its field is on the page that is being made
        changes = preview_setting(**wanted, reason=_("提交时填写"))
    except (Refused, Stale) as declined:
        return _declined(request, row, form, declined)
    values = {
        "row": row,
        "form": form,
        "why": why,
        "wanted": wanted,
        "value": value_in_words(row.key.name, wanted["value"]),
        "day": max(wanted["since"], request.today),
        "effects": effects(changes, request.reader.tree),
        "edit_query": urlencode({name: form.data[name] for name in TYPED} | {"value": wanted["value"]}),
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if why.errors else HTTPStatus.OK
    return render(request, "desk/bylaws/setting_preview.html", values, status=status)


def _declined(request: Request, row: SettingRow, form: SettingForm, declined: Refused | Stale) -> HttpResponse:
    """The form with the reasons against it, or both versions where somebody else was faster."""
    if isinstance(declined, Refused):
        return _form_page(request, row, form, HTTPStatus.CONFLICT, declined.objections)
    both = {"differences": declined.differences, "fresh_url": reverse("setting_change", args=[row.key.name])}
    return render(request, "ui/errors/409.html", both, status=HTTPStatus.CONFLICT)


def _form_page(
    request: Request, row: SettingRow, form: SettingForm, status: HTTPStatus, objections: tuple[Objection, ...] = ()
) -> HttpResponse:
    values = {"row": row, "form": form, "has_papers": bool(form.papers), "objections": objections}
    return render(request, "desk/bylaws/setting_change.html", values, status=status)


def _row(request: Request, key: str) -> SettingRow:
    return SettingRow.of(_declared(key), history(key), request.today)


def _declared(key: str) -> Key[Value]:
    if key not in KEYS:
        raise OutOfScope(key)
    return KEYS[key]
