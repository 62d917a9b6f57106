"""Cases as they would stand after some years, written at once: for what is asked of them later."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping
from datetime import date

from tests.cast import Cast


def case_of(
    cast: Cast, place: int, steps: Mapping[int, date | Iterable[date]], *, failed: Iterable[int] = (),
    contacts: Iterable[int] = (), introducers: Iterable[int] = (), since: date | None = None,
) -> uuid.UUID:  # fmt: skip
    """A case of somebody of the cast with these steps held; helpers stand since `since`, else since step 3."""
    from yumiao.admission.models import StepDetail, StepRecord
    from yumiao.admission.path import Ask
    from yumiao.admission.path_2014 import STEPS
    from yumiao.admission.services import STEP
    from yumiao.admission.step_services import DETAIL, open_case, write_helpers
    from yumiao.desk.dossier.grounds import helpers_of
    from yumiao.journal.acts import act
    from yumiao.journal.verbs import Verb

    asks = {one.number: one.asks_for(Ask.OUTCOME) for one in STEPS}
    person = cast.person(place)
    with act(Verb.CASE_OPENED, actor=cast.operator) as current:
        case, uid = open_case(current, person.pk, "2014")
        rows = [
            (step, place + 1, on)
            for step, some in steps.items()
            for place, on in enumerate([some] if isinstance(some, date) else some)
        ]
        current.insert(StepRecord, STEP, [(case, step, occurrence, on) for step, occurrence, on in rows])
        details = []
        for step, occurrence, _on in rows:
            outcome = "failed" if step in failed else "passed" if asks[step] else ""
            details.append((case, step, occurrence, outcome, "", "", "", "", None, None, 0, "", False, False))
        current.insert(StepDetail, DETAIL, details)
        for kind, some in (("contact", contacts), ("introducer", introducers)):
            people = [cast.person(one).pk for one in some]
            first = steps.get(3)
            on = since or (first if isinstance(first, date) else cast.today)
            if people:
                write_helpers(current, person.pk, kind, helpers_of(people, on), on)
        current.data |= {"case": uid.hex, "step": 1, "on": rows[0][2].isoformat()}
    return uid
