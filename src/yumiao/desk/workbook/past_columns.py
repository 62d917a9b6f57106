"""The history of a case in the columns of 发展培养: as an export writes it, and as a preview shows what would change. Decides nothing."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from yumiao.admission.columns import CASES, FURTHER, ONCE, REPEATED
from yumiao.admission.history_services import Past
from yumiao.admission.path import Outcome
from yumiao.admission.queries import KnownCase

_BRIEF: Final = frozenset({(1, 1), (3, 1), (8, 1)})
_HEADERS: Final = {column.key: column.header for column in CASES.columns}


def past_values(case: KnownCase) -> dict[str, Any]:
    """The further columns of a case as it stands on record."""
    values: dict[str, Any] = dict.fromkeys(FURTHER)
    for key, place in ONCE.items():
        if place not in _BRIEF and (row := case.record_of(place)) is not None:
            values[key] = row[1]
    for key, step in REPEATED.items():
        days = [row[1] for place in case.places_of(step) if (row := case.record_of(place)) is not None]
        values[key] = tuple(sorted(days)) or None
    if (trained := case.details.get((11, 1))) is not None:
        values |= {"training_days": trained.days, "training_hours": trained.hours}
    if (approved := case.details.get((17, 1))) is not None:
        values["approval_document"] = approved.document or None
    for number, key in ((1, "outcome"), (2, "outcome_again")):
        detail = case.details.get((23, number)) or case.details.get((24, number))
        if detail is not None and detail.outcome in _SAID:
            values[key] = Outcome(detail.outcome)
            values |= {"extension": detail.months} if detail.outcome == Outcome.EXTENDED else {}
    if case.form is not None:
        prefix, number = case.form[1]
        values["form_number"] = f"{prefix}{number}"
    return values


_SAID: Final = frozenset({Outcome.CONFIRMED, Outcome.EXTENDED, Outcome.CANCELLED})


def past_fields(past: Past) -> Iterator[tuple[str, str, str]]:
    """(header, before, after) of every further column that an import would change."""
    had = past_values(past.known) if past.known else {}
    for key, header in _HEADERS.items():
        if key not in FURTHER:
            continue
        after = _after(past, key)
        before = _shown(had.get(key))
        if after and after != before:
            yield header, before, after


def _after(past: Past, key: str) -> str:
    if key in ONCE:
        return _shown(past.days.get(ONCE[key]))
    if key in REPEATED:
        return _shown(tuple(on for (step, _), on in sorted(past.days.items()) if step == REPEATED[key]))
    if key == "form_number":
        return f"{past.form[0]}{past.form[1]}" if past.form else ""
    place, name = _BESIDE.get(key, ((0, 0), ""))
    beside = past.beside.get(place)
    value = getattr(beside, name) if beside is not None else None
    return _shown(Outcome(value) if name == "outcome" and value else value)


_BESIDE: Final = {
    "training_days": ((11, 1), "days"), "training_hours": ((11, 1), "hours"), "approval_document": ((17, 1), "document"),
    "outcome": ((23, 1), "outcome"), "extension": ((23, 1), "months"), "outcome_again": ((23, 2), "outcome"),
}  # fmt: skip


def _shown(value: Any) -> str:
    match value:
        case None | "" | ():
            return ""
        case Outcome():
            return value.label
        case tuple():
            return "、".join(str(one) for one in value)
    return str(value)
