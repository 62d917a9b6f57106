"""What writes joint reviews: batches, answers, events, conclusions, seats. Within an open act; who may was answered before."""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db.models import Max

from yumiao.admission.gates import CLEAR
from yumiao.admission.joint_queries import about_answer, about_conclusion
from yumiao.admission.models import (
    BodySeat,
    JointConclusion,
    JointReview,
    JointReviewAnswer,
    JointReviewBody,
    JointReviewCase,
    JointReviewEvent,
    JointReviewRecord,
)
from yumiao.journal.acts import Act
from yumiao.journal.bulk import new_ids
from yumiao.kernel.periods import FOREVER
from yumiao.vault import cells

REVIEW: Final = ("id", "uid", "round", "year", "serial")
RECORD: Final = ("review_id", "sent_on", "due_on", "note")
BODY: Final = ("id", "uid", "review_id", "body", "is_offline")
CASE: Final = ("id", "uid", "review_id", "case_id", "position")
ANSWER: Final = ("uid", "body_id", "review_case_id", "answer", "answered_on", "came", "cell", "key_version")
EVENT: Final = ("body_id", "what", "happened_on", "note")
CONCLUSION: Final = ("review_case_id", "effect", "concluded_on", "cell", "key_version", "told_on", "untold")
SEAT: Final = ("since", "until", "account_id", "body")


@dataclass(frozen=True, slots=True)
class AnswerDraft:
    """What a body says about one row."""

    answer: str
    text: str = ""
    reference: str = ""


@dataclass(frozen=True, slots=True)
class ConclusionDraft:
    """What a person decides where an answer is not clear. `untold`: which law forbids that the person is told."""

    effect: str
    concluded_on: date
    reason: str
    told_on: date | None = None
    untold: str = ""


def send_batch(
    act: Act, round_: str, cases: Sequence[int], bodies: Mapping[str, bool], *, sent_on: date, due_on: date, note: str
) -> uuid.UUID:
    """Write a batch with the next number of its year; `bodies` says of each whether it works offline. Returns its uid."""
    (pk,), uid = new_ids(JointReview, 1), uuid.uuid4()
    last = JointReview.objects.filter(year=sent_on.year).aggregate(last=Max("serial"))["last"] or 0
    act.insert(JointReview, REVIEW, [(pk, uid, round_, sent_on.year, last + 1)])
    act.insert(JointReviewRecord, RECORD, [(pk, sent_on, due_on, note)])
    ids = new_ids(JointReviewBody, len(bodies))
    rows = [(one, uuid.uuid4(), pk, body, offline) for one, (body, offline) in zip(ids, bodies.items(), strict=True)]
    act.insert(JointReviewBody, BODY, rows)
    ids = new_ids(JointReviewCase, len(cases))
    asked = enumerate(zip(ids, cases, strict=True), start=1)
    act.insert(JointReviewCase, CASE, [(one, uuid.uuid4(), pk, case, place) for place, (one, case) in asked])
    return uid


def take_back_batch(act: Act, review: int) -> None:
    """Let a batch count for nothing; its number is not given again."""
    rows = JointReviewRecord.objects.alive().filter(review=review)
    act.strike(JointReviewRecord, rows.values_list("pk", flat=True))


def answer(
    act: Act, body: int, drafts: Mapping[int, AnswerDraft], standing: Mapping[int, JointReviewAnswer], *, on: date, came: str
) -> None:  # fmt: skip
    """Write what a body says of these rows in place of what it said of them before."""
    act.strike(JointReviewAnswer, [standing[row].pk for row in drafts if row in standing])
    rows = []
    for row, one in drafts.items():
        uid = uuid.uuid4()
        version, cell = _sealed(one, uid)
        rows.append((uid, body, row, one.answer, on, came, cell, version))
    act.insert(JointReviewAnswer, ANSWER, rows)


def _sealed(one: AnswerDraft, uid: uuid.UUID) -> tuple[int | None, bytes | None]:
    if one.answer == CLEAR or not (one.text or one.reference):
        return None, None
    said = json.dumps({"text": one.text, "reference": one.reference}, ensure_ascii=False)
    return cells.seal(said, about=about_answer(uid))


def follow(act: Act, bodies: Iterable[int], what: str, on: date, note: str = "") -> None:
    """Write down that bodies were reminded, or how a workbook went."""
    act.insert(JointReviewEvent, EVENT, [(body, what, on, note) for body in bodies])


def conclude(act: Act, row: JointReviewCase, draft: ConclusionDraft) -> None:
    """Write a conclusion in place of the one before."""
    before = JointConclusion.objects.alive().filter(review_case=row.pk)
    act.strike(JointConclusion, before.values_list("pk", flat=True))
    version, cell = cells.seal(draft.reason, about=about_conclusion(row.uid))
    said = (row.pk, draft.effect, draft.concluded_on, cell, version, draft.told_on, draft.untold)
    act.insert(JointConclusion, CONCLUSION, [said])


def give_seat(act: Act, account: int, body: str, since: date) -> None:
    """Let an account answer for a body from a day on."""
    act.insert(BodySeat, SEAT, [(since, FOREVER, account, body)])


def end_seat(act: Act, seat: BodySeat, on: date) -> None:
    """Let it end on a day, its first without; one that began that day is taken back."""
    act.strike(BodySeat, [seat.pk])
    if seat.since < on:
        act.insert(BodySeat, SEAT, [(seat.since, on, seat.account_id, seat.body)])
