"""What is looked at is on record, what cannot be recorded is not shown, what was recorded cannot be altered unseen."""

from __future__ import annotations

import logging
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.db import DatabaseError, connection
from django.urls import reverse

from tests.abuse.whole_county import all_objects, answering, county, undone
from tests.architecture.routes import NOWHERE, Route
from tests.cast import VILLAGE, Cast
from tests.journal.tampering import run, seen
from yumiao.desk.refusals import looks
from yumiao.journal.models import Entry, Reading

pytestmark = pytest.mark.db
__all__ = ["county"]

REASON = {"reason": "核对入党志愿书", "purpose": "报市委组织部核对"}
# readings of a page that opens, by route: whoever sees people's names or numbers one by one is on record for it
RECORDED = {
    ("person", "GET"): 1,
    ("person_pdf", "GET"): 1,
    ("person_numbers", "POST"): 1,
    ("explanation", "GET"): 1,
    ("export", "POST"): 1,
    ("statistics_people", "GET"): 1,
    ("double", "GET"): 2,  # two people side by side
    ("merged_record", "GET"): 1,
    ("status_changes", "GET"): 1,
    ("transfer", "GET"): 1,
    ("transfer_letter", "GET"): 1,
    ("transfer_material", "GET"): 1,
    ("person_searches", "GET"): 1,
    ("reconciliation", "GET"): 1,
    ("case_record", "GET"): 1,
    ("case", "GET"): 1,
    ("case_history", "GET"): 1,
    ("case_late", "GET"): 1,
    ("case_faults_of", "GET"): 1,
    ("inquiry", "GET"): 1,
    ("case_sections", "GET"): 1,
    ("grants", "GET"): 1,
    ("joint_case", "GET"): 1,
    ("joint_letter_pdf", "GET"): 1,
    ("joint_letter_docx", "GET"): 1,
    ("file_audit", "GET"): 1,
    ("file_audits_list", "GET"): 1,
    ("recognise", "GET"): 1,
    ("recognise_many", "GET"): 1,
    ("recognition_pdf", "GET"): 1,
    ("recognition_docx", "GET"): 1,
    ("review", "GET"): 1,
    ("notice_photo_file", "GET"): 1,
    ("order_paper_file", "GET"): 1,
    ("case_package", "GET"): 1,
    ("case_package", "POST"): 1,
    ("handover_new", "GET"): 1,
    ("handover_print", "GET"): 1,
    ("notice", "GET"): 1,
    ("notice_print", "GET"): 1,
    ("objection", "GET"): 1,
    ("review_pdf", "GET"): 1,
    ("review_docx", "GET"): 1,
    ("inquiry_pdf", "GET"): 1,
    ("inquiry_docx", "GET"): 1,
    ("helpers_change", "GET"): 1,
    ("meeting", "GET"): 1,
    ("meeting_print", "GET"): 1,
    ("case_papers", "GET"): 1,
    ("case_papers_missing", "GET"): 1,
    ("case_paper", "GET"): 1,
    ("case_paper_file", "GET"): 1,
    ("case_paper_page", "GET"): 1,  # where the paper was not opened just before
}
BY_ENTRY = {"stay_undo"}  # opened by the number of an entry, which is about somebody


def latest() -> tuple[str, uuid.UUID | None, uuid.UUID | None, int]:
    row = Reading.objects.latest("id")
    return row.what, row.subject, row.actor, row.count


@pytest.mark.parametrize("part", ["clerk_a", "secretary_a", "general_secretary", "member"])
def test_abuse_01_a_refused_look_is_on_record_and_in_the_log(county: Cast, part: str, caplog) -> None:
    who, there = county.accounts[part], county.people[5]
    with undone(), caplog.at_level(logging.WARNING):
        before = Reading.objects.count()
        answer = county.client(who).get(reverse("person", args=[there]))
        assert (answer.status_code in (403, 404), Reading.objects.count() - before) == (True, 1)
        assert latest() == ("refused", there, who.uid, 0)
    assert [str(there) in line and str(who.uid) in line for line in caplog.messages] == [True]


def test_abuse_01_so_is_a_look_at_nobody_so_that_neither_is_told_apart(county: Cast) -> None:
    with undone():
        county.client(county.secretary_a).get(reverse("person", args=[NOWHERE]))
        assert latest() == ("refused", NOWHERE, county.secretary_a.uid, 0)


def test_abuse_01_the_auditor_finds_it(county: Cast) -> None:
    with undone():
        county.client(county.secretary_a).get(reverse("person", args=[county.people[5]]))
        page = county.client(county.audit).get(reverse("readings"), {"what": "refused"}).content.decode()
        assert (page.count("越权查看，已拒绝") > 1, "共 1 条" in page) == (True, True)


@pytest.mark.parametrize("route", answering("GET"), ids=lambda route: route.name)
def test_abuse_53_what_shows_people_leaves_exactly_one_reading(county: Cast, route: Route) -> None:
    """G14: opened, refused, or asked for by a form; by everybody, for every object."""
    assert route.policy is not None
    found, expected = {}, {}
    for part in ("officer", "clerk_a", "secretary_a", "assistant", "auditor", "system", "member"):
        for case, arguments in all_objects(route, county).items():
            for method in ("GET", "HEAD", "POST"):
                if method not in route.policy.methods:
                    continue
                with undone():
                    before = Reading.objects.count()
                    browser = county.client(county.accounts[part])
                    address = reverse(route.name, kwargs=arguments)
                    answer = browser.post(address, REASON) if method == "POST" else browser.generic(method, address)
                    key = (part, case, method)
                    found[key] = Reading.objects.count() - before
                    expected[key] = expected_readings(route, method, answer, before)
    assert found == expected


def expected_readings(route: Route, method: str, answer, before: int) -> int:
    name, kind = route.name, "GET" if method == "HEAD" else method
    if name in ("explanation", "explanation_pdf") and answer.status_code == 200:
        what = "print" if name == "explanation_pdf" else name
        return int(Reading.objects.filter(id__gt=before, what=what, count__gt=0).exists())
    if answer.status_code in (403, 404):
        return (
            int(Reading.objects.filter(id__gt=before, what="refused").exists())
            if {"uid", "one"} & set(route.takes) or name in BY_ENTRY
            else 0
        )
    return RECORDED.get((name, kind), 0) if answer.status_code == 200 else 0


@pytest.mark.parametrize(
    "name, method, given",
    [("person", "get", 1), ("person_numbers", "post", 1), ("explanation", "get", VILLAGE), ("export", "post", None)],
)
def test_abuse_53_those_four_are_recorded_with_who_what_and_how_many(
    county: Cast, name: str, method: str, given
) -> None:
    arguments = [] if given is None else [county.people[given] if isinstance(given, int) else given]
    with undone():
        answer = getattr(county.client(county.officer), method)(
            reverse(name, args=arguments), REASON if method == "post" else {}
        )
        row = Reading.objects.latest("id")
        assert (answer.status_code, row.actor, row.count > 0) == (200, county.officer.uid, True)


def test_abuse_53_who_turns_from_person_to_person_is_slowed_and_on_record(county: Cast, monkeypatch) -> None:
    """Three thousand in twenty minutes: nobody reads so fast. He waits, others do not, and those who watch see it once."""
    monkeypatch.setattr(looks, "most", 3)
    looks.forget()
    with undone():
        hasty, calm = county.client(county.officer), county.client(county.clerk_a)
        address = reverse("person", args=[county.people[1]])
        answers = [hasty.get(address) for _ in range(5)]
        paced = Reading.objects.filter(what="pace")
        assert [one.status_code for one in answers] == [200, 200, 200, 429, 429]
        assert (answers[-1]["Retry-After"], "人员名单或者导出" in answers[-1].content.decode()) == ("3600", True)
        assert [(one.actor, one.subject, one.count) for one in paced] == [(county.officer.uid, county.officer.uid, 3)]
        assert calm.get(address).status_code == 200
    looks.forget()


@contextmanager
def read_only_database() -> Iterator[None]:
    """The database takes nothing in any more, as on a full or read-only disk."""
    on, off = (
        ("PRAGMA query_only=ON", "PRAGMA query_only=OFF")
        if connection.vendor == "sqlite"
        else ("SET LOCAL transaction_read_only = on", None)
    )
    with connection.cursor() as cursor:
        cursor.execute(on)
    try:
        yield
    finally:
        if off:
            with connection.cursor() as cursor:
                cursor.execute(off)


@contextmanager
def head_file_gone(settings, tmp_path: Path) -> Iterator[None]:
    """The folder of the journal's head file takes nothing in."""
    before = settings.HEAD_FILE
    settings.HEAD_FILE = tmp_path / "gone" / "head"
    try:
        yield
    finally:
        settings.HEAD_FILE = before


def what_is_refused(county: Cast) -> list[tuple[str, str, list[str], dict[str, str]]]:
    uid = [str(county.people[1])]
    invited = {"display_name": "莫新苗", "username": "moxinmiao", "unit": VILLAGE, "since": county.today.isoformat()}
    return [
        ("get", "person", uid, {}),
        ("post", "person_numbers", uid, REASON),
        ("get", "explanation", [VILLAGE], {}),
        ("post", "export", [], REASON),
        ("post", "invite", [], invited),
    ]


@pytest.mark.parametrize("broken", ["database", "head file"])
@pytest.mark.parametrize("place", range(5))
def test_abuse_49_what_cannot_be_recorded_is_neither_done_nor_shown(
    county: Cast, broken: str, place: int, settings, tmp_path: Path
) -> None:
    method, name, arguments, fields = what_is_refused(county)[place]
    browser = county.client(county.clerk_a if name == "invite" else county.officer, raise_request_exception=False)
    role = "?role=branch_secretary" if name == "invite" else ""
    with undone():
        before = Entry.objects.count(), Reading.objects.count()
        with undone(), read_only_database() if broken == "database" else head_file_gone(settings, tmp_path):
            answer = getattr(browser, method)(reverse(name, args=arguments) + role, fields)
        assert (Entry.objects.count(), Reading.objects.count()) == before
    text = answer.content.decode()
    is_told = "没有写入任何内容" in text or "没有导出" in text
    assert (answer.status_code in (503, 507), is_told, "韦禾" in text, "998001" in text) == (True, True, False, False)


def test_abuse_49_what_shows_nobody_goes_on(county: Cast, settings, tmp_path: Path) -> None:
    with undone(), head_file_gone(settings, tmp_path):
        names = ("ledger", "units", "people", "journal")
        assert [county.client(county.officer).get(reverse(name)).status_code for name in names] == [200] * 4


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE journal_reading SET count = 0",
        "UPDATE journal_entry SET actor_label = '别人' WHERE seq = 2",
        "DELETE FROM journal_entry WHERE seq = 2",
        "UPDATE people_membership SET membership_on = '1999-01-01'",
        "DELETE FROM people_personsecret",
    ],
)
def test_abuse_48_a_row_altered_past_the_program_is_refused(county: Cast, statement: str) -> None:
    with undone():
        county.client(county.officer).get(reverse("person", args=[county.people[1]]))
        with pytest.raises(DatabaseError), connection.cursor() as cursor:
            cursor.execute(statement)


def test_abuse_48_and_found_where_the_triggers_were_taken_away_first(county: Cast) -> None:
    altered = "UPDATE journal_entry SET actor_label = '别人' WHERE seq = 2"
    for statement in (
        altered,
        "DELETE FROM journal_entry WHERE seq = 2",
        "UPDATE journal_entry SET at = prior WHERE seq = 2",
    ):
        change = statement.replace("prior", "'2020-01-01 00:00:00+00'")
        assert 2 in {finding.seq for finding in seen(lambda change=change: run(change))} or "DELETE" in change
        assert seen(lambda change=change: run(change)) != []
