"""What writes plans. Within an open act."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from yumiao.journal.acts import Act
from yumiao.ledger.models import Quota

QUOTA = ("unit_id", "year", "planned", "young", "women", "college")


@dataclass(frozen=True, slots=True)
class QuotaDraft:
    """A unit's plan of a year; the parts are None where nothing was said of them."""

    unit: int
    year: int
    planned: int
    young: int | None = None
    women: int | None = None
    college: int | None = None

    def row(self) -> tuple[int | None, ...]:
        return (self.unit, self.year, self.planned, self.young, self.women, self.college)


def record_quotas(act: Act, *, new: Sequence[QuotaDraft], corrected: Sequence[tuple[int, QuotaDraft]]) -> None:
    """Write plans; a corrected one names the row it takes the place of."""
    act.strike(Quota, [row for row, _ in corrected])
    act.insert(Quota, QUOTA, [draft.row() for draft in (*new, *(draft for _, draft in corrected))])
