"""The workload's rows are the same at every call, and such as both sides may take in."""

from __future__ import annotations

from collections import Counter

from bench.web.workload import DAY, MEMBERS, workload
from yumiao.kernel.identity import check_digit


def test_the_rows_are_the_same_at_every_call() -> None:
    assert workload() == workload()


def test_the_county_has_the_promised_size() -> None:
    load = workload()
    assert Counter(level for *_, level in load.units) == {0: 1, 1: 38, 2: 311}
    assert len(load.members) == MEMBERS == 10_174
    assert len(load.words) == 200


def test_every_number_is_its_owners_alone_and_right() -> None:
    numbers = [member["id_no"] for member in workload().members]
    assert len(set(numbers)) == MEMBERS
    assert [number for number in numbers if check_digit(number[:17]) != number[17] or number[:2] != "99"] == []
    assert {len(member["phone"]) for member in workload().members} == {11}


def test_nobody_joined_later_than_the_day_or_before_eighteen() -> None:
    for member in workload().members:
        assert member["joined"] <= DAY.isoformat()
        assert int(member["joined"][:4]) - int(member["birth"][:4]) >= 18 or member["joined"] == DAY.isoformat()


def test_twice_the_people_stand_in_twice_the_townships() -> None:
    load = workload(times=2)
    assert len(load.members) == 2 * MEMBERS
    assert len({number["id_no"] for number in load.members}) == 2 * MEMBERS
    assert sum(level == 1 for *_, level in load.units) == 76
