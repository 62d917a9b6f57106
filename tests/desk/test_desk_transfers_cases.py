"""TRF-01 to TRF-05: material moves and the case goes on, a probationer's case moves with him, out of the county it ends."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from tests.cast import FAR_VILLAGE, OTHER_TOWN, TOWN, Cast, cast
from tests.desk.test_desk_transfers import sent, step, unit_of
from tests.dossier.entered import approve, enter
from tests.ledger.rows import put, writing
from yumiao.admission.models import Case, CaseEnd
from yumiao.admission.step_services import write_helpers
from yumiao.desk.dossier import recording
from yumiao.desk.dossier.grounds import helpers_of
from yumiao.desk.people.facts import facts_of
from yumiao.desk.transfers.ends import committee_of
from yumiao.desk.transfers.forms import OUTSIDE
from yumiao.desk.transfers.material import material
from yumiao.journal.models import Reading
from yumiao.people.models import Tie, Transfer

__all__ = ["cast"]
pytestmark = pytest.mark.db


def ago(cast: Cast, days: int) -> date:
    return cast.today - timedelta(days=days)


def moved(cast: Cast, place: int = 31) -> Transfer:
    """From the village of township A to the far village of township B, today."""
    transfer = sent(cast, place, OTHER_TOWN)
    assert step(cast, "clerk_b", transfer, "receive", branch=FAR_VILLAGE).status_code == 302
    return transfer


def left(cast: Cast, place: int = 31) -> Transfer:
    """Out of the county; the receipt came today."""
    transfer = sent(cast, place, OUTSIDE, to_text="外省某县委组织部")
    assert step(cast, "clerk_a", transfer, "return").status_code == 302
    return transfer


def activist(cast: Cast) -> Case:
    return enter(cast, 31, {1: ago(cast, 900), 3: ago(cast, 800), 6: ago(cast, 600)})


def on_probation(cast: Cast) -> Case:
    case = enter(cast, 31, {1: ago(cast, 1500), 15: ago(cast, 200)}, outcomes={15: "passed"})
    approve(cast, 31, case.pk, met_on=ago(cast, 200), approved_on=ago(cast, 180))
    return case


def ends(case: Case) -> list[str]:
    return list(CaseEnd.objects.alive().filter(case=case).values_list("how", flat=True))


def test_trf_01_an_activist_moves_and_his_cultivation_goes_on_without_a_gap(cast: Cast) -> None:
    case = activist(cast)
    before = recording.read_by(case.uid).file
    moved(cast)
    after = recording.read_by(case.uid)
    assert (unit_of(cast, 31), ends(case)) == ([FAR_VILLAGE], [])
    assert (after.file.held, after.file.rests) == (before.held, ())
    assert after.file.idle_days(ago(cast, 800), cast.today) == 0


def test_trf_01_the_steps_to_come_are_decided_by_the_committee_of_the_day(cast: Cast) -> None:
    case = activist(cast)
    moved(cast)
    around, tree = recording.read_by(case.uid).around, cast.tree
    committees = [committee_of(tree, tree.by_id[around.unit_on(day)]) for day in (ago(cast, 1), cast.today)]
    assert [one.code if one else "" for one in committees] == [TOWN, OTHER_TOWN]


@pytest.mark.parametrize("steps", [(1, 3), (1, 3, 8), (1, 3, 8, 15)])
def test_trf_02_material_moves_without_a_letter(cast: Cast, steps: tuple[int, ...]) -> None:
    enter(cast, 31, {one: ago(cast, 90 - one) for one in steps}, outcomes={15: "passed"} if 15 in steps else {})
    transfer = moved(cast)
    assert (transfer.kind, transfer.serial, transfer.letter) == (Transfer.Kind.MATERIAL, None, "")


def test_trf_03_the_receiver_checks_a_list_of_steps_and_papers(cast: Cast) -> None:
    activist(cast)
    transfer = sent(cast, 31, OTHER_TOWN)
    lines = material(facts_of(cast.person(31).pk, cast.people[31], cast.today))
    assert [(one.kind, one.title, one.on) for one in lines] == [
        ("步骤", "1　递交入党申请书", ago(cast, 900)),
        ("步骤", "3　确定为入党积极分子", ago(cast, 800)),
        ("步骤", "6　培养教育考察（第 1 次）", ago(cast, 600)),
    ]
    page = cast.client(cast.clerk_b).get(f"/transfers/{transfer.uid}/").content.decode()
    assert ("发展党员材料移交清单" in page, "确定为入党积极分子" in page) == (True, True)
    before = Reading.objects.count()
    printed = cast.client(cast.clerk_b).get(f"/transfers/{transfer.uid}/material/")
    assert (printed.status_code, printed["Content-Type"], Reading.objects.count()) == (
        200,
        "application/pdf",
        before + 1,
    )


def test_trf_04_a_probationer_moves_with_his_relation_and_his_case(cast: Cast) -> None:
    case = on_probation(cast)
    transfer = moved(cast)
    file = recording.read_by(case.uid).file
    assert (transfer.kind, ends(case), file.transferred_on) == (Transfer.Kind.INSIDE, [], cast.today)


def test_trf_04_a_move_before_the_approval_is_none_of_a_probationer(cast: Cast) -> None:
    case = enter(cast, 31, {1: ago(cast, 900), 15: ago(cast, 30)}, outcomes={15: "passed"})
    moved(cast)
    assert recording.read_by(case.uid).file.transferred_on is None


@pytest.mark.parametrize("made", [activist, on_probation], ids=["an activist", "a probationer"])
def test_who_leaves_the_county_takes_his_case_along(cast: Cast, made) -> None:
    case = made(cast)
    left(cast)
    assert ends(case) == [CaseEnd.How.TRANSFERRED]
    assert len(material(facts_of(cast.person(31).pk, cast.people[31], cast.today))) == 3


def test_a_member_whose_case_is_long_over_hands_over_nothing(cast: Cast) -> None:
    transfer = sent(cast, 1, OTHER_TOWN)
    page = cast.client(cast.clerk_b).get(f"/transfers/{transfer.uid}/").content.decode()
    assert "发展党员材料移交清单" not in page


def test_trf_05_contacts_stay_on_record_when_others_are_appointed(cast: Cast) -> None:
    case = activist(cast)
    with writing() as current:
        tie = {"person_id": cast.person(31).pk, "other_id": cast.person(1).pk, "kind": "contact", "position": 1}
        put(current, Tie, {**tie, "since": ago(cast, 790)})
    moved(cast)
    file = recording.read_by(case.uid).file
    assert [(one.person, one.since, one.until) for one in file.contacts] == [(cast.person(1).pk, ago(cast, 790), None)]
    with writing() as current:
        write_helpers(current, cast.person(31).pk, "contact", helpers_of([cast.person(5).pk], cast.today), cast.today)
    file = recording.read_by(case.uid).file
    assert [(one.person, one.since, one.until) for one in file.contacts] == [
        (cast.person(1).pk, ago(cast, 790), cast.today),
        (cast.person(5).pk, cast.today, None),
    ]
