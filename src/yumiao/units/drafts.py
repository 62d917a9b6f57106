"""Steps of a reform as JSON and back, for drafts that are kept. Pure; a text that is no list of steps is a `ValueError`."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from typing import Any, Final

from yumiao.units.changes import Close, Found, Merge, Move, Rekind, Rename, Split, Step

NAMES: Final[Mapping[str, Callable[..., Step]]] = {
    "found": Found, "rename": Rename, "rekind": Rekind, "move": Move, "close": Close, "merge": Merge, "split": Split,
}  # fmt: skip
_KEYS: Final = {kind: name for name, kind in NAMES.items()}
_MANY: Final = frozenset({("merge", "codes"), ("split", "into")})


def written(steps: Sequence[Step]) -> str:
    return json.dumps([{"step": _KEYS[type(step)], **asdict(step)} for step in steps], ensure_ascii=False)


def read(text: str) -> tuple[Step, ...]:
    """The steps of a text that `written` made."""
    found = json.loads(text)
    if not isinstance(found, list):
        raise ValueError("no list of steps")
    return tuple(_step(one) for one in found)


def _step(said: Any) -> Step:
    if not isinstance(said, dict) or said.get("step") not in NAMES:
        raise ValueError(f"no step: {said!r}")
    name = said["step"]
    values = {key: tuple(value) if (name, key) in _MANY else value for key, value in said.items() if key != "step"}
    return NAMES[name](**values)
