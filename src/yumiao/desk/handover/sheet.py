"""The hand-over sheet of one appointment: what is due, what is unfinished, what ends. A value; nothing of it is stored.

Must not know: requests, templates, paper.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from yumiao.access.delegation_rows import delegations_of
from yumiao.access.door import admit
from yumiao.access.models import Account, Appointment
from yumiao.access.permissions import GRANTS, Permission, Role
from yumiao.access.readers import Reader
from yumiao.desk.dossier.lists import open_cases_in
from yumiao.desk.doubles.duties import double_duties
from yumiao.desk.handover.personal import endings_below
from yumiao.desk.home.links import Links
from yumiao.desk.home.overview import overview
from yumiao.desk.imports.store import Phase, uploads_of
from yumiao.desk.reconciliation.duties import with_reconciliations
from yumiao.desk.records.duties import record_duties
from yumiao.kernel.duties import Duty, together
from yumiao.kernel.objections import OutOfScope
from yumiao.kernel.periods import FOREVER
from yumiao.kernel.scope import Scope
from yumiao.ui.addresses import reverse
from yumiao.units.queries import UnitOnDay
from yumiao.units.rules import Sector

AHEAD: Final = timedelta(days=30)
NAMING: Final = ("DEV-", "MOB-", "POS-", "DIS-", "DISP-")  # rules whose duties may name a person
FINISHED: Final = frozenset({Phase.WRITTEN, Phase.UNCHANGED})


@dataclass(frozen=True, slots=True)
class Matter:
    """One line: what, where, until when, what is to be known; `link` is empty where the reader has no way there."""

    title: str
    unit: str
    due_on: date | None
    note: str
    link: str


@dataclass(frozen=True, slots=True)
class Section:
    """Lines of one kind, and what is said where there are none."""

    title: str
    matters: Sequence[Matter]
    none: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """What whoever takes over this appointment finds; `people` counts those it names."""

    appointment: int
    account: Account
    role: Role
    unit: UnitOnDay
    since: date
    until: date | None
    sections: Sequence[Section]
    people: int
    is_own: bool

    @property
    def post(self) -> str:
        return f"{self.unit.name} {self.role.label}"


def own_appointments(account: Account, reader: Reader) -> list[tuple[int, str]]:
    """(id, post) of an account's appointments in force, for the tabs above its sheets. One query."""
    ids = {(row.role, row.unit_id): row.pk for row in Appointment.objects.on(reader.today).filter(account=account)}
    return [
        (ids[one.role, one.unit.id], f"{one.role.label} · {one.unit.name}")
        for one in reader.own
        if (one.role, one.unit.id) in ids
    ]


def sheet(reader: Reader, appointment: int) -> Sheet:
    """The sheet of an appointment in force: one's own, or one at a unit where the reader sees accounts. Raises `OutOfScope`."""
    row = Appointment.objects.on(reader.today).select_related("account").filter(pk=appointment).first()
    unit = reader.tree.by_id.get(row.unit_id) if row else None
    if row is None or unit is None:
        raise OutOfScope("没有找到这项任职，可能已经结束。")
    is_own = row.account == reader.account
    if not is_own:
        admit(unit, reader, Permission.ACCOUNT_READ)
    role = Role(row.role)
    duties = _duties(reader, role, unit)
    return Sheet(
        appointment=row.pk,
        account=row.account,
        role=role,
        unit=unit,
        since=row.since,
        until=None if row.until == FOREVER else row.until,
        sections=_sections(reader, row, unit, duties, is_own=is_own),
        people=sum(duty.rule.startswith(NAMING) for duty in duties),
        is_own=is_own,
    )


def _sections(
    reader: Reader, row: Appointment, unit: UnitOnDay, duties: list[Duty], *, is_own: bool
) -> tuple[Section, ...]:
    soon = [_of_duty(one) for one in duties if one.due_on <= reader.today + AHEAD]
    later = [_of_duty(one) for one in duties if one.due_on > reader.today + AHEAD]
    return (
        Section(_("三十日内到期的事"), soon, _("没有三十日内到期的事。")),
        Section(_("以后要办的事"), later, _("没有其他要办的事。")),
        Section(_("正在办理的发展党员"), list(_cases(reader, Role(row.role), unit)), _("没有正在办理的发展党员。")),
        Section(_("没有办完的导入"), list(_imports(row.account, is_own=is_own)), _("没有上传后未办完的导入。")),
        Section(_("代办"), list(_delegations(row.account, reader)), _("没有委托代办，也没有代他人办理。")),
        Section(_("三十日内到期的任职"), list(_endings(row, unit, reader)), _("没有三十日内到期的任职。")),
    )


def _duties(reader: Reader, role: Role, unit: UnitOnDay) -> list[Duty]:
    """What the home of that appointment lists, as far as the reader himself may see it."""
    if Permission.LEDGER_READ not in GRANTS[role] or not reader.may_at(Permission.LEDGER_READ, unit):
        return []
    links = Links(
        unit.code,
        names_people=Permission.PERSON_READ in GRANTS[role] and reader.may_at(Permission.PERSON_READ, unit),
        is_narrowed=reader.scope(Permission.LEDGER_READ).roots != (unit.subtree,),
        is_township=unit.kind.sector is Sector.TOWNSHIP,
    )
    reads_journal = unit.parent is None and reader.may_at(Permission.JOURNAL_READ, unit)
    found = overview(unit, links, reader.today, reader.head, reads_journal=reads_journal).deadlines
    if Permission.PERSON_MERGE in GRANTS[role]:
        found = together(found, double_duties(reader, unit), reader.today)
    if Permission.PERSON_CORRECT in GRANTS[role]:
        found = together(found, record_duties(reader, unit), reader.today)
    if Permission.WORKBOOK_IMPORT in GRANTS[role]:
        found = with_reconciliations(found, reader, unit)
    return [*found.overdue, *found.this_week, *found.later]


def _of_duty(duty: Duty) -> Matter:
    return Matter(duty.title, duty.unit_label, duty.due_on, duty.reason, duty.link)


def _cases(reader: Reader, role: Role, unit: UnitOnDay) -> Iterator[Matter]:
    """How many cases of the unit go on, where the appointment has to do with them; whose they are is said by the list."""
    if Permission.CASE_RECORD not in GRANTS[role] or not reader.may_at(Permission.PERSON_READ, unit):
        return
    if count := open_cases_in(Scope((unit.subtree,), reader.today)).count():
        title = _("%(count)s 人的发展党员过程没有办结") % {"count": count}
        note = _("接手后请逐件核对材料和下一步的期限")
        yield Matter(title, unit.name, None, note, f"{reverse('cases')}?{urlencode({'unit': unit.code})}")


def _imports(account: Account, *, is_own: bool) -> Iterator[Matter]:
    for upload in uploads_of(account.uid):
        if upload.state.phase not in FINISHED:
            link = reverse("import", args=[upload.uid]) if is_own else ""
            note = _("上传后没有写入，三日内不办即清除")
            yield Matter(upload.meta.name, "", None, note, link)


def _delegations(account: Account, reader: Reader) -> Iterator[Matter]:
    for one in delegations_of(account, reader):
        if one.state not in ("running", "ahead"):
            continue
        if one.giver == account:
            title = _("委托%(name)s代办") % {"name": one.delegate.display_name}
        else:
            title = _("代%(name)s办理") % {"name": one.giver.display_name}
        link = reverse("delegations") if reader.account == account else reverse("account", args=[account.uid])
        yield Matter(title, one.post, one.until, one.reason, link)


def _endings(row: Appointment, unit: UnitOnDay, reader: Reader) -> Iterator[Matter]:
    """The appointment itself, and those below that the reader may renew."""
    if row.until <= reader.today + AHEAD:
        title = _("%(name)s的任职“%(role)s”") % {"name": row.account.display_name, "role": Role(row.role).label}
        yield Matter(title, unit.name, row.until, _("自期限之日起不再有效"), "")
    for one, where in endings_below(reader, unit):
        if one.account != row.account_id:
            title = _("%(name)s的任职“%(role)s”") % {"name": one.name, "role": one.role.label}
            yield Matter(title, where.name, one.until, _("续任，或者到期自行失效"), f"{reverse('accounts')}?ending=on")
