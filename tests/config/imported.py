"""A small county that was imported once, as a place for the program: shared by the tests of its commands."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.abuse.program import Place, place
from tests.journal.small_county import as_file, cells

__all__ = ["county", "here", "nowhere", "standing"]


@pytest.fixture(scope="module")
def county(tmp_path_factory) -> Path:
    return as_file(tmp_path_factory.mktemp("workbooks") / "county.xlsx", cells())


@pytest.fixture(scope="module")
def standing(tmp_path_factory, county) -> Iterator[Place]:
    """A place into which the county was imported; tests that change it work on copies."""
    with place(tmp_path_factory.mktemp("standing") / "data") as here:
        assert here.run("import", county).returncode == 0
        yield here


@pytest.fixture
def here(tmp_path, standing) -> Iterator[Place]:
    with place(tmp_path / "data", like=standing) as copy:
        yield copy


@pytest.fixture
def nowhere(tmp_path) -> Iterator[Place]:
    with place(tmp_path / "data") as empty:
        yield empty
