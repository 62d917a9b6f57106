"""The child process of `intake`: limits itself, looks at what was sent, answers with one clean PDF and what is known of its pages.

Must not know anything but the bytes on standard input; must import no more than it needs, to start quickly.
"""

from __future__ import annotations

import contextlib
import resource
import sys
from typing import Any

from yumiao.files.limits import Limits, Unusable, framed, unframed


def main() -> None:
    """Answer the job on standard input; any other end than an answer means that a limit was met."""
    job, parts = unframed(sys.stdin.buffer.read())
    limits = Limits(**job["limits"])
    _limit(limits)
    try:
        said, content = _do(job, parts, limits)
    except Unusable as refusal:
        said, content = {"unusable": refusal.reason}, b""
    sys.stdout.buffer.write(framed(said, [content]))


def _do(job: dict[str, Any], parts: list[bytes], limits: Limits) -> tuple[dict[str, Any], bytes]:
    from yumiao.files import pdfs, photographs  # only now, under the limits

    if job["task"] == "picture":
        return {}, pdfs.drawn(parts[0], job["page"], limits)
    if job["kind"] == "pdf":
        pages, content = pdfs.cleaned(parts[0], limits)
        return {"pages": pages, "taken_on": None}, content
    return photographs.bound(parts, limits)


def _limit(limits: Limits) -> None:
    for kind, most in (
        (resource.RLIMIT_AS, limits.memory_bytes),
        (resource.RLIMIT_CPU, limits.cpu_seconds),
        (resource.RLIMIT_FSIZE, limits.answer_bytes),
        (resource.RLIMIT_NOFILE, 64),
        (resource.RLIMIT_CORE, 0),
    ):
        # An operator's own, lower limit cannot be raised and need not be.
        with contextlib.suppress(ValueError):
            resource.setrlimit(kind, (most, most))
