"""Whole numbers of people, followed through every page, every role, every fault and every log. Case numbers are those of the threat model."""

from __future__ import annotations

import io
import logging
import re
import uuid
import zipfile
from collections.abc import Iterator

import pytest
from django.urls import reverse

from tests.abuse.whole_county import all_objects, answering, county, undone
from tests.architecture.routes import Route
from tests.cast import PARTS, Cast
from tests.desk.county_cells import number, person

pytestmark = pytest.mark.db
__all__ = ["county"]

REASON = {"reason": "核对入党志愿书", "purpose": "报市委组织部核对"}
SHOWING = {"person_numbers", "export", "joint_body"}
ASKING: dict[str, set[tuple[str, str]]] = {
    "joint_body": {("reviewer", "court")},
    "joint_letter_docx": {("officer", "court"), ("officer", "police")},
}
"""Who asks a department, and the department asked, see whole numbers: it cannot look anybody up without (REV-15)."""
# every number of the small county: all begin so, and no code, date or key of the program does
WHOLE = re.compile(r"998001\d{11}[0-9X]|998001\d{9}|1230000\d{4}")
TYPED = (number(77), "12300007777", "９９８００１１９８００５０６０７７", "998001 19800506 0770", "998001800506077")


def whole_numbers(answer) -> list[str]:
    """Numbers in clear in an answer, also within the parts of a workbook."""
    content = answer.getvalue() if answer.streaming else answer.content
    if content[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(content)) as book:
            content = b"\n".join(book.read(name) for name in book.namelist())
    headers = "\n".join(f"{name}: {value}" for name, value in answer.headers.items())
    return WHOLE.findall(content.decode(errors="replace") + headers)


@pytest.mark.parametrize(
    "route",
    # the blank workbook holds example rows of nobody
    [route for route in answering("GET") if route.name != "import_template"],
    ids=lambda route: route.name,
)
def test_abuse_57_no_page_shows_a_whole_number_to_anybody(county: Cast, route: Route) -> None:
    """G05: every route, object and role; by GET, not even those that answer a reason with the numbers."""
    found = {}
    for part in (None, *PARTS):
        browser = county.client(county.accounts[part] if part else None, raise_request_exception=False)
        for case, arguments in all_objects(route, county).items():
            with undone():
                if numbers := whole_numbers(browser.get(reverse(route.name, kwargs=arguments))):
                    found[part, case] = numbers
    assert set(found) == ASKING.get(route.name, set())


@pytest.mark.parametrize("route", answering("POST"), ids=lambda route: route.name)
def test_abuse_57_a_form_shows_whole_numbers_only_where_that_is_what_was_asked_for(county: Cast, route: Route) -> None:
    shown = {}
    for part in (None, *PARTS):
        browser = county.client(county.accounts[part] if part else None, raise_request_exception=False)
        for case, arguments in all_objects(route, county).items():
            with undone():
                if numbers := whole_numbers(browser.post(reverse(route.name, kwargs=arguments), REASON)):
                    shown[part, case] = len(set(numbers))
    assert (set(shown) != set()) == (route.name in SHOWING)
    if route.name == "person_numbers":
        assert shown == {("officer", "A"): 2, ("officer", "B"): 2, ("clerk_a", "A"): 2, ("clerk_b", "B"): 2}
    if route.name in ASKING:
        assert set(shown) == ASKING[route.name]
    if route.name == "export":
        assert {part for part, _ in shown} == {"officer"}


@pytest.fixture
def logged() -> Iterator[list[str]]:
    """Everything that any logger of the process says, as it would be written, with its trace."""
    lines: list[str] = []

    class Kept(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            lines.append(self.format(record))

    kept, loggers = Kept(), [logging.getLogger(), *map(logging.getLogger, logging.root.manager.loggerDict)]
    for logger in loggers:
        logger.addHandler(kept)
    yield lines
    for logger in loggers:
        logger.removeHandler(kept)


def test_abuse_57_no_log_line_holds_what_somebody_typed(county: Cast, logged: list[str]) -> None:
    """Numbers and names in addresses, in forms, as passwords, as codes; well, refused, and unknown."""
    name = person(1, "")["姓名"]
    for part in (None, "officer", "clerk_a", "secretary_a"):
        browser = county.client(county.accounts[part] if part else None, raise_request_exception=False)
        for typed in (*TYPED, name):
            with undone():
                browser.get("/search/", {"q": typed})
                browser.get(f"/units/{typed}/")
                browser.get(f"/{typed}/")
                browser.post("/search/", {"number": typed})
                browser.post("/login/", {"username": typed, "password": typed})
                browser.post("/login/code/", {"code": typed[:20]})
                browser.post("/confirm/", {"code": typed[:20], "password": typed})
                browser.post("/invitation/", {"code": typed})
                browser.get("/people/", headers={"referer": f"http://testserver/?q={typed}".encode().decode("latin-1")})
                for place in (1, 5):
                    browser.get(reverse("person", args=[county.people[place]]))
                    browser.post(reverse("person_numbers", args=[county.people[place]]), {"reason": f"核对 {typed}"})
    text = "\n".join(logged)
    assert "not his: person" in text
    assert [said for said in (*TYPED, name, *WHOLE.findall(text)) if said in text] == []


@pytest.mark.parametrize("error", [ValueError, RuntimeError, KeyError, OSError, AssertionError])
def test_abuse_57_a_fault_of_ours_says_nothing_of_whom_it_met(
    county: Cast, logged: list[str], monkeypatch, error: type[Exception]
) -> None:
    from yumiao.desk.people import views

    said = f"韦禾一 {number(1)}"

    def broken(*_args: object) -> None:
        raise error(said)

    monkeypatch.setattr(views, "dossier", broken)
    with undone():
        answer = county.client(county.officer, raise_request_exception=False).get(
            reverse("person", args=[county.people[1]])
        )
    text = "\n".join(logged) + answer.content.decode()
    assert (answer.status_code in (500, 503), number(1) in text, "韦禾一" in text) == (True, False, False)
    assert any(error.__name__ in line for line in logged)


def test_abuse_57_no_reason_keeps_a_number(county: Cast) -> None:
    """Whatever is kept with an entry or a reading as a reason is masked first."""
    from yumiao.journal.models import Entry, Reading

    typed = {"reason": f"核对 {number(5)} 的材料", "purpose": f"核对 {number(5)} 的材料", "once": str(uuid.uuid4())}
    with undone():
        officer, system = county.client(county.officer), county.client(county.system)
        uid = {"uid": county.secretary_b.uid}
        officer.post(reverse("person_numbers", args=[county.people[1]]), typed)
        officer.post(reverse("export"), typed)
        for name in ("suspend_account", "restore_account", "reset_login"):
            system.post(reverse(name, kwargs=uid), typed | {"once": str(uuid.uuid4())})
        kept = [*Entry.objects.values_list("reason", flat=True), *Reading.objects.values_list("purpose", flat=True)]
    assert sum("核对" in one for one in kept) == 5
    assert [one for one in kept if WHOLE.search(one)] == []
