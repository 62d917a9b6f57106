"""The preview of an import as its page shows it: totals, and long lists cut into pages whose addresses are all GET parameters.

It must not know requests beyond their query, nor how a preview was made.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from django.http import QueryDict

from yumiao.desk.imports.queries import OUTCOMES
from yumiao.desk.imports.store import Upload
from yumiao.desk.workbook.changes import Change
from yumiao.desk.workbook.naming import OpenColumns
from yumiao.ui.paging import query_with

T = TypeVar("T")
FAULTS_SHOWN = 100
CHANGES_SHOWN = 50
WARNINGS_SHOWN = 20


@dataclass(frozen=True, slots=True)
class Part(Generic[T]):
    """One page of a list that does not change: rows `first` to `last` of `total`, and where the neighbours are."""

    rows: Sequence[T]
    total: int
    first: int
    last: int
    previous: str | None
    next: str | None

    @classmethod
    def of(cls, items: Sequence[T], get: QueryDict, parameter: str, size: int) -> Part[T]:
        """The page that the parameter numbers from 1; any other text gives the first."""
        pages = max(1, -(-len(items) // size))
        asked = get.get(parameter, "")
        number = min(int(asked), pages) if asked.isascii() and asked.isdigit() and 0 < len(asked) < 7 else 1
        number = max(number, 1)
        start = (number - 1) * size
        rows = items[start : start + size]
        return cls(
            rows,
            len(items),
            start + 1 if rows else 0,
            start + len(rows),
            query_with(get, **{parameter: str(number - 1)}) if number > 1 else None,
            query_with(get, **{parameter: str(number + 1)}) if number < pages else None,
        )


@dataclass(frozen=True, slots=True)
class Preview:
    """What was found when the workbook was checked, as the record stood and the columns were named at `head`.

    `are_names_kept`: the names chosen for it hold for the office already, as there is nothing to write.
    """

    head: str
    sheets: dict[str, dict[str, int]]
    faults: list[dict[str, Any]]
    faulty_rows: int
    warnings: list[dict[str, Any]]
    new: list[Change]
    changed: list[Change]
    units_unreadable: bool
    is_empty: bool
    columns: list[OpenColumns] = field(default_factory=list)
    are_names_kept: bool = False

    @classmethod
    def of(cls, upload: Upload) -> Preview:
        """Raises `FileNotFoundError` where nothing was previewed, `store.Altered` where it does not open."""
        said = json.loads(upload.read_sealed("preview"))
        said["head"] = ":".join(map(str, said["head"]))
        said["columns"] = [OpenColumns(**one) for one in said.get("columns", ())]
        for name in ("new", "changed"):
            said[name] = [Change(*one) for one in said[name]]
        return cls(**said)

    def total(self, key: str) -> int:
        return sum(counts[key] for counts in self.sheets.values())

    @property
    def counts(self) -> dict[str, dict[str, int]]:
        """By sheet: new, changed, unchanged, refused; what a commit must find again."""
        return {title: {key: counts[key] for key in OUTCOMES} for title, counts in self.sheets.items()}

    @property
    def good_rows(self) -> int:
        """Rows that would write something."""
        return self.total("new") + self.total("changed")

    @property
    def may_take_all(self) -> bool:
        return not self.faults and not self.is_empty

    @property
    def may_take_good(self) -> bool:
        return bool(self.faults) and not self.units_unreadable and not self.is_empty

    def page(self, get: QueryDict) -> dict[str, Any]:
        """What the template is given for the parameters `sheet`, `fault`, `change`, `warning`."""
        sheet = get.get("sheet", "")
        sheet = sheet if sheet in self.sheets else ""
        faults = [one for one in self.faults if not sheet or one["sheet"] == sheet]
        changed = [one for one in self.changed if not sheet or sheet in one.sheets]
        new = [one for one in self.new if not sheet or sheet in one.sheets]
        return {
            "preview": self,
            "sheet": sheet,
            "faults": Part.of(faults, get, "fault", FAULTS_SHOWN),
            "changed": Part.of(changed, get, "change", CHANGES_SHOWN),
            "warnings": Part.of(self.warnings, get, "warning", WARNINGS_SHOWN),
            "new": new,
        }
