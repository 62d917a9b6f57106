"""Terms and posts on paper: the columns of both lists, and their rows. Must not know: requests, workbooks."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from yumiao.access.readers import Reader
from yumiao.desk.posts.faces import faces
from yumiao.desk.posts.lists import PostRow, TermRow
from yumiao.kernel.resources import Field, Kind, Resource

TERMS: Final = Resource(
    "terms",
    "届期一览",
    (
        Field("township", "乡镇", width=16),
        Field("unit_name", "组织", width=26),
        Field("unit", "组织代码", width=16),
        Field("kind", "组织类别", width=12),
        Field("elected_on", "换届日期", Kind.DAY, 12),
        Field("due_on", "届满日期", Kind.DAY, 12),
        Field("postponed_to", "延期至", Kind.DAY, 12),
        Field("state", "情况", width=14),
        Field("advice", "设置", width=40),
    ),
)
POSTS: Final = Resource(
    "posts",
    "任职名册",
    (
        Field("township", "乡镇", width=16),
        Field("unit_name", "组织", width=26),
        Field("unit", "组织代码", width=16),
        Field("name", "姓名", width=10),
        Field("title", "职务", width=14),
        Field("how", "任职方式", width=12),
        Field("since", "任职日期", Kind.DAY, 12),
        Field("due_on", "期满日期", Kind.DAY, 12),
        Field("ended_on", "免职日期", Kind.DAY, 12),
        Field("sending_unit", "派出单位", width=22),
        Field("note", "情况", width=26),
    ),
)


def term_values(rows: Sequence[TermRow]) -> list[dict[str, Any]]:
    return [
        {
            "township": row.township or None,
            "unit_name": row.unit.name,
            "unit": row.unit.code,
            "kind": row.unit.kind.label,
            "elected_on": row.term.since if row.term else None,
            "due_on": row.term.due_on if row.term else None,
            "postponed_to": row.term.postponed_to if row.term else None,
            "state": row.state.label,
            "advice": "；".join(hint.text for hint in row.hints) or None,
        }
        for row in rows
    ]


def post_values(rows: Sequence[PostRow], reader: Reader) -> list[dict[str, Any]]:
    names = faces((row.post.person for row in rows), reader)
    return [
        {
            "township": row.township or None,
            "unit_name": row.unit.name,
            "unit": row.unit.code,
            "name": names[row.post.person].name,
            "title": row.post.title.label,
            "how": row.post.how.label,
            "since": row.post.since,
            "due_on": row.post.due_on,
            "ended_on": row.post.ended_on,
            "sending_unit": row.post.sending_unit or None,
            "note": row.post.ended_why or row.lapsed or None,
        }
        for row in rows
    ]
