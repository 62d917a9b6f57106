"""Ours and the peer asked in turn, the same work on the same rows; processor time of the serving processes per request.

Must not judge: `bench.web.report` says what was asked for.
"""

from __future__ import annotations

import itertools
import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

from bench.web.serving import Browser, Server, serving
from bench.web.workload import Workload, workload, write_county, write_members

ROUNDS = 5
WARM = 12
ROOT = Path(__file__).resolve().parent.parent.parent
OK = 200
SECRET = "the same for whoever signs in and whoever serves, during a bench"  # noqa: S105


@dataclass(slots=True)
class Work:
    """One kind of request: processor and wall seconds a request, a value a round."""

    cpu: list[float] = field(default_factory=list)
    wall: list[float] = field(default_factory=list)
    size: int = 0

    @property
    def median(self) -> float:
        return statistics.median(self.cpu)


Streams = Mapping[str, tuple[Iterator[str], int]]  # name -> (addresses, requests a round)


@dataclass(slots=True)
class Measured:
    """Everything found: works of ours and of the peer, imports and exports in seconds, memory in bytes, sizes of the first page."""

    ours: dict[str, Work] = field(default_factory=dict)
    peer: dict[str, Work] = field(default_factory=dict)
    taking_in: dict[str, float] = field(default_factory=dict)
    taking_out: dict[str, float] = field(default_factory=dict)
    memory: dict[str, tuple[int, int]] = field(default_factory=dict)
    first_page: int = 0


def environment(**more: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("YUMIAO_")}
    return kept | {"YUMIAO_SECRET_KEY": SECRET} | more


def told(module: str, *words: str, **more: str) -> dict[str, object]:
    """What a process of ours prints as its last line. Raises `RuntimeError` with what it said otherwise."""
    done = subprocess.run(
        [sys.executable, "-m", module, *words],
        cwd=ROOT, env=environment(**more), check=False, capture_output=True, text=True,
    )  # fmt: skip
    if done.returncode:
        raise RuntimeError(done.stderr[-2000:])
    found: dict[str, object] = json.loads(done.stdout.splitlines()[-1])
    return found


def a_round(server: Server, browser: Browser, addresses: Iterator[str], count: int, work: Work) -> None:
    """`count` requests one after the other."""
    begun, before = time.perf_counter(), server.cpu()
    for path in itertools.islice(addresses, count):
        status, content = browser.get(path)
        if status != OK:
            raise RuntimeError(f"{path}: {status}")
        work.size = len(content)
    work.cpu.append((server.cpu() - before) / count)
    work.wall.append((time.perf_counter() - begun) / count)


def ours_streams(entered: Mapping[str, object], load: Workload) -> Streams:
    townships, people = entered["townships"], entered["people"]
    assert isinstance(townships, list) and isinstance(people, list)
    return {
        "list": (itertools.cycle(f"/people/?unit={code}&kind=member" for code in townships), 150),
        "detail": (itertools.cycle(f"/people/{uid}/" for uid in people), 150),
        "search": (itertools.cycle(f"/search/?q={quote(word)}" for word in load.words), 150),
        "api": (itertools.cycle(f"/api/people/?unit={code}&kind=member" for code in townships), 80),
        "home": (itertools.cycle(["/"]), 60),
        "ledger": (itertools.cycle(["/ledger/"]), 60),
        "villages": (itertools.cycle(["/ledger/?all=1"]), 20),
    }


def peer_streams(load: Workload) -> Streams:
    townships = [code for code, _, _, level in load.units if level == 1]
    list_page = "/admin/peer/member/"
    return {
        "list": (itertools.cycle(f"{list_page}?org__path__startswith=/C00/{code}/" for code in townships), 40),
        "detail": (itertools.cycle(f"{list_page}{place * 10 + 1}/change/" for place in range(1000)), 40),
        "search": (itertools.cycle(f"{list_page}?q={quote(word)}" for word in load.words), 40),
    }


def measured(folder: Path, say: Callable[[str], None], *, rounds: int = ROUNDS) -> Measured:
    """Both filled with the same rows, both served, both asked in turn."""
    load, found = workload(), Measured()
    data, peer_data = folder / "ours", folder / "peer"
    peer_data.mkdir()
    fill(folder, load, data, peer_data, found, say)
    entered = told("bench.web.enter", YUMIAO_DATA=str(data))
    take_out(folder, data, peer_data, found, say)
    say("both are asked in turn …")
    ours = [sys.executable, "-m", "yumiao.config.command", "serve", "--port", "{port}"]
    wsgi = ["-k", "gthread", "--threads", "8", "-b", "127.0.0.1:{port}", "bench.web.peer.wsgi"]
    peer = [sys.executable, "-m", "gunicorn", *wsgi]
    with (
        serving(ours, environment(YUMIAO_DATA=str(data)), folder / "ours.log") as our_server,
        serving(peer, environment(PEER_DATA=str(peer_data)), folder / "peer.log") as peer_server,
    ):
        our_browser, peer_browser = (
            Browser(our_server.port, {"sessionid": str(entered["session"])}, str(entered["token"])),
            Browser(peer_server.port),
        )
        peer_browser.post("/admin/login/", {"username": "root", "password": "a password for a bench"})
        ask_in_turn(
            (
                (our_server, our_browser, ours_streams(entered, load), found.ours),
                (peer_server, peer_browser, peer_streams(load), found.peer),
            ),
            rounds,
        )
        found.memory = {"ours": our_server.memory(), "peer": peer_server.memory()}
        found.first_page = first_page(our_browser)
    return found


def fill(
    folder: Path, load: Workload, data: Path, peer_data: Path, found: Measured, say: Callable[[str], None]
) -> None:
    """Both take the rows in, each by its own import; what that cost is kept."""
    write_members(folder / "members.xlsx", load)
    write_county(folder / "county.xlsx", load)
    (folder / "units.json").write_text(json.dumps(load.units), encoding="utf-8")
    say("the peer takes the rows in …")
    words = (str(folder / "members.xlsx"), str(folder / "units.json"))
    found.taking_in["peer"] = float(str(told("bench.web.peer.fill", *words, PEER_DATA=str(peer_data))["cpu"]))
    say("ours takes the rows in …")
    taken = told("bench.web.take_in", str(folder / "county.xlsx"), YUMIAO_DATA=str(data))
    found.taking_in["ours"] = float(str(taken["cpu"]))


def take_out(folder: Path, data: Path, peer_data: Path, found: Measured, say: Callable[[str], None]) -> None:
    """Both write everybody into a workbook, and ours the whole county."""
    say("both take the rows out …")
    theirs = told("bench.web.peer.take_out", PEER_DATA=str(peer_data))
    ours = told("bench.web.take_out", str(folder), YUMIAO_DATA=str(data))
    found.taking_out = {
        "peer": float(str(theirs["list"])),
        "ours": float(str(ours["list"])),
        "county": float(str(ours["county"])),
    }


def ask_in_turn(sides: Sequence[tuple[Server, Browser, Streams, dict[str, Work]]], rounds: int) -> None:
    """Each side warmed up, then round by round one after the other."""
    for server, browser, streams, works in sides:
        for name, (addresses, _) in streams.items():
            works[name] = Work()
            a_round(server, browser, addresses, WARM, Work())
    for _round, (server, browser, streams, works) in itertools.product(range(rounds), sides):
        for name, (addresses, count) in streams.items():
            a_round(server, browser, addresses, count, works[name])


def first_page(browser: Browser) -> int:
    """Compressed bytes of the home page with everything it loads."""
    page = browser.get("/")[1].decode()
    parts = {part.split('"')[0] for name in ('href="', 'src="') for part in page.split(name)[1:]}
    assets = sorted(part for part in parts if part.startswith("/static/"))
    return sum(len(browser.get(path, compressed=True)[1]) for path in ("/", *assets))
