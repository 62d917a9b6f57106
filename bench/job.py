"""What a measuring process is told, and how it repeats a short piece of work.

Must not know what is measured.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator
from pathlib import Path

from bench.cost import Cost, timed

Stages = Iterator[tuple[str, Cost]]


@dataclasses.dataclass(frozen=True, slots=True)
class Job:
    """`facts` takes what is no time: counts that a later measurement needs."""

    workbook: Path
    target: Path
    scale: int = 1
    runs: int = 1
    rows: int = 0
    columns: int = 0
    facts: dict[str, int] = dataclasses.field(default_factory=dict)

    def repeated(self, stage: str, work: Callable[[], object]) -> Stages:
        """`runs` runs of `work` after one that only warms caches."""
        work()
        for _run in range(self.runs):
            yield stage, timed(work)[1]
