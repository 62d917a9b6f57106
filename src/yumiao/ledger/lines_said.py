"""One line of an explanation: a verdict with its rule, period, figures, people, and what would clear it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from yumiao.ledger.behind import Someone
from yumiao.ledger.states import State
from yumiao.rulebook import Rule


@dataclass(frozen=True, slots=True)
class Line:
    """What is said of one line; `to_clear` is empty where nothing needs to be done."""

    rule: Rule
    verdict: str
    period: str = ""
    figures: tuple[str, ...] = ()
    counted: tuple[Someone, ...] = ()
    not_counted: tuple[Someone, ...] = ()
    to_clear: str = ""
    state: State = "na"

    def as_json(self) -> dict[str, Any]:
        return {
            "rule": self.rule.id,
            "title": self.rule.title,
            "source": self.rule.citation,
            "verdict": self.verdict,
            "period": self.period,
            "figures": list(self.figures),
            "counted": [one.as_json() for one in self.counted],
            "not_counted": [one.as_json() for one in self.not_counted],
            "to_clear": self.to_clear,
        }
