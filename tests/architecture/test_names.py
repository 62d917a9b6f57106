"""Names say what a thing is: no drawers among the modules, no verbs that say nothing, a docstring on every module."""

from __future__ import annotations

import ast
import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FILES = [path for path in sorted((ROOT / "src").rglob("*.py")) if "migrations" not in path.parts]
DRAWERS = {"utils", "util", "helpers", "helper", "managers", "manager", "common", "misc", "shared"}
# names that Django asks for
FRAMEWORK = {"process_view", "process_exception", "handle_raw_input"}
EMPTY_VERB = re.compile(r"_?(process|handle|manage|do)_")


def test_no_module_is_a_drawer() -> None:
    parts = {str(path.relative_to(ROOT)): DRAWERS & {*path.relative_to(ROOT).with_suffix("").parts} for path in FILES}
    assert {name: found for name, found in parts.items() if found} == {}


def test_no_function_says_only_that_something_is_done() -> None:
    found = [
        f"{path.relative_to(ROOT)}:{node.name}"
        for path in FILES
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef) and EMPTY_VERB.match(node.name) and node.name not in FRAMEWORK
    ]
    assert found == []


def test_every_module_says_what_it_is_for() -> None:
    found = [
        str(path.relative_to(ROOT))
        for path in FILES
        if path.read_text(encoding="utf-8").strip()
        and not ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
    ]
    assert found == []
