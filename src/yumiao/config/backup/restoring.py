"""Bringing a backup back into an empty place: everything is checked before anything is written, and proved before anybody may open it.

The rows come in one transaction. A mark lies in the data folder meanwhile; after a kill the same command goes on from it, and no row is ever removed.
"""

from __future__ import annotations

import json
import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from gettext import gettext as _
from pathlib import Path, PurePosixPath
from typing import Any, BinaryIO

from django.core.management.color import no_style
from django.db import connection, models, transaction
from django.db.migrations.loader import MigrationLoader

from yumiao.access.models import OPERATOR, Account
from yumiao.config.backup.checking import faults
from yumiao.config.backup.container import Header, Unusable, blocks, check_keys, read_header
from yumiao.config.backup.plain import columns, saved_models, stored_rows
from yumiao.config.folder import DataFolder, Profile
from yumiao.config.installation import migrate, operator
from yumiao.journal import bulk, chain
from yumiao.journal.acts import act
from yumiao.journal.models import Entry
from yumiao.journal.verbs import Verb
from yumiao.people.models import Person
from yumiao.people.services import rebuild_name_tokens
from yumiao.vault.keys import KeyRing, ring

SHOWN_FAULTS = 5
Progress = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Restored:
    """What stands again: persons, entries, and when the backup was made (ISO, UTC)."""

    persons: int
    entries: int
    made_at: str


def restore(source: BinaryIO, digest: str, folder: DataFolder, progress: Progress) -> Restored:
    """Bring the whole backup back, `digest` being its SHA-256. Raises `Unusable`, `NotReady` or `vault.keys.KeysMissing`."""
    keys = ring()
    _header, said = read_header(source)
    check_keys(said, keys)
    progress(_("正在检查备份"))
    last = _last_block(source, keys)
    _refuse_other_program(said)
    with folder.locked():
        _refuse_standing(folder, digest)
        _begin(folder, digest)
        progress(_("正在建立数据库"))
        migrate()
        if not _is_finished(digest):
            _bring_back(source, keys, folder, last, progress)
            _prove(last, folder, progress)
            _record(last, said, digest)
        folder.prepare(Profile(said["profile"]))
        folder.restoring.unlink()
    return Restored(Person.objects.count(), last["heads"]["entries"][0], said["made_at"])


def _last_block(source: BinaryIO, keys: KeyRing) -> dict[str, Any]:
    """What must be found again. Every block is opened on the way, so that damage shows before anything is written."""
    [last] = deque(blocks(source, keys), maxlen=1)
    said: dict[str, Any] = json.loads(last.split(b"\n", 1)[0])
    return said


def _refuse_other_program(said: Header) -> None:
    labels = {model._meta.app_label for model in saved_models()}
    # read from the program alone: there need not be a database, nor a folder for it, yet
    ours = MigrationLoader(None, ignore_no_migrations=True).disk_migrations
    known = sorted(f"{app}.{name}" for app, name in ours if app in labels)
    if said["migrations"] != known:
        text = _("备份由育苗 {version} 写成，数据库结构与本程序不同。请安装育苗 {version} 恢复，再升级。")
        raise Unusable(text.format(version=said["program"]))


def _refuse_standing(folder: DataFolder, digest: str) -> None:
    """Only an empty place, or one that this very backup was being restored into."""
    begun = folder.restoring.read_text(encoding="ascii").strip() if folder.restoring.exists() else None
    if begun is None and (folder.profile is not None or folder.head.exists() or any(_filled())):
        text = _("这里已有数据（{folder}），不会覆盖。请用 YUMIAO_DATA（和 YUMIAO_DATABASE_URL）指向空的一处。")
        raise Unusable(text.format(folder=folder.root))
    if begun not in (None, "", digest):
        raise Unusable(_("这里有另一份备份恢复到一半。请用那份备份重试，或指向空的一处。"))


def _filled() -> Iterator[str]:
    """Our tables that hold rows."""
    standing = set(connection.introspection.table_names())
    for model in saved_models():
        if model._meta.db_table in standing and model._default_manager.exists():
            yield model._meta.db_table


def _begin(folder: DataFolder, digest: str) -> None:
    for path in (folder.root, folder.files, folder.tmp):
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
        path.chmod(0o700)
    _write_whole(folder.restoring, [digest.encode() + b"\n"])


def _is_finished(digest: str) -> bool:
    """Whether an earlier run was killed after the proof, when only the mark was left to remove."""
    last = Entry.objects.order_by("-seq").values_list("verb", "data").first()
    return last is not None and last[0] == Verb.RESTORED and json.loads(last[1]).get("digest") == digest


def _bring_back(source: BinaryIO, keys: KeyRing, folder: DataFolder, last: dict[str, Any], progress: Progress) -> None:
    """Rows in one transaction, which an earlier run has committed whole or not at all; then files and heads."""
    if not any(_filled()):
        progress(_("正在恢复数据"))
        with transaction.atomic():
            _load(blocks(source, keys))
            _reset_sequences()
        bulk.refresh_statistics()
    for name, parts in _files(blocks(source, keys)):
        _write_whole(_inside(folder.files, name), parts)
    for file, name in ((chain.ENTRIES, "entries"), (chain.READINGS, "readings")):
        seq, known = last["heads"][name]
        head = chain.Head(seq, bytes.fromhex(known))
        file.announce(head, head)


def _load(found: Iterable[bytes]) -> None:
    by_table: dict[str, type[models.Model]] = {model._meta.db_table: model for model in saved_models()}
    for block in found:
        about, body = block.split(b"\n", 1)
        if (table := json.loads(about).get("table")) is not None:
            model = by_table[table]
            bulk.put_back(table, columns(model), stored_rows(model, body))


def _reset_sequences() -> None:
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), saved_models()):
            cursor.execute(statement)


def _files(found: Iterable[bytes]) -> Iterator[tuple[str, list[bytes]]]:
    """Each file with its parts; the parts of one follow each other."""
    name, parts = None, list[bytes]()
    for block in found:
        about, body = block.split(b"\n", 1)
        following = json.loads(about).get("file")
        if following != name:
            if name is not None:
                yield name, parts
            name, parts = following, []
        if name is not None:
            parts.append(body)


def _inside(files: Path, name: str) -> Path:
    way = PurePosixPath(name)
    if way.is_absolute() or ".." in way.parts:
        raise Unusable(_("备份中的文件名不合规：{name}").format(name=name))
    return files / way


def _write_whole(path: Path, parts: Iterable[bytes]) -> None:
    """The file appears whole or not at all."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    partial = path.with_name(f".{path.name}.part")
    with open(os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        file.writelines(parts)
        file.flush()
        os.fsync(file.fileno())
    partial.replace(path)


def _prove(last: dict[str, Any], folder: DataFolder, progress: Progress) -> None:
    progress(_("正在核对"))
    found = list(faults(last, folder.files))
    if found:
        text = _("恢复的数据与备份不符，此处不能使用：{faults}。请指向空的一处，用另一份备份重试。")
        raise Unusable(text.format(faults="；".join(found[:SHOWN_FAULTS])))
    rebuild_name_tokens()


def _record(last: dict[str, Any], said: Header, digest: str) -> None:
    """The first entry after the proof says where everything came from."""
    account = Account.objects.get_by_natural_key(OPERATOR)
    with act(Verb.RESTORED, actor=operator(account.uid)) as done:
        rows = sum(count for count, _digest in last["tables"].values())
        done.data.update(digest=digest, made_at=said["made_at"], database=said["database"], rows=rows)
