"""Rules, settings and papers in the words of a screen. Must not know: requests, templates."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from collections.abc import Set as AnySet
from dataclasses import dataclass
from datetime import date
from enum import Enum, StrEnum
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yumiao.bylaws.keys import KEYS, Choice, Key, Several, Value
from yumiao.bylaws.rules import Paper
from yumiao.kernel.objections import Severity
from yumiao.kernel.periods import BEGIN, FOREVER, on_paper, on_screen
from yumiao.rulebook import Confidence, Rule

Word = str | Promise

FLOOR_TITLES: Final[Mapping[str, Word]] = {
    "units": gettext_lazy("党的组织"),
    "access": gettext_lazy("账号和任职"),
    "people": gettext_lazy("人员和党籍"),
    "meetings": gettext_lazy("会议和表决"),
    "publicity": gettext_lazy("公示和异议"),
    "admission": gettext_lazy("发展党员"),
    "oversight": gettext_lazy("限期整改"),
    "talent": gettext_lazy("人才库"),
    "posts": gettext_lazy("任职和届期"),
    "ledger": gettext_lazy("底线、预警线和指导线"),
    "bylaws": gettext_lazy("县级文件、参数和工作日"),
    "workbook": gettext_lazy("县党务工作簿"),
}
SEVERITIES: Final[Mapping[Severity, Word]] = {
    Severity.BLOCK: gettext_lazy("不得办理"),
    Severity.WARN: gettext_lazy("提示，须核对或写明理由"),
    Severity.INFO: gettext_lazy("只作说明"),
}
CONFIDENCES: Final[Mapping[Confidence, Word]] = {
    Confidence.VERIFIED: gettext_lazy("已查到原文"),
    Confidence.FROM_MEMORY: gettext_lazy("未查到原文，启用前须核对"),
    Confidence.ARTICLE: gettext_lazy("取自公开报道"),
    Confidence.DEFAULT: gettext_lazy("依据未作规定，由本系统约定"),
}


class SettingGroup(StrEnum):
    """What a setting is about; the order is that of the page."""

    LINES = "lines"
    STEPS = "steps"
    MEMBERS = "members"

    @property
    def label(self) -> str:
        return str(_GROUP_LABELS[self])


_GROUP_LABELS: Final[Mapping[SettingGroup, Word]] = {
    SettingGroup.LINES: gettext_lazy("底线、预警线、指导线和储备"),
    SettingGroup.STEPS: gettext_lazy("发展党员的步骤和期限"),
    SettingGroup.MEMBERS: gettext_lazy("党员管理和教育"),
}
_LINES: Final = frozenset(
    {"young", "guidance", "bottom", "village", "reserve", "leap_birthday_policy", "grade", "flag"}
)
_STEPS: Final = frozenset(
    {
        "publicity", "approval_clock_base", "approval", "activist", "applicant", "inspection", "training",
        "political_review", "prereview_to_meeting", "probation", "probation_end_convention", "roll_end_on_holiday",
        "rectification", "joint_review", "review",
    }
)  # fmt: skip


def group_of(key: str) -> SettingGroup:
    """The group of a setting by the first part of its name."""
    first = key.partition(".")[0]
    if first in _LINES:
        return SettingGroup.LINES
    return SettingGroup.STEPS if first in _STEPS else SettingGroup.MEMBERS


def bounds_in_words(key: Key[Value]) -> str:
    """What may be entered: the readings of a choice, the bounds of anything else."""
    if isinstance(key.kind, Choice):
        return _("或").join(reading for reading, _value in key.kind.options.values())
    if isinstance(key.kind, Several):
        return _("以下各项中的若干项：%(all)s") % {"all": "、".join(key.kind.options.values())}
    return key.bounds


def in_force(since: date, until: date | None) -> str:
    """`自2026年1月1日起`, with its end where there is one."""
    begins = _("一直施行") if since == BEGIN else _("自%(day)s起施行") % {"day": on_paper(since)}
    if until in (None, FOREVER):
        return begins
    return _("%(begins)s，%(day)s起停止") % {"begins": begins, "day": on_paper(until or FOREVER)}


def paper_state(paper: Paper, today: date) -> tuple[str, str]:
    """Kind of state and word: whether a paper is in force on `today`."""
    if today < paper.in_force_from:
        return "clear", _("未生效")
    return ("ok", _("现行有效")) if today < paper.in_force_until else ("na", _("已失效"))


@dataclass(frozen=True, slots=True)
class Example:
    """One example of a rule: does it hold, and what stands in each column."""

    holds: bool
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Examples:
    """The examples of a rule side by side."""

    columns: tuple[str, ...]
    rows: tuple[Example, ...]


def examples_of(rule: Rule) -> Examples:
    """Passing examples first; a column for each thing the rule looks at, in the rule's own words."""
    given = [(True, example) for example in rule.passing] + [(False, example) for example in rule.failing]
    names = tuple(dict.fromkeys(name for _holds, example in given for name in example))
    rows = (
        Example(holds, tuple(_said(example[name]) if name in example else "—" for name in names))
        for holds, example in given
    )
    return Examples(tuple(rule.words.get(name, name) for name in names), tuple(rows))


def _said(value: object) -> str:
    """A value of an example as a clerk would write it."""
    match value:
        case None:
            return _("无")
        case bool():
            return _("是") if value else _("否")
        case date():
            return on_screen(value) or _("不限")
        case Enum():
            return str(getattr(value, "label", value.value))
        case Mapping():
            return _listed(f"{_said(key)} {_said(item)}" for key, item in value.items())
        case AnySet():
            return _listed(sorted(_said(item) for item in value))
        case tuple() | list():
            return _listed(_said(item) for item in value)
    text = str(value)
    return KEYS[text].title if text in KEYS else text.strip() or _("（空）")


def _listed(items: Iterable[str]) -> str:
    return "、".join(items) or _("无")
