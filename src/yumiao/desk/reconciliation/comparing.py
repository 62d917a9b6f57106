"""The work beside the pages: an upload is read and compared. Run by `desk.imports.work`; may be killed at any moment, the comparison is one act.

Must not know: requests, pages.
"""

from __future__ import annotations

import uuid
from datetime import date
from typing import Any, Final

from yumiao.desk.imports.store import Phase, Upload
from yumiao.desk.imports.work import actor_of
from yumiao.journal.acts import AlreadyDone
from yumiao.kernel.scope import Scope
from yumiao.reconciliation.services import Standing, begin
from yumiao.sheets.archive import Unreadable
from yumiao.sheets.reading import read_content
from yumiao.units.queries import tree

GONE: Final = "对账单位已经撤销，或者不在您的管理范围内，没有比对。请选另一个单位重新上传。"


def compare_upload(upload: Upload, job: dict[str, Any], within: Scope, today: date) -> None:
    """Read the export and begin its comparison with the unit the job names; of the file nothing is left then but its name."""
    now = tree(today)
    unit = now.by_code.get(job["unit"])
    if unit is None or not within.covers(unit.path):
        upload.put_state(Phase.UNREADABLE, reason=GONE)
        return
    upload.put_state(Phase.READING)
    try:
        book = read_content(upload.content(), upload.meta.name)
        upload.put_state(Phase.CHECKING)
        once = uuid.UUID(job["once"])
        seq = begin(book, upload.meta.name, unit, now, today=today, actor=actor_of(job), once=once).entry
    except Unreadable as error:
        upload.put_state(Phase.UNREADABLE, reason=error.reason)
        return
    except AlreadyDone as done:
        seq = done.seq
    except Standing as other:
        seq = other.comparison.entry
    upload.put_state(Phase.WRITTEN, seq=seq)
    upload.forget("file")
