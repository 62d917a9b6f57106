"""`kill -9` at any moment of an import: nothing of it is in the database or all of it, and running it again completes."""

from __future__ import annotations

import random
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.abuse.program import Place, place
from tests.journal.small_county import as_file, cells

pytestmark = [pytest.mark.db, pytest.mark.slow]

PEOPLE = 400
WHOLE = (1, PEOPLE)
KILLS = 20  # in an empty folder, and as many in one that was prepared before


@pytest.fixture(scope="module")
def workbook(tmp_path_factory) -> Path:
    return as_file(tmp_path_factory.mktemp("crash") / "county.xlsx", cells(300, PEOPLE - 300))


@pytest.fixture(scope="module")
def prepared(tmp_path_factory) -> Iterator[Place]:
    """A place with tables and its first entry, and nothing imported."""
    folder = tmp_path_factory.mktemp("prepared")
    empty = as_file(folder / "empty.xlsx", {title: (header, []) for title, (header, _) in cells().items()})
    with place(folder / "data") as made:
        assert made.run("import", empty).returncode == 0
        yield made


def survive(folder: Path, like: Place | None, workbook: Path, after: float) -> tuple[tuple[int, int], list[str]]:
    """Kill one import after so many seconds: what was there then, and everything that was not as it should be.

    A run that ends by itself before the kill proves nothing: it is made anew in a place of its own and killed earlier.
    """
    for attempt in range(20):
        with place(folder / str(attempt), like=like) as here:
            if here.kill("import", workbook, after=after * 0.8**attempt):
                return aftermath(here, like, workbook)
    return (0, 0), ["the import was never caught running"]


def aftermath(here: Place, like: Place | None, workbook: Path) -> tuple[tuple[int, int], list[str]]:
    wrong = []
    if (found := here.counts()) not in ((0, 0), WHOLE):
        wrong.append(f"after the kill: {found}")
    statuses, said = here.run_each(["verify"], ["import", str(workbook)], ["verify"])
    unprepared = found == (0, 0) and like is None
    if statuses not in ([0, 0, 0], [2, 0, 0] if unprepared else []) or here.counts() != WHOLE:
        wrong.append(f"afterwards: {statuses} {here.counts()} {said}")
    left = [path.name for path in (*here.folder.glob("tmp/*"), *here.folder.glob("*.part"))]
    if left:
        wrong.append(f"left: {left}")
    return found, wrong


@pytest.mark.parametrize("fresh", [True, False], ids=["an empty folder", "a prepared folder"])
def test_a_killed_import_leaves_nothing_or_everything_and_completes_when_run_again(
    fresh: bool, workbook: Path, prepared: Place, tmp_path: Path
) -> None:
    like = None if fresh else prepared
    with place(tmp_path / "measured", like=like) as here:
        started = time.monotonic()
        assert here.run("import", workbook).returncode == 0
        whole = time.monotonic() - started
        assert here.counts() == WHOLE
    chance = random.Random(20261125 + fresh)
    moments = [whole * chance.uniform(0.2, 1) for _ in range(KILLS)]
    with ThreadPoolExecutor(2) as two:
        results = list(two.map(lambda n: survive(tmp_path / f"place{n}", like, workbook, moments[n]), range(KILLS)))
    assert [wrong for _, wrong in results if wrong] == []
    assert len(results) == KILLS
