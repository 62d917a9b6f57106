"""What writes scans, within an open act. It must not know whose they are; the bytes lie in the store already."""

from __future__ import annotations

import uuid
from datetime import date
from typing import Final

from yumiao.files.intake import Taken
from yumiao.files.models import Scan, ScanPage
from yumiao.journal.acts import Act
from yumiao.journal.bulk import new_ids

SCAN: Final = ("id", "uid", "unit_id", "media", "digest", "size", "pages", "taken_on")
PAGE: Final = ("id", "scan_id", "number", "digest", "look", "width", "height")


def write_scan(act: Act, uid: uuid.UUID, unit: int, taken: Taken, today: date) -> int:
    """A scan with its pages. Returns its id. A day that has not come is what a wrong clock wrote, and is left out."""
    scan = new_ids(Scan, 1)[0]
    taken_on = taken.taken_on if taken.taken_on is not None and taken.taken_on <= today else None
    row = (scan, uid, unit, Scan.Media.PDF, taken.digest, len(taken.content), len(taken.pages), taken_on)
    act.insert(Scan, SCAN, [row])
    ids = new_ids(ScanPage, len(taken.pages))
    act.insert(
        ScanPage, PAGE,
        [
            (number, scan, place, page.digest, page.look, page.width, page.height)
            for place, (number, page) in enumerate(zip(ids, taken.pages, strict=True), start=1)
        ],
    )  # fmt: skip
    return scan
