"""Making a backup: the record of one moment, read in one transaction while people go on working, and the files beside it.

Must not know how the blocks are sealed.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from gettext import gettext as _
from io import BufferedRandom
from pathlib import Path
from typing import Any

from django.db import connection, transaction
from django.db.migrations.recorder import MigrationRecorder

from yumiao import __version__
from yumiao.config.backup.container import Header, Unusable, Writer
from yumiao.config.backup.plain import said_rows, saved_models
from yumiao.config.folder import DataFolder
from yumiao.config.installation import Installation
from yumiao.files.store import PARTIAL
from yumiao.journal.acts import head_of
from yumiao.journal.models import Entry, Reading
from yumiao.journal.readings import What, record_reading
from yumiao.people.models import Person
from yumiao.vault.keys import ring

CHUNK = 1 << 20  # bytes of a file in one block
Progress = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Made:
    """What a backup holds: persons, bytes of the file, and its SHA-256."""

    persons: int
    size: int
    digest: str


def back_up(target: Path, installation: Installation, progress: Progress) -> Made:
    """Write the backup; it appears under its name whole or not at all. Raises `Unusable`."""
    _refuse_existing(target)
    _refuse_full_disk(target, installation.folder)
    actor = installation.actor
    record_reading(
        What.BACKUP, actor=actor, subject_kind="unit", subject=None, count=Person.objects.count(), purpose=_("备份")
    )
    partial = target.with_name(target.name + ".part")
    with _partial_file(partial) as file:
        with _one_moment():
            persons = _write(Writer(file, _header(installation), ring()), installation.folder, progress)
        file.flush()
        os.fsync(file.fileno())
        file.seek(0)
        made = Made(persons, os.fstat(file.fileno()).st_size, hashlib.file_digest(file, "sha256").hexdigest())
        _refuse_existing(target)
        partial.rename(target)
        _sync(target.parent)
    return made


def migrations() -> list[str]:
    """Our migrations that the database has seen, as `app.name`."""
    ours = {model._meta.app_label for model in saved_models()}
    return sorted(f"{app}.{name}" for app, name in MigrationRecorder(connection).applied_migrations() if app in ours)


def _header(installation: Installation) -> Header:
    return {
        "program": __version__,
        "profile": installation.profile.value,
        "made_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "database": connection.vendor,
        "migrations": migrations(),
    }


def _write(writer: Writer, folder: DataFolder, progress: Progress) -> int:
    """Tables, files, and at last what must be found again; the number of persons."""
    tables: dict[str, tuple[int, str]] = {}
    for model in saved_models():
        table = model._meta.db_table
        progress(_("正在备份（{done} 张表）").format(done=len(tables)))
        total, digest = 0, hashlib.sha256()
        for rows, said in said_rows(model):
            writer.add(_block({"table": table}, said))
            total += rows
            digest.update(said)
        tables[table] = (total, digest.hexdigest())
    heads = {name: [head.seq, head.hash.hex()] for name, head in _heads()}
    files = {}
    # the names are read after the moment began: what the record knows by then lies there; what goes meanwhile belonged to no act
    for name in _names(folder.files):
        with suppress(FileNotFoundError):
            files[name] = _add_file(writer, folder.files / name, name)
    writer.add(_block({"tables": tables, "files": files, "heads": heads}, b""), is_last=True)
    return tables[Person._meta.db_table][0]


def _heads() -> Iterator[tuple[str, Any]]:
    yield "entries", head_of(Entry)
    yield "readings", head_of(Reading)


def _add_file(writer: Writer, path: Path, name: str) -> tuple[int, str]:
    size, digest = 0, hashlib.sha256()
    with path.open("rb") as file:
        while True:
            part = file.read(CHUNK)
            writer.add(_block({"file": name}, part))
            size += len(part)
            digest.update(part)
            if len(part) < CHUNK:
                return size, digest.hexdigest()


def _names(files: Path) -> list[str]:
    """Every file of the record, by its way from the folder of files; what is still being written is left out."""
    found = (path for path in files.rglob("*") if not path.name.endswith(PARTIAL) and path.is_file())
    return sorted(path.relative_to(files).as_posix() for path in found)


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except FileNotFoundError:
        return 0


def _block(about: dict[str, Any], body: bytes) -> bytes:
    return json.dumps(about, ensure_ascii=False, sort_keys=True).encode() + b"\n" + body


@contextmanager
def _one_moment() -> Iterator[None]:
    """A transaction that reads only and sees the database as it was when it began."""
    if connection.vendor == "postgresql":
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            yield
        return
    # Django would begin IMMEDIATE, which keeps writers out even where the write-ahead log lets them pass
    with connection.cursor() as cursor:
        cursor.execute("BEGIN DEFERRED")
        try:
            yield
        finally:
            cursor.execute("ROLLBACK")


@contextmanager
def _partial_file(path: Path) -> Iterator[BufferedRandom]:
    """The file under its passing name, held against a second backup; removed when something goes wrong."""
    with os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o600), "r+b") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Unusable(_("另一次备份正在写入 {path}。").format(path=path)) from None
        file.truncate(0)
        try:
            yield file
        except BaseException:
            path.unlink(missing_ok=True)
            raise


def _refuse_existing(target: Path) -> None:
    if target.exists() or target.is_symlink():
        raise Unusable(_("{path} 已存在，不会覆盖。请换一个文件名。").format(path=target))


def _refuse_full_disk(target: Path, folder: DataFolder) -> None:
    """The data as they lie are more than the backup will take."""
    needed = sum(_size(folder.files / name) for name in _names(folder.files))
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_database_size(current_database())")
            needed += cursor.fetchone()[0]
    else:
        needed += folder.database.stat().st_size
    if (free := shutil.disk_usage(target.parent).free) < needed:
        text = _("磁盘空间不足：需要约 {needed} MB，只剩 {free} MB。没有写入备份。")
        raise Unusable(text.format(needed=needed // 10**6 + 1, free=free // 10**6))


def _sync(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
