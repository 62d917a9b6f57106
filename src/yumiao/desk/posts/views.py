"""Pages that show terms and posts: the two lists, and the committee of a unit. Must not know: how a row is read, rules."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final, TypeVar

from django.http import HttpResponse
from django.shortcuts import render

from yumiao.access.door import Request, admit, door
from yumiao.access.permissions import Permission
from yumiao.desk.posts.asked import STRUCTURE, Held, PostsAsked, TermsAsked
from yumiao.desk.posts.committee import committee
from yumiao.desk.posts.faces import faces
from yumiao.desk.posts.lists import post_rows, term_rows, unit_asked
from yumiao.posts.rules import TermState, Title
from yumiao.ui.addresses import reverse
from yumiao.units.queries import UnitOnDay

SIZE: Final = 50
T = TypeVar("T")


@door(Permission.UNIT_READ)
def terms(request: Request) -> HttpResponse:
    """When the term of each unit ends, the earliest first; units whose numbers advise something."""
    reader, asked = request.reader, TermsAsked.parsed(request.GET.dict())
    rows = term_rows(reader, asked)
    if asked.state in (TermState.OVERDUE, TermState.SOON):
        rows = sorted(rows, key=lambda row: row.term.ends_on if row.term else request.today)
    whole = asked.but(state="")
    every = term_rows(reader, whole)
    states = [(state.value, state.label, sum(row.state is state for row in every)) for state in TermState]
    context = {
        "asked": asked,
        "states": states,
        "advised": sum(bool(row.hints) for row in every),
        "every": len(every),
        "structure": STRUCTURE,
        "people": reader.scope(Permission.PERSON_READ),
        **_paged(rows, request, "terms", asked),
        **_units(request, asked.unit, Permission.UNIT_READ),
    }
    return render(request, "desk/posts/terms.html", context)


@door(Permission.PERSON_READ)
def posts(request: Request) -> HttpResponse:
    """Who holds what, by unit."""
    reader, asked = request.reader, PostsAsked.parsed(request.GET.dict())
    page = _paged(post_rows(reader, asked), request, "posts", asked)
    context = {
        "asked": asked,
        "titles": list(Title),
        "kinds": [(held, held.label, len(post_rows(reader, asked.but(held=held, q="")))) for held in Held],
        "names": faces((row.post.person for row in page["rows"]), reader),
        **page,
        **_units(request, asked.unit, Permission.PERSON_READ),
    }
    return render(request, "desk/posts/posts.html", context)


@door(Permission.PERSON_READ)
def unit_posts(request: Request, code: str) -> HttpResponse:
    """The committee of a unit, what is vacant, what was."""
    unit = unit_of(request, code, Permission.PERSON_READ)
    context = {
        "unit": unit,
        "found": committee(unit, request.reader),
        "may_change": request.reader.may_at(Permission.POST_CHANGE, unit),
    }
    return render(request, "desk/posts/unit.html", context)


def unit_of(request: Request, code: str, need: Permission) -> UnitOnDay:
    """The unit of an address, within what the reader may do there."""
    found = request.reader.tree.by_code.get(code)
    admit(found, request.reader, need)
    assert found is not None
    return found


def _units(request: Request, code: str, need: Permission) -> dict[str, Any]:
    """The chosen unit, and the townships to choose from."""
    reader = request.reader
    scope = reader.scope(need)
    tops = [one for root in scope.roots if (one := reader.tree.by_path.get(root.lo)) is not None]
    below = [child for top in tops for child in reader.tree.below(top)]
    chosen = unit_asked(reader, code, need)
    units = {one.id: one for one in (*tops, *below, *([chosen] if chosen else []))}
    return {"unit": chosen, "units": sorted(units.values(), key=lambda one: one.path)}


def _paged(rows: Sequence[T], request: Request, name: str, asked: PostsAsked | TermsAsked) -> dict[str, Any]:
    """One page of rows in memory; a place beyond the last shows the last page."""
    said = request.GET.get("page", "")
    last = max(1, -(-len(rows) // SIZE))
    page = min(max(int(said), 1), last) if said.isascii() and said.isdigit() and len(said) <= len("9999") else 1
    address = f"{reverse(name)}?{asked.query}{'&' if asked.query else ''}page="
    return {
        "rows": rows[(page - 1) * SIZE : page * SIZE],
        "total": len(rows),
        "previous_url": f"{address}{page - 1}" if page > 1 else None,
        "next_url": f"{address}{page + 1}" if page < last else None,
    }
