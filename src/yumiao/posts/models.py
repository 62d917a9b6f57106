"""Terms and posts as dated facts: an election begins a term, ends the one before, and fills the posts of the committee."""

from __future__ import annotations

import uuid

from django.db import models

from yumiao.journal.facts import LIVE, LIVE_OPEN, Lasting, Timeline
from yumiao.people.models import Person
from yumiao.posts.rules import How, Title
from yumiao.units.models import Unit


class Term(Lasting):
    """One term: `since` is the day of the election, `until` that of the next one. `due_on` follows from ORG-04 and is kept as it was.

    `postponed_to` stands on a paper of the committee above (ORG-05); only an election ends a term.
    """

    timeline = Timeline(by=("unit",))

    uid = models.UUIDField(default=uuid.uuid4)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="terms", db_index=False)
    due_on = models.DateField()
    postponed_to = models.DateField(null=True)
    document = models.CharField(max_length=60, blank=True)
    postponed_by = models.CharField(max_length=60, blank=True)

    class Meta(Lasting.Meta):
        constraints = [
            *Lasting.Meta.constraints,
            models.UniqueConstraint(fields=["unit"], condition=LIVE_OPEN, name="one_open_term_a_unit"),
            models.UniqueConstraint(fields=["uid"], condition=LIVE, name="one_live_term_a_uid"),
            models.CheckConstraint(
                condition=models.Q(postponed_to__isnull=True) | models.Q(postponed_to__gt=models.F("due_on")),
                name="term_postponed_beyond_due",
            ),
        ]
        indexes = [*Lasting.Meta.indexes, models.Index(fields=["unit", "since"], condition=LIVE, name="term_unit")]


class Post(Lasting):
    """Somebody holds a title at a unit. `due_on`: when what was sent for a time shall end, None where the term of the unit says it.

    `sending_unit` is a text: it may lie outside the county. `ended_why` is empty while the post lasts.
    """

    timeline = Timeline(by=("unit", "person", "title"))

    uid = models.UUIDField(default=uuid.uuid4)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="posts", db_index=False)
    person = models.ForeignKey(Person, models.PROTECT, related_name="posts", db_index=False)
    title = models.CharField(max_length=20, choices=[(one.value, one.label) for one in Title])
    how = models.CharField(max_length=10, choices=[(one.value, one.label) for one in How])
    sending_unit = models.CharField(max_length=100, blank=True)
    due_on = models.DateField(null=True)
    document = models.CharField(max_length=60, blank=True)
    ended_why = models.CharField(max_length=200, blank=True)

    class Meta(Lasting.Meta):
        constraints = [
            *Lasting.Meta.constraints,
            models.UniqueConstraint(
                fields=["unit", "person", "title"], condition=LIVE_OPEN, name="one_open_post_a_title"
            ),
            models.UniqueConstraint(fields=["uid"], condition=LIVE, name="one_live_post_a_uid"),
        ]
        indexes = [
            *Lasting.Meta.indexes,
            models.Index(fields=["unit", "since"], condition=LIVE, name="post_unit"),
            models.Index(fields=["person", "since"], condition=LIVE, name="post_person"),
        ]
