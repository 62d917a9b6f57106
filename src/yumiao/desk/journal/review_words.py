"""Entries about publicity, joint review, reviews, findings, old files, grants and packages in words: one sentence a verb, no names.

Must not know: requests, templates.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Final

from django.utils.translation import gettext as _

from yumiao.access.sections import Section
from yumiao.admission.models import JointReview, Recognition, Review
from yumiao.desk.journal.names import Data
from yumiao.journal.models import Entry
from yumiao.journal.verbs import Verb
from yumiao.kernel.periods import on_paper
from yumiao.oversight.models import FindingRecord, OrderEvent
from yumiao.publicity.models import Notice, ObjectionConclusion, ObjectionRecord
from yumiao.units.queries import Tree


def _plain(_entry: Entry, data: Data, _tree: Tree) -> str:
    """What every entry here may carry: the kind, the round, the point, what happened, how many, which day."""
    said = [str(label(data[key])) for key, label in _LABELS.items() if key in data]
    if "count" in data:
        said.append(_("%(count)s 人") % {"count": data["count"]})
    if "on" in data:
        said.append(on_paper(date.fromisoformat(str(data["on"]))))
    if "until" in data:
        said.append(_("截至%(day)s") % {"day": on_paper(date.fromisoformat(str(data["until"])))})
    return _("，").join(said)


_LABELS: Final[Mapping[str, Callable[[str], str]]] = {
    "notice_kind": lambda value: str(Notice.Kind(value).label),
    "channel": lambda value: str(ObjectionRecord.Channel(value).label),
    "objection_outcome": lambda value: str(ObjectionConclusion.Outcome(value).label),
    "objection_effect": lambda value: str(ObjectionConclusion.Effect(value).label),
    "round": lambda value: str(JointReview.Round(value).label),
    "point": lambda value: str(Review.Point(value).label),
    "review_outcome": lambda value: str(Review.Outcome(value).label),
    "grade": lambda value: str(FindingRecord.Grade(value).label),
    "order_what": lambda value: str(OrderEvent.What(value).label),
    "decision": lambda value: str(Recognition.Decision(value).label),
    "section": lambda value: Section(value).label,
}
"""Keys of an entry's data, each with the words for its value; verbs of this file use these keys alone, `count`, `on` and `until`, and uids."""

_VERBS: Final = (
    Verb.NOTICE_POSTED, Verb.NOTICE_RESTARTED, Verb.NOTICE_TAKEN_BACK, Verb.NOTICE_PHOTOGRAPHED, Verb.OBJECTION_RECEIVED,
    Verb.INVESTIGATOR_NAMED, Verb.OBJECTION_CONCLUDED, Verb.OBJECTION_TAKEN_BACK, Verb.JOINT_REVIEW_SENT, Verb.JOINT_REVIEW_TAKEN_BACK,
    Verb.JOINT_REVIEW_ANSWERED, Verb.JOINT_REVIEW_FOLLOWED, Verb.JOINT_REVIEW_CONCLUDED, Verb.SEAT_GIVEN, Verb.SEAT_ENDED, Verb.CASE_REVIEWED,
    Verb.SAMPLE_DRAWN, Verb.PEER_OPINION_GIVEN, Verb.FINDING_RECORDED, Verb.FINDING_TAKEN_BACK, Verb.ORDER_ISSUED, Verb.ORDER_EXTENDED,
    Verb.ORDER_FOLLOWED, Verb.ORDER_TAKEN_BACK, Verb.ORDER_PAPER_ADDED, Verb.REFERRED, Verb.REFERRAL_CLOSED, Verb.FILE_AUDITED, Verb.FILE_AUDIT_TAKEN_BACK,
    Verb.MEMBERSHIP_RECOGNISED, Verb.ADMISSION_NOT_RECOGNISED, Verb.SECTION_GRANTED, Verb.SECTION_GRANT_ENDED,
    Verb.SECTION_OPENED_IN_EMERGENCY, Verb.RELATIVES_RECORDED, Verb.PACKAGE_MADE, Verb.FILE_HANDED_OVER, Verb.HANDOVER_TAKEN_BACK,
)  # fmt: skip
REVIEW_SAYING: Final[Mapping[Verb, Callable[[Entry, Data, Tree], str]]] = dict.fromkeys(_VERBS, _plain)
