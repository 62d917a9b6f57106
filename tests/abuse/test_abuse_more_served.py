"""abuse_57 on the real server: what it writes to its log of what it was sent, also where that is hardly a request."""

from __future__ import annotations

import re
import socket
import subprocess
import time
from contextlib import closing

import pytest

from tests.abuse.program import COMMAND, place
from tests.desk.county_cells import County, number

pytestmark = [pytest.mark.db, pytest.mark.slow]

WHOLE = re.compile(r"998001\d{11}[0-9X]")


def test_abuse_57_a_served_process_says_nothing_of_what_it_was_sent(tmp_path) -> None:
    """The real server with its own settings of logging, also where what comes in is no request at all."""
    folder = tmp_path / "data"
    with place(folder) as here:
        workbook = County().file(tmp_path / "county.xlsx")
        assert here.run("import", workbook).returncode in (0, 1)
        with closing(socket.socket()) as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        with open(tmp_path / "log", "w+b") as log:
            words = [*COMMAND, "serve", "--port", str(port)]
            server = subprocess.Popen(words, env=here.environment, stdout=log, stderr=subprocess.STDOUT)
            try:
                answers = [sent(port, raw) for raw in (b"GET /login/ HTTP/1.0\r\n\r\n", *RAW)]
            finally:
                server.terminate()
                server.wait(30)
            log.seek(0)
            written = log.read().decode()
    assert b" 200 OK" in answers[0]
    assert WHOLE.findall(written) == []


RAW = [
    f"{line} HTTP/1.1\r\nHost: {host}\r\n{more}\r\n\r\n{body}".encode()
    for line, host, more, body in (
        (f"GET /people/?q={number(1)}", "127.0.0.1", "Connection: close", ""),
        (f"GET /{number(1)}/", "127.0.0.1", "Connection: close", ""),
        (f"POST /login/?next=/{number(1)}", "127.0.0.1", "Connection: close\r\nContent-Length: 9", "username="),
        ("GET /", "127.0.0.1", f"Connection: close\r\nCookie: sessionid={number(1)}", ""),
        ("GET /", "127.0.0.1", f"Connection: close\r\nX-Forwarded-For: {number(1)}", ""),
    )
]


def sent(port: int, raw: bytes) -> bytes:
    """What a server that is about to start, or has, answers to these bytes."""
    for _ in range(200):
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=20) as wire:
                wire.sendall(raw)
                return wire.recv(4096)
        except ConnectionRefusedError:
            time.sleep(0.2)
    raise TimeoutError
