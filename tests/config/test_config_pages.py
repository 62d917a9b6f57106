"""What the server refuses to do, and the pages for what went wrong outside every view."""

from __future__ import annotations

import socket
from argparse import Namespace
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.test import Client, override_settings
from django.urls import path

from yumiao.access.door import door
from yumiao.access.permissions import PUBLIC
from yumiao.config.commands import serve_command
from yumiao.config.urls import handler400, handler403, handler404, handler500  # noqa: F401 these addresses have the same pages
from yumiao.config.urls import urlpatterns as standing

pytestmark = pytest.mark.db
SECRET = "998001199001011239"


@door(PUBLIC)
def failing(request: HttpRequest) -> HttpResponse:
    raise RuntimeError(f"a fault with {SECRET}")


@door(PUBLIC)
def without_database(request: HttpRequest) -> HttpResponse:
    raise OperationalError("disk full")


@door(PUBLIC, methods=("POST",))
def reading_form(request: HttpRequest) -> HttpResponse:
    return HttpResponse(str(len(request.POST)))


def without_policy(request: HttpRequest) -> HttpResponse:
    return HttpResponse("never seen")


urlpatterns = [
    *standing,
    path("failing/", failing),
    path("without-database/", without_database),
    path("form/", reading_form),
    path("without-policy/", without_policy),
]


@pytest.fixture
def browser() -> Iterator[Client]:
    with override_settings(ROOT_URLCONF=__name__):
        yield Client(raise_request_exception=False, HTTP_HOST="127.0.0.1")


def test_a_view_without_a_policy_is_never_served(browser: Client) -> None:
    answer = browser.get("/without-policy/")
    assert answer.status_code == 403
    assert "never seen" not in answer.content.decode()


def test_a_fault_is_a_page_that_says_what_to_do_and_a_line_without_values(
    browser: Client, caplog: pytest.LogCaptureFixture
) -> None:
    answer = browser.get(f"/failing/?q={SECRET}")
    assert answer.status_code == 500
    assert SECRET not in answer.content.decode()
    assert [record.getMessage().partition(" while ")[0].partition(" at ")[0] for record in caplog.records] == [
        "RuntimeError"
    ]
    assert SECRET not in caplog.text


def test_a_database_that_does_not_answer_has_a_page_of_its_own(browser: Client) -> None:
    assert browser.get("/without-database/").status_code == 503


def test_an_address_nobody_knows_has_a_page_with_a_way_back(browser: Client) -> None:
    answer = browser.get("/nowhere/")
    assert answer.status_code == 404
    assert 'href="/"' in answer.content.decode()


def test_a_form_too_big_is_told_so(browser: Client) -> None:
    answer = browser.post("/form/", {"text": "很" * 1_000_001})
    assert answer.status_code == 413


def test_a_form_with_too_many_fields_is_told_so(browser: Client) -> None:
    answer = browser.post("/form/", {f"f{number}": "1" for number in range(501)})
    assert answer.status_code == 413


def test_a_form_without_a_token_is_refused_with_advice_and_a_line_without_its_address(
    caplog: pytest.LogCaptureFixture,
) -> None:
    stranger = Client(enforce_csrf_checks=True, HTTP_HOST="127.0.0.1")
    answer = stranger.post("/login/", {"account": "x"})
    assert answer.status_code == 403
    assert "重新" in answer.content.decode()
    stranger.post(f"/units/{SECRET}/")
    ours = [record.getMessage() for record in caplog.records if record.name == "yumiao.errors"]
    assert ours == ["form without proof: login", "form without proof: unit"]


def test_what_the_framework_itself_says_of_requests_is_not_logged() -> None:
    """It repeats host names and addresses as they were sent."""
    silent = {name: settings.LOGGING["loggers"][name]["handlers"] for name in ("django.request", "django.security")}
    assert silent == {"django.request": [], "django.security": []}


def test_a_host_name_that_is_not_ours_is_logged_by_kind_alone(caplog: pytest.LogCaptureFixture) -> None:
    assert Client(HTTP_HOST="elsewhere.example").get("/login/").status_code == 400
    ours = [record.getMessage() for record in caplog.records if record.name == "yumiao.errors"]
    assert ours == ["not understood: DisallowedHost"]


def test_every_page_forbids_what_is_not_ours_and_is_not_kept() -> None:
    answer = Client(HTTP_HOST="127.0.0.1").get("/login/")
    policy = dict(part.strip().split(" ", 1) for part in answer.headers["Content-Security-Policy"].split(";"))
    assert policy == {
        "default-src": "'none'",
        "script-src": "'self'",
        "style-src": "'self'",
        "img-src": "'self'",
        "connect-src": "'self'",
        "form-action": "'self'",
        "base-uri": "'none'",
        "frame-ancestors": "'none'",
        "object-src": "'none'",
    }
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["X-Frame-Options"] == "DENY"
    assert answer.headers["Referrer-Policy"] == "same-origin"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def options(host: str, port: int) -> Namespace:
    return Namespace(host=host, port=port, workers=1, threads=2)


@pytest.mark.parametrize("host", ["0.0.0.0", "192.168.1.5", "desk.example"])  # noqa: S104 refused, that is the point
def test_local_settings_serve_this_machine_only(host: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert serve_command.run(options(host, 8000)) == 2
    assert "本机" in capsys.readouterr().err


def test_a_taken_port_is_said_with_what_to_do(
    capsys: pytest.CaptureFixture[str],
) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        assert serve_command.run(options("127.0.0.1", taken.getsockname()[1])) == 2
    assert "--port" in capsys.readouterr().err


def test_an_address_of_another_machine_is_not_called_taken(capsys: pytest.CaptureFixture[str]) -> None:
    said = []
    with override_settings(LOOPBACK_ONLY=False):
        for host in ("203.0.113.9", "2001:db8::9"):
            assert serve_command.run(options(host, 8000)) == 2
            said.append(capsys.readouterr().err.partition("。")[0])
    assert said == ["203.0.113.9 不是本机的地址", "2001:db8::9 不是本机的地址"]


def test_the_key_of_the_pages_outlives_a_restart_and_is_its_owners_alone(tmp_path: Path) -> None:
    first = serve_command.lasting_secret(tmp_path / "pages")
    assert (len(first) > 50, serve_command.lasting_secret(tmp_path / "pages")) == (True, first)
    assert (tmp_path / "pages").stat().st_mode & 0o777 == 0o600
    assert [file.name for file in tmp_path.iterdir()] == ["pages"]
