"""The use cases of need-to-know: let somebody read a section, take it back, open one in an emergency, write down the family. Each is one act.

Must not know: requests, forms.
"""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from django.utils import timezone

from yumiao.access.grant_rules import EMERGENCY, Granting, emergency_objections, granting_objections
from yumiao.access.models import Account, Grant
from yumiao.access.permissions import GRANTS, Permission
from yumiao.access.readers import Reader, holdings
from yumiao.access.sections import Section
from yumiao.admission.case_file import Read
from yumiao.admission.grant_services import end_grant, write_grant
from yumiao.admission.models import CaseGrant
from yumiao.admission.relative_services import Named, replace_relatives
from yumiao.desk.dossier.near import near_objections
from yumiao.desk.dossier.recording import read_by
from yumiao.journal.acts import act
from yumiao.journal.verbs import Verb
from yumiao.kernel.objections import NotAllowed, OutOfScope, Refused
from yumiao.units.queries import UnitOnDay

P: Final = Permission
DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Eligible:
    """Somebody who may be let read, by unit, role and name."""

    account: int
    uid: uuid.UUID
    label: str
    person: uuid.UUID | None


def eligible(reader: Reader, unit: UnitOnDay | None) -> Sequence[Eligible]:
    """Whose own posts reach a case at a unit, the reader left out; who stands near is refused when he is chosen."""
    found: dict[int, str] = {}
    for account, held in holdings(reader.today, reader.head).items():
        for one in held:
            place = reader.tree.by_id.get(one.unit)
            if unit is None or place is None or one.giver is not None or P.PERSON_READ not in GRANTS[one.role]:
                continue
            if place.subtree.covers(unit.path):
                found.setdefault(account, f"{place.name} {one.role.label} {one.name}")
    if reader.account is not None:
        found.pop(reader.account.pk, None)
    rows = Account.objects.filter(pk__in=found, is_active=True).order_by("pk")
    return [Eligible(pk, uid, found[pk], person) for pk, uid, person in rows.values_list("pk", "uid", "person_uid")]


def give(
    case: uuid.UUID, taker: uuid.UUID, section: Section, *, purpose: str, last_day: date, reader: Reader,
    once: uuid.UUID | None = None,
) -> None:  # fmt: skip
    """Let somebody read a section of a case, to the end of `last_day`. Raises `Refused`, `NotAllowed`, `AlreadyDone`."""
    assert reader.account is not None
    until = last_day + DAY
    with act(Verb.SECTION_GRANTED, actor=reader.actor, once=once) as current:
        read = read_by(case)
        unit = _at(reader, read, P.SECTION_GRANT)
        own = near_objections(reader.account.person_uid, read)
        chosen = next((one for one in eligible(reader, unit) if one.uid == taker), None)
        asked = Granting(
            reader.account.uid, taker, purpose, reader.today, until, reaches=chosen is not None,
            is_near=chosen is not None and bool(near_objections(chosen.person, read)),
        )  # fmt: skip
        if (found := [*own, *granting_objections(asked)]) or chosen is None:
            raise Refused(found)
        write_grant(
            current, [read.around.case], account=chosen.account, section=section, purpose=purpose.strip(), since=reader.today,
            until=until, by=reader.account.pk,
        )  # fmt: skip
        current.subject_kind, current.subject = "person", read.around.person_uid
        current.data |= {"case": case.hex, "account": taker.hex, "section": section.value, "until": until.isoformat()}


def take_back(grant: Grant, *, reader: Reader, once: uuid.UUID | None = None) -> None:
    """Let a grant end at once. Raises `OutOfScope` for one that is over, `NotAllowed`, `AlreadyDone`."""
    with act(Verb.SECTION_GRANT_ENDED, actor=reader.actor, once=once) as current:
        standing = Grant.objects.alive().filter(uid=grant.uid, until__gt=reader.today).select_related("account").first()
        if standing is None:
            raise OutOfScope(str(grant.uid))
        grant = standing
        tied = list(CaseGrant.objects.filter(grant=grant.pk).select_related("case__person"))
        for one in tied:
            _at(reader, read_by(one.case.uid), P.SECTION_GRANT)
        end_grant(current, grant, reader.today)
        if len(tied) == 1:
            current.subject_kind, current.subject = "person", tied[0].case.person.uid
        current.data |= {"account": grant.account.uid.hex, "section": grant.section, "count": len(tied)}


def open_at_once(
    case: uuid.UUID, section: Section, *, reason: str, reader: Reader, once: uuid.UUID | None = None
) -> None:
    """Open a section for oneself for two hours, in an emergency. Raises `Refused`, `NotAllowed`, `AlreadyDone`."""
    assert reader.account is not None
    with act(Verb.SECTION_OPENED_IN_EMERGENCY, actor=reader.actor, reason=reason, once=once) as current:
        read = read_by(case)
        _at(reader, read, P.SECTION_EMERGENCY)
        if found := [*near_objections(reader.account.person_uid, read), *emergency_objections(reason)]:
            raise Refused(found)
        ends = int((timezone.now() + EMERGENCY).timestamp())
        write_grant(
            current, [read.around.case], account=reader.account.pk, section=section, purpose=f"紧急阅看：{reason.strip()}",
            since=reader.today, until=reader.today + 2 * DAY, by=reader.account.pk, is_emergency=True, ends_at=ends,
        )  # fmt: skip
        current.subject_kind, current.subject = "person", read.around.person_uid
        current.data |= {"case": case.hex, "section": section.value}


def write_family(case: uuid.UUID, named: Sequence[Named], *, reader: Reader, once: uuid.UUID | None = None) -> None:
    """Let a list of family and relations stand instead of the one before. Raises `Refused`, `NotAllowed`, `AlreadyDone`."""
    assert reader.account is not None
    with act(Verb.RELATIVES_RECORDED, actor=reader.actor, once=once) as current:
        read = read_by(case)
        _at(reader, read, P.FAMILY_RECORD)
        if found := near_objections(reader.account.person_uid, read):
            raise Refused(found)
        replace_relatives(current, read.around.case, named)
        current.subject_kind, current.subject = "person", read.around.person_uid
        current.data |= {"case": case.hex, "count": len(named)}


def _at(reader: Reader, read: Read, need: Permission) -> UnitOnDay:
    """Where a case stands; `NotAllowed` where the reader's right does not reach it, or is lent to him."""
    unit = reader.tree.by_id.get(read.around.unit)
    held = [one for one in reader.own if need in one.permissions]
    if unit is None or not any(one.unit.subtree.covers(unit.path) for one in held):
        raise NotAllowed(f"您自己的任职不含“{need.label}”。")
    return unit
