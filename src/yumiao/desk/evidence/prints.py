"""The list of what is missing of a case, on paper. Must not know: requests, rights."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext as _

from yumiao.desk.evidence.slots import SlotState
from yumiao.press.documents import Section, print_document


def missing_pdf(name: str, unit: str, states: Sequence[SlotState], *, on: date) -> bytes:
    """Missing now, not in order, and still to come."""
    parts = (
        (_("现在缺少的材料"), [one for one in states if one.missing]),
        (_("要补正的材料"), [one for one in states if not one.missing and one.incomplete_why]),
        (
            _("以后各步的材料"),
            [one for one in states if not one.is_due and not one.papers and one.need.value != "local"],
        ),
    )
    sections = [
        Section(
            heading,
            head=(_("编号"), _("材料"), _("要求"), _("签名"), _("情况")) if found else (),
            rows=[
                (one.slot.code, one.slot.title, one.need.label, one.slot.signers + (_("，盖章") if one.slot.is_stamped else ""), one.said)
                for one in found
            ],
            widths=(1, 4.4, 1.4, 3, 2.6),
            notes=() if found else (_("无"),),
        )
        for heading, found in parts
    ]  # fmt: skip
    note = _("对象：%(name)s。缺少核心材料的不能归档；补充的材料写明真实日期和情况说明。") % {"name": name}
    return print_document(_("发展党员材料缺项单"), sections, unit=unit, on=on, note=note)
