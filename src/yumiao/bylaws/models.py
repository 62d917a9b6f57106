"""County papers, the settings that stand on them, days off, own names of columns: versioned rows with an author, never configuration files."""

from __future__ import annotations

import uuid

from django.db import models

from yumiao.journal.facts import LIVE, LIVE_OPEN, Fact, Lasting, Timeline
from yumiao.kernel.periods import FOREVER
from yumiao.units.models import Unit


class CountyPaper(Fact):
    """A paper of the county that settings stand on, with its text where there is one; the scan's place is named in `scan`."""

    uid = models.UUIDField(default=uuid.uuid4)
    number = models.CharField(max_length=60)
    issuing_body = models.CharField(max_length=100)
    title = models.CharField(max_length=200)
    in_force_from = models.DateField()
    in_force_until = models.DateField(default=FOREVER)
    text = models.TextField(blank=True)
    scan = models.CharField(max_length=200, blank=True)

    class Meta(Fact.Meta):
        constraints = [
            *Fact.Meta.constraints,
            models.UniqueConstraint(fields=["issuing_body", "number"], condition=LIVE, name="one_paper_a_number"),
            models.UniqueConstraint(fields=["uid"], condition=LIVE, name="one_live_paper_a_uid"),
            models.CheckConstraint(
                condition=models.Q(in_force_from__lt=models.F("in_force_until")), name="countypaper_in_force"
            ),
        ]


class Setting(Lasting):
    """The value of one key over a time; keys, types and defaults are `bylaws.rules.KEYS`. The paper is named by number: it may be corrected."""

    timeline = Timeline(by=("key",))

    key = models.CharField(max_length=60)
    value = models.CharField(max_length=120)
    paper_uid = models.UUIDField()
    reason = models.CharField(max_length=500)

    class Meta(Lasting.Meta):
        constraints = [
            *Lasting.Meta.constraints,
            models.UniqueConstraint(fields=["key"], condition=LIVE_OPEN, name="one_open_setting_a_key"),
        ]


class DayOff(Fact):
    """A day that the county's own table makes free, or a weekend it makes a working day; it beats the national table."""

    day = models.DateField()
    is_working = models.BooleanField()
    name = models.CharField(max_length=60)
    source = models.CharField(max_length=200)

    class Meta(Fact.Meta):
        constraints = [
            *Fact.Meta.constraints,
            models.UniqueConstraint(fields=["day"], condition=LIVE, name="one_live_row_a_day"),
        ]


class CalendarYear(Fact):
    """A year whose State Council table was entered in full by hand, because the package that ships them does not hold it yet."""

    year = models.SmallIntegerField()
    source = models.CharField(max_length=200)

    class Meta(Fact.Meta):
        constraints = [
            *Fact.Meta.constraints,
            models.UniqueConstraint(fields=["year"], condition=LIVE, name="one_live_row_a_year"),
        ]


class HeaderName(Fact):
    """What an office calls a column of a form in its own workbooks; it holds for whoever imports in the unit's subtree, the nearest wins.

    `header` is squeezed as `sheets.parsing` does; an empty `column` says that nothing is read there, whatever a unit above says.
    """

    uid = models.UUIDField(default=uuid.uuid4)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="header_names", db_index=False)
    form = models.CharField(max_length=31)
    header = models.CharField(max_length=60)
    column = models.CharField(max_length=40, blank=True)

    class Meta(Fact.Meta):
        constraints = [
            *Fact.Meta.constraints,
            models.UniqueConstraint(fields=["unit", "form", "header"], condition=LIVE, name="one_live_name_a_header"),
            models.UniqueConstraint(fields=["uid"], condition=LIVE, name="one_live_name_a_uid"),
            models.CheckConstraint(condition=~models.Q(header=""), name="headername_named"),
        ]
