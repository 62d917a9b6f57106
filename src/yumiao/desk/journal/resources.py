"""Entries and readings on paper, in the words of their pages. Must not know: requests, workbooks."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from yumiao.access.readers import Reader
from yumiao.desk.journal.rows import subjects
from yumiao.desk.journal.words import actor_words, label_of, reading_label, said
from yumiao.journal.models import Entry, Reading
from yumiao.kernel.resources import Field, Kind, Resource
from yumiao.ui import spelling

ENTRIES: Final = Resource(
    "entries",
    "全程纪实",
    (
        Field("number", "纪实编号", Kind.NUMBER, width=9),
        Field("at", "时间", width=17),
        Field("actor", "办理人", width=24),
        Field("verb", "事项", width=14),
        Field("said", "内容", width=46),
        Field("reason", "理由", width=24),
    ),
)
READINGS: Final = Resource(
    "readings",
    "查阅记录",
    (
        Field("number", "记录编号", Kind.NUMBER, width=9),
        Field("at", "时间", width=17),
        Field("actor", "查阅人", width=24),
        Field("what", "方式", width=16),
        Field("subject", "对象", width=28),
        Field("people", "涉及人数", Kind.NUMBER, width=9),
        Field("purpose", "用途", width=36),
    ),
)


def entry_rows(entries: Sequence[Entry], reader: Reader) -> list[dict[str, Any]]:
    return [
        {
            "number": one.seq,
            "at": spelling.moment(one.at),
            "actor": actor_words(one.actor_label),
            "verb": label_of(one.verb),
            "said": said(one, reader.tree),
            "reason": one.reason or None,
        }
        for one in entries
    ]


def reading_rows(readings: Sequence[Reading], reader: Reader) -> list[dict[str, Any]]:
    """A person who was looked at is not named, as on the page."""
    return [
        {
            "number": one.pk,
            "at": spelling.moment(one.at),
            "actor": actor_words(one.actor_label),
            "what": reading_label(one.what),
            "subject": f"{subject.kind}：{subject.name}" if subject.name else subject.kind,
            "people": one.count,
            "purpose": one.purpose or None,
        }
        for one, subject in zip(readings, subjects(readings, reader), strict=True)
    ]
