"""Grants as lists show them: live and past within reach, those about one case, those taken in an emergency. Nothing of what they open.

Must not know: requests.
"""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from django.db.models import QuerySet
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _

from yumiao.access.models import Grant
from yumiao.access.permissions import Permission
from yumiao.access.readers import Reader
from yumiao.access.sections import Section
from yumiao.admission.cultivation_queries import names_of
from yumiao.admission.models import CaseGrant
from yumiao.desk.exports.going import Going, page_of
from yumiao.journal.facts import ALIVE
from yumiao.journal.models import Reading
from yumiao.journal.readings import What
from yumiao.kernel.resources import Field, Kind, Resource
from yumiao.kernel.scope import Scope
from yumiao.people.models import Person


@dataclass(frozen=True, slots=True)
class Line:
    """A grant about one case. `opened`: how often it was used."""

    grant: Grant
    case: uuid.UUID
    name: str
    opened: int
    today: date
    now: datetime

    @property
    def section(self) -> Section:
        return Section(self.grant.section)

    @property
    def is_live(self) -> bool:
        ends = self.grant.ends_at
        return self.grant.since <= self.today < self.grant.until and (ends is None or ends > self.now.timestamp())

    @property
    def ends(self) -> datetime | None:
        """The moment it ends, where that is not the end of a day."""
        ends = self.grant.ends_at
        return None if ends is None else timezone.localtime(datetime.fromtimestamp(ends, tz=self.now.tzinfo))


def grants_in(scope: Scope) -> QuerySet[CaseGrant]:
    """Every grant about people within a scope, one row a case."""
    people = Person.objects.visible_to(scope).values("pk")
    return _with_grants().filter(case__person__in=people)


def grants_of(case: int) -> QuerySet[CaseGrant]:
    """Every grant about a case."""
    return _with_grants().filter(case=case).order_by("-pk")


def emergencies() -> QuerySet[CaseGrant]:
    """Every section that was opened in an emergency, the latest first."""
    return _with_grants().filter(grant__is_emergency=True).order_by("-pk")


def _with_grants() -> QuerySet[CaseGrant]:
    rows = CaseGrant.objects.filter(grant__struck=ALIVE)
    return rows.select_related("grant__account", "grant__granted_by", "case__person")


def lines_of(found: Iterable[CaseGrant], today: date) -> Sequence[Line]:
    """With names and how often each was used; two queries."""
    rows, now = list(found), timezone.now()
    names = names_of({one.case.person_id for one in rows})
    read = Reading.objects.filter(
        what=What.SECTION.value,
        subject__in={one.case.person.uid for one in rows},
        actor__in={one.grant.account.uid for one in rows},
    )
    used = Counter(
        (actor, subject, purpose.rpartition("；")[2])
        for actor, subject, purpose in read.values_list("actor", "subject", "purpose")
    )
    lines = []
    for one in rows:
        grant, person = one.grant, one.case.person
        said = f"{Section(grant.section).label}：{grant.purpose}".rpartition("；")[2]
        name = names[one.case.person_id][0] if one.case.person_id in names else ""
        lines.append(Line(grant, one.case.uid, name, used[grant.account.uid, person.uid, said], today, now))
    return lines


RESOURCE: Final = Resource(
    "grants",
    "授权阅看登记表",
    (
        Field("account", "获准的人", width=14),
        Field("name", "姓名", width=13),
        Field("section", "内容", width=22),
        Field("purpose", "用途", width=30),
        Field("since", "开始", Kind.DAY, width=11),
        Field("until", "失效", Kind.DAY, width=11),
        Field("granted_by", "授权人", width=14),
        Field("opened", "打开次数", Kind.NUMBER, width=9),
        Field("state", "状态", width=9),
    ),
)


def going(reader: Reader, get: QueryDict) -> Going:
    """The list as it goes out: who may read what of whom; nothing of what is read."""
    rows = grants_in(reader.scope(Permission.SECTION_GRANT)).order_by("-id")
    return Going(
        resource=RESOURCE, title=RESOURCE.title, unit=reader.home, day=reader.today, conditions=[], count=rows.count(),
        is_of_people=True, rows=lambda most: [values_of(one) for one in lines_of(rows[:most], reader.today)], back=page_of("grants", get),
    )  # fmt: skip


def values_of(line: Line) -> dict[str, Any]:
    """A grant by the keys of `RESOURCE`."""
    grant = line.grant
    return {
        "account": grant.account.display_name, "name": line.name, "section": line.section.label, "purpose": grant.purpose,
        "since": grant.since, "until": grant.until, "granted_by": grant.granted_by.display_name, "opened": line.opened,
        "state": _("有效") if line.is_live else _("已失效"),
    }  # fmt: skip
