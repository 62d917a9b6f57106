"""What decisions about members leave to be done at a unit: a term that was set runs out, and people decide what follows. Derived, never stored.

Nothing ends by itself (domain 3.1). Must not know: requests, pages.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from django.utils.translation import gettext as _

from yumiao.desk.transfers.lists import units_in
from yumiao.journal.facts import LIVE
from yumiao.kernel.duties import Duty
from yumiao.kernel.scope import Scope
from yumiao.people.models import Belonging, MembershipState, StatusChange
from yumiao.people.queries import named
from yumiao.people.status_rules import DIS_04, DISP_03
from yumiao.ui.addresses import reverse
from yumiao.units.queries import Tree, UnitOnDay

State = MembershipState.State
SOON: Final = timedelta(days=31)
RULES: Final = {State.INNER_PROBATION: DIS_04, State.CORRECTION_IN_TERM: DISP_03}
SET_BY: Final = {
    f"{one.value}{more}": one for one in RULES for more in ("", "_extended")
}  # by the change that sets a term
Held = tuple[int, MembershipState.State]  # a person, and the state


def term_duties(unit: UnitOnDay, tree: Tree, day: date) -> list[Duty]:
    """A line for everybody whose 留党察看 or 限期改正 ends within a month or is over. The county has none: branches begin it."""
    if unit.parent is None:
        return []
    states, places = _standing(Scope((unit.subtree,), day))
    due = {held: on for held, on in _ends(states).items() if on <= day + SOON}
    names = named(person for person, _state in due) if due else {}
    found = []
    for (person, state), on in due.items():
        title = _("%(name)s的%(state)s期满") % {"name": names[person].name, "state": str(state.label)}
        link, reason = reverse("status_changes", args=[names[person].uid]), _("支部大会复核，报上级党委")
        found.append(Duty(RULES[state].id, title, tree.by_id[places[person]].name, on, reason, link))
    return found


def _standing(scope: Scope) -> tuple[set[Held], dict[int, int]]:
    """Who is in a state for a term within a scope, and the unit of each."""
    bound = MembershipState.objects.on(scope.day).filter(state__in=list(RULES))
    here = Belonging.objects.on(scope.day).filter(unit__in=units_in(scope), person__in=bound.values("person"))
    places = dict(here.values_list("person", "unit"))
    rows = bound.filter(person__in=list(places)).values_list("person", "state") if places else ()
    return {(person, State(state)) for person, state in rows}, places


def _ends(states: set[Held]) -> dict[Held, date]:
    """The last day that was set for each; of who has none recorded nothing is said."""
    ends: dict[Held, date] = {}
    if not states:
        return ends
    rows = StatusChange.objects.filter(LIVE, person__in=[person for person, _state in states], term_on__isnull=False)
    for person, change, term in rows.order_by("changed_on", "id").values_list("person", "change", "term_on"):
        held = (person, SET_BY.get(change, State.SUSPENDED))
        if held in states and term is not None:
            ends[held] = term
    return ends
