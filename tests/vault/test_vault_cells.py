"""Keys and cells: what is sealed opens for its own row alone, under every key that was ever used, and for nobody without one."""

from __future__ import annotations

import base64
import secrets
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from yumiao.vault import cells, keys

pytestmark = pytest.mark.db

NUMBER = "998001199001010010"
ABOUT = "people_personsecret|identity|7f"
MAKE = "import sys; from pathlib import Path; from yumiao.vault.keys import make_first_key; make_first_key(Path(sys.argv[1]))"


@pytest.fixture
def folder(tmp_path: Path, settings) -> Path:
    """An own key folder with its first key."""
    settings.KEYS_FOLDER = tmp_path / "keys"
    keys.make_first_key(tmp_path / "keys")
    return tmp_path / "keys"


def add_key(folder: Path, version: int) -> None:
    (folder / f"{version}.key").write_bytes(base64.b64encode(secrets.token_bytes(32)))
    keys._ring.cache_clear()


def test_a_sealed_number_opens_for_its_own_row(folder) -> None:
    version, cell = cells.seal(NUMBER, about=ABOUT)
    assert (version, cells.unseal(cell, about=ABOUT, version=version)) == (1, NUMBER)


def test_a_cell_holds_nothing_of_the_number_and_no_two_are_alike(folder) -> None:
    found = [cells.seal(NUMBER, about=ABOUT)[1] for _ in range(50)]
    assert len(set(found)) == 50
    assert not any(NUMBER.encode() in cell or NUMBER[6:14].encode() in cell for cell in found)


def test_a_cell_moved_to_another_row_does_not_open(folder) -> None:
    version, cell = cells.seal(NUMBER, about=ABOUT)
    with pytest.raises(cells.Unsealable):
        cells.unseal(cell, about="people_personsecret|identity|80", version=version)


def test_a_flipped_bit_anywhere_keeps_a_cell_from_opening(folder) -> None:
    version, cell = cells.seal(NUMBER, about=ABOUT)
    opened = []
    for place in range(len(cell) * 8):
        altered = bytearray(cell)
        altered[place // 8] ^= 1 << place % 8
        try:
            opened.append(cells.unseal(bytes(altered), about=ABOUT, version=version))
        except cells.Unsealable:
            continue
    assert opened == []


@pytest.mark.parametrize("length", [0, 1, 11, 12, 27])
def test_a_cut_cell_does_not_open(folder, length: int) -> None:
    version, cell = cells.seal(NUMBER, about=ABOUT)
    with pytest.raises(cells.Unsealable):
        cells.unseal(cell[:length], about=ABOUT, version=version)


def test_a_cell_under_a_key_that_is_not_here_does_not_open(folder) -> None:
    _, cell = cells.seal(NUMBER, about=ABOUT)
    with pytest.raises(cells.Unsealable, match="缺少对应版本的密钥"):
        cells.unseal(cell, about=ABOUT, version=7)


def test_after_a_second_key_new_cells_use_it_and_old_ones_still_open(folder) -> None:
    first, index = cells.seal(NUMBER, about=ABOUT), cells.keyed("identity", NUMBER)
    add_key(folder, 2)
    second = cells.seal(NUMBER, about=ABOUT)
    assert (first[0], second[0]) == (1, 2)
    assert [cells.unseal(cell, about=ABOUT, version=version) for version, cell in (first, second)] == [NUMBER] * 2
    assert cells.keyed("identity", NUMBER) == index
    with pytest.raises(cells.Unsealable):
        cells.unseal(second[1], about=ABOUT, version=1)


def test_the_tenth_key_is_newer_than_the_ninth(folder) -> None:
    for version in (9, 10):
        add_key(folder, version)
    assert cells.seal(NUMBER, about=ABOUT)[0] == 10


def test_the_index_is_equal_for_equal_kind_and_value_only(folder) -> None:
    assert cells.keyed("identity", NUMBER) == cells.keyed("identity", NUMBER)
    others = {cells.keyed("phone", NUMBER), cells.keyed("identity", NUMBER[::-1]), cells.keyed("identity", "")}
    assert len(others | {cells.keyed("identity", NUMBER)}) == 4


def test_another_installation_has_another_index_and_another_signature(folder, tmp_path, settings) -> None:
    here = (cells.keyed("identity", NUMBER), cells.signature(b"head"))
    settings.KEYS_FOLDER = tmp_path / "elsewhere"
    keys.make_first_key(tmp_path / "elsewhere")
    there = (cells.keyed("identity", NUMBER), cells.signature(b"head"))
    assert not set(here) & set(there)


def test_a_key_is_made_once_for_its_owner_only(folder) -> None:
    before = (folder / "1.key").read_bytes()
    keys.make_first_key(folder)
    assert [file.name for file in folder.iterdir()] == ["1.key"]
    assert (folder / "1.key").read_bytes() == before
    assert len(base64.b64decode(before)) == 32
    assert [stat.S_IMODE(path.stat().st_mode) for path in (folder, folder / "1.key")] == [0o700, 0o600]
    assert keys.loose_files(folder) == []


def test_a_key_that_others_may_read_is_named(folder) -> None:
    (folder / "1.key").chmod(0o640)
    assert keys.loose_files(folder) == [folder / "1.key"]


def test_processes_that_make_the_first_key_at_once_leave_one(tmp_path) -> None:
    folder = tmp_path / "keys"
    running = [subprocess.Popen([sys.executable, "-c", MAKE, str(folder)]) for _ in range(6)]
    assert [process.wait(60) for process in running] == [0] * 6
    assert [file.name for file in folder.iterdir()] == ["1.key"]


def test_without_a_key_nothing_is_sealed_and_none_is_made(tmp_path, settings) -> None:
    settings.KEYS_FOLDER = tmp_path / "none"
    with pytest.raises(keys.KeysMissing, match="不要新建密钥"):
        cells.seal(NUMBER, about=ABOUT)
    assert not (tmp_path / "none").exists()


@pytest.mark.parametrize(
    "name, content",
    [
        ("1.key", b""),
        ("1.key", base64.b64encode(b"short")),
        ("1.key", b"\xff\xfe not base64"),
        ("one.key", base64.b64encode(bytes(32))),
        ("2.key", base64.b64encode(bytes(32))),
    ],
    ids=["empty", "short", "no base64", "no number", "the first is gone"],
)
def test_a_key_folder_that_cannot_serve_is_refused(tmp_path, settings, name: str, content: bytes) -> None:
    settings.KEYS_FOLDER = tmp_path
    (tmp_path / name).write_bytes(content)
    with pytest.raises(keys.KeysMissing):
        keys.ring()


def test_a_ring_shows_no_key(folder) -> None:
    keys.ring().derived("cell", 1)
    assert repr(keys.ring()) == "KeyRing()"
