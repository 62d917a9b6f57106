"""Whom of the county's own people a name of the family list means. Must not know: requests, pages."""

from __future__ import annotations

from yumiao.kernel.objections import Objection, Refused
from yumiao.kernel.scope import Scope
from yumiao.people.models import Person, PersonRecord


def person_named(scope: Scope, name: str) -> int:
    """The one person of that name within a scope. Raises `Refused` where there is none, or more than one."""
    people = Person.objects.visible_to(scope).values("pk")
    found = list(
        PersonRecord.objects.open().filter(name=name, person__in=people).values_list("person_id", flat=True)[:2]
    )
    if len(found) != 1:
        why = "没有这个姓名的在册人员" if not found else "这个姓名的在册人员不止一人"
        raise Refused([Objection(rule="REV-22", text=why, next_step="取消勾选“是本县在册人员”，或者改正姓名。")])
    return found[0]
