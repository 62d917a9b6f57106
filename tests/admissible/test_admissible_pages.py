"""Who can be admitted by the end of the year: the counts, the people behind them, who sees what."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any

import pytest

from tests.cast import FAR_VILLAGE, OTHER_TOWN, TOWN, VILLAGE, Cast, cast
from yumiao.admission.case_file import read_case
from yumiao.admission.course import course
from yumiao.admission.courses import ahead
from yumiao.admission.models import Case, StepDetail, StepRecord
from yumiao.admission.services import STEP
from yumiao.admission.step_services import DETAIL, rest_case
from yumiao.bylaws.queries import calendar, settings_on
from yumiao.desk.dossier.grounds import ground_of
from yumiao.journal.acts import act, last
from yumiao.journal.verbs import Verb
from yumiao.kernel.periods import add_months

__all__ = ["cast"]
pytestmark = pytest.mark.db
SUMMARY, PEOPLE = "/cases/admissible/", "/cases/admissible/people/"


def write_steps(cast: Cast, place: int, steps: dict[int, list[date]], failed: int = 0) -> int:
    """These steps for the case of somebody, beside those the import gave."""
    case = Case.objects.get(person=cast.person(place))
    with act(Verb.STEP_RECORDED, actor=cast.operator) as done:
        rows = [(case.pk, step, at, on) for step, days in steps.items() for at, on in enumerate(days, 1)]
        done.insert(StepRecord, STEP, rows)
        if failed:
            done.insert(
                StepDetail, DETAIL, [(case.pk, failed, 1, "failed", "", "", "", "", None, None, 0, "", False, False)]
            )
    return case.pk


def text_of(answer: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def number_in(answer: Any) -> int:
    """How many people the list says it has."""
    said = text_of(answer)
    return 0 if "没有这样的人" in said else int(re.search(r"共 (\d+) 人", said)[1])  # type: ignore[index]


def test_every_case_of_the_county_comes_out_as_its_course_says(cast: Cast) -> None:
    today = cast.today
    write_steps(cast, 21, {2: [today - timedelta(days=3)]})
    resting = write_steps(cast, 22, {})
    with act(Verb.CASE_RESTED, actor=cast.operator) as done:
        rest_case(done, resting, today - timedelta(days=1), counts=False, reason="外出")
    found = {one.case: one.outlook.meeting_on for one in ahead(today, settings_on(today), calendar())}
    expected = {}
    for case in Case.objects.select_related("person"):
        file = read_case(case.pk, case.uid, case.person_id, case.person.uid).file
        expected[case.pk] = course(file, ground_of(file.path, today, last())).meeting_on
    assert found == expected
    assert len(found) == 3


def test_all_is_read_in_six_statements_however_many_cases(cast: Cast, django_assert_num_queries: Any) -> None:
    settings, days = settings_on(cast.today), calendar()
    with django_assert_num_queries(6):
        ahead(cast.today, settings, days)


def test_a_clerk_sees_his_township_and_the_officer_the_county(cast: Cast) -> None:
    counted = {}
    for part in ("officer", "clerk_a", "clerk_b", "secretary_b"):
        answer = cast.client(cast.accounts[part]).get(PEOPLE)
        assert answer.status_code == 200
        counted[part] = number_in(answer)
    assert counted == {"officer": 3, "clerk_a": 2, "clerk_b": 1, "secretary_b": 1}


def test_a_unit_outside_ones_reach_is_not_found(cast: Cast) -> None:
    browser = cast.client(cast.clerk_a)
    assert browser.get(SUMMARY, {"unit": OTHER_TOWN}).status_code == 404
    assert browser.get(PEOPLE, {"unit": FAR_VILLAGE}).status_code == 404
    assert browser.get(SUMMARY, {"unit": TOWN}).status_code == 200
    assert browser.get(SUMMARY, {"unit": VILLAGE}).status_code == 200


@pytest.mark.parametrize("part", ["assistant", "member", "reviewer", "system", "security", "audit", "outsider"])
def test_who_may_not_read_people_reads_no_list_of_them(cast: Cast, part: str) -> None:
    browser = cast.client(cast.accounts[part])
    assert [browser.get(address).status_code for address in (SUMMARY, PEOPLE)] == [403, 403]


def test_who_can_and_who_cannot_are_counted_and_listed(cast: Cast) -> None:
    write_steps(cast, 21, {13: [cast.today]}, failed=13)
    page = text_of(cast.client(cast.officer).get(PEOPLE, {"standing": "stopped"}))
    assert "第 13 步 党委预审没有通过，先退回" in page
    assert "共 1 人" in page


def test_a_month_or_a_step_narrows_the_list(cast: Cast) -> None:
    browser = cast.client(cast.officer)
    by_step = [number_in(browser.get(PEOPLE, {"step": step})) for step in range(1, 16)]
    assert sum(by_step) == 3
    months = {one.outlook.meeting_on for one in ahead(cast.today, settings_on(cast.today), calendar())}
    for on in months:
        assert on is not None
        assert 1 <= number_in(browser.get(PEOPLE, {"month": f"{on:%Y-%m}"})) <= 3
    assert number_in(browser.get(PEOPLE, {"month": f"{add_months(cast.today, 30):%Y-%m}"})) == 0


def test_the_next_year_may_be_chosen(cast: Cast) -> None:
    answer = cast.client(cast.officer).get(SUMMARY, {"year": cast.today.year + 1})
    assert f"谁能在{cast.today.year + 1}年12月31日前接收" in text_of(answer)
    assert f"谁能在{cast.today.year}年12月31日前接收" in text_of(
        cast.client(cast.officer).get(SUMMARY, {"year": "1921"})
    )


@pytest.mark.parametrize("cases", [1, 3])
def test_a_page_of_people_takes_as_many_queries_for_one_as_for_three(
    cast: Cast, django_assert_num_queries: Any, cases: int
) -> None:
    browser = cast.client(cast.secretary_b if cases == 1 else cast.officer)
    browser.get(PEOPLE)
    with django_assert_num_queries(3):
        browser.get(PEOPLE)


@pytest.mark.parametrize("cases", [1, 3])
def test_the_counts_take_as_many_queries_for_one_case_as_for_three(
    cast: Cast, django_assert_num_queries: Any, cases: int
) -> None:
    browser = cast.client(cast.secretary_b if cases == 1 else cast.officer)
    browser.get(SUMMARY)
    with django_assert_num_queries(1):
        browser.get(SUMMARY)


def test_the_list_goes_out_with_a_purpose_and_is_on_record(cast: Cast) -> None:
    browser = cast.client(cast.clerk_a)
    assert browser.get("/exports/cases/admissible/").status_code == 200
    answer = browser.post("/exports/cases/admissible/", {"usual": "report"})
    assert answer.status_code == 200
    assert answer["Content-Type"].startswith("application/vnd.openxmlformats")
