"""Where the numbers of a ledger lead: to the people, to the list, to the explanation.

The people's list shows today only and only what its reader may see; where it cannot show exactly those who were counted,
the number leads to the explanation, which names them. Must not know: tables, texts.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from urllib.parse import quote

from yumiao.access.permissions import Permission
from yumiao.access.readers import Reader
from yumiao.kernel.scope import Scope
from yumiao.ledger.forms import Asked
from yumiao.ui.addresses import reverse
from yumiao.units.queries import UnitOnDay

_SOME = "0"  # stands for a code while the addresses before and after it are taken apart


@dataclass(frozen=True)
class Links:
    """Addresses for one reader and one day; made once for a page, because a page holds thousands of them."""

    asked: Asked
    seen_people: Scope | None

    @classmethod
    def of(cls, reader: Reader, asked: Asked) -> Links:
        is_today = asked.day == reader.today
        return cls(asked, reader.scope(Permission.PERSON_READ) if is_today else None)

    @cached_property
    def _people(self) -> str:
        return reverse("people")

    @cached_property
    def _ledger(self) -> str:
        return reverse("ledger")

    @cached_property
    def _explanation(self) -> str:
        return reverse("explanation", args=[_SOME]).removesuffix(f"{_SOME}/")

    @cached_property
    def _day(self) -> str:
        return self.asked.only_day.query

    @cached_property
    def _walk(self) -> str:
        return self.asked.query if self.asked.came_from else self._day

    @property
    def ledger(self) -> str:
        """The whole ledger of the day."""
        return self._ledger + self._day

    @property
    def ledger_opened(self) -> str:
        """The ledger with every township opened."""
        return self._ledger + self.asked.but(opened="", is_all=True).query

    @property
    def workbook(self) -> str:
        """The ledger and the two lists of the day as a workbook."""
        return reverse("ledger_xlsx") + self._day

    @property
    def print(self) -> str:
        """The ledger and the two lists of the day on paper."""
        return reverse("ledger_pdf") + self._day

    @property
    def issues(self) -> str:
        """Everything issued so far."""
        return reverse("issues")

    @property
    def issue_new(self) -> str:
        """What would be issued for the day."""
        return reverse("issue_new") + self._day

    def people(self, unit: UnitOnDay, rows: str, *, rule: str = "") -> str:
        """The people of `unit` to whom `rows`, the query of the people's list, applies; else the panel of `rule`, if there is one."""
        if self.seen_people is not None and self.seen_people.covers(unit.path):
            return f"{self._people}?unit={quote(unit.code)}&{rows}"
        return self.explanation(unit, rule=rule) if rule else ""

    def explanation(self, unit: UnitOnDay, *, rule: str = "") -> str:
        """The explanation of a unit, at the panel of `rule`; from a list it goes on to the next one of that list."""
        return f"{self._explanation}{quote(unit.code)}/{self._walk}{'#' + rule if rule else ''}"

    def listed(self, slug: str, unit: UnitOnDay | None = None, **changes: object) -> str:
        """A list, of the whole scope or of one unit's subtree."""
        asked = self.asked.only_day.but(unit=unit.code if unit else "", **changes)
        return reverse("ledger_list", args=[slug]) + asked.query

    def opened(self, unit: UnitOnDay | None) -> str:
        """The ledger with one township opened, or none."""
        return self._ledger + self.asked.but(opened=unit.code if unit else "", is_all=False).query
