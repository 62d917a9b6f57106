"""Files lie sealed, are there before the record knows of them, and are missed when they are gone."""

from __future__ import annotations

import os
import stat
import time
import uuid
from pathlib import Path

import pytest

from tests.cast import Cast, cast
from tests.evidence.cases import case, put
from yumiao.admission.models import StepPaper
from yumiao.desk import proof
from yumiao.desk.evidence import acting
from yumiao.files import store
from yumiao.files.models import Scan
from yumiao.kernel.objections import Refused
from yumiao.vault.blobs import MAGIC, OVERHEAD, open_bytes, seal_bytes
from yumiao.vault.cells import Unsealable

__all__ = ["cast"]
pytestmark = pytest.mark.db


def files() -> list[Path]:
    return sorted(path for path in store.folder().rglob("*") if path.is_file())


@pytest.fixture(autouse=True)
def _empty() -> None:
    for path in files():
        path.unlink()


def scan_of(cast: Cast) -> Scan:
    put(cast, case(cast))
    return Scan.objects.get()


def test_bytes_are_sealed_for_one_scan_alone() -> None:
    sealed = seal_bytes(b"paper", about="scan|1")
    assert (len(sealed), sealed[:4]) == (5 + OVERHEAD, MAGIC)
    assert open_bytes(sealed, about="scan|1") == b"paper"
    assert seal_bytes(b"paper", about="scan|1") != sealed
    flipped = sealed[:-1] + bytes([sealed[-1] ^ 1])
    for wrong, about in ((sealed, "scan|2"), (flipped, "scan|1"), (b"", "scan|1"), (b"%PDF" + sealed[4:], "scan|1")):
        with pytest.raises(Unsealable):
            open_bytes(wrong, about=about)


def test_a_file_lies_sealed_for_the_owner_alone(cast: Cast) -> None:
    scan = scan_of(cast)
    [path] = files()
    assert path == store.folder() / scan.uid.hex[:2] / str(scan.uid)
    assert b"%PDF" not in path.read_bytes()
    assert (stat.S_IMODE(path.stat().st_mode), stat.S_IMODE(path.parent.stat().st_mode)) == (0o600, 0o700)
    assert store.read(scan).startswith(b"%PDF")


def test_an_act_that_fails_leaves_no_file(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    uid = case(cast)

    def dies(*_args: object, **_more: object) -> None:
        raise MemoryError

    monkeypatch.setattr(acting, "put_in", dies)
    with pytest.raises(MemoryError):
        put(cast, uid)
    assert (files(), Scan.objects.count(), StepPaper.objects.count()) == ([], 0, 0)


def test_a_disk_without_room_leaves_nothing(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    uid = case(cast)

    def full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        put(cast, uid)
    assert (files(), Scan.objects.count()) == ([], 0)


def test_what_is_refused_is_refused_before_the_file_is_looked_at(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    uid, looked = case(cast), []
    monkeypatch.setattr(acting, "take_in", looked.append)
    with pytest.raises(Refused):
        put(cast, uid, "A02", 1)
    assert (looked, files()) == ([], [])


def test_a_file_that_is_gone_or_altered_is_missed(cast: Cast) -> None:
    scan = scan_of(cast)
    path = store.path_of(scan.uid)
    whole = path.read_bytes()
    assert (list(store.lost(whole=True)), list(proof.findings(whole_files=True))) == ([], [])
    path.write_bytes(whole[:-1] + bytes([whole[-1] ^ 1]))
    assert (list(store.lost(whole=False)), list(store.lost(whole=True))) == ([], [(scan.entered, scan.uid)])
    path.write_bytes(whole[:-1])
    assert list(store.lost(whole=False)) == [(scan.entered, scan.uid)]
    path.unlink()
    [finding] = proof.findings()
    assert (finding.seq, str(scan.uid) in finding.text) == (scan.entered, True)
    with pytest.raises(store.Lost):
        store.read(scan)


def test_a_file_of_another_scan_does_not_open(cast: Cast) -> None:
    uid = case(cast)
    put(cast, uid)
    put(cast, uid, seeds=(2,))
    one, other = Scan.objects.order_by("pk")
    store.path_of(one.uid).write_bytes(store.path_of(other.uid).read_bytes())
    with pytest.raises(store.Lost):
        store.read(one)


def test_what_a_killed_process_left_is_swept_once_it_is_old(cast: Cast) -> None:
    scan = scan_of(cast)
    stray = uuid.uuid4()
    store.put(stray, b"never on record")
    half = store.path_of(stray).with_name(f".{uuid.uuid4()}{store.PARTIAL}")
    half.write_bytes(b"half")
    assert (store.orphans(), store.sweep()) == ([], 0)
    old = time.time() - 2 * store.SETTLED
    for path in files():
        os.utime(path, (old, old))
    assert store.orphans() == sorted([half, store.path_of(stray)])
    assert store.sweep() == 2
    assert files() == [store.path_of(scan.uid)]
