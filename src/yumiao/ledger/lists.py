"""The two lists, their parts and the lists of townships: who is on each, with which figures and why, and what an address calls them.

Must not know: HTML, requests. Who is on a list is said by `figures`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, Generic, NamedTuple, TypeVar

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yumiao.bylaws.keys import BottomWindow
from yumiao.kernel.shares import Share
from yumiao.ledger import rules, states
from yumiao.ledger.clocks import clocks, clocks_differ
from yumiao.ledger.figures import Ledger, Township, Village
from yumiao.ledger.links import Links
from yumiao.ledger.table import NOTHING, Cell
from yumiao.units.queries import Tree, UnitOnDay


class Listed(NamedTuple):
    """A row: the village or township with its explanation, the township above it, its figures, the grade, and why it is listed."""

    unit: UnitOnDay
    url: str
    township: str
    cells: list[Cell]
    grade: str
    state: states.State
    why: str


One = TypeVar("One", Village, Township)


@dataclass(frozen=True, slots=True)
class Listing(Generic[One]):
    """A list of villages or townships; `label` is short, for a tab, `title` is what a printed sheet is headed.

    A list that is `part_of` another, or stands apart from it, has its tab below that of the other.
    """

    label: str | Promise
    title: str | Promise
    rule: str
    found: Callable[[Ledger], list[One]]
    columns: Callable[[date], list[str]]
    cells: Callable[[One, Links], list[Cell]]
    why: Callable[[One], str]
    part_of: str = ""

    def row(self, one: One, tree: Tree, links: Links) -> Listed:
        above = tree.by_id.get(one.unit.township or 0)
        township = above.name if above is not None and above.id != one.unit.id else ""
        grade = one.grade.label, states.of_grade(one.grade)
        url = links.explanation(one.unit, rule=self.rule)
        return Listed(one.unit, url, township, self.cells(one, links), *grade, self.why(one))


def _count(count: int, url: str) -> Cell:
    return Cell(str(count), url) if count else Cell("0", kind="num zero")


def _record_columns(day: date) -> list[str]:
    years = [_("%(year)s年发展") % {"year": day.year - back} for back in (2, 1, 0)]
    return [*years, _("积极分子"), _("预警"), _("底线")]


def _record(village: Village, links: Links) -> list[Cell]:
    counts, year = village.counts, village.day.year
    by_year = ((year - 2, counts.year_before), (year - 1, counts.last_year), (year, counts.this_year))
    return [
        *(_count(n, links.people(village.unit, f"admitted={of}", rule="WRN-01")) for of, n in by_year),
        _count(village.reserve, links.explanation(village.unit, rule="RES-03")),
        Cell(village.warned.label, kind="", state=states.of_warned(village.warned)),
        Cell(village.bottom.label, kind="", state=states.of_bottom(village.bottom)),
    ]


def _clock_columns(_day: date) -> list[str]:
    return [_("前两个自然年发展"), _("最近 24 个月发展"), _("按自然年"), _("按 24 个月"), _("现行口径")]


def _clocks(village: Village, links: Links) -> list[Cell]:
    both = clocks(village)
    url = links.explanation(village.unit, rule="WRN-09")
    return [
        *(_count(clock.count, url) for clock in both),
        *(Cell(clock.bottom.label, kind="", state=clock.state) for clock in both),
        Cell(next(clock.label for clock in both if clock.is_chosen), kind=""),
    ]


def _why_clocks_differ(village: Village) -> str:
    calendar, rolling = clocks(village)
    if calendar.bottom is rules.Bottom.BREACH:
        return _("前两个自然年没有发展，最近 24 个月发展 %(count)s 名") % {"count": rolling.count}
    return _("前两个自然年发展 %(count)s 名，最近 24 个月没有发展") % {"count": calendar.count}


def _age_columns(_day: date) -> list[str]:
    return [_("党员"), _("35岁及以下"), _("占比"), _("女党员"), _("61岁及以上")]


def _ages(village: Village, links: Links) -> list[Cell]:
    counts, unit = village.counts, village.unit
    share = Share(counts.young, counts.members)
    return [
        _count(counts.members, links.people(unit, "kind=member", rule="WRN-04b")),
        _count(counts.young, links.explanation(unit, rule="WRN-04b")),
        Cell(NOTHING if share.is_none else share.percent()),
        _count(counts.women, links.people(unit, "kind=member&sex=f")),
        _count(counts.old, links.people(unit, "kind=member&age=61-")),
    ]


def _cultivation_columns(_day: date) -> list[str]:
    return [_("党员"), _("入党申请人"), _("发展对象"), _("人才库"), _("本年发展")]


def _cultivation(village: Village, links: Links) -> list[Cell]:
    counts, unit = village.counts, village.unit
    return [
        _count(counts.members, links.people(unit, "kind=member", rule="WRN-04b")),
        _count(counts.applicants, links.people(unit, "kind=applicant", rule="RES-03")),
        _count(counts.targets, links.people(unit, "kind=target", rule="RES-03")),
        _count(counts.talents, links.people(unit, "kind=talent")),
        _count(counts.this_year, links.people(unit, f"admitted={village.day.year}", rule="WRN-02")),
    ]


def _guidance_columns(_day: date) -> list[str]:
    return [_("村数"), _("新发展"), _("35岁及以下"), _("占比"), _("还需青年")]


def _guidance(township: Township, links: Links) -> list[Cell]:
    counts, url = township.counts, links.explanation(township.unit, rule="WRN-03")
    need = rules.young_needed(
        young=counts.young_this_year, whole=counts.this_year, ratio=township.settings.guidance_ratio
    )
    return [
        _count(len(township.villages), links.opened(township.unit)),
        _count(counts.this_year, url),
        _count(counts.young_this_year, url),
        Cell(NOTHING if township.young_share.is_none else township.young_share.percent()),
        Cell(str(need)),
    ]


def _reserve_columns(_day: date) -> list[str]:
    return [_("计划"), _("应储备"), _("现有"), _("差额"), _("比例")]


def _reserve(township: Township, links: Links) -> list[Cell]:
    optional = (township.planned, township.reserve_required)
    return [
        *(Cell(NOTHING if count is None else str(count)) for count in optional),
        _count(township.reserve, links.explanation(township.unit, rule="RES-01")),
        Cell(NOTHING if township.reserve_gap is None else str(township.reserve_gap)),
        Cell(township.reserve_ratio or NOTHING),
    ]


def _why_warned(village: Village) -> str:
    said = {"last": village.day.year - 1, "this": village.day.year, "count": village.counts.this_year}
    if village.warned is rules.Warned.CLEARED:
        return _("%(last)s年没有发展；%(this)s年已发展 %(count)s 名，预警解除") % said
    return _("%(last)s年没有发展，%(this)s年至今也没有") % said


def _why_bottom(village: Village) -> str:
    if village.settings.bottom_window is BottomWindow.ROLLING_24_MONTHS:
        return _("近 24 个月没有发展")
    return _("%(before)s年、%(last)s年都没有发展") % {"before": village.day.year - 2, "last": village.day.year - 1}


def _why_at_risk(village: Village) -> str:
    said = {"last": village.day.year - 1, "this": village.day.year}
    return _("%(last)s年、%(this)s年都还没有发展，须在12月31日前发展 1 名") % said


def _why_low_young(village: Village) -> str:
    floor = f"{float(village.settings.village_young_stock_min * 100):g}%"
    said = {"members": village.counts.members, "young": village.counts.young, "floor": floor}
    return _("党员 %(members)s 名，35 岁及以下 %(young)s 名，不足 %(floor)s") % said


def _why_without_activist(village: Village) -> str:
    if village.counts.applicants:
        return _("有入党申请人 %(count)s 名，尚无积极分子") % {"count": village.counts.applicants}
    return _("没有入党申请人，也没有积极分子")


def _why_guidance(township: Township) -> str:
    counts, ratio = township.counts, f"{float(township.settings.guidance_ratio * 100):g}%"
    said = {"admitted": counts.this_year, "young": counts.young_this_year, "ratio": ratio}
    return _("新发展 %(admitted)s 名，35 岁及以下 %(young)s 名，不足 %(ratio)s") % said


def _why_reserve(township: Township) -> str:
    said = {"required": township.reserve_required, "reserve": township.reserve, "gap": township.reserve_gap}
    return _("应储备 %(required)s 名，现有 %(reserve)s 名，缺 %(gap)s 名") % said


def _uncleared(ledger: Ledger) -> list[Village]:
    return [one for one in ledger.warning_line_listed if one.warned is rules.Warned.WARNED]


def _of_warning(
    label: Promise, title: Promise, found: Callable[[Ledger], list[Village]], part_of: str = ""
) -> Listing[Village]:
    return Listing(label, title, "WRN-02", found, _record_columns, _record, _why_warned, part_of)


LISTS: Final[Mapping[str, Listing[Any]]] = {
    "warning": _of_warning(
        gettext_lazy("上年度未发展"),
        gettext_lazy("上年度未发展党员村清单"),
        lambda ledger: ledger.warning_line_listed,
    ),
    "uncleared": _of_warning(gettext_lazy("未消除"), gettext_lazy("预警未消除的村"), _uncleared, "warning"),
    "cleared": _of_warning(
        gettext_lazy("已消除"), gettext_lazy("预警已消除的村"), lambda ledger: ledger.warning_line_cleared, "warning"
    ),
    "bottom": Listing(
        gettext_lazy("突破底线"),
        gettext_lazy("突破底线的村"),
        "WRN-01",
        lambda ledger: ledger.bottom_line_breach,
        _record_columns,
        _record,
        _why_bottom,
    ),
    "clocks": Listing(
        gettext_lazy("两种口径不一致"),
        gettext_lazy("底线两种口径结论不一致的村"),
        "WRN-09",
        lambda ledger: [village for village in ledger.villages if clocks_differ(village)],
        _clock_columns,
        _clocks,
        _why_clocks_differ,
        "bottom",
    ),
    "at-risk": Listing(
        gettext_lazy("年内须发展"),
        gettext_lazy("年内须发展党员的村"),
        "WRN-01",
        lambda ledger: ledger.bottom_line_at_risk,
        _record_columns,
        _record,
        _why_at_risk,
    ),
    "low-young": Listing(
        gettext_lazy("年轻党员偏低"),
        gettext_lazy("年轻党员占比偏低村清单"),
        "WRN-04b",
        lambda ledger: ledger.low_young_share,
        _age_columns,
        _ages,
        _why_low_young,
    ),
    "without-members": Listing(
        gettext_lazy("没有党员"),
        gettext_lazy("没有党员、不评年轻占比的村"),
        "WRN-04b",
        lambda ledger: ledger.without_members,
        _cultivation_columns,
        _cultivation,
        lambda _village: _("没有在册党员，不评年轻党员占比"),
        "low-young",
    ),
    "without-activist": Listing(
        gettext_lazy("没有积极分子"),
        gettext_lazy("没有入党积极分子的村"),
        "RES-03",
        lambda ledger: ledger.villages_without_activist,
        _cultivation_columns,
        _cultivation,
        _why_without_activist,
    ),
    "guidance": Listing(
        gettext_lazy("指导线未达"),
        gettext_lazy("未达到指导线的乡镇"),
        "WRN-03",
        lambda ledger: [one for one in ledger.townships if one.guidance_met is False],
        _guidance_columns,
        _guidance,
        _why_guidance,
    ),
    "reserve": Listing(
        gettext_lazy("储备不足"),
        gettext_lazy("积极分子储备不足的乡镇"),
        "RES-01",
        lambda ledger: [one for one in ledger.townships if one.reserve_met is False],
        _reserve_columns,
        _reserve,
        _why_reserve,
    ),
}


# Which list shows whom a line of the county's explanation counts.
LIST_OF_RULE: Final[Mapping[str, str]] = {
    "WRN-02": "warning",
    "WRN-01": "bottom",
    "WRN-04b": "low-young",
    "RES-03": "without-activist",
    "WRN-03": "guidance",
    "RES-01": "reserve",
}
