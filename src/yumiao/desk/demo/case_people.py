"""People the demo's cases need beside those of its workbook: who has passed the branch meeting and waits, and one who was cancelled.

None of them is a member or an applicant on the demo's day, so that no figure of the lines moves.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from yumiao.admission.editions import FIRST
from yumiao.admission.models import Case, CaseEdition, CaseEnd
from yumiao.admission.services import END
from yumiao.admission.step_services import CASE, EDITION
from yumiao.desk.demo.case_days import Done, after_meeting, next_sitting, until_meeting
from yumiao.desk.demo.case_facts import Way
from yumiao.journal.acts import Act
from yumiao.journal.bulk import new_ids
from yumiao.kernel.ages import completed_years
from yumiao.kernel.identity import check_digit
from yumiao.kernel.periods import FOREVER, add_months
from yumiao.people.models import Attribution, Membership
from yumiao.people.services import ATTRIBUTION, MEMBERSHIP, Attributes, PersonDraft, register_people
from yumiao.units.queries import UnitOnDay


@dataclass(frozen=True, slots=True)
class Newcomer:
    """Somebody beside the workbook: where, when the meeting was, and what came of it."""

    name: str
    sex: str
    born_on: date
    unit: str
    met_on: date
    is_cancelled: bool = False


NEWCOMERS: Final = (
    Newcomer("岑望舒", "f", date(1998, 4, 12), "001.032.006", date(2026, 10, 18)),
    Newcomer("覃远帆", "m", date(1995, 9, 3), "001.032.006", date(2026, 10, 18)),
    Newcomer("韦知秋", "m", date(1992, 2, 27), "001.031.003", date(2026, 9, 12)),
    Newcomer(
        "盘若溪", "f", date(1999, 11, 8), "001.032.001", date(2026, 3, 28)
    ),  # nobody approved it within six months
    Newcomer("蒙松年", "m", date(1988, 1, 5), "001.032.901", date(2024, 3, 10), is_cancelled=True),
)
SERIAL: Final = 951


def write_newcomers(act: Act, units: Mapping[str, UnitOnDay]) -> list[Way]:
    """Register them with an open case, and say which way each went; the steps are for the caller to write."""
    drafts = []
    for place, one in enumerate(NEWCOMERS):
        first17 = f"998001{one.born_on:%Y%m%d}{SERIAL + 2 * place + (one.sex == 'f'):03d}"
        attributes = Attributes(one.name, one.sex, one.born_on, "瑶族", "大专", "农牧渔民")
        number = first17 + check_digit(first17)
        drafts.append(
            PersonDraft(attributes, {"identity": number}, units[one.unit].id, add_months(one.met_on, -36), {})
        )
    people = register_people(act, drafts)
    cases = open_cases_for(act, people)
    ways = []
    for turn, (one, person, case) in enumerate(zip(NEWCOMERS, people, cases, strict=True), 3):
        unit = units[one.unit]
        steps = [*until_meeting(one.met_on, turn), *_after(one, turn)]
        ways.append(Way(case, person, unit.id, unit.township or 0, steps))
        if one.is_cancelled:
            _cancel(act, one, person, case, unit.id)
    return ways


def open_cases_for(act: Act, people: Sequence[int]) -> list[int]:
    """A case for each of these people. Returns their ids in order."""
    cases = new_ids(Case, len(people))
    rows = [(case, uuid.uuid4(), person, Case.Origin.ENTERED) for case, person in zip(cases, people, strict=True)]
    act.insert(Case, CASE, rows)
    act.insert(CaseEdition, EDITION, [(case, FIRST) for case in cases])
    return cases


def _after(one: Newcomer, turn: int) -> list[Done]:
    if not one.is_cancelled:
        return list(after_meeting(one.met_on, next_sitting(one.met_on), turn, 15))
    approved, ends = next_sitting(add_months(one.met_on, 1)), add_months(one.met_on, 12)
    return [
        *after_meeting(one.met_on, approved, turn, 22),
        Done(23, date(ends.year, ends.month, 25), said={"outcome": "cancelled"}),
        Done(24, _cancelled_on(one), said={"outcome": "cancelled", "document": f"批复〔{ends.year}〕9号"}),
    ]


def _cancelled_on(one: Newcomer) -> date:
    return next_sitting(add_months(one.met_on, 13))


def _cancel(act: Act, one: Newcomer, person: int, case: int, unit: int) -> None:
    """The membership that began and was cancelled, and the end of the case."""
    ended, approved, met = _cancelled_on(one), next_sitting(add_months(one.met_on, 1)), one.met_on
    age = completed_years(one.born_on, met)
    recorded, how = Membership.Approval.RECORDED, CaseEnd.How.CANCELLED
    act.insert(
        Membership, MEMBERSHIP,
        [(person, 1, met, recorded, approved, met, add_months(met, 12), FOREVER, None, ended, how, age)],
    )  # fmt: skip
    act.insert(Attribution, ATTRIBUTION, [(met, ended, person, 1, unit, Attribution.Reason.ADMITTED)])
    act.insert(CaseEnd, END, [(case, ended, how)])
