"""The use case: a change of status is judged by its rules and written as one act, with cases and the pool that end with it.

Must not know: forms, pages.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date
from typing import Final

from yumiao.access.permissions import Permission
from yumiao.access.readers import Reader
from yumiao.admission.history import AGAIN, APPROVAL
from yumiao.admission.models import CaseEnd
from yumiao.admission.path import Outcome
from yumiao.admission.rules import DEV_19
from yumiao.admission.services import end_cases
from yumiao.bylaws.rules import Settings
from yumiao.desk.membership.life import last_moved_on, life_of, open_state, term_of
from yumiao.desk.people.facts import Case, Facts, facts_of
from yumiao.journal.acts import Act, Actor, act
from yumiao.journal.verbs import Verb
from yumiao.kernel.objections import Objection, Refused, Severity
from yumiao.kernel.periods import FOREVER, add_months, on_paper
from yumiao.people.models import Person
from yumiao.people.rules import DEV_21
from yumiao.people.status import CHANGES, Change
from yumiao.people.status_rules import (
    DIS_04,
    INNER_PROBATION_MONTHS,
    MEM_11,
    MEM_12,
    Asked,
    change_objections,
    standing_objections,
)
from yumiao.people.status_services import Decision, write_change
from yumiao.people.transfer_queries import open_transfer
from yumiao.people.transfer_rules import MOB_03
from yumiao.talent.models import Talent
from yumiao.talent.queries import KnownTalent
from yumiao.talent.services import close_talents
from yumiao.units.queries import UnitOnDay

EXTENDED: Final = "inner_probation_extended"
THROUGH_THE_CASE: Final = "此人的发展党员过程在本系统登记，转正、延长预备期和取消资格按步骤办理"
THEN_STEPS: Final = "请在发展党员页面登记第 22 步“提出转正申请”、第 23 步“支部大会讨论”和第 24 步“上级党委审批”。"


@dataclass(frozen=True, slots=True)
class Who:
    """Who decides: the actor, and the person of his account where it is one of the county's own."""

    actor: Actor
    person: uuid.UUID | None


def who_at(reader: Reader, unit: UnitOnDay | None) -> Who:
    """The reader as he decides at a unit: in his own name, or for whoever lent him the right there."""
    assert reader.account is not None
    return Who(reader.acting(Permission.MEMBERSHIP_CHANGE, unit), reader.account.person_uid)


def possible(facts: Facts, who: Who) -> list[tuple[Change, list[Objection]]]:
    """Every change that is recorded here, with why it cannot be begun now; without objections it can."""
    life, own = life_of(facts), _own(facts, who)
    offered = [one for one in CHANGES.values() if not one.has_own_room]
    return [(one, own + standing_objections(one, life, facts.day) + _through_the_case(facts, one)) for one in offered]


def objections(facts: Facts, change: Change, asked: Asked, who: Who, settings: Settings) -> list[Objection]:
    """Everything against a change as it is filled in: what blocks and what warns."""
    life = life_of(facts)
    found = _own(facts, who) + standing_objections(change, life, facts.day)
    found += _through_the_case(facts, change)
    if found:
        return found
    if not DEV_21.holds(day=asked.on, today=facts.day):
        found.append(DEV_21.objection(f"变动日期 {on_paper(asked.on)}晚于今天"))
    last = last_moved_on(facts)
    if last is not None and asked.on < last:
        found.append(MEM_12.objection(f"变动日期不得早于上一次变动的日期 {on_paper(last)}"))
    span = open_state(facts, change.closes) if change.closes else None
    begun, term = (span.since, term_of(facts, change.closes)) if span else (None, 0)
    fewest = int(str(settings.value("lost.search_channels")))
    found += change_objections(change, life, asked, fewest_channels=fewest, begun=begun, term=term)
    if change.key == "probation_extended" and not DEV_19.holds(months=asked.months, before=life.extensions):
        said = "预备期已经延长过一次" if life.extensions else "延长的时间为 6 至 12 个月"
        found.append(DEV_19.objection(said))
    if change.key == EXTENDED and term_of(facts, "inner_probation") != INNER_PROBATION_MONTHS[0]:
        found.append(DIS_04.objection("留党察看只能由一年延长一年，合计不超过二年"))
    if (change.ends_membership or change.opens == "suspended") and (letter := open_transfer(facts.person)):
        found.append(MOB_03.objection(f"有在途的组织关系转接（{letter.letter}）", "先作废或者办结，再办理本项变动。"))
    return found


def _own(facts: Facts, who: Who) -> list[Objection]:
    if MEM_11.holds(deciding=who.person, person=facts.uid):
        return []
    return [MEM_11.objection("这是您本人的变动，请由其他经办人办理")]


def decide(
    person: Person, change: Change, asked: Asked, *, reason: str, who: Who, settings: Settings, today: date,
    once: uuid.UUID | None = None,
) -> int:  # fmt: skip
    """Write the change. Returns the number of its entry.

    Raises `Refused` with everything that blocks, `journal.acts.AlreadyDone` for a form sent twice.
    """
    with act(Verb.STATUS_CHANGED, actor=who.actor, reason=reason, once=once) as current:
        facts = facts_of(person.pk, person.uid, today)
        found = objections(facts, change, asked, who, settings)
        if blocking := [one for one in found if one.severity is Severity.BLOCK]:
            raise Refused(blocking)
        current.subject_kind, current.subject = "person", person.uid
        current.data |= {
            "change": change.key, "on": asked.on.isoformat(), "document": asked.document, "article": change.citation,
        }  # fmt: skip
        months, end = asked.months if change.asks_term else 0, term_end(change, facts, asked)
        write_change(current, Decision(person.pk, change, asked.on, reason, asked.ground, asked.document, months, end))
        if change.ends_case:
            close_cases(current, facts, asked.on, change.ends_case)
        if change.key == "deceased":
            close_pool(current, person.pk, asked.on)
    return current.seq


def close_cases(current: Act, facts: Facts, on: date, how: str) -> None:
    """End the case that goes on, if any; one that is archived is over."""
    if (case := going_on(facts)) is not None:
        end_cases(current, [(case.id, on, CaseEnd.How(how))])


def going_on(facts: Facts) -> Case | None:
    """The case that an end would end."""
    return facts.case if facts.case is not None and not facts.case.is_archived else None


def _through_the_case(facts: Facts, change: Change) -> list[Objection]:
    """What becomes of a probation is recorded as steps 22 to 24 where the case is kept here: an extension always, a cancellation once it came to that."""
    case = going_on(facts)
    if case is None or not case.is_entered or APPROVAL not in case.steps:
        return []
    rounds = 1 + sum(one.outcome is Outcome.EXTENDED for one in case.held)
    is_at_confirmation = any(one.step in AGAIN and one.occurrence >= rounds for one in case.held)
    if change.key == "probation_extended" or (change.key == "probation_cancelled" and is_at_confirmation):
        return [MEM_12.objection(THROUGH_THE_CASE, THEN_STEPS)]
    return []


def close_pool(current: Act, person: int, on: date) -> None:
    """Let somebody leave the pool in every category."""
    rows = Talent.objects.alive().filter(person=person, until=FOREVER).values_list("id", "category", "since")
    close_talents(current, [(person, KnownTalent(*row), on) for row in rows])


def term_end(change: Change, facts: Facts, asked: Asked) -> date | None:
    """The day on which what is decided runs out."""
    if change.key == EXTENDED:
        span = open_state(facts, "inner_probation")
        return add_months(span.since, INNER_PROBATION_MONTHS[1]) if span else None
    if not change.asks_term or not asked.months:
        return None
    start = life_of(facts).probation_end_on if change.key == "probation_extended" else asked.on
    return add_months(start or asked.on, asked.months)
