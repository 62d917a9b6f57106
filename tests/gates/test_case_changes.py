"""After an act only the cases it changed are read again: what comes out is what reading all of them gives."""

from __future__ import annotations

import re
from datetime import timedelta
from importlib import resources

import pytest

from tests.cast import Cast, cast
from tests.gates.opened import open_gates
from tests.joint.parts import all_clear, sent, target
from tests.lived import correct_in_term, merge_villages, rename_village, transfer
from tests.publicity.test_publicity import appoint, conclude, object_to, posted_before
from tests.publicity.test_publicity import post as post_notice
from tests.reviews.test_reviews import PASSED, record, reviewed, status
from yumiao.admission.case_changes import BY_CASE, BY_PERSON, OF_ALL, changed_since
from yumiao.admission.models import Case
from yumiao.bylaws.services import change_setting, record_paper
from yumiao.desk.dossier.lists import begun, is_over
from yumiao.desk.gates import counting
from yumiao.journal.acts import last

__all__ = ["cast"]
pytestmark = pytest.mark.db
ALONG = {
    "journal_entry", "people_transfer", "publicity_notice", "publicity_objection", "admission_casenotice", "admission_caseobjection",
    "admission_jointreview", "admission_jointreviewbody", "admission_jointreviewcase", "admission_sampledcase",
}  # fmt: skip
"""Written once, together with a row of a table that is followed."""


def test_every_table_a_case_is_read_from_is_followed() -> None:
    text = resources.files("yumiao.admission").joinpath("case.sql").read_text(encoding="utf-8")
    read = set(re.findall(r"(?:FROM|JOIN) ([a-z]+_[a-z]+)", text))
    followed = {one._meta.db_table for one in (*BY_CASE, *BY_PERSON, *OF_ALL)}
    assert (read - followed - ALONG, ALONG - read) == (set(), set())


def agrees(cast: Cast) -> None:
    """What is kept and carried on, beside what is read anew."""
    reader = cast.reader(cast.officer)
    carried = {one.case: one for one in counting.whole(reader)}
    assert carried == counting._read(reader, Case.objects.filter(begun()).exclude(is_over(reader.today)))


def test_what_is_carried_on_is_what_reading_all_gives(cast: Cast) -> None:
    case, other = reviewed(cast, 14), target(cast, 22)
    agrees(cast)
    assert post_notice(cast, case, posted_on=posted_before(cast, 1).isoformat()).status_code == 302
    agrees(cast)
    assert object_to(cast, case, on=cast.today - timedelta(days=1)).status_code == 302
    agrees(cast)
    assert appoint(cast, "clerk_a", "officer") == 302
    assert conclude(cast, "officer") == 302
    agrees(cast)
    batch = sent(cast, other)
    agrees(cast)
    all_clear(cast, batch)
    agrees(cast)
    third = reviewed(cast, 11, place=21)
    assert status(cast, "secretary_a", third, "village_12") == 302
    agrees(cast)
    assert record(cast, third, 12, **PASSED) == []
    agrees(cast)
    open_gates(cast, third)
    agrees(cast)
    for happens in (transfer, correct_in_term_of_a_member, merge_villages, rename_village, without_notices):
        happens(cast)
        agrees(cast)


def correct_in_term_of_a_member(cast: Cast) -> None:
    correct_in_term(cast, 3)


def without_notices(cast: Cast) -> None:
    """The county asks for no notice any more: that is about every case."""
    given = {"issuing_body": "中共青禾县委组织部", "actor": cast.operator}
    record_paper(number="青组发〔2026〕9号", title="关于公示的通知", in_force_from=cast.today, **given)
    before = last().seq
    change_setting(
        key="publicity.pub2", value="off", since=cast.today, paper_number="青组发〔2026〕9号", reason="按县级文件", today=cast.today,
        shown=0, **given,
    )  # fmt: skip
    assert changed_since(before) is None


def test_an_act_elsewhere_reads_no_case_again(cast: Cast) -> None:
    reviewed(cast, 14)
    counting.whole(cast.reader(cast.officer))
    before = last().seq
    rename_village(cast)
    assert changed_since(before) == set()
    case = reviewed(cast, 9, place=21)
    assert changed_since(before) == {Case.objects.get(uid=case).pk}
