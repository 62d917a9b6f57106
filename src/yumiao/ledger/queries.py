"""Plans and the ledger of a day. Reads only."""

from __future__ import annotations

from dataclasses import dataclass

from yumiao.ledger.models import Quota


@dataclass(frozen=True, slots=True)
class KnownQuota:
    """A live plan; `id` is the row to strike when it is corrected."""

    id: int
    planned: int
    young: int | None
    women: int | None
    college: int | None


def known_quotas() -> dict[tuple[int, int], KnownQuota]:
    """Live plans by (unit id, year)."""
    rows = Quota.objects.alive().values_list("unit_id", "year", "id", "planned", "young", "women", "college")
    return {(unit, year): KnownQuota(*rest) for unit, year, *rest in rows}
