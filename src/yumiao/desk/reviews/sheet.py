"""One review as its page shows it and as it is printed: who, what to look at, what changed, what was said before. Must not know: requests, forms."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.utils.translation import gettext as _

from yumiao.admission.asked import Ground
from yumiao.admission.case_file import Read
from yumiao.admission.faults import Fault, faults
from yumiao.admission.gates import review_at
from yumiao.admission.models import Review
from yumiao.admission.paper_queries import Paper, papers_of
from yumiao.admission.review_queries import Found, Said, findings_of, reviews_of
from yumiao.admission.review_rules import APPROVED, NO, POINTS, YES, checks_of
from yumiao.admission.seen import LAST_STEP
from yumiao.desk.evidence.slots import SlotState, slot_states
from yumiao.desk.reviews.changes import Saw, changes_since, said_of, saw
from yumiao.kernel.periods import on_paper
from yumiao.press.documents import Section, print_document
from yumiao.press.words import make_docx
from yumiao.units.queries import UnitOnDay

_ANSWERS: Final = {YES: "符合", NO: "不符合"}


@dataclass(frozen=True, slots=True)
class Sheet:
    """A case at a point of review."""

    read: Read
    point: str
    unit: UnitOnDay | None
    papers: list[Paper]
    now: Saw
    said: list[Said]
    found: list[Found]
    faults: list[Fault]

    @property
    def label(self) -> str:
        return str(Review.Point(self.point).label)

    @property
    def last(self) -> Said | None:
        """The review that stands at this point."""
        return next((one for one in self.said if one.is_live and one.review.point == self.point), None)

    @property
    def changed(self) -> list[tuple[str, str]]:
        """What is not as the approval that stands saw it, in words."""
        if self.last is None or self.last.review.outcome != APPROVED:
            return []
        return said_of(changes_since(self.last.review, self.now), self.read)

    @property
    def slots(self) -> list[SlotState]:
        """The slots of the steps it looks at."""
        states = slot_states(self.read.file, self.papers)
        return [one for one in states if one.steps and min(one.steps) <= LAST_STEP[self.point]]

    @property
    def open_findings(self) -> list[Found]:
        return [one for one in self.found if not one.is_settled]


def sheet_of(read: Read, point: str, unit: UnitOnDay | None, ground: Ground) -> Sheet:
    """Seven queries, however much lies in the case."""
    papers = papers_of(read.around.case)
    last = LAST_STEP[point]
    wrong = [one for one in faults(read.file, ground) if one.step <= last]
    case = read.around.case
    return Sheet(read, point, unit, papers, saw(read, point, papers), reviews_of(case), findings_of(case), wrong)


@dataclass(frozen=True, slots=True)
class Line:
    """One point as a case's page shows it. `tone`: a kind of state."""

    point: str
    label: str
    said: str
    tone: str


def lines_of(read: Read) -> list[Line]:
    """Every point with what was said there last; no query."""
    found = []
    for point in POINTS:
        one = review_at(read.file.reviews, point)
        label = str(Review.Point(point).label)
        if one is None:
            found.append(Line(point, label, _("没有审查"), "na"))
        elif one.is_approved:
            found.append(Line(point, label, _("%(day)s通过") % {"day": on_paper(one.on)}, "ok"))
        else:
            found.append(Line(point, label, _("%(day)s退回整改") % {"day": on_paper(one.on)}, "warn"))
    return found


def answers_of(review: Review) -> list[tuple[str, str]]:
    """(item of the checklist, answer) in words."""
    said = json.loads(review.answers)
    return [(text, _ANSWERS.get(said.get(key, ""), "不涉及")) for key, text in checks_of(review.point)]


def sections_of(sheet: Sheet) -> list[Section]:
    """The review that stands, as it is signed and sealed."""
    around, last = sheet.read.around, sheet.last
    whose = [
        (_("姓名"), around.name),
        (_("党支部"), sheet.unit.name if sheet.unit else ""),
        (_("审查环节"), sheet.label),
    ]
    if last is None:
        checks = [(text, "□符合　□不符合　□不涉及") for _key, text in checks_of(sheet.point)]
        return [
            Section(pairs=whose),
            Section(_("审查清单"), head=(_("项目"), _("结论")), rows=checks, widths=(3, 2)),
            Section(_("审查意见"), paragraphs=["　", "　"], notes=[_sign()]),
        ]
    review = last.review
    whose += [
        (_("审查人"), last.by),
        (_("审查日期"), on_paper(review.reviewed_on)),
        (_("结论"), str(Review.Outcome(review.outcome).label)),
    ]
    found = [one for one in sheet.found if one.point == sheet.point]
    return [
        Section(pairs=whose),
        Section(_("审查清单"), head=(_("项目"), _("结论")), rows=answers_of(review), widths=(3, 2)),
        Section(
            _("发现的问题"), head=(_("序号"), _("步骤"), _("问题"), _("性质"), _("整改")) if found else (), rows=_rows(sheet, found),
            widths=(1, 3, 6, 2, 2), notes=() if found else (_("无"),),
        ),
        Section(_("审查意见"), paragraphs=[review.note or _("无")], notes=[_sign()]),
    ]  # fmt: skip


def _rows(sheet: Sheet, found: Sequence[Found]) -> list[tuple[str, ...]]:
    path = sheet.read.file.path
    return [
        (
            str(at), path.by_number[one.record.step].label if one.record.step else one.record.slot, one.record.text,
            str(one.record.get_grade_display()), _("已验收") if one.is_settled else _("待整改"),
        )
        for at, one in enumerate(found, 1)
    ]  # fmt: skip


def _sign() -> str:
    return _("审查人（签名）：＿＿＿＿＿＿　　单位负责人（签名）：＿＿＿＿＿＿　　（盖章）　　年　月　日")


def sheet_pdf(sheet: Sheet, *, on: date, code: str = "") -> bytes:
    """The review sheet on paper."""
    unit = sheet.unit.name if sheet.unit else ""
    return print_document(_("发展党员档案审查表"), sections_of(sheet), unit=unit, on=on, code=code)


def sheet_docx(sheet: Sheet, *, on: date) -> bytes:
    """The same to be edited."""
    return make_docx(_("发展党员档案审查表"), sections_of(sheet), unit=sheet.unit.name if sheet.unit else "", on=on)
