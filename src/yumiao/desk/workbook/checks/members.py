"""党员: membership with its dates; an applicant who arrives here has been admitted, and his case ends."""

from __future__ import annotations

from datetime import date

from yumiao.desk.workbook.checks.people import People, PersonRow, note_source, opened_rows, take_person
from yumiao.desk.workbook.notes import SheetNotes
from yumiao.desk.workbook.proposal import MemberProposal, Someone
from yumiao.kernel.ages import completed_years
from yumiao.kernel.identity import InvalidIdentity, from_fifteen
from yumiao.kernel.objections import Severity
from yumiao.kernel.periods import FOREVER
from yumiao.people.queries import KnownMembership
from yumiao.people.rules import IDN_03, membership_objections

DAYS = ("membership_on", "confirmed_on")


def check_members(notes: SheetNotes, people: People) -> None:
    for one in opened_rows(notes, people, DAYS):
        if one.number is not None:
            people.listed_members.add(one.number)
        _object(one)
        if notes.take(one.row, one.found):
            _take(one, notes, people)


def _standing(one: PersonRow) -> KnownMembership | None:
    return one.known.membership if one.known else None


def _counts_for(one: PersonRow) -> str | None:
    """The code of the unit for which a known admission counts."""
    attribution = one.known.attribution if one.known else None
    return one.people.code_of(attribution[1]) if attribution else None


def _confirmed_on(one: PersonRow) -> date | None:
    """The 转正日期 of the row, else the one on record: an empty cell never erases."""
    standing = _standing(one)
    stated: date | None = one.values["confirmed_on"]
    return stated or (standing.confirmation_stated_on if standing else None)


def _object(one: PersonRow) -> None:
    values, standing = one.values, _standing(one)
    joined: date | None = values["membership_on"]
    if joined is not None and standing is not None and standing.membership_on != joined:
        one.object("membership_on", "WBK-14", "与系统登记的入党日期不同，请办理更正")
    admitted_at = values["admitted_at"]
    if admitted_at is not None and admitted_at != (counts_for := _counts_for(one)):
        if admitted_at not in one.people.kinds:
            one.found.append(("admitted_at", one.people.unknown_unit()))
        elif counts_for is not None and counts_for not in one.people.kinds:
            one.object("admitted_at", "WBK-17", "此人的入党计入管理范围之外的组织，不能由导入改变")
    if joined is not None and joined <= one.people.today:
        born_on = values["born_on"] or (one.known.record.born_on if one.known else None)
        born_on = born_on or (one.declared.number.born_on if one.declared else None)
        one.found += membership_objections(
            born_on=born_on, is_full=values["is_full"], membership_on=joined, confirmed_on=_confirmed_on(one)
        )
    if former := values["former"]:
        _object_to_former(one, former)


def _object_to_former(one: PersonRow, former: str) -> None:
    """A former number that is malformed or belongs to another number is kept and shown as a contradiction."""
    try:
        agrees = one.number is None or from_fifteen(former) == one.number
    except InvalidIdentity:
        agrees = False
    if not agrees:
        text = "原身份证号码与公民身份号码对不上，按原样保留，请核对"
        one.found.append(("former", IDN_03.objection(text, severity=Severity.WARN)))


def _take(one: PersonRow, notes: SheetNotes, people: People) -> None:
    joined: date = one.values["membership_on"]
    someone, changed = take_person(one, notes, joined)
    proposal = _membership(one, someone, people)
    someone.full_since = None if proposal.full_member_on == FOREVER else proposal.full_member_on
    standing = _standing(one)
    if standing is None:
        someone.membership = proposal
        arrives = _leave_cultivation(someone, joined, people)
        note_source(someone, one, notes, "person", "changed" if arrives or one.known else "new")
        return
    if _differs(proposal, standing, one):
        someone.membership, changed = proposal, True
    note_source(someone, one, notes, "person", "changed" if changed else "unchanged")


def _membership(one: PersonRow, someone: Someone, people: People) -> MemberProposal:
    joined: date = one.values["membership_on"]
    stated, standing = _confirmed_on(one), _standing(one)
    full_on = FOREVER
    if one.values["is_full"]:
        was_full = standing is not None and standing.full_member_on != FOREVER
        full_on = stated or (standing.full_member_on if standing and was_full else people.today)
    admitted_at = one.values["admitted_at"]
    unit = admitted_at or one.values["branch"]
    if admitted_at is None and one.known is not None and one.known.attribution is not None:
        unit = people.code_of(one.known.attribution[1])
    born_on = someone.attributes["born_on"]
    age = completed_years(born_on, joined, people.known.leap_birthday.on(joined)) if born_on else None
    return MemberProposal(joined, full_on, stated, age, str(unit), admitted_at is not None)


def _differs(proposal: MemberProposal, standing: KnownMembership, one: PersonRow) -> bool:
    counts_for = _counts_for(one)
    return (
        proposal.full_member_on != standing.full_member_on
        or proposal.stated_on != standing.confirmation_stated_on
        or proposal.age_years != standing.age_years
        or (counts_for is not None and proposal.unit != counts_for)
    )


def _leave_cultivation(someone: Someone, joined: date, people: People) -> bool:
    """End the case and the place in the pool of somebody known who is now a member."""
    if someone.known is None:
        return False
    case = people.known.cases.get(someone.known.id)
    if case is not None:
        someone.case, someone.case_ends_on = case, joined
    talents = people.known.talents.get(someone.known.id, [])
    if talents:
        someone.talent_instead_of, someone.leaves_pool_on = list(talents), joined
    return True
