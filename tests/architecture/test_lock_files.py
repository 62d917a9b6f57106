"""The check of the lock files finds what must not be installed from."""

from __future__ import annotations

from typing import Any

import pytest

from tools.locks import MARK, digest, faults

PROJECT: dict[str, Any] = {
    "project": {"requires-python": ">=3.11", "dependencies": ["psycopg[binary]>=3"]},
    "dependency-groups": {"dev": ["pytest_xdist>=3"]},
}
HEAD = MARK + digest(PROJECT) + "\n"
PSYCOPG = "psycopg==3.3.9 ; implementation_name != 'pypy' \\\n    --hash=sha256:00\n    # via yumiao (pyproject.toml)\n"
XDIST = "pytest-xdist==3.8.0 \\\n    --hash=sha256:00\n"


def test_a_lock_that_pins_everything_with_hashes_is_clean() -> None:
    assert faults(HEAD + PSYCOPG + XDIST, PROJECT, ("dev",)) == []


def test_a_dependency_changed_after_locking_is_found() -> None:
    changed = PROJECT | {"project": {"requires-python": ">=3.11", "dependencies": ["psycopg[binary]>=4"]}}
    assert faults(HEAD + PSYCOPG, changed, ()) == ["does not belong to this pyproject.toml; run `make lock`"]


def test_a_direct_dependency_that_is_not_pinned_anywhere_is_found() -> None:
    assert faults(HEAD + PSYCOPG, PROJECT, ("dev",)) == ["lacks pytest-xdist"]


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("--index-url https://packages.example.org/", "carries an address or an option: --index-url"),
        ("other @ https://packages.example.org/other.whl", "carries an address or an option: other"),
        ("other>=1 --hash=sha256:00", "is not pinned: other>=1"),
        ("other==1", "has no hash: other==1"),
    ],
)
def test_a_line_that_cannot_be_trusted_is_found(line: str, fault: str) -> None:
    assert faults(f"{HEAD}{PSYCOPG}{line}\n", PROJECT, ()) == [fault]
