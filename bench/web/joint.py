"""Joint review of a county: a batch of three hundred people to four bodies, its page, an encrypted workbook; SQLite.

`python -m bench.web.joint` measures it alone.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from bench.report import seconds, table, yes_or_no
from bench.web.rounds import environment, told

BATCH = 3.0


def measured(folder: Path, say: Callable[[str], None]) -> str:
    """The figures as a table, each beside what was asked for."""
    say("joint review: the demo county with three hundred activists more …")
    data = str(folder / "joint")
    command = [sys.executable, "-m", "yumiao.config.command", "demo"]
    subprocess.run(command, env=environment(YUMIAO_DATA=data), check=True, capture_output=True)
    found = {name: float(str(value)) for name, value in told("bench.web.joint_work", YUMIAO_DATA=data).items()}
    rows = [
        ("a batch sent", seconds(found["sent"]), f"<= {seconds(BATCH)}", yes_or_no(found["sent"] <= BATCH)),
        ("page of that batch", seconds(found["page"]), "-", "-"),
        ("encrypted workbook of one body", seconds(found["workbook"]), "-", "-"),
        ("every answer of one body at once", seconds(found["answered"]), "-", "-"),
    ]
    title = f"joint review, {found['people']:.0f} people to {found['bodies']:.0f} bodies: processor time"
    return table((title, "ours", "asked", "met"), rows)


def main() -> int:
    with tempfile.TemporaryDirectory(prefix="yumiao-bench-joint-") as folder:
        print(measured(Path(folder), lambda said: print(said, file=sys.stderr, flush=True)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
