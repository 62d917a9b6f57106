"""The bytes of scans: sealed files below the data folder's `files/`, two letters of the uid as the folder, the uid as the name.

A file is there before the act that knows of it commits, so every scan on record has its file; one without a record is an orphan, left by a
process that died in between, and is swept by `yumiao doctor --mend`. Must not know: who reads, what a scan shows.
"""

from __future__ import annotations

import hashlib
import os
import time
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from django.conf import settings

from yumiao.files.models import Scan
from yumiao.vault.blobs import OVERHEAD, open_bytes, seal_bytes
from yumiao.vault.cells import Unsealable

PARTIAL: Final = ".part"
SETTLED: Final = 3600
"""Seconds after which a file that no scan knows of is an orphan: no act lasts as long."""


class Lost(Exception):
    """The file of a scan is not there, or not as it was taken in."""

    def __init__(self, uid: uuid.UUID) -> None:
        super().__init__(f"扫描件 {uid} 的文件缺失或者已被改动，请从备份恢复。")
        self.uid = uid


def folder() -> Path:
    """Where files lie."""
    found: Path = settings.FOLDER.files
    return found


def path_of(uid: uuid.UUID) -> Path:
    """Where the bytes of a scan lie."""
    return folder() / uid.hex[:2] / str(uid)


def put(uid: uuid.UUID, content: bytes) -> None:
    """Seal and write the bytes; afterwards they are on the disk whole, whatever happens. Raises `OSError` where there is no room."""
    path = path_of(uid)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    partial = path.with_name(f".{path.name}{PARTIAL}")
    try:
        with os.fdopen(os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(seal_bytes(content, about=_about(uid)))
            file.flush()
            os.fsync(file.fileno())
        partial.replace(path)
    except BaseException:
        partial.unlink(missing_ok=True)
        raise
    _sync(path.parent)
    _sync(path.parent.parent)


def _sync(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _about(uid: uuid.UUID) -> str:
    return f"scan|{uid.hex}"


def read(scan: Scan) -> bytes:
    """The bytes of a scan as they were taken in. Raises `Lost`."""
    try:
        content = open_bytes(path_of(scan.uid).read_bytes(), about=_about(scan.uid))
    except (OSError, Unsealable):
        raise Lost(scan.uid) from None
    if hashlib.sha256(content).digest() != bytes(scan.digest):
        raise Lost(scan.uid)
    return content


def drop(uid: uuid.UUID) -> None:
    """Take away what was put for an act that then did not come about."""
    path_of(uid).unlink(missing_ok=True)


def lost(*, whole: bool) -> Iterator[tuple[int, uuid.UUID]]:
    """(entry, uid) of every scan whose file is missing or altered; `whole` opens each, else only presence and length are looked at."""
    for scan in Scan.objects.order_by("pk").iterator(chunk_size=500):
        if whole:
            try:
                read(scan)
            except Lost:
                yield scan.entered, scan.uid
        elif not _is_there(scan):
            yield scan.entered, scan.uid


def _is_there(scan: Scan) -> bool:
    try:
        return path_of(scan.uid).stat().st_size == scan.size + OVERHEAD
    except OSError:
        return False


def orphans() -> list[Path]:
    """Files that no scan knows of, half-written ones among them, old enough that no act is at them."""
    old = [path for path in folder().glob("??/*") if _is_settled(path)]
    old += [path for path in folder().glob("??/.*" + PARTIAL) if _is_settled(path) and path not in old]
    known = {str(uid) for uid in Scan.objects.values_list("uid", flat=True)} if old else set()
    return sorted(path for path in old if path.name not in known)


def _is_settled(path: Path) -> bool:
    try:
        return path.is_file() and time.time() - path.stat().st_mtime > SETTLED
    except OSError:
        return False


def sweep() -> int:
    """Remove the orphans. Returns how many there were."""
    found = orphans()
    for path in found:
        path.unlink(missing_ok=True)
    return len(found)
