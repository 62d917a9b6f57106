"""What is to be done, derived from the ledger and the probations: a line each, never stored, never set by anything but the facts.

A kind of shortfall that concerns few units is a line for each; of more units it is one line that opens their list.
Must not know: the reader, the page.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from django.utils.translation import gettext as _

from yumiao.admission.rules import DEV_18
from yumiao.desk.home.figures import Probationer
from yumiao.desk.home.links import Links
from yumiao.desk.people.filters import UNKNOWN, Kind
from yumiao.desk.workbook.rules import BOOK
from yumiao.kernel.duties import Duty
from yumiao.ledger.figures import Ledger, Township, Village
from yumiao.ledger.rules import RES_01, RES_03, WRN_01, WRN_03, WRN_04B, young_needed
from yumiao.rulebook import Rule
from yumiao.units.queries import Tree, UnitOnDay

FEW = 3


@dataclass(frozen=True, slots=True)
class Shortfall:
    """What is missing in some units: `one` is the title for a single unit, `many` that for all of them, which `link` opens."""

    rule: Rule
    one: str
    many: str
    link: str
    units: Sequence[tuple[UnitOnDay, str, str]]  # (unit, reason, link)


def duties_of(ledger: Ledger, links: Links) -> list[Duty]:
    """Everything the ledger leaves to be done in its subtree by the end of the year."""
    names = {township.unit.id: township.unit.name for township in ledger.townships}
    due_on = date(ledger.day.year, 12, 31)
    found: list[Duty] = []
    for shortfall in _shortfalls(ledger, links):
        found += _lines(shortfall, names, due_on)
    if ledger.total.unknown_births and links.names_people:
        text = _("%(count)s 名党员出生日期不详") % {"count": ledger.total.unknown_births}
        link = links.people(kind=Kind.MEMBER, age=UNKNOWN)
        reason = _("年龄算不出，一律按非青年计")
        found.append(Duty(WRN_04B.id, text, ledger.unit.name if ledger.unit else "", due_on, reason, link))
    return found


def probation_duties(ending: Sequence[Probationer], tree: Tree, links: Links) -> list[Duty]:
    """A line for each probationer whose probation is over or ends within a month."""
    return [
        Duty(
            DEV_18.id,
            _("%(name)s 预备期%(month)s月%(day)s日满")
            % {"name": one.name, "month": one.ends_on.month, "day": one.ends_on.day},
            tree.by_id[one.unit].name,
            one.ends_on,
            _("支部大会讨论能否转正"),
            links.person(one.uid),
        )
        for one in ending
    ]


class RefusedRows(NamedTuple):
    """How many rows of an import were refused, who imported, and where that is recorded."""

    rows: int
    importer: str
    link: str


def refused_rows_duty(refused: RefusedRows, day: date) -> Duty:
    """Rows of the latest import that were refused and are still to be sent again."""
    text = _("最近一次导入有 %(count)s 行未受理") % {"count": refused.rows}
    until = date(day.year, 12, 31)
    return Duty(BOOK.by_id("WBK-02").id, text, refused.importer, until, _("更正后重新导入"), refused.link)


def _shortfalls(ledger: Ledger, links: Links) -> Iterator[Shortfall]:
    townships, villages = ledger.townships, ledger.villages
    yield _without_plan([one for one in townships if one.plan is None], links)
    yield _at_risk([one for one in villages if one.is_at_risk], links)
    yield _below_guidance([one for one in townships if one.guidance_met is False], links)
    yield _short_of_reserve([one for one in townships if one.reserve_met is False], links)
    yield _without_activist(ledger.villages_without_activist, links)


def _without_plan(townships: Sequence[Township], links: Links) -> Shortfall:
    units = [
        (
            one.unit,
            _("已发展 %(count)s 名，台账按“未下达”列示") % {"count": one.counts.this_year},
            links.ledger(one.unit.code),
        )
        for one in townships
    ]
    return Shortfall(
        RES_01, _("%(unit)s 本年度计划未下达"), _("%(count)s 个乡镇本年度计划未下达"), links.ledger(), units
    )


def _at_risk(villages: Sequence[Village], links: Links) -> Shortfall:
    units = [
        (
            one.unit,
            _("在培养的积极分子 %(count)s 名") % {"count": one.reserve} if one.reserve else _("没有积极分子"),
            links.explanation(one.unit.code, WRN_01.id),
        )
        for one in villages
    ]
    many = _("%(count)s 个村须在年内至少发展 1 名")
    return Shortfall(WRN_01, _("%(unit)s 须在年内至少发展 1 名"), many, links.listed("at-risk"), units)


def _below_guidance(townships: Sequence[Township], links: Links) -> Shortfall:
    units = [
        (
            one.unit,
            _("新发展 %(all)s 名，其中年轻 %(young)s 名，再发展 %(need)s 名年轻的即达到")
            % {"all": one.counts.this_year, "young": one.counts.young_this_year, "need": young_short(one)},
            links.explanation(one.unit.code, WRN_03.id),
        )
        for one in townships
    ]
    many = _("%(count)s 个乡镇指导线未达")
    return Shortfall(WRN_03, _("%(unit)s 指导线未达"), many, links.listed("guidance"), units)


def young_short(township: Township) -> int:
    """How many further young admissions would bring a township to the guidance line."""
    counts, ratio = township.counts, township.settings.guidance_ratio
    return young_needed(young=counts.young_this_year, whole=counts.this_year, ratio=ratio)


def _short_of_reserve(townships: Sequence[Township], links: Links) -> Shortfall:
    units = [
        (
            one.unit,
            _("积极分子 %(have)s 人，应有 %(need)s 人，差 %(gap)s 人")
            % {"have": one.reserve, "need": one.reserve_required, "gap": one.reserve_gap},
            links.explanation(one.unit.code, RES_01.id),
        )
        for one in townships
    ]
    many = _("%(count)s 个乡镇积极分子储备不足")
    return Shortfall(RES_01, _("%(unit)s 积极分子储备不足"), many, links.listed("reserve"), units)


def _without_activist(villages: Sequence[Village], links: Links) -> Shortfall:
    units = [
        (
            one.unit,
            _("入党申请人 %(count)s 人") % {"count": one.counts.applicants}
            if one.counts.applicants
            else _("也没有入党申请人"),
            links.explanation(one.unit.code, RES_03.id),
        )
        for one in villages
    ]
    many = _("%(count)s 个村没有入党积极分子")
    return Shortfall(RES_03, _("%(unit)s 没有入党积极分子"), many, links.listed("without-activist"), units)


def _lines(shortfall: Shortfall, names: Mapping[int, str], due_on: date) -> Iterator[Duty]:
    """Beside a title stands the township above, or the rule where none is above within the subtree."""
    rule = shortfall.rule
    if len(shortfall.units) > FEW:
        first = _("、").join(unit.name for unit, _reason, _link in shortfall.units[:FEW])
        title = shortfall.many % {"count": len(shortfall.units)}
        yield Duty(rule.id, title, _("%(units)s 等") % {"units": first}, due_on, "", shortfall.link)
        return
    for unit, reason, link in shortfall.units:
        above = "" if unit.id == unit.township else names.get(unit.township or 0, "")
        yield Duty(rule.id, shortfall.one % {"unit": unit.name}, above or rule.title, due_on, reason, link)
