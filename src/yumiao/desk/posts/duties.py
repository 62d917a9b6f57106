"""What terms and posts leave to be done in a subtree: elections six months ahead, posts to be ended, branches to be looked at.

Terms that nobody has recorded are no duty: a county begins without them. Must not know: the reader, the page.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Final
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from yumiao.desk.posts.asked import STRUCTURE, Held
from yumiao.desk.posts.lists import hints_of, is_due
from yumiao.kernel.duties import Duty
from yumiao.kernel.scope import Scope
from yumiao.ledger.lines import Counts
from yumiao.posts.queries import KnownPost, KnownTerm, lapsed, open_posts, open_terms, titles_by_unit
from yumiao.posts.rules import ORG_04, POS_03, POS_05, TermState
from yumiao.ui.addresses import reverse
from yumiao.units.queries import Tree, UnitOnDay

FEW: Final = 3


def post_duties(unit: UnitOnDay, tree: Tree, sums: dict[str, Counts], day: date, *, names_people: bool) -> list[Duty]:
    """Everything that terms and posts of the subtree of `unit` leave to be done; four queries."""
    scope = Scope((unit.subtree,), day)
    posts = open_posts(scope)
    page = "unit_posts" if names_people else "unit"
    found = list(_elections(unit, tree, open_terms(scope), day, page))
    if names_people:
        found += _posts(unit, tree, posts, day)
    return [*found, *_structure(unit, tree, posts, sums, day, page)]


def _elections(unit: UnitOnDay, tree: Tree, terms: dict[int, KnownTerm], day: date, page: str) -> Iterator[Duty]:
    """Overdue ones and those within six months apart, each a line or a line of all."""
    many = {
        TermState.OVERDUE: _("%(count)s 个组织已届满未换届"),
        TermState.SOON: _("%(count)s 个组织六个月内届满，须换届"),
    }
    for state, text in many.items():
        due = sorted((one for one in terms.values() if one.state(day) is state), key=lambda one: one.ends_on)
        due = [one for one in due if one.unit in tree.by_id]
        if len(due) > FEW:
            yield _many(
                ORG_04.id, text, due[0].ends_on, unit, [tree.by_id[one.unit] for one in due], "terms", state=state
            )
            continue
        one_text = _("%(unit)s 届满未换届") if state is TermState.OVERDUE else _("%(unit)s 届满，须换届")
        for one in due:
            at = tree.by_id[one.unit]
            link = reverse(page, args=[at.code])
            yield Duty(ORG_04.id, one_text % {"unit": at.name}, _above(at, tree), one.ends_on, "", link)


def _posts(unit: UnitOnDay, tree: Tree, posts: Sequence[KnownPost], day: date) -> Iterator[Duty]:
    gone = lapsed(posts, day)
    ended = [one for one in posts if one.uid in gone]
    yield from _of_posts(
        POS_05.id, _("%(count)s 个职务须办理免职"), ended, unit, tree, [day] * len(ended), held=Held.LAPSED
    )
    due = sorted((one for one in posts if is_due(one, day)), key=lambda one: one.due_on or day)
    days = [one.due_on or day for one in due]
    yield from _of_posts(POS_03.id, _("%(count)s 名选派干部期满"), due, unit, tree, days, held=Held.SOON)


def _of_posts(
    rule: str,
    many: str,
    posts: Sequence[KnownPost],
    unit: UnitOnDay,
    tree: Tree,
    days: Sequence[date],
    *,
    held: Held,
) -> Iterator[Duty]:
    if len(posts) > FEW:
        units = [tree.by_id[one.unit] for one in posts if one.unit in tree.by_id]
        yield _many(rule, many, min(days), unit, units, "posts", held=held)
        return
    for one, on in zip(posts, days, strict=True):
        at = tree.by_id[one.unit]
        said = _("%(unit)s的%(title)s须办理免职") if held is Held.LAPSED else _("%(unit)s的%(title)s期满")
        title = said % {"unit": at.name, "title": one.title.label}
        yield Duty(rule, title, _above(at, tree), on, "", reverse("unit_posts", args=[at.code]))


def _structure(
    unit: UnitOnDay, tree: Tree, posts: Sequence[KnownPost], sums: dict[str, Counts], day: date, page: str
) -> Iterator[Duty]:
    """EDGE-23: nothing is changed by itself; by the end of the year somebody has looked at it."""
    titles, due_on = titles_by_unit(posts), date(day.year, 12, 31)
    advised = []
    for one in tree:
        if unit.subtree.covers(one.path):
            hints = hints_of(one, sums.get(one.path, Counts()), titles.get(one.id, []))
            advised += [(one, hints)] if hints else []
    if len(advised) > FEW:
        text = _("%(count)s 个支部的设置须研究")
        yield _many(
            advised[0][1][0].rule, text, due_on, unit, [one for one, _hints in advised], "terms", state=STRUCTURE
        )
        return
    for one, hints in advised:
        link = reverse(page, args=[one.code])
        title = _("%(unit)s 的设置须研究") % {"unit": one.name}
        yield Duty(hints[0].rule, title, _above(one, tree), due_on, hints[0].text, link)


def _many(
    rule: str, text: str, due_on: date, unit: UnitOnDay, units: Sequence[UnitOnDay], page: str, **query: str
) -> Duty:
    first = _("、").join(one.name for one in units[:FEW])
    link = f"{reverse(page)}?{urlencode({'unit': unit.code, **query})}"
    return Duty(rule, text % {"count": len(units)}, _("%(units)s 等") % {"units": first}, due_on, "", link)


def _above(unit: UnitOnDay, tree: Tree) -> str:
    above = tree.by_id.get(unit.township or 0)
    return above.name if above is not None and above.id != unit.id else ""
