"""Nothing half done and nothing of one machine stands in the tree: no reminders, no package source, no such path."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SKIPPED = {"build", "dist", "__pycache__"}
KEPT_DOT_NAMES = {".ci", ".gitignore"}
TEXT = {".py", ".md", ".toml", ".lock", ".sh", ".sql", ".txt", ".json", ".csv", ".yml", ".yaml", ".cfg", ".ini", ""}

REMINDER = re.compile(r"\b(TO" r"DO|FIX" r"ME|XX" r"X|HA" r"CK)\b")
SOURCE = re.compile(r"pypi\." r"org|python" r"hosted\.|/sim" r"ple/|extra-index-url\s*=|npm" r"js\.")
MACHINE = re.compile(r"(?<![\w.])/(wo" r"rk|ro" r"ot|ho" r"me/\w+|Us" r"ers/\w+|opt/(py" r"pi|wh" r"eels))\b")


def text_files(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.iterdir()):
        if path.name in SKIPPED or (path.name.startswith(".") and path.name not in KEPT_DOT_NAMES):
            continue
        if path.is_dir():
            yield from text_files(path)
        elif path.suffix in TEXT and path.name != "LICENSE":
            yield path


def places(pattern: re.Pattern[str]) -> list[str]:
    return [
        f"{path.relative_to(ROOT)}:{number}: {found[0]}"
        for path in text_files(ROOT)
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
        if (found := pattern.search(line))
    ]


def test_nothing_is_left_as_a_reminder() -> None:
    assert places(REMINDER) == []


def test_no_package_source_is_named() -> None:
    assert places(SOURCE) == []


def test_no_path_of_one_machine_is_named() -> None:
    assert places(MACHINE) == []
