"""The use cases of packages and archives: make one, hand the archive over, take that back. Each is one act. Must not know: requests, forms."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date

from yumiao.admission.history import CaseFile
from yumiao.admission.package_queries import handover_of, packages_of
from yumiao.admission.package_services import take_back_handover, write_handover, write_package
from yumiao.admission.paper_queries import filed_of
from yumiao.admission.paper_rules import archive_objections
from yumiao.desk.dossier.recording import Deciding, own, read_by
from yumiao.desk.packages.making import Made
from yumiao.journal.acts import act
from yumiao.journal.verbs import Verb
from yumiao.kernel.objections import Objection, Refused, Severity
from yumiao.kernel.periods import on_paper

RULE = "ARC-05"


@dataclass(frozen=True, slots=True, kw_only=True)
class Handing:
    """Who gave the archive to whom, when, in how many copies."""

    on: date
    holder: str
    giver: str
    receiver: str
    copies: int
    note: str


def keep(
    case: uuid.UUID, made: Made, *, seen: CaseFile, who: Deciding, today: date, once: uuid.UUID | None = None
) -> None:
    """Put on record that a package was made, with the digest of its list. Raises `Refused` where the case changed since `seen`, `AlreadyDone`."""
    with act(Verb.PACKAGE_MADE, actor=who.actor, once=once) as current:
        read = read_by(case)
        found: list[Objection] = own(read, who)
        if read.file != seen:
            found.append(_objection("装订期间档案有了变更", "重新装订，就是变更以后的内容。"))
        if found:
            raise Refused(found)
        current.subject_kind, current.subject = "person", read.around.person_uid
        current.data |= {"case": case.hex, "digest": made.digest, "pages": made.pages}
        write_package(current, read.around.case, on=today, digest=made.digest, pages=made.pages, size=len(made.archive))


def hand_over(
    case: uuid.UUID, handing: Handing, reason: str, *, who: Deciding, today: date, once: uuid.UUID | None = None
) -> None:
    """Put on record that the archive went to whoever keeps it. Raises `Refused`, `AlreadyDone`."""
    with act(Verb.FILE_HANDED_OVER, actor=who.actor, reason=reason, once=once) as current:
        read = read_by(case)
        found: list[Objection] = own(read, who)
        archived = read.file.on(25)
        if archived is None:
            found.append(_objection("材料还没有归档（第 25 步）", "先登记材料归档，再登记移交。"))
        elif handing.on < archived:
            found.append(_objection(f"移交日期早于归档日期 {on_paper(archived)}", f"最早为{on_paper(archived)}。"))
        if handing.on > today:
            found.append(_objection(f"移交日期 {on_paper(handing.on)}晚于今天", "写实际移交的日期。"))
        if archive_objections(read.file, filed_of(read.around.case)) and not reason.strip():
            found.append(_objection("有材料缺少或者没有核对通过", "写明原因后移交。"))
        if found:
            raise Refused(found)
        current.subject_kind, current.subject = "person", read.around.person_uid
        current.data |= {"case": case.hex, "on": handing.on.isoformat()}
        last = next(iter(packages_of(read.around.case)), None)
        write_handover(
            current, read.around.case, package=last.pk if last else None, on=handing.on, holder=handing.holder, giver=handing.giver,
            receiver=handing.receiver, copies=handing.copies, note=handing.note,
        )  # fmt: skip


def take_back(case: uuid.UUID, reason: str, *, who: Deciding, once: uuid.UUID | None = None) -> None:
    """A handing over was entered by mistake."""
    with act(Verb.HANDOVER_TAKEN_BACK, actor=who.actor, reason=reason, once=once) as current:
        read = read_by(case)
        if handover_of(read.around.case) is None:
            raise Refused([_objection("没有移交记录", "")])
        current.subject_kind, current.subject = "person", read.around.person_uid
        current.data["case"] = case.hex
        take_back_handover(current, read.around.case)


def _objection(text: str, next_step: str) -> Objection:
    return Objection(RULE, text, "县党务工作手册", Severity.BLOCK, next_step)
