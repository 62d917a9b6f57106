"""Lock files: writes them with uv, and says where they no longer agree with `pyproject.toml`.

Checking needs the standard library only. It must not know where packages come from: a lock file carries no address.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
LOCKS: dict[str, tuple[str, ...]] = {"requirements.lock": (), "requirements-dev.lock": ("dev",)}
MARK = "# pyproject.toml dependencies sha256: "


def digest(project: dict[str, Any]) -> str:
    """SHA-256 over the tables of `pyproject.toml` that decide what is installed."""
    tables = {
        "requires-python": project["project"]["requires-python"],
        "dependencies": project["project"]["dependencies"],
        "groups": project["dependency-groups"],
    }
    return hashlib.sha256(json.dumps(tables, sort_keys=True).encode()).hexdigest()


def requirements(lock: str) -> list[str]:
    """The logical lines of a lock file: continuation lines joined, comments left out."""
    lines = re.sub(r"\\\n", " ", re.sub(r"^\s*#.*\n?", "", lock, flags=re.MULTILINE)).splitlines()
    return [line.strip() for line in lines if line.strip()]


def name_of(requirement: str) -> str:
    """The distribution's name in its normal form: `psycopg[binary]>=3` is `psycopg`."""
    found = re.match(r"[A-Za-z0-9._-]+", requirement)
    return re.sub(r"[-_.]+", "-", found[0]).lower() if found else ""


def faults(lock: str, project: dict[str, Any], groups: tuple[str, ...]) -> list[str]:
    """Everything wrong with one lock file's text; empty means it may be installed from."""
    found = []
    if lock.partition("\n")[0] != MARK + digest(project):
        found.append("does not belong to this pyproject.toml; run `make lock`")
    pinned = set()
    for line in requirements(lock):
        if line.startswith("-") or "://" in line or " @ " in line:
            found.append(f"carries an address or an option: {line.split()[0]}")
        elif not re.match(r"[A-Za-z0-9._-]+==[^\s;]+", line):
            found.append(f"is not pinned: {line.split()[0]}")
        elif "--hash=sha256:" not in line:
            found.append(f"has no hash: {line.split()[0]}")
        else:
            pinned.add(name_of(line))
    direct = [*project["project"]["dependencies"]]
    for group in groups:
        direct += project["dependency-groups"][group]
    found += [f"lacks {name_of(each)}" for each in direct if name_of(each) not in pinned]
    return found


def write(name: str, groups: tuple[str, ...], project: dict[str, Any]) -> None:
    """Compile one lock file for every platform; versions it already pins stay while they still fit."""
    groups_chosen = [argument for group in groups for argument in ("--group", group)]
    shape = ["--universal", "--python-version", "3.11", "--generate-hashes"]
    no_address = ["--no-header", "--no-emit-index-url", "--no-emit-find-links"]
    command = [sys.executable, "-m", "uv", "pip", "compile", "--quiet", *shape, *no_address, *groups_chosen]
    subprocess.run([*command, "pyproject.toml", "-o", name], cwd=ROOT, check=True)
    path = ROOT / name
    path.write_text(f"{MARK}{digest(project)}\n" + path.read_text(encoding="utf-8"), encoding="utf-8")


def main() -> int:
    parser = argparse.ArgumentParser(description="Check the lock files, or renew them.")
    parser.add_argument("--write", action="store_true", help="renew them first")
    options = parser.parse_args()
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    found = []
    for name, groups in LOCKS.items():
        if options.write:
            write(name, groups, project)
        lock = (ROOT / name).read_text(encoding="utf-8")
        found += [f"{name} {fault}" for fault in faults(lock, project, groups)]
    print("\n".join(found) or "lock files agree with pyproject.toml")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
