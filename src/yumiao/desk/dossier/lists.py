"""The list of cases, on the page and as a file: which there are is asked of the database, where each stands is worked out for those shown.

Must not know: how a file is written.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, Final

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.http import QueryDict
from django.utils.translation import gettext as _

from yumiao.access.permissions import Permission
from yumiao.access.readers import Reader
from yumiao.admission.course import State
from yumiao.admission.editions import EDITIONS, FIRST
from yumiao.admission.models import Case, CaseEdition, CaseEnd, CaseRest, LateEntry, StepRecord
from yumiao.admission.path_2014 import STAGES, STEPS
from yumiao.desk.dossier.standing import Row, rows_in
from yumiao.desk.exports.going import Going, page_of
from yumiao.desk.transfers.lists import units_in
from yumiao.journal.facts import ALIVE
from yumiao.journal.memory import remembered
from yumiao.kernel.resources import Field, Resource
from yumiao.kernel.resources import Kind as Typed
from yumiao.kernel.scope import Scope
from yumiao.people.models import Belonging, NameToken, PersonRecord
from yumiao.people.names import LONGEST, plain
from yumiao.units.queries import UnitOnDay

SIZE: Final = 50
KEYS: Final = ("place", "name", "id")
LAST_STEP: Final = 25
RESOURCE: Final = Resource(
    "cases",
    "发展党员办理情况表",
    (
        Field("name", "姓名", width=13),
        Field("unit_name", "党支部", width=24),
        Field("stage", "阶段", width=26),
        Field("stands", "已办到", width=22),
        Field("next", "下一步", width=22),
        Field("level", "由谁办理", width=12),
        Field("earliest", "最早日期", Typed.DAY, width=11),
        Field("due_on", "期限", Typed.DAY, width=11),
        Field("flags", "提示", width=20),
        Field("edition", "程序版本", width=28),
    ),
)


class Which(StrEnum):
    """How a case may stand, as the address names it."""

    NOW = "now"
    OVERDUE = "overdue"
    WAITING = "waiting"
    RESTING = "resting"
    ENDED = "ended"
    ARCHIVED = "archived"

    @property
    def label(self) -> str:
        return {
            "now": _("现在可以办理"), "overdue": _("已超期限"), "waiting": _("补录待确认"), "resting": _("暂停办理"),
            "ended": _("已结束"), "archived": _("已归档"),
        }[self.value]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Asked:
    """What the address of a list asks for; what it does not know it leaves out."""

    unit: str = ""
    stage: int | None = None
    which: Which | None = None
    edition: str = ""
    q: str = ""

    @classmethod
    def parsed(cls, get: QueryDict) -> Asked:
        stage, which, edition = get.get("stage", ""), get.get("state", ""), get.get("edition", "")
        return cls(
            unit=get.get("unit", "").strip(),
            stage=int(stage) if stage in {str(one.number) for one in STAGES} else None,
            which=Which(which) if which in list(Which) else None,
            edition=edition if edition in EDITIONS else "",
            q=plain(get.get("q", "")[:LONGEST]),
        )

    def place(self, reader: Reader) -> UnitOnDay | None:
        """The unit it asks for, where the reader reaches it."""
        found = reader.tree.by_code.get(self.unit)
        return found if found is not None and reader.may_at(Permission.PERSON_READ, found) else None

    def words(self, reader: Reader) -> list[str]:
        """The conditions in words."""
        unit = self.place(reader)
        return [
            *([unit.name] if unit else []),
            *([STAGES[self.stage - 1].title] if self.stage else []),
            *([self.which.label] if self.which else []),
            *([EDITIONS[self.edition].title] if self.edition else []),
            *([_("姓名含“%(q)s”") % {"q": self.q}] if self.q else []),
        ]


def begun() -> Q:
    """Cases that have a step or a late entry; others were taken back with what opened them."""
    return Q(Exists(StepRecord.objects.alive().filter(case=OuterRef("pk")))) | Q(
        Exists(LateEntry.objects.alive().filter(case=OuterRef("pk")))
    )


def last_case_of(person: int) -> uuid.UUID | None:
    """The latest case of somebody; None without one."""
    return Case.objects.filter(begun(), person=person).order_by("-pk").values_list("uid", flat=True).first()


def is_over(day: date) -> Q:
    """Cases that have ended by a day or are archived."""
    archived = StepRecord.objects.alive().filter(case=OuterRef("pk"), step=LAST_STEP)
    return Q(Exists(CaseEnd.objects.alive().filter(case=OuterRef("pk"), ended_on__lte=day))) | Q(Exists(archived))


def cases_in(scope: Scope) -> QuerySet[Case]:
    """Every case of whoever stands in a scope, with the path of his unit as `place` and his `name`."""
    within = Belonging.objects.open().filter(unit__in=units_in(scope))
    path = Belonging.objects.open().filter(
        person=OuterRef("person"),
        unit__placements__struck=ALIVE,
        unit__placements__since__lte=scope.day,
        unit__placements__until__gt=scope.day,
    )
    names = PersonRecord.objects.open().filter(person=OuterRef("person"))
    return Case.objects.filter(begun(), person__in=within.values("person")).annotate(
        place=Coalesce(Subquery(path.values("unit__placements__path")[:1]), Value("")),
        name=Coalesce(Subquery(names.values("name")[:1]), Value("")),
    )


def open_cases_in(scope: Scope) -> QuerySet[Case]:
    """Those of them that go on."""
    return cases_in(scope).exclude(is_over(scope.day))


def cases_of(reader: Reader, asked: Asked) -> QuerySet[Case]:
    """What is asked for, within the reader's reach."""
    unit, scope = asked.place(reader), reader.scope(Permission.PERSON_READ)
    if unit is not None:
        scope = Scope((unit.subtree,), reader.today)
    rows = _standing(reader, scope, asked.which)
    if asked.stage:
        last = StepRecord.objects.alive().filter(case=OuterRef("pk")).order_by("-step").values("step")[:1]
        steps = [one.number for one in STEPS if one.stage == asked.stage]
        least = 0 if asked.stage == 1 else min(steps)
        rows = rows.annotate(reached=Coalesce(Subquery(last), Value(0)))
        rows = rows.filter(reached__gte=least, reached__lte=max(steps))
    if asked.edition:
        said = CaseEdition.objects.alive().filter(case=OuterRef("pk"))
        stated = Exists(said.filter(edition=asked.edition))
        rows = rows.filter(stated | ~Exists(said) if asked.edition == FIRST else stated)
    if asked.q:
        borne = NameToken.objects.filter(token__startswith=asked.q, record__struck=ALIVE)
        rows = rows.filter(Q(name__contains=asked.q) | Q(person__in=borne.values("record__person")))
    return rows


def _standing(reader: Reader, scope: Scope, which: Which | None) -> QuerySet[Case]:
    """Those that stand so; the open ones where nothing is asked."""
    day = reader.today
    if which is Which.ENDED:
        return cases_in(scope).filter(Exists(CaseEnd.objects.alive().filter(case=OuterRef("pk"), ended_on__lte=day)))
    if which is Which.ARCHIVED:
        return cases_in(scope).filter(Exists(StepRecord.objects.alive().filter(case=OuterRef("pk"), step=LAST_STEP)))
    rows = open_cases_in(scope)
    if which is Which.WAITING:
        return rows.filter(Exists(LateEntry.objects.alive().filter(case=OuterRef("pk"))))
    if which is Which.RESTING:
        return rows.filter(Exists(CaseRest.objects.on(day).filter(case=OuterRef("pk"))))
    if which in (Which.NOW, Which.OVERDUE):
        return rows.filter(pk__in=ids_by_state(reader, scope)[which])
    return rows


def ids_by_state(reader: Reader, scope: Scope) -> Mapping[Which, tuple[int, ...]]:
    """The cases of a scope where something can be done today, and those where a day was missed; from memory while nothing changes."""
    return remembered("case_states", reader.head, scope.roots, scope.day, make=lambda: _by_state(reader, scope))


def _by_state(reader: Reader, scope: Scope) -> Mapping[Which, tuple[int, ...]]:
    rows = rows_in(open_cases_in(scope), reader)
    now = [row for row in rows if any(one.state is State.NOW for one in row.course.steps)]
    late = [row for row in rows if row.overdue]
    return {
        Which.NOW: tuple(row.read.around.case for row in now),
        Which.OVERDUE: tuple(row.read.around.case for row in late),
    }


def going(reader: Reader, get: QueryDict) -> Going:
    """The list as it goes out."""
    asked = Asked.parsed(get)
    rows = cases_of(reader, asked).order_by(*KEYS)
    return Going(
        resource=RESOURCE,
        title=RESOURCE.title,
        unit=asked.place(reader) or reader.home,
        day=reader.today,
        conditions=asked.words(reader),
        count=rows.count(),
        is_of_people=True,
        rows=lambda most: [values_of(one) for one in rows_in(rows[:most], reader)],
        back=page_of("cases", get),
    )


def values_of(row: Row) -> dict[str, Any]:
    """A case by the keys of `RESOURCE`."""
    ahead = row.next
    return {
        "name": row.name,
        "unit_name": row.unit.name if row.unit else None,
        "stage": row.stage,
        "stands": row.stands,
        "next": ahead.step.label if ahead else None,
        "level": ahead.step.level.label if ahead else None,
        "earliest": ahead.earliest if ahead else None,
        "due_on": ahead.due.on if ahead and ahead.due else None,
        "flags": "、".join(words for _kind, words in row.flags) or None,
        "edition": row.read.file.path.title,
    }
