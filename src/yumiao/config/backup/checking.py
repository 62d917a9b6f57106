"""What a restored place must show before anybody may use it: counts, digests, both chains, files, and numbers that open.

It only reads.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from gettext import gettext as _
from pathlib import Path
from typing import Any

from django.db.models import Max

from yumiao.config.backup.plain import digest_of, saved_models
from yumiao.files.store import lost
from yumiao.journal.proof import findings
from yumiao.people.models import PersonSecret
from yumiao.people.secrets import opened
from yumiao.vault.cells import Unsealable

SAMPLE = 100


def faults(said: dict[str, Any], files: Path) -> Iterator[str]:
    """Everything that is not as the last block says, in Chinese; nothing when the place may be opened."""
    for model in saved_models():
        table = model._meta.db_table
        if digest_of(model) != tuple(said["tables"].get(table, (0, hashlib.sha256().hexdigest()))):
            yield _("表 {table} 的行数或内容与备份不符").format(table=table)
    for name, (size, digest) in said["files"].items():
        if not _is_whole(files / name, size, digest):
            yield _("文件 {name} 与备份不符").format(name=name)
    if missing := sum(1 for _scan in lost(whole=False)):
        yield _("有 {count} 份扫描件的文件不在备份里").format(count=missing)
    yield from (finding.text for finding in findings())
    if unopened := _unopened():
        yield _("有 {count} 个加密号码打不开").format(count=unopened)


def _is_whole(path: Path, size: int, digest: str) -> bool:
    if not path.is_file() or path.stat().st_size != size:
        return False
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest() == digest


def _unopened() -> int:
    """How many of a sample, spread over all sealed numbers, do not open."""
    top = PersonSecret.objects.aggregate(top=Max("pk"))["top"] or 0
    wanted = {1 + number * top // SAMPLE for number in range(SAMPLE)} | {top}
    rows = PersonSecret.objects.filter(pk__in=wanted).values_list("person__uid", "kind", "cell", "key_version")
    return sum(not _opens(person, kind, bytes(cell), version) for person, kind, cell, version in rows)


def _opens(person: Any, kind: str, cell: bytes, version: int) -> bool:
    try:
        opened(person, kind, cell, version)
    except Unsealable:
        return False
    return True
