"""A county that is new: its first unit, the first account at it, and the workbook that comes afterwards."""

from __future__ import annotations

import pytest

from tests.abuse.program import place
from tests.journal.small_county import DAY, as_workbook, cells
from yumiao.desk.workbook.importing import import_workbook
from yumiao.journal.acts import Actor
from yumiao.kernel.objections import Refused
from yumiao.units.queries import standing
from yumiao.units.services import found_county

pytestmark = pytest.mark.db
CLERK = Actor(None, "命令行")


def test_a_county_is_founded_once(db: None) -> None:
    found_county(code="001", name="青岚县委", actor=CLERK)
    assert [(unit.code, unit.name, unit.kind.label) for unit in standing()] == [("001", "青岚县委", "县委")]
    with pytest.raises(Refused):
        found_county(code="002", name="另一县委", actor=CLERK)


def test_the_workbook_finds_the_county_that_was_founded(db: None) -> None:
    found_county(code="001", name="青岚县委", actor=CLERK)
    result = import_workbook(as_workbook(cells()), today=DAY, actor=CLERK)
    assert result.written
    assert result.checked.sheets["组织"].counts == {"new": 4, "changed": 0, "unchanged": 1, "refused": 0}


def test_the_first_account_comes_with_the_county(tmp_path) -> None:
    with place(tmp_path / "data") as here:
        without = here.run("createadmin", "zhoumin", "--role", "county")
        assert (without.returncode, "--county" in without.stderr) == (2, True)
        done = here.run("createadmin", "zhoumin", "--role", "county", "--county", "青岚县委", "--code", "001")
        assert (done.returncode, len(done.stdout.split())) == (0, 1)
        assert here.rows("SELECT code FROM units_unit") == [("001",)]
        again = here.run("createadmin", "limin", "--role", "system")
        assert again.returncode == 0
        assert here.run("verify").returncode == 0
