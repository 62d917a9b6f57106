"""Every edition there is, and the bounds of one under a county's settings. Pure.

A new version of the regulation is one entry here; which one new cases begin under is said by the county (`EditionUse`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Final

from yumiao.admission.path import Ask, Edition, Step, Terms
from yumiao.admission.path_2014 import EDITION_2014, SLOTS, STAGES, STEPS
from yumiao.bylaws.rules import Settings

FIRST: Final = EDITION_2014.key


def _trial_step(step: Step) -> Step:
    """As it was, but that the confirmed activist is entered with a document, and the application for confirmation needs two entries before."""
    if step.number == 3:
        return replace(step, asks=(*step.asks, Ask.DOCUMENT), term="申请后满三个月")
    if step.number == 11:
        return replace(step, term="不少于五天或者四十个学时")
    return step


EXAMPLE: Final = Edition(
    key="example-2026",
    title="演示用修订版（虚构）",
    document="演示文件〔2026〕1号",
    since=date(2026, 1, 1),
    stages=STAGES,
    steps=tuple(_trial_step(step) for step in STEPS),
    slots=SLOTS,
    terms=Terms(months_to_activist=3, training_days=5, training_hours=40, fewest_inspections=3, activist_months=18),
    is_example=True,
)
EDITIONS: Final[Mapping[str, Edition]] = {one.key: one for one in (EDITION_2014, EXAMPLE)}


def edition_of(key: str) -> Edition:
    """The edition of that key; of one that this release does not know, the first."""
    return EDITIONS.get(key, EDITION_2014)


def bounds_of(edition: Edition, settings: Settings) -> Terms:
    """The terms of an edition as the county's settings tighten them: of a least term the longer one, of a last day the shorter; what is
    local altogether as the county has it.
    """
    terms = edition.terms
    read = {name: int(str(settings.value(key))) for name, key in _LEAST.items()}
    most = {name: int(str(settings.value(key))) for name, key in _MOST.items()}
    return replace(
        terms,
        **{name: max(getattr(terms, name), value) for name, value in read.items()},
        **{name: min(getattr(terms, name), value) for name, value in most.items()},
        **{name: int(str(settings.value(key))) for name, key in _LOCAL.items()},
    )


_LEAST: Final = {
    "months_to_activist": "applicant.min_months_to_activist",
    "activist_months": "activist.min_months",
    "training_days": "training.min_days",
    "training_hours": "training.min_hours",
    "probation_months": "probation.months",
    "shortest_extension": "probation.ext_min",
}
_MOST: Final = {
    "inspection_months": "inspection.every_months",
    "approval_months": "approval.soft_months",
    "approval_most_months": "approval.hard_months",
    "longest_extension": "probation.ext_max",
}
_LOCAL: Final = {
    "review_months": "political_review.valid_months",
    "meeting_months": "prereview_to_meeting.months",
}
