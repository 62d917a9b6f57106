"""`kill -9` at any moment of a backup or a restore: a whole file or none; a place that says it is unfinished and completes."""

from __future__ import annotations

import random
import shutil
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager
from pathlib import Path

import pytest

from tests.abuse.program import Place, place
from tests.journal.small_county import as_file, cells

pytestmark = [pytest.mark.db, pytest.mark.slow]

PEOPLE = 400
KILLS = 14
ATTEMPTS = 20


@pytest.fixture(scope="module")
def standing(tmp_path_factory) -> Iterator[Place]:
    folder = tmp_path_factory.mktemp("killed")
    with place(folder / "data") as here:
        assert here.run("import", as_file(folder / "county.xlsx", cells(300, PEOPLE - 300))).returncode == 0
        yield here


@pytest.fixture(scope="module")
def backup(tmp_path_factory, standing: Place) -> Path:
    target = tmp_path_factory.mktemp("made") / "county.backup"
    assert standing.run("backup", target).returncode == 0
    return target


@pytest.fixture
def moments(request: pytest.FixtureRequest) -> list[float]:
    """Shares of a whole run at which it is killed."""
    chance = random.Random(request.node.name)
    return [chance.uniform(0.3, 1) for _ in range(KILLS)]


def keyed_place(folder: Path, keys: Path) -> AbstractContextManager[Place]:
    """A place without anything but the keys."""
    shutil.copytree(keys, folder / "keys")
    return place(folder)


def seconds(here: Place, *words: str | Path) -> float:
    started = time.monotonic()
    assert here.run(*words).returncode == 0
    return time.monotonic() - started


def test_a_killed_backup_leaves_no_half_file_and_the_next_one_is_whole(
    standing: Place, moments: list[float], tmp_path: Path
) -> None:
    whole = seconds(standing, "backup", tmp_path / "measured")
    targets = [backup_killed(standing, tmp_path / f"b{n}", whole * share) for n, share in enumerate(moments)]
    finished = [target for target in targets if target.exists()]
    again = [target for target in targets if target not in finished]
    statuses, said = standing.run_each(*(["backup", str(target)] for target in again), ["verify"])
    assert statuses == [0] * (len(again) + 1), said
    assert list(tmp_path.glob("*.part")) == []
    for number, target in enumerate([*finished, *again[-1:]]):
        with keyed_place(tmp_path / f"place{number}", standing.folder / "keys") as empty:
            assert empty.run("restore", target).returncode == 0


def backup_killed(standing: Place, target: Path, after: float) -> Path:
    """The file that a killed backup was writing. One that ended before the kill proves nothing: another is killed earlier."""
    for attempt in range(ATTEMPTS):
        one = target.with_name(f"{target.name}.{attempt}")
        if standing.kill("backup", one, after=after * 0.8**attempt):
            return one
    raise AssertionError("the backup was never caught running")


def test_a_killed_restore_lets_nobody_in_and_completes_when_run_again(
    standing: Place, backup: Path, moments: list[float], tmp_path: Path
) -> None:
    keys = standing.folder / "keys"
    with keyed_place(tmp_path / "measured", keys) as here:
        whole = seconds(here, "restore", backup)
    wrong = [restore_killed(tmp_path / f"place{n}", keys, backup, whole * share) for n, share in enumerate(moments)]
    assert [one for one in wrong if one] == []


def restore_killed(folder: Path, keys: Path, backup: Path, after: float) -> list[object]:
    """Everything that was not as it should be after one kill, caught like that of a backup."""
    for attempt in range(ATTEMPTS):
        with keyed_place(folder / str(attempt), keys) as here:
            if here.kill("restore", backup, after=after * 0.8**attempt):
                return aftermath(here, backup)
    return ["the restore was never caught running"]


def aftermath(here: Place, backup: Path) -> list[object]:
    wrong: list[object] = []
    is_open = not (here.folder / "restoring").exists() and (here.folder / "profile").exists()
    statuses, said = here.run_each(["verify"], ["restore", str(backup)], ["verify"])
    if statuses != ([0, 2, 0] if is_open else [2, 0, 0]) or here.counts() != (1, PEOPLE):
        wrong.append((statuses, here.counts(), said))
    restored = here.rows("SELECT COUNT(*) FROM journal_entry WHERE verb = 'restored'")
    left = [path.name for path in here.folder.rglob("*.part")]
    if restored != [(1,)] or left:
        wrong.append((restored, left))
    return wrong
