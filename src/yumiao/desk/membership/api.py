"""Membership for machines: the register of changes, and the states of one person over time. Every look is on record.

Must not know: SQL, how an answer is written.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any, Final

from django.utils.translation import gettext_lazy

from yumiao.access.permissions import Permission
from yumiao.api.endpoints import Answer, Call, Endpoint
from yumiao.api.parameters import UNIT, choice, number, uid
from yumiao.desk.membership.register import FIRST_YEAR, RESOURCE, Asked, changes_of, rows_of, values_of
from yumiao.desk.people.dossier import person_for
from yumiao.desk.people.facts import Facts, Membership, facts_of
from yumiao.desk.refusals import refusal_on_record
from yumiao.kernel.resources import Field, Kind, Resource
from yumiao.people.models import MembershipState, StatusChange
from yumiao.people.status import CHANGES, STATUS_LABELS, Status

CHANGE: Final = Resource(
    "status_change",
    "党籍变动",
    (Field("person", "人员编号"), Field("unit", "所在组织代码"), *RESOURCE.fields),
)
STATE: Final = Resource(
    "membership_state",
    "党籍状态",
    (
        Field("cycle", "第几次入党", Kind.NUMBER, note="第几次入党，从 1 起"),
        Field("state", "状态"),
        Field("since", "自何日起", Kind.DAY),
        Field("until", "至何日止", Kind.DAY, note="不再如此的第一天；仍然如此的是 null"),
    ),
)


def _changes(call: Call) -> Answer:
    reader, said = call.reader, call.asked
    unit = call.unit(Permission.PERSON_READ)
    found = changes_of(reader, Asked(said["change"] or "", said["year"] or 0, unit.code if unit else ""))

    def values(shown: list[StatusChange]) -> list[dict[str, Any]]:
        return [
            {
                "person": str(row.person.uid) if row.person else None,
                "unit": row.unit.code if row.unit else None,
                **values_of(row),
            }
            for row in rows_of(shown, reader)
        ]

    return Answer(reader.today, call.on_record(call.page_by(found, "id", values)))


def _states(call: Call) -> Answer:
    reader, asked = call.reader, call.asked["uid"]
    with refusal_on_record(call.request, asked):
        person = person_for(reader, asked)
    rows = [row for row in states_of(facts_of(person.pk, asked, reader.today)) if row["since"] <= reader.today]
    call.recorded("person", asked, 1)
    page = call.page_of(rows, key=lambda row: (row["cycle"], row["since"].isoformat(), row["state"]), values=dict)
    return Answer(reader.today, page)


def states_of(facts: Facts) -> list[dict[str, Any]]:
    """Every state of every membership as it stands, over its time: the grade, what stands beside it, and how it ended."""
    found = []
    for member in facts.memberships:
        if member.struck is None:
            found += [_row(member.cycle, *span) for span in _grades(member)]
    labels = MembershipState.State
    return found + [_row(one.cycle, str(labels(one.word).label), one.since, one.until) for one in facts.states]


def _grades(member: Membership) -> Iterator[tuple[str, date, date | None]]:
    full, ended = member.full_member_on, member.ended_on
    if full is None or full > member.membership_on:
        yield STATUS_LABELS[Status.PROBATIONARY], member.membership_on, full or ended
    if full is not None:
        yield STATUS_LABELS[Status.FULL], full, ended
    if ended is not None:
        how = member.ended_how
        yield STATUS_LABELS[Status(how) if how in list(Status) else Status.ENDED], ended, None


def _row(cycle: int, state: str, since: date, until: date | None) -> dict[str, Any]:
    return {"cycle": cycle, "state": state, "since": since, "until": until}


API_CHANGES: Final = Endpoint(
    name="api_changes",
    below="changes/",
    title=gettext_lazy("党籍变动"),
    note=gettext_lazy(
        "令牌范围内人员的停止党籍、除名、去世等变动，先登记的在前，与“变动登记”相同。每一页都记入查阅记录。"
    ),
    need=Permission.PERSON_READ,
    resource=CHANGE,
    answer=_changes,
    parameters=(
        UNIT,
        choice("change", gettext_lazy("变动"), {key: one.title for key, one in CHANGES.items() if not one.by_transfer}),
        number("year", gettext_lazy("哪一年的变动"), least=FIRST_YEAR, most=2099),
    ),
)
API_MEMBERSHIP: Final = Endpoint(
    name="api_membership",
    below="people/<uuid:uid>/membership/",
    title=gettext_lazy("一个人员的党籍状态"),
    note=gettext_lazy("预备、正式、停止党籍、留党察看等各自从哪一天到哪一天。每一次读取都记入查阅记录。"),
    need=Permission.PERSON_READ,
    resource=STATE,
    answer=_states,
    parts=(uid("uid", gettext_lazy("人员编号")),),
)
