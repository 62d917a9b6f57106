"""Finding people by name and units by name or code; people by their identity number by a form that is sent, never by an address.

Everything within what the reader sees. Must not know: how the bar above every page looks.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from http import HTTPStatus

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from yumiao.access.door import Request, door
from yumiao.access.permissions import SIGNED_IN, Permission
from yumiao.access.readers import Reader
from yumiao.desk.people.filters import Filter
from yumiao.desk.people.forms import NumberForm
from yumiao.desk.people.lists import PeopleList, people_list
from yumiao.desk.units.finding import units_by
from yumiao.kernel.objections import NotAllowed
from yumiao.people.models import Person, PersonSecret
from yumiao.people.names import is_number, plain
from yumiao.people.secrets import keyed
from yumiao.units.queries import UnitOnDay

MOST_UNITS = 50


@dataclass(frozen=True, slots=True)
class Found:
    """What was found; None where the reader may not look for such."""

    people: PeopleList | None
    units: list[UnitOnDay] | None


@door(SIGNED_IN, methods=("GET", "POST"))
def search(request: Request) -> HttpResponse:
    """People and units by `q`; a sent number leads to its person."""
    reader, written = request.reader, request.GET.get("q", "")
    may_people = reader.may(Permission.PERSON_READ)
    if not may_people and not reader.may(Permission.UNIT_READ):
        raise NotAllowed(f"您的任职不含“{Permission.UNIT_READ.label}”。")
    form = NumberForm(request.POST if request.method == "POST" and may_people else None)
    if form.is_bound and form.is_valid():
        if (uid := person_by_number(reader, form.cleaned_data["number"])) is not None:
            return redirect("person", uid)
        form.add_error("number", _("您的管理范围内没有登记此号码的人员，请核对号码。"))
    wanted = "" if is_number(written) else plain(written)
    values = {
        "q": "" if is_number(written) else " ".join(written.split()),
        "is_number": is_number(written),
        "found": found_by(reader, wanted) if wanted else None,
        "form": form,
        "may_people": may_people,
    }
    status = HTTPStatus.BAD_REQUEST if form.errors else HTTPStatus.OK
    return render(request, "desk/people/search.html", values, status=status)


def found_by(reader: Reader, wanted: str) -> Found:
    """People by a name, units by a part of their name or the beginning of their code; `wanted` as `people.names.plain` gives it."""
    people = people_list(reader, Filter(q=wanted)) if reader.may(Permission.PERSON_READ) else None
    return Found(
        people,
        units_by(reader, wanted, Permission.UNIT_READ)[:MOST_UNITS] if reader.may(Permission.UNIT_READ) else None,
    )


def person_by_number(reader: Reader, number: str) -> uuid.UUID | None:
    """uid of the person in the scope who has this identity number, in its form of fifteen or eighteen signs."""
    scope = reader.scope(Permission.PERSON_READ)
    holders = PersonSecret.objects.alive().filter(
        kind=PersonSecret.Kind.IDENTITY, keyed=keyed(PersonSecret.Kind.IDENTITY, number)
    )
    seen = Person.objects.visible_to(scope).filter(pk__in=holders.values("person"))
    return seen.values_list("uid", flat=True).first()
