"""The list of what is handed over with an archive, on paper and to be edited. Must not know: requests, rights."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext as _

from yumiao.admission.models import Handover
from yumiao.desk.evidence.slots import SlotState
from yumiao.kernel.periods import on_paper
from yumiao.press.documents import Section, print_document
from yumiao.press.words import MEDIA, make_docx

__all__ = ["MEDIA", "handover_docx", "handover_pdf"]


def _sections(name: str, states: Sequence[SlotState], standing: Handover | None) -> list[Section]:
    pairs = [(_("姓名"), name)]
    if standing is not None:
        pairs += [
            (_("移交日期"), on_paper(standing.handed_on)), (_("归入"), standing.holder), (_("移交人"), standing.giver),
            (_("接收人"), standing.receiver), (_("份数"), str(standing.copies)),
        ]  # fmt: skip
    rows = [
        (
            one.slot.code,
            one.slot.title,
            one.slot.holder,
            str(len(one.papers)),
            str(sum(paper.pages for paper in one.papers)),
            one.said,
        )
        for one in states
        if one.papers or one.missing
    ]
    sign = _("移交人（签名）：＿＿＿＿＿＿　　接收人（签名）：＿＿＿＿＿＿　　（接收单位盖章）　　年　月　日")
    head = (_("编号"), _("材料"), _("存放"), _("份数"), _("页数"), _("情况"))
    return [
        Section(pairs=pairs),
        Section(_("移交清单"), head=head, rows=rows, widths=(1, 4.5, 2.4, 1, 1, 2.4), notes=[sign]),
    ]


def handover_pdf(name: str, unit: str, states: Sequence[SlotState], standing: Handover | None, *, on: date) -> bytes:
    """The list for two signatures."""
    return print_document(_("发展党员档案移交清单"), _sections(name, states, standing), unit=unit, on=on)


def handover_docx(name: str, unit: str, states: Sequence[SlotState], standing: Handover | None, *, on: date) -> bytes:
    """The same to be edited."""
    return make_docx(_("发展党员档案移交清单"), _sections(name, states, standing), unit=unit, on=on)
