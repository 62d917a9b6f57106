"""What the pages of old files show: slots of a file by the system and on paper, progress as a matrix. Must not know: requests, forms."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext as _

from yumiao.access.readers import Reader
from yumiao.admission.models import Case, FileAuditRecord
from yumiao.admission.paper_queries import filed_of
from yumiao.admission.path import Slot
from yumiao.admission.path_2014 import SLOTS
from yumiao.desk.file_audits.lists import Asked, Progress, Which
from yumiao.desk.people.places import units_to_choose
from yumiao.units.queries import UnitOnDay

CODES: Final = [(code, slot.title, slot.need.label) for code, slot in SLOTS.items()]


@dataclass(frozen=True, slots=True)
class Beside:
    """One material: how many papers the system holds, and how it was found on paper (tone and word; empty without an audit)."""

    slot: Slot
    count: int
    tone: str = ""
    word: str = ""


def held(person: int) -> list[Beside]:
    """What lies in somebody's file by the papers taken into the system."""
    return beside(person, None)


def beside(person: int, record: FileAuditRecord | None) -> list[Beside]:
    """The same beside what an audit found."""
    case = Case.objects.filter(person=person).order_by("-pk").values_list("pk", flat=True).first()
    counts = Counter(one.slot for one in filed_of(case)) if case is not None else Counter()
    missing, wrong = (record.missing.split(), record.wrong.split()) if record else ([], [])
    found = []
    for code, slot in SLOTS.items():
        if record is None:
            tone, word = "", ""
        elif code in missing:
            tone, word = "floor", _("缺少")
        else:
            tone, word = ("warn", _("有误")) if code in wrong else ("ok", _("没有发现问题"))
        found.append(Beside(slot, counts[code], tone, word))
    return found


def counted(progress: Sequence[Progress], which: Which) -> int:
    """How many of all are on one list of results."""
    key = "" if which is Which.WAITING else which.value
    return sum(one.counts[key] for one in progress)


def matrix(progress: Sequence[Progress], asked: Asked) -> list[tuple[str, str, list[tuple[str, str, str | None]]]]:
    """Rows of the matrix: a unit, and a cell for each result with the list it opens."""
    tones = {
        Which.WAITING: "open",
        Which.COMPLETE: "ok",
        Which.LACKING: "part",
        Which.WRONG: "part",
        Which.UNPROVEN: "miss",
    }
    rows = []
    for one in progress:
        cells: list[tuple[str, str, str | None]] = []
        for which, tone in tones.items():
            count = counted([one], which)
            url = asked.url(state=which.value, unit=one.unit.code)
            cells.append((tone if count else "none", str(count), url if count else None))
        cells.append(("none", one.share.percent(0), None))
        rows.append((one.unit.name, asked.url(unit=one.unit.code), cells))
    return rows


def places_to_choose(reader: Reader, chosen: UnitOnDay | None) -> list[tuple[str, str, bool]]:
    """One step up or down from the chosen unit: code, name, whether chosen. The matrix opens any other."""
    found = units_to_choose(reader, chosen) or ([chosen] if chosen else [])
    return [(one.code, one.name, one == chosen) for one in found]
