"""The record of one case from its application to the archive (全程纪实表) as sections to print or edit. No number but the masked one.

Must not know: requests, rights, how a file is written.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Final

from django.utils.translation import gettext as _

from yumiao.admission.case_file import Read
from yumiao.admission.history import CaseFile, Held, Helper
from yumiao.admission.models import CaseEnd, CaseReturn, FormUse
from yumiao.admission.path import Outcome, Step
from yumiao.kernel.periods import on_paper, on_screen
from yumiao.meetings.queries import KnownVote, votes_about
from yumiao.people.queries import Named, named
from yumiao.press.documents import Section
from yumiao.units.queries import Tree

SEXES: Final = {"m": "男", "f": "女"}
_WIDTHS: Final = (3, 1.6, 1.6, 1, 2, 1.5, 3.4)


def title() -> str:
    return _("发展党员全程纪实表")


def sections_of(read: Read, tree: Tree) -> list[Section]:
    """The whole record: whose, every step, what interrupted it."""
    file, around = read.file, read.around
    votes = {one.motion: one for one in votes_about([around.person])}
    rows = [row for step in file.path.steps for row in _rows(file, step, votes)]
    head = (_("步骤"), _("办理日期"), _("登记日期"), _("补录"), _("文号"), _("结果"), _("会议和说明"))
    steps = Section(_("步骤"), head=head, rows=rows, widths=_WIDTHS)
    return [_whose(read, tree, named([around.person]).get(around.person)), steps, *_beside(read)]


def _whose(read: Read, tree: Tree, person: Named | None) -> Section:
    file, around = read.file, read.around
    unit = tree.by_id.get(around.unit)
    form = FormUse.objects.alive().filter(case=around.case).values_list("prefix", "number").first()
    pairs = [
        (_("姓名"), around.name),
        (_("性别"), SEXES.get(around.sex, "—")),
        (_("出生日期"), on_screen(file.born_on) if file.born_on else "—"),
        (_("公民身份号码（掩码）"), (person.masked if person else "") or "—"),
        (_("所在党支部"), unit.name if unit else "—"),
        (_("程序版本"), file.path.title),
        (_("培养联系人"), _helpers(file.contacts)),
        (_("入党介绍人"), _helpers(file.introducers)),
        (_("入党志愿书编号"), f"{form[0]}{form[1]}" if form else "—"),
    ]
    return Section(_("基本情况"), pairs=pairs)


def _helpers(helpers: tuple[Helper, ...]) -> str:
    return (
        "；".join(_("%(name)s（自%(day)s）") % {"name": one.name, "day": on_screen(one.since)} for one in helpers)
        or "—"
    )


def _rows(file: CaseFile, step: Step, votes: Mapping[int, KnownVote]) -> Iterator[tuple[str, ...]]:
    held = file.all(step.number)
    label = f"{step.number}. {step.title}"
    if not held:
        waiting = next((one for one in file.waiting if one.step == step.number), None)
        said = _("补录待第二人确认") if waiting else ""
        yield label, on_screen(waiting.on) if waiting else "", "", "", "", "", said
    for one in held:
        name = (
            label if len(held) == 1 else _("%(label)s（第 %(count)s 次）") % {"label": label, "count": one.occurrence}
        )
        yield (
            name, on_screen(one.on), on_screen(one.entered_on) if one.entered_on else "", _mark(one), one.document, _outcome(one),
            _said(one, votes),
        )  # fmt: skip


def _mark(one: Held) -> str:
    if one.is_imported:
        return _("导入")
    return _("补录") if one.is_late else ""


def _outcome(one: Held) -> str:
    if one.outcome is None:
        return ""
    if one.outcome is Outcome.EXTENDED:
        return _("%(outcome)s %(months)s 个月") % {"outcome": one.outcome.label, "months": one.months}
    return one.outcome.label


def _said(one: Held, votes: Mapping[int, KnownVote]) -> str:
    """The numbers of the ballot; days and hours of a training; the reason for a warning."""
    parts = []
    if (vote := votes.get(one.motion or 0)) is not None:
        count = vote.count
        parts.append(
            _("应到会 %(due)s 人，实到 %(present)s 人，赞成 %(yes)s 票，反对 %(no)s 票，弃权 %(abstain)s 票")
            % {"due": count.due, "present": count.present, "yes": count.yes, "no": count.no, "abstain": count.abstain}
        )
    if one.days or one.hours:
        parts.append(_("%(days)s 天、%(hours)s 学时") % {"days": one.days or 0, "hours": f"{(one.hours or 0):g}"})
    if one.reason:
        parts.append(_("理由：%(reason)s") % {"reason": one.reason})
    return "；".join(parts)


def _beside(read: Read) -> Iterator[Section]:
    """What stood between the steps: exceptions, rests, returns, the end; each left out where there is none."""
    file, case = read.file, read.around.case
    exemptions = [
        (f"{one.step}", one.rule, on_screen(one.on), one.by, one.document, one.reason) for one in file.exemptions
    ]
    if exemptions:
        yield Section(
            _("例外"),
            head=(_("步骤"), _("规则"), _("日期"), _("批准人"), _("文号"), _("理由")),
            rows=exemptions,
            widths=(0.8, 1, 1.5, 2, 2, 4),
        )
    rests = [(on_screen(one.since), _until(one.until), _counts(one.counts), one.reason) for one in file.rests]
    if rests:
        yield Section(
            _("暂停"), head=(_("自"), _("至"), _("是否计入培养时间"), _("理由")), rows=rests, widths=(1.5, 1.5, 1.5, 5)
        )
    rows = CaseReturn.objects.alive().filter(case=case).order_by("returned_on", "pk")
    returns = [(on_screen(one.returned_on), str(one.step), one.get_why_display(), one.reason) for one in rows]
    if returns:
        yield Section(
            _("退回"), head=(_("日期"), _("退回到步骤"), _("原因"), _("说明")), rows=returns, widths=(1.5, 1.2, 2.5, 5)
        )
    if file.ended_on is not None:
        how = CaseEnd.How(file.ended_how).label
        yield Section(_("结束"), paragraphs=[_("%(day)s：%(how)s") % {"day": on_paper(file.ended_on), "how": how}])


def _until(day: date | None) -> str:
    return on_screen(day) if day else _("未恢复")


def _counts(counts: bool) -> str:
    return _("计入") if counts else _("不计入")
