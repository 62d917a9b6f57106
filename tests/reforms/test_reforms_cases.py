"""Villages merge: open cases go on under the successor, what was held stays where it was held."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.cast import FAR_VILLAGE, OTHER_FAR_VILLAGE, Cast, cast
from tests.dossier.entered import enter
from tests.journal.dossier_rows import put_dossier
from tests.ledger.rows import writing
from tests.lived import merge_villages
from yumiao.admission.models import Case, Inquiry
from yumiao.desk.dossier import recording
from yumiao.desk.proof import findings
from yumiao.ledger.queries import ledger
from yumiao.meetings.models import Exclusion, Meeting

__all__ = ["cast"]
pytestmark = pytest.mark.db


def waiting(cast: Cast) -> Case:
    """Somebody of the village that goes waits for the approval of the committee."""
    steps = {1: 900, 3: 700, 8: 100, 15: 20}
    on = {step: cast.today - timedelta(days=days) for step, days in steps.items()}
    return enter(cast, 10, on, outcomes={8: "passed", 15: "passed"})


def around(cast: Cast) -> int:
    """Everything there is of a case, at the village that goes; its unit."""
    unit = cast.unit(OTHER_FAR_VILLAGE).id
    with writing() as current:
        put_dossier(current, person=cast.person(10).pk, unit=unit, day=cast.today - timedelta(days=9))
    return unit


def test_the_case_goes_on_at_the_successor_whose_secretary_opens_it(cast: Cast) -> None:
    case = waiting(cast)
    address = f"/cases/{case.uid}/"
    before = cast.client(cast.secretary_b).get(address).status_code
    merge_villages(cast)
    assert (before, cast.client(cast.secretary_b).get(address).status_code) == (404, 200)
    assert recording.read_by(case.uid).around.unit_on(cast.today) == cast.unit(FAR_VILLAGE).id
    assert cast.client(cast.secretary_b).get("/cases/").content.decode().count(address) >= 1


def test_who_waits_for_approval_counts_for_the_successor(cast: Cast) -> None:
    waiting(cast)
    pending = ledger(cast.today, within=cast.unit(OTHER_FAR_VILLAGE).subtree).total.pending
    merge_villages(cast)
    assert (pending, ledger(cast.today, within=cast.unit(FAR_VILLAGE).subtree).total.pending) == (1, 1)


def test_meetings_letters_and_exclusions_stay_where_they_were_made(cast: Cast) -> None:
    unit = around(cast)
    merge_villages(cast)
    assert [
        Meeting.objects.get().unit_id,
        Inquiry.objects.get().issuer_id,
        Exclusion.objects.alive().get().unit_id,
    ] == [unit] * 3
    assert list(findings()) == []


@pytest.mark.parametrize("address", ["/meetings/", "/meetings/exclusions/", "/inquiries/", "/forms/", "/cases/"])
def test_the_lists_open_after_the_merger(cast: Cast, address: str) -> None:
    around(cast)
    waiting(cast)
    merge_villages(cast)
    assert cast.client(cast.officer).get(address).status_code == 200
