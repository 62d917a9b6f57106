"""What a change would do, before it is made: status, stock, votes, admissions counted, who would need somebody else. Writes nothing.

Must not know: requests, forms.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from yumiao.access.readers import Reader
from yumiao.desk.membership.deciding import going_on, term_end
from yumiao.desk.membership.life import life_of
from yumiao.desk.people.facts import Facts, lasting
from yumiao.kernel.periods import on_paper
from yumiao.ledger.memory import sums_of
from yumiao.people.models import Tie
from yumiao.people.status import IN_STOCK, VOTING, Change, Status, status_on
from yumiao.people.status_rules import Asked
from yumiao.units.queries import UnitOnDay

FEWEST_FULL = 3  # ORG-01


@dataclass(frozen=True, slots=True)
class Effects:
    """(label, before, after) of what changes, and what is to be thought of."""

    lines: list[tuple[str, str, str]]
    notes: list[str]


def effects(reader: Reader, facts: Facts, change: Change, asked: Asked) -> Effects:
    """As the record stands today."""
    before = status_on(life_of(facts), facts.day)
    after = change.after or before
    unit = reader.tree.by_id.get(facts.unit or 0)
    lines = [(_("状况"), before.label, after.label)]
    if unit is not None:
        lines += _stock(reader, unit, before, after)
    lines.append((_("表决权、选举权和被选举权"), _has(before in VOTING), _has(after in VOTING)))
    if change.uncounts_admission and facts.membership is not None:
        year = facts.membership.membership_on.year
        lines.append((_("发展党员"), _("计入%(year)s年") % {"year": year}, _("%(day)s起不再计入") % _day(asked.on)))
    if (end := term_end(change, facts, asked)) is not None:
        lines.append((_("预备期届满日") if change.key == "probation_extended" else _("期满日"), "", on_paper(end)))
    if going_on(facts) is not None and change.ends_case:
        lines.append((_("发展培养"), _("进行中"), _("结束")))
    return Effects([one for one in lines if one[1] != one[2]], _notes(facts, change, unit, reader, before, after))


def _stock(reader: Reader, unit: UnitOnDay, before: Status, after: Status) -> list[tuple[str, str, str]]:
    found = []
    step = (after in IN_STOCK) - (before in IN_STOCK)
    counted = sums_of(reader.today, reader.head).get(unit.path)
    if step:
        have = counted.members if counted else 0
        label = _("%(unit)s党员人数") % {"unit": unit.name}
        found.append((label, _people(have), _people(have + step)))
    return found


def _notes(
    facts: Facts, change: Change, unit: UnitOnDay | None, reader: Reader, before: Status, after: Status
) -> list[str]:
    found = []
    if after not in VOTING and before in VOTING and unit is not None:
        counted = sums_of(reader.today, reader.head).get(unit.path)
        if counted is not None and counted.full_members - 1 < FEWEST_FULL:
            words = {"unit": unit.name, "count": counted.full_members - 1}
            found.append(_("%(unit)s正式党员将只有 %(count)s 名，不足三名，须与邻近单位联合（ORG-01）。") % words)
    ties = [one for one in lasting(facts.tied, facts.day) if not change.closes]
    if ties and after not in VOTING:
        named = _("、").join(f"{one.name}（{Tie.Kind(one.kind).label}）" for one in ties)
        found.append(_("现在联系着：%(people)s。请另行确定联系人，原有记录保留。") % {"people": named})
    return found


def _has(holds: bool) -> str:
    return _("有") if holds else _("没有")


def _people(count: int) -> str:
    return _("%(count)s 名") % {"count": count}


def _day(on: date) -> dict[str, str]:
    return {"day": on_paper(on)}
