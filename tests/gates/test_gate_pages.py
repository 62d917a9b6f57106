"""The five gates of a unit on a page: numbers that open their people, the same numbers in the file and for machines; and on a case's page."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from tests.cast import COUNTY, TOWN, VILLAGE, Cast, cast
from tests.cultivation.held import case_of
from tests.gates.opened import open_gates
from tests.reviews.test_reviews import record, reviewed
from yumiao.admission.five_gates import State
from yumiao.desk.gates.counting import cases_at, rows_below, whole
from yumiao.desk.gates.lists import below

__all__ = ["cast"]
pytestmark = pytest.mark.db


def test_numbers_add_up_and_open_exactly_their_people(cast: Cast) -> None:
    reviewed(cast, 14, place=31)
    reviewed(cast, 11, place=32)
    reader = cast.reader(cast.officer)
    county = cast.unit(COUNTY)
    total, rows = rows_below(reader, county, below(reader, county))
    assert total.cases == sum(one.cases for one in rows) == len(whole(reader))
    for key in ("nomination", "training", "publicity", "observation", "ballot"):
        for state in State:
            people = cases_at(reader, county, key, state)
            assert total.count(key, state) == sum(one.count(key, state) for one in rows) == len(people)
    page = cast.client(cast.officer).get("/gates/").content.decode()
    assert f"?unit={TOWN}" in page
    mine = cast.client(cast.secretary_a).get("/gates/cases/?gate=publicity&state=under_way").content.decode()
    assert ("待公示" in mine, "共 1 人" in mine) == (True, True)
    assert cast.client(cast.secretary_b).get(f"/gates/?unit={VILLAGE}").status_code == 404
    assert cast.client(cast.officer).get("/gates/cases/?gate=x&state=y").status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_takes_as_many_queries_for_three_as_for_one(
    cast: Cast, count: int, django_assert_num_queries: Any
) -> None:
    for place in (31, 21, 22)[:count]:
        reviewed(cast, 14, place=place)
    browser = cast.client(cast.officer)
    browser.get("/gates/")
    with django_assert_num_queries(1):
        browser.get("/gates/")
    with django_assert_num_queries(3):
        browser.get("/gates/cases/?gate=training&state=held_up")


def test_a_case_says_what_shuts_its_step_and_who_opens_it(cast: Cast) -> None:
    case = reviewed(cast, 14)
    page = cast.client(cast.secretary_a).get(f"/cases/{case}/").content.decode()
    assert ("公示关：进行中" in page, f"/notices/new/?case={case}&amp;unit={VILLAGE}" in page) == (True, True)
    assert {"PUB-2", "REV-10"} & set(record(cast, case, 15)) == {"PUB-2", "REV-10"}
    open_gates(cast, case)
    assert {one for one in record(cast, case, 15) if one.startswith(("PUB", "REV", "DEV-13"))} == set()
    page = cast.client(cast.secretary_a).get(f"/cases/{case}/").content.decode()
    assert ("公示关：已过关" in page, "有效至" in page) == (True, True)


def test_the_county_is_asked_before_the_target_and_before_the_prereview(cast: Cast) -> None:
    days = {1: 900, 2: 880, 3: 860, 4: 850, 5: 850}
    steps: dict[int, Any] = {step: cast.today - timedelta(days=ago) for step, ago in days.items()}
    steps[6] = [cast.today - timedelta(days=ago) for ago in (650, 450, 250, 60)]
    activist = case_of(cast, 31, steps)
    assert record(cast, activist, 7, people="支委会") == ["DEV-27"]
    target = reviewed(cast, 12, place=32)
    pages = [cast.client(cast.officer).get(f"/cases/{case}/").content.decode() for case in (activist, target)]
    assert ["由县委组织部送部门联审" in page for page in pages] == [True, True]
    open_gates(cast, activist, {"rounds"})
    assert record(cast, activist, 7, people="支委会") == []
