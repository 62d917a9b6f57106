"""Admission cases and their steps. No status and no current step is stored: both follow from the records.

What is said of a step beside its day stands in `StepDetail`: the digests of `StepRecord` stand in every chain since the first release.
"""

from __future__ import annotations

import uuid

from django.db import models

from yumiao.admission.joint_models import (
    BodySeat,
    JointConclusion,
    JointReview,
    JointReviewAnswer,
    JointReviewBody,
    JointReviewCase,
    JointReviewEvent,
    JointReviewRecord,
)
from yumiao.admission.paper_models import (
    FormRange,
    FormUse,
    FormVoid,
    Inquiry,
    InquiryEvent,
    PaperCheck,
    StepPaper,
)
from yumiao.admission.path import Outcome
from yumiao.admission.review_models import (
    CaseFinding,
    CaseGrant,
    CaseNotice,
    CaseObjection,
    FileAudit,
    FileAuditRecord,
    Handover,
    Package,
    PeerOpinion,
    Recognition,
    Relative,
    Review,
    SampledCase,
)
from yumiao.journal.facts import LIVE, LIVE_OPEN, Fact, Identity, Lasting, Timeline
from yumiao.meetings.models import Motion
from yumiao.people.models import Person

__all__ = [
    "BodySeat", "Case", "CaseEdition", "CaseEnd", "CaseFinding", "CaseGrant", "CaseNotice", "CaseObjection", "CaseRest", "CaseReturn",
    "EditionUse", "Exemption", "FileAudit", "FileAuditRecord", "FormRange", "FormUse", "FormVoid", "Handover", "Inquiry", "InquiryEvent",
    "JointConclusion", "JointReview", "JointReviewAnswer", "JointReviewBody", "JointReviewCase", "JointReviewEvent", "JointReviewRecord",
    "LateEntry", "Package", "PaperCheck", "PeerOpinion", "Recognition", "Relative", "Review", "SampledCase", "StepDetail", "StepMotion",
    "StepPaper", "StepRecord",
]  # fmt: skip


class Case(Identity):
    """One person's way from application to archive. Imported cases begin with steps 1, 3 and 8."""

    class Origin(models.TextChoices):
        ENTERED = "entered", "系统内登记"
        IMPORTED = "imported", "导入"

    uid = models.UUIDField(unique=True, default=uuid.uuid4)
    person = models.ForeignKey(Person, models.PROTECT, related_name="cases", db_index=False)
    origin = models.CharField(max_length=8, choices=Origin.choices)

    class Meta:
        indexes = [models.Index(fields=["person"], name="case_person")]


class CaseEnd(Fact):
    """A case came to its end; struck when it is opened again."""

    class How(models.TextChoices):
        ADMITTED = "admitted", "已入党"
        WITHDRAWN = "application_withdrawn", "撤回申请"
        STOPPED = "cultivation_stopped", "停止培养"
        DECEASED = "deceased", "去世"
        TRANSFERRED = "transferred_out", "材料转出县外"
        CANCELLED = "probation_cancelled", "取消预备党员资格"
        NOT_RECOGNISED = "not_recognised", "不予承认"

    case = models.ForeignKey(Case, models.PROTECT, related_name="ends", db_index=False)
    ended_on = models.DateField()
    how = models.CharField(max_length=30, choices=How.choices)

    class Meta(Fact.Meta):
        constraints = [
            *Fact.Meta.constraints,
            models.UniqueConstraint(fields=["case"], condition=LIVE, name="one_live_end_a_case"),
        ]


class CaseEdition(Fact):
    """Under which edition of the path a case is judged; a case without a row, from before there were editions, under the first."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="editions", db_index=False)
    edition = models.CharField(max_length=20)

    class Meta(Fact.Meta):
        constraints = [
            *Fact.Meta.constraints,
            models.UniqueConstraint(fields=["case"], condition=LIVE, name="one_live_edition_a_case"),
        ]
        indexes = [
            *Fact.Meta.indexes,
            models.Index(fields=["edition", "case"], condition=LIVE, name="caseedition_edition"),
        ]


class EditionUse(Lasting):
    """Which edition new cases begin under, by a county paper."""

    timeline = Timeline(by=("kind",))

    kind = models.CharField(max_length=10, default="new")
    edition = models.CharField(max_length=20)
    paper_uid = models.UUIDField()
    reason = models.CharField(max_length=200)


class StepRecord(Fact):
    """One of the 25 steps as held; `occurrence` counts what repeats (half-yearly inspections)."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="steps", db_index=False)
    step = models.SmallIntegerField()
    occurrence = models.SmallIntegerField(default=1)
    held_on = models.DateField()

    class Meta(Fact.Meta):
        constraints = [
            *Fact.Meta.constraints,
            models.UniqueConstraint(
                fields=["case", "step", "occurrence"], condition=LIVE, name="one_live_record_a_step"
            ),
            models.CheckConstraint(condition=models.Q(step__gte=1, step__lte=25), name="steprecord_of_25"),
        ]
        indexes = [
            *Fact.Meta.indexes,
            models.Index(fields=["case", "step", "held_on", "struck"], condition=LIVE, name="steprecord_lines"),
        ]


class StepDetail(Fact):
    """What is said of a step beside its day. `reason` answers a warning; `is_late`: a second person confirmed it; by (case, step, occurrence)."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="details", db_index=False)
    step = models.SmallIntegerField()
    occurrence = models.SmallIntegerField(default=1)
    outcome = models.CharField(max_length=10, blank=True, choices=[(one.value, one.label) for one in Outcome])
    document = models.CharField(max_length=60, blank=True)
    place = models.CharField(max_length=100, blank=True)
    people = models.CharField(max_length=200, blank=True)
    note = models.CharField(max_length=2000, blank=True)
    days = models.SmallIntegerField(null=True)
    hours = models.DecimalField(max_digits=5, decimal_places=1, null=True)
    months = models.SmallIntegerField(default=0)
    reason = models.CharField(max_length=200, blank=True)
    is_late = models.BooleanField(default=False)
    is_imported = models.BooleanField(default=False)

    class Meta(Fact.Meta):
        constraints = [
            *Fact.Meta.constraints,
            models.UniqueConstraint(
                fields=["case", "step", "occurrence"], condition=LIVE, name="one_live_detail_a_step"
            ),
        ]
        indexes = [
            *Fact.Meta.indexes,
            # what did not pass is little; the lines leave it out, as known now and as known then
            models.Index(
                fields=["case", "step", "occurrence", "entered", "struck"],
                condition=models.Q(outcome="failed"),
                name="stepdetail_failed",
            ),
        ]


class StepMotion(Fact):
    """On which ballot of a meeting a step rests."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="motions", db_index=False)
    step = models.SmallIntegerField()
    occurrence = models.SmallIntegerField(default=1)
    motion = models.ForeignKey(Motion, models.PROTECT, related_name="steps", db_index=False)

    class Meta(Fact.Meta):
        constraints = [
            *Fact.Meta.constraints,
            models.UniqueConstraint(
                fields=["case", "step", "occurrence"], condition=LIVE, name="one_live_motion_a_step"
            ),
            models.UniqueConstraint(fields=["motion"], condition=LIVE, name="one_step_a_motion"),
        ]


class LateEntry(Fact):
    """A step written down more than thirty days after it was held: it counts for nothing until a second person confirms it (DEV-22).

    `said`: what the form said, as canonical JSON of `late_entries.Said`. Struck when it is confirmed or refused.
    """

    uid = models.UUIDField(default=uuid.uuid4)
    case = models.ForeignKey(Case, models.PROTECT, related_name="late_entries", db_index=False)
    step = models.SmallIntegerField()
    occurrence = models.SmallIntegerField(default=1)
    held_on = models.DateField()
    said = models.TextField()
    reason = models.CharField(max_length=200)

    class Meta(Fact.Meta):
        constraints = [
            *Fact.Meta.constraints,
            models.UniqueConstraint(fields=["uid"], condition=LIVE, name="one_live_late_entry_a_uid"),
            models.UniqueConstraint(
                fields=["case", "step", "occurrence"], condition=LIVE, name="one_late_entry_a_step"
            ),
        ]


class CaseReturn(Fact):
    """A case went back to a step; the records that stood on it were taken back by the same entry."""

    class Why(models.TextChoices):
        MISTAKE = "mistake", "登记错误"
        PAPERS = "papers", "材料不齐或者不实"
        PROCEDURE = "procedure", "程序不符合规定"
        OVERDUE = "overdue", "超过审批期限，重新办理"
        VOTE = "vote", "表决没有通过，继续培养考察"
        OTHER = "other", "其他"

    case = models.ForeignKey(Case, models.PROTECT, related_name="returns", db_index=False)
    step = models.SmallIntegerField()
    returned_on = models.DateField()
    why = models.CharField(max_length=10, choices=Why.choices)
    reason = models.CharField(max_length=200)

    class Meta(Fact.Meta):
        indexes = [*Fact.Meta.indexes, models.Index(fields=["case"], condition=LIVE, name="casereturn_case")]


class CaseRest(Lasting):
    """A case lies still for a time; `counts`: whether that time counts as cultivation, as people decided."""

    timeline = Timeline(by=("case",))

    case = models.ForeignKey(Case, models.PROTECT, related_name="rests", db_index=False)
    counts = models.BooleanField()
    reason = models.CharField(max_length=200)

    class Meta(Lasting.Meta):
        constraints = [
            *Lasting.Meta.constraints,
            models.UniqueConstraint(fields=["case"], condition=LIVE_OPEN, name="one_open_rest_a_case"),
        ]


class Exemption(Fact):
    """One rule lifted for one step of one case, by a named person or body with a reason."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="exemptions", db_index=False)
    step = models.SmallIntegerField()
    rule = models.CharField(max_length=12)
    granted_on = models.DateField()
    granted_by = models.CharField(max_length=60)
    document = models.CharField(max_length=60, blank=True)
    reason = models.CharField(max_length=200)

    class Meta(Fact.Meta):
        constraints = [
            *Fact.Meta.constraints,
            models.UniqueConstraint(fields=["case", "step", "rule"], condition=LIVE, name="one_live_exemption_a_rule"),
        ]
