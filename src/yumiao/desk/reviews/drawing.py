"""Draws: a sample of the year's approved cases for the county, and cases of one township for clerks of others. Each is one act, repeatable by its seed.

Must not know: requests, forms.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Final

from yumiao.access.permissions import GRANTS, Permission
from yumiao.access.readers import Reader, holdings
from yumiao.admission.case_file import Read
from yumiao.admission.case_files import read_cases
from yumiao.admission.models import Case, CaseEnd, StepDetail, StepRecord
from yumiao.admission.review_rules import Drawable, draw, draw_peers, population_digest
from yumiao.admission.review_services import write_sample
from yumiao.desk.dossier.near import near_objections
from yumiao.desk.dossier.recording import Deciding
from yumiao.journal.acts import act
from yumiao.journal.verbs import Verb
from yumiao.kernel.objections import Objection, Refused
from yumiao.oversight.models import Sample
from yumiao.units.queries import UnitOnDay

APPROVAL: Final = 17


def approved_in(year: int) -> dict[str, int]:
    """uid and id of every case approved by a committee in a year that has not ended."""
    ended = CaseEnd.objects.alive().values("case")
    steps = StepRecord.objects.alive().filter(step=APPROVAL, held_on__year=year)
    refused = StepDetail.objects.alive().filter(step=APPROVAL, outcome="failed").values("case")
    rows = (
        Case.objects.filter(pk__in=steps.values("case"))
        .exclude(pk__in=ended)
        .exclude(pk__in=refused)
        .values_list("uid", "pk")
    )
    return {uid.hex: pk for uid, pk in rows}


def draw_county(
    root: UnitOnDay, year: int, seed: str, share: Fraction, *, who: Deciding, today: date, once: uuid.UUID | None = None
) -> uuid.UUID:
    """Draw the share of the year's approved cases that the county looks at whole. Returns the sample's uid. Raises `Refused`."""
    with act(Verb.SAMPLE_DRAWN, actor=who.actor, once=once) as current:
        cases = approved_in(year)
        _check(Sample.Kind.COUNTY_REVIEW, root, str(year), cases)
        drawn = draw(seed, list(cases), share.numerator, share.denominator)
        uid = write_sample(
            current, unit=root.id, kind=Sample.Kind.COUNTY_REVIEW, period=str(year), seed=seed, part=share.numerator,
            whole=share.denominator, population=len(cases), digest=population_digest(list(cases)), on=today,
            cases=[(cases[one], None) for one in drawn],
        )  # fmt: skip
        current.data |= {"sample": uid.hex, "count": len(drawn), "on": today.isoformat()}
        return uid


def draw_for_peers(
    reader: Reader, root: UnitOnDay, year: int, seed: str, each: int, *, who: Deciding, today: date, once: uuid.UUID | None = None
) -> uuid.UUID:  # fmt: skip
    """Draw cases of a year for clerks of other townships. Returns the sample's uid. Raises `Refused`."""
    with act(Verb.SAMPLE_DRAWN, actor=who.actor, once=once) as current:
        cases = approved_in(year)
        _check(Sample.Kind.PEER_REVIEW, root, str(year), cases)
        reads = read_cases(cases.values())
        clerks = clerks_of(reader)
        places = {uid: _township(reader, reads[pk]) for uid, pk in cases.items()}
        drawable = [Drawable(uid, town) for uid, town in places.items() if town]
        near = _near(clerks, {uid: reads[pk] for uid, pk in cases.items()})
        given = draw_peers(seed, drawable, {one.account: one.township for one in clerks}, near, each)
        if not given:
            raise Refused(
                [
                    Objection(
                        "REV-25",
                        "没有可以互审的人员或者档案",
                        "交叉互审",
                        next_step="至少要有两个乡镇的组织干事，各乡镇有已审批的档案。",
                    )
                ]
            )
        uid = write_sample(
            current, unit=root.id, kind=Sample.Kind.PEER_REVIEW, period=str(year), seed=seed, part=len(given), whole=max(len(drawable), 1),
            population=len(drawable), digest=population_digest([one.uid for one in drawable]), on=today,
            cases=[(cases[uid], account) for uid, account in given.items()],
        )  # fmt: skip
        current.data |= {"sample": uid.hex, "count": len(given), "on": today.isoformat()}
        return uid


def _check(kind: str, root: UnitOnDay, period: str, cases: dict[str, int]) -> None:
    """A period is drawn once: who draws again until the result pleases draws no sample."""
    if Sample.objects.filter(kind=kind, unit=root.id, period=period).exists():
        raise Refused(
            [
                Objection(
                    "REV-20", f"{period} 已经抽取过", "三级审查", next_step="抽取的结果不能更换；查看已抽取的名单。"
                )
            ]
        )
    if not cases:
        raise Refused([Objection("REV-20", "没有可以抽取的档案", "三级审查", next_step="有已审批的档案后再抽取。")])


@dataclass(frozen=True, slots=True)
class Clerk:
    """Somebody who may look at cases of other townships."""

    account: int
    person: uuid.UUID | None
    township: int
    name: str


def clerks_of(reader: Reader) -> list[Clerk]:
    """Every township clerk in office, by account."""
    from yumiao.access.models import Account

    found: dict[int, Clerk] = {}
    people = dict(Account.objects.filter(is_active=True).values_list("pk", "person_uid"))
    for account, held in holdings(reader.today, reader.head).items():
        for one in held:
            unit = reader.tree.by_id.get(one.unit)
            if (
                one.giver is None
                and unit is not None
                and Permission.REVIEW_TOWNSHIP in GRANTS[one.role]
                and account in people
            ):
                found[account] = Clerk(account, people[account], unit.township or unit.id, one.name)
    return [found[one] for one in sorted(found)]


def _township(reader: Reader, read: Read) -> int:
    unit = reader.tree.by_id.get(read.around.unit)
    return (unit.township or 0) if unit is not None else 0


def _near(clerks: list[Clerk], reads: dict[str, Read]) -> set[tuple[int, str]]:
    """(account, uid of a case) of everybody who stands near; only accounts of people on record can."""
    return {
        (one.account, uid)
        for one in clerks
        if one.person is not None
        for uid, read in reads.items()
        if near_objections(one.person, read)
    }
