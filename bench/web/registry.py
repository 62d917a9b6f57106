"""Finding people by name, pinyin and initials, and who was entered twice, in a county ten times as large; a reform of a county; SQLite.

`python -m bench.web.registry [TIMES]` measures it alone; 100 times is a million people and takes some minutes to fill, so it is no part
of `make bench`.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path

from bench.report import seconds, table, yes_or_no
from bench.web.rounds import told

TIMES = 10
SEARCH, LARGE_SEARCH, DOUBLES, REFORM, PAST = 0.030, 0.060, 20.0, 30.0, 0.060
LARGE = 500_000  # people
TITLES = {
    "name": "people by name",
    "pinyin": "people by pinyin",
    "initials": "people by initials",
    "surname": "people by a surname alone",
    "letter": "people by one letter",
}
STAGES = {"read": "from its workbook", "preview": "previewed", "done": "done", "undone": "undone"}
Row = tuple[str, str, str, str]


def measured(folder: Path, say: Callable[[str], None], *, times: int = TIMES) -> str:
    """The figures as a table, each beside what was asked for."""
    say(f"registry: a county {times} times as large …")
    told("bench.web.fill_large", str(times), YUMIAO_DATA=str(folder / "people"))
    found = _numbers(told("bench.web.registry_work", YUMIAO_DATA=str(folder / "people")))
    most = LARGE_SEARCH if found["people"] > LARGE else SEARCH
    rows = [_row(title, found[name], most) for name, title in TITLES.items()]
    rows.append(_row("who was entered twice", found["doubles"], DOUBLES if found["people"] <= LARGE else None))
    people = table((f"registry, {found['people']:.0f} people: processor time", "ours", "asked", "met"), rows)
    return f"{people}\n\n{_reform(folder / 'reform', say)}"


def _reform(folder: Path, say: Callable[[str], None]) -> str:
    say("registry: a county reformed …")
    found = _numbers(told("bench.web.reform_work", YUMIAO_DATA=str(folder)))
    rows = [_row(title, found[name], None) for name, title in STAGES.items()]
    rows.append(_row("in all", sum(found[name] for name in STAGES), REFORM))
    rows.append(_row("ledger of a day five years ago", found["past"], PAST))
    title = f"reform from {found['before']:.0f} villages to {found['villages']:.0f}: processor time"
    return table((title, "ours", "asked", "met"), rows)


def _numbers(said: Mapping[str, object]) -> dict[str, float]:
    return {name: float(str(value)) for name, value in said.items()}


def _row(title: str, cost: float, most: float | None) -> Row:
    if most is None:
        return title, seconds(cost), "-", "-"
    return title, seconds(cost), f"<= {seconds(most)}", yes_or_no(cost <= most)


def main() -> int:
    times = int(sys.argv[1]) if len(sys.argv) > 1 else TIMES
    with tempfile.TemporaryDirectory(prefix="yumiao-bench-registry-") as folder:
        print(measured(Path(folder), lambda said: print(said, file=sys.stderr, flush=True), times=times))
    return 0


if __name__ == "__main__":
    sys.exit(main())
