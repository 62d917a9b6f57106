"""What a case's page says beside its steps: the five gates, notices, rounds, reviews, and the way out where one keeps a step shut.

Must not know: templates; which answer a department gave.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext as _

from yumiao.access.permissions import Permission
from yumiao.admission.course import State
from yumiao.admission.five_gates import FiveGate, gates_of
from yumiao.admission.five_gates import State as GateState
from yumiao.admission.gate_rules import points_asked
from yumiao.admission.gates import Round, review_at
from yumiao.admission.models import JointReview
from yumiao.admission.path import Step
from yumiao.admission.review_rules import LEVELS
from yumiao.desk.dossier.recording import need_of
from yumiao.desk.dossier.seeing import Seen
from yumiao.desk.reviews.reviewing import NEEDS
from yumiao.kernel.periods import on_paper
from yumiao.publicity.models import Notice
from yumiao.ui.addresses import reverse

P = Permission
TONES: Final = {
    GateState.PASSED: "ok", GateState.UNDER_WAY: "guide", GateState.HELD_UP: "floor", GateState.NOT_YET: "na", GateState.NOT_ASKED: "na",
}  # fmt: skip
_NOTICES: Final = frozenset({"PUB-1", "PUB-2", "PUB-3"})
_ROUNDS: Final = frozenset({"DEV-27", "REV-10", "REV-13", "REV-14", "REV-16"})


@dataclass(frozen=True, slots=True)
class WayOut:
    """A step that something beside the case keeps shut: what, by which rule, and what to do; `url` for whoever may do it.

    `late`: the form of the step for whoever may record it: what was done on paper long ago is entered all the same.
    """

    step: str
    said: str
    rule: str
    label: str
    url: str | None
    late: str | None


def gate_lines(seen: Seen) -> list[tuple[FiveGate, str]]:
    """The five gates, each with the kind of state."""
    return [(one, TONES[one.state]) for one in gates_of(seen.read.file, seen.ground)]


def ways_out(seen: Seen) -> list[WayOut]:
    """What to do about steps whose steps before them are held and which are shut all the same."""
    found = []
    for ahead in seen.course.steps:
        if ahead.state is State.LATER and not ahead.missing and ahead.rule is not None and ahead.held_by:
            label, url = _leading(seen, ahead.step.number, ahead.rule.id)
            if label:
                found.append(
                    WayOut(ahead.step.label, ahead.held_by, ahead.rule.id, label, url, _late(seen, ahead.step))
                )
    return found


def _late(seen: Seen, step: Step) -> str | None:
    return reverse("case_step", args=[seen.uid, step.number]) if seen.may(need_of(step)) else None


def _leading(seen: Seen, step: int, rule: str) -> tuple[str, str | None]:
    if rule in _NOTICES:
        url = (
            f"{reverse('notice_new')}?case={seen.uid}&unit={seen.unit.code}"
            if seen.unit and seen.may(P.NOTICE_POST)
            else None
        )
        return _("发布公示"), url
    if rule == "PUB-4":
        return _("查看异议、举报"), reverse("objections") if seen.may(P.OBJECTION_RECEIVE) else None
    if rule in _ROUNDS:
        return _("由县委组织部送部门联审"), reverse("joint_reviews") if seen.may(P.JOINT_SEND) else None
    if rule in ("REV-20", "REV-21"):
        return _review(seen, step)
    return "", None


def _review(seen: Seen, step: int) -> tuple[str, str | None]:
    """The first review that is missing before a step."""
    for point in points_asked(seen.read.file, step, seen.ground):
        made = review_at(seen.read.file.reviews, point)
        if made is None or not made.is_approved:
            level = {"village": _("村级审查"), "township": _("乡镇审查"), "county": _("县级审查")}[LEVELS[point]]
            url = reverse("review", args=[seen.uid, point]) if seen.may(NEEDS[LEVELS[point]]) else None
            return level, url
    return _("重新审查"), None


def round_lines(rounds: Sequence[Round], months: int) -> list[tuple[str, str, str]]:
    """(which round, how it stands, kind of state) of every batch; never which answer was given."""
    return [(str(JointReview.Round(one.round).label), *_round(one, months)) for one in rounds]


def _round(one: Round, months: int) -> tuple[str, str]:
    if one.missing:
        said = _("%(sent)s送出，%(done)s / %(whole)s 个部门已答复，期限%(due)s") % {
            "sent": on_paper(one.sent_on), "done": one.bodies - one.missing, "whole": one.bodies, "due": on_paper(one.due_on),
        }  # fmt: skip
        return said, "guide"
    closed, until = one.closed_on, one.valid_until(months)
    if closed is None or until is None:
        return _("全部答复，待作出结论"), "warn"
    if not one.is_passed:
        return _("%(day)s办结：暂缓或者停止办理") % {"day": on_paper(closed)}, "floor"
    return _("%(day)s办结，有效至%(until)s") % {"day": on_paper(closed), "until": on_paper(until)}, "ok"


def notice_lines(seen: Seen) -> list[tuple[str, str, str, str]]:
    """(kind, window, kind of state, address) of every notice about the person for this case."""
    found = []
    for one in seen.read.file.notices:
        is_over = seen.reader.today > one.closes_on
        said = _("%(first)s至%(last)s") % {"first": on_paper(one.posted_on), "last": on_paper(one.closes_on)}
        found.append(
            (str(Notice.Kind(one.kind).label), said, "ok" if is_over else "guide", reverse("notice", args=[one.uid]))
        )
    return found
