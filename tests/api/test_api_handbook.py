"""The handbook's chapter on the API says what the declarations say, and its example reads a whole list from a running server."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread
from wsgiref.simple_server import WSGIRequestHandler, make_server

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections, connections

from tests.api.tokens import Machines, machines
from tests.cast import Cast, cast
from yumiao.desk.api.chapter import endpoint_table, parameter_table
from yumiao.desk.api.endpoints import ENDPOINTS
from yumiao.desk.handbook.chapters import CHAPTERS, text_of

pytestmark = pytest.mark.db
__all__ = ["cast", "machines"]
EXAMPLE = Path("docs/examples/client.py")


def section(heading: str) -> str:
    """What stands below a heading of the chapter, up to the next."""
    text = Path("docs/api.md").read_text(encoding="utf-8")
    return text.partition(f"\n## {heading}\n")[2].partition("\n## ")[0].strip()


def test_every_address_and_parameter_stands_in_the_chapter() -> None:
    assert section("地址一览") == endpoint_table(ENDPOINTS)
    assert section("参数") == parameter_table(ENDPOINTS)


def test_the_example_is_shown_as_it_is() -> None:
    assert section("示例程序").partition("```python\n")[2].removesuffix("```") == EXAMPLE.read_text(encoding="utf-8")


def test_the_chapter_has_an_anchor_for_every_kind_of_problem() -> None:
    sources = "\n".join(path.read_text(encoding="utf-8") for path in Path("src").rglob("*.py"))
    kinds = set(re.findall(r'\bkind="([a-z_-]+)"', "\n".join(re.findall(r"problem\([^)]*\)?.*", sources))))
    text = text_of(CHAPTERS["api"])
    assert text is not None
    assert "{#" not in text.body
    assert {kind for kind in kinds if f'id="{kind}"' not in text.body} == set()


class Quiet(WSGIRequestHandler):
    def log_message(self, *_said: object) -> None:
        """Nothing: what was asked is compared below."""


@contextmanager
def served() -> Iterator[str]:
    """The application on a port of this machine, in the transaction of the test; its address."""
    held = connections["default"]
    server = make_server("127.0.0.1", 0, WSGIHandler(), handler_class=Quiet)

    def serve() -> None:
        connections["default"] = held
        server.serve_forever(poll_interval=0.05)

    held.inc_thread_sharing()
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)  # which would end the transaction of the test
    thread = Thread(target=serve)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
        for signal in signals:
            signal.connect(close_old_connections)
        held.dec_thread_sharing()


def run(*words: str, secret: str) -> subprocess.CompletedProcess[str]:
    environment = os.environ | {"YUMIAO_TOKEN": secret}
    return subprocess.run(
        [sys.executable, str(EXAMPLE), *words], env=environment, capture_output=True, text=True, check=False, timeout=60
    )


def test_the_example_reads_every_page(cast: Cast, machines: Machines) -> None:
    machine = machines()
    with served() as host:
        done = run(f"{host}/api/people/", "limit=4", secret=machine.secret)
    assert (done.returncode, done.stderr) == (0, "")
    assert [json.loads(line) for line in done.stdout.splitlines()] == machine.items("/api/people/")


def test_the_example_says_why_it_was_refused(cast: Cast) -> None:
    with served() as host:
        done = run(f"{host}/api/people/", secret="yumiao_" + "0" * 43)
    assert (done.returncode, done.stdout) == (1, "")
    assert "401" in done.stderr and "Traceback" not in done.stderr
