"""What was done to find a member who cannot be reached (MOB-09): the log, and what it says. Reads and writes within an open act; must not know pages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from yumiao.journal.acts import Act
from yumiao.kernel.periods import on_paper
from yumiao.people.models import ContactSearch

SEARCH: Final = ("person_id", "made_on", "channel", "outcome", "made_by", "note")


@dataclass(frozen=True, slots=True)
class SearchLog:
    """The searches for one person, the latest first."""

    rows: Sequence[ContactSearch]

    def after(self, last_seen_on: date | None) -> SearchLog:
        """Those made since he was last seen: what was tried before says nothing of where he is now."""
        return SearchLog([one for one in self.rows if last_seen_on is None or one.made_on > last_seen_on])

    @property
    def channels(self) -> list[ContactSearch.Channel]:
        """The ways that were tried, each once, in the order of the list."""
        tried = {one.channel for one in self.rows}
        return [one for one in ContactSearch.Channel if one in tried]

    @property
    def reached(self) -> ContactSearch | None:
        """The latest search that found him, if any."""
        return next((one for one in self.rows if one.outcome == ContactSearch.Outcome.REACHED), None)

    @property
    def said(self) -> str:
        """In a sentence that stands in a reason; empty without a search."""
        if not self.rows:
            return ""
        days = sorted(one.made_on for one in self.rows)
        ways = "、".join(str(one.label) for one in self.channels)
        span = on_paper(days[0]) if days[0] == days[-1] else f"{on_paper(days[0])}至{on_paper(days[-1])}"
        end = f"，{on_paper(self.reached.made_on)}联系上" if self.reached else "，没有联系上"
        return f"{span}通过{ways} {len(self.channels)} 种途径查找 {len(days)} 次{end}"


def search_log(person: int) -> SearchLog:
    """What stands in the log of somebody; one query."""
    return SearchLog(list(ContactSearch.objects.alive().filter(person=person).order_by("-made_on", "-id")))


def record_search(act: Act, person: int, on: date, channel: str, outcome: str, made_by: str, note: str) -> None:
    """Somebody was looked for."""
    act.insert(ContactSearch, SEARCH, [(person, on, channel, outcome, made_by, note)])
