"""Tables by which cases are reviewed: joint review by departments, review at three levels, old files, need-to-know, packages.

`admission.models` takes them in; they must not know it, so cases are named by word.
"""

from __future__ import annotations

import uuid

from django.db import models

from yumiao.access.models import Account, Grant
from yumiao.journal.facts import LIVE, Fact, Identity
from yumiao.oversight.models import Finding, Sample
from yumiao.people.models import Person
from yumiao.publicity.models import Notice, Objection


def _case(related_name: str) -> models.ForeignKey:  # type: ignore[type-arg]
    return models.ForeignKey("admission.Case", models.PROTECT, related_name=related_name, db_index=False)


class CaseGrant(Identity):
    """Which case a need-to-know grant opens a section of."""

    grant = models.ForeignKey(Grant, models.PROTECT, related_name="cases", db_index=False)
    case = _case("grants")

    class Meta:
        indexes = [
            models.Index(fields=["case"], name="casegrant_case"),
            models.Index(fields=["grant"], name="casegrant_grant"),
        ]


class CaseNotice(Identity):
    """A notice about the person of a case, for that case."""

    notice = models.ForeignKey(Notice, models.PROTECT, related_name="cases", db_index=False)
    case = _case("notices")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["notice", "case"], name="one_case_a_notice")]
        indexes = [models.Index(fields=["case"], name="casenotice_case")]


class CaseObjection(Identity):
    """An objection against the person of a case: the case waits for its conclusion."""

    objection = models.ForeignKey(Objection, models.PROTECT, related_name="cases", db_index=False)
    case = _case("objections")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["objection", "case"], name="one_case_an_objection")]
        indexes = [models.Index(fields=["case"], name="caseobjection_case")]


class Review(Fact):
    """A case was reviewed at a level before or after a step (三审). `digest` and `seen`: what the reviewer saw, so that a later change shows.

    `seen`: canonical JSON, by item the digest it had (`admission.seen`). `answers`: canonical JSON, by item of the checklist yes or no.
    """

    class Point(models.TextChoices):
        VILLAGE_12 = "village_12", "村级审查（支委会审查前）"
        TOWNSHIP_13 = "township_13", "乡镇审查（预审前）"
        COUNTY_13 = "county_13", "县级审查（预审前）"
        TOWNSHIP_17 = "township_17", "乡镇审查（审批前）"
        COUNTY_17 = "county_17", "县级审查（审批后）"
        COUNTY_24 = "county_24", "县级审查（转正审批后）"

    class Outcome(models.TextChoices):
        APPROVED = "approved", "审查通过"
        RETURNED = "returned", "退回整改"

    uid = models.UUIDField(default=uuid.uuid4)
    case = _case("reviews")
    point = models.CharField(max_length=12, choices=Point.choices)
    outcome = models.CharField(max_length=10, choices=Outcome.choices)
    reviewed_on = models.DateField()
    digest = models.CharField(max_length=64)
    seen = models.TextField()
    answers = models.TextField()
    note = models.CharField(max_length=1000, blank=True)

    class Meta(Fact.Meta):
        constraints = [
            *Fact.Meta.constraints,
            models.UniqueConstraint(fields=["case", "point"], condition=LIVE, name="one_live_review_a_point"),
            models.UniqueConstraint(fields=["uid"], condition=LIVE, name="one_live_review_a_uid"),
        ]
        indexes = [
            *Fact.Meta.indexes,
            models.Index(fields=["point", "outcome", "case"], condition=LIVE, name="review_point"),
            models.Index(fields=["reviewed_on"], condition=LIVE, name="review_day"),
        ]


class SampledCase(Identity):
    """A case that a draw fell on; of a cross-township review with who is to look at it."""

    sample = models.ForeignKey(Sample, models.PROTECT, related_name="cases", db_index=False)
    case = _case("samples")
    account = models.ForeignKey(Account, models.PROTECT, related_name="+", null=True, db_index=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["sample", "case"], name="one_case_a_sample")]
        indexes = [
            models.Index(fields=["case"], name="sampledcase_case"),
            models.Index(fields=["account"], name="sampledcase_account"),
        ]


class PeerOpinion(Fact):
    """What somebody of another township found in a case that was drawn for him. It settles nothing: the county reads it."""

    sampled = models.ForeignKey(SampledCase, models.PROTECT, related_name="opinions", db_index=False)
    given_on = models.DateField()
    is_sound = models.BooleanField()
    text = models.CharField(max_length=1000)

    class Meta(Fact.Meta):
        constraints = [
            *Fact.Meta.constraints,
            models.UniqueConstraint(fields=["sampled"], condition=LIVE, name="one_opinion_a_sampled_case"),
        ]


class CaseFinding(Identity):
    """A finding in a case, at a point of review where it was one."""

    finding = models.ForeignKey(Finding, models.PROTECT, related_name="cases", db_index=False)
    case = _case("findings")
    point = models.CharField(max_length=12, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["finding", "case"], name="one_case_a_finding")]
        indexes = [models.Index(fields=["case"], name="casefinding_case")]


class Relative(Fact):
    """Somebody near the person of a case, as the political review names him (PRV-06): relation, sealed name, conclusion; nothing else.

    `person`: where he is on the county's own record, so that nobody reviews his own kin.
    """

    class Relation(models.TextChoices):
        SPOUSE = "spouse", "配偶"
        PARENT = "parent", "父母"
        CHILD = "child", "子女"
        SIBLING = "sibling", "兄弟姐妹"
        KIN = "kin", "三代以内旁系血亲"
        IN_LAW = "in_law", "近姻亲"
        RELATION = "relation", "关系密切的主要社会关系"

    class Conclusion(models.TextChoices):
        CLEAR = "clear", "未发现问题"
        CONCERN = "concern", "有需要说明的情况"
        UNKNOWN = "unknown", "不掌握"

    uid = models.UUIDField(default=uuid.uuid4)
    case = _case("relatives")
    relation = models.CharField(max_length=10, choices=Relation.choices)
    conclusion = models.CharField(max_length=10, choices=Conclusion.choices)
    cell = models.BinaryField()
    key_version = models.SmallIntegerField()
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", null=True, db_index=False)

    class Meta(Fact.Meta):
        constraints = [
            *Fact.Meta.constraints,
            models.UniqueConstraint(fields=["uid"], condition=LIVE, name="one_live_relative_a_uid"),
        ]
        indexes = [
            *Fact.Meta.indexes,
            models.Index(fields=["case"], condition=LIVE, name="relative_case"),
            models.Index(fields=["person"], condition=LIVE, name="relative_person"),
        ]


class FileAudit(Identity):
    """That the old file of a member was looked through. One without a live record was taken back."""

    uid = models.UUIDField(unique=True, default=uuid.uuid4)
    person = models.ForeignKey(Person, models.PROTECT, related_name="file_audits", db_index=False)

    class Meta:
        indexes = [models.Index(fields=["person"], name="fileaudit_person")]


class FileAuditRecord(Fact):
    """How the old file was found. `missing` and `wrong`: codes of slots with a blank between them."""

    class Result(models.TextChoices):
        COMPLETE = "complete", "材料齐全、规范"
        LACKING = "lacking", "材料缺少"
        WRONG = "wrong", "材料有误"
        UNPROVEN = "unproven", "无法证明党员身份"

    audit = models.ForeignKey(FileAudit, models.PROTECT, related_name="records", db_index=False)
    audited_on = models.DateField()
    result = models.CharField(max_length=10, choices=Result.choices)
    missing = models.CharField(max_length=120, blank=True)
    wrong = models.CharField(max_length=120, blank=True)
    text = models.CharField(max_length=1000, blank=True)

    class Meta(Fact.Meta):
        constraints = [
            *Fact.Meta.constraints,
            models.UniqueConstraint(fields=["audit"], condition=LIVE, name="one_live_record_a_file_audit"),
        ]


class Recognition(Fact):
    """What a body decided about the membership of somebody whose file does not prove it, or whose admission broke the rules.

    `told_on`: when the person was told in writing, with the ground and the way of appeal (PRV-03, PRV-08).
    """

    class Decision(models.TextChoices):
        RECOGNISED = "recognised", "认定党员身份"
        NOT_RECOGNISED = "not_recognised", "不予承认"

    uid = models.UUIDField(default=uuid.uuid4)
    person = models.ForeignKey(Person, models.PROTECT, related_name="recognitions", db_index=False)
    cycle = models.SmallIntegerField()
    decision = models.CharField(max_length=20, choices=Decision.choices)
    decided_on = models.DateField()
    body = models.CharField(max_length=100)
    document = models.CharField(max_length=60)
    reason = models.CharField(max_length=500)
    told_on = models.DateField(null=True)

    class Meta(Fact.Meta):
        constraints = [
            *Fact.Meta.constraints,
            models.UniqueConstraint(fields=["person", "cycle"], condition=LIVE, name="one_recognition_a_cycle"),
            models.UniqueConstraint(fields=["uid"], condition=LIVE, name="one_live_recognition_a_uid"),
        ]


class Package(Identity):
    """综合资料手册 of a case was made: the digest of its list, so that a copy can be compared with the record."""

    uid = models.UUIDField(unique=True, default=uuid.uuid4)
    case = _case("packages")
    made_on = models.DateField()
    digest = models.CharField(max_length=64)
    pages = models.IntegerField()
    size = models.IntegerField()

    class Meta:
        indexes = [models.Index(fields=["case"], name="package_case")]


class Handover(Fact):
    """The archive of a case went to whoever keeps it, with the list of what was handed over."""

    uid = models.UUIDField(default=uuid.uuid4)
    case = _case("handovers")
    package = models.ForeignKey(Package, models.PROTECT, related_name="handovers", null=True, db_index=False)
    handed_on = models.DateField()
    holder = models.CharField(max_length=100)
    giver = models.CharField(max_length=60)
    receiver = models.CharField(max_length=60)
    copies = models.SmallIntegerField()
    note = models.CharField(max_length=200, blank=True)

    class Meta(Fact.Meta):
        constraints = [
            *Fact.Meta.constraints,
            models.UniqueConstraint(fields=["uid"], condition=LIVE, name="one_live_handover_a_uid"),
        ]
        indexes = [*Fact.Meta.indexes, models.Index(fields=["case"], condition=LIVE, name="handover_case")]
