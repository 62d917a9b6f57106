"""The lists of transfers: to be taken in, on their way, expired, without receipt, done; on the page and as a file. Must not know: how a file is written."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, Final

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import QueryDict
from django.utils.translation import gettext as _

from yumiao.access.permissions import Permission
from yumiao.access.readers import Reader
from yumiao.desk.exports.going import Going
from yumiao.desk.transfers.ends import end_names
from yumiao.journal.facts import ALIVE
from yumiao.kernel.resources import Field, Resource
from yumiao.kernel.resources import Kind as Typed
from yumiao.kernel.scope import Scope
from yumiao.people.models import Transfer, TransferState
from yumiao.people.queries import Named, named
from yumiao.people.transfer_queries import Standing, with_states
from yumiao.ui.addresses import reverse
from yumiao.units.models import Placement, Succession
from yumiao.units.queries import Tree

State = TransferState.State


class Which(StrEnum):
    """One list, as the address names it."""

    ARRIVING = "arriving"
    LEAVING = "leaving"
    EXPIRED = "expired"
    RECEIPT = "receipt"
    CLOSED = "closed"

    @property
    def label(self) -> str:
        return {
            "arriving": _("待接收"),
            "leaving": _("转出在途"),
            "expired": _("已过期"),
            "receipt": _("待回执"),
            "closed": _("已办结"),
        }[self.value]


RESOURCE: Final = Resource(
    "transfers",
    "组织关系转接登记表",
    (
        Field("letter", "介绍信编号", width=24),
        Field("kind", "种类", width=14),
        Field("name", "姓名", width=13),
        Field("identity", "公民身份号码", width=20, note="公民身份号码，掩码"),
        Field("sender", "转出组织", width=26),
        Field("receiver", "接收组织", width=26),
        Field("issued_on", "开具日期", Typed.DAY, width=11),
        Field("valid_until", "有效期至", Typed.DAY, width=11),
        Field("state", "状态", width=14),
        Field("happened_on", "状态日期", Typed.DAY, width=11),
        Field("reason", "理由", width=30),
    ),
)


def state_label(one: Standing, day: date) -> str:
    """The state in a word: expired is what is open beyond its days."""
    if one.is_expired(day):
        return _("已过期")
    if one.state is State.RECEIVED and one.transfer.kind == Transfer.Kind.MATERIAL:
        return _("已接收")
    return str(one.state.label)


def state_tone(one: Standing, day: date) -> str:
    """The sign before the word."""
    if one.is_expired(day):
        return "floor"
    tones = {State.ISSUED: "warn", State.RECEIVED: "guide", State.RETURNED: "ok"}
    return tones.get(one.state, "na")


def units_in(scope: Scope) -> QuerySet[Placement, Any]:
    """The units of a scope, as a query within a query."""
    within = Q(pk__in=[])
    for root in scope.roots:
        within |= Q(path__gte=root.lo, path__lt=root.hi)
    rows = Placement.objects.on(scope.day).filter(within)
    return rows.values("unit")


def _reached(*states: TransferState.State) -> Exists:
    return Exists(TransferState.objects.filter(transfer=OuterRef("pk"), struck=ALIVE, state__in=states))


def transfers_of(scope: Scope, which: Which | None = None) -> QuerySet[Transfer]:
    """One list within a scope, or all of them; the expired ones are found among those open by `expired`."""
    units = units_in(scope)
    # what was sent from, or to, a unit that has ended since is its successor's to finish
    before = Succession.objects.alive().filter(successor__in=units).values("predecessor")
    sent = Q(from_unit__in=units) | Q(from_unit__in=before)
    taken = Q(to_unit__in=units) | Q(to_unit__in=before)
    is_open = _reached(State.ISSUED) & ~_reached(State.RECEIVED, State.RETURNED, State.REFUSED, State.WITHDRAWN)
    is_received = _reached(State.RECEIVED) & ~_reached(State.RETURNED)
    material = Q(kind=Transfer.Kind.MATERIAL)
    conditions = {
        None: sent | taken,
        Which.ARRIVING: taken & Q(is_open),
        Which.LEAVING: sent & Q(is_open),
        Which.EXPIRED: (sent | taken) & Q(is_open),
        Which.RECEIPT: (sent | taken) & Q(is_received) & ~material,
        Which.CLOSED: (sent | taken) & ~Q(is_open) & (material | ~Q(is_received)),
    }
    return Transfer.objects.filter(conditions[which]).select_related("person")


def expired(scope: Scope) -> list[Standing]:
    """Open beyond their days."""
    found = with_states(transfers_of(scope, Which.EXPIRED).order_by("issued_on", "id"))
    return [one for one in found if one.is_expired(scope.day)]


@dataclass(frozen=True, slots=True)
class Row:
    """A transfer as a list shows it."""

    one: Standing
    person: Named | None
    sender: str
    receiver: str
    state: str
    tone: str


def rows_of(found: Iterable[Standing], tree: Tree, day: date) -> list[Row]:
    """With names, in two queries."""
    some = list(found)
    names = named(one.transfer.person_id for one in some)
    return [
        Row(
            one, names.get(one.transfer.person_id), *end_names(tree, one.transfer), state_label(one, day),
            state_tone(one, day),
        )
        for one in some
    ]  # fmt: skip


def which_of(get: QueryDict) -> Which:
    """The list an address names; the first where it names none."""
    said = get.get("state", "")
    return Which(said) if said in list(Which) else Which.ARRIVING


def going(reader: Reader, get: QueryDict) -> Going:
    """A list as it goes out."""
    which, scope = which_of(get), reader.scope(Permission.PERSON_READ)
    rows = transfers_of(scope, which).order_by("-issued_on", "-id")
    late = expired(scope) if which is Which.EXPIRED else None

    def read(most: int) -> list[dict[str, Any]]:
        found = late[:most] if late is not None else with_states(rows[:most])
        return [values_of(one) for one in rows_of(found, reader.tree, reader.today)]

    return Going(
        resource=RESOURCE,
        title=RESOURCE.title,
        unit=reader.home,
        day=reader.today,
        conditions=[which.label],
        count=len(late) if late is not None else rows.count(),
        is_of_people=True,
        rows=read,
        back=f"{reverse('transfers')}?state={which}",
    )


def values_of(row: Row) -> dict[str, Any]:
    """A transfer by the keys of `RESOURCE`."""
    one = row.one
    last = one.states[-1] if one.states else None
    return {
        "letter": one.letter or None,
        "kind": str(Transfer.Kind(one.transfer.kind).label),
        "name": row.person.name if row.person else None,
        "identity": row.person.masked if row.person else None,
        "sender": row.sender,
        "receiver": row.receiver,
        "issued_on": one.transfer.issued_on,
        "valid_until": one.valid_until,
        "state": row.state,
        "happened_on": last.happened_on if last else None,
        "reason": (last.reason if last else "") or None,
    }
