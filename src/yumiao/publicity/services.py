"""What writes notices, objections, investigators and conclusions. Within an open act; whether it is lawful `rules` answered before."""

from __future__ import annotations

import json
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from yumiao.journal.acts import Act
from yumiao.journal.bulk import new_ids
from yumiao.kernel.periods import FOREVER
from yumiao.publicity.models import (
    Investigator,
    Notice,
    NoticePerson,
    NoticePhoto,
    NoticeRecord,
    Objection,
    ObjectionConclusion,
    ObjectionRecord,
)
from yumiao.publicity.rules import Published, Window, written
from yumiao.vault.cells import seal, unseal

RECORD: Final = (
    "notice_id", "posted_on", "days", "in_working_days", "closes_on", "place", "phone", "receiver", "is_online", "why",
)  # fmt: skip
CONCLUSION: Final = ("objection_id", "concluded_on", "outcome", "effect", "text", "told_on", "untold")


def post_notice(
    act: Act, unit: int, kind: str, window: Window, people: Sequence[tuple[int, Published]]
) -> tuple[int, uuid.UUID]:
    """A notice about these people. Returns its id and its uid."""
    (pk,), uid = new_ids(Notice, 1), uuid.uuid4()
    act.insert(Notice, ("id", "uid", "unit_id", "kind"), [(pk, uid, unit, kind)])
    _write_record(act, pk, window, "")
    ids = new_ids(NoticePerson, len(people))
    rows = [(one, pk, person, written(said)) for one, (person, said) in zip(ids, people, strict=True)]
    act.insert(NoticePerson, ("id", "notice_id", "person_id", "said"), rows)
    return pk, uid


def restart_notice(act: Act, record: NoticeRecord, window: Window, why: str) -> None:
    """The same notice, posted anew; the window that was broken off stays readable."""
    act.strike(NoticeRecord, [record.pk])
    _write_record(act, record.notice_id, window, why)


def take_back_notice(act: Act, record: NoticeRecord) -> None:
    """Let a notice count for nothing."""
    act.strike(NoticeRecord, [record.pk])


def _write_record(act: Act, notice: int, window: Window, why: str) -> None:
    row = (
        notice, window.posted_on, window.days, window.in_working_days, window.closes_on, window.place, window.phone, window.receiver,
        window.is_online, why,
    )  # fmt: skip
    act.insert(NoticeRecord, RECORD, [row])


def add_photo(act: Act, notice: int, scan: int) -> None:
    """A photograph of the notice where it hangs."""
    (pk,) = new_ids(NoticePhoto, 1)
    act.insert(NoticePhoto, ("id", "notice_id", "scan_id"), [(pk, notice, scan)])


@dataclass(frozen=True, slots=True)
class Told:
    """What was said, and by whom: sealed, for the investigator alone."""

    source: str
    text: str


def receive(
    act: Act, *, unit: int, person: int, notice: int | None, channel: str, on: date, told: Told
) -> tuple[int, uuid.UUID]:
    """Write an objection down. Returns its id and its uid."""
    (pk,), uid = new_ids(Objection, 1), uuid.uuid4()
    plain = json.dumps({"source": told.source, "text": told.text}, ensure_ascii=False)
    version, cell = seal(plain, about=_about(uid))
    row = (pk, uid, unit, person, notice, cell, version)
    act.insert(Objection, ("id", "uid", "unit_id", "person_id", "notice_id", "cell", "key_version"), [row])
    act.insert(ObjectionRecord, ("objection_id", "channel", "received_on"), [(pk, channel, on)])
    return pk, uid


def opened(one: Objection) -> Told:
    """What was said, unsealed. Raises `vault.cells.Unsealable`."""
    said: Mapping[str, str] = json.loads(unseal(bytes(one.cell), about=_about(one.uid), version=one.key_version))
    return Told(said["source"], said["text"])


def _about(uid: uuid.UUID) -> str:
    return f"publicity_objection|{uid.hex}"


def take_back_objection(act: Act, objection: int) -> None:
    """Let an objection that was written down by mistake count for nothing."""
    act.strike(
        ObjectionRecord, ObjectionRecord.objects.alive().filter(objection=objection).values_list("pk", flat=True)
    )


def name_investigator(act: Act, objection: int, account: int, *, since: date, due_on: date, reason: str) -> None:
    """Let an account look into it from a day on, in place of whoever did."""
    open_rows = list(Investigator.objects.open().filter(objection=objection))
    act.strike(Investigator, [one.pk for one in open_rows])
    names = ("since", "until", "objection_id", "account_id", "due_on", "reason")
    rows: list[tuple[object, ...]] = [
        (one.since, since, objection, one.account_id, one.due_on, one.reason) for one in open_rows if one.since < since
    ]
    act.insert(Investigator, names, [*rows, (since, FOREVER, objection, account, due_on, reason)])


def conclude(
    act: Act, objection: int, *, on: date, outcome: str, effect: str, text: str, told_on: date | None, untold: str
) -> None:
    """Write down what came of it, in place of what was concluded before."""
    standing = ObjectionConclusion.objects.alive().filter(objection=objection).values_list("pk", flat=True)
    act.strike(ObjectionConclusion, list(standing))
    act.insert(ObjectionConclusion, CONCLUSION, [(objection, on, outcome, effect, text, told_on, untold)])
