"""What writes ranges and voids of 入党志愿书. Within an open act; whether it is lawful `form_rules` answered before."""

from __future__ import annotations

import uuid
from datetime import date
from typing import Final

from yumiao.admission.form_rules import Number, digits_of, form_of
from yumiao.admission.models import FormRange, FormVoid
from yumiao.journal.acts import Act

RANGE: Final = ("uid", "unit_id", "prefix", "first", "last", "digits", "handed_on", "note")
VOID: Final = ("prefix", "number", "voided_on", "why", "reason", "case_id")


def hand_forms(act: Act, unit: int, first: str, last: str, *, on: date, note: str) -> uuid.UUID:
    """Hand the numbers from `first` to `last`, as printed, to a unit. Returns the uid of the range."""
    uid, (prefix, begin), (_same, end) = uuid.uuid4(), form_of(first), form_of(last)
    act.insert(FormRange, RANGE, [(uid, unit, prefix, begin, end, digits_of(first), on, note)])
    return uid


def take_back_range(act: Act, uid: uuid.UUID) -> None:
    """A range was written down wrongly: it never stood."""
    act.strike(FormRange, FormRange.objects.alive().filter(uid=uid).values_list("pk", flat=True))


def void_form(act: Act, number: Number, *, on: date, why: str, reason: str, case: int | None) -> None:
    """A form can be used no longer; `case`: whose it was."""
    act.insert(FormVoid, VOID, [(*number, on, why, reason, case)])


def withdraw_void(act: Act, number: Number) -> int:
    """A form was not void after all. Returns how many rows that took back: none where somebody did it before."""
    rows = FormVoid.objects.alive().filter(prefix=number[0], number=number[1])
    return act.strike(FormVoid, list(rows.values_list("pk", flat=True)))
