"""What stands before a step beside the case's own steps, as values: notices, objections, rounds of joint review, reviews. Pure.

`CaseFile` carries them; `gate_rules` judges them, `five_gates` says of each of the 五关 how it stands.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from yumiao.kernel.periods import add_months


class Gate(StrEnum):
    """What a county asks beside the steps; which of them are in force is said by its settings."""

    JOINT_REVIEW = "joint_review"
    PUBLIC_TARGET = "public_target"
    PUBLIC_ADMISSION = "public_admission"
    PUBLIC_CONFIRMATION = "public_confirmation"
    REVIEW = "review"


ACTIVIST, TARGET = "activist", "target"
CONTINUE, SUSPEND, STOP = "continue", "suspend", "stop"
CLEAR: Final = "no_adverse_record"


@dataclass(frozen=True, slots=True)
class Posted:
    """A notice about the person: `kind` is that of `publicity.models.Notice`."""

    kind: str
    posted_on: date
    closes_on: date
    uid: str = ""


@dataclass(frozen=True, slots=True)
class Objected:
    """An objection against the person; open while nobody has concluded it. `kind`: of the notice it came to, empty outside one."""

    received_on: date
    concluded_on: date | None = None
    effect: str = ""
    kind: str = ""

    @property
    def is_open(self) -> bool:
        return self.concluded_on is None


@dataclass(frozen=True, slots=True)
class Round:
    """One batch of joint review with this person on its list. `answers`: (answer, day) of every body that has answered.

    `effect`, `concluded_on`: what a person concluded; `is_stopped`: it was concluded to stop or to suspend.
    """

    round: str
    sent_on: date
    due_on: date
    bodies: int
    answers: tuple[tuple[str, date], ...] = ()
    effect: str = ""
    concluded_on: date | None = None
    uid: str = ""

    @property
    def missing(self) -> int:
        """How many bodies have not answered: no answer is no pass (REV-13)."""
        return self.bodies - len(self.answers)

    @property
    def needs_conclusion(self) -> bool:
        """Whether somebody has to decide, because an answer was anything but clear (REV-14)."""
        return any(answer != CLEAR for answer, _on in self.answers)

    @property
    def closed_on(self) -> date | None:
        """When it was over: every body has answered, and what was not clear was concluded; None while it is open."""
        if self.missing or (self.needs_conclusion and self.concluded_on is None):
            return None
        days = [on for _answer, on in self.answers]
        return max([*days, self.concluded_on] if self.concluded_on else days, default=None)

    @property
    def is_passed(self) -> bool:
        return self.closed_on is not None and self.effect in ("", CONTINUE)

    def valid_until(self, months: int) -> date | None:
        """The last day on which it counts: the corresponding day after `months`."""
        closed = self.closed_on
        return None if closed is None else add_months(closed, months)


@dataclass(frozen=True, slots=True)
class Reviewed:
    """A case was reviewed at a point; `digest`: of what was seen then."""

    point: str
    outcome: str
    on: date
    digest: str = ""

    @property
    def is_approved(self) -> bool:
        return self.outcome == "approved"


POINTS_BEFORE: Final = {
    12: ("village_12",), 13: ("township_13", "county_13"), 17: ("township_17",), 18: ("county_17",), 25: ("county_24",),
}  # fmt: skip
"""By step: the points of 三审 that are passed before it. After 17 and 24 the county looks at the whole file before what follows."""
SAMPLED_POINTS: Final = frozenset({"county_17", "county_24"})
"""Where the county may review a sample only (`review.county_share`)."""
KIND_BEFORE: Final = {
    8: (Gate.PUBLIC_TARGET, "target"), 15: (Gate.PUBLIC_ADMISSION, "admission"), 23: (Gate.PUBLIC_CONFIRMATION, "confirmation"),
}  # fmt: skip
"""By step: the notice that has to be over before it (PUB-1…3)."""
ROUND_BEFORE: Final = {7: ACTIVIST, 13: TARGET, 15: TARGET}
"""By step: the round of joint review that is closed and in force on its day."""


def notice_for(posted: Sequence[Posted], kind: str, since: date | None) -> Posted | None:
    """The last notice of a kind, posted not before `since`."""
    found = [one for one in posted if one.kind == kind and (since is None or one.posted_on >= since)]
    return max(found, key=lambda one: one.posted_on, default=None)


def round_for(rounds: Sequence[Round], round_: str) -> Round | None:
    """The last batch of a round."""
    return max((one for one in rounds if one.round == round_), key=lambda one: one.sent_on, default=None)


def review_at(reviews: Sequence[Reviewed], point: str) -> Reviewed | None:
    return next((one for one in reviews if one.point == point), None)
