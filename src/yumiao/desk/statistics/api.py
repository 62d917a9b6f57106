"""The statistics for machines: any table of the page as single figures, one for each unit and column. Must not know: how anything is counted."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from operator import itemgetter
from typing import Any, Final

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy

from yumiao.access.permissions import Permission
from yumiao.api.endpoints import Answer, Call, Endpoint, Missing
from yumiao.api.paging import Key
from yumiao.api.parameters import DAY, UNIT, Words, choice
from yumiao.desk.statistics.asked import Asked
from yumiao.desk.statistics.page import made
from yumiao.desk.statistics.places import unit_of
from yumiao.desk.statistics.reading import GROUPINGS, Subject
from yumiao.desk.statistics.tables import Table
from yumiao.kernel.objections import OutOfScope
from yumiao.kernel.resources import Field, Kind, Resource

ROWS: Final = ("own", "below", "between", "total")
FIGURE: Final = Resource(
    "statistics_figure",
    "统计数字",
    (
        Field("row", "行", note="own 本级，below 下级组织，between 下级之间转接（增减表中要减去），total 合计"),
        Field("unit", "组织代码"),
        Field("unit_name", "组织名称"),
        Field("column", "栏", note="栏的代号；total 是各栏合计"),
        Field("column_label", "栏名"),
        Field("band", "栏组", note="如“其中”；没有就是空的"),
        Field("number", "数字", Kind.NUMBER),
        Field("adds_up", "加总相符", Kind.FLAG, note="整张表加总是否相符；不相符的不得上报"),
    ),
)
_WORDS: Final = {
    Subject.MEMBERS: gettext_lazy("党员"),
    Subject.ADMISSIONS: gettext_lazy("发展党员"),
    Subject.ORGANISATIONS: gettext_lazy("党组织"),
    Subject.BALANCE: gettext_lazy("年度增减"),
}


def _tables() -> Iterator[tuple[str, Subject, str, Words]]:
    """(name in an address, subject, key of the grouping, label) of every table."""
    for subject in Subject:
        found = GROUPINGS[subject]
        if len(found) <= 1:
            yield subject.value, subject, found[0].key if found else "", _WORDS[subject]
        for by in found if len(found) > 1 else ():
            yield f"{subject.value}-by-{by.key}", subject, by.key, format_lazy("{}·{}", _WORDS[subject], by.title)


TABLES: Final[Mapping[str, tuple[Subject, str]]] = {name: (subject, by) for name, subject, by, _label in _tables()}
TABLE: Final = choice("table", gettext_lazy("哪一张表"), {name: label for name, _subject, _by, label in _tables()})


def _figures(call: Call) -> Answer:
    today = call.reader.today
    day: date = call.asked["day"] or today
    if call.asked["table"] not in TABLES:
        raise OutOfScope("没有这一张统计表。")
    subject, by = TABLES[call.asked["table"]]
    said = {"of": subject.value, "by": by, "unit": call.asked["unit"] or "", "on": day.isoformat()}
    asked = Asked.parsed(said, today)
    if asked.day is None:
        raise Missing(asked.fault)
    unit = unit_of(call.reader, asked)
    if unit is None:
        raise OutOfScope("这一天令牌的范围内还没有组织。")
    figures = _keyed(made(call.reader, asked, unit))
    return Answer(day, call.page_of(figures, key=itemgetter(0), values=itemgetter(1)))


def _keyed(table: Table) -> Iterator[tuple[Key, dict[str, Any]]]:
    """Every figure: what stands at the unit itself first, then the units below it in their order, the total last."""
    adds_up = not table.faults
    for line in (*table.lines, table.total):
        unit = line.unit
        row = "total" if line is table.total else "between" if unit is None else "own" if line.is_own else "below"
        for place, (column, number) in enumerate(zip(table.columns, line.numbers, strict=True)):
            values = {
                "row": row,
                "unit": unit.code if unit else None,
                "unit_name": unit.name if unit else line.label,
                "column": column.key or "total",
                "column_label": column.label,
                "band": column.band,
                "number": number,
                "adds_up": adds_up,
            }
            yield (ROWS.index(row), unit.path if unit else "", place), values


STATISTICS: Final = Endpoint(
    name="api_statistics",
    below="statistics/<slug:table>/",
    title=gettext_lazy("党内统计表"),
    note=gettext_lazy("一张统计表的全部数字：这个组织本级、每个下级组织、合计，各栏一条。"),
    need=Permission.LEDGER_READ,
    resource=FIGURE,
    answer=_figures,
    parameters=(UNIT, DAY),
    parts=(TABLE,),
)
