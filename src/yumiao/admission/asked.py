"""What is asked: a step as somebody fills it in, the ballot it rests on, and what a case is judged by beside itself. Pure values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from yumiao.admission.gates import Gate
from yumiao.admission.history import Helper
from yumiao.admission.path import Outcome, Terms
from yumiao.kernel.ages import LeapBirthday
from yumiao.kernel.workdays import Calendar


@dataclass(frozen=True, slots=True, kw_only=True)
class Vote:
    """The ballot a step points at, as `meetings` judges it: `result` is `passed`, `failed` or `no_quorum`."""

    motion: int
    person: int
    on: date
    result: str
    outcome: Outcome | None = None
    months: int = 0
    said: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A step as somebody fills it in. `begins_on`: the beginning of the probation where a paper states one (DEV-17)."""

    step: int
    on: date
    outcome: Outcome | None = None
    document: str = ""
    place: str = ""
    people: str = ""
    note: str = ""
    days: int | None = None
    hours: Decimal | None = None
    months: int = 0
    reason: str = ""
    form: str = ""
    contacts: tuple[Helper, ...] = ()
    introducers: tuple[Helper, ...] = ()
    vote: Vote | None = None
    begins_on: date | None = None


@dataclass(frozen=True, slots=True)
class Ground:
    """What is asked of beside the case: the day, the calendar, the county's terms and leap-day policy, the gates it has in force.

    `publicity_days` count as working days where `in_working_days`; a joint review counts for `joint_valid_months`.
    """

    today: date
    terms: Terms
    calendar: Calendar | None = None
    leap: LeapBirthday = LeapBirthday.MAR_1
    asks: frozenset[Gate] = frozenset()
    publicity_days: int = 5
    in_working_days: bool = True
    joint_valid_months: int = 12
    is_every_case_reviewed: bool = True
