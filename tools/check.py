"""Every check that needs no test run, one after the other; all of them run, so that one look shows all that is wrong.

It must not change a file of the tree: what the checks write (caches, a data folder) is ignored by git or temporary.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent

CHECKS: dict[str, list[str]] = {
    "format": [f"{BIN}/ruff", "format", "--check", "."],
    "lint": [f"{BIN}/ruff", "check", "--output-format=concise", "."],
    "types": [f"{BIN}/mypy", "--no-error-summary"],
    "import contracts": [f"{BIN}/lint-imports", "--no-logo"],
    "generated pages": [sys.executable, "-m", "tools.docs"],
    "migrations": [f"{BIN}/django-admin", "makemigrations", "--check", "--dry-run"],
    "deployment": [f"{BIN}/django-admin", "check", "--deploy", "--fail-level", "WARNING"],
    "lock files": [sys.executable, "-m", "tools.locks"],
}
# What a server needs to start; the values are of no use outside this check.
PRODUCTION = {
    "DJANGO_SETTINGS_MODULE": "yumiao.config.settings.production",
    "YUMIAO_SECRET_KEY": "Only-for-checking-0123456789-abcdefghijklmnopqrstuvwxyz-ABCDEFG",
    "YUMIAO_HOSTS": "desk.example",
}


def main() -> int:
    """Run the checks, print each one's outcome and what it said when it failed."""
    broken = []
    with tempfile.TemporaryDirectory(prefix="yumiao-check-") as folder:
        environment = os.environ | {"DJANGO_SETTINGS_MODULE": "yumiao.config.settings.local", "YUMIAO_DATA": folder}
        for unwanted in ("YUMIAO_DATABASE_URL", "YUMIAO_KEYS"):
            environment.pop(unwanted, None)
        for name, command in CHECKS.items():
            begun = time.monotonic()
            done = subprocess.run(
                command,
                cwd=ROOT,
                env=environment | (PRODUCTION if name == "deployment" else {}),
                check=False,
                text=True,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
            )
            seconds = time.monotonic() - begun
            print(f"{'ok' if done.returncode == 0 else 'BROKEN':8}{name} ({seconds:.1f} s)", flush=True)
            if done.returncode:
                broken.append(name)
                print(done.stdout, flush=True)
    print(f"broken: {', '.join(broken)}" if broken else "all checks hold")
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
