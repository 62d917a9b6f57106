"""The outlook of every case on its way to the branch meeting or from it to the approval, in six statements. Reads only; must not know who looks."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

from django.db import connection

from yumiao.admission.asked import Ground
from yumiao.admission.case_files import read_cases
from yumiao.admission.county_gates import gates_in_force, window
from yumiao.admission.course import course
from yumiao.admission.editions import FIRST, bounds_of, edition_of
from yumiao.admission.gate_bounds import first_after_posting
from yumiao.admission.gates import Gate
from yumiao.admission.history import APPROVAL, LAST, MEETING, CaseFile, Held, Rest
from yumiao.admission.models import CaseNotice
from yumiao.admission.order_rules import DEV_13
from yumiao.admission.outlook import Brief, Outlook, outlook_of, outlook_of_file
from yumiao.admission.path import Outcome, Terms
from yumiao.bylaws.rules import Settings
from yumiao.journal.facts import ALIVE
from yumiao.kernel.periods import FOREVER
from yumiao.kernel.workdays import Calendar

# Cases neither ended nor archived, of people who are no members by them yet.
_OPEN: Final = """
c.id NOT IN (SELECT e.case_id FROM admission_caseend e WHERE e.struck = {alive})
AND c.id NOT IN (
    SELECT a.case_id FROM admission_steprecord a
    WHERE a.struck = {alive} AND (a.step = {last} OR (a.step = {approval} AND NOT EXISTS (
        SELECT 1 FROM admission_stepdetail d
        WHERE d.case_id = a.case_id AND d.step = a.step AND d.occurrence = a.occurrence AND d.struck = {alive} AND d.outcome = 'failed'
    )))
)"""
_STATEMENTS: Final = {
    "cases": """
SELECT c.id, c.person_id, b.unit_id, r.born_on, e.edition
FROM admission_case c
JOIN people_belonging b ON b.person_id = c.person_id AND b.struck = {alive} AND b.until = %(forever)s
JOIN people_personrecord r ON r.person_id = c.person_id AND r.struck = {alive} AND r.until = %(forever)s
LEFT JOIN admission_caseedition e ON e.case_id = c.id AND e.struck = {alive}
WHERE {open}""",
    "steps": """
SELECT t.case_id, t.step, t.held_on FROM admission_case c CROSS JOIN admission_steprecord t
WHERE t.case_id = c.id AND t.struck = {alive} AND t.step <= {meeting} AND {open}""",
    "failed": """
SELECT d.case_id, d.step FROM admission_stepdetail d WHERE d.struck = {alive} AND d.outcome = 'failed'""",
    "rests": """
SELECT s.case_id, s.since, s.until, s.counts FROM admission_caserest s WHERE s.struck = {alive}""",
    "late": """
SELECT l.case_id, l.step FROM admission_lateentry l WHERE l.struck = {alive}""",
}


@dataclass(frozen=True, slots=True)
class Ahead:
    """One case with its outlook; `done`: the furthest step on record up to the meeting."""

    case: int
    person: int
    unit: int
    done: int
    outlook: Outlook


def ahead(today: date, settings: Settings, calendar: Calendar) -> list[Ahead]:
    """Every case that is open and has made nobody a member, by the settings of `today`; a case without a step was taken back.

    Where the county asks for a notice before the meeting, nobody's meeting comes before one posted today would be over; cases with a notice
    are read whole.
    """
    asked = gates_in_force(settings)
    usual = Ground(today, Terms(), calendar, asks=asked, **window(settings))
    first = first_after_posting(today, usual) if Gate.PUBLIC_ADMISSION in asked else None
    noticed = set(CaseNotice.objects.values_list("case_id", flat=True)) if first else set()
    whole = read_cases(noticed)
    steps = _steps()
    failed, late = _pairs("failed"), _pairs("late")
    rests = defaultdict(list)
    for case, since, until, counts in _rows("rests"):
        rests[case].append(Rest(_day(since), _end(until), bool(counts)))
    terms: dict[str, Terms] = {}
    found = []
    for case, person, unit, born, edition in _rows("cases"):
        key = edition or FIRST
        if key not in terms:
            terms[key] = bounds_of(edition_of(key), settings)
        days = steps.get(case)
        if days is None and case not in late:
            continue
        brief = Brief(key, None if born is None else _day(born), days, failed.get(case, _NONE), late.get(case, _NONE))
        if case in rests:
            outlook = outlook_of_file(_file(brief, rests[case]), replace(usual, terms=terms[key]))
        else:
            outlook = outlook_of(brief, terms[key], today)
            if case in whole and not outlook.is_met and outlook.meeting_on is not None:
                met = course(whole[case].file, replace(usual, terms=terms[key])).meeting_on
                outlook = replace(outlook, meeting_on=met)
            elif first is not None and not outlook.is_met and outlook.meeting_on is not None:
                outlook = _after_publicity(outlook, first)
        found.append(Ahead(case, person, unit, max(days or (0,)), outlook))
    return found


def _after_publicity(outlook: Outlook, first: date) -> Outlook:
    """The same, not before a notice posted today would be over."""
    if outlook.meeting_on is None or outlook.meeting_on >= first:
        return outlook
    return replace(
        outlook, meeting_on=first, rule=DEV_13, said="公示期满", step=MEETING if not outlook.step else outlook.step
    )


_NONE: Final[frozenset[int]] = frozenset()


def _file(brief: Brief, rests: list[Rest]) -> CaseFile:
    """As much of a case as its course to the meeting takes."""
    held = [
        Held(step=step, on=on, occurrence=place, outcome=Outcome.FAILED if step in brief.failed else None)
        for step, days in (brief.days or {}).items()
        for place, on in enumerate(sorted(days), 1)
    ]
    waiting = tuple(Held(step=one, on=date.min) for one in brief.waiting)
    return CaseFile(edition=brief.edition, held=tuple(held), born_on=brief.born_on, rests=tuple(rests), waiting=waiting)


def _steps() -> Mapping[int, dict[int, list[date]]]:
    """By case and step the days of its records. Up to the meeting only inspections are recorded more than once."""
    found: dict[int, dict[int, list[date]]] = {}
    for case, step, on in _rows("steps"):
        days = found.get(case)
        if days is None:
            days = found[case] = {}
        if step in days:
            days[step].append(_day(on))
        else:
            days[step] = [_day(on)]
    return found


def _pairs(name: str) -> Mapping[int, frozenset[int]]:
    found: dict[int, set[int]] = defaultdict(set)
    for case, step in _rows(name):
        found[case].add(step)
    return {case: frozenset(some) for case, some in found.items()}


def _rows(name: str) -> list[tuple[Any, ...]]:
    places = {"alive": ALIVE, "last": LAST, "approval": APPROVAL, "meeting": MEETING}
    text = _STATEMENTS[name].format(open=_OPEN.format(**places), **places)
    with connection.cursor() as cursor:
        cursor.execute(text, {"forever": FOREVER} if "%(" in text else None)
        return list(cursor.fetchall())


def _day(value: Any) -> date:
    """SQLite gives days as text, PostgreSQL as days."""
    return date.fromisoformat(value) if isinstance(value, str) else date(value.year, value.month, value.day)


def _end(value: Any) -> date | None:
    day = _day(value)
    return None if day == FOREVER else day
