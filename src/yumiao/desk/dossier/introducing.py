"""Who may be chosen as contact or introducer: the full members of the person's branch, and who stands as one already. Reads only."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from yumiao.people.models import Belonging, Membership, PersonRecord
from yumiao.units.queries import UnitOnDay


def comrades(unit: UnitOnDay | None, day: date, standing: Sequence[int] = ()) -> list[tuple[int, str]]:
    """(id, name) of them by name, in one query."""
    there = Belonging.objects.on(day).filter(unit=unit.id if unit else None).values("person")
    members = Membership.objects.alive().filter(full_member_on__lte=day, ended_on__gt=day)
    full = members.filter(person__in=there).values("person")
    rows = PersonRecord.objects.on(day)
    found = rows.filter(person__in=full) | rows.filter(person__in=standing)
    return list(found.order_by("name", "person").values_list("person_id", "name"))
