"""A server under load: started, asked over one kept connection, its processor time and memory read from the system.

Must not know which pages are asked for.
"""

from __future__ import annotations

import http.client
import os
import re
import socket
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode

TICK = os.sysconf("SC_CLK_TCK")
PAGE = os.sysconf("SC_PAGE_SIZE")
START, STOP = 30, 20  # seconds
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')


@dataclass(frozen=True, slots=True)
class Server:
    """A process with its children, listening on `port`; `beside` gives those of a database that works for it."""

    pid: int
    port: int
    beside: Callable[[], list[int]] = list

    def processes(self) -> list[int]:
        """The process and all below it."""
        parents: dict[int, int] = {}
        for stat in Path("/proc").glob("[0-9]*/stat"):
            try:
                parents[int(stat.parent.name)] = int(stat.read_text().rpartition(")")[2].split()[1])
            except (FileNotFoundError, ProcessLookupError):
                continue  # it ended while we looked
        found = [self.pid]
        for one in found:
            found += [pid for pid, parent in parents.items() if parent == one]
        return found + self.beside()

    def cpu(self) -> float:
        """Processor seconds so far, of everything that still runs."""
        total = 0
        for pid in self.processes():
            fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
            total += int(fields[11]) + int(fields[12])
        return total / TICK

    def memory(self) -> tuple[int, int]:
        """(resident, proportional) bytes."""
        resident = proportional = 0
        for pid in self.processes():
            resident += int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * PAGE
            rollup = Path(f"/proc/{pid}/smaps_rollup").read_text()
            proportional += int(re.search(r"^Pss:\s+(\d+)", rollup, re.MULTILINE)[1]) * 1024  # type: ignore[index]
        return resident, proportional


@contextmanager
def serving(command: Sequence[str], environment: Mapping[str, str], log: Path) -> Iterator[Server]:
    """Run `command`, in which `{port}` stands for a free port, until it answers; stop it at the end."""
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with log.open("w", encoding="utf-8") as said:
        process = subprocess.Popen(
            [word.format(port=port) for word in command], env=dict(environment), stdout=said, stderr=subprocess.STDOUT
        )
        try:
            _wait(process, port, log)
            yield Server(process.pid, port)
        finally:
            process.terminate()
            process.wait(STOP)


def _wait(process: subprocess.Popen[bytes], port: int, log: Path) -> None:
    until = time.monotonic() + START
    while time.monotonic() < until:
        if process.poll() is not None:
            raise RuntimeError(log.read_text(encoding="utf-8"))
        try:
            with closing(socket.create_connection(("127.0.0.1", port), timeout=1)):
                return
        except OSError:
            time.sleep(0.05)
    raise RuntimeError("the server did not start")


@dataclass(slots=True)
class Browser:
    """One kept connection with its cookies, and a token for the API; no compression is asked for unless `compressed`."""

    port: int
    cookies: dict[str, str] = field(default_factory=dict)
    token: str = ""
    _connection: http.client.HTTPConnection | None = None

    def get(self, path: str, *, compressed: bool = False) -> tuple[int, bytes]:
        try:
            return self._ask("GET", path, None, compressed)
        except (
            http.client.RemoteDisconnected,
            ConnectionError,
        ):  # a server closes what lay idle while another was asked
            self._connection = None
            return self._ask("GET", path, None, compressed)

    def post(self, path: str, values: Mapping[str, str]) -> tuple[int, bytes]:
        """Send a form, with the token that its page carries."""
        page = self.get(path)[1].decode()
        found = TOKEN.search(page)
        token = {"csrfmiddlewaretoken": found[1]} if found else {}
        return self._ask("POST", path, urlencode({**token, **values}), False)

    def _ask(self, method: str, path: str, body: str | None, compressed: bool) -> tuple[int, bytes]:
        if self._connection is None:
            self._connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        if self.token:
            headers["Authorization"] = f"Bearer {self.token}"
        if compressed:
            headers["Accept-Encoding"] = "gzip"
        if body is not None:
            headers |= {
                "Content-Type": "application/x-www-form-urlencoded",
                "Referer": f"http://127.0.0.1:{self.port}/",
            }
        self._connection.request(method, path, body, headers)
        answer = self._connection.getresponse()
        content = answer.read()
        for name, value in answer.getheaders():
            if name.lower() == "set-cookie":
                cookie, _, rest = value.partition("=")
                self.cookies[cookie] = rest.partition(";")[0]
        return answer.status, content
