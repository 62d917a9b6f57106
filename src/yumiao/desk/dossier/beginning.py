"""The use case: somebody applies who is in no register yet; the person is registered and the application recorded by one act.

Must not know: forms, pages.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from yumiao.access.permissions import Permission
from yumiao.access.readers import Reader
from yumiao.admission.asked import Asked, Ground
from yumiao.admission.history import CaseFile
from yumiao.desk.dossier.recording import Deciding, first_step
from yumiao.desk.transfers.returning import found_by_number
from yumiao.journal.acts import act
from yumiao.journal.verbs import Verb
from yumiao.kernel.identity import IdentityNumber
from yumiao.kernel.objections import Objection, Refused, Severity
from yumiao.kernel.periods import on_paper
from yumiao.people.doubles import IDN_06
from yumiao.people.models import Person, PersonRecord, PersonSecret
from yumiao.people.queries import whereabouts
from yumiao.people.services import Attributes, PersonDraft, register_people
from yumiao.people.transfer_rules import MOB_03
from yumiao.units.queries import UnitOnDay, standing


@dataclass(frozen=True, slots=True)
class Newcomer:
    """Who applies: what his papers say of him, and the branch he applies to."""

    number: IdentityNumber
    attributes: Attributes
    branch: UnitOnDay
    applied_on: date
    phone: str = ""


def known_as(newcomer: Newcomer, reader: Reader) -> Person | None:
    """Who has that number already, where the reader may begin a case for him."""
    person = found_by_number(newcomer.number)
    if person is None:
        return None
    place = whereabouts(person.uid)
    unit = reader.tree.by_id.get(place[1]) if place else None
    return person if unit is not None and reader.may_at(Permission.CASE_RECORD, unit) else None


def newcomer_objections(newcomer: Newcomer, reason: str) -> list[Objection]:
    """Why he cannot be registered as somebody new: the number is known, the branch does not stand, or somebody seems to be he."""
    found = []
    if found_by_number(newcomer.number) is not None:
        found.append(
            IDN_06.objection(
                "这个号码已在本县登记", "不在您管理范围内的，请县委组织部核对后办理。", severity=Severity.BLOCK
            )
        )
    if newcomer.branch.id not in standing().by_id:
        found.append(MOB_03.objection(f"{newcomer.branch.name}已经撤销", "另选党支部。"))
    said = newcomer.attributes
    alike = PersonRecord.objects.open().filter(name=said.name, born_on=said.born_on).exists()
    if alike and not reason.strip():
        born = on_paper(said.born_on) if said.born_on else ""
        text = f"已有姓名相同、出生日期（{born}）相同的登记"
        found.append(IDN_06.objection(text, "核对是否同一人；确非同一人的，写明理由后再提交。", severity=Severity.WARN))
    return found


def begin_unknown(
    newcomer: Newcomer, *, who: Deciding, ground_for: Callable[[CaseFile], Ground], today: date, note: str = "", reason: str = "",
    once: uuid.UUID | None = None,
) -> uuid.UUID:  # fmt: skip
    """Register him and record his application. Returns the case's uid. Raises `Refused`, `AlreadyDone`."""
    with act(Verb.CASE_OPENED, actor=who.actor, reason=reason, once=once) as current:
        if found := newcomer_objections(newcomer, reason):
            raise Refused(found)
        numbers = {PersonSecret.Kind.IDENTITY.value: newcomer.number.number}
        if newcomer.phone:
            numbers[PersonSecret.Kind.PHONE.value] = newcomer.phone
        since = max(newcomer.applied_on, newcomer.branch.record_since)
        (pk,) = register_people(
            current, [PersonDraft(newcomer.attributes, numbers, newcomer.branch.id, min(since, today), {})]
        )
        person = Person.objects.get(pk=pk)
        current.subject_kind, current.subject = "person", person.uid
        asked = Asked(step=1, on=newcomer.applied_on, note=note, reason=reason)
        return first_step(current, pk, person.uid, asked, ground_for=ground_for, today=today)
