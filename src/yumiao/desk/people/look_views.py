"""Who looked at a person's data, as a page. Must not know: what a reading holds."""

from __future__ import annotations

import uuid
from typing import Final

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from yumiao.access.door import Request, door
from yumiao.access.permissions import SIGNED_IN
from yumiao.desk.people.looks import looked_at, of_lists, of_person, shown
from yumiao.desk.refusals import refusal_on_record
from yumiao.ui.addresses import reverse
from yumiao.ui.paging import first_if_bad

PAGE: Final = 50


@door(SIGNED_IN)
def person_looks(request: Request, uid: uuid.UUID) -> HttpResponse:
    """Readings that name the person, or with `of=lists` those of lists that may hold him."""
    reader = request.reader
    with refusal_on_record(request, uid):
        found = looked_at(reader, uid)
    is_lists = request.GET.get("of") == "lists"
    rows = of_lists(found, reader) if is_lists else of_person(found)
    page = first_if_bad(rows, "-id", size=PAGE, get=request.GET)
    here = reverse("person_looks", args=[uid])
    values = {
        "uid": uid,
        "name": found.name,
        "is_own": found.is_own,
        "is_lists": is_lists,
        "tabs": [
            (_("看过本人资料的"), here, not is_lists, None),
            (_("可能含有本人的名单"), f"{here}?of=lists", is_lists, None),
        ],
        "rows": shown(page.rows, reader, found),
        "count": rows.count(),
        "links": page.links(request.GET),
    }
    return render(request, "desk/people/looks.html", values)
