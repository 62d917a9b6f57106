"""Uploads on their way into the record: sealed files in a folder each below `tmp/uploads`, named by a random number.

`meta.json` says whose it is and never changes, `job.json` what was asked for last, `state.json` how far it has come. Whoever works on an
upload holds its `lock`, so that a process that died is known at once. It must not know sheets, checks or pages.
"""

from __future__ import annotations

import base64
import fcntl
import hashlib
import json
import os
import re
import shutil
import tempfile
import uuid
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from pathlib import Path
from typing import Any

from django.conf import settings

from yumiao.kernel.identity import scrub
from yumiao.vault.cells import Unsealable, seal, unseal

LARGEST = 25 << 20  # bytes of one workbook
KEPT = 5  # uploads of one account; the oldest give way
KEPT_FOR = timedelta(days=3)
STARTS_WITHIN = timedelta(seconds=20)  # a process that was asked for and has not begun by then never will
PARTIAL = ".part"
SCRATCH, SCRATCH_FOR = "scratch-", timedelta(minutes=10)
CHUNK = 1 << 20
NAME_LENGTH = 80
WORKBOOK, REGISTER = "workbook", "register"  # kinds of uploads: for an import, for reconciliation
_UNSEEN = re.compile(
    '[\x00-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff/\\\\"<>|:*?]+'
)


class Phase(StrEnum):
    """How far an upload has come."""

    STORED = "stored"
    ASKED = "asked"
    READING = "reading"
    CHECKING = "checking"
    WRITING = "writing"
    PREVIEWED = "previewed"
    UNREADABLE = "unreadable"
    MOVED = "moved"
    UNCHANGED = "unchanged"
    WRITTEN = "written"
    FAILED = "failed"

    @property
    def is_underway(self) -> bool:
        return self in (Phase.ASKED, Phase.READING, Phase.CHECKING, Phase.WRITING)


class Altered(Exception):
    """What lies in the folder is not what was uploaded."""


@dataclass(frozen=True, slots=True)
class Meta:
    """Whose upload it is: account, file name without numbers or unseen signs, bytes, SHA-256, moment; and what it is for."""

    owner: str
    name: str
    size: int
    sha256: str
    at: str
    kind: str = WORKBOOK

    @property
    def moment(self) -> datetime:
        return datetime.fromisoformat(self.at)


@dataclass(frozen=True, slots=True)
class State:
    """How far the work has come: rows `done` of `total`, why it failed, which entry it became."""

    phase: Phase
    at: str
    done: int = 0
    total: int = 0
    reason: str = ""
    seq: int | None = None


@dataclass(frozen=True, slots=True)
class Upload:
    """One upload's folder."""

    uid: uuid.UUID
    folder: Path

    @property
    def meta(self) -> Meta:
        return Meta(**self.read_json("meta"))

    @property
    def state(self) -> State:
        said = self.read_json("state")
        return State(**{**said, "phase": Phase(said["phase"])})

    def put_state(self, phase: Phase, **said: Any) -> None:
        self.write_json("state", asdict(State(phase, now().isoformat(), **said)))

    def read_json(self, name: str) -> dict[str, Any]:
        said: dict[str, Any] = json.loads((self.folder / f"{name}.json").read_text(encoding="utf-8"))
        return said

    def write_json(self, name: str, said: dict[str, Any]) -> None:
        replace(self.folder / f"{name}.json", json.dumps(said, ensure_ascii=False, default=str).encode())

    def write_sealed(self, name: str, content: bytes) -> None:
        self.write_chunks(name, (content[start : start + CHUNK] for start in range(0, len(content), CHUNK)))

    def write_chunks(self, name: str, chunks: Iterable[bytes]) -> None:
        """Each chunk sealed for this upload, this name and its place, so that none can be moved or exchanged."""
        replace(self.folder / f"{name}.sealed", b"".join(self._sealed(name, chunks)))

    def _sealed(self, name: str, chunks: Iterable[bytes]) -> Iterator[bytes]:
        for place, chunk in enumerate(chunks):
            version, cell = seal(base64.b64encode(chunk).decode(), about=self._about(name, place))
            yield len(cell).to_bytes(4) + version.to_bytes(2) + cell

    def read_sealed(self, name: str) -> bytes:
        """Raises `Altered`; `FileNotFoundError` where nothing of that name was sealed."""
        left = memoryview((self.folder / f"{name}.sealed").read_bytes())
        opened: list[bytes] = []
        try:
            while left:
                length, version = int.from_bytes(left[:4]), int.from_bytes(left[4:6])
                cell, left = bytes(left[6 : 6 + length]), left[6 + length :]
                opened.append(base64.b64decode(unseal(cell, about=self._about(name, len(opened)), version=version)))
        except Unsealable:
            raise Altered from None
        return b"".join(opened)

    def _about(self, name: str, place: int) -> str:
        return f"upload|{self.uid.hex}|{name}|{place}"

    def has(self, name: str) -> bool:
        return (self.folder / f"{name}.sealed").exists()

    def forget(self, name: str) -> None:
        """Take away what was sealed under that name, if anything was."""
        (self.folder / f"{name}.sealed").unlink(missing_ok=True)

    def content(self) -> bytes:
        """The workbook as it was sent. Raises `Altered`."""
        content = self.read_sealed("file")
        if hashlib.sha256(content).hexdigest() != self.meta.sha256:
            raise Altered
        return content

    @contextmanager
    def held(self) -> Iterator[None]:
        """Work on it; a second one waits until the first has ended, however it ended. What that left half written goes."""
        with open(self.folder / "lock", "wb") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            for partial in self.folder.glob(f".*{PARTIAL}"):
                partial.unlink()
            yield

    @property
    def is_held(self) -> bool:
        try:
            with open(self.folder / "lock", "rb") as file:
                fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except FileNotFoundError:
            return False
        except BlockingIOError:
            return True
        return False

    @property
    def is_running(self) -> bool:
        """Whether a process is at it, or has just been asked to be."""
        state = self.state
        if not state.phase.is_underway:
            return False
        is_starting = state.phase is Phase.ASKED and now() - datetime.fromisoformat(state.at) < STARTS_WITHIN
        return is_starting or self.is_held

    def drop(self) -> None:
        shutil.rmtree(self.folder, ignore_errors=True)


def now() -> datetime:
    return datetime.now(UTC)


def uploads_folder() -> Path:
    folder: Path = settings.FOLDER.tmp / "uploads"
    return folder


@contextmanager
def scratch() -> Iterator[Path]:
    """A folder for a file in clear, gone at the end; what a killed process leaves of it goes with the next upload."""
    uploads_folder().mkdir(mode=0o700, parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=uploads_folder(), prefix=SCRATCH) as folder:
        yield Path(folder)


def replace(target: Path, content: bytes) -> None:
    """The file appears whole, on the disk, or not at all."""
    partial = target.with_name(f".{target.name}-{uuid.uuid4().hex}{PARTIAL}")
    try:
        with open(os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        partial.replace(target)
    except BaseException:
        partial.unlink(missing_ok=True)
        raise


def store(chunks: Iterable[bytes], *, name: str, owner: uuid.UUID, kind: str = WORKBOOK) -> Upload:
    """Seal an upload. It is known from the moment its `state.json` is there; `OSError` leaves nothing behind."""
    uid = uuid.uuid4()
    upload = Upload(uid, uploads_folder() / str(uid))
    upload.folder.mkdir(mode=0o700, parents=True)
    digest, size = hashlib.sha256(), 0

    def counted() -> Iterator[bytes]:
        nonlocal size
        for chunk in chunks:
            digest.update(chunk)
            size += len(chunk)
            yield chunk

    try:
        upload.write_chunks("file", counted())
        meta = Meta(str(owner), shown_name(name), size, digest.hexdigest(), now().isoformat(), kind)
        upload.write_json("meta", asdict(meta))
        upload.put_state(Phase.STORED)
    except BaseException:
        upload.drop()
        raise
    return upload


def shown_name(name: str) -> str:
    """The name of a file as pages and the record may show it: one line, no path, no number of a person, bounded."""
    plain = " ".join(_UNSEEN.sub(" ", scrub(name)).split())
    stem = plain[: -len(".xlsx")] if plain.lower().endswith(".xlsx") else plain
    return f"{stem.strip('. ')[:NAME_LENGTH].strip('. ') or '工作簿'}.xlsx"


def find(uid: uuid.UUID, owner: uuid.UUID, kind: str | None = WORKBOOK) -> Upload | None:
    """The upload of that account and kind (None: any); None where it is not there or somebody else's."""
    upload = Upload(uid, uploads_folder() / str(uid))
    try:
        meta = upload.meta
        return upload if meta.owner == str(owner) and kind in (None, meta.kind) and upload.state else None
    except (FileNotFoundError, NotADirectoryError):
        return None


def uploads_of(owner: uuid.UUID, kind: str | None = WORKBOOK) -> list[Upload]:
    """All of one account's of that kind (None: any), the newest first."""
    found = [upload for upload in _all() if find(upload.uid, owner, kind) is not None]
    return sorted(found, key=lambda upload: upload.meta.at, reverse=True)


def _all() -> Iterator[Upload]:
    folder = uploads_folder()
    for path in folder.iterdir() if folder.is_dir() else ():
        try:
            yield Upload(uuid.UUID(path.name), path)
        except ValueError:
            continue


def sweep(owner: uuid.UUID) -> None:
    """Make room: what is older than three days goes, whoever's it is, and of this account what exceeds the number kept."""
    for left in uploads_folder().glob(f"{SCRATCH}*"):
        if left.stat().st_mtime < (now() - SCRATCH_FOR).timestamp():
            shutil.rmtree(left, ignore_errors=True)
    latest = (now() - KEPT_FOR).timestamp()
    for upload in _all():
        if upload.folder.stat().st_mtime < latest and not upload.is_held:
            upload.drop()
    for upload in uploads_of(owner, None)[KEPT - 1 :]:
        if not upload.is_running:
            upload.drop()


@contextmanager
def one_at_a_time(owner: uuid.UUID) -> Iterator[Upload | None]:
    """Hold the account's turn while it is decided whether a process may start; gives the upload that is running, if one is."""
    folder = uploads_folder()
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with open(folder / f".{owner.hex}.lock", "ab") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield next((upload for upload in uploads_of(owner, None) if upload.is_running), None)
