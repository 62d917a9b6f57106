"""The charts of a home page: figures of the ledger put into the shapes of `ui.charts`, every mark with the address of its rows.

Must not know: the reader, the database.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext as _
from markupsafe import Markup

from yumiao.bylaws.keys import BottomWindow
from yumiao.desk.home.figures import BANDS, OTHER, Structure, YearFigures
from yumiao.desk.home.links import Links
from yumiao.desk.people.filters import JUNIOR, UNLISTED, UNSAID, Kind
from yumiao.kernel.shares import Share
from yumiao.ledger.figures import Ledger, Village
from yumiao.ledger.rules import Bottom, Warned
from yumiao.people.codes import JUNIOR_OR_BELOW
from yumiao.ui import charts, spelling
from yumiao.ui.shapes import Tone
from yumiao.ui.trend import TrendPoint, Value, trend

# Schoolings of the bar above junior school, from light to dark: label of `people.codes`, tone.
SCHOOLINGS: Final[tuple[tuple[str, Tone], ...]] = (
    ("高中", "c"),
    ("中专", "young"),
    ("大专", "b"),
    ("本科", "man"),
    ("研究生", "a"),
)


@dataclass(frozen=True, slots=True)
class Part:
    """A number of people of a kind, with the address of their list."""

    label: str
    value: int
    url: str
    tone: Tone


@dataclass(frozen=True, slots=True)
class AgeBand:
    """Men and women of one band of ages, with the addresses of their lists."""

    label: str
    men: int
    women: int
    men_url: str
    women_url: str


_FORM = re.compile(r"(?<=.)(?:党工委|党委|党总支|(?:联合)?党支部)$")


def short_name(name: str) -> str:
    """The place an organisation is named for, where a chart has room for no more: `青石镇` of `青石镇党委`."""
    return _FORM.sub("", name)


def tone_of(village: Village) -> Tone:
    """The shape of a village on the map: the gravest thing that has not been mended."""
    rolling = village.settings.bottom_window is BottomWindow.ROLLING_24_MONTHS
    if village.bottom is Bottom.BREACH and (village.is_at_risk or rolling):
        return "floor"
    return _WARNED_TONES[village.warned]


_WARNED_TONES: Final[dict[Warned, Tone]] = {
    Warned.OK: "ok",
    Warned.WARNED: "warn",
    Warned.CLEARED: "clear",
    Warned.NOT_ASSESSED: "na",
}


def _tone_words() -> dict[Tone, str]:
    return {
        "floor": _("底线：长期未发展，今年还没有发展"),
        "warn": _("预警：上年度未发展，尚未消除"),
        "clear": _("预警已消除"),
        "ok": _("达标"),
        "na": _("新建村，不评"),
    }


def meter(ledger: Ledger, links: Links) -> Markup:
    """Warned villages: how many are cleared."""
    cleared = len(ledger.warning_line_cleared)
    left = len(ledger.warning_line_listed) - cleared
    parts = [
        charts.Part(_("已消除"), cleared, links.listed("cleared"), "clear"),
        charts.Part(_("尚未消除"), left, links.listed("uncleared"), "warn"),
    ]
    words = [charts.LegendItem(f"{part.label} {part.value}", part.tone) for part in parts]
    return charts.meter(parts, unit=_("个村")) + charts.legend(words)


def tiles(ledger: Ledger, links: Links) -> Markup:
    """A cell a township, a shape a village; the legend names only what there is."""
    cells = []
    for township in ledger.townships:
        states = tuple(tone_of(village) for village in township.villages)
        open_count = sum(tone in ("floor", "warn") for tone in states)
        note = (
            _("未消除 %(count)s") % {"count": open_count} if open_count else _("%(count)s 村") % {"count": len(states)}
        )
        cells.append(charts.Cell(short_name(township.unit.name), links.ledger(township.unit.code), note, states))
    shown = {tone for cell in cells for tone in cell.states}
    words = {tone: word for tone, word in _tone_words().items() if tone in shown}
    items = [charts.LegendItem(word, tone) for tone, word in words.items()]
    return charts.legend(items) + charts.tiles(cells, words, unit=_("个村"))


def plans(ledger: Ledger, links: Links) -> Markup:
    """Plan, admissions and the young among them: of each township; within a single township, of each village."""
    settings = ledger.settings
    limit = _("其中 %(age)s 岁及以下") % {"age": settings.young_max_age}
    guide = _("%(share)s%% 指导线") % {"share": f"{float(settings.guidance_ratio * 100):g}"}
    is_several = len(ledger.townships) > 1
    no_plan = _("未下达") if is_several else _("未分解")
    words = charts.PlanWords(_("计划"), _("已发展"), limit, _("指导线未达"), guide, no_plan)
    if is_several:
        rows = [
            charts.PlanRow(
                short_name(one.unit.name),
                links.ledger(one.unit.code),
                one.planned,
                one.counts.this_year,
                one.counts.young_this_year,
                is_below=one.guidance_met is False,
            )
            for one in ledger.townships
        ]
    else:
        rows = [_village_row(village, links) for village in ledger.villages]
    items: list[charts.LegendItem] = [
        charts.LegendItem(words.plan, "plan"),
        charts.LegendItem(words.whole, "young"),
        charts.LegendItem(words.part, "done"),
        *([charts.LegendItem(words.below, "miss")] if any(row.is_below for row in rows) else []),
        charts.LegendItem(words.guide, "line"),
    ]
    return charts.legend(items) + charts.plan_bars(rows, words, guide=settings.guidance_ratio)


def _village_row(village: Village, links: Links) -> charts.PlanRow:
    planned = village.plan.planned if village.plan else None
    link = links.explanation(village.unit.code)
    return charts.PlanRow(
        short_name(village.unit.name), link, planned, village.counts.this_year, village.counts.young_this_year
    )


def years_chart(years: Sequence[YearFigures], ledger: Ledger, links: Links) -> Markup:
    """Five years of admissions and the young among them; the running year says until when."""

    def rows(one: YearFigures, *, young: bool = False) -> str:
        return links.admitted(one.year, ledger.day, young=young)

    lines = [_("农村发展党员"), _("其中 %(age)s 岁及以下") % {"age": ledger.settings.young_max_age}]
    points = [
        TrendPoint(
            str(one.year),
            (
                Value(one.admitted, rows(one)),
                Value(one.young, rows(one, young=True), spelling.share(one.share)) if one.admitted else None,
            ),
            _("至%(month)s月") % {"month": ledger.day.month} if one.year == ledger.day.year else "",
        )
        for one in years
    ]
    said = _("%(first)s 至 %(last)s 年发展党员数") % {"first": years[0].year, "last": years[-1].year}
    items = [charts.LegendItem(lines[0], "path"), charts.LegendItem(lines[1], "path-2")]
    return charts.legend(items) + trend(points, lines, unit=_("人"), said=said)


def age_bands(structure: Structure, links: Links) -> tuple[AgeBand, ...]:
    """Members by age and sex, the oldest on top."""
    found = []
    for least, most in BANDS:
        age = f"{least or ''}-{most or ''}"
        label = f"≥{least}" if most is None else f"≤{most}" if least is None else f"{least}–{most}"
        urls = [links.people(kind=Kind.MEMBER, sex=sex, age=age) for sex in ("m", "f")]
        found.append(AgeBand(label, structure.of("m", least, most), structure.of("f", least, most), *urls))
    return tuple(found)


def pyramid(bands: Sequence[AgeBand]) -> Markup:
    rows = [charts.Band(one.label, one.men, one.women, one.men_url, one.women_url) for one in bands]
    return charts.pyramid(rows, left=_("男"), right=_("女"), unit=_("人"), said=_("党员年龄性别结构"))


def schoolings(structure: Structure, links: Links) -> tuple[Part, ...]:
    """Members by schooling; what is in no list or not said stands apart and is never dropped."""
    counts = structure.by_schooling

    def people(schooling: str) -> str:
        return links.people(kind=Kind.MEMBER, schooling=schooling)

    found = [Part(_("初中及以下"), sum(counts.get(label, 0) for label in JUNIOR_OR_BELOW), people(JUNIOR), "d")]
    found += [Part(label, counts.get(label, 0), people(label), tone) for label, tone in SCHOOLINGS]
    others: list[Part] = [
        Part(_("其他"), counts.get(OTHER, 0), people(UNLISTED), "woman"),
        Part(_("未填"), counts.get("", 0), people(UNSAID), "na"),
    ]
    return (*found, *(part for part in others if part.value))


def schooling_bar(parts: Sequence[Part]) -> Markup:
    shown = [charts.Part(part.label, part.value, part.url, part.tone) for part in parts]
    return charts.stacked(shown, said=_("党员学历结构"))


def share_text(part: int, whole: int) -> str:
    """`220/278 = 79.1%`; only the numbers where there is nothing to take a share of."""
    return f"{part}/{whole}" + (f" = {spelling.share(Share(part, whole))}" if whole else "")
