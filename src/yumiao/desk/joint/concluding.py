"""The use cases after the answers: name who reads them, write what a person concludes. Nothing is ever concluded by itself (REV-14).

Must not know: requests, forms.
"""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from yumiao.access.grant_rules import LONGEST
from yumiao.access.models import Account
from yumiao.access.permissions import GRANTS, Permission
from yumiao.access.readers import Reader, holdings
from yumiao.access.sections import Section
from yumiao.admission.case_file import Read
from yumiao.admission.grant_queries import open_grant
from yumiao.admission.grant_services import write_grant
from yumiao.admission.joint_rules import concluding_objections, naming_objections
from yumiao.admission.joint_services import ConclusionDraft, conclude
from yumiao.desk.dossier.near import near_objections
from yumiao.desk.dossier.recording import read_by
from yumiao.desk.joint.opening import granted, round_of, row_of
from yumiao.journal.acts import act
from yumiao.journal.verbs import Verb
from yumiao.kernel.objections import NotAllowed, Objection, Refused
from yumiao.units.queries import UnitOnDay


@dataclass(frozen=True, slots=True)
class Nameable:
    """Somebody of the township who may conclude there."""

    account: int
    uid: uuid.UUID
    label: str
    person: uuid.UUID | None


def nameable(reader: Reader, unit: UnitOnDay) -> Sequence[Nameable]:
    """Whom the county may name for somebody of a unit: who may conclude there below the county; of its own offices, somebody of the county."""
    below: dict[int, str] = {}
    above: dict[int, str] = {}
    for account, held in holdings(reader.today, reader.head).items():
        if reader.account is not None and account == reader.account.pk:
            continue
        for one in held:
            place = reader.tree.by_id.get(one.unit)
            if place is None or one.giver is not None or Permission.JOINT_CONCLUDE not in GRANTS[one.role]:
                continue
            if place.subtree.covers(unit.path):
                (above if place.parent is None else below)[account] = f"{place.name} {one.role.label} {one.name}"
    found = below or above
    rows = Account.objects.filter(pk__in=found, is_active=True).order_by("pk")
    return [Nameable(pk, uid, found[pk], person) for pk, uid, person in rows.values_list("pk", "uid", "person_uid")]


def name_reader(
    uid: uuid.UUID, account: uuid.UUID, *, purpose: str, until: date, reader: Reader, once: uuid.UUID | None = None
) -> None:
    """Let one person of the township read the answers about one case. Raises `Refused`, `NotAllowed`, `AlreadyDone`."""
    assert reader.account is not None
    with act(Verb.SECTION_GRANTED, actor=reader.actor, once=once) as current:
        row = row_of(uid)
        read = read_by(row.case.uid)
        if granted(reader, read) is None:
            raise NotAllowed("没有阅看授权，或者授权已经结束。")
        found = list(naming_objections(round_of(read, row)))
        chosen = _chosen(reader, read, account)
        if chosen is None:
            found.append(Objection(rule="PRV-05", text="该账号不能在本人所在乡镇作出结论", next_step="另选一人。"))
        elif _has_grant(chosen.account, row.case_id, reader.today):
            found.append(Objection(rule="PRV-05", text="该账号已经获准阅看"))
        else:
            found += near_objections(chosen.person, read)
        if not reader.today < until <= reader.today + LONGEST:
            found.append(Objection(rule="ACC-18", text="授权的截止日期应在明天以后、九十天以内"))
        if found or chosen is None:
            raise Refused(found)
        write_grant(
            current, [row.case_id], account=chosen.account, section=Section.JOINT_REVIEW, purpose=purpose, since=reader.today, until=until,
            by=reader.account.pk,
        )  # fmt: skip
        current.subject_kind, current.subject = "person", read.around.person_uid
        current.data |= {
            "case": row.case.uid.hex,
            "account": account.hex,
            "section": Section.JOINT_REVIEW.value,
            "count": 1,
        }
        current.data["until"] = until.isoformat()


def _chosen(reader: Reader, read: Read, account: uuid.UUID) -> Nameable | None:
    unit = reader.tree.by_id.get(read.around.unit)
    found = nameable(reader, unit) if unit is not None else []
    return next((one for one in found if one.uid == account), None)


def _has_grant(account: int, case: int, today: date) -> bool:
    return open_grant(account, case, Section.JOINT_REVIEW, today=today, now=timezone.now()) is not None


def write_conclusion(
    uid: uuid.UUID, draft: ConclusionDraft, *, reader: Reader, once: uuid.UUID | None = None
) -> None:  # fmt: skip
    """Conclude about somebody, or conclude anew. Raises `Refused`, `NotAllowed` without a grant, `AlreadyDone`."""
    assert reader.account is not None
    row = row_of(uid)
    unit = reader.tree.by_id.get(read_by(row.case.uid).around.unit)
    actor = reader.acting(Permission.JOINT_CONCLUDE, unit)
    with act(Verb.JOINT_REVIEW_CONCLUDED, actor=actor, once=once) as current:
        read = read_by(row.case.uid)
        if granted(reader, read) is None:
            raise NotAllowed("没有阅看授权，或者授权已经结束。")
        round_ = round_of(read, row)
        last = max((on for _answer, on in round_.answers), default=None) if round_ is not None else None
        found = [
            *near_objections(reader.account.person_uid, read),
            *naming_objections(round_),
            *concluding_objections(
                effect=draft.effect, concluded_on=draft.concluded_on, told_on=draft.told_on, untold=draft.untold, last_answer=last,
                today=reader.today,
            ),
        ]  # fmt: skip
        if found:
            raise Refused(found)
        conclude(current, row, draft)
        current.subject_kind, current.subject = "person", read.around.person_uid
        current.data |= {
            "case": row.case.uid.hex,
            "joint_review": row.review.uid.hex,
            "on": draft.concluded_on.isoformat(),
        }
