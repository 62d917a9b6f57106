"""Cases of a county: a dossier's page, who can be admitted, photographs to one PDF, a scan used twice, random ways; SQLite.

`python -m bench.web.dossier` measures it alone.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from bench.report import seconds, table, yes_or_no
from bench.web.rounds import environment, told

DOSSIER, STATEMENTS, ADMISSIBLE, PHOTOGRAPHS, TWICE = 0.015, 15, 0.200, 4.0, 0.5


def measured(folder: Path, say: Callable[[str], None]) -> str:
    """The figures as a table, each beside what was asked for."""
    say("dossier: the demo county with its cases …")
    data = str(folder / "dossier")
    command = [sys.executable, "-m", "yumiao.config.command", "demo"]
    subprocess.run(command, env=environment(YUMIAO_DATA=data), check=True, capture_output=True)
    found = {name: float(str(value)) for name, value in told("bench.web.dossier_work", YUMIAO_DATA=data).items()}
    most = found["statements"]
    rows = [
        _row("page of one case", found["dossier"], DOSSIER),
        ("statements of that page", f"{most:.0f}", f"<= {STATEMENTS}", yes_or_no(most <= STATEMENTS)),
        _row("who can be admitted, page of the county", found["admissible"], ADMISSIBLE),
        _row("… computed anew after an act", found["ahead"], ADMISSIBLE),
        _row("twenty photographs to one PDF", found["photographs"], PHOTOGRAPHS),
        _row(f"a page among {found['pages']:.0f}, first time", found["first"], TWICE),
        _row("… from then on", found["twice"], TWICE),
        ("steps of random ways judged a second", f"{found['walks']:.0f}", "-", "-"),
    ]
    cases = f"dossier, {found['open']:.0f} open cases and {found['archived']:.0f} archived: processor time"
    return table((cases, "ours", "asked", "met"), rows)


def _row(title: str, cost: float, most: float) -> tuple[str, str, str, str]:
    return title, seconds(cost), f"<= {seconds(most)}", yes_or_no(cost <= most)


def main() -> int:
    with tempfile.TemporaryDirectory(prefix="yumiao-bench-dossier-") as folder:
        print(measured(Path(folder), lambda said: print(said, file=sys.stderr, flush=True)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
