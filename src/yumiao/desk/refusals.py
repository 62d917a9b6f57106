"""Whoever asks for a person he may not see is on record for it, whether there is such a person or not.

Must not know: why it was refused.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from contextlib import contextmanager

from yumiao.access.door import Request
from yumiao.journal.readings import What, record_reading
from yumiao.kernel.objections import NotAllowed, OutOfScope


@contextmanager
def refusal_on_record(request: Request, uid: uuid.UUID) -> Iterator[None]:
    """A refusal inside is recorded as a reading of nobody's data, and goes on as it was raised."""
    try:
        yield
    except (OutOfScope, NotAllowed):
        record_reading(What.REFUSED, actor=request.reader.actor, subject_kind="person", subject=uid, count=0)
        raise
