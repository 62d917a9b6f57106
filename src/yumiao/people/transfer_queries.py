"""Transfers with the state they are in. Reads only."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from yumiao.people.models import Transfer, TransferState
from yumiao.people.transfer_rules import last_valid_day

State = TransferState.State
CLOSED = frozenset({State.RETURNED, State.REFUSED, State.WITHDRAWN})


@dataclass(frozen=True, slots=True)
class Standing:
    """A transfer with what happened to it, the latest last; without any, its entry was taken back and its letter is void."""

    transfer: Transfer
    states: tuple[TransferState, ...]

    @property
    def letter(self) -> str:
        return self.transfer.letter

    @property
    def state(self) -> TransferState.State:
        return State(self.states[-1].state) if self.states else State.WITHDRAWN

    @property
    def is_open(self) -> bool:
        """On its way: nobody has taken it in, sent it back or withdrawn it."""
        return self.state is State.ISSUED

    @property
    def valid_until(self) -> date:
        return last_valid_day(self.transfer.issued_on, self.transfer.valid_days)

    def is_expired(self, day: date) -> bool:
        return self.is_open and day > self.valid_until

    def on(self, state: TransferState.State) -> TransferState | None:
        """The row of a state it has reached."""
        return next((one for one in self.states if one.state == state), None)


def open_transfer(person: int) -> Standing | None:
    """What is on its way for somebody."""
    return next((one for one in with_states(Transfer.objects.filter(person=person)) if one.is_open), None)


def with_states(transfers: Iterable[Transfer] | QuerySet[Transfer]) -> list[Standing]:
    """Each with its states, in two queries."""
    rows = list(transfers)
    states: Mapping[int, list[TransferState]] = defaultdict(list)
    order = list(State)
    for one in TransferState.objects.alive().filter(transfer__in=[row.pk for row in rows]):
        states[one.transfer_id].append(one)
    found = {pk: sorted(some, key=lambda one: order.index(State(one.state))) for pk, some in states.items()}
    return [Standing(row, tuple(found.get(row.pk, ()))) for row in rows]
