"""Whoever may open a case, and what he may do there. Must not know: forms, templates."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from functools import cached_property

from django.utils.translation import gettext as _

from yumiao.access.door import Request, admit
from yumiao.access.permissions import GRANTS, Permission
from yumiao.access.readers import Reader, holdings
from yumiao.admission.asked import Ground
from yumiao.admission.case_file import Read, case_of, read_case
from yumiao.admission.course import Course, course
from yumiao.desk.dossier.grounds import ground_of
from yumiao.desk.dossier.recording import Deciding, deciding_at
from yumiao.desk.refusals import refusal_on_record
from yumiao.kernel.objections import NotAllowed, OutOfScope
from yumiao.units.queries import UnitOnDay

P = Permission


@dataclass(frozen=True)
class Seen:
    """A case as a reader sees it; `is_own`: it is about himself, and he sees nobody's opinion of him."""

    read: Read
    unit: UnitOnDay | None
    reader: Reader
    is_own: bool = False

    @property
    def uid(self) -> uuid.UUID:
        return self.read.around.uid

    @property
    def name(self) -> str:
        return self.read.around.name

    @cached_property
    def ground(self) -> Ground:
        return ground_of(self.read.file.path, self.reader.today, self.reader.head)

    @cached_property
    def course(self) -> Course:
        return course(self.read.file, self.ground)

    @property
    def is_open(self) -> bool:
        """Whether anything of it can still be done."""
        return self.read.file.is_open_on(self.reader.today) and not self.course.is_complete

    def may(self, permission: Permission) -> bool:
        """Whether the reader holds a right at the case's unit, and it is not about himself."""
        return not self.is_own and self.unit is not None and self.reader.may_at(permission, self.unit)

    def who(self, permission: Permission) -> Deciding:
        """The reader as he acts by a right at the case's unit."""
        return deciding_at(self.reader, permission, self.unit)


def seen(request: Request, uid: uuid.UUID, need: Permission | None = None) -> Seen:
    """The case of that uid. Raises `OutOfScope` where the reader does not reach it, `NotAllowed` where he does without the right.

    Without `need` whoever it is about may open it too, by his own right as a member.
    """
    found, reader = case_of(uid), request.reader
    with refusal_on_record(request, found[2] if found else uid):
        if found is not None and need is None and _is_own(reader, found[2]):
            read = read_case(found[0], uid, found[1], found[2])
            return Seen(read, reader.tree.by_id.get(read.around.unit), reader, is_own=True)
        if not reader.may(P.PERSON_READ):
            raise NotAllowed(_("您的任职只能查看本人资料，不能查看他人。"))
        if found is None:
            raise OutOfScope(str(uid))
        read = read_case(found[0], uid, found[1], found[2])
        unit = reader.tree.by_id.get(read.around.unit)
        admit(unit, reader, P.PERSON_READ)
        assert unit is not None
        if need is not None and not reader.may_at(need, unit):
            raise NotAllowed(_("您的任职不含“%(what)s”。") % {"what": need.label})
    return Seen(read, unit, reader, is_own=_is_about(reader, read.around.person_uid))


def _is_about(reader: Reader, person: uuid.UUID) -> bool:
    return reader.account is not None and reader.account.person_uid == person


def _is_own(reader: Reader, person: uuid.UUID) -> bool:
    return _is_about(reader, person) and reader.may(P.OWN_READ)


def deciders(reader: Reader, unit: UnitOnDay | None) -> list[str]:
    """Who else may decide at a unit, by unit, role and name: whom to ask to confirm what the reader wrote down."""
    if unit is None:
        return []
    found: dict[str, None] = {}
    for account, held in holdings(reader.today, reader.head).items():
        if reader.account is not None and account == reader.account.pk:
            continue
        for one in held:
            place = reader.tree.by_id.get(one.unit)
            if place is None or one.giver is not None or P.CASE_DECIDE not in GRANTS[one.role]:
                continue
            if place.subtree.covers(unit.path):
                found[f"{place.name} {one.role.label} {one.name}"] = None
    return list(found)
