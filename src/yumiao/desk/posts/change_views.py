"""Pages that write terms and posts: an election, a postponement, a post filled, a post ended, the last of them taken back."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from functools import partial
from http import HTTPStatus
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from yumiao.access.door import Request, door, parsed_once
from yumiao.access.permissions import Permission
from yumiao.desk.posts.faces import Choosable, faces, found_by
from yumiao.desk.posts.forms import OFFERED, SEATS, ElectionForm, EndForm, PostForm, PostponementForm, UndoForm
from yumiao.desk.posts.views import unit_of
from yumiao.journal.acts import AlreadyDone
from yumiao.journal.verbs import Verb
from yumiao.kernel.objections import NotAllowed, Objection, OutOfScope, Refused
from yumiao.posts import services
from yumiao.posts.queries import last_act, post_by_uid, posts_of, terms_of
from yumiao.posts.rules import ELECTED, term_years
from yumiao.units.queries import UnitOnDay

CHANGE = Permission.POST_CHANGE


@door(CHANGE, methods=("GET", "POST"))
def election(request: Request, code: str) -> HttpResponse:
    """Who was elected when: one act for the whole committee."""
    unit = unit_of(request, code, CHANGE)
    if term_years(unit.kind.label) is None:
        raise OutOfScope(code)
    offered = Choosable.at(unit, request.reader)
    find = partial(found_by, offered=offered, reader=request.reader)
    form = ElectionForm(find, request.POST or None, initial=_standing(unit, request))
    page = {"form": form, "offered": offered.labels, "list_id": OFFERED, "years": term_years(unit.kind.label)}
    save = partial(services.hold_election, today=request.today)
    return _carried_out(request, unit, form, save, "desk/posts/election.html", page, _("已登记换届。"))


def _standing(unit: UnitOnDay, request: Request) -> dict[str, str]:
    """Whoever holds a seat now, as what the form begins with: many are elected again."""
    running = [one for one in posts_of(unit.id) if one.is_open and one.title in ELECTED]
    names = faces((one.person for one in running), request.reader)
    left = list(SEATS)
    found = {}
    for one in running:
        seat = next((seat for seat in left if seat[1] is one.title), None)
        if seat is not None:
            left.remove(seat)
            found[seat[0]] = names[one.person].full_label
    return found


@door(CHANGE, methods=("GET", "POST"))
def postponement(request: Request, code: str) -> HttpResponse:
    """Put off an election on the paper of the committee above."""
    unit = unit_of(request, code, CHANGE)
    form = PostponementForm(request.POST or None)
    page = {"form": form, "term": next((one for one in terms_of(unit.id) if one.is_open), None)}
    text = _("已登记延期换届。")
    return _carried_out(request, unit, form, services.postpone_election, "desk/posts/postponement.html", page, text)


@door(CHANGE, methods=("GET", "POST"))
def post_new(request: Request, code: str) -> HttpResponse:
    """Put somebody into a post."""
    unit = unit_of(request, code, CHANGE)
    offered = Choosable.at(unit, request.reader)
    form = PostForm(partial(found_by, offered=offered, reader=request.reader), request.POST or None)
    page = {"form": form, "offered": offered.labels, "list_id": OFFERED}
    save = partial(services.fill_post, today=request.today)
    return _carried_out(request, unit, form, save, "desk/posts/post_new.html", page, _("已登记任职。"))


@door(CHANGE, methods=("GET", "POST"))
def post_end(request: Request, uid: uuid.UUID) -> HttpResponse:
    """End a post."""
    post = post_by_uid(uid)
    unit = request.reader.tree.by_id.get(post.unit) if post else None
    if post is None or unit is None or not request.reader.may_at(Permission.PERSON_READ, unit):
        raise OutOfScope(str(uid))
    if not request.reader.may_at(CHANGE, unit):
        raise NotAllowed(f"您的任职不含“{CHANGE.label}”。")
    form = EndForm(request.POST or None)
    page = {"form": form, "post": post, "name": faces([post.person], request.reader)[post.person].name}
    save = partial(services.end_post, post=post, today=request.today)
    return _carried_out(request, unit, form, save, "desk/posts/post_end.html", page, _("已登记免职。"))


@door(CHANGE, methods=("GET", "POST"))
def posts_undo(request: Request, code: str) -> HttpResponse:
    """Take back the last act on terms and posts of a unit."""
    unit = unit_of(request, code, CHANGE)
    form, entry = UndoForm(request.POST or None), last_act(unit.uid, services.UNDOABLE)
    page = {"form": form, "entry": entry, "what": Verb(entry.verb).label if entry else ""}
    shown = request.POST.get("seq", "")
    seq = int(shown) if shown.isascii() and shown.isdigit() and len(shown) <= len("999999999") else 0
    save = partial(services.take_back_act, seq=seq)
    return _carried_out(request, unit, form, save, "desk/posts/undo.html", page, _("已撤销。"))


def _carried_out(
    request: Request,
    unit: UnitOnDay,
    form: forms.Form,
    save: Callable[..., None],
    template: str,
    page: dict[str, Any],
    text: str,
) -> HttpResponse:
    """The form, or the act and the unit's committee; a form sent twice leads there twice."""
    status, objections = HTTPStatus.OK, tuple[Objection, ...]()
    if request.method == "POST" and not form.is_valid():
        status = HTTPStatus.UNPROCESSABLE_ENTITY
    elif request.method == "POST":
        try:
            actor = request.reader.acting(Permission.POST_CHANGE, unit)
            save(unit=unit, **form.cleaned_data, actor=actor, once=parsed_once(request))
        except AlreadyDone:
            return redirect("unit_posts", unit.code)
        except Refused as refused:
            status, objections = HTTPStatus.CONFLICT, refused.objections
        else:
            messages.success(request, text)
            return redirect("unit_posts", unit.code)
    return render(request, template, {"unit": unit, "objections": objections, **page}, status=status)
