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
from yumiao.kernel.periods import FOREVER, on_screen
from yumiao.people import codes, names
from yumiao.people.columns import NAME_RULE
from yumiao.people.doubles import IDN_06
from yumiao.people.models import Membership, Person, PersonRecord, PersonSecret, Statement
from yumiao.people.queries import whole_numbers_of
from yumiao.people.rules import MEM_10, Declared, future_objections, membership_objections, number_objections
from yumiao.people.secrets import keyed, sealed
from yumiao.people.services import MEMBERSHIP, SECRET, STATEMENT, Attributes, write_records

FIELDS: Final = ("name", "sex", "born_on", "ethnicity", "education", "occupation")
_DATES: Final = ("membership_on", "full_member_on", "confirmation_stated_on")
LABELS: Final[Mapping[str, str]] = {
    "name": "姓名", "sex": "性别", "born_on": "出生日期", "ethnicity": "民族", "education": "学历", "occupation": "职业",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Correction:
    """How the record shall stand; `explanation` says why sex or birth differ from the number, `seen` is the record it was made from.

    `number` is given where there was none or a wrong one, `confirmed_on` where a full member's papers name a day nobody had entered.
    `seen_number` is the row of the number it was made from, 0 for none.
    """

    attributes: Attributes
    explanation: str
    seen: int
    number: identity.IdentityNumber | None = None
    confirmed_on: date | None = None
    seen_number: int = 0


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
        known = number_of(person)
        given = wanted.number if wanted.number != known else None
        if given is not None and number_row(person) != wanted.seen_number:
            raise Stale([_overtaken_number(given, known)])
        number = given or known
        found = [
            *objections(person, attributes, number, wanted.explanation, today),
            *number_taken(person, given),
            *_confirmation(person, wanted.confirmed_on, today),
        ]
        if blocking := [one for one in found if one.severity is Severity.BLOCK]:
            raise Refused(blocking)
        if _state(current, person, attributes, number, wanted.explanation) and not changed:
            changed.append("statement")
        if set(changed) & set(FIELDS):
            current.strike(PersonRecord, [before.pk])
            write_records(current, [attributes.row(person.pk, before.since, before.until)])
        if given is not None:
            _number(current, person, given)
            changed.append("number")
        if _memberships(current, person, attributes.born_on, wanted.confirmed_on):
            changed.append("confirmed_on")
        if not changed:
            raise Unchanged
        current.data["fields"] = changed
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


def number_row(person: Person) -> int:
    """The row of the identity number as it stands; 0 where there is none."""
    rows = PersonSecret.objects.alive().filter(person=person, kind=PersonSecret.Kind.IDENTITY)
    return rows.values_list("pk", flat=True).first() or 0


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


def number_taken(person: Person, number: identity.IdentityNumber | None) -> Iterator[Objection]:
    """A number that stands in somebody else's record."""
    if number is None:
        return
    index = keyed(PersonSecret.Kind.IDENTITY, number.number)
    held = PersonSecret.objects.alive().filter(kind=PersonSecret.Kind.IDENTITY, keyed=index)
    if held.exclude(person=person).exists():
        yield IDN_06.objection(
            "这个号码已登记在另一份档案上", "逐位核对；号码无误的，两份档案是同一人，在“疑似重复人员”中合并为一份。"
        )


def unconfirmed(person: Person) -> Membership | None:
    """The membership of a full member whose day of confirmation nobody has entered."""
    rows = Membership.objects.alive().filter(person=person, confirmation_stated_on=None, ended_on=FOREVER)
    return rows.exclude(full_member_on=FOREVER).first()


def _confirmation(person: Person, on: date | None, today: date) -> Iterator[Objection]:
    member = unconfirmed(person) if on else None
    if on is None:
        return
    if member is None:
        yield MEM_10.objection("本人没有待补的转正日期，可能已由别人补上", "刷新本页后核对。", severity=Severity.BLOCK)
        return
    yield from (one for _field, one in future_objections(today, confirmed_on=on))
    dates = membership_objections(born_on=None, is_full=True, membership_on=member.membership_on, confirmed_on=on)
    yield from (one for _field, one in dates)


def _number(current: Act, person: Person, number: identity.IdentityNumber) -> None:
    kind = PersonSecret.Kind.IDENTITY
    if standing := number_row(person):
        current.strike(PersonSecret, [standing])
    current.insert(PersonSecret, SECRET, [(person.pk, kind, *sealed(person.uid, kind, number.number))])


def _memberships(current: Act, person: Person, born_on: date | None, confirmed_on: date | None) -> bool:
    """The age at each admission by the birth date as it stands now, and the day of confirmation. Whether that day was entered."""
    leap, wanting = LeapBirthdays(), unconfirmed(person) if confirmed_on else None
    joined, full, stated = (1 + MEMBERSHIP.index(name) for name in _DATES)
    changed, again = [], []
    for row in Membership.objects.alive().filter(person=person).values_list("pk", *MEMBERSHIP):
        new = list(row)
        new[-1] = completed_years(born_on, row[joined], leap.on(row[joined])) if born_on else None
        if wanting is not None and wanting.pk == row[0]:
            new[full] = new[stated] = confirmed_on
        if new != list(row):
            changed.append(row[0])
            again.append(tuple(new[1:]))
    current.strike(Membership, changed)
    current.insert(Membership, MEMBERSHIP, again)
    return wanting is not None


def _overtaken(before: PersonRecord, wanted: Attributes) -> list[Difference]:
    fields = [field for field in FIELDS if getattr(before, field) != getattr(wanted, field)]
    return [Difference(LABELS[field], _said(getattr(wanted, field)), _said(getattr(before, field))) for field in fields]


def _overtaken_number(given: identity.IdentityNumber, known: identity.IdentityNumber | None) -> Difference:
    standing = identity.mask_identity(known.number) if known else ""
    return Difference("公民身份号码", identity.mask_identity(given.number), standing)


def _said(value: Any) -> str:
    return on_screen(value) if isinstance(value, date) else {"m": "男", "f": "女"}.get(value, value or "")
