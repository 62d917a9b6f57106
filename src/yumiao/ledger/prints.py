"""What of the ledger is printed: the ledger with its lists, one list as it is filtered, the explanation of a unit. Must not know: pages, rights."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from yumiao.kernel.official import Cell, OfficialColumn, OfficialTable
from yumiao.kernel.periods import on_paper
from yumiao.ledger.behind import Someone
from yumiao.ledger.explanation import Explanation
from yumiao.ledger.figures import Ledger
from yumiao.ledger.lines_said import Line
from yumiao.ledger.lists import Listed, Listing
from yumiao.ledger.official import official_tables
from yumiao.press.documents import Section, print_document
from yumiao.press.tables import print_tables

UNNAMED = "姓名不在查看范围"


def ledger_pdf(found: Ledger, code: str) -> bytes:
    """The ledger and the two lists."""
    return print_tables(official_tables(found, code), title=_("一账两单"))


def list_pdf(listing: Listing[Any], rows: Sequence[Listed], *, office: str, day: date, code: str) -> bytes:
    """One list with its figures, the grade, and why each is on it."""
    of_villages = any(row.township for row in rows)
    columns = (
        *([OfficialColumn(_("乡镇"), width=14)] if of_villages else []),
        OfficialColumn(_("单位"), width=16),
        *(OfficialColumn(column, width=10) for column in listing.columns(day)),
        OfficialColumn(_("等级"), width=7),
        OfficialColumn(_("为什么列入"), width=38),
    )
    cells: list[list[Cell]] = [
        [
            *([row.township] if of_villages else []),
            row.unit.name,
            *(_figure(one.text) for one in row.cells),
            row.grade,
            row.why,
        ]
        for row in rows
    ]
    title = str(listing.title)
    return print_tables([OfficialTable(title, title, office, day, columns, cells, code=code)])


def explanation_pdf(said: Explanation, named: Collection[int], code: str) -> bytes:
    """Every line with rule, figures, people (those in `named` by name) and what would clear it."""
    verdicts = [(line.rule.title.partition("：")[0], line.verdict) for line in said.lines]
    sections = [Section(_("结论"), pairs=verdicts), *(_line(line, named) for line in said.lines)]
    return print_document(
        _("{unit}测算依据").format(unit=said.label),
        sections,
        unit=_("组织代码：{code}").format(code=said.unit.code),
        on=said.day,
        code=code,
    )


def _line(line: Line, named: Collection[int]) -> Section:
    pairs = [
        (_("结论"), line.verdict),
        (_("规则"), f"{line.rule.id}　{line.rule.text}"),
        (_("依据"), line.rule.citation),
        (_("期间"), line.period),
        (_("数据"), "；".join(line.sentences)),
        *((_("两种口径") if place == 0 else "", clock.sentence) for place, clock in enumerate(line.clocks)),
        (_("怎样消除"), line.to_clear),
    ]
    shown = (
        [(one, _("计入")) for one in line.counted] + [(one, _("不计入")) for one in line.not_counted] if named else []
    )
    return Section(
        line.rule.title,
        pairs=[(label, text) for label, text in pairs if text],
        head=(_("姓名"), _("身份证号"), _("日期"), _("结果"), _("原因")) if shown else (),
        rows=[_person(one, result, named) for one, result in shown],
        widths=(2, 4, 2.4, 1.4, 4),
        notes=_how_many(line, named),
    )


def _how_many(line: Line, named: Collection[int]) -> list[str]:
    """Whoever may see no name reads how many there are, and nothing of any one of them."""
    if not line.counted and not line.not_counted:
        return []
    counts = _("计入 {counted} 人，不计入 {others} 人。").format(
        counted=len(line.counted), others=len(line.not_counted)
    )
    return [counts if named else counts + _("您的任职不查看姓名，只显示人数。")]


def _person(one: Someone, result: str, named: Collection[int]) -> list[str]:
    is_named = one.person.id in named
    return [
        one.person.name if is_named else _(UNNAMED),
        one.person.masked if is_named else "",
        one.on.isoformat() if one.on else "",
        result,
        one.said,
    ]


def _figure(text: str) -> Cell:
    return int(text) if text.isdecimal() else text


def file_name(what: str, unit: str, day: date) -> str:
    """`青岚县委一账两单（2026年10月31日）.pdf`"""
    return f"{unit}{what}（{on_paper(day)}）.pdf"
