"""What writes the steps of a case: opening, recording, late entries, return, rest, exemption, edition, and what membership follows from.

All of it within an open act. It must not know who may, nor whether it is lawful: `case_rules` answered that before.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, Final

from yumiao.admission.asked import Asked
from yumiao.admission.case_file import Read
from yumiao.admission.form_rules import form_of
from yumiao.admission.history import APPROVAL, CONFIRMATION, MEETING, Held, Helper, fallen
from yumiao.admission.models import (
    Case,
    CaseEdition,
    CaseEnd,
    CaseRest,
    CaseReturn,
    Exemption,
    FormUse,
    LateEntry,
    StepDetail,
    StepMotion,
    StepRecord,
)
from yumiao.admission.path import Outcome, Terms
from yumiao.admission.services import END, STEP
from yumiao.admission.step_judges import expiry
from yumiao.journal.acts import Act
from yumiao.journal.bulk import new_ids, recorded
from yumiao.kernel.ages import LeapBirthday, completed_years
from yumiao.kernel.periods import FOREVER, add_months
from yumiao.people.models import Attribution, Membership, MembershipState, Tie
from yumiao.people.services import ATTRIBUTION, MEMBERSHIP, TIE
from yumiao.people.status_services import close_attributions, end_membership, latest_membership

CASE: Final = ("id", "uid", "person_id", "origin")
DETAIL: Final = (
    "case_id", "step", "occurrence", "outcome", "document", "place", "people", "note", "days", "hours", "months", "reason", "is_late",
    "is_imported",
)  # fmt: skip
MOTION: Final = ("case_id", "step", "occurrence", "motion_id")
LATE: Final = ("uid", "case_id", "step", "occurrence", "held_on", "said", "reason")
RETURN: Final = ("case_id", "step", "returned_on", "why", "reason")
REST: Final = ("since", "until", "case_id", "counts", "reason")
EXEMPTION: Final = ("case_id", "step", "rule", "granted_on", "granted_by", "document", "reason")
EDITION: Final = ("case_id", "edition")
FORM: Final = ("case_id", "prefix", "number", "given_on")


def open_case(act: Act, person: int, edition: str) -> tuple[int, uuid.UUID]:
    """A case for somebody who has none that is open, under an edition. Returns its id and uid."""
    case, uid = new_ids(Case, 1)[0], uuid.uuid4()
    act.insert(Case, CASE, [(case, uid, person, Case.Origin.ENTERED)])
    act.insert(CaseEdition, EDITION, [(case, edition)])
    return case, uid


def record_step(act: Act, read: Read, asked: Asked, *, terms: Terms, leap: LeapBirthday, is_late: bool = False) -> int:
    """Write one step with its detail, ballot, ties and form, and what membership follows from it. Returns its occurrence."""
    file, case = read.file, read.around.case
    occurrence = file.occurrence_next(asked.step)
    act.insert(StepRecord, STEP, [(case, asked.step, occurrence, asked.on)])
    act.insert(StepDetail, DETAIL, [_detail(case, asked, occurrence, is_late=is_late)])
    if asked.vote is not None:
        act.insert(StepMotion, MOTION, [(case, asked.step, occurrence, asked.vote.motion)])
    if asked.contacts:
        write_helpers(act, file.person, Tie.Kind.CONTACT, asked.contacts, asked.on)
    if asked.introducers:
        write_helpers(act, file.person, Tie.Kind.INTRODUCER, asked.introducers, asked.on)
    if asked.form:
        prefix, number = form_of(asked.form)
        act.insert(FormUse, FORM, [(case, prefix, number, asked.on)])
    _follow(act, read, asked, terms=terms, leap=leap)
    return occurrence


def _detail(case: int, asked: Asked, occurrence: int, *, is_late: bool) -> tuple[Any, ...]:
    outcome = asked.outcome.value if asked.outcome else ""
    return (
        case, asked.step, occurrence, outcome, asked.document, asked.place, asked.people, asked.note, asked.days, asked.hours,
        asked.months, asked.reason, is_late, False,
    )  # fmt: skip


def write_helpers(act: Act, person: int, kind: str, helpers: Sequence[Helper], on: date) -> None:
    """Let these be the contacts or introducers from a day on; who is no longer among them ceases on it (TRF-05)."""
    standing = list(Tie.objects.alive().filter(person=person, kind=kind, until=FOREVER))
    wanted = [one.person for one in helpers]
    gone = [row for row in standing if row.other_id not in wanted]
    act.strike(Tie, [row.pk for row in gone])
    ended = [
        (row.since, on, person, row.other_id, row.other_text, kind, row.position, row.since_known)
        for row in gone
        if row.since < on
    ]
    kept = {row.other_id: row.position for row in standing if row not in gone}
    free = iter(place for place in range(1, 100) if place not in kept.values())
    new = [(on, FOREVER, person, other, "", kind, next(free), True) for other in wanted if other not in kept]
    act.insert(Tie, TIE, [*ended, *new])


def _follow(act: Act, read: Read, asked: Asked, *, terms: Terms, leap: LeapBirthday) -> None:
    """What membership follows from a step that passed: from 17 a probationary member, from 24 a full one (MEM-01…07)."""
    if asked.outcome is Outcome.FAILED:
        return
    if asked.step == APPROVAL:
        _admit(act, read, asked, terms=terms, leap=leap)
    elif asked.step == CONFIRMATION:
        _settle(act, read, asked, terms=terms)


def _admit(act: Act, read: Read, asked: Asked, *, terms: Terms, leap: LeapBirthday) -> None:
    """A probationary member since the branch meeting, counted for the branch of that day; a member again is a further cycle."""
    met = read.file.on(MEETING)
    assert met is not None
    before = latest_membership(read.file.person)
    cycle = before.cycle + 1 if before else 1
    age = completed_years(read.file.born_on, met, leap) if read.file.born_on else None
    ends = add_months(met, terms.probation_months)
    act.insert(
        Membership, MEMBERSHIP,
        [(read.file.person, cycle, met, Membership.Approval.RECORDED, asked.on, met, ends, FOREVER, None, FOREVER, "", age)],
    )  # fmt: skip
    unit = read.around.unit_on(met)
    act.insert(Attribution, ATTRIBUTION, [(met, FOREVER, read.file.person, cycle, unit, Attribution.Reason.ADMITTED)])


def _settle(act: Act, read: Read, asked: Asked, *, terms: Terms) -> None:
    member = latest_membership(read.file.person)
    ends = expiry(read.file, terms)
    assert member is not None and ends is not None
    if asked.outcome is Outcome.EXTENDED:
        later = add_months(ends, asked.months)
        rewrite_membership(act, member, probation_end_on=later)
        row = (ends, later, member.person_id, member.cycle, MembershipState.State.PROBATION_EXTENDED)
        act.insert(MembershipState, ("since", "until", "person_id", "cycle", "state"), [row])
    elif asked.outcome is Outcome.CANCELLED:
        end_membership(act, member, asked.on, "probation_cancelled")
        close_attributions(act, member.person_id, member.cycle, asked.on)
        act.insert(CaseEnd, END, [(read.around.case, asked.on, CaseEnd.How.CANCELLED)])
    else:
        rewrite_membership(act, member, full_member_on=ends, confirmation_stated_on=ends, probation_end_on=ends)
    if asked.outcome is not Outcome.EXTENDED:
        for kind in (Tie.Kind.CONTACT, Tie.Kind.INTRODUCER):  # whoever stood beside him has done his part
            write_helpers(act, read.file.person, kind, (), asked.on)


def rewrite_membership(act: Act, member: Membership, **changed: object) -> None:
    """The membership anew, with some values changed."""
    act.strike(Membership, [member.pk])
    act.insert(
        Membership, MEMBERSHIP, [tuple(changed.get(name, getattr(member, name)) for name in recorded(Membership))]
    )


def propose_late(act: Act, read: Read, asked: Asked) -> uuid.UUID:
    """Write down a late entry: it waits for a second person."""
    uid = uuid.uuid4()
    occurrence = read.file.occurrence_next(asked.step)
    act.insert(
        LateEntry, LATE, [(uid, read.around.case, asked.step, occurrence, asked.on, said_of(asked), asked.reason)]
    )
    return uid


def take_late(act: Act, entry: LateEntry) -> None:
    """It waits no longer: it is recorded by the same act, or refused."""
    act.strike(LateEntry, [entry.pk])


def said_of(asked: Asked) -> str:
    """What a form said, as the text that waits with a late entry."""
    plain = {
        "outcome": asked.outcome.value if asked.outcome else "", "document": asked.document, "place": asked.place, "people": asked.people,
        "note": asked.note, "days": asked.days, "hours": None if asked.hours is None else str(asked.hours), "months": asked.months,
        "form": asked.form, "contacts": [one.person for one in asked.contacts], "introducers": [one.person for one in asked.introducers],
        "motion": asked.vote.motion if asked.vote else None,
    }  # fmt: skip
    return json.dumps(plain, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def asked_again(entry: LateEntry) -> tuple[Asked, dict[str, Any]]:
    """The step a late entry asks for, without helpers and vote, and what it said: their ids are for the caller to look up."""
    said = json.loads(entry.said)
    asked = Asked(
        step=entry.step, on=entry.held_on, outcome=Outcome(said["outcome"]) if said["outcome"] else None, document=said["document"],
        place=said["place"], people=said["people"], note=said["note"], days=said["days"],
        hours=None if said["hours"] is None else Decimal(said["hours"]), months=said["months"], form=said["form"], reason=entry.reason,
    )  # fmt: skip
    return asked, said


def return_case(act: Act, read: Read, step: int, on: date, why: str, reason: str) -> list[Held]:
    """Take back a step and what stands on it, and say so. Of what repeats only the last goes, with what stands on it. Returns what was taken back."""
    case, gone = read.around.case, fallen(read.file, step)
    act.strike(StepRecord, [one.record for one in gone])
    places = {(one.step, one.occurrence) for one in gone}
    for model in (StepDetail, StepMotion):
        rows = model.objects.alive().filter(case=case)
        act.strike(model, [row.pk for row in rows if (row.step, row.occurrence) in places])
    steps = {one.step for one in gone}
    if 14 in steps:
        act.strike(FormUse, FormUse.objects.alive().filter(case=case).values_list("pk", flat=True))
    act.insert(CaseReturn, RETURN, [(case, step, on, why, reason)])
    return gone


def rest_case(act: Act, case: int, since: date, *, counts: bool, reason: str) -> None:
    """From a day on the case lies still."""
    act.insert(CaseRest, REST, [(since, FOREVER, case, counts, reason)])


def resume_case(act: Act, case: int, on: date) -> None:
    """The rest ends on a day, its first without."""
    row = CaseRest.objects.open().get(case=case)
    act.strike(CaseRest, [row.pk])
    if row.since < on:
        act.insert(CaseRest, REST, [(row.since, on, case, row.counts, row.reason)])


def grant_exemption(
    act: Act, case: int, step: int, rule: str, *, on: date, by: str, document: str, reason: str
) -> None:
    act.insert(Exemption, EXEMPTION, [(case, step, rule, on, by, document, reason)])


def move_cases(act: Act, cases: Iterable[int], edition: str) -> None:
    """Let cases be judged under another edition."""
    wanted = list(cases)
    standing = CaseEdition.objects.alive().filter(case__in=wanted).values_list("pk", flat=True)
    act.strike(CaseEdition, list(standing))
    act.insert(CaseEdition, EDITION, [(case, edition) for case in wanted])
