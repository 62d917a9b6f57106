"""A filter and a scope as conditions of SQL: portable text, values apart. The same definitions of who counts as in `ledger/lines.sql`.

Reads no more than how many a name finds. Must not know: pages, the order of rows.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from importlib import resources
from typing import Any, Final

from django.db import connection

from yumiao.bylaws.rules import Settings
from yumiao.desk.people.filters import JUNIOR, SCHOOLINGS, UNKNOWN, UNLISTED, UNSAID, Filter, Kind
from yumiao.desk.people.gaps import TERMS, Gap, listed
from yumiao.journal.facts import ALIVE
from yumiao.kernel.ages import birth_cut
from yumiao.kernel.scope import Range, Scope
from yumiao.people.codes import JUNIOR_OR_BELOW, LISTS
from yumiao.people.names import end_of

MANY: Final = 10_000  # hits beyond which putting them in order takes longer than walking the tree until a page is full
ROOT: Final = 6  # signs in the path of the topmost unit, under which everybody stands
# From and before by bytes whatever the collation; SQLite compares so anyway.
_PLAIN: Final = {"from": ">=", "before": "<"}
_BYTES: Final = {"from": "~>=~", "before": "~<~"}
_KINDS: Final[Mapping[Kind, tuple[str, dict[str, str]]]] = {
    Kind.MEMBER: ("member", {"more": ""}),
    Kind.FULL: ("member", {"more": "AND m.full_member_on <= %(day)s"}),
    Kind.PROBATIONER: ("member", {"more": "AND m.full_member_on > %(day)s"}),
    Kind.APPLICANT: ("case", {"steps": "1, 3, 8"}),
    Kind.ACTIVIST: ("case", {"steps": "3, 8"}),
    Kind.TARGET: ("case", {"steps": "8"}),
    Kind.PENDING: ("pending", {}),
    Kind.TALENT: ("talent", {}),
}


@cache
def _parts() -> dict[str, str]:
    """The parts of `list.sql` by name; "now" is a literal there, for partial indexes know it."""
    text = resources.files(__package__).joinpath("list.sql").read_text(encoding="utf-8")
    text = _alive(text)
    return dict(part.split("\n", 1) for part in re.split(r"^-- name: ", text, flags=re.MULTILINE)[1:])


def _alive(text: str) -> str:
    return re.sub(r"\{alive\((\w)\)\}", rf"\1.struck = {ALIVE}", text)


def part(name: str, **texts: object) -> str:
    """A part of `list.sql` with its braces filled."""
    return _parts()[name].format(**texts).strip()


@dataclass(slots=True)
class Conditions:
    """What a list asks: `within` bounds the paths, `kind` selects what a person must have, `where` is the rest, each term after an AND.

    `on_record`: whether some term looks at the record, `is_narrow`: whether one of them names the few people there can be. `hits`: the
    records a search finds all over the county, where they are many: enough of them are soon counted.
    """

    scope: Scope
    ranges: tuple[Range, ...]
    within: str = ""
    kind: str = ""
    where: str = ""
    values: dict[str, Any] = field(default_factory=dict)
    on_record: bool = False
    is_narrow: bool = False
    hits: str = ""

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
        name, texts = _KINDS[asked.kind]
        made.kind = part(name, **texts)
    if asked.admitted is not None:
        _ask_admitted(made, asked, within_unit, settings)
    elif asked.young:
        made.ask("r.birth_number > %(young)s", young=_cut_of(settings.young_max_age, made, settings))
    made.is_narrow = asked.admitted is not None
    if asked.q:
        _ask_name(made, asked.q)
    _ask_record(made, asked, settings)
    if asked.gap is not None:
        made.ask(gap_term(asked.gap))
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
        young = "AND m.age_years <= %(young_age)s"
        made.values["young_age"] = settings.young_max_age + settings.young_tolerance
    rural = "AND q.village_id IS NOT NULL" if asked.rural else ""
    within = _within("q", units, "for", made.values)
    year = asked.admitted
    made.ask(
        part("admitted", more=f"{young} {rural}", within=within),
        year_first=date(year, 1, 1),
        year_last=date(year, 12, 31),
    )


def _ask_name(made: Conditions, q: str) -> None:
    """By the index of names where it names few; where it names many, by looking at everybody the tree gives."""
    bounds = _BYTES if connection.vendor == "postgresql" else _PLAIN
    hits, made.values = part("hits", **bounds), made.values | {"q": q, "q_end": end_of(q)}
    if made.is_narrow or _are_many(hits, made.values):
        made.ask(part("bears", **bounds))
        made.hits = hits if not made.is_narrow and any(len(one.lo) <= ROOT for one in made.ranges) else ""
    else:
        made.ask(f"r.id IN ({hits})")
        made.is_narrow = True


def _are_many(hits: str, values: dict[str, Any]) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(part("bounded", hits=hits, most=MANY + 1), values)
        return bool(cursor.fetchall()[0][0] > MANY)


def gap_term(gap: Gap) -> str:
    """Who has this to mend, as a term over b and r."""
    texts = {field: listed(field) for field in LISTS}
    for kind in (Kind.MEMBER, Kind.APPLICANT, Kind.TALENT):
        name, more = _KINDS[kind]
        texts[name] = part(name, **more)
    return f"({_alive(TERMS[gap]).format(**texts)})"


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
