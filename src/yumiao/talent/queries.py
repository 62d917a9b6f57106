"""The talent pool as an import compares it. Reads only."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from yumiao.talent.models import Talent


@dataclass(frozen=True, slots=True)
class KnownTalent:
    """An open row of the pool."""

    id: int
    category: str
    since: date


def open_talents() -> dict[int, list[KnownTalent]]:
    """Open rows by the person's id."""
    found: dict[int, list[KnownTalent]] = defaultdict(list)
    for row, person, category, since in Talent.objects.open().values_list("id", "person_id", "category", "since"):
        found[person].append(KnownTalent(row, category, since))
    return found
