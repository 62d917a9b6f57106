"""What an upload may cost, how it is refused, and how it goes to the child process and back. Pure; shared by both sides."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Limits:
    """Bytes, counts, seconds of one upload."""

    file_bytes: int = 20 << 20
    total_bytes: int = 100 << 20
    photographs: int = 60
    pixels: int = 40_000_000
    pdf_pages: int = 200
    long_side: int = 2000
    quality: int = 75
    memory_bytes: int = 1 << 30
    answer_bytes: int = 64 << 20
    cpu_seconds: int = 60
    seconds: float = 50.0


class Unusable(Exception):
    """A file that is not taken in; `reason` says in plain Chinese which, why, and what to do."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def framed(said: dict[str, Any], parts: Sequence[bytes]) -> bytes:
    """A message with bytes behind it."""
    head = json.dumps({**said, "sizes": [len(one) for one in parts]}).encode()
    return b"".join((len(head).to_bytes(4), head, *parts))


def unframed(message: bytes) -> tuple[dict[str, Any], list[bytes]]:
    """What `framed` put together."""
    start = 4 + int.from_bytes(message[:4])
    said: dict[str, Any] = json.loads(message[4:start])
    parts = []
    for size in said.pop("sizes"):
        parts.append(message[start : start + size])
        start += size
    return said, parts
