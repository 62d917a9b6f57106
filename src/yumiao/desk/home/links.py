"""Addresses of the rows behind the figures of one subtree. Must not know: the figures, the database."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.urls import reverse

from yumiao.desk.people.filters import filter_url


@dataclass(frozen=True, slots=True)
class Links:
    """`unit` is the code of the subtree's root. `names_people`: the reader may open lists of people there. `is_narrowed`: he sees more
    than this subtree, so that lists of units are told to keep to it.
    """

    unit: str
    names_people: bool
    is_narrowed: bool

    def listed(self, name: str, **query: str) -> str:
        """One of the lists of villages or townships, by its name in `ledger.urls`."""
        narrowed = {"unit": self.unit} if self.is_narrowed else {}
        return _with(reverse("ledger_list", args=[name]), {**narrowed, **query})

    def ledger(self, opened: str = "") -> str:
        """The ledger, with one township opened to its villages."""
        narrowed = {"unit": self.unit} if self.is_narrowed else {}
        return _with(reverse("ledger"), {**narrowed, **({"open": opened} if opened else {})})

    def explanation(self, unit: str) -> str:
        return reverse("explanation", args=[unit])

    def people(self, unit: str = "", **conditions: Any) -> str:
        """The people to whom the conditions of `filter_url` apply; empty where the reader may not see people."""
        return filter_url(unit=unit or self.unit, **conditions) if self.names_people else ""

    def person(self, uid: UUID) -> str:
        return reverse("person", args=[uid])


def _with(path: str, query: dict[str, str]) -> str:
    return f"{path}?{urlencode(query)}" if query else path
