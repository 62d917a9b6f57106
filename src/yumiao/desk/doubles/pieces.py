"""Record, numbers and statements of two persons made those of one: each piece as it was chosen, else what there is.

Within an open act. Must not know: pages, who decided.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from yumiao.desk.doubles.sides import ATTRIBUTES, NUMBERS
from yumiao.journal.acts import Act
from yumiao.kernel import identity
from yumiao.kernel.periods import FOREVER
from yumiao.people import secrets
from yumiao.people.models import Person, PersonRecord, PersonSecret, Statement
from yumiao.people.rules import Declared
from yumiao.people.services import SECRET, STATEMENT, Attributes, write_records


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the merged person is known by."""

    sex: str
    born_on: date | None
    number: str


def merge_pieces(act: Act, gone: Person, into: Person, from_gone: Collection[str], reason: str) -> Outcome:
    """Write the pieces on `into`; `from_gone` are those in which `gone` holds. Whatever else `gone` said is taken back."""
    attributes = _records(act, gone, into, from_gone)
    number = _numbers(act, gone, into, from_gone)
    _statements(act, gone, into, Outcome(attributes.sex, attributes.born_on, number), reason)
    return Outcome(attributes.sex, attributes.born_on, number)


def _records(act: Act, gone: Person, into: Person, from_gone: Collection[str]) -> Attributes:
    """The open record of `into` with the chosen attributes; earlier ones of it stand."""
    leaving = list(PersonRecord.objects.alive().filter(person=gone))
    standing = PersonRecord.objects.open().get(person=into)
    other = next(one for one in leaving if one.until == FOREVER)
    values: dict[str, Any] = {
        name: getattr(other if name in from_gone or not getattr(standing, name) else standing, name)
        for name in ATTRIBUTES
    }
    act.strike(PersonRecord, [one.pk for one in leaving])
    if any(values[name] != getattr(standing, name) for name in ATTRIBUTES):
        act.strike(PersonRecord, [standing.pk])
        write_records(act, [Attributes(**values).row(into.pk, standing.since, standing.until)])
    return Attributes(**values)


def _numbers(act: Act, gone: Person, into: Person, from_gone: Collection[str]) -> str:
    """Numbers of `gone` that hold are sealed anew for `into`. Returns the identity number, empty if there is none."""
    leaving, standing = _secrets(gone), _secrets(into)
    taken = [kind for kind in NUMBERS if kind in leaving and (kind in from_gone or kind not in standing)]
    numbers = {
        kind: secrets.opened(gone.uid, kind, bytes(leaving[kind].cell), leaving[kind].key_version) for kind in taken
    }
    act.strike(PersonSecret, [one.pk for one in leaving.values()])
    act.strike(PersonSecret, [standing[kind].pk for kind in taken if kind in standing])
    act.insert(
        PersonSecret,
        SECRET,
        [(into.pk, kind, *secrets.sealed(into.uid, kind, number)) for kind, number in numbers.items()],
    )
    kind = PersonSecret.Kind.IDENTITY.value
    if kind in numbers or kind not in standing:
        return numbers.get(kind, "")
    return secrets.opened(into.uid, kind, bytes(standing[kind].cell), standing[kind].key_version)


def _secrets(person: Person) -> Mapping[str, PersonSecret]:
    return {one.kind: one for one in PersonSecret.objects.alive().filter(person=person)}


def _statements(act: Act, gone: Person, into: Person, outcome: Outcome, reason: str) -> None:
    """What the number says otherwise is stated with the reason there was, else with that of the merging (IDN-04)."""
    known = list(Statement.objects.alive().filter(person__in=(gone, into)).order_by("pk"))
    wanted = dict(differences(outcome))
    reasons = {(one.field, one.value): one.reason for one in known}
    kept = [one for one in known if one.person_id == into.pk and wanted.get(one.field) == one.value]
    act.strike(Statement, [one.pk for one in known if one not in kept])
    stated = {one.field for one in kept}
    act.insert(
        Statement,
        STATEMENT,
        [
            (into.pk, field, value, reasons.get((field, value), reason))
            for field, value in wanted.items()
            if field not in stated
        ],
    )


def differences(outcome: Outcome) -> list[tuple[str, str]]:
    """(field, what the number says) where it says another sex or birth; none where there is no number that can be read."""
    try:
        parsed = identity.parse(outcome.number)
    except identity.InvalidIdentity:
        return []
    return Declared(parsed, outcome.sex, outcome.born_on).differences()
