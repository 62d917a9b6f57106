"""The home page: by the widest appointment, or by the one chosen with `as`, what stands in its units and what is to be done.

Must not know: how figures are counted, how charts are drawn.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from yumiao.access.door import Request, door
from yumiao.access.permissions import SIGNED_IN, Permission, Role
from yumiao.access.readers import Held, Reader
from yumiao.desk.dossier.duties import case_duties
from yumiao.desk.doubles.duties import double_duties
from yumiao.desk.grants.duties import emergency_duties
from yumiao.desk.handover.personal import personal_duties
from yumiao.desk.home import quiet
from yumiao.desk.home.links import Links
from yumiao.desk.home.overview import TABLES, overview
from yumiao.desk.joint.duties import answer_duties, joint_duties
from yumiao.desk.packages.duties import handover_duties
from yumiao.desk.publicity.duties import investigator_duties, publicity_duties
from yumiao.desk.reconciliation.duties import with_reconciliations
from yumiao.desk.records.duties import record_duties
from yumiao.desk.rectification.duties import order_duties
from yumiao.desk.reviews.duties import review_duties
from yumiao.kernel.duties import by_deadline, together
from yumiao.ui.addresses import reverse
from yumiao.units.queries import UnitOnDay
from yumiao.units.rules import Sector

WITHOUT_FIGURES = frozenset({Role.AUDITOR})


@door(SIGNED_IN)
def home(request: Request) -> HttpResponse:
    """The one page every signed-in account may open."""
    reader = request.reader
    chosen = _chosen(reader, request.GET.get("as", ""))
    if chosen is None:
        return _without(request)
    held = reader.appointments[chosen]
    values: dict[str, Any] = {"today": request.today, "held": held, "tabs": _tabs(reader, chosen), "personal": None}
    if held.role is not Role.MEMBER and held.role not in WITHOUT_FIGURES and Permission.LEDGER_READ in held.permissions:
        return _figures(request, held, values)
    values |= _personal(reader)
    if held.role is Role.MEMBER:
        assert reader.account is not None
        own = quiet.own_data(reader.account, held.unit.name, request.today)
        return render(request, "desk/home/member.html", {**values, "own": own})
    more = {"text": str(quiet.TEXTS.get(held.role, quiet.LENT)), "doors": quiet.doors(held.permissions)}
    return render(request, "desk/home/quiet.html", {**values, **more})


def _without(request: Request) -> HttpResponse:
    """No appointment is in force: whom to ask, or, before there is any unit, how the first data come in."""
    steps = quiet.steps_of_a_new_county() if request.reader.tree.root is None else ()
    values: dict[str, Any] = {
        "today": request.today,
        "held": None,
        "tabs": [],
        "steps": steps,
        **_personal(request.reader),
    }
    return render(request, "desk/home/without.html", values)


def _personal(reader: Reader) -> dict[str, Any]:
    """What ends for the reader himself."""
    duties = [*personal_duties(reader), *answer_duties(reader), *investigator_duties(reader), *emergency_duties(reader)]
    return {"personal": by_deadline(duties, reader.today) if duties else None, "personal_count": len(duties)}


def _figures(request: Request, held: Held, values: dict[str, Any]) -> HttpResponse:
    reader = request.reader
    links = _links(reader, held)
    reads_journal = held.unit.parent is None and Permission.JOURNAL_READ in held.permissions
    found = overview(held.unit, links, request.today, reader.head, reads_journal=reads_journal)
    more = [
        *personal_duties(reader),
        *investigator_duties(reader),
        *double_duties(reader, held.unit),
        *record_duties(reader, held.unit),
    ]
    more += case_duties(reader, held.unit)
    more += joint_duties(reader, held.unit)
    more += emergency_duties(reader)
    more += review_duties(reader, held.unit)
    more += publicity_duties(reader, held.unit)
    more += handover_duties(reader, held.unit)
    more += order_duties(reader, held.unit)
    found = replace(found, deadlines=together(found.deadlines, more, request.today))
    if Permission.WORKBOOK_IMPORT in held.permissions:
        found = replace(found, deadlines=with_reconciliations(found.deadlines, reader, held.unit))
    asked = request.GET.get("table", "")
    village = _village_above(reader, held.unit)
    values |= {
        "home": found,
        "table": asked if asked in TABLES else "",
        "here": _here(request),
        "may_import": Permission.WORKBOOK_IMPORT in held.permissions,
        "village_above": village,
    }
    is_whole = found.unit.parent is None or found.is_township
    return render(request, "desk/home/whole.html" if is_whole else "desk/home/branch.html", values)


def _chosen(reader: Reader, said: str) -> int | None:
    """The place of the appointment asked for; the widest where none, or none such, is asked for; None without any."""
    if not reader.appointments:
        return None
    place = int(said) - 1 if said.isascii() and said.isdigit() and len(said) <= len("999") else 0
    return place if 0 <= place < len(reader.appointments) else 0


def _tabs(reader: Reader, chosen: int) -> list[tuple[str, str, bool, None]]:
    """One for each appointment; none for who has but one."""
    held = reader.appointments
    if len(held) == 1:
        return []
    return [(_tab(one), f"{reverse('home')}?as={place + 1}", place == chosen, None) for place, one in enumerate(held)]


def _tab(one: Held) -> str:
    said = f"{one.role.label} · {one.unit.name}"
    return _("代{name}：{post}").format(name=one.giver.name, post=said) if one.giver else said


def _links(reader: Reader, held: Held) -> Links:
    return Links(
        held.unit.code,
        names_people=Permission.PERSON_READ in held.permissions,
        is_narrowed=reader.scope(Permission.LEDGER_READ).roots != (held.unit.subtree,),
        is_township=held.unit.kind.sector is Sector.TOWNSHIP,
    )


def _village_above(reader: Reader, unit: UnitOnDay) -> UnitOnDay | None:
    """The village a branch belongs to, where it is not the village itself."""
    return reader.tree.by_id.get(unit.village) if unit.village not in (None, unit.id) else None


def _here(request: Request) -> str:
    """The address of this home to which a table is added."""
    said = request.GET.get("as", "")
    return f"{reverse('home')}?as={said}&" if said.isascii() and said.isdigit() else f"{reverse('home')}?"
