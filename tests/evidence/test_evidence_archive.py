"""What the papers say against archiving, and what machines are told of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from django.urls import reverse

from tests.admission.walks import LATER, asked, until
from tests.api.tokens import Machines, machines
from tests.cast import OTHER_TOWN, TOWN, Cast, cast
from tests.evidence.cases import case, checked, put, who
from yumiao.admission.case_rules import blocking
from yumiao.admission.paper_rules import (
    Checked,
    Filed,
    adding_objections,
    archive_objections,
    occurrence_of,
    steps_of,
    usual_step,
)
from yumiao.admission.path import Need, Outcome
from yumiao.desk.dossier import recording
from yumiao.kernel.objections import Severity

__all__ = ["cast", "machines"]
pytestmark = pytest.mark.db

CORE = ["A01", "A07", "A12", "A16", "A21", "A22"]


def filed(*codes: str, **more: object) -> list[Filed]:
    return [Filed(code, checked(code, **more)) for code in codes]


def test_the_core_papers_are_those_of_article_37() -> None:
    assert [code for code, slot in until(1).path.slots.items() if slot.need is Need.CORE] == CORE


def test_every_missing_core_paper_blocks_and_is_named() -> None:
    [blocked] = blocking(archive_objections(until(24), filed("A01", "A07", "A16", "A21")))
    assert (blocked.rule, blocked.text) == ("ARC-01", "缺少核心材料：A12 政治审查结论和函调、外调材料、A22 转正申请书")
    assert len(blocking(archive_objections(until(24), []))) == 1


@pytest.mark.parametrize("wanting", ["is_legible", "is_of_person"])
def test_what_cannot_be_read_or_is_somebody_elses_is_missing(wanting: str) -> None:
    papers = filed(*CORE[1:]) + filed("A01", **{wanting: False})
    assert [one.rule for one in blocking(archive_objections(until(24), papers))] == ["ARC-01"]


def test_what_else_is_wanting_asks_for_a_reason() -> None:
    found = archive_objections(until(24), filed(*CORE[1:]) + filed("A01", is_signed=False))
    assert [(one.rule, one.severity) for one in found] == [("ARC-02", Severity.WARN)]
    assert "没有A02 谈话记录" in found[0].text
    assert "A01 入党申请书有项目没有核对通过" in found[0].text
    whole = [code for code, slot in until(24).path.slots.items() if slot.need is not Need.LOCAL]
    assert archive_objections(until(24), filed(*whole)) == []


def test_a_better_paper_makes_good_a_flawed_one() -> None:
    whole = [code for code, slot in until(24).path.slots.items() if slot.need is not Need.LOCAL]
    assert archive_objections(until(24), filed(*whole) + filed("A01", is_signed=False)) == []


def test_which_step_and_which_time_a_paper_is_of() -> None:
    file = until(24)
    assert (steps_of(file, "A10"), steps_of(file, "A23"), steps_of(file, "A99")) == ([7, 8], [23, 24], [])
    assert (usual_step(until(7), "A10"), usual_step(file, "A10"), usual_step(until(1), "A10")) == (8, 8, 7)
    extended = replace(file, held=(*file.held[:-1], replace(file.held[-1], outcome=Outcome.EXTENDED)))
    assert (file.held[-1].step, occurrence_of(file, 23), occurrence_of(extended, 23)) == (24, 1, 2)
    assert (occurrence_of(file, 6), occurrence_of(until(1), 6), occurrence_of(until(1), 2)) == (2, 1, 1)


def test_a_case_that_is_over_takes_no_paper() -> None:
    today = LATER
    closed = adding_objections(Checked("材料"), is_recorded=False, is_open=False, today=today)
    assert [one.text for one in closed] == ["本案已经结束，不能再放入材料"]
    supplement = Checked("材料", dated_on=today, explanation="补拍")
    assert adding_objections(supplement, is_recorded=True, is_open=True, today=today) == []


def test_archiving_asks_for_the_papers_that_lie_in_the_case(cast: Cast) -> None:
    uid = case(cast)
    put(cast, uid, "A07", 6)
    read = recording.read_by(uid)
    step = replace(asked(25, cast.today), on=cast.today)
    [missing] = [one for one in recording.archive_against(read, step) if one.rule == "ARC-01"]
    assert "A07" not in missing.text
    assert "A01 入党申请书" in missing.text
    ground = recording.ground_by(cast.today, cast.reader(cast.clerk_a))(read.file)
    rules = {one.rule for one in recording.step_objections(read, step, ground, who(cast, "clerk_a"))}
    assert {"ARC-01", "ARC-02"} <= rules
    assert recording.archive_against(read, replace(step, step=2)) == []


def test_a_paper_of_the_archived_is_supplemented_still(cast: Cast) -> None:
    uid = case(cast)
    put(cast, uid, dated_on=cast.today - timedelta(days=3))
    assert len(recording.archive_against(recording.read_by(uid), asked(25, cast.today))) == 2


def test_machines_are_told_of_slots_and_no_more(cast: Cast, machines: Machines) -> None:
    uid = case(cast)
    put(cast, uid)
    address = reverse("api_case_papers", args=[uid])
    items = {one["code"]: one for one in machines(unit=TOWN).items(address)}
    assert (len(items), items["A02"]["papers"], items["A01"]["missing"], items["A02"]["missing"]) == (
        24,
        1,
        True,
        False,
    )
    assert set(items["A01"]) == {"code", "title", "need", "steps", "papers", "due", "missing", "incomplete"}
    assert machines(unit=OTHER_TOWN).problem(address)[:2] == (404, "missing")
