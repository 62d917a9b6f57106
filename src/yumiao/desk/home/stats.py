"""The row of numbers on the home of a county or a township, each with the address of its rows.

Must not know: the reader, the database.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from yumiao.desk.home.drawings import share_text
from yumiao.desk.home.links import Links
from yumiao.ledger.figures import Ledger, Township
from yumiao.ledger.rules import WRN_03
from yumiao.ledger.states import of_guidance
from yumiao.ui import spelling


@dataclass(frozen=True, slots=True)
class Stat:
    """A number with the address of its rows; see `c.stats`. `icon` and `tone` are kinds of state."""

    label: str
    value: int | str
    unit: str
    note: str
    url: str
    icon: str
    tone: str


def stats_of(ledger: Ledger, links: Links) -> tuple[Stat, ...]:
    """Bottom line, at risk, guidance line, young members, activists, admissions."""
    return (*_bottom(ledger, links), _guidance(ledger, links), *_stock(ledger, links), _admitted(ledger, links))


def _looks(found: object, icon: str, tone: str) -> tuple[str, str]:
    """Icon and tone of a number that counts shortfalls: of none, those of what is in order."""
    return (icon, tone) if found else ("ok", "ok")


def _bottom(ledger: Ledger, links: Links) -> tuple[Stat, Stat]:
    breach, at_risk = ledger.bottom_line_breach, ledger.bottom_line_at_risk
    mended = sum(one.counts.this_year > 0 for one in breach)
    done = _("今年已补 %(done)s，未补 %(left)s") % {"done": mended, "left": len(breach) - mended} if breach else ""
    unready = sum(one.reserve == 0 for one in at_risk)
    without = _("其中没有积极分子的 %(count)s") % {"count": unready} if at_risk else ""
    return (
        Stat(_("突破底线"), len(breach), _("村"), done, links.listed("bottom"), *_looks(breach, "floor", "floor")),
        Stat(
            _("年内须发展"), len(at_risk), _("村"), without, links.listed("at-risk"), *_looks(at_risk, "risk", "floor")
        ),
    )


def _guidance(ledger: Ledger, links: Links) -> Stat:
    """Of several townships, how many are below; of one, its share."""
    townships = ledger.townships
    if len(townships) == 1:
        return _guidance_of_one(townships[0], links)
    admitted = sum(one.counts.this_year for one in townships)
    young = sum(one.counts.young_this_year for one in townships)
    below = sum(one.guidance_met is False for one in townships)
    note = _("合计 %(share)s") % {"share": share_text(young, admitted)}
    return Stat(_("指导线未达"), below, _("乡镇"), note, links.listed("guidance"), *_looks(below, "guide", "guide"))


def _guidance_of_one(township: Township, links: Links) -> Stat:
    counts, met = township.counts, township.guidance_met
    said = {None: _("没有发展，不评"), True: _("达到指导线"), False: _("未达指导线")}[met]
    note = f"{counts.young_this_year}/{counts.this_year} {said}"
    url = links.explanation(township.unit.code, WRN_03.id)
    return Stat(
        _("新发展中年轻的"), spelling.share(township.young_share), "", note, url, of_guidance(met), of_guidance(met)
    )


def _stock(ledger: Ledger, links: Links) -> tuple[Stat, Stat]:
    settings, townships = ledger.settings, ledger.townships
    floor = f"{float(settings.village_young_stock_min * 100):g}%"
    young = _("%(age)s 岁及以下不足 %(floor)s") % {"age": settings.young_max_age, "floor": floor}
    if len(townships) == 1:
        gap = townships[0].reserve_gap
        short = _("计划未下达") if gap is None else _("储备差 %(count)s 人") % {"count": gap} if gap else _("储备达标")
    else:
        short = _("储备不足的乡镇 %(count)s 个") % {"count": sum(one.reserve_met is False for one in townships)}
    low, none = ledger.low_young_share, ledger.villages_without_activist
    return (
        Stat(_("年轻党员占比偏低"), len(low), _("村"), young, links.listed("low-young"), *_looks(low, "warn", "warn")),
        Stat(
            _("没有积极分子"),
            len(none),
            _("村"),
            short,
            links.listed("without-activist"),
            *_looks(none, "warn", "warn"),
        ),
    )


def _admitted(ledger: Ledger, links: Links) -> Stat:
    admitted = sum(one.counts.this_year for one in ledger.villages)
    planned = [one.planned for one in ledger.townships if one.planned is not None]
    missing = len(ledger.townships) - len(planned)
    said = _("计划 %(count)s") % {"count": sum(planned)} if planned else ""
    left = _("%(count)s 个乡镇未下达") % {"count": missing} if missing else ""
    note = "，".join(part for part in (said, left) if part)
    url = links.admitted(ledger.day.year, ledger.day)
    return Stat(_("今年已发展"), admitted, _("人"), note, url, "ok", "ok")
