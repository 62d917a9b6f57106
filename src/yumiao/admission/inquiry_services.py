"""What writes letters of the political review. Within an open act; whether it is lawful `inquiry_rules` answered before."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db.models import Max

from yumiao.admission.models import Inquiry, InquiryEvent
from yumiao.journal.acts import Act
from yumiao.journal.bulk import new_ids

INQUIRY: Final = (
    "id",
    "uid",
    "case_id",
    "kind",
    "about",
    "addressee",
    "issuer_id",
    "year",
    "serial",
    "sent_on",
    "due_on",
)
EVENT: Final = ("inquiry_id", "what", "happened_on", "finding", "note")


@dataclass(frozen=True, slots=True)
class Draft:
    """A letter to be sent. `issuer`: the unit in whose name and under whose numbers it goes."""

    kind: str
    about: str
    addressee: str
    issuer: int
    sent_on: date
    due_on: date


def send(act: Act, case: int, draft: Draft) -> uuid.UUID:
    """Write the letter under the next number of its issuer: it is taken under the chain's lock, so none is left out. Returns its uid."""
    (pk,), uid, year = new_ids(Inquiry, 1), uuid.uuid4(), draft.sent_on.year
    taken = Inquiry.objects.filter(issuer=draft.issuer, year=year).aggregate(last=Max("serial"))["last"]
    row = (
        pk, uid, case, draft.kind, draft.about, draft.addressee, draft.issuer, year, (taken or 0) + 1, draft.sent_on, draft.due_on,
    )  # fmt: skip
    act.insert(Inquiry, INQUIRY, [row])
    return uid


def follow(act: Act, inquiry: int, what: str, on: date, *, finding: str = "", note: str = "") -> None:
    """Write down what became of it."""
    act.insert(InquiryEvent, EVENT, [(inquiry, what, on, finding, note)])


def find(act: Act, answer: InquiryEvent, finding: str, note: str) -> None:
    """Say what an answer found, that had come without it or with another."""
    act.strike(InquiryEvent, [answer.pk])
    act.insert(InquiryEvent, EVENT, [(answer.inquiry_id, answer.what, answer.happened_on, finding, note)])
