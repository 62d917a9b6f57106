"""Whoever asks for a person he may not see is on record for it, whether there is such a person or not; and so is who looks at too many.

Must not know: why it was refused.
"""

from __future__ import annotations

import logging
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Final

from django.utils import timezone
from django.utils.translation import gettext as _

from yumiao.access.door import Request
from yumiao.access.limiter import TooMany
from yumiao.access.pace import Pace
from yumiao.journal.readings import What, record_reading
from yumiao.kernel.objections import NotAllowed, OutOfScope

log = logging.getLogger("yumiao.desk")


looks: Final = Pace(1000, timedelta(hours=1))
"""Pages of people, one every four seconds for an hour: more than anybody reads."""


def keep_pace(request: Request) -> None:
    """Count one more person looked at. Raises `TooMany` beyond the pace; the first time that is on record and in the log."""
    account = request.reader.account
    assert account is not None
    count, minutes = looks.count(account.pk, timezone.now())
    if count <= looks.most:
        return
    if count == looks.most + 1:
        log.warning("%s looked at more than %s people within %s", account.uid, looks.most, looks.within)
        record_reading(
            What.PACE, actor=request.reader.actor, subject_kind="account", subject=account.uid, count=looks.most
        )
    why = _("一小时内已经打开 %(count)s 人的资料，超过正常工作的需要，已记入查阅记录。成批查看请用人员名单或者导出。")
    raise TooMany(minutes, why % {"count": looks.most})


@contextmanager
def refusal_on_record(request: Request, uid: uuid.UUID) -> Iterator[None]:
    """A refusal inside is recorded as a reading of nobody's data, and goes on as it was raised."""
    try:
        yield
    except (OutOfScope, NotAllowed):
        record_reading(What.REFUSED, actor=request.reader.actor, subject_kind="person", subject=uid, count=0)
        raise
