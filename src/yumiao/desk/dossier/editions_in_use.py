"""Which edition new cases begin under on a day: the one introduced by a county paper, else the first. Reads only."""

from __future__ import annotations

from datetime import date

from yumiao.admission.editions import EDITIONS, FIRST
from yumiao.admission.models import EditionUse


def edition_on(day: date) -> str:
    """The key of the edition in use."""
    found = EditionUse.objects.on(day).values_list("edition", flat=True).first()
    return found if found is not None and found in EDITIONS else FIRST
