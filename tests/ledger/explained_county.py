"""A small county in which every reason for counting somebody, or for not counting him, occurs once; written as rows of one act."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from yumiao.kernel.ages import birth_number, completed_years
from yumiao.kernel.identity import check_digit
from yumiao.kernel.periods import BEGIN, FOREVER

DAY = date(2026, 10, 31)
ROOT, TOWNSHIP, ELDERS, FIRST_GROUP, SECOND_GROUP, BRIDGE, EMPTY, OFFICE, OTHER_TOWNSHIP, FAR = range(1, 11)
UNITS = (
    (ROOT, "001", "青岚县委", "县委", None),
    (TOWNSHIP, "001.001", "青石镇党委", "乡镇党委", ROOT),
    (ELDERS, "001.001.001", "云岭村党总支", "村党总支", TOWNSHIP),
    (FIRST_GROUP, "001.001.001.001", "云岭村第一党支部", "村党支部", ELDERS),
    (SECOND_GROUP, "001.001.001.002", "云岭村第二党支部", "村党支部", ELDERS),
    (BRIDGE, "001.001.002", "石桥村党支部", "村党支部", TOWNSHIP),
    (EMPTY, "001.001.003", "松坪社区党支部", "社区党支部", TOWNSHIP),
    (OFFICE, "001.001.004", "青石镇机关党支部", "机关党支部", TOWNSHIP),
    (OTHER_TOWNSHIP, "001.002", "白水镇党委", "乡镇党委", ROOT),
    (FAR, "001.002.001", "柳湾村党支部", "村党支部", OTHER_TOWNSHIP),
)


@dataclass
class County:
    """Rows of people, gathered first and written in one act."""

    rows: dict[type, list[tuple[Any, ...]]] = field(default_factory=lambda: defaultdict(list))
    people: dict[str, int] = field(default_factory=dict)
    founded: dict[int, date] = field(default_factory=dict)

    def person(self, name: str, *, stands: int, born_on: date | None = date(1970, 5, 1), sex: str = "m") -> int:
        """Somebody who has always stood in `stands`."""
        from yumiao.people import secrets
        from yumiao.people.models import Belonging, Person, PersonRecord, PersonSecret

        person, uid = len(self.people) + 1, uuid.uuid4()
        self.people[name] = person
        number = birth_number(born_on) if born_on else None
        first17 = f"999001{number or 19700101}{person:03d}"
        identity = first17 + check_digit(first17)
        self.rows[Person].append((person, uid))
        self.rows[PersonRecord].append((BEGIN, FOREVER, person, name, sex, born_on, number, "汉族", "大专", ""))
        self.rows[PersonSecret].append((person, "identity", *secrets.sealed(uid, "identity", identity)))
        self.rows[Belonging].append((BEGIN, FOREVER, person, stands, True))
        return person

    def member(
        self,
        name: str,
        joined: date,
        *,
        stands: int,
        counts_for: int | None = None,
        born_on: date | None = date(1970, 5, 1),
        approved_on: date | None = None,
        undone_on: date = FOREVER,
        ended_on: date = FOREVER,
        suspended: bool = False,
    ) -> None:
        """A member; the admission counts for `counts_for` (0: for nobody known) up to `undone_on`."""
        from yumiao.people.models import Attribution, Membership, MembershipState

        person = self.person(name, stands=stands, born_on=born_on)
        age = completed_years(born_on, joined) if born_on else None
        approved, full = approved_on or joined, joined.replace(year=joined.year + 1)
        self.rows[Membership].append(
            (person, 1, joined, "recorded", approved, joined, None, full, full, ended_on, "", age)
        )
        attributed = stands if counts_for is None else counts_for
        if attributed:
            reason = "admitted" if attributed == stands else "stated"
            self.rows[Attribution].append((joined, undone_on, person, 1, attributed, reason))
        if suspended:
            self.rows[MembershipState].append((joined, FOREVER, person, 1, "suspended"))

    def applicant(self, name: str, steps: Mapping[int, date], *, stands: int, ended_on: date | None = None) -> None:
        from yumiao.admission.models import Case, CaseEnd, StepRecord

        person = self.person(name, stands=stands, born_on=date(2000, 5, 1))
        self.rows[Case].append((person, uuid.uuid4(), person, "entered"))
        self.rows[StepRecord] += [(person, step, 1, held_on) for step, held_on in steps.items()]
        if ended_on:
            self.rows[CaseEnd].append((person, ended_on, "application_withdrawn"))

    def write(self, clerk: Any) -> None:
        from yumiao.journal.acts import act
        from yumiao.journal.bulk import recorded
        from yumiao.journal.verbs import Verb
        from yumiao.ledger.models import Quota
        from yumiao.units.models import Placement, Unit, UnitRecord
        from yumiao.units.rules import Node, arrange

        self.rows[Unit] = [(unit, uuid.uuid4(), code, self.founded.get(unit, BEGIN)) for unit, code, *_ in UNITS]
        self.rows[UnitRecord] = [(BEGIN, FOREVER, unit, name, kind) for unit, _, name, kind, _ in UNITS]
        places = arrange(Node(unit, kind, parent) for unit, _, _, kind, parent in UNITS)
        parents = {unit: parent for unit, *_, parent in UNITS}
        self.rows[Placement] = [
            (BEGIN, FOREVER, unit, parents[unit], at.path, at.depth, at.village, at.township, unit, True)
            for unit, at in places.items()
        ]
        self.rows[Quota] = [(TOWNSHIP, DAY.year, 2, 1, None, None)]
        first = (Unit, UnitRecord, Placement)
        with act(Verb.PREPARED, actor=clerk) as current:
            for model in (*first, *(model for model in self.rows if model not in first)):
                current.insert(model, recorded(model), self.rows[model])


def explained_county() -> County:
    """云岭村 has everything, 石桥村 is in breach of every line, 松坪社区 is empty, 柳湾村 is in order."""
    county = County()
    young, stands = date(1995, 5, 1), FIRST_GROUP
    county.member("甲在内", date(2026, 3, 1), stands=stands, born_on=young)
    county.member("乙二支", date(2026, 6, 1), stands=SECOND_GROUP)
    county.member("丙不明", date(2026, 7, 1), stands=stands, born_on=None)
    county.member("丁待批", date(2026, 10, 8), stands=stands, born_on=young, approved_on=date(2026, 11, 5))
    county.member("戊取消", date(2026, 2, 1), stands=stands, undone_on=date(2026, 9, 1), ended_on=date(2026, 9, 1))
    county.member("己外村", date(2026, 4, 1), stands=stands, counts_for=FAR)
    county.member("庚外县", date(2026, 5, 1), stands=stands, counts_for=0)
    county.member("辛已走", date(2025, 5, 1), stands=OFFICE, counts_for=SECOND_GROUP)
    county.member("壬停籍", date(2010, 7, 1), stands=stands, born_on=young.replace(year=1991), suspended=True)
    county.member("癸前年", date(2024, 7, 1), stands=stands)
    county.member("子更早", date(2023, 7, 1), stands=stands)
    for number in range(11):
        county.member(f"桥{number}", date(2001, 7, 1), stands=BRIDGE)
    county.member("丑未来", date(2026, 11, 20), stands=BRIDGE)
    county.member("寅柳湾", date(2025, 7, 1), stands=FAR, born_on=young)
    first, second, third = date(2024, 1, 5), date(2024, 8, 5), date(2025, 9, 5)
    county.applicant("卯申请", {1: first}, stands=stands)
    county.applicant("辰积极", {1: first, 3: second}, stands=SECOND_GROUP)
    county.applicant("巳对象", {1: first, 3: second, 8: third}, stands=stands)
    county.applicant("午已会", {1: first, 3: second, 8: third, 15: DAY}, stands=stands)
    county.applicant("未撤回", {1: first, 3: second}, stands=stands, ended_on=DAY)
    county.applicant("申明日", {1: first, 3: date(2026, 11, 1)}, stands=stands)
    return county
