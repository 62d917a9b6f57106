"""What is known here of the people of a unit, as it is compared; comparisons as they are listed. Reads only."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import date, timedelta
from typing import Any, Final

from django.db.models import QuerySet

from yumiao.journal.facts import LIVE
from yumiao.kernel.periods import FOREVER
from yumiao.kernel.scope import Scope
from yumiao.people.models import Belonging, Membership, PersonRecord, PersonSecret
from yumiao.reconciliation.columns import in_words
from yumiao.reconciliation.models import Comparison
from yumiao.reconciliation.rules import BRANCH, KEPT_DAYS, Here
from yumiao.units.queries import Tree, UnitOnDay

_RECORD: Final = ("name", "sex", "born_on", "ethnicity", "education")


def comparisons(scope: Scope, tree: Tree) -> QuerySet[Comparison]:
    """Those at a unit of the scope that are still kept, the newest first."""
    units = [unit.id for unit in tree if scope.covers(unit.path)]
    kept = Comparison.objects.filter(unit__in=units, made_on__gt=scope.day - timedelta(days=KEPT_DAYS))
    return kept.defer("cell").order_by("-entry")


def standing(unit: UnitOnDay, sha256: str, day: date) -> Comparison | None:
    """The comparison of that very file with that unit which is not closed yet."""
    kept = Comparison.objects.filter(unit=unit.id, closed_on=None, made_on__gt=day - timedelta(days=KEPT_DAYS))
    return kept.exclude(sha256="").filter(sha256=sha256).defer("cell").first()


def branch_names(tree: Tree) -> dict[str, frozenset[int]]:
    """Squeezed name, name with the township before it, or code -> the units so called."""
    found: dict[str, set[int]] = defaultdict(set)
    for unit in tree:
        for name in (unit.name, tree.label(unit), unit.code):
            found["".join(name.split())].add(unit.id)
    return {name: frozenset(units) for name, units in found.items()}


def people_here(unit: UnitOnDay, tree: Tree, day: date) -> list[Here]:
    """Everybody who stands at the unit or below it on `day`, in four queries."""
    within = [one.id for one in tree if unit.subtree.covers(one.path)]
    standing = Belonging.objects.on(day).filter(unit__in=within).order_by("person")
    places = {person: (str(uid), at) for person, uid, at in standing.values_list("person", "person__uid", "unit")}
    people = standing.values("person")
    numbers = PersonSecret.objects.filter(LIVE, kind=PersonSecret.Kind.IDENTITY, person__in=people)
    keys = {person: bytes(keyed).hex() for person, keyed in numbers.values_list("person", "keyed")}
    members = Membership.objects.filter(LIVE, person__in=people, membership_on__lte=day, ended_on__gt=day)
    found: list[Here] = []
    held = {one.person_id: one for one in members.order_by("cycle")}
    for person, *record in PersonRecord.objects.on(day).filter(person__in=people).values_list("person", *_RECORD):
        uid, at = places[person]
        values = {
            **dict(zip(_RECORD, record, strict=True)),
            BRANCH: tree.by_id[at].name,
            **_dates(held.get(person), day),
        }
        found.append(Here(person, uid, at, keys.get(person, ""), in_words(values), person in held))
    return found


def _dates(member: Membership | None, day: date) -> dict[str, Any]:
    if member is None:
        return {}
    return {
        "is_full": member.full_member_on <= day and member.full_member_on != FOREVER,
        "membership_on": member.membership_on,
        "confirmed_on": member.confirmation_stated_on,
    }


def keys_elsewhere(here: Collection[Here]) -> set[str]:
    """The keys of all whom the county knows and who do not stand among those."""
    known = PersonSecret.objects.filter(LIVE, kind=PersonSecret.Kind.IDENTITY).values_list("keyed", flat=True)
    return {bytes(one).hex() for one in known} - {one.key for one in here}
