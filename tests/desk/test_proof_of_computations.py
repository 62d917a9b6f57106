"""What a service computed and stored wrongly is found, though every digest agrees with what it wrote."""

from __future__ import annotations

from datetime import date

import pytest

from tests.ledger.rows import membership, put, write_member, write_person, write_units, writing
from tests.ledger.small_tree import KINDS, VILLAGE, spots
from yumiao.desk.proof import findings
from yumiao.people.models import Attribution, Membership
from yumiao.units.models import Placement

pytestmark = pytest.mark.db

BORN = date(1990, 3, 1)


@pytest.fixture
def units() -> dict[str, int]:
    with writing() as current:
        return write_units(current, KINDS, spots(KINDS))


def _said() -> list[tuple[int | None, str]]:
    return [(finding.seq, finding.text) for finding in findings()]


def test_a_county_as_it_should_be_has_no_finding(units: dict[str, int]) -> None:
    with writing() as current:
        write_member(current, units[VILLAGE], date(2020, 7, 1), born_on=BORN)
    assert _said() == []


def test_a_birth_date_whose_number_differs_is_found(units: dict[str, int]) -> None:
    with writing() as current:
        write_person(current, units[VILLAGE], born_on=BORN, birth_number=19900302)
    assert _said() == [(2, "第 2 条写入的出生日期与其数字形式不符。")]


def test_an_age_that_does_not_follow_from_the_birth_date_is_found(units: dict[str, int]) -> None:
    with writing() as current:
        person = write_person(current, units[VILLAGE], born_on=BORN)
        put(current, Membership, membership(person, date(2020, 7, 1), BORN, age_years=29))
        put(current, Attribution, {"person_id": person, "unit_id": units[VILLAGE], "reason": "admitted"})
    assert _said() == [(2, "第 2 条写入的入党时年龄与出生日期不符。")]


def test_a_place_that_does_not_follow_from_the_parents_is_found(units: dict[str, int]) -> None:
    standing = Placement.objects.open().get(unit=units[VILLAGE])
    names = [field.attname for field in Placement._meta.local_concrete_fields]
    row = {name: getattr(standing, name) for name in names}
    with writing() as current:
        current.strike(Placement, [standing.pk])
        put(current, Placement, row | {"village_id": None})
    assert _said() == [(2, "第 2 条写入的组织位置与上下级关系不符。")]
