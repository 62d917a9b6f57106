"""Whether somebody may read a section of a case: by a grant that lasts, of no role. Reads only."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime

from yumiao.access.models import Grant
from yumiao.access.sections import Section
from yumiao.admission.models import CaseGrant


def open_grant(account: int, case: int, section: Section, *, today: date, now: datetime) -> Grant | None:
    """The grant by which an account may read a section of a case now; None where none lasts. One query."""
    rows = Grant.objects.on(today).filter(account=account, section=section, cases__case=case).order_by("pk")
    return next((one for one in rows if one.ends_at is None or one.ends_at > now.timestamp()), None)


def open_sections(account: int, case: int, *, today: date, now: datetime) -> dict[Section, Grant]:
    """Every section of a case that an account may read now, with the grant. One query."""
    rows = Grant.objects.on(today).filter(account=account, cases__case=case).order_by("pk")
    return {Section(one.section): one for one in rows if one.ends_at is None or one.ends_at > now.timestamp()}


def cases_open_to(account: int, section: Section, cases: Collection[int], *, today: date, now: datetime) -> set[int]:
    """Those of these cases of which an account may read a section now. One query."""
    rows = CaseGrant.objects.filter(
        case__in=cases, grant__in=Grant.objects.on(today).filter(account=account, section=section)
    )
    found = rows.values_list("case_id", "grant__ends_at")
    return {case for case, ends in found if ends is None or ends > now.timestamp()}
