"""`python -m bench`: runs every measurement in a temporary folder and prints the tables.

--quick       each thing once, SQLite only, no growth, no pages
--json FILE   the raw figures too
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import signal
import sqlite3
import sys
import tempfile
import time
from dataclasses import asdict
from pathlib import Path

from bench.place import Place
from bench.report import text
from bench.session import Often, Section, county, large_county, without_database
from tests.postgres import PostgresUnavailable, server

SCALE = 10
USUAL, QUICK = Often(whole=3, short=21), Often(whole=1, short=5)


def say(what: str) -> None:
    print(what, file=sys.stderr, flush=True)


def load() -> str:
    return " ".join(f"{value:.1f}" for value in os.getloadavg())


def measured(folder: Path, *, quick: bool) -> dict[str, Section]:
    """All sections, one after the other: nothing runs beside a measurement."""
    often = QUICK if quick else USUAL
    say("without a database …")
    sections = {"outside": without_database(folder, often)}
    workbook = folder / "county.xlsx"
    say("SQLite …")
    sections["SQLite"] = county(_place(folder, "sqlite"), workbook, often)
    if quick:
        return sections
    say("PostgreSQL …")
    try:
        with server() as url:
            sections["PostgreSQL"] = county(_place(folder, "postgresql", url), workbook, often)
    except PostgresUnavailable as error:
        say(f"PostgreSQL cannot run here: {error}")
    say(f"growth: a county {SCALE} times as large …")
    sections["large"] = large_county(folder / "large", SCALE, Often(whole=1, short=5))
    return sections


def pages_beside_the_peer(folder: Path) -> str:
    """The pages' part, with the peer on the same rows."""
    from bench.web.report import text as told
    from bench.web.rounds import measured as asked_in_turn

    folder.mkdir()
    return told(asked_in_turn(folder, say))


def registry(folder: Path) -> str:
    """Finding people and doubles over many."""
    from bench.web.registry import measured as found_over_many

    folder.mkdir()
    return found_over_many(folder, say)


def dossier(folder: Path) -> str:
    """Cases: the page of one, who can be admitted, photographs, a scan used twice."""
    from bench.web.dossier import measured as cases_measured

    folder.mkdir()
    return cases_measured(folder, say)


def review(folder: Path) -> str:
    """Review: a batch of three hundred people to four bodies, the queue, the gates, a package."""
    from bench.web.review import measured as review_measured

    folder.mkdir()
    return review_measured(folder, say)


def _place(folder: Path, name: str, url: str = "") -> Place:
    (folder / name).mkdir()
    return Place(folder / name / "empty", url)


def main() -> int:
    parser = argparse.ArgumentParser(prog="bench", description="Measure Yumiao beside the floors of the same run.")
    parser.add_argument("--quick", action="store_true", help="each thing once, SQLite only, no growth")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the raw figures to FILE")
    options = parser.parse_args()
    # the folder goes at SIGTERM too
    signal.signal(signal.SIGTERM, lambda number, _frame: sys.exit(128 + number))
    begun, load_before = time.monotonic(), load()
    with tempfile.TemporaryDirectory(prefix="yumiao-bench-") as folder:
        sections = measured(Path(folder), quick=options.quick)
        pages = pages_beside_the_peer(Path(folder) / "web") if not options.quick else ""
        finding = registry(Path(folder) / "registry") if not options.quick else ""
        cases = dossier(Path(folder) / "cases") if not options.quick else ""
        reviews = review(Path(folder) / "review") if not options.quick else ""
    versions = f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}, {os.cpu_count()} processors"
    print(f"{versions}; load before {load_before}, after {load()}; {time.monotonic() - begun:.0f} s in all")
    print(
        "Ours is the median of several runs beside the least of them; cpu is the median of processor seconds, children"
    )
    print("included, the PostgreSQL server (which runs without fsync) not. On a busy machine trust cpu and ratio.\n")
    print(text(sections, scale=SCALE))
    for part in filter(None, (pages, finding, cases, reviews)):
        print("", part, sep="\n")
    if options.json:
        raw = {name: asdict(section) for name, section in sections.items()}
        options.json.write_text(json.dumps(raw, indent=1) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
