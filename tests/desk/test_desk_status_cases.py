"""Changes of status and the case: what ends it, what ends with it, what goes through its steps instead, and that taking back restores it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from tests.cast import Cast, cast
from tests.desk.test_desk_status import sent, status
from tests.dossier.entered import add, approve, enter
from tests.ledger.rows import put, writing
from yumiao.admission.models import Case, CaseEnd, CaseRest, LateEntry
from yumiao.desk.membership.deciding import THROUGH_THE_CASE
from yumiao.journal.models import Entry
from yumiao.kernel.periods import FOREVER
from yumiao.people.status import Status

__all__ = ["cast"]
pytestmark = pytest.mark.db


def ago(cast: Cast, days: int) -> date:
    return cast.today - timedelta(days=days)


def ends(case: Case) -> list[tuple[str, date]]:
    return list(CaseEnd.objects.alive().filter(case=case).values_list("how", "ended_on"))


def waiting(cast: Cast, case: Case) -> None:
    """A late entry of step 2 waits, and the case rests since ten days."""
    with writing() as current:
        said = {"case_id": case.pk, "step": 2, "held_on": ago(cast, 80), "said": "{}", "reason": "材料后到"}
        put(current, LateEntry, said)
        put(current, CaseRest, {"case_id": case.pk, "since": ago(cast, 10), "counts": False, "reason": "外出"})


WAYS = {
    "an applicant": (1,),
    "an activist": (1, 3, 6),
    "a target in review": (1, 3, 8, 10, 12),
    "who waits for approval": (1, 3, 8, 15),
}


@pytest.mark.parametrize("change", ["deceased", "application_withdrawn", "cultivation_stopped"])
@pytest.mark.parametrize("steps", WAYS.values(), ids=WAYS)
def test_the_case_ends_with_what_hung_on_it_and_comes_back_when_it_is_taken_back(
    cast: Cast, change: str, steps: tuple[int, ...]
) -> None:
    case = enter(
        cast, 31, {step: ago(cast, 100 - step) for step in steps}, outcomes={15: "passed"} if 15 in steps else {}
    )
    waiting(cast, case)
    before = status(cast, 31)
    assert sent(cast, 31, change).status_code == 302
    assert ends(case) == [(change, cast.today)]
    assert list(CaseRest.objects.alive().filter(case=case).values_list("since", "until")) == [
        (ago(cast, 10), cast.today)
    ]
    assert LateEntry.objects.alive().count() == 0
    seq = Entry.objects.latest("seq").seq
    answer = cast.client(cast.clerk_a).post(f"/changes/{seq}/undo/", {"reason": "登记错误"})
    assert answer.status_code == 302
    assert (ends(case), status(cast, 31), LateEntry.objects.alive().count()) == ([], before, 1)
    assert list(CaseRest.objects.open().filter(case=case).values_list("since", "until")) == [(ago(cast, 10), FOREVER)]


def test_a_case_without_a_confirmed_step_ends_too(cast: Cast) -> None:
    case = enter(cast, 31, {})
    waiting(cast, case)
    assert sent(cast, 31, "deceased").status_code == 302
    assert (ends(case), LateEntry.objects.alive().count()) == ([("deceased", cast.today)], 0)


def test_who_waits_for_approval_has_a_status_of_his_own(cast: Cast) -> None:
    enter(cast, 31, {1: ago(cast, 90), 15: ago(cast, 30)}, outcomes={15: "passed"})
    assert status(cast, 31) is Status.AWAITING_APPROVAL


def on_probation(cast: Cast, days: int) -> Case:
    """Place 31 on probation by an entered case since so many days."""
    case = enter(cast, 31, {1: ago(cast, days + 900), 15: ago(cast, days)}, outcomes={15: "passed"})
    approve(cast, 31, case.pk, met_on=ago(cast, days), approved_on=ago(cast, days - 20))
    return case


def test_an_extension_goes_through_the_steps(cast: Cast) -> None:
    case = on_probation(cast, 400)
    answer = sent(cast, 31, "probation_extended", months="6")
    assert (answer.status_code, THROUGH_THE_CASE in answer.content.decode()) == (409, True)
    assert ends(case) == []


def test_a_cancellation_goes_through_the_steps_once_it_came_to_the_confirmation(cast: Cast) -> None:
    case = on_probation(cast, 400)
    add(case.pk, {22: ago(cast, 20)})
    answer = sent(cast, 31, "probation_cancelled")
    assert (answer.status_code, THROUGH_THE_CASE in answer.content.decode()) == (409, True)
    assert ends(case) == []


def test_a_cancellation_before_ends_the_case(cast: Cast) -> None:
    case = on_probation(cast, 100)
    assert sent(cast, 31, "probation_cancelled").status_code == 302
    assert (ends(case), status(cast, 31)) == ([("probation_cancelled", cast.today)], Status.PROBATION_CANCELLED)


def test_an_archived_case_is_not_ended_by_a_death(cast: Cast) -> None:
    case = on_probation(cast, 800)
    add(case.pk, {24: ago(cast, 400), 25: ago(cast, 390)}, outcomes={24: "confirmed"})
    assert sent(cast, 31, "deceased").status_code == 302
    assert ends(case) == []
