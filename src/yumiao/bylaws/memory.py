"""The county's settings of a day from memory. Must not know who asks."""

from __future__ import annotations

from datetime import date

from yumiao.bylaws.queries import settings_on
from yumiao.bylaws.rules import Settings
from yumiao.journal.chain import Head
from yumiao.journal.memory import remembered


def settings_of(day: date, head: Head) -> Settings:
    """The settings of `day` as the record stands at `head`."""
    return remembered("settings", head, day, make=lambda: settings_on(day))
