"""Pages of the five gates: the matrix of a unit, and the people behind a number. Must not know: SQL, rules."""

from __future__ import annotations

from typing import Final

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from yumiao.access.door import Request, door
from yumiao.access.permissions import Permission
from yumiao.admission.five_gates import KEYS, TITLES, State
from yumiao.admission.models import Case
from yumiao.desk.gates import counting, lists
from yumiao.desk.gates.beside import TONES
from yumiao.kernel.objections import OutOfScope
from yumiao.people.models import PersonRecord
from yumiao.ui.addresses import reverse

P = Permission
MOST: Final = 200
_CELLS: Final = {State.PASSED: "ok", State.UNDER_WAY: "part", State.HELD_UP: "miss"}


@door(P.PERSON_READ)
def gates(request: Request) -> HttpResponse:
    """By unit and gate how many open cases passed, are under way, are held up."""
    reader = request.reader
    unit = lists.unit_of(reader, request.GET)
    total, rows = counting.rows_below(reader, unit, lists.below(reader, unit))
    held_up = sorted(((total.count(key, State.HELD_UP), key) for key in KEYS), reverse=True)
    above = reader.tree.by_id.get(unit.parent or 0)
    values = {
        "unit": unit,
        "total": total,
        "columns": [f"{TITLES[key]} {state.label}" for key in KEYS for state in counting.SHOWN],
        "groups": [(key, TITLES[key]) for key in KEYS],
        "states": counting.SHOWN,
        "rows": [(row, f"?unit={row.unit.code}", _cells(row)) for row in rows],
        "sums": _cells(total),
        "worst": [(TITLES[key], count, _people(unit.code, key, State.HELD_UP)) for count, key in held_up if count],
        "above": above if above is not None and reader.may_at(P.PERSON_READ, above) else None,
    }
    return render(request, "desk/gates/list.html", values)


def _cells(row: counting.Row) -> list[tuple[str, int, str | None]]:
    """(kind of cell, number, address of the people) by gate and state."""
    found = []
    for key in KEYS:
        for state in counting.SHOWN:
            count = row.count(key, state)
            found.append(
                (_CELLS[state] if count else "none", count, _people(row.unit.code, key, state) if count else None)
            )
    return found


def _people(code: str, key: str, state: State) -> str:
    return f"{reverse('gate_cases')}?unit={code}&gate={key}&state={state.value}"


@door(P.PERSON_READ)
def gate_cases(request: Request) -> HttpResponse:
    """Who stands so at a gate, and what is missing of each."""
    reader = request.reader
    unit, key, said = lists.unit_of(reader, request.GET), request.GET.get("gate", ""), request.GET.get("state", "")
    if key not in KEYS or said not in list(State):
        raise OutOfScope(_("没有这一关。"))
    state = State(said)
    some = counting.cases_at(reader, unit, key, state)
    shown = some[:MOST]
    cases = {
        pk: (uid, person)
        for pk, uid, person in Case.objects.filter(pk__in=[one.case for one in shown]).values_list(
            "pk", "uid", "person_id"
        )
    }
    names = dict(
        PersonRecord.objects.open()
        .filter(person__in=[person for _uid, person in cases.values()])
        .values_list("person_id", "name")
    )
    rows = [
        (names.get(cases[one.case][1], ""), cases[one.case][0], reader.tree.by_id.get(one.unit), one.at(key).said)
        for one in shown
        if one.case in cases
    ]
    values = {
        "unit": unit,
        "title": TITLES[key],
        "state": state,
        "tone": TONES[state],
        "rows": rows,
        "count": len(some),
        "is_cut": len(some) > MOST,
        "back": f"{reverse('gates')}?unit={unit.code}",
        "others": [
            (one.label, _people(unit.code, key, one), one is state, None) for one in (*counting.SHOWN, State.NOT_YET)
        ],
    }
    return render(request, "desk/gates/cases.html", values)
