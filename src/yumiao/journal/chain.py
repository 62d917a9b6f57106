"""How entries and readings are hashed, and where the chain's head is kept outside the database.

The hash is SHA-256 over the hash before and the canonical JSON of the row, so a stranger can check it with any tool. A head file
holds, signed, the head that is about to be committed and the one before it, and once that is done the new head alone: the database
must stand where the file says, so that a cut last row shows too.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.conf import settings

from yumiao.vault.cells import signature

GENESIS = bytes(32)
Fields = dict[str, Any]

ENTRY_FIELDS = (
    "seq", "at", "verb", "actor", "actor_label", "subject_kind", "subject", "reason", "data", "once", "undoes",
)  # fmt: skip
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


@dataclass(frozen=True, slots=True)
class HeadFile:
    """The file, in the data folder, that says where one chain stands."""

    suffix: str

    @property
    def path(self) -> Path:
        head = Path(settings.HEAD_FILE)
        return head.with_name(head.name + self.suffix)

    def announce(self, before: Head, after: Head) -> None:
        """Say, before the commit, where the chain will stand; called under the chain's lock."""
        with self._locked() as folder:
            self._write(before, after, folder)

    def settle(self, standing: Head) -> None:
        """Say, after the commit, that the chain stands there; whoever announced more in the meantime is left alone."""
        with self._locked() as folder:
            announced = self.read()
            if announced is not None and announced[1] == standing:
                self._write(standing, standing, folder)

    def tidy(self) -> None:
        """Remove what a process left that died while it wrote the file; whoever is writing now holds the folder.

        What cannot be removed hinders nobody who reads: the next writing says so.
        """
        with self._locked(), suppress(OSError):
            self._partial.unlink(missing_ok=True)

    @property
    def _partial(self) -> Path:
        return self.path.with_name(f".{self.path.name}.part")

    def read(self) -> tuple[Head, Head] | None:
        """(before, after) as last written; None when there is no file. Raises `ValueError` when it was altered."""
        try:
            body = json.loads(self.path.read_text(encoding="ascii"))
        except FileNotFoundError:
            return None
        if not isinstance(body, dict) or body.pop("signature", "") != self._signed(body):
            raise ValueError(self.path.name)
        before, after = (Head(body[key][0], bytes.fromhex(body[key][1])) for key in ("before", "after"))
        return before, after

    def _signed(self, body: Fields) -> str:
        return signature(canonical({**body, "file": self.path.name}).encode())

    def _write(self, before: Head, after: Head, folder: int) -> None:
        body = {"before": [before.seq, before.hash.hex()], "after": [after.seq, after.hash.hex()]}
        partial = self._partial
        with open(os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="ascii") as file:
            file.write(json.dumps({**body, "signature": self._signed(body)}) + "\n")
            file.flush()
            os.fsync(file.fileno())
        partial.replace(self.path)
        os.fsync(folder)

    @contextmanager
    def _locked(self) -> Iterator[int]:
        """Hold the folder, so that a late `settle` cannot overwrite what the next act announces."""
        folder = os.open(self.path.parent, os.O_RDONLY | os.O_DIRECTORY)
        try:
            fcntl.flock(folder, fcntl.LOCK_EX)
            yield folder
        finally:
            os.close(folder)


ENTRIES = HeadFile("")
READINGS = HeadFile("-readings")
