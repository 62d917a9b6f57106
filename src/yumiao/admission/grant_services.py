"""What writes need-to-know grants. Within an open act; who may grant what was answered before."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from datetime import date
from typing import Final

from yumiao.access.models import Grant
from yumiao.access.sections import Section
from yumiao.admission.models import CaseGrant
from yumiao.journal.acts import Act
from yumiao.journal.bulk import new_ids

GRANT: Final = (
    "id", "since", "until", "uid", "account_id", "section", "purpose", "granted_by_id", "is_emergency", "ends_at",
)  # fmt: skip


def write_grant(
    act: Act, cases: Iterable[int], *, account: int, section: Section, purpose: str, since: date, until: date, by: int,
    is_emergency: bool = False, ends_at: int | None = None,
) -> uuid.UUID:  # fmt: skip
    """Let an account read a section of these cases from `since` up to, but without, `until`. Returns the grant's uid."""
    wanted = sorted(set(cases))
    (pk,), uid = new_ids(Grant, 1), uuid.uuid4()
    row = (pk, since, until, uid, account, section.value, purpose, by, is_emergency, ends_at)
    act.insert(Grant, GRANT, [row])
    ids = new_ids(CaseGrant, len(wanted))
    act.insert(
        CaseGrant, ("id", "grant_id", "case_id"), [(one, pk, case) for one, case in zip(ids, wanted, strict=True)]
    )
    return uid


def end_grant(act: Act, grant: Grant, on: date) -> None:
    """Let a grant end on a day, its first without; one that had not begun is taken back."""
    act.strike(Grant, [grant.pk])
    if grant.since < on:
        (pk,) = new_ids(Grant, 1)
        row = (
            pk, grant.since, on, grant.uid, grant.account_id, grant.section, grant.purpose, grant.granted_by_id, grant.is_emergency,
            grant.ends_at,
        )  # fmt: skip
        act.insert(Grant, GRANT, [row])
        cases = list(CaseGrant.objects.filter(grant=grant.pk).values_list("case_id", flat=True))
        ids = new_ids(CaseGrant, len(cases))
        act.insert(
            CaseGrant, ("id", "grant_id", "case_id"), [(one, pk, case) for one, case in zip(ids, cases, strict=True)]
        )
