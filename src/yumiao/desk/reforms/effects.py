"""The effects of a reform as its page shows them: totals before and after, each village and township that ends, begins or reads otherwise.

Must not know: requests, templates, how anything is counted.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final, NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yumiao.desk.reforms.preview import Pair, Preview
from yumiao.kernel.shares import Share
from yumiao.ledger import rules
from yumiao.ledger.figures import Ledger, Township, Village
from yumiao.ui import spelling
from yumiao.units.queries import UnitOnDay

Assessed = Village | Township


class Total(NamedTuple):
    """One figure, or a share in words, before and after."""

    label: str | Promise
    before: int | str
    after: int | str


class Row(NamedTuple):
    """A village before or after: its name and figures; `marks` are the lists it stands on."""

    code: str
    name: str
    township: str
    figures: tuple[int | None, ...]
    marks: tuple[str, ...]


class Change(NamedTuple):
    """A village that begins or changes, with those it takes over from."""

    after: Row | None
    before: tuple[Row, ...]


class Effects(NamedTuple):
    """`moved` people change their branch; `lists` are sizes of the lists."""

    totals: tuple[Total, ...]
    lists: tuple[Total, ...]
    changes: tuple[Change, ...]
    townships: tuple[tuple[str, str, str, str], ...]


HEADS: Final = (
    gettext_lazy("党员"), gettext_lazy("积极分子"), gettext_lazy("计划"), gettext_lazy("今年发展"), gettext_lazy("上年发展"),
    gettext_lazy("前年发展"),
)  # fmt: skip
_LISTS: Final[Sequence[tuple[str | Promise, Callable[[Ledger], Sequence[object]]]]] = (
    (gettext_lazy("上年度未发展党员村"), lambda ledger: ledger.warning_line_listed),
    (gettext_lazy("突破底线的村"), lambda ledger: ledger.bottom_line_breach),
    (gettext_lazy("年内须发展党员的村"), lambda ledger: ledger.bottom_line_at_risk),
    (gettext_lazy("年轻党员占比偏低村"), lambda ledger: ledger.low_young_share),
    (gettext_lazy("没有积极分子的村"), lambda ledger: ledger.villages_without_activist),
    (gettext_lazy("未达到指导线的乡镇"), lambda ledger: [one for one in ledger.townships if one.guidance_met is False]),
)


def effects_of(seen: Preview, unit: UnitOnDay) -> Effects:
    """Totals are those of the unit the reform is planned for, whoever looks at it."""
    before, after = seen.within(unit)
    totals = (
        Total(gettext_lazy("乡镇"), len(before.townships), len(after.townships)),
        Total(gettext_lazy("村（社区）"), len(before.villages), len(after.villages)),
        Total(gettext_lazy("党员"), before.total.members, after.total.members),
        Total(gettext_lazy("入党申请人"), before.total.applicants, after.total.applicants),
        Total(gettext_lazy("积极分子"), before.total.activists, after.total.activists),
        Total(gettext_lazy("人才库"), before.total.talents, after.total.talents),
        Total(gettext_lazy("今年发展"), before.total.this_year, after.total.this_year),
        Total(gettext_lazy("村（社区）发展中年轻的"), _young(before), _young(after)),
        Total(gettext_lazy("村级计划合计"), _planned(before), _planned(after)),
    )
    lists = tuple(Total(label, len(of(before)), len(of(after))) for label, of in _LISTS)
    return Effects(totals, lists, tuple(_changes(seen)), tuple(_townships(seen)))


def _young(ledger: Ledger) -> str:
    """`9/12（75.0%）` of what the guidance line counts: this year's admissions of the townships, offices and firms left out."""
    admitted = sum(one.counts.this_year for one in ledger.townships)
    young = sum(one.counts.young_this_year for one in ledger.townships)
    return _("%(young)s/%(whole)s（%(share)s）") % {
        "young": young,
        "whole": admitted,
        "share": spelling.share(Share(young, admitted)),
    }


def _planned(ledger: Ledger) -> int:
    return sum(village.plan.planned for village in ledger.villages if village.plan)


def _changes(seen: Preview) -> list[Change]:
    """By successor: what it takes over, and what it reads then; what ends without one comes last."""
    pairs = {pair.code: pair for pair in seen.pairs if isinstance(pair.before or pair.after, Village)}
    heirs, shown, found = seen.outcome.heirs, set[str](), list[Change]()
    for code, pair in pairs.items():
        if pair.after is None:
            continue
        sources = [one for one, others in heirs.items() if code in others and one != code and one in pairs]
        own = [code] if pair.before is not None else []
        shown |= {code, *sources}
        rows = [_row(pairs[one].before, seen, is_after=False) for one in (*own, *sources)]
        found.append(Change(_row(pair.after, seen, is_after=True), tuple(row for row in rows if row)))
    for code, pair in pairs.items():
        if code not in shown and (row := _row(pair.before, seen, is_after=False)):
            found.append(Change(None, (row,)))
    return found


def _row(one: Assessed | None, seen: Preview, *, is_after: bool) -> Row | None:
    if not isinstance(one, Village):
        return None
    tree = seen.tree_after if is_after else seen.tree
    township, counts = tree.by_id.get(one.unit.township or 0), one.counts
    plan = one.plan.planned if one.plan else None
    figures = (counts.members, one.reserve, plan, counts.this_year, counts.last_year, counts.year_before)
    return Row(one.unit.code, one.unit.name, township.name if township else "", figures, _marks(one))


def _marks(one: Village) -> tuple[str, ...]:
    found = []
    if one.bottom is rules.Bottom.BREACH:
        found.append(_("底线：%(said)s") % {"said": one.bottom.label})
    if one.is_at_risk:
        found.append(_("年内须发展"))
    if one.warned in (rules.Warned.WARNED, rules.Warned.CLEARED):
        found.append(_("预警线：%(said)s") % {"said": one.warned.label})
    if one.is_low_young:
        found.append(_("年轻党员偏低"))
    return tuple(found)


def _townships(seen: Preview) -> list[tuple[str, str, str, str]]:
    """(code, name, villages before → after, guidance before → after) of every township that reads otherwise."""
    return [
        (pair.code, (pair.after or pair.before).unit.name, _arrow(pair, _villages), _arrow(pair, _guidance))  # type: ignore[union-attr]
        for pair in seen.pairs
        if isinstance(pair.before or pair.after, Township)
    ]


def _arrow(pair: Pair, of: Callable[[Township], str]) -> str:
    said = [of(one) if isinstance(one, Township) else "—" for one in (pair.before, pair.after)]
    return said[0] if said[0] == said[1] else f"{said[0]} → {said[1]}"


def _villages(one: Township) -> str:
    return str(len(one.villages))


def _guidance(one: Township) -> str:
    """The verdict, and the share it is made from: 达到（80.0%）."""
    if one.guidance_met is None:
        return _("不评")
    words = {"said": _("达到") if one.guidance_met else _("未达到"), "share": one.young_share.percent()}
    return _("%(said)s（%(share)s）") % words
