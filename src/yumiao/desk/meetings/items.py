"""What a meeting votes on while it is written down: one candidate, or one matter. Must not know: forms, requests."""

from __future__ import annotations

from dataclasses import dataclass

from yumiao.meetings.drafts import SECRET
from yumiao.meetings.rules import Measure, measure_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One motion to be; `key` tells it from the others of the form."""

    key: str
    kind: str
    title: str
    meeting: str
    person: int | None = None
    name: str = ""

    @property
    def label(self) -> str:
        return f"{self.title}：{self.name}" if self.name else self.title

    @property
    def measure(self) -> Measure:
        return measure_of(self.kind, self.meeting)

    @property
    def takes_opinions(self) -> bool:
        """Whether earlier written votes count (MTG-05, MTG-12)."""
        return self.measure is Measure.ADMISSION

    @property
    def is_always_secret(self) -> bool:
        """Whether nobody may be asked how he voted (MTG-06)."""
        return self.kind in SECRET
