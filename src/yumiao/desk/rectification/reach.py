"""Where findings and orders stand today, and which of them a reader reaches: a unit that has ended is its successor's. Must not know: forms."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from yumiao.access.permissions import Permission
from yumiao.access.readers import Reader
from yumiao.desk.units.ended import heir_of
from yumiao.kernel.objections import NotAllowed, OutOfScope
from yumiao.oversight.models import Order
from yumiao.oversight.queries import Standing, orders_of
from yumiao.units.queries import UnitOnDay

P = Permission


def place_of(reader: Reader, unit: int) -> UnitOnDay | None:
    """The unit as it stands today, else the one that carries it on, else the county."""
    return reader.tree.by_id.get(unit) or heir_of(reader, unit) or reader.tree.root


def within(reader: Reader, units: Iterable[int], permission: Permission = P.CASE_RECORD) -> list[int]:
    """Those of some units, ended ones too, that stand today where a reader holds a permission."""
    places = {one: place_of(reader, one) for one in set(units)}
    return [one for one, place in places.items() if place is not None and reader.may_at(permission, place)]


def issuer_for(reader: Reader, unit: UnitOnDay) -> UnitOnDay | None:
    """The highest unit above another at which the reader issues orders: the county's officer issues in the county's name."""
    above = reader.tree.line(unit)[:-1]
    return next((one for one in above if reader.may_at(P.ORDER_ISSUE, one)), None)


@dataclass(frozen=True, slots=True)
class Seen:
    """An order a reader may see, with both ends as they stand today."""

    one: Standing
    unit: UnitOnDay
    issuer: UnitOnDay
    reader: Reader

    @property
    def uid(self) -> uuid.UUID:
        return self.one.order.uid

    @property
    def number(self) -> str:
        order = self.one.order
        return f"整改〔{order.year}〕{order.serial}号"

    def end(self, permission: Permission) -> UnitOnDay:
        """The end at which a right is asked: who submits is at the unit, everybody else at the issuer."""
        return self.unit if permission is P.ORDER_SUBMIT else self.issuer

    def may(self, permission: Permission) -> bool:
        return self.reader.may_at(permission, self.end(permission))


def seen(reader: Reader, uid: uuid.UUID, permission: Permission | None = None) -> Seen:
    """The order of that uid. Raises `OutOfScope` where the reader reaches it not, `NotAllowed` where he holds not the right at its end."""
    found = orders_of(Order.objects.filter(uid=uid))
    for one in found:
        unit, issuer = place_of(reader, one.order.unit_id), place_of(reader, one.order.issuer_id)
        if unit is None or issuer is None or not reader.may_at(P.CASE_RECORD, unit):
            break
        order = Seen(one, unit, issuer, reader)
        if permission is not None and not order.may(permission):
            raise NotAllowed("这件整改由另一方办理。")
        return order
    raise OutOfScope("没有这份整改通知。")
