"""The letter that a batch goes to a body with, and the reminder, on paper and to be edited. Must not know: requests, rights."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

from django.utils.translation import gettext as _

from yumiao.admission.joint_queries import Batch
from yumiao.admission.models import JointReview, JointReviewBody
from yumiao.bylaws.keys import BODIES
from yumiao.desk.joint.signing import Line
from yumiao.kernel.periods import on_paper
from yumiao.press.documents import Section, print_document
from yumiao.press.words import make_docx

BLANK: Final = "＿" * 9
_HEAD: Final = ("序号", "姓名", "性别", "公民身份号码", "居住地")
_WIDTHS: Final = (1.0, 1.8, 1.0, 4.2, 5.5)
_ANSWER_HEAD: Final = ("序号", "姓名", "答复", "情况说明、文号")


def letter_pdf(batch: Batch, body: JointReviewBody, lines: Sequence[Line], *, county: str, code: str) -> bytes:
    """The letter with the list and the slip for the answer."""
    sections = letter(batch, body, lines, county=county)
    return print_document(title_of(batch), sections, unit=county, on=batch.record.sent_on, code=code, note=_secret())


def letter_docx(batch: Batch, body: JointReviewBody, lines: Sequence[Line], *, county: str) -> bytes:
    """The same to be edited."""
    sections = letter(batch, body, lines, county=county)
    return make_docx(title_of(batch), sections, unit=county, on=batch.record.sent_on, note=_secret())


def reminder_pdf(batch: Batch, body: JointReviewBody, missing: int, *, county: str, on: date, code: str) -> bytes:
    """The reminder: it names nobody."""
    said = _(
        "我部%(sent)s送请你单位联审的%(round)s名单（%(number)s）共 %(asked)s 人，应于%(due)s前答复，现有 %(missing)s 人没有答复。"
        "没有答复的不视为通过，请尽快答复。"
    ) % {
        "sent": on_paper(batch.record.sent_on),
        "round": label_of(batch.review.round),
        "number": batch.number,
        "asked": batch.asked,
        "due": on_paper(batch.record.due_on),
        "missing": missing,
    }
    sections = [Section(paragraphs=[_to(body), said], notes=[_foot()])]
    return print_document(_("部门联审催办函"), sections, unit=county, on=on, code=code, note=batch.number)


def letter(batch: Batch, body: JointReviewBody, lines: Sequence[Line], *, county: str) -> list[Section]:
    """What is asked, of whom, until when, and the slip that comes back."""
    said = _(
        "根据发展党员工作的有关规定，现将%(round)s名单 %(asked)s 人送请你单位联审。请逐人答复“未发现不良记录”“有不良记录”或者“不掌握情况”；"
        "有不良记录的，写明情况和文号。请于%(due)s前答复；没有答复的不视为通过。"
    ) % {"round": label_of(batch.review.round), "asked": batch.asked, "due": on_paper(batch.record.due_on)}
    rows = [(str(one.position), one.name, one.sex, one.number, one.home) for one in lines]
    answers = [(str(one.position), one.name, "", "") for one in lines]
    return [
        Section(paragraphs=[_to(body), said, _("%(county)s（盖章）") % {"county": county}], notes=[_foot()]),
        Section(heading=_("联审名单"), head=_HEAD, rows=rows, widths=_WIDTHS),
        Section(
            heading=_("答复"),
            head=_ANSWER_HEAD,
            rows=answers,
            widths=(1.0, 1.8, 3.0, 6.0),
            notes=[_("答复单位（盖章）：%(blank)s　　填写人：%(blank)s　　日期：%(blank)s") % {"blank": BLANK}],
        ),
    ]


def title_of(batch: Batch) -> str:
    """What stands above the letter."""
    return _("关于%(round)s的函%(number)s") % {"round": label_of(batch.review.round), "number": batch.number}


def label_of(round_: str) -> str:
    """A round in words."""
    return str(JointReview.Round(round_).label)


def _to(body: JointReviewBody) -> str:
    return _("%(body)s：") % {"body": BODIES.get(body.body, body.body)}


def _foot() -> str:
    return _("联系人：%(blank)s　　联系电话：%(blank)s") % {"blank": BLANK}


def _secret() -> str:
    return _("内部资料，只用于本次联审，用后按规定销毁")
