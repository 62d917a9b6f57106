"""The use cases of old files: audit some, take an audit back, write a finding down, decide on memberships, undo a decision. Each is one act.

Must not know: requests, forms.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from yumiao.admission.audit_queries import grounds_of
from yumiao.admission.audit_rules import Audited, Decided, Ground, audit_objections, decision_objections
from yumiao.admission.audit_services import record_audits, record_recognitions, take_back_audit, tie_finding
from yumiao.admission.models import Case, FileAudit, FileAuditRecord, Recognition
from yumiao.bylaws.rules import Settings
from yumiao.desk.dossier.recording import Deciding
from yumiao.desk.file_audits.near import near_objections, too_near
from yumiao.desk.membership.deciding import Who, close_cases
from yumiao.desk.membership.deciding import objections as change_objections
from yumiao.desk.membership.life import status_of
from yumiao.desk.membership.undoing import obstacles
from yumiao.desk.people.facts import Facts, facts_of
from yumiao.journal.acts import Act, act
from yumiao.journal.undoing import take_back
from yumiao.journal.verbs import Verb
from yumiao.kernel.objections import Objection, Refused, Severity
from yumiao.kernel.periods import on_paper
from yumiao.oversight.models import Finding
from yumiao.oversight.services import FindingDraft, record_finding
from yumiao.people.models import Belonging, Person
from yumiao.people.rules import DEV_21
from yumiao.people.status import CHANGES, MEMBERS, NOT_RECOGNISED
from yumiao.people.status_rules import MEM_12, Asked
from yumiao.people.status_services import Decision, write_change

FEW: Final = 1


@dataclass(frozen=True, slots=True)
class Somebody:
    """Whom it is about; `name` stands before an objection where there are several."""

    pk: int
    uid: uuid.UUID
    name: str


def audit_files(
    rows: Sequence[tuple[Somebody, Audited]], *, who: Deciding, place: uuid.UUID, today: date, once: uuid.UUID | None = None
) -> list[uuid.UUID]:  # fmt: skip
    """Write audits down. `place`: the unit of whom they are, where it is more than one person. Raises `Refused`, `AlreadyDone`."""
    with act(Verb.FILE_AUDITED, actor=who.actor, once=once) as current:
        near = too_near(who.person, [one.pk for one, _said in rows])
        found = [
            objection
            for one, said in rows
            for objection in (
                *near_objections(near, one.pk, _named(one, rows)),
                *_prefixed(_named(one, rows), audit_objections(said, today=today)),
            )
        ]
        if found:
            raise Refused(found)
        _about(current, [one for one, _said in rows], place)
        current.data |= {"on": max(said.on for _one, said in rows).isoformat()}
        return record_audits(current, [(one.pk, said) for one, said in rows])


def withdraw_audit(audit: FileAudit, *, reason: str, who: Deciding, once: uuid.UUID | None = None) -> None:
    """Take an audit back. Raises `Refused` where a decision on the membership stands on it, `AlreadyDone`."""
    with act(Verb.FILE_AUDIT_TAKEN_BACK, actor=who.actor, reason=reason, once=once) as current:
        found = near_objections(too_near(who.person, [audit.person_id]), audit.person_id)
        if not FileAuditRecord.objects.alive().filter(audit=audit).exists():
            found.append(Objection("", "这次审核已经收回"))
        if Recognition.objects.alive().filter(person=audit.person_id).exists():
            found.append(Objection("", "已经作出党员身份的决定", next_step="先撤销该项决定。"))
        if found:
            raise Refused(found)
        current.subject_kind, current.subject = "person", audit.person.uid
        take_back_audit(current, audit.pk)


def find_fault(
    somebody: Somebody, draft: FindingDraft, *, on: date, who: Deciding, today: date, once: uuid.UUID | None = None
) -> uuid.UUID:  # fmt: skip
    """Write down what an audit found; it is put right by an order as any other finding. Raises `Refused`, `AlreadyDone`."""
    with act(Verb.FINDING_RECORDED, actor=who.actor, once=once) as current:
        found = near_objections(too_near(who.person, [somebody.pk]), somebody.pk)
        if not DEV_21.holds(day=on, today=today):
            found.append(DEV_21.objection(f"发现日期 {on_paper(on)}晚于今天"))
        if found:
            raise Refused(found)
        current.subject_kind, current.subject = "person", somebody.uid
        current.data |= {"grade": draft.grade, "on": on.isoformat()}
        unit = Belonging.objects.open().get(person=somebody.pk).unit_id
        pk, uid = record_finding(
            current, draft, unit=unit, person=somebody.pk, source=Finding.Source.AUDIT, found_on=on
        )
        case = Case.objects.filter(person=somebody.pk).order_by("-pk").values_list("pk", flat=True).first()
        if case is not None:
            tie_finding(current, pk, case)
        return uid


def decision_against(
    people: Sequence[Somebody], decided: Decided, *, who: Deciding, settings: Settings, today: date
) -> tuple[list[Facts], list[Objection]]:  # fmt: skip
    """The facts of everybody, and everything against the decision about them."""
    grounds, near = grounds_of([one.pk for one in people]), too_near(who.person, [one.pk for one in people])
    all_facts, found = [], []
    for one in people:
        facts = facts_of(one.pk, one.uid, today)
        all_facts.append(facts)
        name = one.name if len(people) > FEW else ""
        found += near_objections(near, one.pk, name)
        found += _prefixed(name, _of_one(facts, decided, grounds[one.pk], who, settings))
    return all_facts, found


def _of_one(facts: Facts, decided: Decided, ground: Ground, who: Deciding, settings: Settings) -> list[Objection]:
    member, status = facts.membership, status_of(facts)
    if member is None or status not in MEMBERS:
        return [MEM_12.objection(f"当前为{status.label}，没有可以决定的党员身份")]
    found = list(decision_objections(decided, ground, membership_on=member.membership_on, today=facts.day))
    if decided.decision == Recognition.Decision.NOT_RECOGNISED and not found:
        asked = Asked(decided.on, document=decided.document)
        against = change_objections(facts, CHANGES[NOT_RECOGNISED], asked, Who(who.actor, who.person), settings)
        found += [one for one in against if one.severity is Severity.BLOCK]
    return found


def decide(
    people: Sequence[Somebody], decided: Decided, *, place: uuid.UUID, who: Deciding, settings: Settings, today: date,
    once: uuid.UUID | None = None,
) -> int:  # fmt: skip
    """Write a decision on memberships down, of everybody in one act. Returns the number of the entry. Raises `Refused`, `AlreadyDone`."""
    is_ended = decided.decision == Recognition.Decision.NOT_RECOGNISED
    verb = Verb.ADMISSION_NOT_RECOGNISED if is_ended else Verb.MEMBERSHIP_RECOGNISED
    with act(verb, actor=who.actor, reason=decided.reason, once=once) as current:
        everybody, found = decision_against(people, decided, who=who, settings=settings, today=today)
        if found:
            raise Refused(found)
        _about(current, people, place)
        current.data |= {"decision": decided.decision, "on": decided.on.isoformat()}
        cycles = [(facts.person, facts.membership.cycle) for facts in everybody if facts.membership]
        record_recognitions(current, cycles, decided)
        for facts in everybody if is_ended else ():
            _end(current, facts, decided)
    return current.seq


def _end(current: Act, facts: Facts, decided: Decided) -> None:
    change = CHANGES[NOT_RECOGNISED]
    write_change(current, Decision(facts.person, change, decided.on, decided.reason, document=decided.document))
    close_cases(current, facts, decided.on, change.ends_case)


def undo_decision(one: Recognition, *, reason: str, who: Deciding, once: uuid.UUID | None = None) -> None:
    """Take a decision back, of everybody it was about: all stands as before. Raises `Refused` while something stands on it, `AlreadyDone`."""
    with act(Verb.CHANGE_UNDONE, actor=who.actor, reason=reason, once=once) as current:
        people = list(Recognition.objects.filter(entered=one.entered).values_list("person", flat=True))
        near = too_near(who.person, people)
        found = [objection for person in people for objection in near_objections(near, person)] or obstacles(
            one.entered
        )
        if found:
            raise Refused(found)
        verb = Verb.ADMISSION_NOT_RECOGNISED
        if one.decision == Recognition.Decision.RECOGNISED:
            verb = Verb.MEMBERSHIP_RECOGNISED
        if len(people) == FEW:
            current.subject_kind, current.subject = "person", Person.objects.get(pk=people[0]).uid
        current.data["verb"] = verb
        take_back(current, one.entered)


def _about(current: Act, people: Sequence[Somebody], place: uuid.UUID) -> None:
    """An entry about one person names him, one about several their unit and how many."""
    if len(people) == FEW:
        current.subject_kind, current.subject = "person", people[0].uid
        return
    current.subject_kind, current.subject = "unit", place
    current.data["count"] = len(people)


def _named(one: Somebody, rows: Sequence[object]) -> str:
    return one.name if len(rows) > FEW else ""


def _prefixed(name: str, found: Iterable[Objection]) -> list[Objection]:
    return [replace(one, text=f"{name}：{one.text}") if name else one for one in found]
