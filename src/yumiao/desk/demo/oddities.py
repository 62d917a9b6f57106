"""Ten contradictions as real history has them: an import takes them as they stand and lists them for the person.

It must not know how they are shown. Nothing here changes a figure of the lines.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Final, TypeVar

from yumiao.desk.demo.cultivation import Applicant
from yumiao.desk.demo.days import DEMO_DAY, age_on, years_after
from yumiao.desk.demo.members import Member
from yumiao.desk.demo.talents import VETERAN_YEARS, Talent

STATEMENT: Final = "户籍登记的出生日期有误，以本人档案为准"
DAYS_APART: Final = timedelta(days=9)

Row = TypeVar("Row")


def odd_members(rows: Sequence[Member]) -> list[Member]:
    """Two confirmed a day early, two full without 转正日期, two born otherwise than their number says."""
    found = list(rows)
    _change(found, 2, lambda m: m.confirmed_on is not None and 2015 <= m.admitted_on.year < 2020, _confirmed_early)
    _change(found, 2, lambda m: m.admitted_on.year < 1980, lambda m: replace(m, confirmed_on=None))
    _change(found, 2, _may_be_born_otherwise, _born_otherwise)
    return found


def odd_applicants(rows: Sequence[Applicant], members: Sequence[Member]) -> list[Applicant]:
    """One who applied at 17, one with a probationary contact, one target less than a year after becoming activist."""
    probationary = {member.branch.code: member.person.number for member in members if not member.is_full}
    found = list(rows)
    _change(found, 1, lambda a: a.activist_on is None and age_on(a.person.born_on, a.applied_on) <= 19, _applied_early)
    _change(
        found,
        1,
        lambda a: len(a.contacts) == 2 and a.branch.code in probationary,
        lambda a: replace(a, contacts=(a.contacts[0], probationary[a.branch.code])),
    )
    _change(found, 1, lambda a: a.target_on is not None, _target_early)
    return found


def odd_talents(rows: Sequence[Talent], full: Mapping[str, list[Member]]) -> list[Talent]:
    """One whose 联系老党员 has not been a full member for ten years."""
    found = list(rows)
    _change(
        found,
        1,
        lambda t: _short_standing(t, full) is not None,
        lambda t: replace(t, veteran=_short_standing(t, full)),
    )
    return found


def _change(rows: list[Row], count: int, fits: Callable[[Row], bool], change: Callable[[Row], Row]) -> None:
    """Change `count` of the fitting rows in place, spread evenly over the county."""
    fitting = [number for number, row in enumerate(rows) if fits(row)]
    for part in range(1, count + 1):
        number = fitting[len(fitting) * part // (count + 1)]
        rows[number] = change(rows[number])


def _confirmed_early(member: Member) -> Member:
    return replace(member, confirmed_on=years_after(member.admitted_on, 1) - timedelta(days=1))


def _may_be_born_otherwise(member: Member) -> bool:
    born_on = member.person.born_on
    return 50 <= age_on(born_on, DEMO_DAY) < 60 and age_on(born_on, member.admitted_on) >= 20


def _born_otherwise(member: Member) -> Member:
    person = replace(member.person, born_on=member.person.born_on - DAYS_APART)
    return replace(member, person=person, statement=STATEMENT)


def _applied_early(applicant: Applicant) -> Applicant:
    return replace(applicant, applied_on=years_after(applicant.person.born_on, 18) - timedelta(days=40))


def _target_early(applicant: Applicant) -> Applicant:
    activist_on = applicant.activist_on or applicant.applied_on
    return replace(applicant, target_on=activist_on + timedelta(days=300))


def _short_standing(talent: Talent, full: Mapping[str, list[Member]]) -> str | None:
    for member in full[talent.branch.code]:
        confirmed_on = member.confirmed_on or date.max
        if confirmed_on <= talent.since_on < years_after(confirmed_on, VETERAN_YEARS):
            return member.person.number
    return None
