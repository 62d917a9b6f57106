"""Finding people by name, pinyin and initials, and who was entered twice, in a county ten times as large; SQLite.

`python -m bench.web.registry [TIMES]` measures it alone.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from bench.report import seconds, table, yes_or_no
from bench.web.rounds import told

TIMES = 10
SEARCH, LARGE_SEARCH, DOUBLES = 0.030, 0.060, 20.0
LARGE = 500_000  # people
TITLES = {"name": "people by name", "pinyin": "people by pinyin", "initials": "people by initials"}


def measured(folder: Path, say: Callable[[str], None], *, times: int = TIMES) -> str:
    """The figures as a table, each beside what was asked for."""
    say(f"registry: a county {times} times as large …")
    told("bench.web.fill_large", str(times), YUMIAO_DATA=str(folder))
    found = {
        name: float(str(value)) for name, value in told("bench.web.registry_work", YUMIAO_DATA=str(folder)).items()
    }
    most = LARGE_SEARCH if found["people"] > LARGE else SEARCH
    asked = [(title, found[name], most) for name, title in TITLES.items()]
    asked.append(("who was entered twice", found["doubles"], DOUBLES))
    rows = [(title, seconds(cost), f"<= {seconds(most)}", yes_or_no(cost <= most)) for title, cost, most in asked]
    return table((f"registry, {found['people']:.0f} people: processor time", "ours", "asked", "met"), rows)


def main() -> int:
    times = int(sys.argv[1]) if len(sys.argv) > 1 else TIMES
    with tempfile.TemporaryDirectory(prefix="yumiao-bench-registry-") as folder:
        print(measured(Path(folder), lambda said: print(said, file=sys.stderr, flush=True), times=times))
    return 0


if __name__ == "__main__":
    sys.exit(main())
