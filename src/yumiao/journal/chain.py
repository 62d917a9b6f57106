"""How entries and readings are hashed, and where the chain's head is kept outside the database.

The hash is SHA-256 over the hash before and the canonical JSON of the row, so a stranger can check it with any tool. The head file
holds the head an act is about to commit and the one before it, signed: the database must stand at one of the two.
"""

from __future__ import annotations

import hashlib
import json
import os
import uuid
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.conf import settings

from yumiao.vault.cells import signature

GENESIS = bytes(32)
Fields = dict[str, Any]

ENTRY_FIELDS = ("seq", "at", "verb", "actor", "actor_label", "subject_kind", "subject", "reason", "data")
READING_FIELDS = ("id", "at", "actor", "actor_label", "what", "subject_kind", "subject", "purpose", "count")


def canonical(value: Any) -> str:
    """JSON with sorted keys and no spaces; UUIDs as hex, moments in UTC with microseconds."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=_plain)


def _plain(value: Any) -> str:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    if isinstance(value, uuid.UUID):
        return value.hex
    if isinstance(value, bytes | memoryview):
        return bytes(value).hex()
    return str(value)


def link(prev: bytes, fields: Fields) -> bytes:
    """The hash of a row that follows `prev`; fields that are None or empty text are left out, so that columns may be added later."""
    said = {key: value for key, value in fields.items() if value is not None and value != ""}
    return hashlib.sha256(prev + canonical(said).encode()).digest()


def short_code(head: bytes) -> str:
    """What is printed on paper: `3F2A-91C0-77DE`."""
    text = head.hex()[:12].upper()
    return "-".join(text[i : i + 4] for i in range(0, 12, 4))


@dataclass(frozen=True, slots=True)
class Head:
    """Number and hash of the last entry; 0 and zeros before the first."""

    seq: int
    hash: bytes


NOTHING_YET = Head(0, GENESIS)


def write_head(before: Head, after: Head) -> None:
    """Say, before the commit, where the chain will stand; called under the chain's lock."""
    path = Path(settings.HEAD_FILE)
    body = {"before": [before.seq, before.hash.hex()], "after": [after.seq, after.hash.hex()]}
    text = json.dumps({**body, "signature": signature(canonical(body).encode())}) + "\n"
    partial = path.with_name(f".{path.name}.{os.getpid()}")
    with open(os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="ascii") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    partial.replace(path)


def read_head() -> tuple[Head, Head] | None:
    """(before, after) as last written; None when there is no file. Raises `ValueError` when it was altered."""
    try:
        body = json.loads(Path(settings.HEAD_FILE).read_text(encoding="ascii"))
    except FileNotFoundError:
        return None
    signed = body.pop("signature", "")
    if signed != signature(canonical(body).encode()):
        raise ValueError("head")
    before, after = (Head(body[key][0], bytes.fromhex(body[key][1])) for key in ("before", "after"))
    return before, after
