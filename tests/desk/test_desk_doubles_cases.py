"""Two records of one person, each with a case: one case goes on with everything in it, and the taking back restores both."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest
from django.db import models

from tests.cast import VILLAGE, Cast, cast
from tests.journal.dossier_rows import put_dossier
from tests.ledger.rows import put, write_person, writing
from yumiao.admission.models import (
    Case,
    CaseEdition,
    CaseEnd,
    CaseRest,
    CaseReturn,
    Exemption,
    FormUse,
    FormVoid,
    Inquiry,
    InquiryEvent,
    LateEntry,
    PaperCheck,
    StepDetail,
    StepMotion,
    StepPaper,
    StepRecord,
)
from yumiao.admission.paper_queries import papers_of
from yumiao.desk.doubles import merging
from yumiao.desk.doubles.sides import to_choose
from yumiao.desk.proof import findings
from yumiao.journal.facts import ALIVE
from yumiao.kernel.objections import Refused
from yumiao.meetings.models import Attendance, Exclusion, Motion, NamedVote, WrittenOpinion
from yumiao.people.models import Person

__all__ = ["cast"]
pytestmark = pytest.mark.db

WHY = "核对了身份证和入党志愿书"
OF_CASES = (
    CaseEdition, CaseEnd, CaseRest, CaseReturn, Exemption, FormUse, LateEntry, StepDetail, StepMotion, StepRecord,
)  # fmt: skip
OF_PERSONS = (Attendance, Exclusion, NamedVote, WrittenOpinion)
DAY = date(2026, 10, 31)


def twin(cast: Cast) -> Person:
    """Place 31 entered once more, with a case and everything around it."""
    with writing() as current:
        person = write_person(current, cast.unit(VILLAGE).id, name="韦禾丟")
        put_dossier(current, person=person, unit=cast.unit(VILLAGE).id, day=DAY)
        end = CaseEnd.objects.alive().filter(case__person=person).values_list("pk", flat=True)
        assert list(end)
    return Person.objects.get(pk=person)


def merge(cast: Cast, other: Person, *, from_gone: bool) -> int:
    reader = cast.reader(cast.officer)
    pair = merging.pair_of(reader, cast.people[31], other.uid)
    choices = dict.fromkeys(to_choose(pair.kept, pair.gone), pair.gone.uid if from_gone else pair.kept.uid)
    return merging.merge(reader, pair, choices, reason=WHY)


def rows_of(model: type[models.Model], person: Person) -> list[Mapping[str, Any]]:
    """What a table says of the cases of somebody, without ids."""
    apart = {"id", "entered", "struck", "case_id", "person_id"}
    found = model._default_manager.filter(struck=ALIVE, case__person=person).order_by("pk").values()
    return [{name: value for name, value in row.items() if name not in apart} for row in found]


def all_of(person: Person) -> dict[str, list[Mapping[str, Any]]]:
    return {model.__name__: rows_of(model, person) for model in OF_CASES}


def test_the_case_goes_over_with_everything_in_it(cast: Cast) -> None:
    other, kept = twin(cast), cast.person(31)
    before = all_of(other)
    assert [name for name, rows in before.items() if not rows] == []
    merge(cast, other, from_gone=True)
    assert (all_of(kept), all_of(other)) == (before, {name: [] for name in before})
    (case,) = Case.objects.filter(person=kept, steps__struck=ALIVE).distinct()
    (paper,) = papers_of(case.pk)
    assert (paper.slot, paper.title) == ("A01", "入党申请书")
    assert StepPaper.objects.count() == 2 and PaperCheck.objects.alive().count() == 1
    assert list(findings()) == []


def test_a_supplement_points_at_the_paper_it_supplements_there_too(cast: Cast) -> None:
    other = twin(cast)
    first = StepPaper.objects.get()
    with writing() as current:
        said = {
            "case_id": first.case_id,
            "step": 1,
            "slot": "A01",
            "scan_id": first.scan_id,
            "supplements_id": first.pk,
        }
        put(current, StepPaper, {"id": first.pk + 50, "uid": uuid.uuid4(), **said})
        looked = {"is_signed": True, "is_stamped": False, "is_dated": True, "is_legible": True, "is_of_person": True}
        put(current, PaperCheck, {"paper_id": first.pk + 50, "title": "补充说明", "dated_on": DAY, **looked})
    merge(cast, other, from_gone=True)
    case = Case.objects.filter(person=cast.person(31), steps__struck=ALIVE).distinct().get()
    paper, supplement = papers_of(case.pk)
    assert (paper.supplements, supplement.supplements) == (None, paper.uid)


def test_letters_and_spoilt_forms_keep_their_numbers_where_they_were_written(cast: Cast) -> None:
    other = twin(cast)
    merge(cast, other, from_gone=True)
    assert [Inquiry.objects.get().case.person_id, FormVoid.objects.alive().get().case.person_id] == [other.pk, other.pk]  # type: ignore[union-attr]


def test_meetings_name_who_goes_on(cast: Cast) -> None:
    other, kept = twin(cast), cast.person(31)
    merge(cast, other, from_gone=True)
    assert [list(model.objects.alive().values_list("person", flat=True)) for model in OF_PERSONS] == [[kept.pk]] * 4
    assert Motion.objects.get().person_id == other.pk


def test_who_was_at_a_meeting_under_both_names_was_there_once(cast: Cast) -> None:
    other, kept = twin(cast), cast.person(31)
    meeting = Attendance.objects.get().meeting_id
    with writing() as current:
        said = {"meeting_id": meeting, "person_id": kept.pk, "is_due": True, "is_present": False}
        put(current, Attendance, said)
    merge(cast, other, from_gone=False)
    assert list(Attendance.objects.alive().values_list("person", "is_present")) == [(kept.pk, False)]


def test_taken_back_everything_is_as_it_was(cast: Cast) -> None:
    other, kept = twin(cast), cast.person(31)
    before, own, papers = all_of(other), all_of(kept), papers_of(Case.objects.get(person=other).pk)
    seq = merge(cast, other, from_gone=True)
    merging.take_decision_back(cast.reader(cast.officer), seq, reason=WHY)
    assert (all_of(other), all_of(kept)) == (before, own)
    after = papers_of(Case.objects.get(person=other).pk)
    assert [(one.uid, one.checked) for one in after] == [(one.uid, one.checked) for one in papers]
    assert PaperCheck.objects.alive().count() == 1
    assert list(findings()) == []


def test_a_letter_without_an_answer_comes_first(cast: Cast) -> None:
    other = twin(cast)
    with writing() as current:
        current.strike(InquiryEvent, InquiryEvent.objects.alive().values_list("pk", flat=True))
    with pytest.raises(Refused, match="政治审查函件〔2026〕第1号还没有回复"):
        merge(cast, other, from_gone=True)
