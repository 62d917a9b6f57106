"""The demo county's cases: something at every step, right ones and wrong ones, and no figure of the county moves."""

from __future__ import annotations

from collections import Counter

import pytest

from tests.desk.county_facts import CLERK
from yumiao.admission.case_files import read_cases
from yumiao.admission.course import course
from yumiao.admission.faults import faults
from yumiao.admission.models import (
    Case,
    CaseEnd,
    CaseRest,
    CaseReturn,
    Exemption,
    FormVoid,
    InquiryEvent,
    LateEntry,
    PaperCheck,
    StepDetail,
)
from yumiao.admission.path import Outcome
from yumiao.desk.demo.case_history import record_cases
from yumiao.desk.demo.days import DEMO_DAY
from yumiao.desk.demo.workbook import demo_workbook
from yumiao.desk.dossier.grounds import ground_of
from yumiao.desk.proof import findings
from yumiao.desk.workbook.importing import import_workbook
from yumiao.journal.acts import last
from yumiao.journal.models import Entry
from yumiao.ledger.queries import ledger

pytestmark = pytest.mark.db
MOVES = {
    "pending",
    "full_members",
}  # four wait for the approval; one of an office stays on probation half a year longer


def test_the_demo_has_cases_at_every_step_and_its_figures_stand() -> None:
    import_workbook(demo_workbook(), today=DEMO_DAY, actor=CLERK)
    before = ledger(DEMO_DAY)
    record_cases(actor=CLERK)
    after = ledger(DEMO_DAY)
    moved = {name for name in before.total._fields if getattr(before.total, name) != getattr(after.total, name)}
    assert moved == MOVES
    assert (after.total.members, after.total.applicants, after.total.activists) == (10_174, 1_643, 1_096)
    assert sum(one.counts.this_year for one in after.villages) == 278
    assert [one.grade for one in after.villages] == [one.grade for one in before.villages]

    reads = read_cases(set(StepDetail.objects.values_list("case_id", flat=True)))
    assert len(reads) >= 200
    stands: Counter[int] = Counter()
    found: Counter[str] = Counter()
    for read in reads.values():
        ground = ground_of(read.file.path, DEMO_DAY, last())
        stands[course(read.file, ground).stands_at] += 1
        found.update(one.rule for one in faults(read.file, ground))
    assert {step for step in range(2, 26) if not stands[step]} <= {3, 4, 7, 16, 17, 18, 23}
    assert found == {"DEV-01": 1, "DEV-06": 1, "DEV-09": 1, "DEV-10": 1, "STP-06": 1, "STP-26": 2}
    outcomes = {outcome for read in reads.values() for outcome in (one.outcome for one in read.file.held)}
    assert outcomes >= {Outcome.PASSED, Outcome.FAILED, Outcome.CONFIRMED, Outcome.EXTENDED, Outcome.CANCELLED}

    counted = [
        model.objects.alive().count() for model in (LateEntry, CaseReturn, CaseRest, Exemption, CaseEnd, FormVoid)
    ]
    assert counted == [2, 3, 2, 1, 1, 2]
    assert {one.what for one in InquiryEvent.objects.all()} == {"answered", "reminded"}
    assert PaperCheck.objects.alive().filter(is_legible=False).exists()
    assert list(findings(whole_files=True)) == []

    written = Entry.objects.count(), Case.objects.count()
    record_cases(actor=CLERK)
    assert (Entry.objects.count(), Case.objects.count()) == written
