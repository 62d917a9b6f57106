"""Pages of settings: what is in force, its history, and a change by way of its preview."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from yumiao.access.door import Request, door, parsed_once
from yumiao.access.permissions import Permission
from yumiao.bylaws.keys import KEYS, Key, Value
from yumiao.bylaws.queries import history, last_change, papers, periods_by_key, value_in_words
from yumiao.bylaws.services import change_setting
from yumiao.desk.bylaws.forms import SettingForm
from yumiao.desk.bylaws.setting_rows import SettingRow, effects
from yumiao.desk.bylaws.words import SettingGroup, bounds_in_words, group_of
from yumiao.desk.rulebook import rules_on
from yumiao.desk.setting_preview import preview_setting
from yumiao.journal.acts import AlreadyDone
from yumiao.kernel.objections import Objection, OutOfScope, Refused, Stale


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
    """Fill in, look at what would change, submit: `deed` says which of the three is asked for."""
    row, known = SettingRow.of(_declared(key), history(key), request.today), papers()
    if request.method != "POST":
        initial = {"since": request.today, "shown": last_change(key), "value": row.written}
        return _form_page(request, row, SettingForm(key, known, initial=initial), HTTPStatus.OK)
    form = SettingForm(key, known, request.POST)
    if not form.is_valid():
        return _form_page(request, row, form, HTTPStatus.UNPROCESSABLE_ENTITY)
    deed = request.POST.get("deed")
    if deed == "edit":
        return _form_page(request, row, form, HTTPStatus.OK)
    wanted = {"key": key, **form.wanted(), "actor": request.reader.actor, "today": request.today}
    try:
        return _submitted(request, row, wanted) if deed == "submit" else _preview_page(request, row, form, wanted)
    except Refused as refused:
        return _form_page(request, row, form, HTTPStatus.CONFLICT, refused.objections)
    except Stale as stale:
        both = {"differences": stale.differences, "fresh_url": request.path}
        return render(request, "ui/errors/409.html", both, status=HTTPStatus.CONFLICT)


def _submitted(request: Request, row: SettingRow, wanted: dict[str, Any]) -> HttpResponse:
    try:
        change_setting(**wanted, once=parsed_once(request))
    except AlreadyDone:
        return redirect("setting", row.key.name)
    messages.success(request, _("已提交：%(title)s已调整。") % {"title": row.key.title})
    return redirect("setting", row.key.name)


def _preview_page(request: Request, row: SettingRow, form: SettingForm, wanted: dict[str, Any]) -> HttpResponse:
    values = {
        "row": row,
        "form": form,
        "wanted": wanted,
        "value": value_in_words(row.key.name, wanted["value"]),
        "day": max(wanted["since"], request.today),
        "effects": effects(preview_setting(**wanted), request.reader.tree),
    }
    return render(request, "desk/bylaws/setting_preview.html", values)


def _form_page(
    request: Request, row: SettingRow, form: SettingForm, status: HTTPStatus, objections: tuple[Objection, ...] = ()
) -> HttpResponse:
    values = {"row": row, "form": form, "has_papers": bool(form.papers), "objections": objections}
    return render(request, "desk/bylaws/setting_change.html", values, status=status)


def _declared(key: str) -> Key[Value]:
    if key not in KEYS:
        raise OutOfScope(key)
    return KEYS[key]
