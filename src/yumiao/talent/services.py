"""What writes the talent pool. Within an open act."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from yumiao.journal.acts import Act
from yumiao.kernel.periods import FOREVER
from yumiao.talent.models import Talent
from yumiao.talent.queries import KnownTalent

TALENT = ("since", "until", "person_id", "category")


@dataclass(frozen=True, slots=True)
class TalentDraft:
    """Somebody in one category of the pool from a day on."""

    person: int
    category: str
    since: date


def record_talents(act: Act, drafts: Sequence[TalentDraft], *, instead_of: Iterable[int] = ()) -> None:
    """Write rows of the pool, striking the open ones they correct."""
    act.strike(Talent, instead_of)
    act.insert(Talent, TALENT, [(draft.since, FOREVER, draft.person, draft.category) for draft in drafts])


def close_talents(act: Act, closings: Iterable[tuple[int, KnownTalent, date]]) -> None:
    """Let persons leave the pool on a day: (person, open row, day). A row that began on that day or later is taken back."""
    ended = list(closings)
    act.strike(Talent, [row.id for _, row, _ in ended])
    act.insert(Talent, TALENT, [(row.since, on, person, row.category) for person, row, on in ended if row.since < on])
