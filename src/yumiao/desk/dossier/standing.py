"""Cases as they stand today: read in bulk, each with its course; what is next of each, who does it, until when.

Must not know: pages, how a list is asked for.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from yumiao.access.readers import Reader
from yumiao.admission.asked import Ground
from yumiao.admission.case_file import Read
from yumiao.admission.case_files import read_cases, read_rows
from yumiao.admission.course import Ahead, Course, State, course
from yumiao.admission.history import CaseFile
from yumiao.admission.models import Case, CaseEnd
from yumiao.admission.path import Edition
from yumiao.desk.dossier.grounds import ground_of
from yumiao.kernel.periods import on_screen
from yumiao.units.queries import UnitOnDay

_FAR: Final = date.max
_URGENCY: Final = {State.WAITING: 0, State.NOW: 1, State.SOON: 2}


@dataclass(frozen=True, slots=True)
class Row:
    """One case as a list shows it."""

    read: Read
    course: Course
    unit: UnitOnDay | None

    @property
    def name(self) -> str:
        return self.read.around.name

    @property
    def is_over(self) -> bool:
        """Ended or archived: nothing of it is to be done."""
        return not self.read.file.is_open_on(self.course.today) or self.course.is_complete

    @property
    def stage(self) -> str:
        """The stage of the furthest step that is done."""
        reached = max(self.course.stands_at, 1)
        stages = {one.number: one.title for one in self.read.file.path.stages}
        return stages[self.read.file.path.by_number[reached].stage]

    @property
    def stands(self) -> str:
        """The furthest step that is done, in words."""
        at = self.course.stands_at
        return self.read.file.path.by_number[at].label if at else _("尚未生效的申请")

    @property
    def next(self) -> Ahead | None:
        """What is to be done first; None where nothing is."""
        return None if self.is_over else next(iter(to_do(self.course, passed_over(self.read.file, self.course))), None)

    @property
    def overdue(self) -> list[Ahead]:
        """The steps whose last day is over."""
        passed = passed_over(self.read.file, self.course)
        late = [one for one in self.course.steps if is_overdue(one, self.course.today)]
        return [] if self.is_over else [one for one in late if one.step.number not in passed]

    @property
    def until(self) -> str:
        """Until when the next step is due, or from when it can be done."""
        ahead = self.next
        if ahead is None:
            return ""
        if ahead.due is not None:
            return _("%(day)s 前") % {"day": on_screen(ahead.due.on)}
        if ahead.state is State.SOON and ahead.earliest is not None:
            return _("%(day)s 起") % {"day": on_screen(ahead.earliest)}
        return ""

    @property
    def flags(self) -> list[tuple[str, str]]:
        """(kind of state, words) of what stands out."""
        file, today, found = self.read.file, self.course.today, []
        if self.course.is_complete:
            found.append(("ok", _("已归档")))
        elif not file.is_open_on(today):
            how = CaseEnd.How(file.ended_how).label if file.ended_how in CaseEnd.How.values else _("已结束")
            found.append(("na", str(how)))
        elif file.resting_on(today) is not None:
            found.append(("na", _("暂停办理")))
        if file.waiting:
            found.append(("guide", _("补录待确认")))
        if self.overdue:
            found.append(("floor", _("已超期限")))
        if not self.is_over and passed_over(file, self.course):
            found.append(("warn", _("有步骤没有登记")))
        return found


def is_overdue(ahead: Ahead, today: date) -> bool:
    """Whether its last day is over; of what waits for its day alone, or is done, nothing is overdue."""
    return ahead.due is not None and ahead.due.on < today


def passed_over(file: CaseFile, found: Course) -> frozenset[int]:
    """Steps that are not on record while what stands on them is, or whose day was over before anybody wrote anything of the case down.

    Cases that were imported know few of their days: what is missing is to be supplied, and nobody is late with it.
    """
    held = {one.step for one in file.held}
    above = file.path.standing_on
    known_since = min((one.entered_on for one in file.held if one.entered_on is not None), default=None)
    early = {
        one.step.number
        for one in found.steps
        if one.due is not None and known_since is not None and one.due.on < known_since
    }
    return frozenset(number for number in above if number not in held and (above[number] & held or number in early))


_NEAR: Final = timedelta(days=31)


def to_do(found: Course, passed: Collection[int] = ()) -> list[Ahead]:
    """What can be recorded, or should be soon, the most urgent first; inspections that go on are among it once their day comes near.

    What was passed over comes last, and before it what is done already and needs no more than to go on some day.
    """
    going_on = [one for one in found.steps if one.is_open or (one.due is not None and one.state is State.DONE)]
    return sorted(going_on, key=lambda one: (one.step.number in passed, _can_wait(one, found.today), *_urgency(one)))


def _can_wait(ahead: Ahead, today: date) -> bool:
    return ahead.state is State.DONE and ahead.due is not None and ahead.due.on > today + _NEAR


def _urgency(ahead: Ahead) -> tuple[int, date, date, int]:
    due = ahead.due.on if ahead.due else _FAR
    return (_URGENCY.get(ahead.state, 1), due, ahead.earliest or _FAR, ahead.step.number)


class Grounds:
    """By what cases are judged for a reader today; of each edition worked out once."""

    def __init__(self, reader: Reader) -> None:
        self.reader = reader
        self._known: dict[str, Ground] = {}

    def of(self, edition: Edition) -> Ground:
        if edition.key not in self._known:
            self._known[edition.key] = ground_of(edition, self.reader.today, self.reader.head)
        return self._known[edition.key]

    def course(self, read: Read) -> Course:
        return course(read.file, self.of(read.file.path))


def rows_of(cases: Collection[int], reader: Reader) -> list[Row]:
    """These cases in the order given, in three statements."""
    found = read_cases(cases)
    return list(_rows((found[case] for case in cases if case in found), reader))


def rows_in(cases: QuerySet[Case], reader: Reader) -> list[Row]:
    """The cases a query finds, in its order: its own statement and two more."""
    return list(_rows(read_rows(cases), reader))


def _rows(reads: Iterable[Read], reader: Reader) -> Iterable[Row]:
    grounds = Grounds(reader)
    for read in reads:
        yield Row(read, grounds.course(read), reader.tree.by_id.get(read.around.unit))
