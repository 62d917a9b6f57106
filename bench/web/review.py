"""Review in a county: a batch of three hundred people to four bodies, the queue of reviews, the gates, a package of sixty pages; SQLite.

`python -m bench.web.review` measures it alone.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from bench.report import seconds, table, yes_or_no
from bench.web.rounds import environment, told

BATCH, QUEUE, GATES, PACKAGE, MEGABYTES = 3.0, 0.015, 0.150, 5.0, 25


def measured(folder: Path, say: Callable[[str], None]) -> str:
    """The figures as a table, each beside what was asked for."""
    say("review: the demo county with three hundred activists more …")
    data = str(folder / "review")
    command = [sys.executable, "-m", "yumiao.config.command", "demo"]
    subprocess.run(command, env=environment(YUMIAO_DATA=data), check=True, capture_output=True)
    found = {name: float(str(value)) for name, value in told("bench.web.review_work", YUMIAO_DATA=data).items()}
    rows = [
        ("a batch sent", seconds(found["sent"]), f"<= {seconds(BATCH)}", yes_or_no(found["sent"] <= BATCH)),
        ("page of that batch", seconds(found["page"]), "-", "-"),
        ("encrypted workbook of one body", seconds(found["workbook"]), "-", "-"),
        ("every answer of one body at once", seconds(found["answered"]), "-", "-"),
        _row("queue of reviews, page of the county", found["queue"], QUEUE),
        ("statements of that page", f"{found['queue_statements']:.0f}", "-", "-"),
        ("… the first after an act", seconds(found["queue_anew"]), "-", "-"),
        _row("gates, page of the county", found["gates"], GATES),
        _row("… the first after an act", found["gates_anew"], GATES),
        _row(f"package of 60 photographs, {found['pages']:.0f} pages, archive and book", found["package"], PACKAGE),
        _size("… its archive", found["archive"]),
        _size("… its book", found["book"]),
        ("… checked by the command", seconds(found["checked"]), "-", "-"),
    ]
    title = f"review, a batch of {found['people']:.0f} people to {found['bodies']:.0f} bodies and what follows: processor time"
    return table((title, "ours", "asked", "met"), rows)


def _row(title: str, cost: float, most: float) -> tuple[str, str, str, str]:
    return title, seconds(cost), f"<= {seconds(most)}", yes_or_no(cost <= most)


def _size(title: str, size: float) -> tuple[str, str, str, str]:
    megabytes = size / (1 << 20)
    return title, f"{megabytes:.1f} MB", f"<= {MEGABYTES} MB", yes_or_no(megabytes <= MEGABYTES)


def main() -> int:
    with tempfile.TemporaryDirectory(prefix="yumiao-bench-review-") as folder:
        print(measured(Path(folder), lambda said: print(said, file=sys.stderr, flush=True)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
