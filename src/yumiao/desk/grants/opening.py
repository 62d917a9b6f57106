"""The door of a section of a case: opened by a grant that lasts, for who still works above the case; every opening is on record.

No role opens a section, and whoever acts for another does not inherit his grants. Must not know: what lies in a section.
"""

from __future__ import annotations

from django.utils import timezone
from django.utils.translation import gettext as _

from yumiao.access.door import Request
from yumiao.access.models import Grant
from yumiao.access.permissions import Permission
from yumiao.access.readers import Reader
from yumiao.access.sections import Section
from yumiao.admission.case_file import Read
from yumiao.admission.grant_queries import open_grant, open_sections
from yumiao.admission.models import Case
from yumiao.desk.dossier.near import near_objections
from yumiao.desk.refusals import refusal_on_record
from yumiao.journal.readings import What, record_reading
from yumiao.kernel.objections import NotAllowed
from yumiao.people.models import Belonging
from yumiao.units.queries import UnitOnDay


def is_still_there(reader: Reader, unit: UnitOnDay | None, section: Section) -> bool:
    """Whether a post of the reader's own still reaches a case; an investigator may come from elsewhere, but holds a post."""
    if section is Section.OBJECTORS:
        return bool(reader.own)
    return unit is not None and any(
        Permission.PERSON_READ in one.permissions and one.unit.subtree.covers(unit.path) for one in reader.own
    )


def may_open(reader: Reader, case_id: int, section: Section) -> bool:
    """Whether a reader may open a section of a case now. Two queries at most; who stands near is asked by `open_section`."""
    if reader.account is None or not reader.own:
        return False
    grant = open_grant(reader.account.pk, case_id, section, today=reader.today, now=timezone.now())
    return grant is not None and is_still_there(reader, unit_of(reader, case_id), section)


def opened_to(reader: Reader, read: Read) -> dict[Section, Grant]:
    """Every section of a case that a reader may open now, with the grant. One query, and those of who stands near."""
    if reader.account is None or not reader.own or near_objections(reader.account.person_uid, read):
        return {}
    unit = reader.tree.by_id.get(read.around.unit)
    found = open_sections(reader.account.pk, read.around.case, today=reader.today, now=timezone.now())
    return {section: grant for section, grant in found.items() if is_still_there(reader, unit, section)}


def open_section(request: Request, read: Read, section: Section) -> Grant:
    """Open a section: on record with the grant's purpose. Raises `NotAllowed`, with what to do next, without a grant or where he stands near."""
    reader = request.reader
    with refusal_on_record(request, read.around.person_uid):
        account = reader.account
        near = near_objections(account.person_uid, read) if account is not None else []
        if near:
            raise NotAllowed(near[0].text)
        grant = opened_to(reader, read).get(section)
        if grant is None:
            raise NotAllowed(
                _("“%(what)s”只有获准阅看的人员能看。需要办理的，请县委组织部或者乡镇党委的经办人写明用途，授权阅看。")
                % {"what": section.label}
            )
    record_reading(
        What.SECTION, actor=reader.actor, subject_kind="person", subject=read.around.person_uid, count=1,
        purpose=f"{section.label}：{grant.purpose}",
    )  # fmt: skip
    return grant


def unit_of(reader: Reader, case_id: int) -> UnitOnDay | None:
    """Where the person of a case belongs today."""
    people = Case.objects.filter(pk=case_id).values("person")
    unit = Belonging.objects.open().filter(person__in=people).values_list("unit_id", flat=True).first()
    return reader.tree.by_id.get(unit or 0)
