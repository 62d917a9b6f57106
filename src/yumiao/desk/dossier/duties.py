"""What the cases of a unit leave to be done there: late entries to confirm, steps that can be recorded or are due. Derived, never stored.

A branch is told of its own steps, a township of the committee's, the county of the filings that wait for it. Must not know: requests, pages.
"""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Collection
from datetime import date, timedelta
from typing import Final

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from yumiao.access.permissions import Permission
from yumiao.access.readers import Reader
from yumiao.admission.course import Ahead, State
from yumiao.admission.history import DISCUSSION
from yumiao.admission.models import LateEntry, StepRecord
from yumiao.admission.order_rules import DEV_22, STP_26
from yumiao.admission.path import Level
from yumiao.admission.path_2014 import STEPS
from yumiao.desk.dossier.lists import Which, open_cases_in
from yumiao.desk.dossier.standing import Row, passed_over, rows_in
from yumiao.desk.transfers.ends import is_committee
from yumiao.journal.memory import remembered
from yumiao.journal.models import Entry
from yumiao.kernel.duties import Duty
from yumiao.kernel.periods import on_paper
from yumiao.kernel.scope import Scope
from yumiao.ui.addresses import reverse
from yumiao.units.queries import UnitOnDay

FEW: Final = 5
SOON: Final = timedelta(days=7)
MONTH: Final = timedelta(days=31)
APPROVED, FILED = 17, 18
ENDING: Final = (22, 23)
_NEEDS: Final = {
    Level.BRANCH: Permission.CASE_RECORD,
    Level.COMMITTEE: Permission.CASE_DECIDE,
    Level.COUNTY: Permission.CASE_FILE,
}


def case_duties(reader: Reader, unit: UnitOnDay) -> list[Duty]:
    """One line each where they are few, else one line for each kind that opens the list; from memory while nothing changes."""
    level = Level.COUNTY if unit.parent is None else Level.COMMITTEE if is_committee(unit) else Level.BRANCH
    if not reader.may_at(_NEEDS[level], unit):
        return []
    decides = reader.may_at(Permission.CASE_DECIDE, unit)
    writer = reader.account.uid if decides and reader.account is not None else None
    key = (unit.id, reader.today, level, writer)
    return remembered("case_duties", reader.head, *key, make=lambda: _duties(reader, unit, level, writer))


def _duties(reader: Reader, unit: UnitOnDay, level: Level, writer: uuid.UUID | None) -> list[Duty]:
    cases = open_cases_in(Scope((unit.subtree,), reader.today))
    if level is Level.COUNTY:  # of a county's cases only those that wait for it are read
        of_case, above = StepRecord.objects.alive().filter(case=OuterRef("pk")), _above_the_branch()
        filing = Exists(of_case.filter(step=APPROVED)) & ~Exists(of_case.filter(step=FILED))
        cases = cases.filter(filing | Exists(LateEntry.objects.alive().filter(case=OuterRef("pk"), step__in=above)))
    rows = rows_in(cases, reader)
    found = _late(rows, unit, level, writer) if writer is not None else []
    steps: dict[bool, list[Duty]] = defaultdict(list)
    for row in rows:
        passed = passed_over(row.read.file, row.course)
        for ahead in row.course.steps:
            if ahead.step.level is not level or ahead.step.number in passed:
                continue
            if (duty := _duty(row, ahead, reader.today)) is not None:
                steps[duty.due_on < reader.today].append(duty)
    address = f"{reverse('cases')}?unit={unit.code}&state="
    late = _("发展党员有 %(count)s 个步骤超过期限")
    now = _("发展党员有 %(count)s 个步骤可以办理")
    found += _together(steps[True], late, unit, f"{address}{Which.OVERDUE}")
    return found + _together(steps[False], now, unit, f"{address}{Which.NOW}")


def _duty(row: Row, ahead: Ahead, today: date) -> Duty | None:
    """A step that is due by now or soon, or can be recorded and has no day of its own; None of what is still far."""
    if ahead.state is State.WAITING:
        return None
    where, link = row.unit.name if row.unit else "", reverse("case", args=[row.read.around.uid])
    title = _("%(name)s：%(step)s") % {"name": row.name, "step": ahead.step.label}
    if ahead.due is not None:
        if ahead.step.number == DISCUSSION and ahead.due.on >= today:
            return None  # the home tells of probations that end by the membership
        horizon = MONTH if ahead.step.number in ENDING or ahead.step.repeats else SOON
        if ahead.due.on > today + horizon and (ahead.state is not State.NOW or ahead.step.repeats):
            return None
        return Duty(ahead.due.rule.id, title, where, ahead.due.on, ahead.due.said, link)
    if ahead.state is not State.NOW:
        return None
    return Duty(STP_26.id, title, where, date(today.year, 12, 31), _("前面的步骤已办完"), link)


def _above_the_branch() -> list[int]:
    """The steps that a township writes down itself, so that its late entries are for the county to confirm."""
    return [one.number for one in STEPS if one.level is not Level.BRANCH]


def _late(rows: Collection[Row], unit: UnitOnDay, level: Level, writer: uuid.UUID) -> list[Duty]:
    """What waits for a second person and was not written down by the reader himself; a query where there is any."""
    above = set(_above_the_branch())
    waiting = [
        (row, one) for row in rows for one in row.read.around.late if level is not Level.COUNTY or one.step in above
    ]
    if not waiting:
        return []
    written = Entry.objects.filter(seq__in=[one.entered for _row, one in waiting], actor=writer)
    own, found = set(written.values_list("seq", flat=True)), []
    for row, one in waiting:
        if one.entered in own:
            continue
        step = row.read.file.path.by_number[one.step].label
        title = _("%(name)s：%(step)s的补录待确认") % {"name": row.name, "step": step}
        where, link = row.unit.name if row.unit else "", reverse("case_late", args=[one.uid])
        found.append(Duty(DEV_22.id, title, where, row.course.today + SOON, on_paper(one.on), link))
    return _together(found, _("%(count)s 条补录待确认"), unit, reverse("cases_late"))


def _together(found: list[Duty], many: str, unit: UnitOnDay, link: str) -> list[Duty]:
    """As they are where they are few, else one line with the earliest day."""
    if len(found) <= FEW:
        return found
    first = min(found, key=lambda one: one.due_on)
    return [Duty(first.rule, many % {"count": len(found)}, unit.name, first.due_on, "", link)]
