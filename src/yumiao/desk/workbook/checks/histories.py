"""The further columns of 发展培养: the dates of all steps as papers show them, also of somebody who is a member by now.

History is taken as it stands: what breaks an order or a term is said as a warning. Only what cannot be is refused: a day to come, a day
before birth, a membership that is not on record. Writes nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any, Final

from yumiao.admission.columns import FURTHER, ONCE, REPEATED
from yumiao.admission.faults import record_faults
from yumiao.admission.form_rules import FRM_02, form_of
from yumiao.admission.history import APPROVAL, MEETING, CaseFile, Held
from yumiao.admission.history_services import Beside, Past, merged
from yumiao.admission.path import Outcome
from yumiao.admission.queries import KnownCase
from yumiao.desk.workbook.checks.people import PersonRow
from yumiao.kernel.objections import Objection, Severity
from yumiao.kernel.periods import on_screen
from yumiao.people.rules import DEV_21, future_objections

BRIEF: Final = ("applied_on", "activist_on", "target_on")
KEYS: Final = {place: key for key, place in ONCE.items()} | {(step, 1): key for key, step in REPEATED.items()}
BESIDE: Final = {
    "training_days": (11, 1), "training_hours": (11, 1), "approval_document": (17, 1), "outcome": (23, 1), "extension": (23, 1),
    "outcome_again": (23, 2),
}  # fmt: skip
"""By column: beside which day it says something."""

_TOLD_BEFORE: Final = frozenset({(1, "DEV-01"), (8, "DEV-06")})
_NOT_OF_A_SHEET: Final = frozenset({"STP-05", "STP-09", "STP-15", "DEV-22"})
"""What a sheet cannot say or what is looked at when all people have been taken: ballots, late entries, who helps."""


def is_told(values: dict[str, Any]) -> bool:
    """Whether a row says more than the three days."""
    return any(values[key] is not None for key in FURTHER)


def joined_on(one: PersonRow) -> date | None:
    """Since when the person is a member, by this workbook or by the record; None for whoever is none or is none any more."""
    if one.someone is not None and one.someone.membership is not None:
        return one.someone.membership.membership_on
    member = one.known.membership if one.known else None
    return member.membership_on if member is not None and not member.has_ended else None


def past_of(one: PersonRow, known: KnownCase | None) -> Past:
    """What the further columns say of a case."""
    values, past = one.values, Past(known=known)
    for key, place in ONCE.items():
        if key not in BRIEF and values[key] is not None:
            past.days[place] = values[key]
    for key, step in REPEATED.items():
        if days := values[key]:
            past.days |= {(step, number): on for number, on in enumerate(days, 1)}
            past.gone += [place for place in (known.places_of(step) if known else ()) if place not in past.days]
    _say_beside(values, past)
    if values["form_number"]:
        try:
            past.form = form_of(values["form_number"])
        except ValueError:
            one.found.append(("form_number", FRM_02.objection("编号应以数字结尾")))
    return past


def _say_beside(values: dict[str, Any], past: Past) -> None:
    said = {
        (11, 1): Beside(days=values["training_days"], hours=values["training_hours"]),
        (17, 1): Beside(document=values["approval_document"] or ""),
    }
    for number, key in ((1, "outcome"), (2, "outcome_again")):
        outcome = Beside(values[key].value if values[key] else "", months=values["extension"] if number == 1 else None)
        said[23, number] = outcome
        if (24, number) in past.days:
            said[24, number] = outcome
    past.beside = {place: beside for place, beside in said.items() if beside != Beside()}


def object_to_history(one: PersonRow, past: Past, steps: dict[int, date]) -> None:
    """Everything that refuses the row, and if nothing does, what is wrong with the history as warnings."""
    before = len(one.found)
    _object_to_days(one, past)
    _object_to_what_lacks_its_day(one, past)
    _object_to_membership(one, past)
    _object_to_form(one, past)
    if past.known is not None and past.known.is_own:
        object_to_own(one, past, steps)
    if len(one.found) == before:
        one.found += _warnings(one, past, steps)


def _object_to_days(one: PersonRow, past: Past) -> None:
    born_on = one.values["born_on"] or (one.declared.number.born_on if one.declared else None)
    for place, on in past.days.items():
        key = _key(place)
        one.found += future_objections(one.people.today, **{key: on})
        if born_on is not None and on < born_on:
            one.found.append((key, DEV_21.objection(f"日期 {on_screen(on)} 早于出生日期")))


def _key(place: tuple[int, int]) -> str:
    return KEYS.get(place) or KEYS[place[0], 1]


def _stands(past: Past, place: tuple[int, int]) -> date | None:
    """The day of a step by the row, else on record."""
    standing = past.known.record_of(place) if past.known else None
    return past.days.get(place) or (standing[1] if standing else None)


def _object_to_what_lacks_its_day(one: PersonRow, past: Past) -> None:
    for key, place in BESIDE.items():
        if one.values[key] is not None and _stands(past, place) is None:
            one.object(key, "WBK-02", "没有填写所属步骤的日期")
    if past.form is not None and _stands(past, (14, 1)) is None:
        one.object("form_number", "WBK-02", "没有填写填写入党志愿书日期")
    first = past.beside.get((23, 1), Beside())
    standing = past.known.details.get((23, 1)) if past.known else None
    if Outcome.EXTENDED in (first.outcome, standing.outcome if standing else ""):
        return
    for place in past.days:
        if place[1] == 2 and place[0] in (22, 23, 24):
            one.object(_key(place), "WBK-20", "没有写明延长预备期，不能填延长后的步骤")


def _object_to_membership(one: PersonRow, past: Past) -> None:
    """Membership is on record, or the case has not come so far: this sheet makes nobody a member."""
    joined, met = joined_on(one), _stands(past, (MEETING, 1))
    if joined is None:
        for place in past.days:
            if place[0] >= APPROVAL:
                one.object(_key(place), "WBK-20", "此人没有登记为党员，审批及以后的步骤先填入党员表后再填")
    elif met is None or _stands(past, (APPROVAL, 1)) is None:
        one.object("number", "WBK-20", "此人已登记为党员，应填写支部大会接收日期和上级党委审批日期")
    elif met != joined:
        one.object("met_on", "WBK-20", f"与登记的入党日期 {on_screen(joined)} 不一致")


def _object_to_form(one: PersonRow, past: Past) -> None:
    """One number, one person (FRM-02)."""
    if past.form is None or not past.gives_form:
        return
    taken = one.people.forms
    if past.form in taken:
        one.found.append(("form_number", FRM_02.objection("编号已被使用")))
    taken[past.form] = 0


def object_to_own(one: PersonRow, past: Past, steps: dict[int, date]) -> None:
    """A case that goes on in the system is not changed by a sheet."""
    known = past.known
    assert known is not None
    days = {(step, 1): on for step, on in steps.items()} | past.days
    changed = [place for place, on in days.items() if (row := known.record_of(place)) is None or row[1] != on]
    for place in [*changed, *past.gone]:
        one.object(_key(place), "WBK-20", "此人的发展培养已在系统内办理，请在档案页登记或者退回后更正")


def _warnings(one: PersonRow, past: Past, steps: dict[int, date]) -> Iterator[tuple[str, Objection]]:
    born_on = one.values["born_on"] or (one.declared.number.born_on if one.declared else None)
    held = tuple(
        Held(
            step=step, occurrence=number, on=on, outcome=Outcome(beside.outcome) if beside.outcome else None, days=beside.days,
            hours=beside.hours, months=beside.months or 0, is_imported=True,
        )
        for (step, number), on, beside in merged(past.known, past, steps)
    )  # fmt: skip
    for fault in record_faults(CaseFile(held=held, born_on=born_on), one.people.ground):
        if fault.rule not in _NOT_OF_A_SHEET and (fault.step, fault.rule) not in _TOLD_BEFORE:
            text = f"{fault.text}，按原样登记，请核对"
            yield _key((fault.step, 1)), Objection(fault.rule, text, severity=Severity.WARN)
