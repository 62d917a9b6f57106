"""What happened, or was recorded, between two moments of the record, by the unit and the kind of figure it concerns.

A moment is a day as known at an entry. What held of somebody at both moments is compared: people are looked at of whom a fact was
entered or struck in between, or has a date in between. Must not know: issues, names, pages.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, Final

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from yumiao.admission.models import CaseEnd, StepRecord
from yumiao.bylaws.models import Setting
from yumiao.journal.facts import ALIVE, Fact
from yumiao.ledger.difference_figures import Group
from yumiao.ledger.models import Quota
from yumiao.ledger.plans import plans_on
from yumiao.people.models import Attribution, Belonging, Membership, MembershipState, PersonRecord
from yumiao.units.models import Placement, Succession, UnitRecord, ZonePlace
from yumiao.units.queries import Tree, tree

BLOCK: Final = 900  # SQLite's bound on parameters of one statement


class Why(StrEnum):
    """Why a figure differs."""

    ADMITTED = "admitted"
    APPROVED = "approved"
    CONFIRMED = "confirmed"
    LEFT = "left"
    MOVED = "moved"
    STATE = "state"
    ATTRIBUTES = "attributes"
    CULTIVATED = "cultivated"
    LATE = "late"
    CORRECTED = "corrected"
    TREE = "tree"
    PLAN = "plan"
    SETTING = "setting"
    TIME = "time"
    UNCLASSIFIED = "unclassified"

    @property
    def label(self) -> str:
        return {
            "admitted": _("新发展党员"),
            "approved": _("审批通过"),
            "confirmed": _("转为正式党员"),
            "left": _("党员减少"),
            "moved": _("组织关系变动"),
            "state": _("党籍状态变动"),
            "attributes": _("人员资料变动"),
            "cultivated": _("培养进展"),
            "late": _("补录"),
            "corrected": _("更正"),
            "tree": _("组织调整"),
            "plan": _("计划下达或调整"),
            "setting": _("参数调整"),
            "time": _("时间推移（年龄、年度和统计期间）"),
            "unclassified": _("依据未能归类"),
        }[self.value]


@dataclass(frozen=True, slots=True)
class Cause:
    """One reason; `person` is an id, `on` the day of the event, `seq` the entry that recorded it late or corrected it."""

    why: Why
    person: int | None = None
    on: date | None = None
    seq: int | None = None
    text: str = ""


@dataclass(frozen=True, slots=True)
class Moment:
    """A day, as known at an entry."""

    day: date
    known: int


Found = dict[tuple[str, Group], list[Cause]]
Said = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class _Source:
    """A table: which of its columns the ledger counts, its dates, whose figures it touches, how a row of it is told."""

    model: type[Fact]
    person: str
    columns: tuple[str, ...]
    dates: tuple[str, ...]
    groups: tuple[Group, ...]
    why: Why
    begins: str = "since"
    ends: str = "until"


_SOURCES: Final = (
    _Source(
        Membership, "person_id", ("cycle", "membership_on", "ended_on"), ("membership_on", "ended_on"), (Group.STOCK,),
        Why.ADMITTED, begins="membership_on", ends="",
    ),
    _Source(
        Membership, "person_id", ("cycle", "membership_on", "approved_on", "age_years"), ("membership_on", "approved_on"),
        (Group.ADMISSIONS,), Why.ADMITTED, begins="membership_on", ends="",
    ),
    _Source(
        Membership, "person_id", ("cycle", "full_member_on"), ("full_member_on",), (Group.ATTRIBUTES,), Why.CONFIRMED,
        begins="membership_on", ends="",
    ),
    _Source(Attribution, "person_id", ("cycle", "unit_id"), ("since", "until"), (Group.ADMISSIONS,), Why.MOVED),
    _Source(Belonging, "person_id", ("unit_id",), ("since", "until"), (Group.STOCK, Group.CULTIVATION), Why.MOVED),
    _Source(MembershipState, "person_id", ("cycle", "state"), ("since", "until"), (Group.STOCK,), Why.STATE),
    _Source(
        PersonRecord, "person_id", ("sex", "birth_number", "education"), ("since", "until"), (Group.ATTRIBUTES,),
        Why.ATTRIBUTES,
    ),
    _Source(
        StepRecord, "case__person_id", ("case_id", "step", "occurrence", "held_on"), ("held_on",), (Group.CULTIVATION,),
        Why.CULTIVATED, begins="held_on", ends="",
    ),
    _Source(
        CaseEnd, "case__person_id", ("case_id", "ended_on", "how"), ("ended_on",), (Group.CULTIVATION,), Why.CULTIVATED,
        begins="ended_on", ends="",
    ),
)  # fmt: skip


def causes_between(before: Moment, after: Moment) -> Found:
    """Causes by (code of the village or township, kind of figure); a township has those of its villages."""
    trees = tree(before.day, known=before.known), tree(after.day, known=after.known)
    found: Found = defaultdict(list)
    for unit, group, cause in (*_tree_causes(*trees), *_plan_causes(before, after), *_people_causes(before, after)):
        for code in {code for units in trees for code in _rows_of(units, unit)}:
            found[code, group].append(cause)
    return found


def _rows_of(units: Tree, unit: int) -> Iterator[str]:
    """The codes of the rows in which what `unit` has is counted."""
    there = units.by_id.get(unit)
    for row in (there.village, there.township) if there else ():
        if row is not None and row in units.by_id:
            yield units.by_id[row].code


def _tree_causes(before: Tree, after: Tree) -> Iterator[tuple[int, Group, Cause]]:
    for unit in sorted({*before.by_id, *after.by_id}):
        old, new = before.by_id.get(unit), after.by_id.get(unit)
        places = [(one.name, one.kind, one.village, one.township) if one else None for one in (old, new)]
        if places[0] != places[1]:
            one = new or old
            assert one is not None
            yield unit, Group.TREE, Cause(Why.TREE, text=one.name)


def _plan_causes(before: Moment, after: Moment) -> Iterator[tuple[int, Group, Cause]]:
    old, new = (plans_on(moment.day, moment.known) for moment in (before, after))
    for unit in sorted({*old, *new}):
        if old.get(unit) != new.get(unit):
            yield unit, Group.PLAN, Cause(Why.PLAN)


def _people_causes(before: Moment, after: Moment) -> Iterator[tuple[int, Group, Cause]]:
    touched = {source: _touched(source, before, after) for source in _SOURCES}
    everybody = set().union(*touched.values())
    standing = _units(Belonging, everybody, before, after)
    counting = _units(Attribution, everybody, before, after)
    counted = {group: _counted(group, everybody, before, after) for group in (Group.STOCK, Group.CULTIVATION)}
    for source, people in touched.items():
        old, new = (_held(source, people, moment) for moment in (before, after))
        for person in sorted(people):
            if old.get(person) == new.get(person):
                continue
            said = old.get(person, set()), new.get(person, set())
            causes = list(_told(source, *said, before.known != after.known, person, people[person]))
            for group in source.groups:
                if source.model is Belonging and person not in counted[group]:
                    continue
                units = counting if group is Group.ADMISSIONS else standing
                yield from ((unit, group, cause) for unit in units[person] for cause in causes)


def _counted(group: Group, people: Iterable[int], *moments: Moment) -> set[int]:
    """Those whose place matters to the group: members, or people with steps."""
    source = next(one for one in _SOURCES if one.groups == (group,))
    return {person for moment in moments for person in _held(source, people, moment)}


def is_touched(after: int, until: int = ALIVE - 1) -> bool:
    """Whether any fact that a ledger counts was entered or struck by an entry after `after`, up to `until`."""
    models = {source.model for source in _SOURCES} | {Quota, Setting, UnitRecord, Placement, Succession, ZonePlace}
    where = Q(entered__gt=after, entered__lte=until) | Q(struck__gt=after, struck__lte=until)
    return any(model._default_manager.filter(where).exists() for model in models)


def _touched(source: _Source, before: Moment, after: Moment) -> dict[int, int]:
    """People of whom a fact was entered, struck or dated between the moments, each with the last such entry."""
    if before.known != after.known:
        low, high = before.known, after.known
        where = Q(entered__gt=low, entered__lte=high) | Q(struck__gt=low, struck__lte=high)
        rows = source.model._default_manager.filter(where).values_list(source.person, "entered", "struck")
        found: dict[int, int] = {}
        for person, entered, struck in rows:
            seq = struck if struck <= high else entered
            found[person] = max(seq, found.get(person, 0))
        return found
    early, late = sorted((before.day, after.day))
    where = Q()
    for name in source.dates:
        where |= Q(**{f"{name}__gt": early, f"{name}__lte": late})
    known = _known(source.model, after)
    return dict.fromkeys(known.filter(where).values_list(source.person, flat=True), after.known)


def _known(model: type[Fact], moment: Moment) -> QuerySet[Any]:
    return model._default_manager.filter(entered__lte=moment.known, struck__gt=moment.known)


def _held(source: _Source, people: Iterable[int], moment: Moment) -> dict[int, set[Said]]:
    """What the table says of each at the moment; dates after its day are as if they were not known."""
    found: dict[int, set[Said]] = defaultdict(set)
    where = {f"{source.begins}__lte": moment.day} | ({f"{source.ends}__gt": moment.day} if source.ends else {})
    for block in _blocks(people):
        rows = _known(source.model, moment).filter(**where, **{f"{source.person.removesuffix('_id')}__in": block})
        for person, *said in rows.values_list(source.person, *source.columns):
            found[person].add(tuple(_seen(value, moment.day) for value in said))
    return found


def _seen(value: Any, day: date) -> Any:
    return None if isinstance(value, date) and value > day else value


def _units(model: type[Belonging] | type[Attribution], people: Iterable[int], *moments: Moment) -> dict[int, set[int]]:
    """The units of each at either moment."""
    found: dict[int, set[int]] = defaultdict(set)
    people = list(people)
    for moment in moments:
        for block in _blocks(people):
            rows = model._default_manager.filter(entered__lte=moment.known, struck__gt=moment.known, person__in=block)
            held = rows.filter(since__lte=moment.day, until__gt=moment.day)
            for person, unit in held.values_list("person_id", "unit_id"):
                found[person].add(unit)
    return found


def _blocks(people: Iterable[int]) -> Iterator[list[int]]:
    ids = sorted(people)
    for start in range(0, len(ids), BLOCK):
        yield ids[start : start + BLOCK]


def _told(source: _Source, old: set[Said], new: set[Said], is_recorded: bool, person: int, seq: int) -> Iterator[Cause]:
    """The causes one person gives: recorded about the same day by entry `seq`, or happened until another day."""
    if is_recorded:
        yield Cause(Why.CORRECTED if old else Why.LATE, person, seq=seq)
    elif source.model is Attribution and not old:
        return  # begins with the admission, and the membership tells that
    elif not new - old:
        yield Cause(source.why, person)
    else:
        for said in sorted(new - old, key=str):
            yield _happened(source, said, old, person)


def _happened(source: _Source, said: Said, old: set[Said], person: int) -> Cause:
    values = dict(zip(source.columns, said, strict=True))
    days = [value for value in said if isinstance(value, date)]
    if source.why is Why.ADMITTED and values.get("ended_on"):
        return Cause(Why.LEFT, person, values["ended_on"])
    if source.why is Why.ADMITTED and any(row[:2] == said[:2] for row in old):
        return Cause(Why.APPROVED, person, values.get("approved_on"))
    return Cause(source.why, person, days[0] if days else None)
