"""Who stands too near to somebody to audit his file or decide on his membership. Must not know: requests, pages."""

from __future__ import annotations

import uuid
from collections.abc import Collection

from django.db.models import Q

from yumiao.admission.audit_rules import AUD_02
from yumiao.admission.models import Relative
from yumiao.kernel.objections import Objection
from yumiao.people.models import Person, Tie


def too_near(account: uuid.UUID | None, people: Collection[int]) -> set[int]:
    """Of these people, whom the person of an account may not deal with: himself, whom he is contact or introducer of, his kin.

    `account`: None where it is no person of the county's own. Three queries at most.
    """
    own = Person.objects.filter(uid=account).values_list("pk", flat=True).first() if account else None
    if own is None:
        return set()
    asked = list(people)
    found = {own} & set(asked)
    kinds = (Tie.Kind.CONTACT, Tie.Kind.INTRODUCER)
    found |= set(
        Tie.objects.alive().filter(other=own, kind__in=kinds, person__in=asked).values_list("person", flat=True)
    )
    kin = Relative.objects.alive().filter(Q(person=own, case__person__in=asked) | Q(case__person=own, person__in=asked))
    for one, other in kin.values_list("case__person", "person"):
        found |= {one, other} & set(asked)
    return found


def near_objections(near: set[int], person: int, name: str = "") -> list[Objection]:
    """Why he may not, in words; empty where he may."""
    if AUD_02.holds(is_near=person in near):
        return []
    who = f"{name}：" if name else ""
    return [AUD_02.objection(f"{who}与您有利害关系（本人、近亲属，或者由您培养联系、介绍入党）", "请由其他人员办理。")]
