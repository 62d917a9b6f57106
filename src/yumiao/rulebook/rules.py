"""One rule as law is cited: what it says, where it is written, since when, and examples that prove the code.

Must not know: who asks, and what happens after an objection.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from yumiao.kernel.objections import Objection, Severity

_ID = re.compile(r"[A-Z]{2,8}-[0-9]{1,2}[a-z]?")
_FEWEST_EXAMPLES = 2

Example = Mapping[str, object]


class Confidence(StrEnum):
    """How sure the text of a rule is."""

    VERIFIED = "verified"
    FROM_MEMORY = "from_memory"
    ARTICLE = "article"
    DEFAULT = "default"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Rule:
    """A rule in force from `since` up to, but without, `until`.

    `holds` is called with one example's items as keyword arguments; `words` gives their Chinese names for the page.
    `source` and `article` are printed one after the other: 《中国共产党发展党员工作细则》 and 第三十二条.
    """

    id: str
    title: str
    text: str
    source: str
    article: str
    since: date
    holds: Callable[..., bool]
    passing: tuple[Example, ...]
    failing: tuple[Example, ...]
    confidence: Confidence
    severity: Severity = Severity.BLOCK
    until: date | None = None
    words: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if not _ID.fullmatch(self.id):
            raise ValueError(f"{self.id!r} is no rule id such as DEV-07 or WRN-04b")
        for name in ("title", "text", "source"):
            if not getattr(self, name).strip():
                raise ValueError(f"{self.id} has no {name}")
        for name in ("passing", "failing"):
            if len(getattr(self, name)) < _FEWEST_EXAMPLES:
                raise ValueError(f"{self.id} needs at least {_FEWEST_EXAMPLES} {name} examples")
        if self.until is not None and self.until <= self.since:
            raise ValueError(f"{self.id} ends before it begins")

    @property
    def citation(self) -> str:
        return (
            f"{self.source} {self.article}"
            if self.article[:1].isascii() and self.article
            else f"{self.source}{self.article}"
        )

    def in_force(self, on: date) -> bool:
        return self.since <= on and (self.until is None or on < self.until)

    def objection(self, detail: str, next_step: str = "", *, severity: Severity | None = None) -> Objection:
        """This rule's objection to a case described by `detail`, a Chinese sentence without any whole number.

        `severity` is given where history is recorded as it stands: what would block an entry of today then only warns.
        """
        return Objection(self.id, detail, self.citation, severity or self.severity, next_step)


class Rulebook:
    """Rules in the order given, each id once."""

    def __init__(self, rules: Iterable[Rule]) -> None:
        self._rules: dict[str, Rule] = {}
        for rule in rules:
            if rule.id in self._rules:
                raise ValueError(f"{rule.id} is in the rulebook twice")
            self._rules[rule.id] = rule

    def __iter__(self) -> Iterator[Rule]:
        return iter(self._rules.values())

    def __len__(self) -> int:
        return len(self._rules)

    def by_id(self, rule_id: str) -> Rule:
        """The rule of that id, else `KeyError`."""
        return self._rules[rule_id]


def examples_that_disagree(rule: Rule) -> list[str]:
    """One line for every example whose verdict is not what the rule claims; empty for a rule that is proved."""
    claimed = [("passing", True, rule.passing), ("failing", False, rule.failing)]
    return [
        f"{rule.id}: {name} example {number} is not {name}: {dict(example)}"
        for name, verdict, examples in claimed
        for number, example in enumerate(examples, start=1)
        if rule.holds(**example) is not verdict
    ]
