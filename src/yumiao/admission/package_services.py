"""What writes packages and handings over. Within an open act; whether it is lawful was answered before."""

from __future__ import annotations

import uuid
from datetime import date
from typing import Final

from yumiao.admission.models import Handover, Package
from yumiao.journal.acts import Act
from yumiao.journal.bulk import new_ids

HANDOVER: Final = (
    "uid", "case_id", "package_id", "handed_on", "holder", "giver", "receiver", "copies", "note",
)  # fmt: skip


def write_package(act: Act, case: int, *, on: date, digest: str, pages: int, size: int) -> uuid.UUID:
    """That a package was made. Returns its uid."""
    (pk,), uid = new_ids(Package, 1), uuid.uuid4()
    act.insert(
        Package,
        ("id", "uid", "case_id", "made_on", "digest", "pages", "size"),
        [(pk, uid, case, on, digest, pages, size)],
    )
    return uid


def write_handover(
    act: Act, case: int, *, package: int | None, on: date, holder: str, giver: str, receiver: str, copies: int, note: str
) -> uuid.UUID:  # fmt: skip
    """That the archive went to whoever keeps it, in place of what was said before. Returns its uid."""
    uid = uuid.uuid4()
    act.strike(Handover, Handover.objects.alive().filter(case=case).values_list("pk", flat=True))
    act.insert(Handover, HANDOVER, [(uid, case, package, on, holder, giver, receiver, copies, note)])
    return uid


def take_back_handover(act: Act, case: int) -> None:
    """Let a handing over count for nothing."""
    act.strike(Handover, Handover.objects.alive().filter(case=case).values_list("pk", flat=True))
