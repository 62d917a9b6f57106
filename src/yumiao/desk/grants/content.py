"""What lies in each section of a case, once it was opened. Must not know: requests, who may."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from yumiao.access.models import Account
from yumiao.access.sections import Section
from yumiao.admission.inquiry_queries import with_events
from yumiao.admission.joint_queries import given_about
from yumiao.admission.models import Inquiry, JointReviewCase, Relative
from yumiao.admission.paper_queries import papers_of
from yumiao.admission.paper_rules import SEALED
from yumiao.admission.relative_services import relatives_of
from yumiao.desk.joint.lists import body_label
from yumiao.journal.facts import ALIVE
from yumiao.journal.models import Entry


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that lies in a section: what it is, what it says; `paper`: the uid of a paper that opens."""

    title: str
    said: str
    text: str = ""
    paper: Any = None


def content_of(case: int, section: Section) -> list[Item]:
    """Everything of a section that is shown here; objections are opened at their own page."""
    if section is Section.JOINT_REVIEW:
        return _answers(case)
    if section is Section.POLITICAL_REVIEW:
        return _review(case)
    if section is Section.FAMILY:
        return [
            Item(one.name, str(Relative.Relation(one.row.relation).label), str(Relative.Conclusion(one.row.conclusion).label))
            for one in relatives_of(case)
        ]  # fmt: skip
    return []


def _answers(case: int) -> list[Item]:
    rows = JointReviewCase.objects.filter(case=case, review__records__struck=ALIVE).order_by("pk")
    return [
        Item(body_label(one.body), one.answer.get_answer_display(), "　".join(filter(None, (one.text, one.reference))))
        for row in rows
        for one in given_about(row)
    ]


def _review(case: int) -> list[Item]:
    papers = [Item(one.title, "", paper=one.uid) for one in papers_of(case) if one.slot in SEALED]
    letters = with_events(Inquiry.objects.filter(case=case).order_by("pk"))
    return papers + [
        Item(one.inquiry.addressee, one.answer.get_finding_display(), one.answer.note)
        for one in letters
        if one.answer is not None
    ]


def wrote_family(account: Account, case: int) -> bool:
    """Whether an account wrote down the list of family that stands."""
    seqs = Relative.objects.alive().filter(case=case).values("entered")
    return Entry.objects.filter(seq__in=seqs, actor=account.uid).exists()
