"""`kill -9` and a full disk while an upload is checked or written: nothing half done, and it goes on when asked again."""

from __future__ import annotations

import random
import resource
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.abuse.import_process import asked, look, run
from tests.abuse.program import Place, place
from tests.journal.small_county import as_file, cells

pytestmark = [pytest.mark.db, pytest.mark.slow]

PEOPLE = 400
WHOLE = (1, PEOPLE)
KILLS = 10


@pytest.fixture(scope="module")
def workbook(tmp_path_factory) -> Path:
    return as_file(tmp_path_factory.mktemp("killed") / "county.xlsx", cells(300, PEOPLE - 300))


@pytest.fixture(scope="module")
def prepared(tmp_path_factory) -> Iterator[Place]:
    """A place with tables and its first entry, and nothing imported."""
    folder = tmp_path_factory.mktemp("prepared")
    empty = as_file(folder / "empty.xlsx", {title: (header, []) for title, (header, _) in cells().items()})
    with place(folder / "data") as made:
        assert made.run("import", empty).returncode == 0
        yield made


def leftovers(here: Place) -> list[str]:
    """Partial files in an upload's folder."""
    return [path.name for path in here.folder.glob("tmp/uploads/*/.*.part")]


def test_abuse_50_a_process_killed_at_any_moment_leaves_nothing_half_done_and_goes_on(
    prepared: Place, workbook: Path, tmp_path: Path
) -> None:
    chance = random.Random(20261126)
    seen, wrong = set(), []
    with place(tmp_path / "whole", like=prepared) as here:
        uid, first = asked(here, "check", file=workbook)
        started = time.monotonic()
        run(here, uid, first)
        usual = time.monotonic() - started
        assert look(here, uid)[:1] == ("previewed",)
    for number in range(KILLS):
        with place(tmp_path / f"place{number}", like=prepared) as here:
            uid, first = asked(here, "check", file=workbook)
            if run(here, uid, first, kill_after=usual * chance.uniform(0.1, 0.95)):
                phase, _, _, is_held = look(here, uid)
                seen.add(phase)
                wrong += [f"{phase} is still held"] if is_held else []
                run(here, *asked(here, "check", uid=uid))
            wrong += [] if look(here, uid)[0] == "previewed" and here.counts() == (0, 0) else [look(here, uid)]
            if run(here, *asked(here, "take", uid=uid), kill_after=usual * chance.uniform(0.3, 1.3)):
                phase, _, _, is_held = look(here, uid)
                seen.add(phase)
                wrong += [] if here.counts() in ((0, 0), WHOLE) and not is_held else [(phase, here.counts())]
                run(here, *asked(here, "take", uid=uid))
            phase, reason, seq, _ = look(here, uid)
            wrong += [] if (phase, seq, here.counts()) == ("written", 2, WHOLE) else [(phase, reason, here.counts())]
            wrong += [] if here.run("verify").returncode == 0 else ["verify"]
    assert wrong == []
    assert len(seen) >= 2


def _small_files() -> None:
    resource.setrlimit(resource.RLIMIT_FSIZE, (40_000, 40_000))


def _files_of_the_database() -> None:
    resource.setrlimit(resource.RLIMIT_FSIZE, (300_000, 300_000))


def test_abuse_51_a_full_disk_while_checking_is_said_plainly_and_does_no_damage(
    prepared: Place, workbook: Path, tmp_path: Path
) -> None:
    with place(tmp_path / "full", like=prepared) as here:
        many = cells(3000, 500)
        uid, first = asked(here, "check", file=as_file(tmp_path / "many.xlsx", many))
        run(here, uid, first, before=_small_files)
        phase, reason, _, _ = look(here, uid)
        assert (phase, reason[:6], here.counts(), leftovers(here)) == ("failed", "磁盘空间不足", (0, 0), [])
        run(here, *asked(here, "check", uid=uid))
        assert look(here, uid)[0] == "previewed"


@pytest.mark.usefixtures("_sqlite_only")
def test_abuse_51_a_full_disk_while_writing_is_said_plainly_and_does_no_damage(
    prepared: Place, workbook: Path, tmp_path: Path
) -> None:
    with place(tmp_path / "full", like=prepared) as here:
        uid, first = asked(here, "check", file=workbook)
        run(here, uid, first)
        run(here, *asked(here, "take", uid=uid), before=_files_of_the_database)
        phase, reason, _, _ = look(here, uid)
        assert (phase, reason[-9:], here.counts(), leftovers(here)) == ("failed", DISK, (0, 0), [])
        assert here.run("verify").returncode == 0
        run(here, *asked(here, "take", uid=uid))
        assert (look(here, uid)[0], here.counts()) == ("written", WHOLE)


@pytest.fixture
def _sqlite_only(database_vendor: str) -> None:
    if database_vendor != "sqlite":
        pytest.skip("the files of a server are not ours to limit")
