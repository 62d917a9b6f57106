"""Every relation to a person, and what becomes of it when two records are merged. A test fails for one that is not named here.

Pure data. Must not know: how it is done.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Final


class How(Enum):
    """CHOSEN: what the one record says of the whole `group` holds, what the other says is taken back.
    CARRIED: goes over, but for what overlaps a fact of the same `by` that stands there already.
    POINTED: somebody else's fact that names the person names the other one instead.
    CASES: as CHOSEN, under new identities, for an identity names its person for ever.
    PIECE: told piece by piece, each by its own rule (`desk.doubles.pieces`).
    LEFT: stays where it is, as history.
    """

    CHOSEN = "chosen"
    CARRIED = "carried"
    POINTED = "pointed"
    CASES = "cases"
    PIECE = "piece"
    LEFT = "left"


@dataclass(frozen=True, slots=True)
class Relation:
    """How one column that names a person is merged."""

    how: How
    group: str = ""
    by: tuple[str, ...] = ()


BELONGING, MEMBERSHIP, CULTIVATION = "belonging", "membership", "cultivation"
RELATIONS: Final[Mapping[str, Relation]] = {
    "people.PersonRecord.person": Relation(How.PIECE),
    "people.PersonSecret.person": Relation(How.PIECE),
    "people.Statement.person": Relation(How.PIECE),
    "people.Belonging.person": Relation(How.CHOSEN, BELONGING),
    "people.Membership.person": Relation(How.CHOSEN, MEMBERSHIP),
    "people.Attribution.person": Relation(How.CHOSEN, MEMBERSHIP),
    "people.MembershipState.person": Relation(How.CHOSEN, MEMBERSHIP),
    "people.StatusChange.person": Relation(How.CHOSEN, MEMBERSHIP),
    "people.Tie.person": Relation(How.CARRIED, by=("kind", "position")),
    "people.Tie.other": Relation(How.POINTED),
    "people.Stay.person": Relation(How.CARRIED),
    "people.Stay.contact": Relation(How.POINTED),
    "people.ContactSearch.person": Relation(How.CARRIED),
    "people.Transfer.person": Relation(How.LEFT),
    "people.Merged.person": Relation(How.LEFT),
    "people.Merged.into": Relation(How.LEFT),
    "people.KeptApart.person": Relation(How.LEFT),
    "people.KeptApart.other": Relation(How.LEFT),
    "admission.Case.person": Relation(How.CASES, CULTIVATION),
    "meetings.Attendance.person": Relation(How.CARRIED, by=("meeting_id",)),
    "meetings.Motion.person": Relation(How.LEFT),
    "meetings.NamedVote.person": Relation(How.CARRIED, by=("motion_id",)),
    "meetings.WrittenOpinion.person": Relation(How.CARRIED, by=("motion_id",)),
    "meetings.Exclusion.person": Relation(How.CARRIED),
    "publicity.NoticePerson.person": Relation(How.LEFT),
    "publicity.Objection.person": Relation(How.LEFT),
    "oversight.Finding.person": Relation(How.LEFT),
    "admission.Relative.person": Relation(How.POINTED),
    "admission.FileAudit.person": Relation(How.LEFT),
    "admission.Recognition.person": Relation(How.CHOSEN, MEMBERSHIP),
    "talent.Talent.person": Relation(How.CARRIED, by=("category",)),
    "posts.Post.person": Relation(How.CARRIED, by=("unit_id", "title")),
}
# What hangs on an identity that hangs on a person goes with it; what hangs on such an identity in turn too. A letter keeps its number
# and a spoilt form its own, so they stay with the case they were written for.
ON_IDENTITIES: Final[Mapping[str, How]] = {
    "admission.CaseEdition.case": How.CASES,
    "admission.CaseFinding.case": How.CASES,
    "admission.CaseFinding.finding": How.LEFT,
    "admission.CaseGrant.case": How.LEFT,
    "admission.CaseNotice.case": How.CASES,
    "admission.CaseObjection.case": How.CASES,
    "admission.CaseObjection.objection": How.LEFT,
    "admission.FileAuditRecord.audit": How.LEFT,
    "admission.Handover.case": How.CASES,
    "admission.JointConclusion.review_case": How.CASES,
    "admission.JointReviewAnswer.review_case": How.CASES,
    "admission.JointReviewCase.case": How.CASES,
    "admission.Package.case": How.LEFT,
    "admission.PeerOpinion.sampled": How.LEFT,
    "admission.Relative.case": How.CASES,
    "admission.Review.case": How.CASES,
    "admission.SampledCase.case": How.LEFT,
    "admission.CaseEnd.case": How.CASES,
    "admission.CaseRest.case": How.CASES,
    "admission.CaseReturn.case": How.CASES,
    "admission.Exemption.case": How.CASES,
    "admission.FormUse.case": How.CASES,
    "admission.FormVoid.case": How.LEFT,
    "admission.Inquiry.case": How.LEFT,
    "admission.InquiryEvent.inquiry": How.LEFT,
    "admission.LateEntry.case": How.CASES,
    "admission.PaperCheck.paper": How.CASES,
    "admission.StepDetail.case": How.CASES,
    "admission.StepMotion.case": How.CASES,
    "admission.StepMotion.motion": How.LEFT,
    "admission.StepPaper.case": How.CASES,
    "admission.StepPaper.supplements": How.CASES,
    "admission.StepRecord.case": How.CASES,
    "admission.Handover.package": How.LEFT,
    "oversight.FindingRecord.finding": How.LEFT,
    "oversight.OrderFinding.finding": How.LEFT,
    "oversight.Referral.finding": How.LEFT,
    "publicity.Investigator.objection": How.LEFT,
    "publicity.ObjectionConclusion.objection": How.LEFT,
    "publicity.ObjectionRecord.objection": How.LEFT,
    "meetings.Ballot.motion": How.LEFT,
    "meetings.NamedVote.motion": How.LEFT,
    "meetings.WrittenOpinion.motion": How.LEFT,
    "people.TransferState.transfer": How.LEFT,
}


def of_group(group: str) -> list[str]:
    """Names (`app.Model.column`) of the CHOSEN relations of a group."""
    return [name for name, one in RELATIONS.items() if one.how is How.CHOSEN and one.group == group]


def of_kind(how: How) -> list[tuple[str, Relation]]:
    return [(name, one) for name, one in RELATIONS.items() if one.how is how]
