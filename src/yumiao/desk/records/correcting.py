"""The use case: what is recorded of a person is corrected, as one act, with its reason; what was stands in the history.

Must not know: requests, pages.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from yumiao.bylaws.queries import LeapBirthdays
from yumiao.desk.workbook.rules import BOOK
from yumiao.journal.acts import Act, Actor, act
from yumiao.journal.verbs import Verb
from yumiao.kernel import identity
from yumiao.kernel.ages import completed_years
from yumiao.kernel.objections import Difference, Objection, Refused, Severity, Stale
from yumiao.kernel.periods import on_screen
from yumiao.people import codes, names
from yumiao.people.columns import NAME_RULE
from yumiao.people.models import Membership, Person, PersonRecord, PersonSecret, Statement
from yumiao.people.queries import whole_numbers_of
from yumiao.people.rules import Declared, future_objections, membership_objections, number_objections
from yumiao.people.services import MEMBERSHIP, STATEMENT, Attributes, write_records

FIELDS: Final = ("name", "sex", "born_on", "ethnicity", "education", "occupation")
LABELS: Final[Mapping[str, str]] = {
    "name": "姓名", "sex": "性别", "born_on": "出生日期", "ethnicity": "民族", "education": "学历", "occupation": "职业",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Correction:
    """How the record shall stand; `explanation` says why sex or birth differ from the number, `seen` is the record it was made from."""

    attributes: Attributes
    explanation: str
    seen: int


def standing_record(person: Person) -> PersonRecord:
    """The record as it stands, that a correction replaces."""
    return PersonRecord.objects.open().get(person=person)


def listed(attributes: Attributes) -> Attributes:
    """The same with the labels of the code tables for the words and codes offices write."""
    said = {field: codes.label(field, getattr(attributes, field))[0] for field in codes.TABLES}
    return Attributes(attributes.name, attributes.sex, attributes.born_on, **said)


class Unchanged(Exception):
    """Nothing would be written."""


def correct(
    person: Person, wanted: Correction, *, today: date, actor: Actor, reason: str, once: uuid.UUID | None = None
) -> int:
    """Write the record anew with the same valid time, and what follows from a birth date. Returns the number of the entry.

    Raises `Refused` by the rules, `Unchanged`, `Stale` where somebody else corrected the record since, `journal.acts.AlreadyDone` for a
    form sent twice.
    """
    with act(Verb.PERSON_CORRECTED, actor=actor, reason=reason, once=once) as current:
        before, attributes = standing_record(person), listed(wanted.attributes)
        changed = [field for field in FIELDS if getattr(before, field) != getattr(attributes, field)]
        if before.pk != wanted.seen:
            raise Stale(_overtaken(before, attributes))
        number = number_of(person)
        found = objections(person, attributes, number, wanted.explanation, today)
        if blocking := [one for one in found if one.severity is Severity.BLOCK]:
            raise Refused(blocking)
        is_stated = _state(current, person, attributes, number, wanted.explanation)
        if changed:
            current.strike(PersonRecord, [before.pk])
            write_records(current, [attributes.row(person.pk, before.since, before.until)])
            _ages(current, person, attributes.born_on)
        elif not is_stated:
            raise Unchanged
        current.data["fields"] = changed or ["statement"]
        current.subject_kind, current.subject = "person", person.uid
    return current.seq


def objections(
    person: Person, attributes: Attributes, number: identity.IdentityNumber | None, explanation: str, today: date
) -> Iterator[Objection]:
    """Everything the rules say against a record; what history may hold only warns."""
    if fault := names.fault(attributes.name):
        yield BOOK.by_id(NAME_RULE).objection(fault)
    for _field, objection in future_objections(today, born_on=attributes.born_on):
        yield objection
    if number is not None:
        declared = Declared(number, attributes.sex, attributes.born_on, explanation)
        yield from (objection for _field, objection in number_objections(declared))
    for joined in Membership.objects.alive().filter(person=person).values_list("membership_on", flat=True):
        for _field, objection in membership_objections(
            born_on=attributes.born_on, is_full=None, membership_on=joined, confirmed_on=None
        ):
            yield objection


def number_of(person: Person) -> identity.IdentityNumber | None:
    """The identity number, whole, to be compared; None where there is none that can be read."""
    try:
        return identity.parse(whole_numbers_of(person).get(PersonSecret.Kind.IDENTITY, ""))
    except identity.InvalidIdentity:
        return None


def explanation_of(person: Person) -> str:
    """Why sex or birth differ from the number, as it was stated; empty where they agree."""
    return Statement.objects.alive().filter(person=person).values_list("reason", flat=True).first() or ""


def _state(
    current: Act, person: Person, attributes: Attributes, number: identity.IdentityNumber | None, explanation: str
) -> bool:
    """Statements of what the number says otherwise, as it is now; what agrees is stated no more. Whether any changed."""
    differing = Declared(number, attributes.sex, attributes.born_on).differences() if number else []
    wanted = {(field, value, explanation) for field, value in differing}
    standing = {(one.field, one.value, one.reason): one.pk for one in Statement.objects.alive().filter(person=person)}
    current.strike(Statement, [pk for said, pk in standing.items() if said not in wanted])
    current.insert(Statement, STATEMENT, [(person.pk, *said) for said in sorted(wanted - set(standing))])
    return wanted != set(standing)


def _ages(current: Act, person: Person, born_on: date | None) -> None:
    """The age at each admission, by the birth date as it stands now."""
    leap = LeapBirthdays()
    rows = list(Membership.objects.alive().filter(person=person).values_list("pk", *MEMBERSHIP))
    joined = 1 + MEMBERSHIP.index("membership_on")
    ages = [completed_years(born_on, row[joined], leap.on(row[joined])) if born_on else None for row in rows]
    changed = [(row, age) for row, age in zip(rows, ages, strict=True) if row[-1] != age]
    current.strike(Membership, [row[0] for row, _age in changed])
    current.insert(Membership, MEMBERSHIP, [(*row[1:-1], age) for row, age in changed])


def _overtaken(before: PersonRecord, wanted: Attributes) -> list[Difference]:
    fields = [field for field in FIELDS if getattr(before, field) != getattr(wanted, field)]
    return [Difference(LABELS[field], _said(getattr(wanted, field)), _said(getattr(before, field))) for field in fields]


def _said(value: Any) -> str:
    return on_screen(value) if isinstance(value, date) else {"m": "男", "f": "女"}.get(value, value or "")
