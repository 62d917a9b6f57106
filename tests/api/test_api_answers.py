"""What each address answers: the figures of the pages, masked numbers, within what the token reaches, and on record."""

from __future__ import annotations

import json
import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from jsonschema import Draft202012Validator

from tests.api.tokens import Machines, machines
from tests.cast import COUNTY, FAR_VILLAGE, OTHER_TOWN, TOWN, VILLAGE, Cast, cast
from tests.desk.county_cells import member, number
from tests.gates.opened import open_gates
from tests.lived import lived
from tests.oversight.test_orders import found as found_in
from tests.oversight.test_orders import issue
from tests.packages.test_packages import archived
from yumiao.access.permissions import Permission
from yumiao.api.endpoints import Endpoint
from yumiao.api.openapi import description
from yumiao.desk.api.endpoints import ENDPOINTS
from yumiao.journal.models import Reading
from yumiao.journal.readings import What
from yumiao.ledger.memory import ledger_of

pytestmark = pytest.mark.db
__all__ = ["cast", "machines"]
BY_NAME = {one.name: one for one in ENDPOINTS}
OF_ACTS = {
    "api_reforms",
    "api_successions",
    "api_posts",
    "api_changes",
    "api_transfers",
    "api_stays",
    "api_meetings",
    "api_inquiries",
}  # empty before somebody acts


OF_GATES = {"api_joint_reviews", "api_reviews", "api_notices"}  # empty before anything stands before a step
OF_OVERSIGHT = {"api_findings", "api_orders", "api_handovers"}  # empty before something was found or archived
NAMES_NOBODY = {"api_joint_reviews", "api_gates", "api_orders"}
OF_CASES = {"api_case", "api_case_papers"}  # whose `uid` is that of a case


def address(one: Endpoint, cast: Cast) -> str:
    """Of something that is there."""
    uid = cast.person(21).cases.get().uid if one.name in OF_CASES else cast.people[1]
    parts = {"code": VILLAGE, "uid": str(uid), "name": "warning", "table": "members-by-age"}
    return one.address.format_map(parts)


def overseen(cast: Cast) -> None:
    """Somebody's archive is complete; something was found in another case, and an order issued."""
    archived(cast, 32)
    _case, uids = found_in(cast, "缺少群众意见")
    issue(cast, uids)


def names(*places: int) -> list[str]:
    return sorted(member(place)["姓名"] for place in places)


@pytest.mark.parametrize("one", ENDPOINTS, ids=lambda one: one.name)
def test_an_answer_is_what_its_description_says(cast: Cast, machines: Machines, one: Endpoint) -> None:
    described = description(ENDPOINTS)
    schema = described["paths"][one.address]["get"]["responses"]["200"]["content"]["application/json"]["schema"]
    if one.name in OF_ACTS:
        lived(cast)
    if one.name in OF_GATES:
        open_gates(cast, cast.person(21).cases.get().uid)
    if one.name in OF_OVERSIGHT:
        overseen(cast)
    found = machines().get(address(one, cast))
    Draft202012Validator(schema | {"components": described["components"]}).validate(found)
    assert found["day"] == cast.today.isoformat()
    assert found.get("items") != []


@pytest.mark.parametrize("one", ENDPOINTS, ids=lambda one: one.name)
def test_no_answer_holds_a_whole_number(cast: Cast, machines: Machines, one: Endpoint) -> None:
    if one.name in OF_ACTS:
        lived(cast)
    if one.name in OF_GATES:
        open_gates(cast, cast.person(21).cases.get().uid)
    if one.name in OF_OVERSIGHT:
        overseen(cast)
    text = machines().ask(address(one, cast)).content.decode()
    assert re.findall(r"(?<![0-9a-f-])[0-9]{11}", text) == []


def test_a_persons_numbers_are_masked(cast: Cast, machines: Machines) -> None:
    found = machines().get(f"/api/people/{cast.people[1]}/")["item"]
    whole = number(1)
    assert (found["identity"], found["phone"]) == (f"{whole[:6]}********{whole[-4:]}", "123****0001")
    assert (found["name"], found["unit"], found["standing"]) == (member(1)["姓名"], VILLAGE, "正式党员")


def test_people_are_those_of_the_page_under_the_same_conditions(cast: Cast, machines: Machines) -> None:
    officer = machines()
    found = {
        query: sorted(row["name"] for row in officer.items(f"/api/people/?{query}"))
        for query in (
            "kind=probationer",
            "sex=f&kind=member&unit=" + TOWN,
            f"q={member(5)['姓名']}",
            "age=-35",
            "admitted=2026",
        )
    }
    assert found == {
        "kind=probationer": names(7),
        "sex=f&kind=member&unit=" + TOWN: names(2, 4, 6, 8),
        f"q={member(5)['姓名']}": names(5),
        "age=-35": names(21, 22, 23, 31, 32),
        "admitted=2026": names(7),
    }


def test_a_token_of_one_township_never_meets_another(cast: Cast, machines: Machines) -> None:
    clerk, narrow = machines(unit=TOWN), machines(unit=OTHER_TOWN)
    assert {row["unit"][:7] for row in clerk.items("/api/people/")} == {TOWN}
    assert {row["unit"][:7] for row in narrow.items("/api/people/")} == {OTHER_TOWN}
    assert [row["unit"] for row in clerk.items("/api/ledger/")] == [TOWN]
    assert {row["unit"][:7] for row in narrow.items("/api/lines/")} == {OTHER_TOWN}
    assert {row["code"][:7] for row in narrow.items("/api/units/")} == {OTHER_TOWN}


@pytest.mark.parametrize(
    "where",
    [
        *(f"/api/units/{FAR_VILLAGE}/", f"/api/units/?unit={OTHER_TOWN}", f"/api/people/?unit={OTHER_TOWN}"),
        *(f"/api/lines/?unit={OTHER_TOWN}", f"/api/ledger/?unit={COUNTY}", f"/api/lists/warning/?unit={FAR_VILLAGE}"),
        *(f"/api/lists/?unit={OTHER_TOWN}", f"/api/statistics/balance/?unit={OTHER_TOWN}", "/api/units/999/"),
        *("/api/lists/nothing/", "/api/statistics/nothing/", "/api/people/00000000-0000-4000-8000-000000000000/"),
    ],
)
def test_what_lies_outside_is_not_there(cast: Cast, machines: Machines, where: str) -> None:
    assert machines(unit=TOWN).problem(where)[:2] == (404, "missing")


def test_somebody_outside_is_not_there_and_the_asking_is_on_record(cast: Cast, machines: Machines) -> None:
    assert machines(unit=TOWN).problem(f"/api/people/{cast.people[5]}/")[:2] == (404, "missing")
    reading = Reading.objects.latest("id")
    assert (reading.what, reading.subject, reading.count) == (What.REFUSED, cast.people[5], 0)


@pytest.mark.parametrize("one", ENDPOINTS, ids=lambda one: one.name)
def test_a_token_without_the_permission_is_refused(cast: Cast, machines: Machines, one: Endpoint) -> None:
    others = [
        each for each in (Permission.UNIT_READ, Permission.PERSON_READ, Permission.LEDGER_READ) if each != one.need
    ]
    assert machines(permissions=others).problem(address(one, cast))[:2] == (403, "rights")


def test_a_list_of_people_is_on_record_with_number_and_token(cast: Cast, machines: Machines) -> None:
    before = Reading.objects.count()
    found = machines(unit=TOWN).get("/api/people/?limit=4")["items"]
    reading = Reading.objects.latest("id")
    assert Reading.objects.count() == before + 1
    assert (reading.what, reading.count, reading.subject) == (What.API, len(found), cast.unit(TOWN).uid)
    assert reading.purpose == "接口令牌：驾驶舱"
    machines(unit=TOWN).get(f"/api/people/{cast.people[1]}/")
    reading = Reading.objects.latest("id")
    assert (reading.what, reading.count, reading.subject) == (What.API, 1, cast.people[1])


def test_what_names_nobody_is_not_on_record(cast: Cast, machines: Machines) -> None:
    before = Reading.objects.count()
    officer = machines()
    for one in ENDPOINTS:
        if one.need is not Permission.PERSON_READ or one.name in NAMES_NOBODY:
            officer.get(address(one, cast))
    officer.get("/api/people/?q=没有此人")
    assert Reading.objects.count() == before


def test_lines_are_the_ledgers_figures(cast: Cast, machines: Machines) -> None:
    officer = machines()
    ledger = ledger_of(cast.today, cast.reader(cast.officer).head)
    found = {row["unit"]: row for row in officer.items("/api/lines/")}
    assert {
        code: (row["members"], row["bottom_line"], row["warning_line"], row["grade"]) for code, row in found.items()
    } == {
        one.unit.code: (one.counts.members, one.bottom.value, one.warned.value, one.grade.value)
        for one in ledger.villages
    }
    townships = {row["unit"]: row for row in officer.items("/api/ledger/")}
    assert {code: (row["admitted"], row["is_guidance_met"], row["reserve"]) for code, row in townships.items()} == {
        one.unit.code: (one.counts.this_year, one.guidance_met, one.reserve) for one in ledger.townships
    }
    told = {row["name"]: row["number"] for row in officer.items("/api/lists/")}
    assert told["warning"] == len(ledger.warning_line_listed)
    assert {row["unit"] for row in officer.items("/api/lists/warning/")} == {
        one.unit.code for one in ledger.warning_line_listed
    }


def test_a_table_of_the_statistics_adds_up(cast: Cast, machines: Machines) -> None:
    found = machines().items("/api/statistics/members-by-sex/")
    total = {row["column"]: row["number"] for row in found if row["row"] == "total"}
    parts = [row["number"] for row in found if row["row"] != "total" and row["column"] == "total"]
    assert total["total"] == sum(parts) == total["m"] + total["f"] + total["unknown"]
    assert {row["adds_up"] for row in found} == {True}


def test_figures_of_units_are_left_out_without_the_ledger(cast: Cast, machines: Machines) -> None:
    asked = f"/api/units/{TOWN}/"
    assert machines().get(asked)["item"]["members"] == 7
    assert machines(permissions=[Permission.UNIT_READ]).get(asked)["item"]["members"] is None


@pytest.mark.parametrize("name", ["api_lines", "api_ledger", "api_lists", "api_list", "api_statistics"])
def test_a_day_that_has_no_figures_is_not_there(cast: Cast, machines: Machines, name: str) -> None:
    officer, where = machines(), address(BY_NAME[name], cast)
    tomorrow = (cast.today + timedelta(days=1)).isoformat()
    assert officer.problem(f"{where}?day={tomorrow}")[:2] == (404, "missing")
    assert officer.problem(f"{where}?day=1921-06-30")[:2] == (404, "missing")
    assert officer.problem(f"{where}?day=2024-02-30")[:2] == (400, "parameters")
    assert officer.get(f"{where}?day=2025-12-31")["day"] == "2025-12-31"


def test_every_fault_of_the_parameters_is_told(cast: Cast, machines: Machines) -> None:
    status, kind, said = machines().problem("/api/people/?limit=0&on=2024-01-01&sex=m&sex=f")
    assert (status, kind) == (400, "parameters")
    assert [fault["parameter"] for fault in said["faults"]] == ["on", "sex", "limit"]
    assert machines().problem("/api/people/?q=１１０１０１１９９００１０１")[1] == "parameters"


def test_a_page_follows_the_other_also_while_somebody_is_added(cast: Cast, machines: Machines) -> None:
    from tests.cast import cast_county
    from yumiao.desk.workbook.importing import import_workbook

    officer = machines()
    everybody = [row["uid"] for row in officer.items("/api/people/")]
    first = officer.get("/api/people/?limit=4")
    county = cast_county()
    county.add("党员", member(11), member(12, FAR_VILLAGE))
    assert import_workbook(county.workbook(), today=cast.today, actor=cast.operator).written
    rest = officer.items(first["next"])
    found = [row["uid"] for row in (*first["items"], *rest)]
    assert len(found) == len(set(found))
    assert set(everybody) <= set(found)
    assert "韦" not in first["next"] and "%" not in first["next"]


def test_a_mark_of_ones_own_making_is_no_page(cast: Cast, machines: Machines) -> None:
    assert machines().problem("/api/people/?after=abcd")[:2] == (404, "page")


def test_head_has_no_body_and_other_methods_are_refused(cast: Cast, machines: Machines) -> None:
    officer = machines()
    head = officer.ask("/api/lines/", method="HEAD")
    assert (head.status_code, head.content) == (200, b"")
    for method in ("POST", "PUT", "PATCH", "DELETE", "OPTIONS"):
        assert officer.problem("/api/lines/", method=method)[:2] == (405, "method")


def test_whoever_has_the_answer_is_told_that_nothing_changed(cast: Cast, machines: Machines) -> None:
    officer, clerk = machines(), machines(unit=TOWN)
    tag = officer.ask("/api/people/")["ETag"]
    before = Reading.objects.count()
    same = officer.ask("/api/people/", **{"If-None-Match": tag})
    assert (same.status_code, same.content, Reading.objects.count()) == (304, b"", before)
    weak = officer.ask("/api/people/", **{"Accept-Encoding": "gzip"})["ETag"]
    assert weak == f"W/{tag}"
    assert officer.ask("/api/people/", **{"If-None-Match": f'"other", {weak}'}).status_code == 304
    assert officer.ask("/api/people/?limit=3", **{"If-None-Match": tag}).status_code == 200
    assert clerk.ask("/api/people/", **{"If-None-Match": tag}).status_code == 200


def test_the_description_is_the_same_for_everybody(cast: Cast, machines: Machines) -> None:
    answer = cast.client(None).get("/api/openapi.json")
    assert answer.status_code == 200
    assert json.loads(answer.content) == json.loads(json.dumps(description(ENDPOINTS)))


def test_the_page_about_the_api_names_every_address(cast: Cast) -> None:
    page = cast.client(cast.clerk_a).get("/api/").content.decode()
    assert [one.address for one in ENDPOINTS if f"<code>{one.address}</code>" not in page] == []


@pytest.mark.parametrize("limit", [1, 3, 100])
def test_a_list_of_people_asks_the_database_at_most_five_times(
    machines: Machines, limit: int, database_vendor: str
) -> None:
    """Token with account and head, the page, the last reading, the new one; PostgreSQL is asked for the lock of the readings too."""
    officer = machines()
    officer.get("/api/people/")
    with CaptureQueriesContext(connection) as asked:
        officer.get(f"/api/people/?limit={limit}")
    statements = [one["sql"] for one in asked if not one["sql"].startswith(("SAVEPOINT", "RELEASE"))]
    assert len(statements) == (5 if database_vendor == "postgresql" else 4)
