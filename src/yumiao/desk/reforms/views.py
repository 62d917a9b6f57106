"""Pages of a draft: the list, its steps, one form for each kind of step, who of a divided unit goes where, a workbook of steps.

Must not know: how a step is done.
"""

from __future__ import annotations

import uuid
from http import HTTPStatus
from typing import Final

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect

from yumiao.access.door import Request, door
from yumiao.access.permissions import Permission
from yumiao.desk.imports.uploading import WholeInMemory
from yumiao.desk.reforms import book, drafting
from yumiao.desk.reforms.forms import STEP_FORMS, STEP_TITLES, NewForm, VersionForm, unit_choices
from yumiao.desk.reforms.placing import placing_of
from yumiao.desk.reforms.plan import Reforming, blocking, objections_to_tree
from yumiao.desk.reforms.queries import carried_out, steps_after
from yumiao.desk.reforms.stepping import added, suggested_code
from yumiao.desk.reforms.words import step_rows
from yumiao.kernel.objections import Objection, OutOfScope, Refused
from yumiao.sheets.answers import written
from yumiao.sheets.reading import Unreadable, read_content
from yumiao.units.models import ReformDraft
from yumiao.units.queries import Tree, UnitOnDay

PREPARE: Final = Permission.REFORM_PREPARE


@door(PREPARE)
def reforms(request: Request) -> HttpResponse:
    """Drafts, and what was carried out."""
    rows = drafting.visible_drafts(request.reader)
    is_open = [
        (draft, unit) for draft, unit in rows if draft.state not in (drafting.State.DONE, drafting.State.WITHDRAWN)
    ]
    values = {
        "drafts": is_open,
        "withdrawn": [(draft, unit) for draft, unit in rows if draft.state == drafting.State.WITHDRAWN],
        "done": carried_out(request.reader),
        "may_decide": request.reader.may(Permission.REFORM_DECIDE),
    }
    return render(request, "desk/reforms/list.html", values)


@door(PREPARE, methods=("GET", "POST"))
def new(request: Request) -> HttpResponse:
    """Begin a draft: its name, and the unit in whose range it lies."""
    reader = request.reader
    scope = reader.scope(PREPARE)
    tops = [
        unit for unit in reader.tree if scope.covers(unit.path) and unit.village is None and unit.id in _tops(request)
    ]
    form = NewForm(
        unit_choices(reader.tree, tops), request.POST or None, initial={"unit": tops[0].code if tops else ""}
    )
    if request.method == "POST" and form.is_valid():
        draft = drafting.begin(
            form.cleaned_data["title"], reader.tree.by_code[form.cleaned_data["unit"]], reader=reader
        )
        return redirect("reform", draft.uid)
    status = HTTPStatus.UNPROCESSABLE_ENTITY if request.method == "POST" else HTTPStatus.OK
    return render(request, "desk/reforms/new.html", {"form": form}, status=status)


def _tops(request: Request) -> set[int]:
    """The county, and the townships."""
    tree = request.reader.tree
    return {unit.id for unit in tree if unit.parent is None or unit.township == unit.id}


@door(PREPARE)
def reform(request: Request, uid: uuid.UUID) -> HttpResponse:
    """A draft with its steps, what stands against them, and what can be done next."""
    return _page(request, drafting.found_draft(uid, reader=request.reader))


def _page(
    request: Request, draft: ReformDraft, objections: tuple[Objection, ...] = (), status: HTTPStatus = HTTPStatus.OK
) -> HttpResponse:
    plan, tree = Reforming.of(draft), request.reader.tree
    outcome = plan.outcome(tree)
    whole = [
        one for one in objections_to_tree(outcome, tree) if one not in {fault.objection for fault in outcome.faults}
    ]
    values = {
        "draft": draft,
        "unit": tree.by_id[draft.unit_id],
        "rows": step_rows(plan.steps, outcome),
        "objections": (*objections, *whole),
        "blocks": bool(blocking(objections_to_tree(outcome, tree))),
        "may_change": drafting.may_change(draft, request.reader),
        "may_decide": drafting.may_decide(draft, request.reader),
        "is_open": draft.state in drafting.OPEN,
        "kinds": STEP_TITLES,
        "State": drafting.State,
    }
    return render(request, "desk/reforms/draft.html", values, status=status)


@door(PREPARE, methods=("GET", "POST"))
def step_add(request: Request, uid: uuid.UUID, kind: str) -> HttpResponse:
    """Add a step of one kind; units founded by earlier steps can be chosen too."""
    draft = _changeable(request, uid)
    if kind not in STEP_FORMS:
        raise OutOfScope
    plan, tree = Reforming.of(draft), request.reader.tree
    after = steps_after(plan, tree, tree.by_id[draft.unit_id])
    version = VersionForm(request.POST or None, initial={"version": draft.version})
    initial = {"code": suggested_code(after, tree.by_id[draft.unit_id])}
    narrow, townships = _narrowed(request, after)
    choices, offered = unit_choices(after, after), unit_choices(after, narrow)
    form = STEP_FORMS[kind](choices, request.POST or None, initial=initial, offered=offered)
    objections: tuple[Objection, ...] = ()
    if request.method == "POST" and form.is_valid() and version.is_valid():
        try:
            steps = added(plan, form, after)
            drafting.save(draft, version=version.cleaned_data["version"], reader=request.reader, steps=steps)
            return redirect("reform", draft.uid)
        except Refused as refused:
            objections = refused.objections
    status = HTTPStatus.UNPROCESSABLE_ENTITY if request.method == "POST" else HTTPStatus.OK
    values = {"draft": draft, "form": form, "version": version, "kind": kind, "title": STEP_TITLES[kind]}
    values |= {"objections": objections, "townships": townships if kind == "merge" else []}
    return render(request, "desk/reforms/step.html", values, status=status)


def _narrowed(request: Request, after: Tree) -> tuple[list[UnitOnDay], list[tuple[UnitOnDay, bool]]]:
    """The units of one township, that of `in` or the first, and all townships with whether it is this one; everything with `in=all`.

    Hundreds of boxes are more than anybody ticks.
    """
    townships = [unit for unit in after if unit.township == unit.id]
    if len(townships) < 2:
        return list(after), []
    asked = request.GET.get("in", "")
    chosen = next((one for one in townships if one.code == asked), townships[0])
    if asked == "all":
        return list(after), [(one, False) for one in townships]
    return [one for one in after if one.township == chosen.id], [(one, one == chosen) for one in townships]


@door(PREPARE, methods=("POST",))
def step_remove(request: Request, uid: uuid.UUID) -> HttpResponse:
    """Take one step out of a draft."""
    draft = _changeable(request, uid)
    steps = list(Reforming.of(draft).steps)
    place, version = request.POST.get("place", ""), VersionForm(request.POST)
    if not version.is_valid() or not place.isdecimal() or int(place) >= len(steps):
        raise OutOfScope
    del steps[int(place)]
    drafting.save(draft, version=version.cleaned_data["version"], reader=request.reader, steps=steps)
    return redirect("reform", draft.uid)


@door(PREPARE)
def template(request: Request) -> HttpResponse:
    """The blank workbook of a reform's steps, with the codes of one's own units beside it."""
    scope = request.reader.scope(PREPARE)
    units = sorted((unit for unit in request.reader.tree if scope.covers(unit.path)), key=lambda unit: unit.path)
    name = _("组织变更方案(空白模板).xlsx")
    return written(name, lambda target: book.write_blank(target, units, request.today))


@door(PREPARE, methods=("POST",))
@csrf_exempt  # only until the handler is set, which must come before the form is read; the inner view checks it
def upload(request: Request, uid: uuid.UUID) -> HttpResponse:
    """Put the steps of a workbook in the place of those of the draft."""
    request.upload_handlers = [WholeInMemory(request)]
    return _upload(request, uid)


@csrf_protect
def _upload(request: Request, uid: uuid.UUID) -> HttpResponse:
    draft, version = _changeable(request, uid), VersionForm(request.POST)
    file = request.FILES.get("file")
    if file is None or not version.is_valid():
        return _page(request, draft, (book.no_file(),), HTTPStatus.UNPROCESSABLE_ENTITY)
    try:
        steps = book.steps_of(read_content(file.read(), file.name or ""), request.reader.tree)
        drafting.save(draft, version=version.cleaned_data["version"], reader=request.reader, steps=steps)
    except Unreadable as unreadable:
        return _page(request, draft, (book.unreadable(unreadable),), HTTPStatus.UNPROCESSABLE_ENTITY)
    except Refused as refused:
        return _page(request, draft, refused.objections, HTTPStatus.UNPROCESSABLE_ENTITY)
    messages.success(request, _("已读入 %(count)s 项变更，替换了方案中原有的内容。") % {"count": len(steps)})
    return redirect("reform", draft.uid)


@door(PREPARE, methods=("GET", "POST"))
def people(request: Request, uid: uuid.UUID, code: str) -> HttpResponse:
    """Who of a divided unit goes where."""
    draft = drafting.found_draft(uid, reader=request.reader)
    placing = placing_of(draft, code, request.reader)
    version = VersionForm(request.POST or None, initial={"version": draft.version})
    if request.method == "POST":
        if not version.is_valid():
            raise OutOfScope
        chosen = placing.chosen(request.POST)
        drafting.save(draft, version=version.cleaned_data["version"], reader=request.reader, assigned=chosen)
        messages.success(request, _("已保存 %(count)s 人的去向。") % {"count": len(chosen)})
        return redirect("reform", draft.uid)
    may_change = drafting.may_change(draft, request.reader)
    values = {"draft": draft, "placing": placing, "version": version, "may_change": may_change}
    return render(request, "desk/reforms/people.html", values)


def _changeable(request: Request, uid: uuid.UUID) -> ReformDraft:
    draft = drafting.found_draft(uid, reader=request.reader)
    if not drafting.may_change(draft, request.reader):
        raise Refused([book.closed(draft)])
    return draft
