"""Who stands too near to a case to review, investigate, conclude or accept anything in it. Must not know: requests, pages."""

from __future__ import annotations

import uuid
from typing import Final

from yumiao.admission.case_file import Read
from yumiao.admission.gate_rules import REV_22
from yumiao.admission.models import Relative
from yumiao.kernel.objections import Objection
from yumiao.people.models import Person

_KIN: Final = "您是本人的近亲属"


def near_objections(person: uuid.UUID | None, read: Read) -> list[Objection]:
    """Why an account's person may not act on a case: it is about himself, he is contact or introducer, or kin by the political review's list.

    `person`: of the account, None where it is no person of the county's own. Two queries at most.
    """
    if person is None:
        return []
    if person == read.around.person_uid:
        return [REV_22.objection("这是您本人的事项", "请由其他人员办理。")]
    own = Person.objects.filter(uid=person).values_list("pk", flat=True).first()
    if own is None:
        return []
    if any(one.person == own for one in read.file.contacts):
        return [REV_22.objection("您是本人的培养联系人", "请由其他人员办理。")]
    if any(one.person == own for one in read.file.introducers):
        return [REV_22.objection("您是本人的入党介绍人", "请由其他人员办理。")]
    kin = Relative.objects.alive()
    there = kin.filter(case=read.around.case, person=own)
    back = kin.filter(case__person=own, person=read.around.person)
    if there.union(back).exists():
        return [REV_22.objection(_KIN, "请由其他人员办理。")]
    return []
