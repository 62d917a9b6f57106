"""What lies uploaded and previewed belongs to one account, one day and the units it then had. Case numbers are those of the threat model."""

from __future__ import annotations

import io
import time
import uuid
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
import xlsxwriter
from django.urls import reverse

import tests.cast
from tests.cast import FAR_VILLAGE, VILLAGE, Cast, cast_county
from tests.desk.county_cells import member
from tests.desk.importing_pages import clear, decided, upload, uploaded
from tests.desk.importing_pages import stored as lying_there
from yumiao.access.permissions import Permission
from yumiao.desk.imports.showing import Preview
from yumiao.desk.imports.starting import start
from yumiao.desk.imports.store import Phase, Upload
from yumiao.desk.imports.work import TAKE
from yumiao.journal.models import Entry
from yumiao.people.models import Person

pytestmark = [pytest.mark.db, pytest.mark.usefixtures("_in_this_process")]
cast = tests.cast.cast


@pytest.fixture
def _in_this_process(settings) -> Iterator[None]:
    settings.IMPORTS_RUN_APART = False
    clear()
    yield
    clear()


def previewed(cast: Cast, folder: Path) -> Upload:
    """A new member of township A, sent by its clerk and checked."""
    county = cast_county().only("党员")
    county.sheets["党员"] = [member(11)]
    stored = uploaded(cast, cast.clerk_a, county.file(folder / "a.xlsx").read_bytes())
    assert stored.state.phase is Phase.PREVIEWED
    return stored


def take(cast: Cast, stored: Upload, *, as_if: str, days: int = 0) -> Phase:
    """Have it written by its clerk with the units of `as_if`, `days` later."""
    scope = cast.reader(cast.accounts[as_if]).scope(Permission.WORKBOOK_IMPORT)
    asked = {"accept_good_rows": False, "shown": Preview.of(stored).counts, "once": str(uuid.uuid4())}
    today = cast.today + timedelta(days=days)
    start(stored, TAKE, actor=cast.actor(cast.clerk_a), within=scope, today=today, **asked)
    return stored.state.phase


@pytest.mark.parametrize("as_if, phase, more", [("clerk_a", Phase.WRITTEN, 1), ("clerk_b", Phase.MOVED, 0)])
def test_abuse_32_what_was_previewed_with_other_units_is_checked_again(
    cast: Cast, tmp_path: Path, as_if: str, phase: Phase, more: int
) -> None:
    """Somebody whose post ended by its date overnight does not write by the rights of the day before."""
    stored, before = previewed(cast, tmp_path), Person.objects.count()
    assert (take(cast, stored, as_if=as_if), Person.objects.count() - before) == (phase, more)


@pytest.mark.parametrize("name", ["import", "import_check", "import_take", "import_drop", "import_faults"])
def test_abuse_10_somebody_elses_upload_is_nobodys(cast: Cast, tmp_path: Path, name: str) -> None:
    stored, before = previewed(cast, tmp_path), Entry.objects.count()
    address = reverse(name, args=[stored.uid])
    for who in (cast.officer, cast.clerk_b, cast.secretary_a, cast.system):
        answers = {cast.client(who).get(address).status_code, cast.client(who).post(address).status_code}
        assert answers <= {403, 404, 405}
    assert (stored.state.phase, Entry.objects.count()) == (Phase.PREVIEWED, before)


@pytest.mark.parametrize("name", ["import_result", "import_rows", "import_undo"])
def test_abuse_10_the_county_import_is_no_page_of_a_township(cast: Cast, name: str) -> None:
    seq = Entry.objects.filter(verb="workbook_imported").latest("seq").seq
    assert [cast.client(who).get(reverse(name, args=[seq])).status_code for who in (cast.clerk_a, cast.clerk_b)] == [
        404
    ] * 2


def test_abuse_34_an_undo_sent_by_two_is_one(cast: Cast, tmp_path: Path) -> None:
    stored = previewed(cast, tmp_path)
    take(cast, stored, as_if="clerk_a")
    address, before = reverse("import_undo", args=[stored.state.seq]), Entry.objects.count()
    answers = [
        decided(cast.client(who), address, reason=f"误传 998001198005060770 的资料 {place}").status_code
        for place, who in enumerate((cast.clerk_a, cast.officer, cast.clerk_a))
    ]
    assert (answers, Entry.objects.count() - before) == ([200, 409, 409], 1)
    assert "998001198005060770" not in Entry.objects.latest("seq").reason
    assert "误传" in Entry.objects.latest("seq").reason


def test_abuse_32_a_clerk_moved_to_another_township_undoes_nothing_of_the_old_one(cast: Cast, tmp_path: Path) -> None:
    from yumiao.access.appointments import Grant, appoint, end_appointment
    from yumiao.access.models import Appointment
    from yumiao.access.permissions import Role

    stored = previewed(cast, tmp_path)
    take(cast, stored, as_if="clerk_a")
    old = Appointment.objects.alive().get(account=cast.clerk_a)
    end_appointment(appointment=old.pk, until=cast.today, actor=cast.operator, today=cast.today)
    grant = Grant(Role.TOWNSHIP_CLERK, cast.unit("001.002"), cast.today)
    appoint(account=cast.clerk_a, grant=grant, actor=cast.operator, today=cast.today)
    browser, before = cast.client(cast.clerk_a), Entry.objects.count()
    answer = decided(browser, reverse("import_undo", args=[stored.state.seq]), reason="误传了去年的工作簿")
    rows = browser.get(reverse("import_rows", args=[stored.state.seq])).content.decode()
    assert (answer.status_code, Entry.objects.count(), member(11)["姓名"] in rows) == (404, before, False)
    assert {VILLAGE, FAR_VILLAGE} <= set(cast.tree.by_code)


@pytest.mark.parametrize("cell", ["XFD1048576", "A1048576", "XFD1"])
def test_abuse_29_a_sheet_that_claims_to_be_huge_is_answered_soon(cast: Cast, tmp_path: Path, cell: str) -> None:
    path = tmp_path / "huge.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("党员")
        sheet.write_row(0, 0, cast_county().headers["党员"])
        sheet.write(cell, "x")
    begun = time.monotonic()
    page = upload(cast.client(cast.clerk_a), path.read_bytes())
    assert (page.status_code, time.monotonic() - begun < 20) == (200, True)
    assert Entry.objects.filter(actor=cast.clerk_a.uid).count() == 0


@pytest.mark.parametrize(
    "name", ["a.jpg", "a.svg", "a.pdf", "a.html", "a.xlsx.exe", "a.xlsm", "a", ".htaccess", "a.xlsx/../b.html"]
)
def test_abuse_35_no_page_takes_in_anything_but_a_workbook(cast: Cast, name: str) -> None:
    """Evidence files come with admission; until then nothing sent is ever shown or sent back as it came."""
    file = io.BytesIO(b"<svg onload=alert(1)>")
    file.name = name
    answer = cast.client(cast.clerk_a).post("/import/", {"file": file})
    assert (answer.status_code, lying_there(), b"<svg onload" in answer.content) == (422, [], False)


def test_abuse_35_what_is_sent_out_is_a_download_whose_kind_is_not_guessed(cast: Cast) -> None:
    answers = [cast.client(cast.officer).get(page) for page in ("/import/template/", "/ledger/workbook/")]
    assert [answer.headers["X-Content-Type-Options"] for answer in answers] == ["nosniff"] * 2
    assert [answer.headers["Content-Disposition"].partition(";")[0] for answer in answers] == ["attachment"] * 2
