"""Tables of joint review by departments (部门联审): batches, bodies, who is asked about, answers, conclusions, who answers for a body.

`admission.models` takes them in; they must not know it, so cases are named by word.
"""

from __future__ import annotations

import uuid

from django.db import models

from yumiao.access.models import Account
from yumiao.journal.facts import LIVE, LIVE_OPEN, Fact, Identity, Lasting, Timeline


class JointReview(Identity):
    """One batch of 部门联审: one letter of the county's organisation department to several bodies about many people (REV-10, REV-11)."""

    class Round(models.TextChoices):
        ACTIVIST = "activist", "入党积极分子联审"
        TARGET = "target", "发展对象联审"

    uid = models.UUIDField(unique=True, default=uuid.uuid4)
    round = models.CharField(max_length=10, choices=Round.choices)
    year = models.SmallIntegerField()
    serial = models.IntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["year", "serial"], name="one_joint_review_a_number")]


class JointReviewRecord(Fact):
    """When a batch was sent and until when it is to be answered; a batch without a live row was taken back."""

    review = models.ForeignKey(JointReview, models.PROTECT, related_name="records", db_index=False)
    sent_on = models.DateField()
    due_on = models.DateField()
    note = models.CharField(max_length=200, blank=True)

    class Meta(Fact.Meta):
        constraints = [
            *Fact.Meta.constraints,
            models.UniqueConstraint(fields=["review"], condition=LIVE, name="one_live_record_a_joint_review"),
        ]


class JointReviewBody(Identity):
    """A body that a batch was sent to. `is_offline`: it works in an encrypted workbook, not on the page."""

    uid = models.UUIDField(unique=True, default=uuid.uuid4)
    review = models.ForeignKey(JointReview, models.PROTECT, related_name="bodies", db_index=False)
    body = models.CharField(max_length=20)
    is_offline = models.BooleanField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["review", "body"], name="one_body_a_joint_review")]
        indexes = [models.Index(fields=["body"], name="jointreviewbody_body")]


class JointReviewCase(Identity):
    """A case that a batch asks about. `position`: its row in the list, from 1."""

    uid = models.UUIDField(unique=True, default=uuid.uuid4)
    review = models.ForeignKey(JointReview, models.PROTECT, related_name="cases", db_index=False)
    case = models.ForeignKey("admission.Case", models.PROTECT, related_name="joint_reviews", db_index=False)
    position = models.IntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["review", "case"], name="one_case_a_joint_review")]
        indexes = [models.Index(fields=["case"], name="jointreviewcase_case")]


class JointReviewAnswer(Fact):
    """What a body answers about one person. `cell`: sealed JSON with text and reference, of an answer that says more than its outcome."""

    class Answer(models.TextChoices):
        CLEAR = "no_adverse_record", "未发现不良记录"
        ADVERSE = "adverse_record", "有不良记录"
        UNKNOWN = "cannot_determine", "不掌握情况"

    class Came(models.TextChoices):
        PAGE = "page", "在系统内答复"
        WORKBOOK = "workbook", "以加密工作簿答复"
        PAPER = "paper", "以书面函件答复"

    uid = models.UUIDField(default=uuid.uuid4)
    body = models.ForeignKey(JointReviewBody, models.PROTECT, related_name="answers", db_index=False)
    review_case = models.ForeignKey(JointReviewCase, models.PROTECT, related_name="answers", db_index=False)
    answer = models.CharField(max_length=20, choices=Answer.choices)
    answered_on = models.DateField()
    came = models.CharField(max_length=10, choices=Came.choices)
    cell = models.BinaryField(null=True)
    key_version = models.SmallIntegerField(null=True)

    class Meta(Fact.Meta):
        constraints = [
            *Fact.Meta.constraints,
            models.UniqueConstraint(fields=["body", "review_case"], condition=LIVE, name="one_answer_a_body"),
            models.UniqueConstraint(fields=["uid"], condition=LIVE, name="one_live_answer_a_uid"),
        ]
        indexes = [
            *Fact.Meta.indexes,
            models.Index(
                fields=["review_case", "answer", "answered_on", "struck"], condition=LIVE, name="jointreviewanswer_case"
            ),
        ]


class JointReviewEvent(Fact):
    """What was done about a body that has not answered, on a day."""

    class What(models.TextChoices):
        REMINDED = "reminded", "已催办"
        EXPORTED = "exported", "已导出加密工作簿"
        RETURNED = "returned", "已收回工作簿"

    body = models.ForeignKey(JointReviewBody, models.PROTECT, related_name="events", db_index=False)
    what = models.CharField(max_length=10, choices=What.choices)
    happened_on = models.DateField()
    note = models.CharField(max_length=200, blank=True)

    class Meta(Fact.Meta):
        indexes = [
            *Fact.Meta.indexes,
            models.Index(fields=["body"], condition=LIVE, name="jointreviewevent_body"),
        ]


class JointConclusion(Fact):
    """What a person decided where an answer was not clear (REV-14): never by itself. `cell`: the sealed reason.

    `told_on`: when the person was told the ground; `untold`: why not, where law forbids it.
    """

    class Effect(models.TextChoices):
        CONTINUE = "continue", "继续培养"
        SUSPEND = "suspend", "暂缓办理"
        STOP = "stop", "停止培养"

    review_case = models.ForeignKey(JointReviewCase, models.PROTECT, related_name="conclusions", db_index=False)
    effect = models.CharField(max_length=10, choices=Effect.choices)
    concluded_on = models.DateField()
    cell = models.BinaryField()
    key_version = models.SmallIntegerField()
    told_on = models.DateField(null=True)
    untold = models.CharField(max_length=200, blank=True)

    class Meta(Fact.Meta):
        constraints = [
            *Fact.Meta.constraints,
            models.UniqueConstraint(fields=["review_case"], condition=LIVE, name="one_conclusion_a_review_case"),
        ]


class BodySeat(Lasting):
    """For which body an account answers joint reviews."""

    timeline = Timeline(by=("account", "body"))

    account = models.ForeignKey(Account, models.PROTECT, related_name="seats", db_index=False)
    body = models.CharField(max_length=20)

    class Meta(Lasting.Meta):
        constraints = [
            *Lasting.Meta.constraints,
            models.UniqueConstraint(fields=["account", "body"], condition=LIVE_OPEN, name="one_open_seat_a_body"),
        ]
