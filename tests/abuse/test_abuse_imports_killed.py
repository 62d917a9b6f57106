"""`kill -9` and a full disk while an upload is checked or written: nothing half done, and it goes on when asked again."""

from __future__ import annotations

import random
import resource
import time
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.abuse.import_process import COUNTS, Stored, stored
from tests.abuse.program import place
from tests.journal.small_county import as_file, cells

pytestmark = [pytest.mark.db, pytest.mark.slow]

PEOPLE = 400
WHOLE = (1, PEOPLE)
KILLS = 5  # while it is checked, and as many while it is written
FULL = "磁盘空间不足或读写出错，什么也没有写入。请联系系统管理员检查磁盘后重新核对。"
ALL_NEW = {"组织": 5, "党员": 300, "发展培养": 50, "人才库": 50, "发展计划": 1}


def wish() -> dict[str, Any]:
    """What a form of the preview page asks for."""
    shown = {title: COUNTS | {"new": count} for title, count in ALL_NEW.items()}
    return {"accept_good_rows": False, "shown": shown, "once": uuid.uuid4().hex}


@pytest.fixture(scope="module")
def prepared(tmp_path_factory) -> Iterator[Stored]:
    """A place with tables and its first entry, nothing imported, and an upload that was stored."""
    folder = tmp_path_factory.mktemp("prepared")
    empty = as_file(folder / "empty.xlsx", {title: (header, []) for title, (header, _) in cells().items()})
    with place(folder / "data") as made:
        assert made.run("import", empty).returncode == 0
        yield stored(made, as_file(folder / "county.xlsx", cells(300, PEOPLE - 300)))


def test_abuse_50_a_check_killed_at_any_moment_goes_on_when_asked_again(prepared: Stored, tmp_path: Path) -> None:
    chance = random.Random(20261126)
    with place(tmp_path / "place", like=prepared.here) as here:
        upload = Stored(here, prepared.uid)
        started = time.monotonic()
        upload.run("check")
        usual = time.monotonic() - started
        assert (upload.state["phase"], here.counts()) == ("previewed", (0, 0))
        for _ in range(KILLS):
            after = usual * chance.uniform(0.2, 0.9)
            while not upload.run("check", kill_after=after):
                after *= 0.8
            assert (upload.is_held, here.counts()) == (False, (0, 0))
        upload.run("check")
        assert (upload.state["phase"], here.counts(), upload.partial) == ("previewed", (0, 0), [])


def test_abuse_50_a_commit_killed_at_any_moment_is_whole_or_not_there_and_goes_on(
    prepared: Stored, tmp_path: Path
) -> None:
    chance = random.Random(20261127)
    with place(tmp_path / "measured", like=prepared.here) as here:
        started = time.monotonic()
        Stored(here, prepared.uid).run("take", **wish())
        usual = time.monotonic() - started
        assert here.counts() == WHOLE
    moments = [usual * chance.uniform(0.3, 0.95) for _ in range(KILLS)]
    caught = [survives(tmp_path / f"place{number}", prepared, after) for number, after in enumerate(moments)]
    assert caught == [True] * KILLS


def survives(folder: Path, prepared: Stored, after: float) -> bool:
    """Kill one commit after so many seconds and let it go on. A run that ends before the kill proves nothing: it is killed earlier."""
    for attempt in range(12):
        with place(folder / str(attempt), like=prepared.here) as here:
            upload, asked = Stored(here, prepared.uid), wish()
            if not upload.run("take", kill_after=after * 0.8**attempt, **asked):
                continue
            assert (upload.is_held, here.counts() in ((0, 0), WHOLE)) == (False, True)
            upload.run("take", **asked)
            assert (upload.state["phase"], upload.state["seq"], here.counts()) == ("written", 2, WHOLE)
            return here.run("verify").returncode == 0
    return False


def _small_files() -> None:
    resource.setrlimit(resource.RLIMIT_FSIZE, (320_000, 320_000))


@pytest.mark.embedded  # the files of a server are not ours to limit
def test_abuse_51_a_full_disk_while_writing_is_said_plainly_and_does_no_damage(
    prepared: Stored, tmp_path: Path
) -> None:
    with place(tmp_path / "full", like=prepared.here) as here:
        upload = Stored(here, prepared.uid)
        upload.run("take", before=_small_files, **wish())
        said = upload.state
        assert (said["phase"], said["reason"], here.counts(), upload.partial) == ("failed", FULL, (0, 0), [])
        assert here.run("verify").returncode == 0
        upload.run("take", **wish())
        assert (upload.state["phase"], here.counts()) == ("written", WHOLE)
