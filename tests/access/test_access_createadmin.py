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


def test_a_login_name_that_is_none_founds_no_county(tmp_path) -> None:
    with place(tmp_path / "data") as nowhere:
        done = nowhere.run("createadmin", "周", "--role", "county", "--county", "青禾县委", "--code", "001")
        assert (done.returncode, "ACC-09" in done.stderr, nowhere.folder.exists()) == (1, True, False)


def test_a_county_without_its_code_is_not_begun(tmp_path) -> None:
    with place(tmp_path / "data") as nowhere:
        done = nowhere.run("createadmin", "zhoumin", "--role", "county", "--county", "青禾县委")
        assert (done.returncode, nowhere.folder.exists()) == (2, False)


@pytest.mark.parametrize("county, code", [("青\n禾", "001"), ("青禾县委", "1" * 61), ("青" * 101, "001")])
def test_a_county_that_no_workbook_could_name_is_refused(tmp_path, county: str, code: str) -> None:
    with place(tmp_path / "data") as nowhere:
        done = nowhere.run("createadmin", "zhoumin", "--role", "county", "--county", county, "--code", code)
    assert (done.returncode, done.stdout, "填写有误" in done.stderr) == (2, "", True)


def test_another_county_than_the_one_that_stands_is_refused(here: Place) -> None:
    done = here.run("createadmin", "zhoumin", "--role", "county", "--county", "别的县委", "--code", "002")
    assert (done.returncode, done.stdout, "这里的县级组织是" in done.stderr) == (2, "", True)


def test_a_role_that_is_none_is_misuse(here: Place) -> None:
    assert here.run("createadmin", "audit3", "--role", "emperor").returncode == 2
