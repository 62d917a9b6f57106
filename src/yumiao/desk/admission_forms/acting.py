"""The use cases of 志愿书 numbers: hand a range, take one back, void a form, withdraw that. Each is one act; rules are asked under its lock.

Must not know: requests, pages.
"""

from __future__ import annotations

import uuid
from datetime import date

from yumiao.admission.case_file import read_case
from yumiao.admission.form_queries import Kept, kept_ranges, ranges, span_of, user_of
from yumiao.admission.form_rules import FRM_02, FRM_03, Number, Stock, form_of, handing_objections, void_objections
from yumiao.admission.form_services import hand_forms, take_back_range, void_form, withdraw_void
from yumiao.admission.models import FormUse
from yumiao.journal.acts import Actor, act
from yumiao.journal.verbs import Verb
from yumiao.kernel.objections import Objection, OutOfScope, Refused
from yumiao.units.queries import UnitOnDay


def hand(
    unit: UnitOnDay, first: str, last: str, *, on: date, note: str, actor: Actor, today: date, once: uuid.UUID | None = None
) -> uuid.UUID:  # fmt: skip
    """Hand a range to a township. Returns its uid. Raises `Refused`, `AlreadyDone`."""
    with act(Verb.FORMS_HANDED, actor=actor, once=once) as current:
        others = [span_of(row) for row, _unit, _path in ranges()]
        if found := list(handing_objections(first, last, others, on, today)):
            raise Refused(found)
        current.subject_kind, current.subject = "unit", unit.uid
        uid = hand_forms(current, unit.id, first, last, on=on, note=note)
        current.data |= {"range": uid.hex, "on": on.isoformat(), "count": form_of(last)[1] - form_of(first)[1] + 1}
        return uid


def take_back(uid: uuid.UUID, *, reason: str, unit: UnitOnDay, actor: Actor, once: uuid.UUID | None = None) -> None:
    """A range was written down wrongly. Raises `Refused` once a number of it is used or void, `AlreadyDone`."""
    with act(Verb.FORMS_TAKEN_BACK, actor=actor, reason=reason, once=once) as current:
        if found := back_objections(kept(uid)):
            raise Refused(found)
        current.subject_kind, current.subject = "unit", unit.uid
        current.data |= {"range": uid.hex}
        take_back_range(current, uid)


def back_objections(one: Kept) -> list[Objection]:
    """Why a range cannot be taken back: a number of it is used or void."""
    if not one.gone:
        return []
    return [FRM_03.objection(f"号段内已有 {len(one.gone)} 个编号使用或者作废，不能收回")]


def void(
    uid: uuid.UUID, said: str, *, on: date, why: str, reason: str, unit: UnitOnDay, actor: Actor, today: date,
    once: uuid.UUID | None = None,
) -> FormUse | None:  # fmt: skip
    """Void a number of a range, as printed. Returns who used it: his step 14 is to be done again. Raises `Refused`, `AlreadyDone`."""
    with act(Verb.FORM_VOIDED, actor=actor, reason=reason, once=once) as current:
        number, one = _number(said), kept(uid)
        use = user_of(number)
        stock = Stock((one.span,), void=frozenset((one.span.prefix, each.number) for each in one.void), is_kept=True)
        found = list(void_objections(number, stock, reason=reason, sealed=_sealed(use), on=on, today=today))
        if found:
            raise Refused(found)
        current.subject_kind, current.subject = ("person", use.case.person.uid) if use else ("unit", unit.uid)
        current.data |= {"range": uid.hex, "on": on.isoformat(), "why": why}
        void_form(current, number, on=on, why=why, reason=reason, case=use.case_id if use else None)
        return use


def _number(said: str) -> Number:
    try:
        return form_of(said)
    except ValueError:
        return (said, 0)  # in no range


def _sealed(use: FormUse | None) -> int:
    """The approval that made its user a member; 0 without one."""
    if use is None:
        return 0
    person = use.case.person
    return read_case(use.case_id, use.case.uid, person.pk, person.uid).file.sealed()


def unvoid(
    uid: uuid.UUID, number: int, *, unit: UnitOnDay, actor: Actor, once: uuid.UUID | None = None
) -> None:  # fmt: skip
    """A form was not void after all. Raises `Refused` where somebody did that before, `AlreadyDone`."""
    with act(Verb.FORM_VOID_WITHDRAWN, actor=actor, once=once) as current:
        one = kept(uid)
        if not withdraw_void(current, (one.span.prefix, number)):
            raise Refused([FRM_02.objection("这个编号没有作废", "查看最新的号段情况。")])
        current.subject_kind, current.subject = "unit", unit.uid
        current.data |= {"range": uid.hex}


def kept(uid: uuid.UUID) -> Kept:
    """The range of that uid. Raises `OutOfScope` where there is none."""
    found = kept_ranges(uid)
    if not found:
        raise OutOfScope(str(uid))
    return found[0]
