"""Tables around the papers of a case: what lies in which slot, letters out and in, numbers of admission forms.

`admission.models` takes them in; they must not know it, so cases are named by word.
"""

from __future__ import annotations

import uuid

from django.db import models

from yumiao.files.models import Scan
from yumiao.journal.facts import LIVE, Fact, Identity
from yumiao.units.models import Unit


class StepPaper(Identity):
    """A scan lies in a slot of a case, for a step. A supplement stands beside what it supplements and bears its own true date."""

    uid = models.UUIDField(unique=True, default=uuid.uuid4)
    case = models.ForeignKey("admission.Case", models.PROTECT, related_name="papers", db_index=False)
    step = models.SmallIntegerField()
    occurrence = models.SmallIntegerField(default=1)
    slot = models.CharField(max_length=3)
    scan = models.ForeignKey(Scan, models.PROTECT, related_name="step_papers", db_index=False)
    supplements = models.ForeignKey("self", models.PROTECT, related_name="supplements_of", null=True, db_index=False)

    class Meta:
        indexes = [
            models.Index(fields=["case", "slot"], name="steppaper_case"),
            models.Index(fields=["scan"], name="steppaper_scan"),
        ]


class PaperCheck(Fact):
    """What a paper is and how it was found: the checklist of domain 5. Struck and written anew when it is checked again; struck alone when it is withdrawn.

    `explanation`: the 情况说明 of a supplement.
    """

    paper = models.ForeignKey(StepPaper, models.PROTECT, related_name="checks", db_index=False)
    title = models.CharField(max_length=100)
    dated_on = models.DateField(null=True)
    is_signed = models.BooleanField()
    is_stamped = models.BooleanField()
    is_dated = models.BooleanField()
    is_legible = models.BooleanField()
    is_of_person = models.BooleanField()
    explanation = models.CharField(max_length=500, blank=True)

    class Meta(Fact.Meta):
        constraints = [
            *Fact.Meta.constraints,
            models.UniqueConstraint(fields=["paper"], condition=LIVE, name="one_live_check_a_paper"),
        ]


class Inquiry(Identity):
    """A letter of the political review: 函调 by post or 外调 by visit, to a place about somebody near the person. Its number is never given twice."""

    class Kind(models.TextChoices):
        LETTER = "letter", "函调"
        VISIT = "visit", "外调"

    class About(models.TextChoices):
        SELF = "self", "本人（户籍地）"
        RESIDENCE = "residence", "本人（现居住地）"
        EMPLOYER = "employer", "本人（工作单位）"
        FAMILY = "family", "直系亲属"
        RELATION = "relation", "关系密切的主要社会关系"

    uid = models.UUIDField(unique=True, default=uuid.uuid4)
    case = models.ForeignKey("admission.Case", models.PROTECT, related_name="inquiries", db_index=False)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    about = models.CharField(max_length=10, choices=About.choices)
    addressee = models.CharField(max_length=100)
    issuer = models.ForeignKey(Unit, models.PROTECT, related_name="+", db_index=False)
    year = models.SmallIntegerField()
    serial = models.IntegerField()
    sent_on = models.DateField()
    due_on = models.DateField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["issuer", "year", "serial"], name="one_inquiry_a_letter")]
        indexes = [models.Index(fields=["case"], name="inquiry_case")]


class InquiryEvent(Fact):
    """What became of a letter on a day: reminded, answered, came back unanswered, withdrawn. `finding` says no more than the outcome."""

    class What(models.TextChoices):
        REMINDED = "reminded", "已催办"
        ANSWERED = "answered", "已回函"
        UNDELIVERED = "undelivered", "退回未达"
        WITHDRAWN = "withdrawn", "已作废"

    class Finding(models.TextChoices):
        CLEAR = "clear", "未发现问题"
        CONCERN = "concern", "有需要说明的情况"
        UNKNOWN = "unknown", "不掌握"

    inquiry = models.ForeignKey(Inquiry, models.PROTECT, related_name="events", db_index=False)
    what = models.CharField(max_length=12, choices=What.choices)
    happened_on = models.DateField()
    finding = models.CharField(max_length=10, blank=True, choices=Finding.choices)
    note = models.CharField(max_length=200, blank=True)

    class Meta(Fact.Meta):
        indexes = [*Fact.Meta.indexes, models.Index(fields=["inquiry"], condition=LIVE, name="inquiryevent_inquiry")]


class FormRange(Fact):
    """Numbers of 入党志愿书 handed to a township: from `first` to `last`, all with the same beginning, printed with as many digits."""

    uid = models.UUIDField(default=uuid.uuid4)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="form_ranges", db_index=False)
    prefix = models.CharField(max_length=12, blank=True)
    first = models.IntegerField()
    last = models.IntegerField()
    digits = models.SmallIntegerField(default=0)
    handed_on = models.DateField()
    note = models.CharField(max_length=200, blank=True)

    class Meta(Fact.Meta):
        constraints = [
            *Fact.Meta.constraints,
            models.CheckConstraint(
                condition=models.Q(first__gte=1, last__gte=models.F("first")), name="formrange_in_order"
            ),
            models.UniqueConstraint(fields=["uid"], condition=LIVE, name="one_live_range_a_uid"),
        ]
        indexes = [*Fact.Meta.indexes, models.Index(fields=["unit"], condition=LIVE, name="formrange_unit")]


class FormUse(Fact):
    """A form was given to somebody, at step 14."""

    case = models.ForeignKey("admission.Case", models.PROTECT, related_name="forms", db_index=False)
    prefix = models.CharField(max_length=12, blank=True)
    number = models.IntegerField()
    given_on = models.DateField()

    class Meta(Fact.Meta):
        constraints = [
            *Fact.Meta.constraints,
            models.UniqueConstraint(fields=["prefix", "number"], condition=LIVE, name="one_use_a_form"),
            models.UniqueConstraint(fields=["case"], condition=LIVE, name="one_form_a_case"),
        ]


class FormVoid(Fact):
    """A form was spoilt, lost or given back, with the reason."""

    class Why(models.TextChoices):
        SPOILT = "spoilt", "填写错误"
        DAMAGED = "damaged", "污损"
        LOST = "lost", "遗失"
        RETURNED = "returned", "交回未用"

    prefix = models.CharField(max_length=12, blank=True)
    number = models.IntegerField()
    voided_on = models.DateField()
    why = models.CharField(max_length=10, choices=Why.choices)
    reason = models.CharField(max_length=200)
    case = models.ForeignKey("admission.Case", models.PROTECT, related_name="void_forms", null=True, db_index=False)

    class Meta(Fact.Meta):
        constraints = [
            *Fact.Meta.constraints,
            models.UniqueConstraint(fields=["prefix", "number"], condition=LIVE, name="one_void_a_form"),
        ]
