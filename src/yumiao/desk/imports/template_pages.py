"""Templates to fill in: every sheet alone or all together, blank, or with what is known of a unit of one's own."""

from __future__ import annotations

from http import HTTPStatus
from pathlib import Path

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from yumiao.access.door import Request, admit, door
from yumiao.access.permissions import Permission
from yumiao.desk.imports.forms import FilledForm
from yumiao.desk.imports.queries import units_within
from yumiao.desk.imports.store import scratch
from yumiao.desk.workbook.checking import FORMS
from yumiao.desk.workbook.reach import Reach
from yumiao.desk.workbook.templates import NAMELESS, forms_of, write_blank, write_with_people, write_without_names
from yumiao.kernel.identity import scrub
from yumiao.kernel.objections import OutOfScope
from yumiao.sheets.answers import workbook
from yumiao.sheets.columns import Form
from yumiao.units.queries import UnitOnDay

IMPORT, EXPORT = Permission.WORKBOOK_IMPORT, Permission.WORKBOOK_EXPORT


@door(IMPORT)
def templates(request: Request) -> HttpResponse:
    """All templates there are."""
    values = {
        "forms": [(form, sum(column.required for column in form.columns)) for form in FORMS],
        "nameless": NAMELESS,
        "units": _choices(units_within(request.reader, IMPORT)),
        "may_fill_people": request.reader.may(EXPORT),
    }
    return render(request, "desk/imports/templates.html", values)


@door(IMPORT)
def template(request: Request) -> HttpResponse:
    """A workbook of the sheets named by `sheet`, all where none is: blank, or with what is known of `unit` and its plans."""
    titles, code = request.GET.getlist("sheet"), request.GET.get("unit", "")
    if code:
        top = request.reader.tree.by_code.get(code)
        admit(top, request.reader, IMPORT)
        assert top is not None
        forms = tuple(form for form in NAMELESS if form in forms_of(titles))
        if not forms:
            raise OutOfScope(_("只有不含人员的工作表可以这样预填。"))
        return _without_names(request, forms, top)
    with scratch() as folder:
        forms, target = forms_of(titles), folder / "template.xlsx"
        write_blank(target, forms, units=units_within(request.reader, IMPORT), day=request.today)
        return _sent(target, _("%(what)s(空白模板).xlsx") % {"what": _what(forms)})


@door(EXPORT, fresh=True, methods=("GET", "POST"))
def filled(request: Request) -> HttpResponse:
    """Ask whose people and what for, then send the template filled in with them."""
    choices = _choices(units_within(request.reader, EXPORT))
    form = FilledForm(choices, [form.title for form in FORMS], request.POST or None)
    if request.method != "POST":
        return _filled_page(request, form, HTTPStatus.OK)
    if not form.is_valid():
        return _filled_page(request, form, HTTPStatus.UNPROCESSABLE_ENTITY)
    try:
        return _with_people(request, form)
    except OSError:
        form.add_error(None, _("服务器磁盘空间不足，模板没有生成。请联系系统管理员腾出空间后再试。"))
        return _filled_page(request, form, HTTPStatus.INSUFFICIENT_STORAGE)


def _filled_page(request: Request, form: FilledForm, status: HTTPStatus) -> HttpResponse:
    return render(request, "desk/imports/filled.html", {"form": form}, status=status)


def _without_names(request: Request, forms: tuple[Form, ...], top: UnitOnDay) -> HttpResponse:
    with scratch() as folder:
        target = folder / "template.xlsx"
        write_without_names(target, forms, units=units_within(request.reader, IMPORT, top), day=request.today)
        return _sent(target, _filled_name(forms, top))


def _with_people(request: Request, form: FilledForm) -> HttpResponse:
    asked, reader = form.cleaned_data, request.reader
    top, forms = reader.tree.by_code[asked["unit"]], forms_of(asked["sheets"])
    with scratch() as folder:
        target = folder / "template.xlsx"
        write_with_people(
            target,
            forms,
            units=units_within(reader, EXPORT, top),
            reach=Reach.of(reader.tree, reader.scope(EXPORT)),
            day=request.today,
            actor=reader.actor,
            purpose=scrub(asked["purpose"]),
        )
        return _sent(target, _filled_name(forms, top))


def _sent(target: Path, name: str) -> HttpResponse:
    return workbook(name, target.read_bytes())


def _filled_name(forms: tuple[Form, ...], top: UnitOnDay) -> str:
    return _("%(unit)s%(what)s(预填模板).xlsx") % {"unit": top.name, "what": _what(forms)}


def _what(forms: tuple[Form, ...]) -> str:
    return _("县工作簿") if forms == FORMS else "、".join(form.title for form in forms)


def _choices(units: list[UnitOnDay]) -> list[tuple[str, str]]:
    """Codes and names down to villages, each set in below what is above it."""
    if not units:
        return []
    widest = min(len(unit.path) for unit in units)
    shown = [unit for unit in units if unit.village in (None, unit.id)]
    return [(unit.code, "　" * ((len(unit.path) - widest) // 6) + unit.name) for unit in shown]
