"""Orders and findings as they stand, in few statements whatever their number. Must not know: cases, who reads."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, QuerySet

from yumiao.journal.facts import ALIVE
from yumiao.journal.models import Entry
from yumiao.oversight.models import FindingRecord, Order, OrderEvent, OrderFinding, OrderPaper, OrderRecord
from yumiao.oversight.rules import Happened, State, Term, standing


@dataclass(frozen=True, slots=True)
class Standing:
    """An order with its term, what became of it and the findings it is over."""

    order: Order
    record: OrderRecord
    events: tuple[OrderEvent, ...]
    happened: tuple[Happened, ...]
    findings: tuple[FindingRecord, ...]

    @property
    def term(self) -> Term:
        return Term(self.record.issued_on, self.record.due_on, self.record.extended_to)

    def state(self, today: date) -> State:
        return standing(self.term, self.happened, today)


def live_orders() -> QuerySet[Order]:
    """All that were not taken back."""
    return Order.objects.filter(Exists(OrderRecord.objects.alive().filter(order=OuterRef("pk"))))


def orders_of(found: Iterable[Order]) -> list[Standing]:
    """Orders as they stand, in the order given; those taken back are left out. Five statements."""
    orders = list(found)
    ids = [one.pk for one in orders]
    records = {one.order_id: one for one in OrderRecord.objects.alive().filter(order__in=ids)}
    events: dict[int, list[OrderEvent]] = defaultdict(list)
    for event in OrderEvent.objects.alive().filter(order__in=ids).order_by("pk"):
        events[event.order_id].append(event)
    seqs = {one.entered for some in events.values() for one in some}
    actors = dict(Entry.objects.filter(seq__in=seqs).values_list("seq", "actor"))
    tied: dict[int, list[FindingRecord]] = defaultdict(list)
    over = dict(OrderFinding.objects.alive().filter(order__in=ids).values_list("finding", "order"))
    for record in FindingRecord.objects.alive().filter(finding__in=list(over)).select_related("finding").order_by("pk"):
        tied[over[record.finding_id]].append(record)
    return [
        Standing(
            one,
            records[one.pk],
            tuple(events[one.pk]),
            tuple(Happened(event.what, event.happened_on, str(actors.get(event.entered))) for event in events[one.pk]),
            tuple(tied[one.pk]),
        )
        for one in orders
        if one.pk in records
    ]


def papers_of(order: int) -> list[OrderPaper]:
    """What was handed in with an order's rectification, the first one first."""
    return list(OrderPaper.objects.filter(order=order).select_related("scan").order_by("pk"))


def live_findings() -> QuerySet[FindingRecord]:
    """All that were not taken back, with what they are about."""
    return FindingRecord.objects.alive().select_related("finding")


def accepted_orders() -> QuerySet[OrderEvent]:
    """What ended orders."""
    return OrderEvent.objects.alive().filter(what=OrderEvent.What.ACCEPTED)


def put_right() -> QuerySet[OrderFinding]:
    """Which findings stand in an order that was accepted."""
    done = accepted_orders().filter(order=OuterRef("order"))
    return OrderFinding.objects.alive().filter(Exists(done))


def in_order() -> QuerySet[OrderFinding]:
    """Which findings stand in an order."""
    return OrderFinding.objects.alive()


def unordered(unit_ids: Iterable[int]) -> QuerySet[FindingRecord]:
    """Findings at some units that no order is over."""
    tied = OrderFinding.objects.filter(struck=ALIVE, finding=OuterRef("finding"))
    return live_findings().filter(~Exists(tied), finding__unit__in=list(unit_ids)).order_by("found_on", "pk")
