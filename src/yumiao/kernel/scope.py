"""Which part of a tree somebody may read, as ranges over paths of six digits a level.

Must not know: units, accounts, SQL. A bound is made of digits alone, so that every collation of every database orders
it as Python does: a path lies in a range when `lo <= path < hi`.
"""

import re
from dataclasses import dataclass
from datetime import date
from typing import Self

_WIDTH = 6
_HIGHEST = "9" * _WIDTH
_PATH = re.compile(rf"(?:[0-9]{{{_WIDTH}}})+")


@dataclass(frozen=True, slots=True)
class Range:
    """Paths from `lo` up to, but without, `hi`."""

    lo: str
    hi: str

    @classmethod
    def below(cls, path: str) -> Self:
        """The subtree of `path`, itself included; `ValueError` for what is no path or lies at the top's 999999."""
        if not _PATH.fullmatch(path):
            raise ValueError(f"not a path of six digits a level: {path!r}")
        stem = path
        while stem.endswith(_HIGHEST):
            stem = stem[:-_WIDTH]
        if not stem:
            raise ValueError("nothing comes after 999999 at the top")
        return cls(lo=path, hi=f"{stem[:-_WIDTH]}{int(stem[-_WIDTH:]) + 1:0{_WIDTH}}")

    def covers(self, path: str) -> bool:
        return self.lo <= path < self.hi


EVERYTHING = Range("", _HIGHEST)


@dataclass(frozen=True, slots=True)
class Scope:
    """What a reader sees: the subtrees of `roots` as the tree stood on `day`. No roots, nothing seen."""

    roots: tuple[Range, ...]
    day: date

    def covers(self, path: str) -> bool:
        return any(root.covers(path) for root in self.roots)
