"""Notices as they were posted, and objections: what is said against somebody, by whom (sealed), who looks into it, what he concluded.

A notice that was torn down is posted anew: its record is struck and another one written, so both windows stay readable. The app above owns the row
that ties a notice or an objection to what it is about.
"""

from __future__ import annotations

import uuid

from django.db import models

from yumiao.access.models import Account
from yumiao.files.models import Scan
from yumiao.journal.facts import LIVE, LIVE_OPEN, Fact, Identity, Lasting, Timeline
from yumiao.people.models import Person
from yumiao.units.models import Unit


class Notice(Identity):
    """That something was made public by a unit. A notice without a live record was taken back."""

    class Kind(models.TextChoices):
        TARGET = "target", "拟确定发展对象公示"
        ADMISSION = "admission", "拟接收预备党员公示"
        CONFIRMATION = "confirmation", "预备党员拟转正公示"

    uid = models.UUIDField(unique=True, default=uuid.uuid4)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="notices", db_index=False)
    kind = models.CharField(max_length=20, choices=Kind.choices)

    class Meta:
        indexes = [models.Index(fields=["unit"], name="notice_unit")]


class NoticeRecord(Fact):
    """Over which days a notice stood: the day of posting is not counted, the last day ends at its midnight (PUB-1…3).

    `why`: why it was posted anew, of a record that replaces an interrupted one.
    """

    notice = models.ForeignKey(Notice, models.PROTECT, related_name="records", db_index=False)
    posted_on = models.DateField()
    days = models.SmallIntegerField()
    in_working_days = models.BooleanField()
    closes_on = models.DateField()
    place = models.CharField(max_length=100)
    phone = models.CharField(max_length=40)
    receiver = models.CharField(max_length=100)
    is_online = models.BooleanField()
    why = models.CharField(max_length=200, blank=True)

    class Meta(Fact.Meta):
        constraints = [
            *Fact.Meta.constraints,
            models.UniqueConstraint(fields=["notice"], condition=LIVE, name="one_live_record_a_notice"),
            models.CheckConstraint(
                condition=models.Q(closes_on__gt=models.F("posted_on"), days__gte=1), name="noticerecord_in_order"
            ),
        ]
        indexes = [
            *Fact.Meta.indexes,
            models.Index(fields=["closes_on", "notice"], condition=LIVE, name="noticerecord_closing"),
        ]


class NoticePerson(Identity):
    """Somebody a notice names. `said`: what it says of him, as canonical JSON of `publicity.rules.Published`, as it was posted."""

    notice = models.ForeignKey(Notice, models.PROTECT, related_name="people", db_index=False)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", db_index=False)
    said = models.TextField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["notice", "person"], name="one_line_a_person")]
        indexes = [models.Index(fields=["person"], name="noticeperson_person")]


class NoticePhoto(Identity):
    """A photograph of the notice where it hung, on paper or on a screen."""

    notice = models.ForeignKey(Notice, models.PROTECT, related_name="photos", db_index=False)
    scan = models.ForeignKey(Scan, models.PROTECT, related_name="+", db_index=False)

    class Meta:
        indexes = [models.Index(fields=["notice"], name="noticephoto_notice")]


class Objection(Identity):
    """Something said against somebody: during a notice or outside one (信访, 12380). `cell` is sealed: who said it and what, as JSON.

    It opens for whoever looks into it alone (PRV-12). One without a live record was taken back.
    """

    uid = models.UUIDField(unique=True, default=uuid.uuid4)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="objections", db_index=False)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", db_index=False)
    notice = models.ForeignKey(Notice, models.PROTECT, related_name="objections", null=True, db_index=False)
    cell = models.BinaryField()
    key_version = models.SmallIntegerField()

    class Meta:
        indexes = [
            models.Index(fields=["unit"], name="objection_unit"),
            models.Index(fields=["person"], name="objection_person"),
            models.Index(fields=["notice"], name="objection_notice"),
        ]


class ObjectionRecord(Fact):
    """When and by which way an objection came, without anything that says from whom."""

    class Channel(models.TextChoices):
        VISIT = "visit", "来访"
        LETTER = "letter", "来信"
        PHONE = "phone", "来电"
        ONLINE = "online", "网上反映"
        PETITION = "petition", "信访转办"
        HOTLINE = "hotline", "12380 举报"

    objection = models.ForeignKey(Objection, models.PROTECT, related_name="records", db_index=False)
    channel = models.CharField(max_length=10, choices=Channel.choices)
    received_on = models.DateField()

    class Meta(Fact.Meta):
        constraints = [
            *Fact.Meta.constraints,
            models.UniqueConstraint(fields=["objection"], condition=LIVE, name="one_live_record_an_objection"),
        ]


class Investigator(Lasting):
    """Who looks into an objection, until when he is to conclude. Another one follows when he cannot (ill, moved, near the person)."""

    timeline = Timeline(by=("objection",))

    objection = models.ForeignKey(Objection, models.PROTECT, related_name="investigators", db_index=False)
    account = models.ForeignKey(Account, models.PROTECT, related_name="+", db_index=False)
    due_on = models.DateField()
    reason = models.CharField(max_length=200, blank=True)

    class Meta(Lasting.Meta):
        constraints = [
            *Lasting.Meta.constraints,
            models.UniqueConstraint(fields=["objection"], condition=LIVE_OPEN, name="one_investigator_an_objection"),
        ]
        indexes = [
            *Lasting.Meta.indexes,
            models.Index(fields=["account", "objection"], condition=LIVE, name="investigator_account"),
        ]


class ObjectionConclusion(Fact):
    """What came of it, in words that name nobody who said it; what it means for whoever it was about is decided by a person (PRV-01).

    `told_on`: when the person was told; `untold`: why not, where law forbids it.
    """

    class Outcome(models.TextChoices):
        UNFOUNDED = "unfounded", "不属实"
        PARTLY = "partly", "部分属实"
        FOUNDED = "founded", "属实"
        UNPROVEN = "unproven", "无法查证"

    class Effect(models.TextChoices):
        CONTINUE = "continue", "继续办理"
        SUSPEND = "suspend", "暂缓办理"
        STOP = "stop", "停止办理"

    objection = models.ForeignKey(Objection, models.PROTECT, related_name="conclusions", db_index=False)
    concluded_on = models.DateField()
    outcome = models.CharField(max_length=10, choices=Outcome.choices)
    effect = models.CharField(max_length=10, choices=Effect.choices)
    text = models.CharField(max_length=2000)
    told_on = models.DateField(null=True)
    untold = models.CharField(max_length=200, blank=True)

    class Meta(Fact.Meta):
        constraints = [
            *Fact.Meta.constraints,
            models.UniqueConstraint(fields=["objection"], condition=LIVE, name="one_conclusion_an_objection"),
        ]
