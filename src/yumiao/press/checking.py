"""The child process that checks a package: a stranger's file that unpacks without end meets its limits, not the machine's.

On standard input the fingerprint it should bear, a line, then the file; on standard output what was found, as JSON.
Must not know anything but those bytes.
"""

from __future__ import annotations

import contextlib
import dataclasses
import json
import resource
import sys
from typing import Final

MEMORY_BYTES: Final = 3 << 29
CPU_SECONDS: Final = 120


def main() -> None:
    """Check what comes in."""
    for kind, most in (
        (resource.RLIMIT_AS, MEMORY_BYTES),
        (resource.RLIMIT_CPU, CPU_SECONDS),
        (resource.RLIMIT_NOFILE, 64),
        (resource.RLIMIT_CORE, 0),
    ):
        with contextlib.suppress(ValueError, OSError):  # not every system sets every one of them
            resource.setrlimit(kind, (most, most))
    from yumiao.press.manifests import NoPackage, check  # only now, under the limits

    key = sys.stdin.buffer.readline().decode().strip()
    try:
        said = dataclasses.asdict(check(sys.stdin.buffer.read(), key))
    except NoPackage as refusal:
        said = {"refused": str(refusal)}
    print(json.dumps(said))


if __name__ == "__main__":
    main()
