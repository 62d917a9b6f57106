"""Small random histories of a county: everything that moves a figure of the ledger, on the days at which it could be counted wrong.

The same seed gives the same history on every database.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import pairwise
from random import Random
from typing import Any

from tests.ledger.rows import Spot, membership, put, write_case, write_tree, write_units, writing
from yumiao.admission.models import CaseEnd, StepDetail, StepRecord
from yumiao.journal.acts import Act
from yumiao.journal.bulk import new_ids
from yumiao.journal.facts import ALIVE, Fact
from yumiao.kernel.ages import birth_number
from yumiao.kernel.periods import BEGIN, FOREVER
from yumiao.people.models import Attribution, Belonging, Membership, MembershipState, Person, PersonRecord
from yumiao.talent.models import Talent
from yumiao.units.models import Placement, UnitRecord

DAYS = (
    date(1949, 10, 1), date(2023, 12, 31), date(2024, 2, 28), date(2024, 2, 29), date(2024, 12, 31), date(2025, 1, 1),
    date(2025, 2, 28), date(2025, 3, 1), date(2025, 12, 31), date(2026, 1, 1), date(2026, 2, 28), date(2026, 6, 30),
    date(2026, 7, 1), date(2026, 12, 31), date(2028, 2, 29),
)  # fmt: skip
EDGES = DAYS[1:]
KINDS = {
    "1": "县委",
    "1.9": "机关党支部",
    "1.1": "乡镇党委",
    "1.1.1": "村党支部",
    "1.1.2": "村党总支",
    "1.1.2.1": "村党支部",
    "1.1.2.2": "村党支部",
    "1.1.3": "村党支部",
    "1.1.9": "学校党支部",
    "1.2": "街道党工委",
    "1.2.1": "社区党委",
    "1.2.1.1": "社区党支部",
    "1.2.2": "村党支部",
    "1.3": "乡镇党委",
}
PEOPLE = 30
CORRECTIONS = 3
EDUCATIONS = ("小学及以下", "初中", "高中", "大专", "本科", "")
BIRTHS = (date(1988, 2, 29), date(1992, 2, 29), date(1964, 2, 29), date(1965, 12, 31), date(1990, 1, 1), None)
CORRECTED = (Membership, MembershipState, Attribution, StepRecord, StepDetail, CaseEnd, Talent)


@dataclass
class History:
    """Writes one history act by act; `spots` is the tree as last written."""

    seed: int
    size: int = PEOPLE
    random: Random = field(init=False)
    units: dict[str, int] = field(default_factory=dict)
    people: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.random = Random(self.seed)

    def write(self) -> None:
        with writing() as current:
            self.units = write_units(current, KINDS, self.spots())
            for _ in range(self.size):
                self.people.append(self.somebody(current))
        for _ in range(CORRECTIONS):
            with writing() as current:
                self.correct(current)

    def spots(self) -> list[Spot]:
        """A village changes its township, and another one is merged into its neighbour."""
        moved_on, merged_on = self.day(), self.day()
        spots = [Spot(code, code.rpartition(".")[0] or None) for code in KINDS if code not in ("1.1.2", "1.1.3")]
        moved = [
            Spot("1.1.2", "1.1", until=moved_on),
            Spot("1.1.2", self.random.choice(("1.2", "1.3")), since=moved_on),
        ]
        return [*spots, *moved, Spot("1.1.3", "1.1", until=merged_on)]

    def somebody(self, current: Act) -> int:
        person = new_ids(Person, 1)[0]
        put(current, Person, {"id": person})
        put(current, PersonRecord, *self.records(person))
        put(current, Belonging, *self.belongings(person))
        if self.happens(0.7):
            self.membership(current, person)
        if self.happens(0.4):
            self.case(current, person)
        for category in self.random.sample(Talent.Category.values, self.random.choice((0, 0, 0, 1, 2))):
            since, until = self.span()
            put(current, Talent, {"person_id": person, "category": category, "since": since, "until": until})
        return person

    def records(self, person: int) -> list[dict[str, Any]]:
        """One version of the attributes after another."""
        days = [BEGIN, *self.days(self.random.choice((0, 0, 1))), FOREVER]
        born_on = self.birth()
        return [
            {
                "person_id": person,
                "since": since,
                "until": until,
                "name": "韦禾",
                "sex": self.random.choice("mf"),
                "born_on": born_on,
                "birth_number": birth_number(born_on) if born_on else None,
                "education": self.random.choice(EDUCATIONS),
            }
            for since, until in pairwise(days)
        ]

    def belongings(self, person: int) -> list[dict[str, Any]]:
        first = self.random.choice((BEGIN, BEGIN, self.day()))
        days = [first, *(day for day in self.days(self.random.choice((0, 1, 2))) if day > first), FOREVER]
        return [
            {"person_id": person, "unit_id": self.unit(), "since": since, "until": until}
            for since, until in pairwise(days)
        ]

    def membership(self, current: Act, person: int) -> None:
        first = self.admission(person, cycle=1, after=date(2021, 1, 1))
        rows = [first]
        if first["ended_on"] < FOREVER and self.happens(0.6):
            rows.append(self.admission(person, cycle=2, after=first["ended_on"]))
        put(current, Membership, *rows)
        for row in rows:
            put(current, Attribution, *self.attributions(person, row["cycle"]))
            for state in self.random.sample(MembershipState.State.values[:2], self.random.choice((0, 0, 1, 2))):
                since, until = self.span()
                put(
                    current,
                    MembershipState,
                    {"person_id": person, "cycle": row["cycle"], "state": state, "since": since, "until": until},
                )

    def admission(self, person: int, *, cycle: int, after: date) -> dict[str, Any]:
        on = max(self.day(), after)
        approved_on = self.random.choice((on, on, on, max(on, self.day()), max(on, self.day()), FOREVER))
        return membership(
            person,
            on,
            None,
            cycle=cycle,
            approved_on=approved_on,
            full_member_on=self.random.choice((FOREVER, on, max(on, self.day()))),
            ended_on=self.random.choice((FOREVER, FOREVER, max(on + timedelta(days=1), self.day()))),
            age_years=self.random.choice((None, 18, 35, 36, 50)),
        )

    def attributions(self, person: int, cycle: int) -> list[dict[str, Any]]:
        """Counted for a unit, then for its successor or for none."""
        row = {"person_id": person, "cycle": cycle, "reason": Attribution.Reason.ADMITTED}
        day = self.day()
        whole = [{**row, "unit_id": self.unit()}]
        closed = [{**row, "unit_id": self.unit(), "until": day}]
        passed_on = {**row, "unit_id": self.unit(), "since": day, "reason": Attribution.Reason.MERGED}
        return self.random.choice((whole, whole, closed, [*closed, passed_on], []))

    def case(self, current: Act, person: int) -> None:
        ways: tuple[tuple[int, ...], ...] = (
            (), (1,), (1, 3), (1, 3, 8), (3,), (1, 3, 8, 15), (2,), (1, 3, 8, 15, 17), (1, 3, 8, 15, 16), (8,), (15, 17),
        )  # fmt: skip
        steps = self.random.choice(ways)
        case = write_case(current, person, dict(zip(steps, sorted(self.day() for _ in steps), strict=True)))
        for step in steps:
            if step in (8, 15, 16, 17) and self.happens(0.4):
                outcome = self.random.choice(("failed", "failed", "passed", ""))
                put(current, StepDetail, {"case_id": case, "step": step, "outcome": outcome})
        if self.happens(0.3):
            put(current, CaseEnd, {"case_id": case, "ended_on": self.day(), "how": CaseEnd.How.STOPPED})

    def correct(self, current: Act) -> None:
        """Take rows back, write some of them anew, and sometimes the whole tree."""
        for model in CORRECTED:
            for row in self.some(model):
                current.strike(model, [row.pk])
                if model is Membership:
                    self.readmit(current, row)
        for person in self.random.sample(self.people, 3):
            self.replace(current, PersonRecord, person, self.records(person))
            self.replace(current, Belonging, person, self.belongings(person))
        if self.happens(0.4):
            for model in (UnitRecord, Placement):
                current.strike(model, model.objects.alive().values_list("pk", flat=True))
            write_tree(current, self.units, KINDS, self.spots())

    def readmit(self, current: Act, row: Membership) -> None:
        """Write a membership with other dates, unless they could run into those of the person's other one."""
        if not Membership.objects.alive().filter(person_id=row.person_id).exists():
            put(current, Membership, self.admission(row.person_id, cycle=row.cycle, after=date(2021, 1, 1)))

    def replace(self, current: Act, model: type[Fact], person: int, rows: list[dict[str, Any]]) -> None:
        known = model._default_manager.filter(person_id=person, struck=ALIVE)
        current.strike(model, known.values_list("pk", flat=True))
        put(current, model, *rows)

    def some(self, model: type[Any]) -> list[Any]:
        rows = list(model.objects.alive().order_by("pk"))
        return self.random.sample(rows, min(2, len(rows)))

    def happens(self, probability: float) -> bool:
        return self.random.random() < probability

    def day(self) -> date:
        """An edge, the day before or after it, or any day."""
        edge = self.random.choice(EDGES)
        near = edge + timedelta(days=self.random.choice((-1, 0, 0, 1)))
        return self.random.choice((near, near, date(2022, 1, 1) + timedelta(days=self.random.randrange(1826))))

    def days(self, count: int) -> list[date]:
        return sorted({self.day() for _ in range(count)})

    def span(self) -> tuple[date, date]:
        since, until = sorted((self.day(), self.day()))
        return since, max(until, since + timedelta(days=1)) if self.happens(0.6) else FOREVER

    def birth(self) -> date | None:
        any_day = date(1940, 1, 1) + timedelta(days=self.random.randrange(24_000))
        return self.random.choice((*BIRTHS, any_day, any_day, any_day, any_day))

    def unit(self) -> int:
        return self.units[self.random.choice(list(KINDS))]
