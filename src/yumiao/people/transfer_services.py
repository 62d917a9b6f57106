"""What writes transfers: the letter with its number, the states it reaches. Within an open act; it must not know what a state moves elsewhere."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db.models import Max

from yumiao.journal.acts import Act
from yumiao.journal.bulk import new_ids
from yumiao.people.models import Transfer, TransferState

TRANSFER: Final = (
    "id", "uid", "person_id", "kind", "from_unit_id", "from_text", "to_unit_id", "to_text", "issuer_id", "year", "serial",
    "letter", "issued_on", "valid_days",
)  # fmt: skip
TRANSFER_STATE: Final = ("transfer_id", "state", "happened_on", "unit_id", "reason")


@dataclass(frozen=True, slots=True)
class Draft:
    """A transfer to be begun. `issuer` (unit id, name) numbers its letter; without one `letter` is what others numbered, or nothing."""

    person: int
    kind: Transfer.Kind
    issued_on: date
    valid_days: int
    from_unit: int | None = None
    from_text: str = ""
    to_unit: int | None = None
    to_text: str = ""
    issuer: tuple[int, str] | None = None
    letter: str = ""


def begin_transfer(
    act: Act, draft: Draft, first: TransferState.State, *, on: date | None = None, unit: int | None = None
) -> Transfer:
    """Write the transfer in its first state, reached on the day of issue or on `on`.

    The next number of its committee is taken under the chain's lock, so none is left out.
    """
    year, serial, letter = None, None, draft.letter
    if draft.issuer is not None:
        year = draft.issued_on.year
        serial = _next(draft.issuer[0], year)
        letter = f"{draft.issuer[1]}〔{year}〕第{serial}号"
    (pk,) = new_ids(Transfer, 1)
    values = (
        pk, uuid.uuid4(), draft.person, draft.kind.value, draft.from_unit, draft.from_text, draft.to_unit, draft.to_text,
        draft.issuer[0] if draft.issuer else None, year, serial, letter, draft.issued_on, draft.valid_days,
    )  # fmt: skip
    act.insert(Transfer, TRANSFER, [values])
    reach(act, pk, first, on or draft.issued_on, unit=unit)
    return Transfer.objects.get(pk=pk)


def _next(issuer: int, year: int) -> int:
    taken = Transfer.objects.filter(issuer=issuer, year=year).aggregate(last=Max("serial"))["last"]
    return (taken or 0) + 1


def reach(
    act: Act, transfer: int, state: TransferState.State, on: date, *, unit: int | None = None, reason: str = ""
) -> None:
    """Let a transfer reach a state."""
    act.insert(TransferState, TRANSFER_STATE, [(transfer, state.value, on, unit, reason)])
