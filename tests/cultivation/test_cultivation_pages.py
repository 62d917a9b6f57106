"""Helpers changed, inspections and training of many at once, through their pages: one act, each by himself judged, who may not is named."""

from __future__ import annotations

import uuid
from datetime import date, timedelta
from typing import Any

import pytest

from tests.cast import VILLAGE, Cast, cast
from tests.cultivation.held import case_of
from yumiao.admission.asked import Asked
from yumiao.admission.editions import EDITION_2014
from yumiao.admission.models import Case, StepDetail, StepRecord
from yumiao.admission.path import Outcome
from yumiao.admission.step_services import record_step
from yumiao.desk.dossier.recording import read_by
from yumiao.desk.proof import findings
from yumiao.journal.acts import act
from yumiao.journal.models import Entry
from yumiao.journal.verbs import Verb
from yumiao.kernel.ages import LeapBirthday
from yumiao.kernel.periods import FOREVER, add_months
from yumiao.people.models import Tie

__all__ = ["cast"]
pytestmark = pytest.mark.db


def activist(cast: Cast, place: int, *inspected: date, contacts: tuple[int, ...] = (1,)) -> uuid.UUID:
    """Somebody who is an activist since 400 days."""
    begun = cast.today - timedelta(days=400)
    steps: dict[int, Any] = {1: begun - timedelta(days=60), 2: begun - timedelta(days=40), 3: begun, 4: begun, 5: begun}
    return case_of(cast, place, steps | ({6: list(inspected)} if inspected else {}), contacts=contacts)


def target(cast: Cast, place: int, **more: Any) -> uuid.UUID:
    """Somebody whom the committee agreed to as a target 20 days ago, who has two introducers."""
    begun, agreed = cast.today - timedelta(days=600), cast.today - timedelta(days=20)
    steps: dict[int, Any] = {
        1: begun - timedelta(days=60), 2: begun - timedelta(days=40), 3: begun, 4: begun, 5: begun,
        6: [begun + timedelta(days=180), begun + timedelta(days=360)], 7: agreed - timedelta(days=5), 8: agreed,
    }  # fmt: skip
    return case_of(cast, place, steps, contacts=(1,), **more)


def pk_of(uid: uuid.UUID) -> int:
    return Case.objects.get(uid=uid).pk


def held(case: uuid.UUID, step: int) -> list[date]:
    rows = StepRecord.objects.alive().filter(case__uid=case, step=step).order_by("occurrence")
    return list(rows.values_list("held_on", flat=True))


def change(cast: Cast, case: uuid.UUID, *people: int, who: str = "secretary_a", **fields: Any) -> Any:
    given = {
        "kind": "contact", "people": [cast.person(one).pk for one in people], "on": cast.today.isoformat(), "reason": "原联系人外出务工",
        **fields,
    }  # fmt: skip
    return cast.client(getattr(cast, who)).post(f"/cases/{case}/helpers/", given)


def ties(cast: Cast, place: int, kind: str = "contact") -> list[tuple[uuid.UUID, date, date]]:
    rows = Tie.objects.alive().filter(person=cast.person(place), kind=kind).order_by("since", "position")
    return list(rows.values_list("other__uid", "since", "until"))


# -- helpers --------------------------------------------------------------------------------------------------------------


def test_a_contact_is_changed_with_a_date_and_the_one_before_is_kept(cast: Cast) -> None:
    case = activist(cast, 31)
    since = cast.today - timedelta(days=400)
    assert change(cast, case, 8).status_code == 302
    assert ties(cast, 31) == [(cast.people[1], since, cast.today), (cast.people[8], cast.today, FOREVER)]
    entry = Entry.objects.latest("seq")
    assert (entry.verb, entry.subject, entry.reason) == ("helpers_changed", cast.people[31], "原联系人外出务工")
    assert list(findings()) == []


def test_a_second_contact_is_added_beside_the_first(cast: Cast) -> None:
    case = activist(cast, 31)
    since = cast.today - timedelta(days=400)
    assert change(cast, case, 1, 8).status_code == 302
    assert ties(cast, 31) == [(cast.people[1], since, FOREVER), (cast.people[8], cast.today, FOREVER)]


def test_a_form_sent_twice_changes_once(cast: Cast) -> None:
    case, once = activist(cast, 31), str(uuid.uuid4())
    before = Entry.objects.count()
    assert [change(cast, case, 8, once=once).status_code for _ in range(2)] == [302, 302]
    assert Entry.objects.count() == before + 1


def test_introducers_are_two_full_members(cast: Cast) -> None:
    case = target(cast, 31)
    answer = change(cast, case, 1, 8, kind="introducer")
    assert (answer.status_code, "STP-26" in answer.content.decode()) == (409, True)
    named = case_of(cast, 21, {1: date(2024, 1, 5), 3: date(2024, 6, 5), 8: date(2026, 1, 5), 9: date(2026, 2, 5)})
    assert change(cast, named, 1, kind="introducer").status_code == 409
    assert change(cast, named, 1, 8, kind="introducer").status_code == 302
    assert [row[0] for row in ties(cast, 21, "introducer")] == [cast.people[1], cast.people[8]]


def test_a_probationary_member_cannot_be_chosen(cast: Cast) -> None:
    assert change(cast, activist(cast, 31), 7).status_code == 422


def test_a_sixth_trainee_is_warned_of_and_then_taken(cast: Cast) -> None:
    for place in (21, 22, 7, 2, 3):
        activist(cast, place, contacts=(8,))
    case = activist(cast, 31)
    answer = change(cast, case, 8)
    assert (answer.status_code, "CUL-01" in answer.content.decode(), "仍然更换" in answer.content.decode()) == (
        409,
        True,
        True,
    )
    assert change(cast, case, 8, agreed="on").status_code == 302


def test_who_is_no_longer_a_member_is_shown_as_to_be_replaced(cast: Cast) -> None:
    from yumiao.people.status_services import end_membership, latest_membership

    case = activist(cast, 31)
    with act(Verb.STATUS_CHANGED, actor=cast.operator) as current:
        member = latest_membership(cast.person(1).pk)
        assert member is not None
        end_membership(current, member, cast.today, "deceased")
        current.subject_kind, current.subject = "person", cast.people[1]
        current.data |= {"change": "deceased", "on": cast.today.isoformat(), "article": ""}
    browser = cast.client(cast.secretary_a)
    assert "需更换" in browser.get(f"/cases/{case}/helpers/").content.decode()
    assert "需更换" in browser.get("/cultivation/contacts/").content.decode()
    assert change(cast, case, 8).status_code == 302
    assert "需更换" not in browser.get(f"/cases/{case}/helpers/").content.decode()


def test_the_contacts_page_names_who_is_tended_by_whom(cast: Cast) -> None:
    case = activist(cast, 31, contacts=(8,))
    text = cast.client(cast.secretary_a).get("/cultivation/contacts/").content.decode()
    assert (f"/cases/{case}/" in text, f"/people/{cast.people[8]}/" in text) == (True, True)


def test_the_contacts_page_is_narrowed_to_who_is_to_be_looked_at(cast: Cast) -> None:
    for place in (21, 22, 7, 2, 3, 6):
        activist(cast, place, contacts=(8,))
    activist(cast, 31, contacts=(1,))
    browser = cast.client(cast.clerk_a)
    there = f"/people/{cast.people[8]}/", f"/people/{cast.people[1]}/"
    shown = {
        flag: [one in browser.get(f"/cultivation/contacts/?flag={flag}").content.decode() for one in there]
        for flag in ("", "many", "replace")
    }
    assert shown == {"": [True, True], "many": [True, False], "replace": [False, False]}


@pytest.mark.parametrize(
    "part, status",
    [
        ("officer", 200), ("clerk_a", 200), ("secretary_a", 200), ("clerk_b", 404), ("secretary_b", 404), ("general_secretary", 404),
        ("auditor", 403), ("assistant", 403), ("member", 403), ("outsider", 403),
    ],
)  # fmt: skip
def test_helpers_are_changed_where_the_person_stands(cast: Cast, part: str, status: int) -> None:
    case = activist(cast, 31)
    assert cast.client(cast.accounts[part]).get(f"/cases/{case}/helpers/").status_code == status
    assert change(cast, case, 8, who=part).status_code == (302 if status == 200 else status)


def test_ties_end_on_the_day_somebody_becomes_a_full_member(cast: Cast) -> None:
    met = cast.today - timedelta(days=380)
    expires = add_months(met, 12)
    steps: dict[int, Any] = {step: met - timedelta(days=30) for step in (9, 10, 11, 12, 13, 14)}
    steps |= {
        1: met - timedelta(days=900),
        3: met - timedelta(days=700),
        15: met,
        16: met,
        17: met,
        22: expires,
        23: expires,
    }
    case = case_of(cast, 7, steps, contacts=(1,), introducers=(1, 8))
    read = read_by(case)
    with act(Verb.STEP_RECORDED, actor=cast.operator) as current:
        current.subject_kind, current.subject = "person", cast.people[7]
        current.data |= {"step": 24, "on": expires.isoformat()}
        record_step(
            current,
            read,
            Asked(step=24, on=expires, outcome=Outcome.CONFIRMED),
            terms=EDITION_2014.terms,
            leap=LeapBirthday.MAR_1,
        )
    assert [row[2] for kind in ("contact", "introducer") for row in ties(cast, 7, kind)] == [expires] * 3


# -- inspections ----------------------------------------------------------------------------------------------------------


def inspect(cast: Cast, cases: list[uuid.UUID], who: str = "secretary_a", code: str = VILLAGE, **fields: Any) -> Any:
    ids = [pk_of(one) for one in cases]
    notes = {f"note_{pk}": f"表现较好{pk}" for pk in ids}
    given = {"on": cast.today.isoformat(), "people": ids, "reason": "", **notes, **fields}
    return cast.client(getattr(cast, who)).post(f"/cultivation/inspect/{code}/", given)


def test_one_act_records_the_inspection_of_a_whole_branch(cast: Cast) -> None:
    recent = cast.today - timedelta(days=150)
    cases = [activist(cast, place, recent) for place in (31, 7)]
    before = Entry.objects.count()
    assert inspect(cast, cases).status_code == 302
    assert [held(one, 6) for one in cases] == [[recent, cast.today]] * 2
    entry = Entry.objects.latest("seq")
    assert (Entry.objects.count(), entry.verb, entry.subject) == (
        before + 1,
        "inspections_recorded",
        cast.unit(VILLAGE).uid,
    )
    notes = StepDetail.objects.alive().filter(step=6, occurrence=2).order_by("case").values_list("note", flat=True)
    assert sorted(notes) == sorted(f"表现较好{pk_of(one)}" for one in cases)
    assert list(findings()) == []


def test_who_is_overdue_is_left_out_and_named_unless_a_reason_is_given(cast: Cast) -> None:
    good = activist(cast, 31, cast.today - timedelta(days=150))
    late = activist(cast, 7, cast.today - timedelta(days=300))
    answer = inspect(cast, [good, late])
    text = answer.content.decode()
    assert (answer.status_code, "DEV-05" in text, f"/cases/{late}/" in text) == (200, True, True)
    assert (len(held(good, 6)), len(held(late, 6))) == (2, 1)
    assert inspect(cast, [late], reason="驻村干部轮换").status_code == 302
    assert len(held(late, 6)) == 2


def test_where_nobody_can_be_recorded_nothing_is(cast: Cast) -> None:
    late = activist(cast, 7, cast.today - timedelta(days=300))
    before = Entry.objects.count()
    answer = inspect(cast, [late])
    assert (answer.status_code, Entry.objects.count()) == (409, before)


def test_what_is_long_past_is_not_recorded_by_the_batch(cast: Cast) -> None:
    case = activist(cast, 31, cast.today - timedelta(days=150))
    answer = inspect(cast, [case], on=(cast.today - timedelta(days=31)).isoformat(), reason="补登")
    assert (answer.status_code, "CUL-04" in answer.content.decode(), len(held(case, 6))) == (409, True, 1)


def test_an_inspection_sent_twice_is_recorded_once(cast: Cast) -> None:
    case, once = activist(cast, 31, cast.today - timedelta(days=150)), str(uuid.uuid4())
    assert [inspect(cast, [case], once=once).status_code for _ in range(2)] == [302, 302]
    assert len(held(case, 6)) == 2


def test_everybody_ticked_gets_a_note_and_nobody_of_another_branch(cast: Cast) -> None:
    case, there = activist(cast, 31), activist(cast, 32, contacts=(5,))
    assert inspect(cast, [case], **{f"note_{pk_of(case)}": " "}).status_code == 422
    assert inspect(cast, [there]).status_code == 422
    assert inspect(cast, []).status_code == 422
    assert (held(case, 6), held(there, 6)) == ([], [])


def test_nobody_inspects_himself(cast: Cast) -> None:
    case = activist(cast, 31, cast.today - timedelta(days=150))
    cast.secretary_a.person_uid = cast.people[31]
    cast.secretary_a.save()
    answer = inspect(cast, [case])
    assert (answer.status_code, "STP-28" in answer.content.decode()) == (409, True)


def test_the_list_shows_the_branches_by_what_is_due_first(cast: Cast) -> None:
    activist(cast, 31, cast.today - timedelta(days=30))
    activist(cast, 32, cast.today - timedelta(days=300), contacts=(5,))
    target(cast, 7)
    found = {
        part: cast.client(cast.accounts[part]).get("/cultivation/").content.decode()
        for part in ("officer", "clerk_a", "clerk_b")
    }
    shown = {
        part: sorted((one for one in ("云岭村党支部", "竹溪村党支部") if f">{one}</a>" in text), key=lambda one, text=text: text.index(f">{one}</a>"))
        for part, text in found.items()
    }  # fmt: skip
    assert shown == {
        "officer": ["竹溪村党支部", "云岭村党支部"],
        "clerk_a": ["云岭村党支部"],
        "clerk_b": ["竹溪村党支部"],
    }


@pytest.mark.parametrize(
    "part, status",
    [
        ("officer", 200), ("clerk_a", 200), ("secretary_a", 200), ("clerk_b", 404), ("secretary_b", 404), ("auditor", 403),
        ("assistant", 403), ("member", 403), ("outsider", 403),
    ],
)  # fmt: skip
def test_inspections_are_recorded_by_the_branch_and_those_above(cast: Cast, part: str, status: int) -> None:
    case = activist(cast, 31, cast.today - timedelta(days=150))
    assert cast.client(cast.accounts[part]).get(f"/cultivation/inspect/{VILLAGE}/").status_code == status
    assert inspect(cast, [case], part).status_code == (302 if status == 200 else status)


# -- training -------------------------------------------------------------------------------------------------------------


def train(cast: Cast, cases: list[uuid.UUID], who: str = "clerk_a", **fields: Any) -> Any:
    given = {
        "on": cast.today.isoformat(), "days": "3", "hours": "24", "place": "县委党校", "organiser": "青石镇党委",
        "people": [pk_of(one) for one in cases], "reason": "", **fields,
    }  # fmt: skip
    return cast.client(getattr(cast, who)).post("/cultivation/training/", given)


def test_one_act_records_a_class_of_many(cast: Cast) -> None:
    cases, before = [target(cast, place) for place in (31, 7, 4)], Entry.objects.count()
    assert train(cast, cases).status_code == 302
    assert [held(one, 11) for one in cases] == [[cast.today]] * 3
    entry = Entry.objects.latest("seq")
    assert (Entry.objects.count(), entry.verb) == (before + 1, "training_recorded")
    rows = StepDetail.objects.alive().filter(step=11).values_list("days", "hours", "place", "people")
    assert set(rows) == {(3, 24, "县委党校", "青石镇党委")}


def test_who_may_not_be_trained_yet_is_left_out_and_named(cast: Cast) -> None:
    good, agreed_later = target(cast, 31), case_of(cast, 7, {1: date(2024, 1, 5), 3: date(2024, 6, 5), 8: cast.today})
    answer = train(cast, [good, agreed_later], on=(cast.today - timedelta(days=1)).isoformat())
    text = answer.content.decode()
    assert (answer.status_code, "DEV-08" in text, f"/cases/{agreed_later}/" in text) == (200, True, True)
    assert (len(held(good, 11)), held(agreed_later, 11)) == (1, [])


def test_a_class_too_short_is_recorded_of_nobody(cast: Cast) -> None:
    case = target(cast, 31)
    answer = train(cast, [case], days="2", hours="16", reason="时间紧")
    assert (answer.status_code, "DEV-09" in answer.content.decode(), held(case, 11)) == (409, True, [])


def test_only_targets_of_the_own_township_wait_for_training(cast: Cast) -> None:
    here, there = target(cast, 31), target(cast, 32)
    refused = case_of(cast, 7, {1: date(2024, 1, 5), 3: date(2024, 6, 5), 8: cast.today}, failed=(8,))
    assert train(cast, [there]).status_code == 422
    assert train(cast, [refused]).status_code == 422
    assert train(cast, [here, there], "officer").status_code == 302


@pytest.mark.parametrize("part", ["secretary_a", "auditor", "member", "outsider"])
def test_training_is_the_committees_to_record(cast: Cast, part: str) -> None:
    assert train(cast, [target(cast, 31)], part).status_code == 403


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize(
    "address, most", [("/cultivation/", 5), ("/cultivation/training/", 5), ("/cultivation/contacts/", 7)]
)
def test_a_list_takes_as_many_queries_for_three_as_for_one(
    cast: Cast, count: int, address: str, most: int, django_assert_num_queries: Any
) -> None:
    for place, contact in ((31, 8), (7, 1), (2, 4))[:count]:
        if "training" in address:
            target(cast, place)
        else:
            activist(cast, place, contacts=(contact,))
    browser = cast.client(cast.clerk_a)
    browser.get(address)
    with django_assert_num_queries(most):
        assert browser.get(address).status_code == 200
