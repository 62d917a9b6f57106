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


reveals: Final = Pace(60, timedelta(hours=1))
"""Whole numbers, one a minute for an hour: they are looked at one by one, to check a paper."""


def keep_pace(request: Request) -> None:
    """Count one more person looked at. Raises `TooMany` beyond the pace; the first time that is on record and in the log."""
    _keep(
        request,
        looks,
        _("一小时内已经打开 %(count)s 人的资料，超过正常工作的需要，已记入查阅记录。成批查看请用人员名单或者导出。"),
    )


def keep_reveal_pace(request: Request) -> None:
    """Count one more person whose whole numbers are asked for; as `keep_pace`."""
    _keep(
        request,
        reveals,
        _("一小时内已经查看 %(count)s 人的完整号码，超过正常工作的需要，已记入查阅记录。成批核对请由县委组织部导出。"),
    )


def _keep(request: Request, pace: Pace, why: str) -> None:
    account = request.reader.account
    assert account is not None
    count, minutes = pace.count(account.pk, timezone.now())
    if count <= pace.most:
        return
    if count == pace.most + 1:
        log.warning("%s looked at more than %s people within %s", account.uid, pace.most, pace.within)
        actor = request.reader.actor
        record_reading(What.PACE, actor=actor, subject_kind="account", subject=account.uid, count=pace.most)
    raise TooMany(minutes, why % {"count": pace.most})


class MergedAway(OutOfScope):
    """The record asked for was merged into that of `uid`, whom the reader sees: no refusal."""

    def __init__(self, uid: uuid.UUID) -> None:
        super().__init__("这份档案已并入另一份。")
        self.uid = uid


@contextmanager
def refusal_on_record(request: Request, uid: uuid.UUID) -> Iterator[None]:
    """A refusal inside is recorded as a reading of nobody's data, and goes on as it was raised."""
    try:
        yield
    except MergedAway:
        raise
    except (OutOfScope, NotAllowed):
        record_reading(What.REFUSED, actor=request.reader.actor, subject_kind="person", subject=uid, count=0)
        raise
