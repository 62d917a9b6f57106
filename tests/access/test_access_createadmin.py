"""`yumiao createadmin`: a fresh county gets its first accounts from the command line, each with a code said once."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from tests.abuse.program import Place, place
from tests.journal.small_county import as_file, cells

pytestmark = pytest.mark.db

CODE = re.compile(r"[A-HJKMNP-Z2-9]{5}-[A-HJKMNP-Z2-9]{5}\n")


@pytest.fixture(scope="module")
def here(tmp_path_factory) -> Iterator[Place]:
    """A county that was imported and has no account yet."""
    county = as_file(tmp_path_factory.mktemp("workbooks") / "county.xlsx", cells())
    with place(tmp_path_factory.mktemp("fresh") / "data") as fresh:
        assert fresh.run("import", county).returncode == 0
        yield fresh


@pytest.mark.parametrize("role", ["security", "system", "audit", "county"])
def test_the_code_alone_goes_to_standard_output(here: Place, role: str) -> None:
    done = here.run("createadmin", f"{role}.wei", "--role", role, "--display-name", "韦清禾")
    assert (done.returncode, CODE.fullmatch(done.stdout) is not None) == (0, True)
    assert f"{role}.wei" in done.stderr


def test_the_same_name_is_refused_with_its_rule(here: Place) -> None:
    first, second = (here.run("createadmin", "audit2", "--role", role) for role in ("audit", "system"))
    assert (first.returncode, second.returncode, second.stdout) == (0, 1, "")
    assert "ACC-09" in second.stderr


def test_the_record_says_who_was_appointed_and_stays_whole(here: Place) -> None:
    assert here.run("verify").returncode == 0


def test_without_a_county_it_says_what_to_do_first(tmp_path) -> None:
    with place(tmp_path / "data") as nowhere:
        done = nowhere.run("createadmin", "audit", "--role", "audit")
    assert (done.returncode, done.stdout) == (2, "")
    assert "yumiao import" in done.stderr


def test_a_role_that_is_none_is_misuse(here: Place) -> None:
    assert here.run("createadmin", "audit3", "--role", "emperor").returncode == 2
