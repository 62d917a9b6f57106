"""The use cases of a paper: put it in, check it again, take it back. Each is one act; the file lies there before it. Must not know: forms, pages.

Rules are asked before the file is looked at, which takes a while, and again under the chain's lock.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date

from yumiao.access.readers import Reader
from yumiao.access.sections import Section
from yumiao.admission.case_file import Read
from yumiao.admission.paper_queries import Paper, paper_by
from yumiao.admission.paper_rules import (
    ARC_03,
    SEALED,
    Checked,
    adding_objections,
    is_recorded,
    occurrence_of,
    steps_of,
    withdrawing_objections,
)
from yumiao.admission.paper_services import check_again, put_in, take_back
from yumiao.desk.dossier.recording import Deciding, own, read_by
from yumiao.desk.grants.opening import opened_to
from yumiao.files import store
from yumiao.files.intake import Taken, take_in
from yumiao.files.services import write_scan
from yumiao.journal.acts import Act, act
from yumiao.journal.verbs import Verb
from yumiao.kernel.objections import Objection, OutOfScope, Refused
from yumiao.units.queries import UnitOnDay


@dataclass(frozen=True, slots=True)
class Adding:
    """A paper as somebody puts it in. `supplements`: the paper it supplements, where it is one in particular."""

    slot: str
    step: int
    checked: Checked
    supplements: uuid.UUID | None = None


def may_open(reader: Reader, paper: Paper, read: Read) -> bool:
    """Whether a reader who may read papers may open this one: a sealed one only who put it in, and by a grant; nobody his own."""
    if paper.slot not in SEALED:
        return True
    if reader.account is None or reader.account.person_uid == read.around.person_uid:
        return False
    return reader.account.uid == paper.by or Section.POLITICAL_REVIEW in opened_to(reader, read)


def add_objections(read: Read, adding: Adding, who: Deciding, today: date) -> list[Objection]:
    """Everything against putting a paper in."""
    file = read.file
    found = own(read, who)
    if adding.step not in steps_of(file, adding.slot):
        return [*found, ARC_03.objection("这份材料不属于所选的步骤")]
    recorded = is_recorded(file, adding.step, occurrence_of(file, adding.step))
    is_archived = file.last(25) is not None
    is_open = file.is_open_on(today) or is_archived
    return found + adding_objections(adding.checked, is_recorded=recorded, is_open=is_open, today=today)


def add(
    read: Read, adding: Adding, parts: Sequence[bytes], *, unit: UnitOnDay, who: Deciding, today: date,
    once: uuid.UUID | None = None,
) -> uuid.UUID:  # fmt: skip
    """Take files in as one document and put it into a slot. Returns the paper's uid.

    Raises `Refused`, `files.intake.Unusable`, `journal.acts.AlreadyDone`, `OSError` where there is no room; nothing is left behind then.
    """
    if found := add_objections(read, adding, who, today):
        raise Refused(found)
    taken, scan = take_in(parts), uuid.uuid4()
    store.put(scan, taken.content)
    try:
        return _add(read.around.uid, adding, scan, taken, unit=unit, who=who, today=today, once=once)
    except BaseException:
        store.drop(scan)
        raise


def _add(
    case: uuid.UUID, adding: Adding, scan: uuid.UUID, taken: Taken, *, unit: UnitOnDay, who: Deciding, today: date,
    once: uuid.UUID | None,
) -> uuid.UUID:  # fmt: skip
    with _about(Verb.PAPER_ADDED, case, who, "", once) as (current, read):
        if found := add_objections(read, adding, who, today):
            raise Refused(found)
        occurrence = occurrence_of(read.file, adding.step)
        if is_recorded(read.file, adding.step, occurrence):
            current.verb = Verb.PAPER_SUPPLEMENTED
        before = paper_by(adding.supplements) if adding.supplements else None
        if before is not None and (before.case, before.slot) != (read.around.case, adding.slot):
            raise OutOfScope(str(adding.supplements))
        paper = put_in(
            current, case=read.around.case, step=adding.step, occurrence=occurrence, slot=adding.slot,
            scan=write_scan(current, scan, unit.id, taken, today), checked=adding.checked, supplements=before.id if before else None,
        )  # fmt: skip
        current.data |= {"paper": paper.hex, "step": adding.step, "slot": adding.slot, "pages": len(taken.pages)}
    return paper


def check(uid: uuid.UUID, checked: Checked, *, who: Deciding, today: date, once: uuid.UUID | None = None) -> None:
    """Write down how a paper was found, anew. A supplement keeps its day and its explanation."""
    paper = _standing(uid)
    with _about(Verb.PAPER_CHECKED, paper.case_uid, who, "", once) as (current, read):
        paper = _standing(uid)
        is_supplement = bool(paper.checked.explanation)
        recorded = is_supplement and is_recorded(read.file, paper.step, paper.occurrence)
        if found := adding_objections(checked, is_recorded=recorded, is_open=True, today=today):
            raise Refused(found)
        check_again(current, paper.id, paper.check, checked)
        current.data |= {"paper": uid.hex, "step": paper.step, "slot": paper.slot}


def withdraw_objections(read: Read, paper: Paper, who: Deciding) -> list[Objection]:
    """Everything against taking a paper back."""
    recorded = is_recorded(read.file, paper.step, paper.occurrence)
    return own(read, who) + withdrawing_objections(is_recorded=recorded, is_there=True)


def withdraw(uid: uuid.UUID, *, reason: str, who: Deciding, once: uuid.UUID | None = None) -> None:
    """Take a paper back, before its step is on record."""
    paper = _standing(uid)
    with _about(Verb.PAPER_WITHDRAWN, paper.case_uid, who, reason, once) as (current, read):
        paper = _standing(uid)
        if found := withdraw_objections(read, paper, who):
            raise Refused(found)
        take_back(current, paper.check)
        current.data |= {"paper": uid.hex, "step": paper.step, "slot": paper.slot}


def _standing(uid: uuid.UUID) -> Paper:
    found = paper_by(uid)
    if found is None:
        raise OutOfScope(str(uid))
    return found


@contextmanager
def _about(
    verb: Verb, case: uuid.UUID, who: Deciding, reason: str, once: uuid.UUID | None
) -> Iterator[tuple[Act, Read]]:
    """An open act about a case, read under the lock."""
    with act(verb, actor=who.actor, reason=reason, once=once) as current:
        read = read_by(case)
        if found := own(read, who):
            raise Refused(found)
        current.subject_kind, current.subject = "person", read.around.person_uid
        current.data["case"] = case.hex
        yield current, read
