"""Wall and processor seconds of a piece of work, and what several runs of it say together.

Must not know what is measured.
"""

from __future__ import annotations

import math
import resource
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Self, TypeVar

T = TypeVar("T")
# ru_maxrss counts bytes on macOS and kibibytes elsewhere.
RSS_UNIT = 1 if sys.platform == "darwin" else 1024


@dataclass(frozen=True, slots=True)
class Cost:
    """Seconds on the wall clock, and processor seconds of this process and of the children it has waited for."""

    wall: float
    cpu: float

    @classmethod
    def now(cls) -> Self:
        children = resource.getrusage(resource.RUSAGE_CHILDREN)
        return cls(time.perf_counter(), time.process_time() + children.ru_utime + children.ru_stime)

    def since(self, begun: Cost) -> Cost:
        return Cost(self.wall - begun.wall, self.cpu - begun.cpu)


def timed(work: Callable[[], T]) -> tuple[T, Cost]:
    """What `work` gives, and what it cost."""
    begun = Cost.now()
    given = work()
    return given, Cost.now().since(begun)


def peak_bytes(who: int) -> int:
    """The largest memory in use at any time, of `RUSAGE_SELF` or of the largest of `RUSAGE_CHILDREN`."""
    return resource.getrusage(who).ru_maxrss * RSS_UNIT


@dataclass(frozen=True, slots=True)
class Figure:
    """Several runs of the same work, seconds."""

    median: float
    least: float
    cpu: float

    @classmethod
    def of(cls, runs: Sequence[Cost]) -> Self:
        """`cpu` is the median too."""
        walls = [run.wall for run in runs]
        return cls(statistics.median(walls), min(walls), statistics.median(run.cpu for run in runs))


def exponent(small: float, large: float, *, factor: float) -> float:
    """How a cost grows with size: 1 is in proportion, 2 with the square; `factor` is how much larger `large` was."""
    return math.log(large / small) / math.log(factor)
