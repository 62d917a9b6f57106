"""A filter and a scope as conditions of SQL: portable text, values apart. The same definitions of who counts as in `ledger/lines.sql`.

Must not know: pages, the order of rows.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from django.db import connection

from yumiao.bylaws.rules import Settings
from yumiao.desk.people.filters import JUNIOR, SCHOOLINGS, UNKNOWN, UNLISTED, UNSAID, Filter, Kind
from yumiao.journal.facts import ALIVE
from yumiao.kernel.ages import birth_cut
from yumiao.kernel.scope import Range, Scope
from yumiao.people.codes import JUNIOR_OR_BELOW
from yumiao.people.names import end_of

ALIVE_ROW: Final = f"{{}}.struck = {ALIVE}"  # a literal: partial indexes know it

_MEMBER = (
    "EXISTS (SELECT 1 FROM people_membership m WHERE m.person_id = b.person_id AND m.membership_on <= %(day)s"
    f" AND m.ended_on > %(day)s AND {ALIVE_ROW.format('m')}{{more}} AND NOT EXISTS ("
    "SELECT 1 FROM people_membershipstate s WHERE s.person_id = m.person_id AND s.cycle = m.cycle"
    f" AND s.state = 'suspended' AND s.since <= %(day)s AND s.until > %(day)s AND {ALIVE_ROW.format('s')}))"
)
_CASE = (
    "EXISTS (SELECT 1 FROM admission_case c CROSS JOIN admission_steprecord t WHERE c.person_id = b.person_id"
    f" AND t.case_id = c.id AND t.step IN ({{steps}}) AND t.held_on <= %(day)s AND {ALIVE_ROW.format('t')}"
    " AND NOT EXISTS (SELECT 1 FROM admission_steprecord z WHERE z.case_id = c.id AND z.step = 15"
    f" AND z.held_on <= %(day)s AND {ALIVE_ROW.format('z')})"
    " AND NOT EXISTS (SELECT 1 FROM admission_caseend e WHERE e.case_id = c.id"
    f" AND e.ended_on <= %(day)s AND {ALIVE_ROW.format('e')}))"
)
_TALENT = (
    "EXISTS (SELECT 1 FROM talent_talent l WHERE l.person_id = b.person_id"
    f" AND l.since <= %(day)s AND l.until > %(day)s AND {ALIVE_ROW.format('l')})"
)
_ADMITTED = (
    "r.person_id IN (SELECT m.person_id FROM people_membership m CROSS JOIN people_attribution a"
    " CROSS JOIN units_placement q WHERE m.membership_on >= %(year_first)s AND m.membership_on <= %(year_last)s"
    f" AND m.membership_on <= %(day)s AND m.approved_on <= %(day)s AND {ALIVE_ROW.format('m')}{{more}}"
    " AND a.person_id = m.person_id AND a.cycle = m.cycle AND a.since <= %(day)s AND a.until > %(day)s"
    f" AND {ALIVE_ROW.format('a')} AND q.unit_id = a.unit_id AND q.since <= %(day)s AND q.until > %(day)s"
    f" AND {ALIVE_ROW.format('q')} AND {{within}})"
)
_NAMED = (
    "r.id IN (SELECT n.id FROM people_personrecord n WHERE n.name {ge} %(q)s AND n.name {lt} %(q_end)s"
    f" AND {ALIVE_ROW.format('n')}"
    " UNION SELECT k.record_id FROM people_nametoken k WHERE k.token {ge} %(q)s AND k.token {lt} %(q_end)s)"
)
_KINDS: Final = {
    Kind.MEMBER: _MEMBER.format(more=""),
    Kind.FULL: _MEMBER.format(more=" AND m.full_member_on <= %(day)s"),
    Kind.PROBATIONER: _MEMBER.format(more=" AND m.full_member_on > %(day)s"),
    Kind.APPLICANT: _CASE.format(steps="1, 3, 8"),
    Kind.ACTIVIST: _CASE.format(steps="3, 8"),
    Kind.TARGET: _CASE.format(steps="8"),
    Kind.TALENT: _TALENT,
}


@dataclass(slots=True)
class Conditions:
    """What a list asks: `within` bounds the paths, `where` the rest, each term after an AND.

    `on_record`: whether some term looks at the record, `is_narrow`: whether one of them names the few people there can be.
    """

    scope: Scope
    ranges: tuple[Range, ...]
    within: str = ""
    where: str = ""
    values: dict[str, Any] = field(default_factory=dict)
    on_record: bool = False
    is_narrow: bool = False

    @property
    def day(self) -> date:
        return self.scope.day

    def ask(self, term: str, **values: Any) -> None:
        self.where += f" AND {term}"
        self.values |= values
        self.on_record = self.on_record or "r." in term


def conditions(asked: Filter, scope: Scope, settings: Settings, *, unit: Range | None = None) -> Conditions:
    """The conditions of `asked` within `scope`, on the day of the scope; `unit` is the subtree that `asked.unit` names.

    With `admitted` the unit is the one an admission counts for; the person may stand elsewhere in the scope today.
    """
    within_unit = tuple(cut for root in scope.roots if (cut := _cut(root, unit)))
    made = Conditions(scope, scope.roots if asked.admitted else within_unit, values={"day": scope.day})
    if not made.ranges:
        return made
    made.within = _within("p", made.ranges, "at", made.values)
    if asked.kind is not Kind.EVERYBODY:
        made.ask(_KINDS[asked.kind])
    if asked.admitted is not None:
        _ask_admitted(made, asked, within_unit, settings)
    elif asked.young:
        made.ask("r.birth_number > %(young)s", young=_cut_of(settings.young_max_age, made, settings))
    if asked.q:
        ge, lt = ("~>=~", "~<~") if connection.vendor == "postgresql" else (">=", "<")
        made.ask(_NAMED.format(ge=ge, lt=lt), q=asked.q, q_end=end_of(asked.q))
    _ask_record(made, asked, settings)
    made.is_narrow = asked.admitted is not None or bool(asked.q)
    return made


def _cut(root: Range, unit: Range | None) -> Range | None:
    """What a subtree and a root have in common; None if nothing."""
    if unit is None:
        return root
    both = Range(max(root.lo, unit.lo), min(root.hi, unit.hi))
    return both if both.lo < both.hi else None


def _within(row: str, ranges: tuple[Range, ...], name: str, values: dict[str, Any]) -> str:
    """Paths of `row` in one of the ranges; the outermost bounds stand first, so that an index is walked in order."""
    for place, one in enumerate(ranges):
        values |= {f"{name}_lo{place}": one.lo, f"{name}_hi{place}": one.hi}
    values |= {f"{name}_lo": min(one.lo for one in ranges), f"{name}_hi": max(one.hi for one in ranges)}
    outermost = f"{row}.path >= %({name}_lo)s AND {row}.path < %({name}_hi)s"
    if len(ranges) == 1:
        return outermost
    each = " OR ".join(
        f"({row}.path >= %({name}_lo{place})s AND {row}.path < %({name}_hi{place})s)" for place in range(len(ranges))
    )
    return f"{outermost} AND ({each})"


def _ask_admitted(made: Conditions, asked: Filter, units: tuple[Range, ...], settings: Settings) -> None:
    """Admitted in a year and counted for one of the units; nobody where there is none."""
    if not units or asked.admitted is None:
        made.ask("1 = 0")
        return
    young = ""
    if asked.young:
        young = " AND m.age_years <= %(young_age)s"
        made.values["young_age"] = settings.young_max_age + settings.young_tolerance
    within = _within("q", units, "for", made.values)
    year = asked.admitted
    made.ask(_ADMITTED.format(more=young, within=within), year_first=date(year, 1, 1), year_last=date(year, 12, 31))


def _ask_record(made: Conditions, asked: Filter, settings: Settings) -> None:
    if asked.sex:
        made.ask("r.sex = %(sex)s", sex=asked.sex)
    least, most = asked.ages
    if asked.age == UNKNOWN:
        made.ask("r.birth_number IS NULL")
    if least is not None:
        made.ask("r.birth_number <= %(least)s", least=_cut_of(least - 1, made, settings))
    if most is not None:
        made.ask("r.birth_number > %(most)s", most=_cut_of(most, made, settings))
    if asked.schooling == UNSAID:
        made.ask("r.education = ''")
    elif asked.schooling:
        labels = {JUNIOR: JUNIOR_OR_BELOW, UNLISTED: (*SCHOOLINGS, "")}.get(asked.schooling, (asked.schooling,))
        names = {f"school{place}": label for place, label in enumerate(labels)}
        among = "NOT IN" if asked.schooling == UNLISTED else "IN"
        made.ask(f"r.education {among} ({', '.join(f'%({name})s' for name in names)})", **names)


def _cut_of(age: int, made: Conditions, settings: Settings) -> int:
    return birth_cut(age, made.day, settings.leap_birthday_policy)
