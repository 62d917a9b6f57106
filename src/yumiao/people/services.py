"""What writes people: new persons, corrections of what is known, memberships and ties. All of it within an open act.

A correction strikes the row and writes it anew with the same valid time. It must not know where the facts came from.
"""

from __future__ import annotations

import uuid
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from operator import itemgetter
from typing import Any

from django.db import transaction

from yumiao.journal import bulk
from yumiao.journal.acts import Act, lock_chain
from yumiao.journal.bulk import new_ids
from yumiao.kernel.ages import birth_number
from yumiao.kernel.periods import BEGIN, FOREVER
from yumiao.people import secrets
from yumiao.people.models import (
    Attribution,
    Belonging,
    Membership,
    NameToken,
    Person,
    PersonRecord,
    PersonSecret,
    Statement,
    Tie,
)
from yumiao.people.names import tokens
from yumiao.people.queries import KnownPerson

PERSON = ("id", "uid")
RECORD = (
    "since", "until", "person_id", "name", "sex", "born_on", "birth_number", "ethnicity", "education", "occupation",
)  # fmt: skip
SECRET = ("person_id", "kind", "cell", "key_version", "keyed")
STATEMENT = ("person_id", "field", "value", "reason")
BELONGING = ("since", "until", "person_id", "unit_id", "since_known")
MEMBERSHIP = (
    "person_id", "cycle", "membership_on", "approval", "approved_on", "probation_start_on", "probation_end_on",
    "full_member_on", "confirmation_stated_on", "ended_on", "ended_how", "age_years",
)  # fmt: skip
ATTRIBUTION = ("since", "until", "person_id", "cycle", "unit_id", "reason")
TIE = ("since", "until", "person_id", "other_id", "other_text", "kind", "position", "since_known")


@dataclass(frozen=True, slots=True)
class Attributes:
    """The attributes of a person as they shall stand."""

    name: str
    sex: str
    born_on: date | None
    ethnicity: str = ""
    education: str = ""
    occupation: str = ""

    def row(self, person: int, since: date, until: date) -> tuple[Any, ...]:
        number = birth_number(self.born_on) if self.born_on else None
        return (
            since, until, person, self.name, self.sex, self.born_on, number,
            self.ethnicity, self.education, self.occupation,
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class PersonDraft:
    """Somebody not yet known. `numbers` maps kinds of `PersonSecret` to numbers; `statements` maps fields to (value, reason)."""

    attributes: Attributes
    numbers: Mapping[str, str]
    unit: int
    since: date
    statements: Mapping[str, tuple[str, str]]


def register_people(act: Act, drafts: Sequence[PersonDraft]) -> list[int]:
    """Write new persons with record, numbers and belonging (`since_known` false: as far as known). Returns their ids in order."""
    ids = new_ids(Person, len(drafts))
    uids = [uuid.uuid4() for _ in drafts]
    pairs = list(zip(ids, uids, drafts, strict=True))
    act.insert(Person, PERSON, list(zip(ids, uids, strict=True)))
    write_records(act, [draft.attributes.row(person, BEGIN, FOREVER) for person, _, draft in pairs])
    act.insert(
        PersonSecret,
        SECRET,
        (
            (person, kind, *secrets.sealed(uid, kind, number))
            for person, uid, draft in pairs
            for kind, number in draft.numbers.items()
        ),
    )
    act.insert(
        Statement,
        STATEMENT,
        [(person, field, *said) for person, _, draft in pairs for field, said in draft.statements.items()],
    )
    act.insert(Belonging, BELONGING, [(d.since, FOREVER, person, d.unit, False) for person, _, d in pairs])
    return ids


@dataclass(frozen=True, slots=True)
class PersonCorrection:
    """What shall stand instead for somebody known; None or absent keys leave the known fact alone.

    `withdrawn`: fields in which record and number agree by now, so that their statement is taken back.
    """

    known: KnownPerson
    attributes: Attributes | None
    numbers: Mapping[str, str]
    statements: Mapping[str, tuple[str, str]]
    withdrawn: Collection[str] = ()
    since: date | None = None


def correct_people(act: Act, corrections: Sequence[PersonCorrection]) -> None:
    """Strike what was wrong and write it anew with the same valid time."""
    _correct_records(act, corrections)
    changed = [(c.known, kind, number) for c in corrections for kind, number in c.numbers.items()]
    act.strike(PersonSecret, [known.secrets[kind][0] for known, kind, _ in changed if kind in known.secrets])
    act.insert(
        PersonSecret, SECRET, [(known.id, kind, *secrets.sealed(known.uid, kind, n)) for known, kind, n in changed]
    )
    said = [(c.known, field, *said) for c in corrections for field, said in c.statements.items()]
    unsaid = [(c.known, field) for c in corrections for field in (*c.statements, *c.withdrawn)]
    act.strike(Statement, [known.statements[field][0] for known, field in unsaid if field in known.statements])
    act.insert(Statement, STATEMENT, [(known.id, *rest) for known, *rest in said])
    earlier = [(c.known, c.since) for c in corrections if c.since is not None]
    act.strike(Belonging, [known.belonging for known, _ in earlier])
    act.insert(
        Belonging,
        BELONGING,
        [(since, FOREVER, known.id, known.unit, known.belonging_since_known) for known, since in earlier],
    )


def _correct_records(act: Act, corrections: Sequence[PersonCorrection]) -> None:
    changed = [(c.known, c.attributes) for c in corrections if c.attributes is not None]
    act.strike(PersonRecord, [known.record.id for known, _ in changed])
    write_records(
        act, [attributes.row(known.id, known.record.since, known.record.until) for known, attributes in changed]
    )


def write_records(act: Act, rows: Sequence[tuple[Any, ...]]) -> None:
    """Write records, as `RECORD` orders their values, with what their names are found by."""
    last = PersonRecord.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    act.insert(PersonRecord, RECORD, rows)
    if rows:  # under the chain's lock ids grow: those after the last are the new ones
        _derive_tokens(act, after=last)


def find_again(act: Act) -> None:
    """What the names of records that an undoing wrote again are found by."""
    again = PersonRecord.objects.filter(entered=act.seq).order_by("pk").values_list("pk", flat=True).first()
    if again is not None:
        _derive_tokens(act, after=again - 1)


def _derive_tokens(act: Act, *, after: int) -> None:
    # in the order of the index: thousands at once are written a third faster
    act.derive(NameToken, sorted(name_tokens(after=after), key=itemgetter(1)))


def name_tokens(*, after: int = 0) -> Iterator[tuple[int, str]]:
    """(record, token) of every record after the one with that id, as `NameToken` holds them."""
    records = PersonRecord.objects.filter(pk__gt=after).order_by("pk").values_list("pk", "name")
    for record, name in records.iterator(chunk_size=2000):
        for token in tokens(name):
            yield record, token


def rebuild_name_tokens() -> None:
    """Make the tokens of all names anew, as a mended installation does."""
    with transaction.atomic():
        lock_chain()
        NameToken.objects.all().delete()
        bulk.insert(NameToken, list(name_tokens()), stamp={}, tally=None)


@dataclass(frozen=True, slots=True)
class MembershipDraft:
    """A membership as papers state it. `unit`: for whom the admission counts, `stated` when the papers name it as elsewhere."""

    person: int
    membership_on: date
    full_member_on: date
    confirmation_stated_on: date | None
    age_years: int | None
    unit: int
    stated: bool
    cycle: int = 1

    def row(
        self, *, probation_end_on: date | None = None, ended_on: date = FOREVER, ended_how: str = ""
    ) -> tuple[Any, ...]:
        return (
            self.person, self.cycle, self.membership_on, Membership.Approval.ASSUMED, self.membership_on,
            self.membership_on, probation_end_on, self.full_member_on, self.confirmation_stated_on, ended_on, ended_how,
            self.age_years,
        )  # fmt: skip

    def attribution(self) -> tuple[Any, ...]:
        reason = Attribution.Reason.STATED if self.stated else Attribution.Reason.ADMITTED
        return (self.membership_on, FOREVER, self.person, self.cycle, self.unit, reason)


def record_memberships(
    act: Act, *, new: Sequence[MembershipDraft], corrected: Sequence[tuple[KnownPerson, MembershipDraft]]
) -> None:
    """Write memberships with their attribution. An imported one counts as approved on the day of the meeting."""
    versions = [(known, draft) for known, draft in corrected if known.membership is not None]
    act.strike(Membership, [known.membership.id for known, _ in versions if known.membership])
    kept = _decided([known.membership.id for known, _ in versions if known.membership])
    again = [draft.row(**kept[known.membership.id]) for known, draft in versions if known.membership]
    act.insert(Membership, MEMBERSHIP, [*(draft.row() for draft in new), *again])
    moved = [(known, draft) for known, draft in versions if known.attribution and known.attribution[1] != draft.unit]
    act.strike(Attribution, [known.attribution[0] for known, _ in moved if known.attribution])
    act.insert(Attribution, ATTRIBUTION, [d.attribution() for d in (*new, *(draft for _, draft in moved))])


def _decided(rows: Sequence[int]) -> dict[int, dict[str, Any]]:
    """What was decided of memberships and no paper of a correction says: a longer probation, how and when they ended; by row."""
    found = Membership.objects.in_bulk(rows)
    names = ("probation_end_on", "ended_on", "ended_how")
    return {row: {name: getattr(one, name) for name in names} for row, one in found.items()}


@dataclass(frozen=True, slots=True)
class TieDraft:
    """A tie since a day; `other` None: the file named somebody unknown, `other_text` is the masked number."""

    person: int
    kind: str
    position: int
    other: int | None
    other_text: str
    since: date

    def row(self) -> tuple[Any, ...]:
        return (self.since, FOREVER, self.person, self.other, self.other_text, self.kind, self.position, False)


def record_ties(act: Act, drafts: Iterable[TieDraft], *, instead_of: Iterable[int] = ()) -> None:
    """Write ties, striking the open ones they correct."""
    act.strike(Tie, instead_of)
    act.insert(Tie, TIE, [draft.row() for draft in drafts])
