"""Findings, orders to put them right, referrals, samples. The app above owns the row that ties a finding to what it was found in."""

from __future__ import annotations

import uuid

from django.db import models

from yumiao.files.models import Scan
from yumiao.journal.facts import LIVE, Fact, Identity
from yumiao.people.models import Person
from yumiao.units.models import Unit


class Finding(Identity):
    """That something was found wrong at a unit, about somebody where it is about one. One without a live record was taken back."""

    class Source(models.TextChoices):
        REVIEW = "review", "三级审查"
        PEER = "peer", "交叉互审"
        AUDIT = "audit", "旧档案审核"

    uid = models.UUIDField(unique=True, default=uuid.uuid4)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="findings", db_index=False)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", null=True, db_index=False)
    source = models.CharField(max_length=20, choices=Source.choices)

    class Meta:
        indexes = [
            models.Index(fields=["unit"], name="finding_unit"),
            models.Index(fields=["person"], name="finding_person"),
        ]


class FindingRecord(Fact):
    """What was found: the step and the slot it is about, the rule, the grade, in words. `rule` is an id of the rulebook, empty where none says it."""

    class Grade(models.TextChoices):
        IRREGULAR = "irregular", "不规范"
        PRINCIPLE = "principle", "违反原则"

    finding = models.ForeignKey(Finding, models.PROTECT, related_name="records", db_index=False)
    found_on = models.DateField()
    step = models.SmallIntegerField(null=True)
    slot = models.CharField(max_length=3, blank=True)
    rule = models.CharField(max_length=12, blank=True)
    grade = models.CharField(max_length=10, choices=Grade.choices)
    text = models.CharField(max_length=1000)

    class Meta(Fact.Meta):
        constraints = [
            *Fact.Meta.constraints,
            models.UniqueConstraint(fields=["finding"], condition=LIVE, name="one_live_record_a_finding"),
        ]


class Order(Identity):
    """限期整改通知书 of an issuer to a unit, under a number that is never given twice. One without a live record was taken back."""

    uid = models.UUIDField(unique=True, default=uuid.uuid4)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="orders", db_index=False)
    issuer = models.ForeignKey(Unit, models.PROTECT, related_name="+", db_index=False)
    year = models.SmallIntegerField()
    serial = models.IntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["issuer", "year", "serial"], name="one_order_a_number")]
        indexes = [models.Index(fields=["unit"], name="order_unit")]


class OrderRecord(Fact):
    """When it was issued, until when it is to be done, once longer with a reason (REV-03)."""

    order = models.ForeignKey(Order, models.PROTECT, related_name="records", db_index=False)
    issued_on = models.DateField()
    due_on = models.DateField()
    extended_to = models.DateField(null=True)
    extension_reason = models.CharField(max_length=200, blank=True)
    text = models.CharField(max_length=1000, blank=True)

    class Meta(Fact.Meta):
        constraints = [
            *Fact.Meta.constraints,
            models.UniqueConstraint(fields=["order"], condition=LIVE, name="one_live_record_an_order"),
            models.CheckConstraint(
                condition=models.Q(due_on__gte=models.F("issued_on"))
                & (models.Q(extended_to__isnull=True) | models.Q(extended_to__gt=models.F("due_on"))),
                name="orderrecord_in_order",
            ),
        ]


class OrderFinding(Fact):
    """A finding that an order is to put right."""

    order = models.ForeignKey(Order, models.PROTECT, related_name="findings", db_index=False)
    finding = models.ForeignKey(Finding, models.PROTECT, related_name="orders", db_index=False)

    class Meta(Fact.Meta):
        constraints = [
            *Fact.Meta.constraints,
            models.UniqueConstraint(fields=["finding"], condition=LIVE, name="one_order_a_finding"),
        ]
        indexes = [*Fact.Meta.indexes, models.Index(fields=["order"], condition=LIVE, name="orderfinding_order")]


class OrderEvent(Fact):
    """What became of an order on a day: submitted, returned, accepted; by whom its entry says."""

    class What(models.TextChoices):
        SUBMITTED = "submitted", "已报送整改"
        RETURNED = "returned", "退回再整改"
        ACCEPTED = "accepted", "验收通过"

    order = models.ForeignKey(Order, models.PROTECT, related_name="events", db_index=False)
    what = models.CharField(max_length=10, choices=What.choices)
    happened_on = models.DateField()
    note = models.CharField(max_length=1000)

    class Meta(Fact.Meta):
        indexes = [*Fact.Meta.indexes, models.Index(fields=["order"], condition=LIVE, name="orderevent_order")]


class OrderPaper(Identity):
    """A scan handed in with an order's rectification."""

    order = models.ForeignKey(Order, models.PROTECT, related_name="papers", db_index=False)
    scan = models.ForeignKey(Scan, models.PROTECT, related_name="+", db_index=False)
    title = models.CharField(max_length=100)

    class Meta:
        indexes = [models.Index(fields=["order"], name="orderpaper_order")]


class Referral(Fact):
    """Who answers for a breach of principle was handed to another body by a named person: 责任追究 is decided by people, never here (REV-03)."""

    uid = models.UUIDField(default=uuid.uuid4)
    finding = models.ForeignKey(Finding, models.PROTECT, related_name="referrals", db_index=False)
    referred_on = models.DateField()
    body = models.CharField(max_length=100)
    people = models.CharField(max_length=200)
    reason = models.CharField(max_length=500)
    document = models.CharField(max_length=60, blank=True)
    outcome = models.CharField(max_length=500, blank=True)
    closed_on = models.DateField(null=True)

    class Meta(Fact.Meta):
        constraints = [
            *Fact.Meta.constraints,
            models.UniqueConstraint(fields=["uid"], condition=LIVE, name="one_live_referral_a_uid"),
            models.UniqueConstraint(fields=["finding"], condition=LIVE, name="one_referral_a_finding"),
        ]


class Sample(Identity):
    """A draw that anybody can repeat: `seed`, the share as two integers, and the digest of those it was drawn from, in their order."""

    class Kind(models.TextChoices):
        COUNTY_REVIEW = "county_review", "县级审查抽查"
        PEER_REVIEW = "peer_review", "跨乡镇交叉互审"

    uid = models.UUIDField(unique=True, default=uuid.uuid4)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="samples", db_index=False)
    kind = models.CharField(max_length=20, choices=Kind.choices)
    period = models.CharField(max_length=20)
    seed = models.CharField(max_length=60)
    part = models.IntegerField()
    whole = models.IntegerField()
    population = models.IntegerField()
    population_digest = models.CharField(max_length=64)
    drawn_on = models.DateField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(part__gte=0, whole__gte=1), name="sample_share"),
            models.UniqueConstraint(fields=["kind", "unit", "period"], name="one_sample_a_period"),
        ]
