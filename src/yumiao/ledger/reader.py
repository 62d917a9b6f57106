"""An explanation as one reader may see it: the unit must be his, and of the people only those he may read have a name.

Must not know: pages. What is explained comes from `explanation`.
"""

from __future__ import annotations

from datetime import date

from yumiao.access.permissions import Permission
from yumiao.access.readers import Reader, tree_of
from yumiao.kernel.objections import OutOfScope
from yumiao.ledger.explanation import Explanation, explain_in, explained
from yumiao.ledger.memory import ledger_of, roots_on
from yumiao.people.models import Belonging
from yumiao.units.queries import UnitOnDay


def explanation_for(reader: Reader, code: str, day: date) -> Explanation:
    """The reasons for `code` on `day`. Raises `OutOfScope` where there is no such unit, it stands in no line, or it is not the reader's."""
    units = tree_of(day, reader.head)
    unit = explained(units, code)
    if not _is_his(reader, unit, day):
        raise OutOfScope(f"没有代码为 {code} 的组织。")
    within = units.by_id[unit.township or unit.id].subtree
    return explain_in(unit, units, ledger_of(day, reader.head, within))


def _is_his(reader: Reader, unit: UnitOnDay, day: date) -> bool:
    """Rights stand on today's tree; a unit that no longer stands is his whose unit it stood under."""
    scope, now = reader.scope(Permission.LEDGER_READ), reader.tree.by_id.get(unit.id)
    if now is not None:
        return scope.covers(now.path)
    return any(root.covers(unit.path) for root in roots_on(reader, scope, day))


def people_in_sight(reader: Reader, said: Explanation) -> frozenset[int]:
    """Who of the people in an explanation stands today where the reader may read people; the others are shown without a name."""
    if not reader.may(Permission.PERSON_READ):
        return frozenset()
    people = {one.person.id for line in said.lines for one in (*line.counted, *line.not_counted)}
    scope, units = reader.scope(Permission.PERSON_READ), reader.tree.by_id
    stands = Belonging.objects.on(reader.today).filter(person__in=people).values_list("person_id", "unit_id")
    return frozenset(person for person, unit in stands if unit in units and scope.covers(units[unit].path))
