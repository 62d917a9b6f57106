"""Sensitive reads: who saw or took out personal data, for what, how many. An own append-only chain."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime
from enum import StrEnum
from functools import partial
from typing import Any

from django.db import connection, transaction
from django.utils.translation import gettext as _

from yumiao.journal import chain
from yumiao.journal.acts import READINGS_LOCK, Actor, head_of, lock_chain
from yumiao.journal.models import Reading

_FIELDS = Reading._meta.local_concrete_fields


class What(StrEnum):
    """How the data were read."""

    EXPLANATION = "explanation"
    EXPORT = "export"
    LIST = "list"
    PAGE = "page"
    REVEAL = "reveal"
    PRINT = "print"
    STATISTICS = "statistics"
    API = "api"
    BACKUP = "backup"
    TEMPLATE = "template"
    RECONCILIATION = "reconciliation"
    SECTION = "section"  # of a case, by a need-to-know grant
    PACE = "pace"  # of so many people within an hour that somebody was stopped
    REFUSED = "refused"  # of nobody's data: somebody asked for a person he may not see

    @property
    def label(self) -> str:
        return {
            "explanation": _("查看测算依据"),
            "export": _("导出县工作簿"),
            "list": _("导出名单"),
            "page": _("查看人员资料"),
            "section": _("阅看需要知悉的内容"),
            "reveal": _("查看完整号码"),
            "print": _("打印人员资料"),
            "statistics": _("查看统计名单"),
            "api": _("接口读取"),
            "backup": _("备份全部数据"),
            "template": _("下载预填模板"),
            "reconciliation": _("对账查看"),
            "pace": _("查看过多，已暂停"),
            "refused": _("越权查看，已拒绝"),
        }[self.value]


def record_reading(
    what: What, *, actor: Actor, subject_kind: str, subject: uuid.UUID | None, count: int, purpose: str = ""
) -> int:
    """Append one reading of `count` persons' data; `subject` is the unit or person that was opened. Returns its number."""
    with transaction.atomic():
        lock_chain(READINGS_LOCK)
        before = last_reading()
        fields: dict[str, Any] = {
            "id": before.seq + 1,
            "at": datetime.now(UTC),
            "actor": actor.uid,
            "actor_label": actor.label,
            "what": what.value,
            "subject_kind": subject_kind,
            "subject": subject,
            "purpose": purpose,
            "count": count,
        }
        after = chain.Head(before.seq + 1, chain.link(before.hash, fields))
        chain.READINGS.announce(before, after)
        _append({**fields, "prev": before.hash, "hash": after.hash})
        transaction.on_commit(partial(chain.READINGS.settle, after), robust=True)
    return after.seq


def last_reading() -> chain.Head:
    """The head of the readings' chain as the database has it."""
    return head_of(Reading)


def _append(values: dict[str, Any]) -> None:
    """Insert one row. Plain SQL, for every person's page does it."""
    fields = [(field, field.get_db_prep_save(values[field.attname], connection)) for field in _FIELDS]
    names = ", ".join(f'"{field.column}"' for field, _ in fields)
    places = ", ".join(["%s"] * len(fields))
    with connection.cursor() as cursor:
        cursor.execute(
            f'INSERT INTO "{Reading._meta.db_table}" ({names}) VALUES ({places})',  # noqa: S608 names of our own
            [value for _, value in fields],
        )
