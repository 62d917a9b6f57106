"""The people behind a count, on the page and as a file. Must not know: how a file is written."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.http import QueryDict
from django.utils.translation import gettext as _

from yumiao.access.readers import Reader
from yumiao.admission.courses import Ahead
from yumiao.admission.models import Case
from yumiao.desk.admissible.asked import ELSEWHERE, Asked, Standing
from yumiao.desk.admissible.counting import Cases, cases_of, label_of, unit_asked
from yumiao.desk.exports.going import Going
from yumiao.kernel.resources import Field, Kind, Resource
from yumiao.people.models import PersonRecord
from yumiao.units.queries import UnitOnDay

RESOURCE: Final = Resource(
    "admissible",
    "年内可接收人员测算表",
    (
        Field("name", "姓名", width=13),
        Field("township", "乡镇", width=18),
        Field("unit_name", "党支部", width=24),
        Field("standing", "年内能否接收", width=20),
        Field("done", "已办到", width=18),
        Field("meeting_on", "支部大会最早日期", Kind.DAY, width=16, note="已经召开的为召开日期"),
        Field("hold", "待办", width=30, note="最早的一项没有办理的步骤，或者没有满的期限"),
        Field("rule", "依据规则", width=10),
    ),
)


@dataclass(frozen=True, slots=True)
class Person:
    """A case as the list shows it."""

    uid: uuid.UUID
    name: str
    unit: UnitOnDay
    standing: Standing
    one: Ahead

    @property
    def done(self) -> str:
        return label_of(self.one.done)

    @property
    def meeting_on(self) -> date | None:
        return self.one.outlook.meeting_on

    @property
    def rule(self) -> str:
        rule = self.one.outlook.rule
        return rule.id if rule else ""

    @property
    def hold(self) -> str:
        """What is to be done first, or what has to run out."""
        outlook = self.one.outlook
        if outlook.is_resting:
            return _("暂停办理，先恢复")
        if outlook.failed:
            return _("%(step)s没有通过，先退回") % {"step": label_of(outlook.failed)}
        if outlook.is_too_late:
            return _("超过审批期限，退回到支部大会讨论")
        if outlook.is_met:
            return _("待党委审批")
        if outlook.waiting and outlook.waiting <= outlook.step:
            return _("%(step)s补录待确认") % {"step": label_of(outlook.waiting)}
        return outlook.said or label_of(outlook.step)


def people_of(cases: Cases) -> list[Person]:
    """With names and addresses, in two queries."""
    names = dict(
        PersonRecord.objects.open()
        .filter(person__in=[one.person for one, _unit, _standing in cases])
        .values_list("person_id", "name")
    )
    uids = dict(Case.objects.filter(pk__in=[one.case for one, _unit, _standing in cases]).values_list("pk", "uid"))
    return [Person(uids[one.case], names.get(one.person, ""), unit, standing, one) for one, unit, standing in cases]


def words_of(reader: Reader, asked: Asked) -> list[tuple[str, Asked]]:
    """The conditions in words, each with the address without it."""
    unit = unit_asked(reader, asked)
    said = [
        (unit.name if unit else "", asked.but(unit="")),
        (_("机关、学校、企业等") if asked.unit == ELSEWHERE else "", asked.but(unit="")),
        (asked.standing.label if asked.standing else "", asked.but(standing=None)),
        (_("最早 %(month)s") % {"month": asked.month} if asked.month else "", asked.but(month="")),
        (_("停在%(step)s") % {"step": label_of(asked.step)} if asked.step else "", asked.but(step=0)),
    ]
    return [(words, without) for words, without in said if words]


def going(reader: Reader, get: QueryDict) -> Going:
    """The list as it goes out."""
    asked = Asked.parsed({name: str(value) for name, value in get.items()}, reader.today)
    found = cases_of(reader, asked)
    return Going(
        resource=RESOURCE,
        title=RESOURCE.title,
        unit=unit_asked(reader, asked) or reader.home,
        day=reader.today,
        conditions=[_("%(year)s年") % {"year": asked.year}, *(words for words, _without in words_of(reader, asked))],
        count=len(found),
        is_of_people=True,
        rows=lambda most: values_of(people_of(found[:most]), reader),
        back=asked.people_url,
    )


def values_of(people: Sequence[Person], reader: Reader) -> list[dict[str, Any]]:
    """Cases by the keys of `RESOURCE`."""
    tree = reader.tree.by_id
    return [
        {
            "name": one.name,
            "township": tree[one.unit.township].name if one.unit.township in tree else None,
            "unit_name": one.unit.name,
            "standing": one.standing.label,
            "done": one.done,
            "meeting_on": one.meeting_on,
            "hold": one.hold,
            "rule": one.rule or None,
        }
        for one in people
    ]
