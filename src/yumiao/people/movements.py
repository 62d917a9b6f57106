"""Tables of what is decided about a membership and of relations on their way: changes of status, transfers with their letters, floating members, searches for
who cannot be reached.

`people.models` takes them in; they must not know it, so persons and units are named by word.
"""

from __future__ import annotations

import uuid

from django.db import models

from yumiao.journal.facts import LIVE, LIVE_OPEN, Fact, Identity, Lasting, Timeline
from yumiao.people.status import CHANGES, GROUNDS


class StatusChange(Fact):
    """A change of status as it was decided: which, on which day, on what ground, by which document, until when.

    `cycle` is that of the membership, 0 for who never was a member. The rows it moved were written by the same entry.
    """

    person = models.ForeignKey("people.Person", models.PROTECT, related_name="status_changes", db_index=False)
    cycle = models.SmallIntegerField()
    change = models.CharField(max_length=30, choices=[(one.key, one.title) for one in CHANGES.values()])
    ground = models.CharField(max_length=30, blank=True, choices=list(GROUNDS.items()))
    changed_on = models.DateField()
    term_on = models.DateField(null=True)
    document = models.CharField(max_length=60, blank=True)
    reason = models.CharField(max_length=200)

    class Meta(Fact.Meta):
        indexes = [
            *Fact.Meta.indexes,
            models.Index(fields=["person", "changed_on"], condition=LIVE, name="statuschange_person"),
            models.Index(fields=["changed_on", "id"], condition=LIVE, name="statuschange_day"),
        ]


class Transfer(Identity):
    """A relation or the material of an applicant on its way. Its letter has a number that is never given twice, also when it is taken back.

    Outside the county an end is a text. `issuer`, `year` and `serial` number the letters of one committee without a gap; `letter` is
    the number of another county's letter.
    """

    class Kind(models.TextChoices):
        INSIDE = "inside", "县内转接"
        OUTWARD = "outward", "转出县外"
        INWARD = "inward", "县外转入"
        MATERIAL = "material", "培养材料转接"
        MATERIAL_OUTWARD = "material_outward", "培养材料转出县外"

    uid = models.UUIDField(unique=True, default=uuid.uuid4)
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="transfers", db_index=False)
    kind = models.CharField(max_length=20, choices=Kind.choices)
    from_unit = models.ForeignKey("units.Unit", models.PROTECT, related_name="+", null=True)
    from_text = models.CharField(max_length=100, blank=True)
    to_unit = models.ForeignKey("units.Unit", models.PROTECT, related_name="+", null=True)
    to_text = models.CharField(max_length=100, blank=True)
    issuer = models.ForeignKey("units.Unit", models.PROTECT, related_name="+", null=True, db_index=False)
    year = models.SmallIntegerField(null=True)
    serial = models.IntegerField(null=True)
    letter = models.CharField(max_length=60, blank=True)
    issued_on = models.DateField()
    valid_days = models.SmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["issuer", "year", "serial"], name="one_transfer_a_letter"),
        ]
        indexes = [models.Index(fields=["person"], name="transfer_person")]


class TransferState(Fact):
    """A transfer reached a state on a day; `unit` is the branch that took somebody in."""

    class State(models.TextChoices):
        ISSUED = "issued", "在途"
        RECEIVED = "received", "已接收，待回执"
        RETURNED = "returned", "回执已回"
        REFUSED = "refused", "已退回"
        WITHDRAWN = "withdrawn", "已作废"

    transfer = models.ForeignKey(Transfer, models.PROTECT, related_name="states", db_index=False)
    state = models.CharField(max_length=10, choices=State.choices)
    happened_on = models.DateField()
    unit = models.ForeignKey("units.Unit", models.PROTECT, related_name="+", null=True)
    reason = models.CharField(max_length=200, blank=True)

    class Meta(Fact.Meta):
        constraints = [
            *Fact.Meta.constraints,
            models.UniqueConstraint(fields=["transfer", "state"], condition=LIVE, name="one_live_row_a_state"),
        ]
        indexes = [
            *Fact.Meta.indexes,
            models.Index(fields=["transfer"], name="transferstate_transfer"),
        ]


class Stay(Lasting):
    """A floating member from the day he left to the day he came back; `uid` names the stay through its corrections. Where he belongs does not change.

    OUT: one of ours, `place` is where he is, `contact` whom his branch named. IN: somebody of elsewhere, known by name alone, whom `unit`
    helps; `place` is his own organisation.
    """

    timeline = Timeline(by=("uid",))

    class Kind(models.TextChoices):
        OUT = "out", "流出"
        IN = "in", "流入"

    uid = models.UUIDField()
    kind = models.CharField(max_length=3, choices=Kind.choices)
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="stays", null=True, db_index=False)
    unit = models.ForeignKey("units.Unit", models.PROTECT, related_name="+", null=True)
    guest = models.CharField(max_length=50, blank=True)
    place = models.CharField(max_length=100)
    is_abroad = models.BooleanField()
    is_fixed = models.BooleanField()
    contact = models.ForeignKey("people.Person", models.PROTECT, related_name="stays_in_contact", null=True)
    planned_on = models.DateField(null=True)

    class Meta(Lasting.Meta):
        constraints = [
            *Lasting.Meta.constraints,
            models.UniqueConstraint(fields=["uid"], condition=LIVE_OPEN, name="one_open_row_a_stay"),
            models.UniqueConstraint(
                fields=["person"], condition=LIVE_OPEN & models.Q(person__isnull=False), name="one_open_stay_a_person"
            ),
            models.CheckConstraint(
                condition=models.Q(kind="out", person__isnull=False, unit__isnull=True, guest="")
                | (models.Q(kind="in", person__isnull=True, unit__isnull=False) & ~models.Q(guest="")),
                name="stay_of_somebody",
            ),
        ]
        indexes = [
            *Lasting.Meta.indexes,
            models.Index(fields=["person", "since"], condition=LIVE, name="stay_person"),
        ]


class StayContact(Fact):
    """His branch was in touch with a floating member."""

    class Channel(models.TextChoices):
        PHONE = "phone", "电话"
        MESSAGE = "message", "网络联系"
        VISIT = "visit", "走访、见面"
        RELATIVES = "relatives", "通过亲友"
        HOST = "host", "通过流入地党组织"

    stay = models.UUIDField()
    made_on = models.DateField()
    channel = models.CharField(max_length=10, choices=Channel.choices)
    note = models.CharField(max_length=200, blank=True)

    class Meta(Fact.Meta):
        indexes = [
            *Fact.Meta.indexes,
            models.Index(fields=["stay", "made_on"], condition=LIVE, name="staycontact_stay"),
        ]


class ContactSearch(Fact):
    """Somebody tried to find a member who cannot be reached (MOB-09): on which day, by which way, who did, with what outcome."""

    class Channel(models.TextChoices):
        PHONE = "phone", "电话"
        RELATIVES = "relatives", "亲友、邻居"
        POLICE = "police", "户籍地派出所"
        VISIT = "visit", "上门走访"
        EMPLOYER = "employer", "工作单位、务工地"
        NOTICE = "notice", "发布公告"

    class Outcome(models.TextChoices):
        NOTHING = "nothing", "没有联系上"
        CLUE = "clue", "得到线索"
        REACHED = "reached", "已联系上"

    person = models.ForeignKey("people.Person", models.PROTECT, related_name="searches", db_index=False)
    made_on = models.DateField()
    channel = models.CharField(max_length=10, choices=Channel.choices)
    outcome = models.CharField(max_length=10, choices=Outcome.choices)
    made_by = models.CharField(max_length=50)
    note = models.CharField(max_length=200, blank=True)

    class Meta(Fact.Meta):
        indexes = [
            *Fact.Meta.indexes,
            models.Index(fields=["person", "made_on"], condition=LIVE, name="contactsearch_person"),
        ]
