"""What an address of the ledger asks for: day, zone, opened township, unit, grade.

Must not know: the tree, who reads. What is said wrongly about the day is told, for a figure of another day would mislead.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Final, Self
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from yumiao.kernel.periods import on_paper
from yumiao.ledger.rules import Grade

EARLIEST: Final = date(1921, 7, 1)
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_LENGTH = 60  # of a code, a zone, a grade


@dataclass(frozen=True, slots=True)
class Asked:
    """The conditions as typed; `day` is None where `fault` says what is wrong with the day. No day typed is today."""

    today: date
    day: date | None
    on: str = ""
    fault: str = ""
    zone: str = ""
    opened: str = ""
    is_all: bool = False
    unit: str = ""
    grade: Grade | None = None
    came_from: str = ""

    @classmethod
    def parsed(cls, said: Mapping[str, str], today: date) -> Self:
        """What the parameters of an address say."""
        on = said.get("on", "").strip()
        day, fault = _day(on, today)
        return cls(
            today=today,
            day=day,
            on="" if day == today else on,
            fault=fault,
            zone=_shown(said.get("zone", "")),
            opened=_shown(said.get("open", "")),
            is_all=said.get("all") == "1",
            unit=_shown(said.get("unit", "")),
            grade=Grade(said["grade"]) if said.get("grade") in ASKED_GRADES else None,
            came_from=_shown(said.get("from", "")),
        )

    @property
    def query(self) -> str:
        """The conditions as the part of an address from `?` on; empty without any."""
        said = {
            "on": self.on,
            "zone": self.zone,
            "open": self.opened,
            "all": "1" if self.is_all else "",
            "unit": self.unit,
            "grade": self.grade or "",
            "from": self.came_from,
        }
        asked = {name: value for name, value in said.items() if value}
        return f"?{urlencode(asked)}" if asked else ""

    @property
    def only_day(self) -> Asked:
        """The same day, nothing else."""
        return Asked(self.today, self.day, self.on)

    def but(self, **changes: object) -> Asked:
        """The same conditions with `changes`."""
        return replace(self, **changes)  # type: ignore[arg-type]


ASKED_GRADES: Final = frozenset({Grade.GENERAL, Grade.SERIOUS, Grade.SEVERE})


def _day(typed: str, today: date) -> tuple[date | None, str]:
    if not typed:
        return today, ""
    try:
        if _DAY.fullmatch(typed) is None:
            raise ValueError
        day = date.fromisoformat(typed)
    except ValueError:
        return None, _("日期应写成 %(example)s 的形式，并且是历法上有的一天。") % {"example": today.isoformat()}
    if day > today:
        return None, _("%(day)s还没有到，台账只到今天%(today)s。") % {"day": on_paper(day), "today": on_paper(today)}
    if day < EARLIEST:
        return None, _("台账从%(day)s起可查。") % {"day": on_paper(EARLIEST)}
    return day, ""


def _shown(text: str) -> str:
    return text if text.isprintable() and len(text) <= _LENGTH else ""
