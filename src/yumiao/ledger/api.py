"""The ledger for machines: the lines of every village, every township, and the lists. It names no person, so no reading is recorded.

Figures and verdicts are those of the pages, from the same memory. Must not know: how a figure is made, how an answer is written.
"""

from __future__ import annotations

from datetime import date
from typing import Final

from django.utils.translation import gettext_lazy

from yumiao.access.permissions import Permission
from yumiao.access.readers import tree_of
from yumiao.api.endpoints import Answer, Call, Endpoint, Missing
from yumiao.api.paging import Key
from yumiao.api.parameters import DAY, UNIT, choice
from yumiao.kernel.objections import OutOfScope
from yumiao.kernel.resources import Values
from yumiao.kernel.scope import Range
from yumiao.ledger import api_rows as rows
from yumiao.ledger.figures import Ledger, Township, Village
from yumiao.ledger.forms import Asked
from yumiao.ledger.listing import listed, subtree
from yumiao.ledger.lists import LISTS
from yumiao.ledger.memory import ledger_seen
from yumiao.units.queries import Tree


class _Seen:
    """What a call sees: the ledger of its day within its rights, and the subtree of the unit it asks for."""

    def __init__(self, call: Call) -> None:
        reader = call.reader
        day: date = call.asked["day"] or reader.today
        self.asked = Asked.parsed({"on": day.isoformat(), "unit": call.asked["unit"] or ""}, reader.today)
        if self.asked.day is None:
            raise Missing(self.asked.fault)
        self.day = day
        self.units: Tree = tree_of(day, reader.head)
        self.within: Range | None = subtree(self.units, self.asked.unit, reader, day)
        self.ledger: Ledger = ledger_seen(reader, reader.scope(Permission.LEDGER_READ), day)

    def covers(self, one: Village | Township) -> bool:
        return self.within is None or self.within.covers(one.unit.path)


def _lines(call: Call) -> Answer:
    seen = _Seen(call)
    villages = filter(seen.covers, seen.ledger.villages)
    return Answer(seen.day, call.page_of(villages, key=_path, values=lambda one: rows.village_values(one, seen.units)))


def _townships(call: Call) -> Answer:
    seen = _Seen(call)
    townships = filter(seen.covers, seen.ledger.townships)
    return Answer(seen.day, call.page_of(townships, key=_path, values=rows.township_values))


def _lists(call: Call) -> Answer:
    seen = _Seen(call)

    names = list(LISTS)

    def values(name: str) -> Values:
        return rows.list_values(name, listed(name, seen.ledger, seen.within, seen.asked))

    return Answer(seen.day, call.page_of(names, key=lambda name: (names.index(name),), values=values))


def _listed(call: Call) -> Answer:
    name = call.asked["name"]
    if name not in LISTS:
        raise OutOfScope(f"没有清单 {name}")
    seen = _Seen(call)
    found = listed(name, seen.ledger, seen.within, seen.asked)
    page = call.page_of(found, key=_path, values=lambda one: rows.listed_values(name, one, seen.units))
    return Answer(seen.day, page)


def _path(one: Village | Township) -> Key:
    return (one.unit.path,)


_NEED: Final = Permission.LEDGER_READ
_CONDITIONS: Final = (UNIT, DAY)
LINES: Final = Endpoint(
    name="api_lines",
    below="lines/",
    title=gettext_lazy("各村（社区）的数字和各条线的结论"),
    note=gettext_lazy("每个村（社区）一条：党员、发展、培养的人数，底线、预警线、年轻党员占比、积极分子储备和等级。"),
    need=_NEED,
    resource=rows.VILLAGE,
    answer=_lines,
    parameters=_CONDITIONS,
)
LEDGER: Final = Endpoint(
    name="api_ledger",
    below="ledger/",
    title=gettext_lazy("落实台账（各乡镇）"),
    note=gettext_lazy("每个乡镇一条：计划、发展、年轻党员占比、指导线、储备和等级。"),
    need=_NEED,
    resource=rows.TOWNSHIP,
    answer=_townships,
    parameters=_CONDITIONS,
)
LISTS_KEPT: Final = Endpoint(
    name="api_lists",
    below="lists/",
    title=gettext_lazy("有哪些清单，各有多少个单位"),
    note=gettext_lazy("两单、它们的组成部分和乡镇的清单。"),
    need=_NEED,
    resource=rows.LIST,
    answer=_lists,
    parameters=_CONDITIONS,
)
LIST_OF: Final = Endpoint(
    name="api_list",
    below="lists/<slug:name>/",
    title=gettext_lazy("一张清单上的村（社区）或乡镇"),
    note=gettext_lazy("每个单位一条，写明为什么列入。"),
    need=_NEED,
    resource=rows.LISTED,
    answer=_listed,
    parameters=_CONDITIONS,
    parts=(choice("name", gettext_lazy("哪一张清单"), {name: one.title for name, one in LISTS.items()}),),
)
