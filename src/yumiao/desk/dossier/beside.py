"""What stands against a step beside its case: numbers of forms, letters not back yet, what changed since a review; asked on pages and again under the lock.

Must not know: requests, who acts.
"""

from __future__ import annotations

from datetime import date
from typing import Final

from yumiao.admission.asked import Asked, Ground
from yumiao.admission.case_file import Read
from yumiao.admission.form_queries import form_is_void, stock_at
from yumiao.admission.form_rules import Number, form_objections, form_of, standing_objections
from yumiao.admission.inquiry_queries import is_away, letters_of
from yumiao.admission.inquiry_rules import review_objections
from yumiao.desk.reviews.changes import changed_objections
from yumiao.kernel.objections import Objection
from yumiao.units.models import Placement

REVIEW, FORM = 10, 14
RESTING_ON_FORM: Final = (15, 16, 17)


def beside(read: Read, asked: Asked, ground: Ground) -> list[Objection]:
    """Everything against a step that its case alone does not say; no query but for the steps it concerns."""
    return [*_beside(read, asked, ground.today), *changed_objections(read, asked, ground)]


def _beside(read: Read, asked: Asked, today: date) -> list[Objection]:
    case = read.around.case
    if asked.step == REVIEW:
        away = is_away(read.around.person)
        return list(review_objections(asked, letters_of(case), is_floating=away, today=today))
    if asked.step == FORM:
        place = Placement.objects.open().filter(unit=read.around.unit).values_list("path", flat=True).first()
        return list(form_objections(asked.form, stock_at(place or "", _numbers(asked.form))))
    if asked.step in RESTING_ON_FORM:
        return list(standing_objections(form_is_void(case)))
    return []


def _numbers(said: str) -> list[Number]:
    try:
        return [form_of(said)]
    except ValueError:
        return []
