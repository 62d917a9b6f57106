"""A letter of the political review on paper: stub, letter, return slip; and as a file to be edited. Must not know: requests, rights.

Names of a family and numbers are left for the hand (PRV-06): what is printed names the person alone.
"""

from __future__ import annotations

from datetime import date
from typing import Final

from django.utils.translation import gettext as _

from yumiao.admission.case_file import Read
from yumiao.admission.models import Inquiry
from yumiao.desk.inquiries.lists import Row
from yumiao.kernel.periods import on_paper
from yumiao.press.documents import Section
from yumiao.press.slips import Slip, print_slips
from yumiao.press.words import make_docx

LINE: Final = "＿" * 9
SHORT: Final = "＿" * 3
SEXES: Final = {"m": "男", "f": "女"}
ASKED: Final = {
    "self": "本人在当地的政治历史、现实表现和遵纪守法情况",
    "residence": "本人在居住地的现实表现和遵纪守法情况",
    "employer": "本人在工作单位的现实表现和遵纪守法情况",
    "family": "本人直系亲属（姓名、关系见手填）的政治情况和遵纪守法情况",
    "relation": "与本人关系密切的主要社会关系（姓名、关系见手填）的政治情况",
}


def slips_of(row: Row, read: Read) -> list[Slip]:
    """The three parts in order: what stays, what goes, what comes back."""
    return [_stub(row, read), _letter(row, read), _return(row, read)]


def letter_pdf(row: Row, read: Read, *, entry: int) -> bytes:
    """The three parts on one sheet; `entry` is its number in the record."""
    cut = _("%(number)s　（骑缝章）") % {"number": row.number}
    code = _("纪实第 %(seq)s 条") % {"seq": entry}
    return print_slips(title_of(row), slips_of(row, read), cuts=[cut, cut], code=code)


def letter_docx(row: Row, read: Read) -> bytes:
    """The same three parts to be edited."""
    sections = [
        Section(
            heading=f"{one.heading}　{one.number}",
            paragraphs=[*([one.addressed] if one.addressed else []), *one.paragraphs, *one.sign],
            notes=list(one.foot),
        )
        for one in slips_of(row, read)
    ]
    return make_docx(title_of(row), sections, unit=row.issuer, on=row.one.inquiry.sent_on)


def title_of(row: Row) -> str:
    """What stands above it."""
    return _("政治审查外调介绍信") if row.one.inquiry.kind == Inquiry.Kind.VISIT else _("政治审查函调信")


def _stub(row: Row, read: Read) -> Slip:
    one = row.one.inquiry
    said = _("因发展党员政治审查，%(how)s%(addressee)s，了解%(name)s同志有关情况：%(asked)s。回函期限%(due)s。") % {
        "how": _("派人前往") if one.kind == Inquiry.Kind.VISIT else _("函请"),
        "addressee": one.addressee,
        "name": read.around.name,
        "asked": ASKED[one.about],
        "due": on_paper(one.due_on),
    }
    foot = [_("经办人：%(line)s　　审批人：%(line)s") % {"line": LINE}]
    return Slip(
        _("%(title)s（存根）") % {"title": title_of(row)}, row.number, [said], sign=[on_paper(one.sent_on)], foot=foot
    )


def _letter(row: Row, read: Read) -> Slip:
    one = row.one.inquiry
    said = _(
        "我党委所属%(unit)s发展对象%(name)s同志（%(sex)s，%(born)s），因发展党员政治审查，请协助了解：%(asked)s。"
    ) % {
        "unit": row.unit.name if row.unit else LINE,
        "name": read.around.name,
        "sex": SEXES.get(read.around.sex, SHORT),
        "born": _born(read.file.born_on),
        "asked": ASKED[one.about],
    }
    more = (
        [_("了解对象：姓名%(line)s　与本人关系%(line)s") % {"line": LINE}]
        if one.about in ("family", "relation")
        else []
    )
    ask = _("请据实填写回函，加盖党组织印章，于%(due)s前寄回。") % {"due": on_paper(one.due_on)}
    foot = [_("联系人：%(line)s　　联系电话：%(line)s　　通讯地址：%(line)s%(line)s") % {"line": LINE}]
    return Slip(
        title_of(row),
        row.number,
        [said, *more, ask],
        addressed=_("%(addressee)s：") % {"addressee": one.addressee},
        sign=[_("%(issuer)s（盖章）") % {"issuer": row.issuer}, on_paper(one.sent_on)],
        foot=foot,
    )


def _return(row: Row, read: Read) -> Slip:
    said = _("你处%(number)s来函收悉。关于%(name)s同志的有关情况，答复如下：") % {
        "number": row.number,
        "name": read.around.name,
    }
    blank = LINE * 4
    return Slip(
        _("%(title)s（回函）") % {"title": title_of(row)},
        row.number,
        [said, blank, blank, blank],
        addressed=_("%(issuer)s：") % {"issuer": row.issuer},
        sign=[
            _("答复单位（盖章）：%(line)s%(line)s") % {"line": LINE},
            _("%(short)s年%(short)s月%(short)s日") % {"short": SHORT},
        ],
        foot=[_("填写人：%(line)s　　职务：%(line)s　　联系电话：%(line)s") % {"line": LINE}],
    )


def _born(day: date | None) -> str:
    """The month of birth: more is not needed to find somebody in his own village."""
    return _("%(year)s年%(month)s月生") % {"year": day.year, "month": day.month} if day else SHORT
