"""What people entered twice leave to be done at a unit, for whoever may decide there. Derived, never stored.

Must not know: requests, pages.
"""

from __future__ import annotations

from datetime import date
from typing import Final

from django.utils.translation import gettext as _

from yumiao.access.permissions import Permission
from yumiao.access.readers import Reader
from yumiao.desk.doubles.queue import queue
from yumiao.journal.memory import remembered
from yumiao.kernel.duties import Duty
from yumiao.people.doubles import IDN_06
from yumiao.people.models import Person
from yumiao.ui.addresses import reverse
from yumiao.units.queries import UnitOnDay

MOST: Final = 30_000
"""People whom a home compares; of more the page of the queue alone does, for it takes seconds after every change of a record."""


def double_duties(reader: Reader, unit: UnitOnDay) -> list[Duty]:
    """One line with the pairs that stand in the unit or below."""
    if not reader.scope(Permission.PERSON_MERGE).covers(unit.path):
        return []
    if remembered("people", reader.head, make=Person.objects.count) > MOST:
        return []
    count = len(queue(reader, unit))
    if not count:
        return []
    title, due_on = _("%(count)s 对疑似重复人员须核对") % {"count": count}, date(reader.today.year, 12, 31)
    address = f"{reverse('doubles')}?unit={unit.code}"
    return [Duty(IDN_06.id, title, unit.name, due_on, _("核对后合并，或者判定不是同一人"), address)]
