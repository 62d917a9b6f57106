"""The talent pool: people outside the Party whom a township keeps in view, voluntarily (TAL-01, PRV-07)."""

from __future__ import annotations

from django.db import models

from yumiao.journal.facts import LIVE, LIVE_OPEN, Lasting, Timeline
from yumiao.people.models import Person


class Talent(Lasting):
    """Somebody is in the pool in one category from the day of entry; several categories are several rows. The pool is that of the township."""

    timeline = Timeline(by=("person", "category"))

    class Category(models.TextChoices):
        MIGRANT_WORKER = "migrant_worker", "优秀农民工"
        WEALTH_LEADER = "wealth_leader", "致富能手"
        VETERAN = "veteran", "退役军人"
        GRADUATE = "returning_graduate", "返乡大学生"
        OTHER = "other", "其他"

    person = models.ForeignKey(Person, models.PROTECT, related_name="talents", db_index=False)
    category = models.CharField(max_length=20, choices=Category.choices)

    class Meta(Lasting.Meta):
        constraints = [
            *Lasting.Meta.constraints,
            models.UniqueConstraint(fields=["person", "category"], condition=LIVE_OPEN, name="one_open_row_a_category"),
        ]
        indexes = [
            *Lasting.Meta.indexes,
            models.Index(fields=["person", "since", "until", "struck"], condition=LIVE, name="talent_person"),
        ]
