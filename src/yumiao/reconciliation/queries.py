"""What is known here of the people of a unit, as it is compared; comparisons as they are listed. Reads only."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from typing import Any, Final

from django.db.models import QuerySet

from yumiao.journal.facts import LIVE
from yumiao.kernel.periods import FOREVER
from yumiao.kernel.scope import Scope
from yumiao.people.models import Belonging, Membership, PersonRecord, PersonSecret
from yumiao.reconciliation.columns import Read, in_words
from yumiao.reconciliation.models import Comparison
from yumiao.reconciliation.rules import BRANCH, KEPT_DAYS, Here, There
from yumiao.units.queries import Tree, UnitOnDay
from yumiao.vault.cells import seal, unseal

_RECORD: Final = ("name", "sex", "born_on", "ethnicity", "education")


def comparisons(scope: Scope, tree: Tree) -> QuerySet[Comparison]:
    """Those at a unit of the scope that are still kept, the newest first."""
    units = [unit.id for unit in tree if scope.covers(unit.path)]
    kept = Comparison.objects.filter(unit__in=units, made_on__gt=scope.day - timedelta(days=KEPT_DAYS))
    return kept.defer("cell").order_by("-entry")


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
        values = {**dict(zip(_RECORD, record, strict=True)), BRANCH: tree.by_id[at].name, **_dates(held.get(person), day)}
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


@dataclass(frozen=True, slots=True)
class Kept:
    """What is kept sealed: the file's people within the unit, its faults, branches that are no unit's, what was found at first."""

    read: Read
    strange_branches: list[str]
    first: list[dict[str, Any]]


def sealed_kept(uid: str, kept: Kept) -> tuple[int, bytes]:
    """(key version, cell), bound to the comparison."""
    said = {
        "rows": [[one.row, one.key, one.masked, dict(one.values), sorted(one.branches)] for one in kept.read.rows],
        "faults": kept.read.faults,
        "strange": kept.strange_branches,
        "first": kept.first,
    }
    return seal(json.dumps(said, ensure_ascii=False), about=_about(uid))


def opened_kept(comparison: Comparison) -> Kept:
    """Raises `vault.cells.Unsealable` where it was altered."""
    said = json.loads(unseal(bytes(comparison.cell), about=_about(str(comparison.uid)), version=comparison.key_version))
    rows = [There(row, key, masked, values, frozenset(units)) for row, key, masked, values, units in said["rows"]]
    return Kept(Read(rows, [tuple(one) for one in said["faults"]]), said["strange"], said["first"])


def _about(uid: str) -> str:
    return f"reconciliation_comparison|{uid}"


def as_kept(finding: Any) -> dict[str, Any]:
    """A finding as it is kept, to be known again when it is gone."""
    return asdict(finding)
