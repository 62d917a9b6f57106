"""Sensitive reads: who saw or took out personal data, for what, how many. An own append-only chain."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from django.db import connection, transaction

from yumiao.journal import chain
from yumiao.journal.acts import LOCK, Actor
from yumiao.journal.models import Reading


class What(StrEnum):
    """How the data were read."""

    EXPLANATION = "explanation"
    EXPORT = "export"


def record_reading(
    what: What, *, actor: Actor, subject_kind: str, subject: uuid.UUID | None, count: int, purpose: str = ""
) -> None:
    """Append one reading of `count` persons' data; `subject` is the unit or person that was opened."""
    with transaction.atomic():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK + 1])
        row = Reading.objects.order_by("-id").values_list("id", "hash").first()
        number, prev = (row[0], bytes(row[1])) if row else (0, chain.GENESIS)
        fields: dict[str, Any] = {
            "id": number + 1,
            "at": datetime.now(UTC),
            "actor": actor.uid,
            "actor_label": actor.label,
            "what": what.value,
            "subject_kind": subject_kind,
            "subject": subject,
            "purpose": purpose,
            "count": count,
        }
        Reading.objects.create(**fields, prev=prev, hash=chain.link(prev, fields))
