"""Meetings as facts: when and where, who was there, one motion and one ballot a candidate, who may be left out of those due (MTG-10).

No result is stored: `meetings.rules` computes it from the numbers. A secret ballot has totals only; no row ever says who voted how in it.
"""

from __future__ import annotations

import uuid

from django.db import models

from yumiao.journal.facts import LIVE, Fact, Identity, Lasting, Timeline
from yumiao.people.models import Person
from yumiao.units.models import Unit


class Meeting(Identity):
    """That a body met. `unit` is the branch, or the committee of a township."""

    class Kind(models.TextChoices):
        MEMBERS = "members", "支部党员大会"
        BRANCH_COMMITTEE = "branch_committee", "支部委员会会议"
        COMMITTEE = "committee", "乡镇党委会议"

    uid = models.UUIDField(unique=True, default=uuid.uuid4)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="meetings", db_index=False)
    kind = models.CharField(max_length=20, choices=Kind.choices)

    class Meta:
        indexes = [models.Index(fields=["unit"], name="meeting_unit")]


class MeetingRecord(Fact):
    """A meeting as it is on record; a meeting without a live row was taken back."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="records", db_index=False)
    held_on = models.DateField()
    place = models.CharField(max_length=100)
    chair = models.CharField(max_length=50)
    recorder = models.CharField(max_length=50)
    agenda = models.CharField(max_length=2000)
    resolution = models.CharField(max_length=2000, blank=True)
    document = models.CharField(max_length=60, blank=True)

    class Meta(Fact.Meta):
        constraints = [
            *Fact.Meta.constraints,
            models.UniqueConstraint(fields=["meeting"], condition=LIVE, name="one_live_record_a_meeting"),
        ]
        indexes = [
            *Fact.Meta.indexes,
            models.Index(fields=["held_on", "meeting"], condition=LIVE, name="meetingrecord_day"),
        ]


class Attendance(Fact):
    """Somebody due at a meeting came or did not. Who was not due (a probationer, a guest) may be on the list too: `is_due` says it."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="attendances", db_index=False)
    person = models.ForeignKey(Person, models.PROTECT, related_name="attendances", db_index=False)
    is_due = models.BooleanField()
    is_present = models.BooleanField()
    why = models.CharField(max_length=100, blank=True)

    class Meta(Fact.Meta):
        constraints = [
            *Fact.Meta.constraints,
            models.UniqueConstraint(fields=["meeting", "person"], condition=LIVE, name="one_attendance_a_person"),
        ]
        indexes = [
            *Fact.Meta.indexes,
            models.Index(fields=["person", "meeting"], condition=LIVE, name="attendance_person"),
        ]


class Motion(Identity):
    """What a meeting votes on: one candidate, or one matter."""

    class Kind(models.TextChoices):
        ADMISSION = "admission", "接收预备党员"
        CONFIRMATION = "confirmation", "预备党员转正"
        APPROVAL = "approval", "审批预备党员"
        CONFIRMATION_APPROVAL = "confirmation_approval", "审批转正"
        ACTIVIST = "activist", "确定入党积极分子"
        TARGET = "target", "确定发展对象"
        REVIEW = "review", "支部委员会审查"
        ORDINARY = "ordinary", "一般决议"

    uid = models.UUIDField(unique=True, default=uuid.uuid4)
    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="motions", db_index=False)
    kind = models.CharField(max_length=25, choices=Kind.choices)
    person = models.ForeignKey(Person, models.PROTECT, related_name="motions", null=True, db_index=False)
    title = models.CharField(max_length=200)
    position = models.SmallIntegerField()

    class Meta:
        indexes = [
            models.Index(fields=["meeting", "position"], name="motion_meeting"),
            models.Index(fields=["person"], name="motion_person"),
        ]


class Ballot(Fact):
    """The count on a motion. `due` and `present` are those of the day, kept as they were; `written_…` are earlier written votes (MTG-05).

    `decision`, `months`: what was proposed of a confirmation: on time, extended by so many months, cancelled.
    """

    class Decision(models.TextChoices):
        CONFIRMED = "confirmed", "按期转正"
        EXTENDED = "extended", "延长预备期"
        CANCELLED = "cancelled", "取消预备党员资格"

    motion = models.ForeignKey(Motion, models.PROTECT, related_name="ballots", db_index=False)
    is_secret = models.BooleanField()
    due = models.SmallIntegerField()
    present = models.SmallIntegerField()
    yes = models.SmallIntegerField()
    no = models.SmallIntegerField()
    abstain = models.SmallIntegerField()
    spoilt = models.SmallIntegerField(default=0)
    written_yes = models.SmallIntegerField(default=0)
    written_no = models.SmallIntegerField(default=0)
    written_abstain = models.SmallIntegerField(default=0)
    decision = models.CharField(max_length=10, blank=True, choices=Decision.choices)
    months = models.SmallIntegerField(default=0)
    tellers = models.CharField(max_length=100, blank=True)
    resolution = models.CharField(max_length=2000, blank=True)

    class Meta(Fact.Meta):
        constraints = [
            *Fact.Meta.constraints,
            models.UniqueConstraint(fields=["motion"], condition=LIVE, name="one_live_ballot_a_motion"),
            models.CheckConstraint(
                condition=models.Q(present=models.F("yes") + models.F("no") + models.F("abstain") + models.F("spoilt")),
                name="ballot_adds_up",
            ),
            models.CheckConstraint(condition=models.Q(present__lte=models.F("due")), name="ballot_present_of_due"),
        ]


class NamedVote(Fact):
    """How one member of a committee voted openly on a motion."""

    class Choice(models.TextChoices):
        YES = "yes", "同意"
        NO = "no", "不同意"
        ABSTAIN = "abstain", "弃权"

    motion = models.ForeignKey(Motion, models.PROTECT, related_name="named_votes", db_index=False)
    person = models.ForeignKey(Person, models.PROTECT, related_name="named_votes", db_index=False)
    choice = models.CharField(max_length=8, choices=Choice.choices)

    class Meta(Fact.Meta):
        constraints = [
            *Fact.Meta.constraints,
            models.UniqueConstraint(fields=["motion", "person"], condition=LIVE, name="one_named_vote_a_person"),
        ]


class WrittenOpinion(Fact):
    """That somebody who could not come gave a written opinion on a motion, and when it arrived; not what it says: that is in the totals."""

    motion = models.ForeignKey(Motion, models.PROTECT, related_name="opinions", db_index=False)
    person = models.ForeignKey(Person, models.PROTECT, related_name="opinions", db_index=False)
    received_on = models.DateField()
    counts = models.BooleanField()

    class Meta(Fact.Meta):
        constraints = [
            *Fact.Meta.constraints,
            models.UniqueConstraint(fields=["motion", "person"], condition=LIVE, name="one_opinion_a_person"),
        ]


class Exclusion(Lasting):
    """Somebody with a vote is left out of those due for a time: only after approval above and a resolution of the members (MTG-10)."""

    timeline = Timeline(by=("person",))

    class Ground(models.TextChoices):
        ILL = "ill", "患病不能表达意志"
        ABROAD = "abroad", "自费出国半年以上"
        DETAINED = "detained", "被采取强制措施或者服刑"
        BEDRIDDEN = "bedridden", "卧床不起、生活长期不能自理"
        AWAY = "away", "外出半年以上，应转未转组织关系"
        RETIRED_AWAY = "retired_away", "离退休后回原籍长期居住（仅选举）"

    uid = models.UUIDField(default=uuid.uuid4)
    person = models.ForeignKey(Person, models.PROTECT, related_name="exclusions", db_index=False)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="exclusions", db_index=False)
    ground = models.CharField(max_length=15, choices=Ground.choices)
    resolved_on = models.DateField()
    approved_on = models.DateField()
    document = models.CharField(max_length=60)
    reason = models.CharField(max_length=200, blank=True)

    class Meta(Lasting.Meta):
        constraints = [
            *Lasting.Meta.constraints,
            models.UniqueConstraint(fields=["uid"], condition=LIVE, name="one_live_exclusion_a_uid"),
        ]
        indexes = [
            *Lasting.Meta.indexes,
            models.Index(fields=["unit"], condition=LIVE, name="exclusion_unit"),
            models.Index(fields=["person"], condition=LIVE, name="exclusion_person"),
        ]
