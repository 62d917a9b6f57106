"""A county with people of every kind for tests of reforms, and a whole look at what a ledger says of a day. All people are invented."""

from __future__ import annotations

import random
from datetime import date
from typing import Any

from tests.ledger.rows import Spot, membership, put, write_case, write_person, write_units, writing
from yumiao.desk.reforms.plan import Reforming
from yumiao.journal.acts import Actor, last
from yumiao.kernel.periods import FOREVER
from yumiao.kernel.scope import EVERYTHING, Scope
from yumiao.ledger.models import Quota
from yumiao.ledger.queries import ledger
from yumiao.people.models import Attribution, Belonging, Membership, Person
from yumiao.units.changes import Step
from yumiao.units.queries import tree
from yumiao.units.reforming import Paper

TODAY = date(2026, 10, 31)
DAY = date(2026, 10, 1)
CLERK = Actor(uid=None, label="青岚县委组织部 韦小禾")
PAPER = Paper("并村方案", "青岚组发〔2026〕12号", date(2026, 9, 20), DAY)
ALL = Scope((EVERYTHING,), TODAY)
KINDS = {
    "0": "县委",
    "0.1": "乡镇党委",
    "0.2": "乡镇党委",
    "0.1.1": "村党支部",
    "0.1.2": "村党支部",
    "0.1.3": "社区党支部",
    "0.2.1": "村党支部",
    "0.2.2": "村党支部",
    "0.2.3": "村党支部",
}
VILLAGES = [code for code in KINDS if code.count(".") == 2]


def county(seed: int, people: int = 40) -> dict[str, int]:
    """Two townships, six villages, `people` applicants, activists and members of several years. Returns unit ids by code."""
    rng = random.Random(seed)
    with writing() as current:
        ids = write_units(current, KINDS, [Spot(code, code.rpartition(".")[0] or None) for code in KINDS])
        for place in range(people):
            _somebody(current, rng, [ids[code] for code in VILLAGES], place)
        for code in rng.sample(VILLAGES, 4):
            put(current, Quota, {"unit_id": ids[code], "year": 2026, "planned": rng.randint(0, 4), "young": 1})
    return ids


def _somebody(current: Any, rng: random.Random, units: list[int], place: int) -> None:
    unit = rng.choice(units)
    born_on = date(rng.randint(1940, 2004), rng.randint(1, 12), rng.randint(1, 28))
    person = write_person(current, unit, born_on=born_on, sex=rng.choice("mf"), name=f"韦禾{place}")
    if rng.random() < 0.3:
        write_case(current, person, {1: date(2025, 3, 1), **({3: date(2025, 9, 1)} if rng.random() < 0.7 else {})})
        return
    admitted = date(rng.choice((2000, 2023, 2024, 2025, 2026)), rng.randint(1, 9), rng.randint(1, 28))
    put(current, Membership, membership(person, admitted, born_on))
    counts_for = unit if rng.random() < 0.8 else rng.choice(units)
    put(current, Attribution, {"person_id": person, "unit_id": counts_for, "reason": "admitted", "since": admitted})


def plan(*steps: Step, assigned: dict[int, str] | None = None) -> Reforming:
    """A reform; `assigned` by persons' ids."""
    uids = dict(Person.objects.filter(id__in=list(assigned or {})).values_list("id", "uid"))
    return Reforming(steps, {uids[person]: code for person, code in (assigned or {}).items()})


def people_of(unit: int) -> list[int]:
    return list(Belonging.objects.open().filter(unit=unit).order_by("person_id").values_list("person_id", flat=True))


def said(day: date, known: int | None = None) -> dict[str, Any]:
    """Everything the ledger of a day says, townships and villages with their names."""
    found = ledger(day, known=known)
    return {
        "document": found.as_json(),
        "villages": {one.unit.code: one.as_json() for one in found.villages},
        "townships": {one.unit.code: one.as_json() | one.details() for one in found.townships},
        "names": {unit.code: (unit.name, unit.path) for unit in tree(day, known=known)},
        "total": found.total,
    }


def standing_rows() -> dict[str, set[tuple[Any, ...]]]:
    """Who stands where and what counts where, without end, as known now."""
    return {
        "people": set(Belonging.objects.open().values_list("person_id", "unit_id")),
        "admissions": set(Attribution.objects.open().values_list("person_id", "cycle", "unit_id", "since")),
    }


def head() -> Any:
    return last()


__all__ = [
    "ALL",
    "CLERK",
    "DAY",
    "FOREVER",
    "PAPER",
    "TODAY",
    "VILLAGES",
    "county",
    "head",
    "people_of",
    "plan",
    "said",
]
