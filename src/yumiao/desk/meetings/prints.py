"""The papers of a meeting: sign-in sheet, ballots and tally sheets before it; roll, tallies and minutes after it. Must not know: requests."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

from django.utils.translation import gettext as _

from yumiao.desk.meetings.page import MeetingPage, Voted
from yumiao.desk.meetings.places import Awaiting
from yumiao.kernel.periods import on_paper
from yumiao.meetings.due import OnRoll
from yumiao.meetings.models import Motion
from yumiao.meetings.rules import Measure, majority, measure_of, quorum
from yumiao.press.documents import Section

SIGNED: Final = "　　　　　　"
_TALLY: Final = ("项目", "票数", "项目", "票数")


def sign_in(rows: Sequence[OnRoll], measures: Sequence[Measure]) -> list[Section]:
    """The empty sheet to sign, those with a vote first, with how many must come."""
    due = sum(one.votes for one in rows)
    needed = [
        _("%(what)s至少 %(count)s 人到会，赞成至少 %(most)s 票")
        % {"what": _MEASURES[one], "count": quorum(one, due), "most": majority(due)}
        for one in measures
    ]
    voting = [(str(place), one.name, "", "") for place, one in enumerate((r for r in rows if r.votes), start=1)]
    others = [(one.name, one.standing.label, "") for one in rows if not one.votes]
    return [
        Section(
            _("应到会有表决权的 %(count)s 人") % {"count": due}, head=("序号", "姓名", "签到", "未到会原因"), rows=voting,
            widths=(1, 3, 4, 4), notes=["；".join(needed)] if due else (),
        ),
        *([Section(_("没有表决权、不计入应到会的"), head=("姓名", "情形", "签到"), rows=others, widths=(3, 6, 4))] if others else []),
        Section(paragraphs=[_("主持人：%(line)s　　记录人：%(line)s") % {"line": SIGNED}]),
    ]  # fmt: skip


_MEASURES: Final = {
    Measure.ADMISSION: "接收、转正",
    Measure.ORDINARY: "一般决议",
    Measure.COMMITTEE: "委员会决议",
    Measure.ELECTION: "选举",
}


def ballots(people: Sequence[Awaiting]) -> list[Section]:
    """One ballot for each candidate, to be copied as often as there are votes (MTG-06)."""
    return [
        Section(
            _("表决票（%(kind)s）") % {"kind": Motion.Kind(one.kind).label},
            head=("被表决人", *_choices(one.kind)), rows=[(one.name, *("" for _one in _choices(one.kind)))],
            widths=(3, *(2 for _one in _choices(one.kind))),
            notes=[_("在一栏内画“○”，只选一栏；多选、不选、写姓名的为废票。每票只涉及一人。")],
        )
        for one in people
    ]  # fmt: skip


def _choices(kind: str) -> tuple[str, ...]:
    return ("赞成", "反对", "弃权") if kind != Motion.Kind.CONFIRMATION else ("赞成所提意见", "反对", "弃权")


def blank_tallies(people: Sequence[Awaiting], due: int, kind: str) -> list[Section]:
    """One empty tally sheet for each candidate, with what is needed."""
    return [
        Section(
            f"{Motion.Kind(one.kind).label}：{one.name}", head=_TALLY, widths=(4, 2, 4, 2),
            rows=[
                ("应到会有表决权人数", str(due), "实到", ""), ("发出表决票", "", "收回表决票", ""), ("赞成", "", "反对", ""),
                ("弃权", "", "废票", ""), ("会前书面赞成", "", "会前书面反对、弃权", ""),
            ],
            notes=[_needed(measure_of(one.kind, kind), due), _signed("")],
        )
        for one in people
    ]  # fmt: skip


def _needed(measure: Measure, due: int) -> str:
    return _("实到至少 %(quorum)s 人有效，赞成至少 %(majority)s 票通过；两项都以应到会人数为准。") % {
        "quorum": quorum(measure, due), "majority": majority(due),
    }  # fmt: skip


def _signed(tellers: str) -> str:
    return _("监票人、计票人：%(names)s") % {"names": tellers or SIGNED * 2}


def roll(page: MeetingPage) -> list[Section]:
    """Who was due and came."""
    rows = [
        (str(place), one.face.name, _("有") if one.is_due else _("无"), _("到会") if one.is_present else _("未到会"), one.why)
        for place, one in enumerate(page.came, start=1)
    ]  # fmt: skip
    said = _("应到会有表决权的 %(due)s 人，实到 %(present)s 人。") % {"due": page.due, "present": page.present}
    return [Section(said, head=("序号", "姓名", "表决权", "到会", "说明"), rows=rows, widths=(1, 3, 2, 2, 6))]


def tallies(page: MeetingPage) -> list[Section]:
    """A tally sheet for each ballot, filled in."""
    return [_tally(one) for one in page.voted]


def _tally(one: Voted) -> Section:
    count = one.count
    votes = str(count.present)
    return Section(
        one.label, head=_TALLY, widths=(4, 2, 4, 2),
        rows=[
            ("应到会有表决权人数", str(count.due), "实到", str(count.present)), ("发出表决票", votes, "收回表决票", votes),
            ("赞成", str(count.yes), "反对", str(count.no)), ("弃权", str(count.abstain), "废票", str(count.spoilt)),
            ("会前书面赞成", str(count.written_yes), "会前书面反对、弃权", str(count.written_no + count.written_abstain)),
        ],
        notes=[_needed(one.measure, count.due), _("结果：%(result)s") % {"result": one.result.label}, _signed(one.tellers)],
    )  # fmt: skip


def minutes(page: MeetingPage) -> list[Section]:
    """The minutes: head, who was missing, each vote with its result, the resolution, signatures."""
    record = page.record
    pairs = [
        (_("会议"), page.kind), (_("时间"), on_paper(record.held_on)), (_("地点"), record.place), (_("主持人"), record.chair),
        (_("记录人"), record.recorder),
        (_("到会"), _("应到会有表决权的 %(due)s 人，实到 %(present)s 人") % {"due": page.due, "present": page.present}),
        (_("未到会"), _missing(page) or _("无")), (_("列席"), "、".join(one.face.name for one in page.guests) or _("无")),
    ]  # fmt: skip
    if record.document:
        pairs.append((_("文号"), record.document))
    return [
        Section(pairs=pairs),
        Section(_("会议议程"), paragraphs=record.agenda.splitlines()),
        *(_minute(one) for one in page.voted),
        *([Section(_("会议决议"), paragraphs=record.resolution.splitlines())] if record.resolution else []),
        Section(paragraphs=[_("主持人签字：%(line)s　　记录人签字：%(line)s") % {"line": SIGNED}]),
    ]


def _missing(page: MeetingPage) -> str:
    return "、".join(f"{one.face.name}（{one.why}）" if one.why else one.face.name for one in page.absent)


def _minute(one: Voted) -> Section:
    how = _("无记名投票") if one.is_secret else _("逐人表决") if one.named else _("表决")
    lines = [f"{how}：{one.said}。", _("结果：%(result)s。") % {"result": one.result.label}]
    if one.decided:
        lines.insert(0, _("提请表决：%(what)s。") % {"what": one.decided})
    if one.resolution and one.resolution != one.result.label:
        lines.append(_("决议：%(text)s") % {"text": one.resolution})
    return Section(
        one.label, paragraphs=lines, head=("委员", "意见") if one.named else (),
        rows=[(face.name, choice) for face, choice in one.named], widths=(1, 1) if one.named else (),
        notes=[_signed(one.tellers)] if one.tellers else (),
    )  # fmt: skip


def heading(name: str, unit: str, on: date) -> str:
    """The name of the file without its ending."""
    return f"{unit}{name}（{on_paper(on)}）"
