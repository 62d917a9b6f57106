"""The same pages over a hundred times the people, on PostgreSQL: `python -m bench.web.large [TIMES]`.

Both counties are asked in turn; processor time is that of the pages' process and of the database server together. Filling the large one
takes some minutes, so it is no part of `make bench`.
"""

from __future__ import annotations

import itertools
import json
import statistics
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path
from urllib.parse import quote, urlsplit

import psycopg

from bench.report import seconds, table, yes_or_no
from bench.web.rounds import ROUNDS, WARM, Streams, Work, a_round, environment, told
from bench.web.serving import Browser, Server, serving
from tests.postgres import server

MOST = 1.5
ASKED_OF = ("list", "detail")


def _database(url: str, name: str) -> str:
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}".encode())
    return urlsplit(url)._replace(path=f"/{name}").geturl()


@contextmanager
def county(folder: Path, url: str, times: int) -> Iterator[tuple[Server, Browser, Streams]]:
    """A filled county, served, somebody signed in."""
    where = {"YUMIAO_DATA": str(folder), "YUMIAO_DATABASE_URL": url}
    filled = told("bench.web.fill_large", str(times), **where)
    print(f"{filled['people']} people written in {float(str(filled['wall'])):.0f} s", file=sys.stderr, flush=True)
    entered = told("bench.web.enter", **where)
    name = urlsplit(url).path[1:]

    def backends() -> list[int]:
        with psycopg.connect(url, autocommit=True) as connection:
            rows = connection.execute(
                "SELECT pid FROM pg_stat_activity WHERE datname = %s AND pid <> pg_backend_pid()", [name]
            ).fetchall()
        return [pid for (pid,) in rows]

    command = [sys.executable, "-m", "yumiao.config.command", "serve", "--threads", "1", "--port", "{port}"]
    with serving(command, environment(**where), folder.with_suffix(".log")) as running:
        browser = Browser(running.port, {"sessionid": str(entered["session"])})
        townships, people = entered["townships"], entered["people"]
        assert isinstance(townships, list) and isinstance(people, list)
        streams: Streams = {
            "list": (itertools.cycle(f"/people/?unit={code}&kind=member" for code in townships), 60),
            "detail": (itertools.cycle(f"/people/{uid}/" for uid in people), 60),
            "search": (itertools.cycle(f"/search/?q={quote(word)}" for word in ("王伟", "李秀", "志文", "秀英")), 60),
            "whole list": (itertools.cycle(["/people/"]), 60),
        }
        yield replace(running, beside=backends), browser, streams


def main() -> int:
    times = int(sys.argv[1]) if len(sys.argv) > 1 else 100
    works: dict[int, dict[str, Work]] = {1: {}, times: {}}
    with tempfile.TemporaryDirectory(prefix="yumiao-bench-large-") as folder, server() as url, ExitStack() as stack:
        sides = [
            (size, *stack.enter_context(county(Path(folder) / f"x{size}", _database(url, f"x{size}"), size)))
            for size in works
        ]
        for size, running, browser, streams in sides:
            for name, (addresses, _) in streams.items():
                works[size][name] = Work()
                a_round(running, browser, addresses, WARM, Work())
        for _round, (size, running, browser, streams) in itertools.product(range(ROUNDS), sides):
            for name, (addresses, count) in streams.items():
                a_round(running, browser, addresses, count, works[size][name])
    rows = []
    for name in works[1]:
        small, large = works[1][name], works[times][name]
        ratio = large.median / small.median
        wall = statistics.median(large.wall) / statistics.median(small.wall)
        met = yes_or_no(ratio <= MOST) if name in ASKED_OF else "-"
        rows.append(
            (name, seconds(small.median), seconds(large.median), f"{ratio:.2f}", f"{wall:.2f}", f"<= {MOST}", met)
        )
    print(table(("pages and database, PostgreSQL", "x1", f"x{times}", "cpu ratio", "wall ratio", "asked", "met"), rows))
    print(json.dumps({name: [works[size][name].cpu for size in works] for name in works[1]}), file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
