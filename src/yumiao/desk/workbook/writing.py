"""Writes a proposal within an open act: units first, then people, then what hangs on people, then plans, then where each came from."""

from __future__ import annotations

from collections.abc import Mapping

from yumiao.admission.history_services import record_pasts
from yumiao.admission.models import CaseEnd
from yumiao.admission.services import CaseDraft, end_cases, record_cases
from yumiao.desk.workbook.proposal import MemberProposal, Proposal, Someone, Source
from yumiao.journal.acts import Act
from yumiao.journal.models import ImportedRow
from yumiao.ledger.services import QuotaDraft, record_quotas
from yumiao.people.models import PersonSecret, Stay
from yumiao.people.services import (
    MembershipDraft,
    PersonCorrection,
    PersonDraft,
    TieDraft,
    correct_people,
    record_memberships,
    record_ties,
    register_people,
)
from yumiao.people.stay_services import StayDraft, record_stays
from yumiao.posts.recording import PostDraft, TermDraft, record_posts, record_terms
from yumiao.talent.services import TalentDraft, close_talents, record_talents
from yumiao.units.queries import Tree
from yumiao.units.services import write_units

IMPORTED_ROW = ("sheet", "row", "kind", "subject", "outcome")


def write_proposal(act: Act, proposal: Proposal, tree: Tree) -> None:
    """Write everything; the caller has made sure that the county stands as it did when the proposal was made, with `tree`."""
    corrected = {unit: draft for unit, (draft, _) in proposal.corrected_units.items()}
    units = {unit.code: unit.id for unit in tree}
    units |= write_units(act, new=[draft for draft, _ in proposal.units], corrected=corrected)
    people = _write_people(act, proposal, units) | proposal.holders
    _write_memberships(act, proposal, people, units)
    _write_cases(act, proposal, people)
    _write_talents(act, proposal, people)
    _write_ties(act, proposal, people)
    quotas = proposal.quotas
    drafts = [(quota, QuotaDraft(units[quota.unit], quota.year, *quota.values)) for quota in quotas]
    record_quotas(
        act,
        new=[draft for quota, draft in drafts if quota.instead_of is None],
        corrected=[(quota.instead_of, draft) for quota, draft in drafts if quota.instead_of is not None],
    )
    _write_posts(act, proposal, people, units)
    _write_stays(act, proposal, people, units)
    _write_sources(act, proposal, people, units)


def _write_posts(act: Act, proposal: Proposal, people: Mapping[str, int], units: Mapping[str, int]) -> None:
    drafts = [
        PostDraft(
            unit=units[one.unit],
            person=people[one.number],
            title=one.title,
            how=one.how,
            since=one.since,
            until=one.until,
            due_on=one.due_on,
            sending_unit=one.sending_unit,
            document=one.document,
            ended_why=one.ended_why,
        )
        for one in proposal.posts
    ]
    record_posts(act, drafts, instead_of=[one.instead_of for one in proposal.posts if one.instead_of is not None])
    terms = [(one, one.term_due_on) for one in proposal.posts if one.term_due_on is not None]
    record_terms(act, [TermDraft(units[one.unit], one.since, due_on, one.document) for one, due_on in terms])


def _write_stays(act: Act, proposal: Proposal, people: Mapping[str, int], units: Mapping[str, int]) -> None:
    drafts = []
    for one in proposal.stays:
        is_out = one.kind is Stay.Kind.OUT
        draft = StayDraft(
            since=one.since,
            place=one.place,
            is_abroad=one.is_abroad,
            is_fixed=one.is_fixed,
            contact=people[one.contact] if isinstance(one.contact, str) else one.contact,
            planned_on=one.planned_on,
            person=people[one.number] if is_out else None,
            unit=None if is_out else units[one.unit],
            guest="" if is_out else one.name,
        )
        drafts.append((draft, one.until, one.instead_of))
    record_stays(act, drafts)


def _write_people(act: Act, proposal: Proposal, units: Mapping[str, int]) -> dict[str, int]:
    """Number -> person id of everybody in the proposal."""
    new = [one for one in proposal.people.values() if one.known is None]
    drafts = [
        PersonDraft(
            attributes=one.as_attributes(),
            numbers={PersonSecret.Kind.IDENTITY.value: one.number, **one.numbers},
            unit=units[one.unit],
            since=one.since,
            statements=one.statements,
        )
        for one in new
    ]
    ids = register_people(act, drafts)
    correct_people(act, [_correction(one) for one in proposal.people.values() if one.known is not None and one.sources])
    people = {one.number: one.known.id for one in proposal.people.values() if one.known is not None}
    return people | {one.number: person for one, person in zip(new, ids, strict=True)}


def _correction(one: Someone) -> PersonCorrection:
    assert one.known is not None
    earlier = one.since if one.since < one.known.belonging_since else None
    attributes = one.as_attributes() if one.attributes_changed else None
    return PersonCorrection(one.known, attributes, one.numbers, one.statements, one.withdrawn, earlier)


def _membership(draft: MemberProposal, person: int, units: Mapping[str, int], cycle: int) -> MembershipDraft:
    return MembershipDraft(
        person=person,
        membership_on=draft.membership_on,
        full_member_on=draft.full_member_on,
        confirmation_stated_on=draft.stated_on,
        age_years=draft.age_years,
        unit=units[draft.unit],
        stated=draft.stated,
        cycle=cycle,
    )


def _write_memberships(act: Act, proposal: Proposal, people: Mapping[str, int], units: Mapping[str, int]) -> None:
    new, corrected = [], []
    for one in proposal.people.values():
        if one.membership is None:
            continue
        if one.known is not None and one.known.membership is not None:
            cycle = one.known.membership.cycle
            corrected.append((one.known, _membership(one.membership, one.known.id, units, cycle)))
        else:
            new.append(_membership(one.membership, people[one.number], units, 1))
    record_memberships(act, new=new, corrected=corrected)


def _write_cases(act: Act, proposal: Proposal, people: Mapping[str, int]) -> None:
    with_steps = [one for one in proposal.people.values() if one.steps]
    new = [one for one in with_steps if one.case is None]
    ids = record_cases(
        act,
        new=[CaseDraft(people[one.number], one.steps) for one in new],
        corrected=[(one.case, one.steps) for one in with_steps if one.case is not None],
    )
    opened = {one.number: case for one, case in zip(new, ids, strict=True)}
    pasts = [(one, one.past) for one in proposal.people.values() if one.past is not None]
    if pasts:
        record_pasts(act, [(one.case.id if one.case else opened[one.number], past) for one, past in pasts])
    end_cases(
        act,
        [
            (one.case.id, one.case_ends_on, CaseEnd.How.ADMITTED.value)
            for one in proposal.people.values()
            if one.case is not None and one.case_ends_on is not None
        ],
    )


def _write_talents(act: Act, proposal: Proposal, people: Mapping[str, int]) -> None:
    named = [(one, one.talent) for one in proposal.people.values() if one.talent is not None]
    record_talents(
        act,
        [TalentDraft(people[one.number], *talent) for one, talent in named],
        instead_of=[row.id for one, _ in named for row in one.talent_instead_of],
    )
    close_talents(
        act,
        [
            (people[one.number], row, one.leaves_pool_on)
            for one in proposal.people.values()
            if one.leaves_pool_on is not None
            for row in one.talent_instead_of
        ],
    )


def _write_ties(act: Act, proposal: Proposal, people: Mapping[str, int]) -> None:
    ties = [(one, tie) for one in proposal.people.values() for tie in one.ties]
    drafts = []
    for one, tie in ties:
        other = None
        if tie.other is not None:
            other = tie.other.known.id if tie.other.known is not None else people[tie.other.number]
        drafts.append(TieDraft(people[one.number], tie.kind, tie.position, other, tie.text, tie.since))
    record_ties(act, drafts, instead_of=[tie.instead_of for _, tie in ties if tie.instead_of is not None])


def _write_sources(act: Act, proposal: Proposal, people: Mapping[str, int], units: Mapping[str, int]) -> None:
    """Which row wrote or changed what: persons by person, units and plans by unit."""
    pairs: list[tuple[Source, int]] = [(source, units[draft.code]) for draft, source in proposal.units]
    pairs += [(source, unit) for unit, (_, source) in proposal.corrected_units.items()]
    pairs += [(source, people[one.number]) for one in proposal.people.values() for source in one.sources]
    pairs += [(quota.source, units[quota.unit]) for quota in proposal.quotas]
    pairs += [(post.source, people[post.number]) for post in proposal.posts]
    pairs += [(one.source, people[one.number] if one.number else units[one.unit]) for one in proposal.stays]
    act.insert(ImportedRow, IMPORTED_ROW, [(s.sheet, s.row, s.kind, subject, s.outcome) for s, subject in pairs])
