"""What an address asks for: the year, a unit, how cases stand, a month, a step. Must not know: cases."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Self
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from yumiao.admission.history import MEETING
from yumiao.ui.addresses import reverse

LONGEST = 60
ELSEWHERE = "other"  # offices, schools, firms: whoever stands in no village


class Standing(StrEnum):
    """How a case stands towards the end of the year."""

    CAN = "can"
    PENDING = "pending"
    CANNOT = "cannot"
    STOPPED = "stopped"

    @property
    def label(self) -> str:
        return {
            "can": _("年内可以接收"),
            "pending": _("已通过支部大会，待审批"),
            "cannot": _("年内不能接收"),
            "stopped": _("暂停、未通过或者超期"),
        }[self.value]


@dataclass(frozen=True, slots=True)
class Asked:
    """The conditions as typed; what is mistyped is left out. `unit` is a code, or `ELSEWHERE`."""

    today: date
    year: int
    unit: str = ""
    standing: Standing | None = None
    month: str = ""
    step: int = 0

    @classmethod
    def parsed(cls, said: Mapping[str, str], today: date) -> Self:
        year, unit = said.get("year", ""), said.get("unit", "")
        month, step, standing = said.get("month", ""), said.get("step", ""), said.get("standing", "")
        offered = {str(one): one for one in years(today)}
        return cls(
            today=today,
            year=offered.get(year, today.year),
            unit=unit if unit.isprintable() and len(unit) <= LONGEST else "",
            standing=Standing(standing) if standing in set(Standing) else None,
            month=month if _is_month(month) else "",
            step=int(step) if step.isascii() and step.isdigit() and len(step) <= 2 and 1 <= int(step) <= MEETING else 0,
        )

    def but(self, **changes: object) -> Asked:
        return replace(self, **changes)  # type: ignore[arg-type]

    @property
    def query(self) -> str:
        given = {
            "year": "" if self.year == self.today.year else str(self.year),
            "unit": self.unit,
            "standing": self.standing or "",
            "month": self.month,
            "step": str(self.step or ""),
        }
        return urlencode({name: value for name, value in given.items() if value})

    def url(self, route: str = "admissible") -> str:
        return f"{reverse(route)}?{self.query}" if self.query else reverse(route)

    @property
    def people_url(self) -> str:
        return self.url("admissible_people")


def years(today: date) -> tuple[int, int]:
    """The years that may be asked for: this and the next."""
    return today.year, today.year + 1


def _is_month(said: str) -> bool:
    try:
        date.fromisoformat(f"{said}-01")
    except ValueError:
        return False
    return len(said) == len("2026-11")
