"""What somebody is on a day, in one word, from the dates that say it. Pure.

Must not know: where the dates were read, who asks.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache

from django.utils.translation import gettext

from yumiao.admission.history import APPROVAL
from yumiao.admission.rules import ACTIVIST, MEETING, TARGET

_ = cache(gettext)  # a few words stand in thousands of rows: each is translated once, as in the templates


@dataclass(frozen=True, slots=True)
class Standing:
    """The latest membership, if any; `stage` is the furthest step of the open case that passed, 0 without one; days are as the tables have them."""

    membership_on: date | None = None
    full_member_on: date | None = None
    ended_on: date | None = None
    is_suspended: bool = False
    stage: int = 0
    is_talent: bool = False

    def is_member(self, day: date) -> bool:
        """Whether a member on that day, also one whose membership is suspended."""
        return (
            self.membership_on is not None and self.ended_on is not None and self.membership_on <= day < self.ended_on
        )

    def is_full(self, day: date) -> bool:
        return self.is_member(day) and self.full_member_on is not None and self.full_member_on <= day

    def label(self, day: date) -> str:
        """Of several the one that goes furthest."""
        if self.is_member(day):
            if self.is_suspended:
                return _("停止党籍")
            return _("正式党员") if self.is_full(day) else _("预备党员")
        if 0 < self.stage < APPROVAL:
            return _stage_label(self.stage)
        if self.membership_on is not None:
            return _("党籍已终止")
        return _("人才库") if self.is_talent else _("其他人员")


def _stage_label(stage: int) -> str:
    if stage >= MEETING:
        return _("待党委审批")
    if stage >= TARGET:
        return _("发展对象")
    return _("入党积极分子") if stage >= ACTIVIST else _("入党申请人")
