"""The answers of a joint review about one person, for whoever a grant lets read them: each opening is on record. Must not know: forms."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from yumiao.access.door import Request, admit
from yumiao.access.models import Grant
from yumiao.access.permissions import Permission
from yumiao.access.readers import Reader
from yumiao.access.sections import Section
from yumiao.admission.case_file import Read
from yumiao.admission.gates import Round
from yumiao.admission.joint_queries import Given, given_about, reason_of
from yumiao.admission.models import JointConclusion, JointReviewCase
from yumiao.desk.dossier.recording import read_by
from yumiao.desk.grants.opening import open_section, opened_to
from yumiao.desk.refusals import refusal_on_record
from yumiao.journal.facts import ALIVE
from yumiao.kernel.objections import NotAllowed, OutOfScope
from yumiao.units.queries import UnitOnDay


@dataclass(frozen=True, slots=True)
class Opened:
    """What a grant lets its holder see: every answer with its text, what was concluded and why."""

    row: JointReviewCase
    read: Read
    unit: UnitOnDay
    grant: Grant
    answers: Sequence[Given] = ()
    conclusion: JointConclusion | None = None
    reason: str = ""

    @property
    def round(self) -> Round | None:
        return round_of(self.read, self.row)


def row_of(uid: uuid.UUID) -> JointReviewCase:
    """The row of that uid in a batch that stands. Raises `OutOfScope`."""
    rows = JointReviewCase.objects.filter(uid=uid, review__records__struck=ALIVE)
    found = rows.select_related("case__person", "review").first()
    if found is None:
        raise OutOfScope(str(uid))
    return found


def round_of(read: Read, row: JointReviewCase) -> Round | None:
    """The batch of a row as its case sees it."""
    return next((one for one in read.file.rounds if uuid.UUID(one.uid) == row.review.uid), None)


def granted(reader: Reader, read: Read) -> Grant | None:
    """By which grant a reader may see the answers about a case now; None for whoever stands too near."""
    return opened_to(reader, read).get(Section.JOINT_REVIEW)


def opened(request: Request, uid: uuid.UUID) -> Opened:
    """The answers about somebody, on record as read.

    Raises `OutOfScope` where the reader does not reach him, `NotAllowed` without a grant or where he stands too near.
    """
    row, read, unit = _reached(request, uid)
    grant = open_section(request, read, Section.JOINT_REVIEW)
    conclusion = JointConclusion.objects.alive().filter(review_case=row.pk).first()
    reason = reason_of(conclusion, row) if conclusion is not None else ""
    return Opened(row, read, unit, grant, given_about(row), conclusion, reason)


def let_in(request: Request, uid: uuid.UUID) -> Opened:
    """Whether the reader may act on a row at all: as `opened`, without an answer."""
    row, read, unit = _reached(request, uid)
    with refusal_on_record(request, read.around.person_uid):
        grant = granted(request.reader, read)
        if grant is None:
            raise NotAllowed(_("联审答复只有获准阅看的人员能看。需要办理的，请发送本批的县委组织部干部指定。"))
    return Opened(row, read, unit, grant)


def _reached(request: Request, uid: uuid.UUID) -> tuple[JointReviewCase, Read, UnitOnDay]:
    reader, row = request.reader, row_of(uid)
    with refusal_on_record(request, row.case.person.uid):
        read = read_by(row.case.uid)
        unit = reader.tree.by_id.get(read.around.unit)
        admit(unit, reader, Permission.JOINT_CONCLUDE)
    assert unit is not None
    return row, read, unit
