"""A child process that answers about bytes of strangers: without our environment, within a time, its answer in a file without a name.

How much memory and room it may take is said by the child itself. Must not know: what the bytes are.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Sequence


class TookTooLong(Exception):
    """The child did not end in time."""


class BrokeOff(Exception):
    """The child ended without an answer: the bytes are broken, or more than its limits allow."""


def answer_of(program: Sequence[str], message: bytes, *, seconds: float) -> bytes:
    """What the child (arguments of a Python of its own) says about the message. Raises `TookTooLong`, `BrokeOff`."""
    with tempfile.TemporaryFile() as answer:
        try:
            ended = subprocess.run(
                [sys.executable, "-I", *program],
                input=message,
                stdout=answer,
                stderr=subprocess.DEVNULL,
                env={},  # whatever secrets stand in ours are none of its business
                timeout=seconds,
                check=False,
            )
        except subprocess.TimeoutExpired:
            raise TookTooLong from None
        answer.seek(0)
        told = answer.read()
    if ended.returncode != 0:
        raise BrokeOff
    return told
