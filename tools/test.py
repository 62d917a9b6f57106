"""`make test`: pure tests once, then the tests marked `db` on SQLite and on a PostgreSQL of our own, then the stories in a real browser.

Where PostgreSQL cannot run its tests are named as skipped, which fails when `YUMIAO_REQUIRE` names postgres. It must
not know what the tests are about.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

from tests.conftest import PURE
from tests.postgres import PostgresUnavailable, server

ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True, slots=True)
class Stage:
    """What one pytest run said. `slowest` is a test's name and its seconds."""

    title: str
    seconds: float
    passed: int
    failed: int
    skipped: int
    names: tuple[str, ...]
    slowest: tuple[str, float] = ("", 0.0)

    def __str__(self) -> str:
        counts = f"{self.passed} passed, {self.failed} failed, {self.skipped} skipped"
        slowest = f"; slowest {self.slowest[1]:.1f} s {self.slowest[0]}" if self.slowest[0] else ""
        return f"{self.title}: {counts} in {self.seconds:.1f} s{slowest}"


def run(title: str, arguments: list[str], *, database_url: str = "") -> Stage:
    """One pytest run; a run that found no test, or broke off, counts as one failure."""
    print(f"\n=== {title}", flush=True)
    environment = os.environ | {"YUMIAO_DATABASE_URL": database_url}
    begun = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="yumiao-test-") as folder:
        report = Path(folder) / "report.xml"
        command = [sys.executable, "-m", "pytest", "-q", "--continue-on-collection-errors"]
        command += [f"--junit-xml={report}", *arguments]
        code = subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode
        # The report is our own pytest's, written a moment ago.
        cases = list(ElementTree.parse(report).iter("testcase")) if report.exists() else []  # noqa: S314
    return summarise(title, cases, seconds=time.monotonic() - begun, broke_off=code != 0)


def summarise(title: str, cases: list[ElementTree.Element], *, seconds: float, broke_off: bool) -> Stage:
    """Count a report's cases; a test that failed and whose clean-up broke too is one failure."""
    outcomes: dict[str, str] = {}
    times: dict[str, float] = {}
    for case in cases:
        name = f"{case.get('classname')}::{case.get('name')}"
        bad = case.find("failure") is not None or case.find("error") is not None
        outcome = "failed" if bad else "skipped" if case.find("skipped") is not None else "passed"
        outcomes[name] = "failed" if outcomes.get(name) == "failed" else outcome
        times[name] = times.get(name, 0.0) + float(case.get("time") or 0)
    counts = [*outcomes.values()]
    return Stage(
        title=title,
        seconds=seconds,
        passed=counts.count("passed"),
        failed=max(counts.count("failed"), int(broke_off)),
        skipped=counts.count("skipped"),
        names=tuple(outcomes),
        slowest=max(times.items(), key=lambda item: item[1], default=("", 0.0)),
    )


def without_postgres(on_sqlite: Stage, reason: str) -> Stage:
    """The PostgreSQL stage where no server runs: every database test skipped, and failed where one is required."""
    required = "postgres" in os.environ.get("YUMIAO_REQUIRE", "")
    print(f"\n=== PostgreSQL cannot run here: {reason}")
    print("Not run on PostgreSQL:", *on_sqlite.names, sep="\n  ", flush=True)
    return Stage("PostgreSQL (required)" if required else "PostgreSQL", 0.0, 0, int(required), len(on_sqlite.names), ())


def main() -> int:
    parser = argparse.ArgumentParser(description="Run the tests stage by stage.")
    parser.add_argument("--fast", action="store_true", help="leave PostgreSQL out")
    options = parser.parse_args()
    database_tests = ["-m", "db", "-n", "2"]
    stages = [run("pure", ["-m", PURE]), run("SQLite", database_tests)]
    if not options.fast:
        stages.append(run("browser", ["-m", "browser", "-n", "2", "tests/browser"]))
        try:
            with server() as url:
                stages.append(run("PostgreSQL", database_tests, database_url=url))
        except PostgresUnavailable as error:
            stages.append(without_postgres(stages[1], str(error)))
    failed = sum(stage.failed for stage in stages)
    print("", *stages, sep="\n")
    print(
        f"{sum(stage.passed for stage in stages)} passed, {failed} failed, "
        f"{sum(stage.skipped for stage in stages)} skipped in {sum(stage.seconds for stage in stages):.1f}s"
    )
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
