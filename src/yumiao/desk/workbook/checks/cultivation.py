"""发展培养 and 人才库: applicants with their first steps, talents with their 2+1; both name other people by number.

Whom a row names may stand in any row of any sheet, so ties are looked at when all people have been taken.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from yumiao.admission.history_services import Past
from yumiao.admission.order_rules import STP_09
from yumiao.admission.queries import KnownCase
from yumiao.admission.rules import ACTIVIST, APPLICATION, STP_05, TARGET, case_objections
from yumiao.desk.workbook.checks.histories import is_told as is_told_in
from yumiao.desk.workbook.checks.histories import joined_on, object_to_history, object_to_own, past_of
from yumiao.desk.workbook.checks.people import People, PersonRow, note_source, opened_rows, take_person
from yumiao.desk.workbook.notes import SheetNotes
from yumiao.desk.workbook.proposal import Someone, TieProposal
from yumiao.desk.workbook.reach import OUTSIDE_PERSON, Reach
from yumiao.kernel.identity import InvalidIdentity, mask_identity
from yumiao.kernel.identity import parse as parse_identity
from yumiao.kernel.objections import Severity
from yumiao.people.models import Tie
from yumiao.people.status import Life, Status
from yumiao.people.status_rules import readmission_objections
from yumiao.rulebook import Rule
from yumiao.talent.rules import TAL_02

STEPS = {"applied_on": APPLICATION, "activist_on": ACTIVIST, "target_on": TARGET}


@dataclass(frozen=True, slots=True)
class Wanted:
    """A tie a cell may name: column key, kind and position, its title, the rule on who may be it, and since when where not as the others."""

    key: str
    kind: str
    position: int
    title: str
    rule: Rule
    is_eligible: Callable[[Someone, date], bool]
    since: date | None = None


@dataclass(frozen=True, slots=True)
class Taken:
    """An accepted row whose ties are still to be looked at; `changed`: whether its other facts change something known."""

    one: PersonRow
    notes: SheetNotes
    someone: Someone
    kind: str
    wanted: tuple[Wanted, ...]
    since: date
    is_new: bool
    changed: bool


def tie_all(rows: Iterable[Taken]) -> None:
    """Propose the ties of the rows and count the rows."""
    for row in rows:
        changed = _tie(row) or row.changed
        note_source(
            row.someone, row.one, row.notes, row.kind, "new" if row.is_new else "changed" if changed else "unchanged"
        )


def check_cases(notes: SheetNotes, people: People) -> list[Taken]:
    """Take the good rows; their ties are left to `tie_all`."""
    taken = []
    for one in opened_rows(notes, people, tuple(STEPS)):
        is_told, case = is_told_in(one.values), _case_of(one)
        days = _days(one, case)
        if not is_told or joined_on(one) is None:
            _object_to_former_member(one, days["applied_on"])
        born_on = one.values["born_on"] or (one.declared.number.born_on if one.declared else None)
        one.found += case_objections(
            born_on=born_on, **{key: day if day and day <= people.today else None for key, day in days.items()}
        )
        past = None
        if is_told:
            past = past_of(one, case)
            object_to_history(one, past, _steps(days))
        elif case is not None and case.is_own:
            object_to_own(one, Past(known=case), _steps(days))
        if notes.take(one.row, one.found):
            taken.append(_take_case(one, notes, days, case, past))
    return taken


def _case_of(one: PersonRow) -> KnownCase | None:
    """The case on record that a row speaks of: one that is open, or the one that ended when the person was found among the members."""
    if one.known is None:
        return None
    case = one.people.known.cases.get(one.known.id)
    if case is None and is_told_in(one.values) and joined_on(one) is not None:
        case = one.people.admitted(one.known.id)
    return case


def _steps(days: Mapping[str, date | None]) -> dict[int, date]:
    return {step: day for key, step in STEPS.items() if (day := days[key]) is not None}


def _object_to_former_member(one: PersonRow, applied_on: date | None) -> None:
    """Whose membership ended may apply again, but not within the years of DISP-06; of whoever left or died the papers lie elsewhere."""
    member = one.known.membership if one.known else None
    if member is None or not member.has_ended:
        _object_to_member(one)
    elif member.ended_how == Status.TRANSFERRED_OUT:
        one.object("number", "WBK-09", "此人的组织关系已转出本县，转回的请办理组织关系转接")
    elif member.ended_how == Status.DECEASED:
        one.object("number", "WBK-09", "此人已登记去世")
    elif applied_on is not None:
        life = Life(member.membership_on, ended_on=member.ended_on, ended_how=member.ended_how)
        one.found += [("applied_on", barred) for barred in readmission_objections(life, applied_on)]


def _object_to_member(one: PersonRow) -> None:
    known_member = one.known is not None and one.known.membership is not None
    if known_member or one.number in one.people.listed_members:
        one.object("number", "WBK-09", "此人已登记为党员，不应填在本表")


def _days(one: PersonRow, case: KnownCase | None) -> dict[str, date | None]:
    """The days of the row, each else the one on record: an empty cell never erases."""
    return {key: one.values[key] or (case.held_on(step) if case else None) for key, step in STEPS.items()}


def _take_case(
    one: PersonRow, notes: SheetNotes, days: dict[str, date | None], case: KnownCase | None, past: Past | None
) -> Taken:
    applied_on = days["applied_on"]
    assert applied_on is not None
    someone, changed = take_person(one, notes, applied_on)
    steps = _steps(days)
    someone.case = case
    if case is None or any(case.held_on(step) != day for step, day in steps.items()):
        someone.steps = steps
        changed = True
    if past is not None:
        someone.case_ends_on = None  # of a member too the case goes on, to its archive
        if not past.changes_nothing:
            someone.past, changed = past, True
    since = days["activist_on"] or applied_on
    introduced = one.values["introducers_on"] or days["target_on"] or since
    wanted = (
        Wanted("contact_1", Tie.Kind.CONTACT, 1, "培养联系人", STP_05, _is_full_on),
        Wanted("contact_2", Tie.Kind.CONTACT, 2, "培养联系人", STP_05, _is_full_on),
        Wanted("introducer_1", Tie.Kind.INTRODUCER, 1, "入党介绍人", STP_09, _is_full_on, introduced),
        Wanted("introducer_2", Tie.Kind.INTRODUCER, 2, "入党介绍人", STP_09, _is_full_on, introduced),
    )
    return Taken(one, notes, someone, "case", wanted, since, is_new=case is None, changed=changed)


def check_talents(notes: SheetNotes, people: People) -> list[Taken]:
    """Take the good rows; their ties are left to `tie_all`."""
    taken = []
    for one in opened_rows(notes, people, ("entered_on",)):
        _object_to_member(one)
        if notes.take(one.row, one.found):
            taken.append(_take_talent(one, notes, people))
    return taken


def _take_talent(one: PersonRow, notes: SheetNotes, people: People) -> Taken:
    entered_on: date = one.values["entered_on"]
    category: str = one.values["category"]
    someone, changed = take_person(one, notes, entered_on)
    standing = people.known.talents.get(one.known.id, []) if one.known else []
    if not any((row.category, row.since) == (category, entered_on) for row in standing):
        someone.talent = (category, entered_on)
        same = [row for row in standing if row.category == category]
        someone.talent_instead_of = same or (standing if len(standing) == 1 else [])
        changed = True
    wanted = (
        Wanted("veteran", Tie.Kind.VETERAN, 1, "联系老党员", TAL_02, _is_veteran_on),
        Wanted("mentor", Tie.Kind.MENTOR, 1, "联村导师", TAL_02, _may_mentor),
    )
    return Taken(one, notes, someone, "talent", wanted, entered_on, is_new=not standing, changed=changed)


def _is_full_on(other: Someone, on: date) -> bool:
    return STP_05.holds(full_since=other.full_since, on=on, is_other=True)


def _is_veteran_on(other: Someone, on: date) -> bool:
    return TAL_02.holds(full_since=other.full_since, on=on)


def _may_mentor(other: Someone, on: date) -> bool:
    """Who may be a mentor is not defined: any cadre assigned to the village."""
    return True


def _tie(row: Taken) -> bool:
    """Propose the ties the row names, each to another person. Returns whether a fact changes."""
    changed = False
    named: dict[bool, set[str]] = {}
    for want in row.wanted:
        written: str | None = row.one.values[want.key]
        if written is None:
            continue
        is_introducer = want.kind == Tie.Kind.INTRODUCER  # who was contact may well introduce
        before = named.setdefault(is_introducer, {row.someone.number})
        since = want.since or row.since
        other = _person_named(row.one.people, written)
        if other is not None and not _is_within_reach(row.one.people, other):
            if _stands(row.someone, want, other):
                continue
            other = None
        if why := _why_not(want, other, before, since, row.one.people.reach):
            row.notes.add(row.one.row, want.key, want.rule.objection(why, severity=Severity.WARN))
        if other is not None:
            before.add(other.number)
        changed |= _propose(row.someone, want, other, written, since)
    return changed


def _is_within_reach(people: People, other: Someone) -> bool:
    return other.known is None or people.reach.covers(other.known.unit)


def _stands(someone: Someone, want: Wanted, other: Someone) -> bool:
    """Whether that very tie is on record already."""
    standing = someone.known.ties.get((want.kind, want.position)) if someone.known else None
    return standing is not None and other.known is not None and standing.other == other.known.id


def _why_not(want: Wanted, other: Someone | None, named: set[str], since: date, reach: Reach) -> str:
    """Why the named person should not be it; history is taken as it stands and shown as a contradiction."""
    if other is None and reach.is_limited:
        return f"{want.title}不是系统中登记的人，或{OUTSIDE_PERSON}，按原样登记，请核对"
    if other is None:
        return f"{want.title}不是系统中登记的人，按原样登记，请核对"
    if other.number in named:
        return f"{want.title}是本人或与另一位联系人是同一人，按原样登记，请核对"
    if not want.is_eligible(other, since):
        return f"{want.title}当时不具备条件（{want.rule.title}），按原样登记，请核对"
    return ""


def _propose(someone: Someone, want: Wanted, other: Someone | None, written: str, since: date) -> bool:
    text = "" if other is not None else mask_identity(written)
    standing = someone.known.ties.get((want.kind, want.position)) if someone.known else None
    if standing is None:
        someone.ties.append(TieProposal(want.kind, want.position, other, text, since, None))
        return True
    is_new = other is not None and other.known is None
    if not is_new and (standing.other, standing.text) == (other.known.id if other and other.known else None, text):
        return False
    someone.ties.append(TieProposal(want.kind, want.position, other, text, standing.since, standing.id))
    return True


def _person_named(people: People, written: str) -> Someone | None:
    """The person of this workbook or of the county with that number, whatever the way it is written."""
    try:
        number = parse_identity(written).number
    except InvalidIdentity as error:
        number = error.offered
    if not number:
        return None
    if (found := people.proposal.people.get(number)) is not None:
        return found
    known = people.known.person(number)
    if known is None:
        return None
    full_since = known.membership.full_since if known.membership else None
    return Someone(number, people.code_of(known.unit), known, {}, known.belonging_since, full_since=full_since)
