"""One person, one record; where the person stands; membership with the dates of MEM-01…07; ties to others. All of it dated facts.

Foreign keys carry no index of their own where an index of live rows begins with the same column.
"""

from __future__ import annotations

import uuid
from typing import ClassVar, Self

from django.db import models

from yumiao.journal.facts import ALIVE, LIVE, LIVE_OPEN, Derived, Fact, Identity, Lasting, Timeline
from yumiao.kernel.periods import FOREVER
from yumiao.kernel.scope import Scope
from yumiao.people.movements import ContactSearch, StatusChange, Stay, StayContact, Transfer, TransferState
from yumiao.people.sameness import KeptApart, Merged
from yumiao.units.models import Unit

__all__ = [
    "Attribution", "Belonging", "ContactSearch", "KeptApart", "Membership", "MembershipState", "Merged", "NameToken", "Person", "PersonQuerySet",
    "PersonRecord", "PersonSecret", "Statement", "StatusChange", "Stay", "StayContact", "Tie", "Transfer", "TransferState",
]  # fmt: skip


class PersonQuerySet(models.QuerySet["Person"]):
    """Reading persons within a scope."""

    def visible_to(self, scope: Scope) -> Self:
        """Who stands, on the day of the scope and as known now, in one of its subtrees."""
        if not scope.roots:
            return self.none()
        within = models.Q()
        for root in scope.roots:
            within |= models.Q(unit__placements__path__gte=root.lo, unit__placements__path__lt=root.hi)
        placed = models.Q(
            unit__placements__struck=ALIVE,
            unit__placements__since__lte=scope.day,
            unit__placements__until__gt=scope.day,
        )
        standing = Belonging.objects.on(scope.day).filter(placed & within, person=models.OuterRef("pk"))
        return self.filter(models.Exists(standing))


class Person(Identity):
    """Somebody known to the county. What is known of them stands in the facts below."""

    uid = models.UUIDField(unique=True, default=uuid.uuid4)

    objects: ClassVar[PersonQuerySet] = PersonQuerySet.as_manager()  # type: ignore[assignment]


class PersonRecord(Lasting):
    """The attributes of a person over a time.

    `birth_number` is `born_on` as the integer YYYYMMDD: the lines compare and subtract it, so that no engine does date arithmetic.
    `ethnicity`, `education`, `occupation` are labels of `people.codes`, or the sender's own text where it is in no list.
    """

    timeline = Timeline(by=("person",), gapless=True, endless=True)

    class Sex(models.TextChoices):
        MALE = "m", "男"
        FEMALE = "f", "女"

    person = models.ForeignKey(Person, models.PROTECT, related_name="records", db_index=False)
    name = models.CharField(max_length=50)
    sex = models.CharField(max_length=1, choices=Sex.choices)
    born_on = models.DateField(null=True)
    birth_number = models.IntegerField(null=True)
    ethnicity = models.CharField(max_length=200, blank=True)
    education = models.CharField(max_length=200, blank=True)
    occupation = models.CharField(max_length=200, blank=True)

    class Meta(Lasting.Meta):
        constraints = [
            *Lasting.Meta.constraints,
            models.UniqueConstraint(fields=["person"], condition=LIVE_OPEN, name="one_open_record_a_person"),
            models.CheckConstraint(condition=~models.Q(name=""), name="personrecord_named"),
            models.CheckConstraint(
                condition=models.Q(born_on__isnull=True, birth_number__isnull=True)
                | models.Q(born_on__isnull=False, birth_number__isnull=False),
                name="personrecord_birth_twice",
            ),
        ]
        indexes = [
            *Lasting.Meta.indexes,
            models.Index(
                fields=["person", "since", "until", "sex", "birth_number", "education", "struck"],
                condition=LIVE,
                name="personrecord_lines",
            ),
            # compared by bytes, whatever the database's collation: a search asks for what begins with some characters
            models.Index(
                fields=["name", "person"],
                condition=LIVE,
                opclasses=["varchar_pattern_ops", "int8_ops"],
                name="personrecord_names",
            ),
            models.Index(fields=["person"], condition=models.Q(struck__lt=ALIVE), name="personrecord_corrected"),
        ]


class NameToken(Derived):
    """A part of a name by which somebody is found (`people.names`), beside the name itself in `PersonRecord`.

    Those of a struck record stay: whoever searches looks at the record too.
    """

    record = models.ForeignKey(PersonRecord, models.PROTECT, related_name="+", db_index=False)
    token = models.CharField(max_length=60)

    class Meta:
        indexes = [
            models.Index(
                fields=["token", "record"], opclasses=["varchar_pattern_ops", "int8_ops"], name="nametoken_token"
            ),
            models.Index(
                fields=["record", "token"], opclasses=["int8_ops", "varchar_pattern_ops"], name="nametoken_record"
            ),
        ]


class Statement(Fact):
    """What an identity number says of sex or birth where the effective record says otherwise, with the reason given (IDN-04, EDGE-31)."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="statements", db_index=False)
    field = models.CharField(max_length=20)
    value = models.CharField(max_length=60)
    reason = models.CharField(max_length=200)

    class Meta(Fact.Meta):
        constraints = [
            *Fact.Meta.constraints,
            models.UniqueConstraint(fields=["person", "field"], condition=LIVE, name="one_live_statement_a_field"),
        ]


class PersonSecret(Fact):
    """An identity or telephone number, sealed for its row; `keyed` finds it by equality.

    A 15-digit number is keyed under its 18-digit form, so the same person cannot be entered by both.
    """

    class Kind(models.TextChoices):
        IDENTITY = "identity", "公民身份号码"
        FORMER = "former", "原身份证号码"
        PHONE = "phone", "手机号码"

    person = models.ForeignKey(Person, models.PROTECT, related_name="secrets", db_index=False)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    cell = models.BinaryField()
    key_version = models.SmallIntegerField()
    keyed = models.BinaryField(max_length=32)

    class Meta(Fact.Meta):
        constraints = [
            *Fact.Meta.constraints,
            models.UniqueConstraint(fields=["person", "kind"], condition=LIVE, name="one_live_secret_a_kind"),
            models.UniqueConstraint(
                fields=["keyed"], condition=LIVE & models.Q(kind="identity"), name="one_person_an_identity_number"
            ),
        ]


class Belonging(Lasting):
    """Where somebody stands. Everybody has exactly one open row, also the dead and those gone: their file lies somewhere (ORG-12)."""

    timeline = Timeline(by=("person",), gapless=True, endless=True)

    person = models.ForeignKey(Person, models.PROTECT, related_name="belongings", db_index=False)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="belongings", db_index=False)
    since_known = models.BooleanField()

    class Meta(Lasting.Meta):
        constraints = [
            *Lasting.Meta.constraints,
            models.UniqueConstraint(fields=["person"], condition=LIVE_OPEN, name="one_open_belonging_a_person"),
        ]
        indexes = [
            *Lasting.Meta.indexes,
            models.Index(fields=["unit", "since", "until", "person", "struck"], condition=LIVE, name="belonging_lines"),
            models.Index(
                fields=["person", "since", "until", "unit", "struck"], condition=LIVE, name="belonging_person"
            ),
            models.Index(fields=["person"], name="belonging_known"),  # rows struck since count in what was known then
        ]


class Membership(Fact):
    """One version of all the dates of a membership (MEM-01…07); `cycle` 2 is a member again after an exit.

    `full_member_on` and `ended_on` are `FOREVER` until they happen. `confirmation_stated_on` is the 转正日期 the papers name, kept
    apart from the day the person counts as full: a full member without one counts from the day of import, a probationary member with
    one stays probationary. `age_years` are completed years on `membership_on` under the leap-day policy of that day.
    """

    class Approval(models.TextChoices):
        RECORDED = "recorded", "已审批"
        ASSUMED = "assumed", "导入时视为已审批"
        PENDING = "pending", "待审批"

    person = models.ForeignKey(Person, models.PROTECT, related_name="memberships", db_index=False)
    cycle = models.SmallIntegerField(default=1)
    membership_on = models.DateField()
    approval = models.CharField(max_length=8, choices=Approval.choices)
    approved_on = models.DateField()
    probation_start_on = models.DateField()
    probation_end_on = models.DateField(null=True)
    full_member_on = models.DateField(default=FOREVER)
    confirmation_stated_on = models.DateField(null=True)
    ended_on = models.DateField(default=FOREVER)
    ended_how = models.CharField(max_length=30, blank=True)
    age_years = models.SmallIntegerField(null=True)

    class Meta(Fact.Meta):
        constraints = [
            *Fact.Meta.constraints,
            models.UniqueConstraint(fields=["person", "cycle"], condition=LIVE, name="one_live_membership_a_cycle"),
            models.CheckConstraint(
                condition=models.Q(full_member_on__gte=models.F("membership_on")),
                name="membership_confirmed_after_admission",
            ),
            models.CheckConstraint(
                condition=models.Q(ended_on__gt=models.F("membership_on")), name="membership_ends_after_admission"
            ),
        ]
        indexes = [
            *Fact.Meta.indexes,
            models.Index(
                fields=["person", "membership_on", "ended_on", "full_member_on", "struck"],
                condition=LIVE,
                name="membership_stock",
            ),
            models.Index(
                fields=["membership_on", "person", "cycle", "approved_on", "age_years", "struck"],
                condition=LIVE,
                name="membership_dev",
            ),
            models.Index(fields=["person"], condition=models.Q(struck__lt=ALIVE), name="membership_corrected"),
        ]


class Attribution(Lasting):
    """For which unit an admission counts: the admitting branch, its successors after a merger; closed on the day a decision undoes the admission."""

    timeline = Timeline(by=("person", "cycle"))

    class Reason(models.TextChoices):
        ADMITTED = "admitted", "在此入党"
        STATED = "stated", "按入党时所在党支部"
        MERGED = "merged", "合并承接"
        SPLIT = "split", "拆分承接"

    person = models.ForeignKey(Person, models.PROTECT, related_name="attributions", db_index=False)
    cycle = models.SmallIntegerField(default=1)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="attributions")
    reason = models.CharField(max_length=10, choices=Reason.choices)

    class Meta(Lasting.Meta):
        constraints = [
            *Lasting.Meta.constraints,
            models.UniqueConstraint(
                fields=["person", "cycle"], condition=LIVE_OPEN, name="one_open_attribution_a_cycle"
            ),
        ]
        indexes = [
            *Lasting.Meta.indexes,
            models.Index(
                fields=["person", "cycle", "since", "until", "unit", "struck"], condition=LIVE, name="attribution_lines"
            ),
        ]


class MembershipState(Lasting):
    """A state beside the membership: 停止党籍 leaves the stock, 留党察看 only the vote; `away` is the time out of the county of who came back."""

    timeline = Timeline(by=("person", "cycle", "state"))

    class State(models.TextChoices):
        SUSPENDED = "suspended", "停止党籍"
        INNER_PROBATION = "inner_probation", "留党察看"
        PROBATION_EXTENDED = "probation_extended", "延长预备期"
        CORRECTION_IN_TERM = "correction_in_term", "限期改正"
        AWAY = "away", "组织关系在县外"

    person = models.ForeignKey(Person, models.PROTECT, related_name="membership_states", db_index=False)
    cycle = models.SmallIntegerField(default=1)
    state = models.CharField(max_length=30, choices=State.choices)

    class Meta(Lasting.Meta):
        indexes = [
            *Lasting.Meta.indexes,
            models.Index(fields=["person", "state"], condition=LIVE, name="membershipstate_person"),
        ]


class Tie(Lasting):
    """Somebody is somebody else's contact, veteran or mentor, over a time.

    `other` is None where the file named a person the county does not know; `other_text` then keeps the masked number.
    """

    timeline = Timeline(by=("person", "kind", "position"))

    class Kind(models.TextChoices):
        CONTACT = "contact", "培养联系人"
        VETERAN = "veteran", "联系老党员"
        MENTOR = "mentor", "联村导师"
        INTRODUCER = "introducer", "入党介绍人"

    person = models.ForeignKey(Person, models.PROTECT, related_name="ties", db_index=False)
    other = models.ForeignKey(Person, models.PROTECT, related_name="tied_to", null=True, db_index=False)
    other_text = models.CharField(max_length=30, blank=True)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    position = models.SmallIntegerField(default=1)
    since_known = models.BooleanField()

    class Meta(Lasting.Meta):
        constraints = [
            *Lasting.Meta.constraints,
            models.UniqueConstraint(
                fields=["person", "kind", "position"], condition=LIVE_OPEN, name="one_open_tie_a_position"
            ),
        ]
        indexes = [
            *Lasting.Meta.indexes,
            models.Index(fields=["other", "kind"], condition=LIVE, name="tie_other"),
            models.Index(fields=["person"], condition=LIVE, name="tie_person"),
        ]
