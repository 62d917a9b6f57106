"""What the API says of a person: fields with their meaning, and their values from a row of the list or from everything known.

Numbers are masked here. Must not know: calls, addresses, who asks.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from yumiao.admission.rules import ACTIVIST, APPLICATION, TARGET
from yumiao.desk.people.facts import Facts
from yumiao.desk.people.listing import Key, Listed
from yumiao.desk.people.resources import RESOURCE, listed_values, place_of
from yumiao.kernel.identity import mask_identity, mask_phone
from yumiao.kernel.periods import FOREVER
from yumiao.kernel.resources import Field, Kind, Resource
from yumiao.people.models import Membership, MembershipState, PersonSecret
from yumiao.talent.models import Talent
from yumiao.units.queries import Tree

UID: Final = Field("uid", "编号", note="编号，不随姓名和组织改变")
ENDED: Final = Field("membership_ended_on", "党籍终止日期", Kind.DAY)
TALENT: Final = Field("is_talent", "在人才库", Kind.FLAG)
LISTED: Final = Resource(
    "person_listed",
    "人员",
    # the sealed number is read for one person at a time
    (UID, *(one for one in RESOURCE.fields if one.key != "identity"), ENDED, TALENT),
)
PERSON: Final = Resource(
    "person",
    "一个人员",
    (
        UID,
        *RESOURCE.fields,
        ENDED,
        TALENT,
        Field("phone", "手机号码", note="手机号码，掩码"),
        Field("approval", "审批", note="，".join(f"{one.value} {one.label}" for one in Membership.Approval)),
        Field("approved_on", "审批日期", Kind.DAY),
        Field("probation_start_on", "预备期起算日期", Kind.DAY),
        Field("probation_end_on", "预备期满日期", Kind.DAY),
        Field("confirmation_stated_on", "材料所写转正日期", Kind.DAY),
        Field("age_at_admission", "入党时周岁", Kind.NUMBER),
        Field("counted_for", "发展党员计入的组织代码", note="发展党员计入的组织代码；不计入本县的是 null"),
        Field("application_on", "递交入党申请书日期", Kind.DAY, note="正在培养的那一次递交入党申请书的日期"),
        Field("activist_on", "确定为入党积极分子日期", Kind.DAY),
        Field("target_on", "确定为发展对象日期", Kind.DAY),
        Field("membership_states", "党籍状态", note="停止党籍、留党察看等，几项之间用顿号；没有就是空的"),
        Field("talent_categories", "人才类别", note="在人才库的类别，几项之间用顿号；没有就是空的"),
    ),
)


def row_values(row: Listed, units: Tree, day: date, *, masked: str | None = None) -> dict[str, Any]:
    """Somebody as a row of the list has him."""
    ended = row.standing.ended_on
    return {
        "uid": str(row.uid),
        **listed_values(row, masked, day),
        **place_of(units.by_id.get(row.unit), units),
        "membership_ended_on": None if ended == FOREVER else ended,
        "is_talent": row.standing.is_talent,
    }


def person_values(facts: Facts, numbers: Mapping[str, str], units: Tree) -> dict[str, Any]:
    """Somebody with everything the page of a person says in dates."""
    member, case = facts.membership, facts.case
    cycle = member.cycle if member else 0
    counted = [part.unit for part in facts.attributions if part.cycle == cycle and part.until is None]
    place = units.by_id.get(counted[-1]) if counted else None
    identity, phone = numbers.get(PersonSecret.Kind.IDENTITY), numbers.get(PersonSecret.Kind.PHONE)
    return {
        **row_values(_as_listed(facts), units, facts.day, masked=mask_identity(identity) if identity else None),
        "phone": mask_phone(phone) if phone else None,
        "approval": member.approval if member else None,
        "approved_on": member.approved_on if member else None,
        "probation_start_on": member.probation_start_on if member else None,
        "probation_end_on": member.probation_end_on if member else None,
        "confirmation_stated_on": member.confirmation_stated_on if member else None,
        "age_at_admission": member.age_years if member else None,
        "counted_for": place.code if place else None,
        "application_on": case.held_on(APPLICATION) if case else None,
        "activist_on": case.held_on(ACTIVIST) if case else None,
        "target_on": case.held_on(TARGET) if case else None,
        "membership_states": "、".join(str(MembershipState.State(each.word).label) for each in facts.open_states()),
        "talent_categories": "、".join(str(Talent.Category(each.word).label) for each in facts.open_talents()),
    }


def _as_listed(facts: Facts) -> Listed:
    one = facts.record
    key = Key("", one.name, facts.person)
    attributes = (one.sex, one.born_on, one.ethnicity, one.education, one.occupation)
    return Listed(key, facts.unit or 0, facts.uid, *attributes, facts.standing())
