"""An office's own names of columns in an import: which hold, and which columns of a file wait for one.

It must not know requests or pages, nor who may choose.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from yumiao.bylaws.naming import LONGEST_HEADER
from yumiao.bylaws.queries import header_names
from yumiao.desk.workbook.checking import FORMS, OwnNames
from yumiao.desk.workbook.notes import SheetNotes
from yumiao.kernel.identity import scrub
from yumiao.sheets.parsing import squeezed

MOST: Final = 40  # headers of one sheet that are asked about
_UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff]")


def own_names(line: Sequence[int], chosen: OwnNames) -> dict[str, dict[str, str]]:
    """The own names for an import at the last of the units `line` (ids, from the top down), `chosen` for it before all others."""
    names: dict[str, dict[str, str]] = {form.title: {} for form in FORMS}
    for (title, header), row in header_names(line).items():
        if title in names:
            names[title][header] = row.column
    for title, headers in chosen.items():
        names[title] |= headers
    return names


def digest_of(names: OwnNames) -> str:
    """A short text that differs where names differ."""
    said = json.dumps(names, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(said.encode()).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class OpenColumns:
    """The headers of a sheet that no form knows, each with the key it is read as; `free` are (key, header) of columns without one.

    `missing` are the required columns that the sheet lacks.
    """

    sheet: str
    missing: list[str]
    headers: list[list[str]]
    free: list[list[str]]

    @classmethod
    def of(cls, notes: SheetNotes, own: Mapping[str, str]) -> OpenColumns:
        parsed, header = notes.parsed, notes.sheet.header
        foreign = set(parsed.foreign)
        taken = {key for key, place in parsed.places.items() if squeezed(header[place]) not in foreign}
        free = [[column.key, column.header] for column in notes.form.columns if column.key not in taken]
        keys = {key for key, _ in free}
        asked = [name for name in parsed.foreign if is_nameable(name)][:MOST]
        pairs = [[name, key if (key := own.get(name, "")) in keys else ""] for name in asked]
        return cls(notes.form.title, parsed.missing, pairs, free)


def is_nameable(header: str) -> bool:
    """Whether a header can be kept as a name: not too long, nothing unseen in it, no number of a person."""
    return len(header) <= LONGEST_HEADER and not _UNSEEN.search(header) and scrub(header) == header
