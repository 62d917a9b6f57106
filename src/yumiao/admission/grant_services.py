"""What writes need-to-know grants. Within an open act; who may grant what was answered before."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from datetime import date
from typing import Any, Final

from yumiao.access.models import Grant
from yumiao.access.sections import Section
from yumiao.admission.models import CaseGrant
from yumiao.journal.acts import Act
from yumiao.journal.bulk import new_ids

GRANT: Final = ("since", "until", "uid", "account_id", "section", "purpose", "granted_by_id", "is_emergency", "ends_at")
CASE: Final = ("id", "grant_id", "case_id")


def write_grant(
    act: Act, cases: Iterable[int], *, account: int, section: Section, purpose: str, since: date, until: date, by: int,
    is_emergency: bool = False, ends_at: int | None = None,
) -> uuid.UUID:  # fmt: skip
    """Let an account read a section of these cases from `since` up to, but without, `until`. Returns the grant's uid."""
    uid = uuid.uuid4()
    _insert(act, (since, until, uid, account, section.value, purpose, by, is_emergency, ends_at), uid, cases)
    return uid


def end_grant(act: Act, grant: Grant, on: date) -> None:
    """Let a grant end on a day, its first without; one that had not begun is taken back."""
    act.strike(Grant, [grant.pk])
    if grant.since < on:
        row = (
            grant.since, on, grant.uid, grant.account_id, grant.section, grant.purpose, grant.granted_by_id, grant.is_emergency, grant.ends_at,
        )  # fmt: skip
        _insert(act, row, grant.uid, CaseGrant.objects.filter(grant=grant.pk).values_list("case_id", flat=True))


def _insert(act: Act, row: tuple[Any, ...], uid: uuid.UUID, cases: Iterable[int]) -> None:
    """A grant with its cases; its id is the database's to hand out."""
    wanted = sorted(set(cases))
    act.insert(Grant, GRANT, [row])
    pk = Grant.objects.alive().get(uid=uid).pk
    act.insert(
        CaseGrant, CASE, [(one, pk, case) for one, case in zip(new_ids(CaseGrant, len(wanted)), wanted, strict=True)]
    )
