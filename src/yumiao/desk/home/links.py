"""Addresses of the rows behind the figures of one subtree. Must not know: the figures, the database."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from yumiao.desk.people.filters import filter_url
from yumiao.ledger.rules import WRN_03
from yumiao.ui.addresses import reverse


@dataclass(frozen=True, slots=True)
class Links:
    """`unit` is the code of the subtree's root. `names_people`: the reader may open lists of people there. `is_narrowed`: he sees more
    than this subtree, so that lists of units are told to keep to it. `is_township`: its admissions are explained together.
    """

    unit: str
    names_people: bool
    is_narrowed: bool
    is_township: bool = False

    def listed(self, name: str, **query: str) -> str:
        """One of the lists of villages or townships, by its name in `ledger.urls`."""
        return _with(reverse("ledger_list", args=[name]), {**self._narrowed, **query})

    def ledger(self, opened: str = "", on: date | None = None) -> str:
        """The ledger, with one township opened to its villages; of today, or as it stood on a day."""
        query = {"open": opened, "on": on.isoformat() if on else ""}
        return _with(reverse("ledger"), self._narrowed | {name: value for name, value in query.items() if value})

    def explanation(self, unit: str, rule: str = "", on: date | None = None) -> str:
        """Why a unit stands where it stands, and who was counted; at the panel of a rule, of today or of a day."""
        address = _with(reverse("explanation", args=[unit]), {"on": on.isoformat()} if on else {})
        return address + (f"#{rule}" if rule else "")

    def people(self, unit: str = "", **conditions: Any) -> str:
        """The people to whom the conditions of `filter_url` apply; empty where the reader may not see people."""
        return filter_url(unit=unit or self.unit, **conditions) if self.names_people else ""

    def admitted(self, year: int, today: date, *, young: bool = False) -> str:
        """Who was admitted in a year for the villages. Where the reader may not see people, what is said of them without names at
        the end of that year: of a township its own explanation, else the ledger.
        """
        if self.names_people:
            return self.people(admitted=year, young=young, rural=True)
        on = date(year, 12, 31) if year < today.year else None
        return self.explanation(self.unit, WRN_03.id, on) if self.is_township else self.ledger(on=on)

    def person(self, uid: UUID) -> str:
        return reverse("person", args=[uid])

    @property
    def _narrowed(self) -> dict[str, str]:
        return {"unit": self.unit} if self.is_narrowed else {}


def _with(path: str, query: dict[str, str]) -> str:
    return f"{path}?{urlencode(query)}" if query else path
