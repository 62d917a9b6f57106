"""Pages of editions: which there are and what stands under each, introducing one, moving open cases by way of a preview. Must not know: SQL, rules."""

from __future__ import annotations

from collections.abc import Sequence
from http import HTTPStatus
from typing import Any, Final

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from yumiao.access.door import Request, admit, door, parsed_once
from yumiao.access.permissions import Permission
from yumiao.admission.edition_moves import Effect, tally
from yumiao.admission.edition_services import in_use, introduce, introduced_by, offered, uses
from yumiao.admission.editions import EDITIONS
from yumiao.admission.path import Edition
from yumiao.bylaws.queries import papers
from yumiao.desk.casebook import moving
from yumiao.desk.casebook.forms import IntroduceForm, MoveForm, chosen_of
from yumiao.desk.casebook.views import known_edition
from yumiao.desk.dossier.recording import deciding_at
from yumiao.journal.acts import AlreadyDone
from yumiao.journal.readings import What, record_reading
from yumiao.kernel.objections import NotAllowed, Objection, Refused
from yumiao.kernel.periods import FOREVER
from yumiao.ui.addresses import reverse
from yumiao.units.queries import UnitOnDay

P = Permission
SHOWN: Final = 200  # rows of a preview on one page; the list goes out whole
TONES: Final = {"blocked": "floor", "freed": "ok", "later": "warn", "earlier": "clear", "same": "na"}


@door(P.PERSON_READ)
def editions(request: Request) -> HttpResponse:
    """Every edition: since when new cases begin under it, how many open ones stand under it."""
    reader = request.reader
    counts, using = moving.counts_by_edition(reader.scope(P.PERSON_READ)), in_use(request.today)
    known = {one.key: one for one in offered(is_demo=_is_demo(request))}
    shown = [*known.values(), *(EDITIONS[key] for key in counts if key in EDITIONS and key not in known)]
    values = {
        "rows": [(one, counts.get(one.key, 0), one.key == using, one.key in known) for one in shown],
        "uses": [(one, EDITIONS.get(one.edition), None if one.until == FOREVER else one.until) for one in uses()],
        "introduced": introduced_by(request.today),
        "may_change": reader.may(P.CASE_FILE),
        "today": request.today,
    }
    return render(request, "desk/casebook/editions.html", values)


@door(P.CASE_FILE, fresh=True, methods=("GET", "POST"))
def edition_introduce(request: Request, key: str) -> HttpResponse:
    """Let new cases begin under an edition from a day on, on a county paper."""
    if not request.reader.may(P.BYLAW_CHANGE):
        raise NotAllowed(_("您的任职不含“%(right)s”。") % {"right": P.BYLAW_CHANGE.label})
    edition, known = known_edition(request, key), papers()
    if request.method != "POST":
        form = IntroduceForm(known, initial={"since": request.today})
        return _introduce_page(request, edition, form, HTTPStatus.OK)
    form = IntroduceForm(known, request.POST)
    if not form.is_valid():
        return _introduce_page(request, edition, form, HTTPStatus.UNPROCESSABLE_ENTITY)
    try:
        introduce(
            edition, since=form.cleaned_data["since"], paper=form.paper_uid, reason=form.cleaned_data["reason"],
            actor=request.reader.acting(P.CASE_FILE, request.reader.tree.root), today=request.today, is_demo=_is_demo(request),
            once=parsed_once(request),
        )  # fmt: skip
    except Refused as refused:
        return _introduce_page(request, edition, form, HTTPStatus.CONFLICT, refused.objections)
    except AlreadyDone:
        return redirect("editions")
    messages.success(
        request, _("已启用：%(title)s。正在办理的仍按原来的版本，需要的在下面转换。") % {"title": edition.title}
    )
    return redirect("editions")


def _introduce_page(
    request: Request, edition: Edition, form: IntroduceForm, status: HTTPStatus, objections: Sequence[Objection] = ()
) -> HttpResponse:
    values = {"edition": edition, "form": form, "objections": objections, "has_papers": bool(papers())}
    return render(request, "desk/casebook/introduce.html", values, status=status)


@door(P.CASE_FILE, methods=("GET", "POST"))
def edition_move(request: Request, key: str) -> HttpResponse:
    """What moving the open cases to an edition does, case by case; and the move itself."""
    edition, unit = known_edition(request, key), unit_of(request)
    if request.method != "POST":
        form = MoveForm(initial={"which": moving.Which.ALL.value})
        return _move_page(request, edition, unit, form, HTTPStatus.OK)
    form, reader = MoveForm(request.POST), request.reader
    if not form.is_valid():
        return _move_page(request, edition, unit, form, HTTPStatus.UNPROCESSABLE_ENTITY)
    given = form.cleaned_data
    try:
        done = moving.carry_out(
            edition, which=moving.Which(given["which"]), chosen=chosen_of(request.POST.getlist("case")), shown=given["shown"],
            reason=given["reason"], scope=moving.scope_of(reader, unit), unit=unit, tree=reader.tree,
            who=deciding_at(reader, P.CASE_FILE, unit or reader.tree.root), is_demo=_is_demo(request), once=parsed_once(request),
        )  # fmt: skip
    except Refused as refused:
        return _move_page(request, edition, unit, form, HTTPStatus.CONFLICT, refused.objections)
    except AlreadyDone:
        return redirect("editions")
    messages.success(request, _moved(edition, done))
    return redirect("editions")


def _moved(edition: Edition, done: Sequence[int]) -> str:
    """What was done in words: the same numbers as in the preview."""
    parts = [f"{effect.label} {count} 件" for effect, count in zip(Effect, done, strict=True) if count]
    words = {"count": sum(done), "title": edition.title, "parts": "，".join(parts)}
    return _("已转换 %(count)s 件到%(title)s：%(parts)s。") % words


def _move_page(
    request: Request, edition: Edition, unit: UnitOnDay | None, form: MoveForm, status: HTTPStatus, objections: Sequence[Objection] = ()
) -> HttpResponse:  # fmt: skip
    reader = request.reader
    moves = moving.seen_moves(reader, edition, unit)
    counted = tally(one.move for one in moves)
    gravity = list(Effect)
    shown = sorted(moves, key=lambda one: gravity.index(one.move.effect))[:SHOWN]
    if shown:
        place = unit or reader.home
        actor = reader.acting(P.CASE_FILE, unit)
        record_reading(
            What.PAGE, actor=actor, subject_kind="unit", subject=place.uid if place else None, count=len(shown)
        )
    values: dict[str, Any] = {
        "edition": edition, "unit": unit, "form": form, "objections": objections, "count": len(moves), "rows": shown,
        "counted": list(counted.items()), "figures": ",".join(map(str, moving.figures(moves))), "editions": EDITIONS,
        "units": moving.by_unit(moves, reader.tree, unit), "is_introduced": edition.key in introduced_by(request.today), "tones": TONES,
        "chosen": request.POST.getlist("case"), "query": f"unit={unit.code}" if unit else "", "effects": list(Effect),
        "address": reverse("edition_move", args=[edition.key]),
    }  # fmt: skip
    return render(request, "desk/casebook/move.html", values, status=status)


def unit_of(request: Request) -> UnitOnDay | None:
    """The unit that the address asks for. Raises `OutOfScope` beyond the reader's reach."""
    code = request.GET.get("unit", "")
    if not code:
        return None
    unit = request.reader.tree.by_code.get(code)
    admit(unit, request.reader, P.CASE_FILE)
    return unit


def _is_demo(request: Request) -> bool:
    return bool(request.is_demo)  # type: ignore[attr-defined]
