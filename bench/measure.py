"""One measurement in a process of its own: `python -m bench.measure NAME …` prints one line of JSON.

`{"stages": {name: [[wall, cpu], …]}, "peak": bytes, "child_peak": bytes, "facts": {…}}`. It must not choose where data
lie: the environment says so.
"""

from __future__ import annotations

import argparse
import json
import resource
from collections import defaultdict
from pathlib import Path

from bench.cost import peak_bytes
from bench.floors import FLOORS
from bench.job import Job
from bench.ours import OURS

WORKS = {**FLOORS, **OURS}


def main() -> None:
    parser = argparse.ArgumentParser(description="Measure one piece of work and print what it cost.")
    parser.add_argument("name", choices=WORKS)
    parser.add_argument("--workbook", type=Path, default=Path())
    parser.add_argument("--target", type=Path, default=Path())
    for number in ("scale", "runs", "rows", "columns"):
        parser.add_argument(f"--{number}", type=int, default=1)
    options = vars(parser.parse_args())
    work = WORKS[options.pop("name")]
    job = Job(**options)
    stages: dict[str, list[tuple[float, float]]] = defaultdict(list)
    for stage, cost in work(job):
        stages[stage].append((cost.wall, cost.cpu))
    found = {
        "stages": stages,
        "peak": peak_bytes(resource.RUSAGE_SELF),
        "child_peak": peak_bytes(resource.RUSAGE_CHILDREN),
        "facts": job.facts,
    }
    print(json.dumps(found))


if __name__ == "__main__":
    main()
