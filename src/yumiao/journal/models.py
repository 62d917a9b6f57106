"""The chain of entries, the rows an import touched, and the chain of sensitive reads.

`data` holds identifiers, field names, dates, counts and digests, never a personal value, so that it may live for ever.
"""

from __future__ import annotations

from django.db import models

from yumiao.journal.facts import Log


class Entry(Log):
    """One act. `seq` is gapless from 1; `hash` covers the other columns and `prev`, the hash before it.

    `once` is the mark of the form that was sent, so that a form sent twice is one act; `undoes` is the entry this one takes back.
    """

    seq = models.BigIntegerField(primary_key=True)
    at = models.DateTimeField(db_index=True)
    verb = models.CharField(max_length=40)
    actor = models.UUIDField(null=True)
    actor_label = models.CharField(max_length=200)
    subject_kind = models.CharField(max_length=40, blank=True)
    subject = models.UUIDField(null=True)
    reason = models.CharField(max_length=500, blank=True)
    data = models.TextField()
    once = models.UUIDField(null=True)
    undoes = models.BigIntegerField(null=True)
    prev = models.BinaryField(max_length=32)
    hash = models.BinaryField(max_length=32)

    class Meta:
        indexes = [models.Index(fields=["subject", "seq"], name="entry_subject")]
        constraints = [
            models.CheckConstraint(condition=models.Q(seq__gte=1), name="entry_seq_from_one"),
            models.UniqueConstraint(fields=["once"], name="one_act_a_form"),
            models.UniqueConstraint(fields=["undoes"], name="undone_once"),
        ]


class ImportedRow(Log):
    """Which row of which sheet wrote or changed which subject. Unchanged rows leave none."""

    class Outcome(models.TextChoices):
        NEW = "new", "新增"
        CHANGED = "changed", "变更"

    id = models.BigAutoField(primary_key=True)
    entered = models.BigIntegerField()
    sheet = models.CharField(max_length=31)
    row = models.IntegerField()
    kind = models.CharField(max_length=20)
    subject = models.BigIntegerField()
    outcome = models.CharField(max_length=7, choices=Outcome.choices)

    class Meta:
        indexes = [
            models.Index(fields=["entered", "sheet", "row"], name="importedrow_place"),
            models.Index(fields=["kind", "subject"], name="importedrow_subject"),
        ]


class Reading(Log):
    """Who read or took out personal data: an own chain, so that reading never waits for an act."""

    id = models.BigIntegerField(primary_key=True)
    at = models.DateTimeField()
    actor = models.UUIDField(null=True)
    actor_label = models.CharField(max_length=200)
    what = models.CharField(max_length=20)
    subject_kind = models.CharField(max_length=40)
    subject = models.UUIDField(null=True)
    purpose = models.CharField(max_length=500, blank=True)
    count = models.IntegerField()
    prev = models.BinaryField(max_length=32)
    hash = models.BinaryField(max_length=32)

    class Meta:
        indexes = [
            models.Index(fields=["subject", "id"], name="reading_subject"),
            models.Index(fields=["actor", "id"], name="reading_actor"),
        ]
