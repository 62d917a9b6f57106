"""What writes stays of floating members and the contacts with them. Within an open act."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from yumiao.journal.acts import Act
from yumiao.journal.bulk import recorded
from yumiao.kernel.periods import FOREVER
from yumiao.people.models import Stay, StayContact

STAY: Final = (
    "since", "until", "uid", "kind", "person_id", "unit_id", "guest", "place", "is_abroad", "is_fixed", "contact_id",
    "planned_on",
)  # fmt: skip
CONTACT: Final = ("stay", "made_on", "channel", "note")


@dataclass(frozen=True, slots=True)
class StayDraft:
    """Somebody of ours who went (`person`), or a guest whom `unit` helps (`guest`). `contact`: the person's id whom the branch named."""

    since: date
    place: str
    is_abroad: bool
    is_fixed: bool
    contact: int | None = None
    planned_on: date | None = None
    person: int | None = None
    unit: int | None = None
    guest: str = ""


@dataclass(frozen=True, slots=True)
class KnownStay:
    """A stay as an import compares it; of a member (`person`) or of a guest whom `unit` helps."""

    id: int
    uid: uuid.UUID
    kind: str
    person: int | None
    unit: int | None
    guest: str
    since: date
    until: date
    place: str
    is_abroad: bool
    is_fixed: bool
    contact: int | None
    planned_on: date | None


def every_stay() -> list[KnownStay]:
    """All there are, in one query."""
    rows = Stay.objects.alive().order_by("since", "id").values_list(
        "id", "uid", "kind", "person", "unit", "guest", "since", "until", "place", "is_abroad", "is_fixed", "contact",
        "planned_on",
    )  # fmt: skip
    return [KnownStay(*row) for row in rows]


def record_stays(act: Act, drafts: Iterable[tuple[StayDraft, date, KnownStay | None]]) -> None:
    """Write many at once, each with its end and the stay it corrects, as whoever reads them in has checked them."""
    rows, struck = [], []
    for draft, until, known in drafts:
        kind = Stay.Kind.OUT if draft.person is not None else Stay.Kind.IN
        uid = known.uid if known else uuid.uuid4()
        rows.append((
            draft.since, until, uid, kind.value, draft.person, draft.unit, draft.guest, draft.place, draft.is_abroad,
            draft.is_fixed, draft.contact, draft.planned_on,
        ))  # fmt: skip
        struck += [known.id] if known else []
    act.strike(Stay, struck)
    act.insert(Stay, STAY, rows)


def begin_stay(act: Act, draft: StayDraft) -> uuid.UUID:
    """Write a stay without an end. Returns its uid."""
    uid = uuid.uuid4()
    kind = Stay.Kind.OUT if draft.person is not None else Stay.Kind.IN
    row = (
        draft.since, FOREVER, uid, kind.value, draft.person, draft.unit, draft.guest, draft.place, draft.is_abroad,
        draft.is_fixed, draft.contact, draft.planned_on,
    )  # fmt: skip
    act.insert(Stay, STAY, [row])
    return uid


def rewrite_stay(act: Act, stay: Stay, draft: StayDraft) -> None:
    """Correct what a stay says; its uid, end and whose it is stay."""
    said = {
        "since": draft.since, "place": draft.place, "is_abroad": draft.is_abroad, "is_fixed": draft.is_fixed,
        "contact_id": draft.contact, "planned_on": draft.planned_on, "guest": draft.guest,
        "unit_id": draft.unit if stay.kind == Stay.Kind.IN else None,
    }  # fmt: skip
    act.strike(Stay, [stay.pk])
    act.insert(Stay, STAY, [tuple(said.get(name, getattr(stay, name)) for name in STAY)])


def end_stay(act: Act, stay: Stay, on: date) -> None:
    """He came back on that day, which lies after the day he left."""
    act.strike(Stay, [stay.pk])
    act.insert(Stay, STAY, [tuple(on if name == "until" else getattr(stay, name) for name in recorded(Stay))])


def end_stays(act: Act, person: int, on: date) -> None:
    """Whose membership ends is no floating member any more; a stay that begins on that day or later is taken back."""
    for stay in Stay.objects.open().filter(person=person):
        if stay.since < on:
            end_stay(act, stay, on)
        else:
            act.strike(Stay, [stay.pk])


def record_contact(act: Act, stay: uuid.UUID, on: date, channel: str, note: str) -> None:
    """The branch was in touch with him."""
    act.insert(StayContact, CONTACT, [(stay, on, channel, note)])
