"""The way from application to archive as data: stages, steps, slots for papers, what comes before what. An edition is a path with its bounds.

Pure. A step's text is printed beside it on every page and in the handbook. Must not know: any case, the database, the clock.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import cached_property


class Level(StrEnum):
    """Whose step it is to record: the branch's, the approving committee's (in a county the township's), or the county office's."""

    BRANCH = "branch"
    COMMITTEE = "committee"
    COUNTY = "county"

    @property
    def label(self) -> str:
        return {"branch": "党支部", "committee": "乡镇党委", "county": "县委组织部"}[self.value]


class Need(StrEnum):
    """How much a paper is needed (domain 5): without a core paper nothing is archived."""

    CORE = "core"
    REQUIRED = "required"
    LOCAL = "local"

    @property
    def label(self) -> str:
        return {"core": "核心材料", "required": "应有", "local": "按本县规定"}[self.value]


class Outcome(StrEnum):
    """What came out of a step that decides something; the last three are those of a confirmation."""

    PASSED = "passed"
    FAILED = "failed"
    CONFIRMED = "confirmed"
    EXTENDED = "extended"
    CANCELLED = "cancelled"

    @property
    def label(self) -> str:
        return {
            "passed": "通过", "failed": "不通过", "confirmed": "按期转正", "extended": "延长预备期",
            "cancelled": "取消预备党员资格",
        }[self.value]  # fmt: skip


class Ask(StrEnum):
    """What is asked for when a step is recorded, beside the day."""

    OUTCOME = "outcome"
    DOCUMENT = "document"
    PLACE = "place"
    PEOPLE = "people"  # who talked, who took part: a text
    NOTE = "note"
    DAYS = "days"
    HOURS = "hours"
    MONTHS = "months"
    CONTACTS = "contacts"
    INTRODUCERS = "introducers"
    FORM = "form"  # the number of the 志愿书
    MOTION = "motion"  # the ballot of a meeting on record


@dataclass(frozen=True, slots=True)
class Slot:
    """A named place for a paper of a case, by the archive list (domain 5)."""

    code: str
    title: str
    need: Need
    holder: str
    signers: str = ""
    is_stamped: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One of the 25. `after`: what must be done before; `term`: its time rule in words; `says`: what is decided or checked."""

    number: int
    stage: int
    title: str
    short: str
    level: Level
    who: str
    after: tuple[int, ...]
    slots: tuple[str, ...]
    source: str
    article: str
    term: str = ""
    says: str = ""
    asks: tuple[Ask, ...] = ()
    repeats: bool = False

    @property
    def citation(self) -> str:
        return f"《{self.source}》{self.article}" if self.source else self.article

    @property
    def label(self) -> str:
        return f"第 {self.number} 步 {self.short}"

    def asks_for(self, what: Ask) -> bool:
        return what in self.asks


@dataclass(frozen=True, slots=True)
class Stage:
    """One of the five."""

    number: int
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What the law of an edition says in numbers; months are calendar months. A county may be stricter by its settings, never laxer."""

    talk_months: int = 1
    months_to_activist: int = 0
    filing_days: int = 15  # working days, steps 4 and 18
    contacts_days: int = 15  # working days, step 5
    fewest_contacts: int = 1
    most_contacts: int = 2
    inspection_months: int = 6
    inspection_grace: int = 1
    fewest_inspections: int = 2
    activist_months: int = 12
    introducers: int = 2
    training_days: int = 3
    training_hours: int = 24
    review_months: int = 12
    meeting_months: int = 1  # from the pre-review to the branch meeting
    approval_months: int = 3
    approval_most_months: int = 6
    assignment_days: int = 10  # working days, step 19
    oath_months: int = 3
    probation_months: int = 12
    window_months: int = 1  # before and after the expiry, step 22
    discussion_days: int = 30  # calendar days after the expiry, step 23
    transferred_months: int = 6
    shortest_extension: int = 6
    longest_extension: int = 12
    archive_months: int = 1
    late_days: int = 30


@dataclass(frozen=True, kw_only=True)
class Edition:
    """A path as it stood in one version of the regulation. `is_example`: made up, offered in the demo county and in tests alone."""

    key: str
    title: str
    document: str
    since: date
    stages: tuple[Stage, ...]
    steps: tuple[Step, ...]
    slots: Mapping[str, Slot]
    terms: Terms = field(default_factory=Terms)
    is_example: bool = False

    @cached_property
    def by_number(self) -> Mapping[int, Step]:
        return {step.number: step for step in self.steps}

    @cached_property
    def standing_on(self) -> Mapping[int, frozenset[int]]:
        """By step: every step that cannot stand without it."""
        found: dict[int, set[int]] = {step.number: set() for step in self.steps}
        for step in self.steps:
            for before in self.ground_of(step.number):
                found[before].add(step.number)
        return {number: frozenset(above) for number, above in found.items()}

    @cached_property
    def _grounds(self) -> Mapping[int, frozenset[int]]:
        found: dict[int, frozenset[int]] = {}
        for step in self.steps:  # each stands behind those before it
            found[step.number] = frozenset(step.after).union(*(found[one] for one in step.after))
        return found

    def ground_of(self, number: int) -> frozenset[int]:
        """Every step that must be done before `number`, near and far."""
        return self._grounds[number]

    def steps_of(self, stage: int) -> Sequence[Step]:
        return [step for step in self.steps if step.stage == stage]
