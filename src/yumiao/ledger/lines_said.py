"""One line of an explanation: a verdict with its rule, period, figures, people, and what would clear it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from yumiao.ledger.behind import Someone
from yumiao.ledger.clocks import Clock
from yumiao.ledger.states import State
from yumiao.rulebook import Rule


@dataclass(frozen=True, slots=True)
class Number:
    """A number of people within a figure; `rows` is the query of the people's list that shows exactly them."""

    count: int
    rows: str

    def __str__(self) -> str:
        return str(self.count)


Figure = Sequence[str | Number]  # a sentence in its parts, or a plain one


def figure(sentence: str, *numbers: Number) -> Figure:
    """The sentence with a number for each `{}`."""
    first, *rest = sentence.split("{}")
    return (first, *(part for pair in zip(numbers, rest, strict=True) for part in pair))


@dataclass(frozen=True, slots=True)
class Line:
    """What is said of one line; `to_clear` is empty where nothing needs to be done, `clocks` where there is only one to look at."""

    rule: Rule
    verdict: str
    period: str = ""
    figures: tuple[Figure, ...] = ()
    counted: tuple[Someone, ...] = ()
    not_counted: tuple[Someone, ...] = ()
    to_clear: str = ""
    state: State = "na"
    clocks: tuple[Clock, ...] = ()

    @property
    def sentences(self) -> tuple[str, ...]:
        """The figures in words."""
        return tuple("".join(map(str, figure)) for figure in self.figures)

    def as_json(self) -> dict[str, Any]:
        return {
            "rule": self.rule.id,
            "title": self.rule.title,
            "source": self.rule.citation,
            "verdict": self.verdict,
            "period": self.period,
            "figures": list(self.sentences),
            "counted": [one.as_json() for one in self.counted],
            "not_counted": [one.as_json() for one in self.not_counted],
            "to_clear": self.to_clear,
        } | ({"clocks": [one.as_json() for one in self.clocks]} if self.clocks else {})
