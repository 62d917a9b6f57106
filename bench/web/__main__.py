"""`python -m bench.web`: the pages' part of the bench alone."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from bench.web.report import text
from bench.web.rounds import measured


def main() -> int:
    with tempfile.TemporaryDirectory(prefix="yumiao-bench-web-") as folder:
        print(text(measured(Path(folder), lambda what: print(what, file=sys.stderr, flush=True))))
    return 0


if __name__ == "__main__":
    sys.exit(main())
