"""Entries about cases, meetings, papers, letters and forms in words: one sentence a verb, no names. Must not know: requests, templates."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Final

from django.utils.translation import gettext as _

from yumiao.admission.editions import edition_of
from yumiao.admission.models import FormVoid, InquiryEvent
from yumiao.admission.path_2014 import EDITION_2014
from yumiao.desk.journal.names import Data
from yumiao.desk.journal.review_words import REVIEW_SAYING
from yumiao.journal.models import Entry
from yumiao.journal.verbs import Verb
from yumiao.kernel.periods import on_paper
from yumiao.meetings.models import Exclusion
from yumiao.people.models import Tie
from yumiao.units.queries import Tree

STEPS: Final = EDITION_2014.by_number  # names of steps are those of every edition


def _day(text: object) -> str:
    return on_paper(date.fromisoformat(str(text)))


def _step(_entry: Entry, data: Data, _tree: Tree) -> str:
    return _("%(step)s，%(day)s") % {"step": STEPS[data["step"]].label, "day": _day(data["on"])}


def _case_on(_entry: Entry, data: Data, _tree: Tree) -> str:
    return _day(data["on"])


def _returned(_entry: Entry, data: Data, _tree: Tree) -> str:
    words = {"step": STEPS[data["step"]].label, "count": len(data["steps"])}
    return _("退回到%(step)s，收回 %(count)s 个步骤的记录") % words


def _exempted(_entry: Entry, data: Data, _tree: Tree) -> str:
    said = _("%(step)s，规则 %(rule)s") % {"step": STEPS[data["step"]].label, "rule": data["rule"]}
    return said + (_("，批准人 %(by)s") % {"by": data["by"]} if "by" in data else "")


def _meeting(_entry: Entry, data: Data, _tree: Tree) -> str:
    said = _("%(day)s的会议") % {"day": _day(data["on"])}
    return said + (_("，表决 %(count)s 项") % {"count": data["motions"]} if data.get("motions") else "")


def _excluded(_entry: Entry, data: Data, _tree: Tree) -> str:
    return str(Exclusion.Ground(data["ground"]).label) if "ground" in data else ""


def _inquiry(_entry: Entry, data: Data, _tree: Tree) -> str:
    if data.get("what") == "finding":
        return _("补记回函结论")
    said = str(InquiryEvent.What(data["what"]).label) + _("，") if "what" in data else ""
    return said + _day(data["on"])


def _forms(_entry: Entry, data: Data, _tree: Tree) -> str:
    if "count" in data:
        return _("%(count)s 份，%(day)s") % {"count": data["count"], "day": _day(data["on"])}
    return f"{FormVoid.Why(data['why']).label}{_('，')}{_day(data['on'])}" if "why" in data else ""


def _helpers(_entry: Entry, data: Data, _tree: Tree) -> str:
    words = {"kind": Tie.Kind(data["kind"]).label, "count": data["count"], "day": _day(data["on"])}
    return _("%(kind)s %(count)s 人，自%(day)s起") % words


def _edition(_entry: Entry, data: Data, _tree: Tree) -> str:
    words = {"title": edition_of(data["edition"]).title, "day": _day(data["since"]), "paper": data["paper"]}
    return _("%(title)s，新开始的自%(day)s起按此办理，依据 %(paper)s") % words


def _moved_cases(_entry: Entry, data: Data, _tree: Tree) -> str:
    words = {"title": edition_of(data["edition"]).title, "count": data["cases"], "blocked": data["blocked"]}
    return _("%(count)s 件转换到%(title)s，其中 %(blocked)s 件的下一步变为不能办理") % words


def _together(_entry: Entry, data: Data, _tree: Tree) -> str:
    words = {"step": STEPS[data["step"]].label, "day": _day(data["on"]), "count": data["count"]}
    return _("%(step)s，%(day)s，%(count)s 人") % words


def _case_paper(_entry: Entry, data: Data, _tree: Tree) -> str:
    if "slot" not in data:
        return ""
    slots = edition_of("").slots
    title = slots[data["slot"]].title if data["slot"] in slots else ""
    return _("%(code)s %(title)s，%(step)s") % {"code": data["slot"], "title": title, "step": STEPS[data["step"]].label}


CASE_SAYING: Final[Mapping[Verb, Callable[[Entry, Data, Tree], str]]] = {
    Verb.CASE_OPENED: _step,
    Verb.STEP_RECORDED: _step,
    Verb.STEP_PROPOSED: _step,
    Verb.STEP_CONFIRMED: _step,
    Verb.STEP_REFUSED: _step,
    Verb.CASE_RETURNED: _returned,
    Verb.CASE_RESTED: _case_on,
    Verb.CASE_RESUMED: _case_on,
    Verb.EXEMPTION_GRANTED: _exempted,
    Verb.EXEMPTION_WITHDRAWN: _exempted,
    Verb.EDITION_INTRODUCED: _edition,
    Verb.CASES_MOVED: _moved_cases,
    Verb.HELPERS_CHANGED: _helpers,
    Verb.TRAINING_RECORDED: _together,
    Verb.INSPECTIONS_RECORDED: _together,
    Verb.MEETING_RECORDED: _meeting,
    Verb.MEETING_TAKEN_BACK: _meeting,
    Verb.EXCLUSION_RECORDED: _excluded,
    Verb.EXCLUSION_ENDED: _excluded,
    Verb.PAPER_ADDED: _case_paper,
    Verb.PAPER_SUPPLEMENTED: _case_paper,
    Verb.PAPER_CHECKED: _case_paper,
    Verb.PAPER_WITHDRAWN: _case_paper,
    Verb.INQUIRY_SENT: _inquiry,
    Verb.INQUIRY_FOLLOWED: _inquiry,
    Verb.FORMS_HANDED: _forms,
    Verb.FORMS_TAKEN_BACK: _forms,
    Verb.FORM_VOIDED: _forms,
    Verb.FORM_VOID_WITHDRAWN: _forms,
    **REVIEW_SAYING,
}
