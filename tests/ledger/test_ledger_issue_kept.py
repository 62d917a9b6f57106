"""An issue is printed ever after as it was on its day: whatever is recorded, and whatever the program becomes."""

from __future__ import annotations

import json
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from tests.cast import COUNTY, VILLAGE, Cast, cast
from tests.desk.county_cells import County, member
from yumiao.bylaws.services import change_setting, record_paper
from yumiao.desk.workbook.importing import import_workbook
from yumiao.desk.workbook.undoing import undo_import
from yumiao.journal.acts import last
from yumiao.journal.models import Entry
from yumiao.ledger.differences import changed_rows, changed_settings
from yumiao.ledger.issues import Altered, Opened, digest_of, opened, packed
from yumiao.ledger.issuing import issue
from yumiao.ledger.models import Issue
from yumiao.ledger.queries import ledger
from yumiao.press.tables import print_tables
from yumiao.sheets.official import write_ledger

__all__ = ["cast"]
pytestmark = pytest.mark.db

SAMPLE = Path(__file__).with_name("issue_of_the_first_format.json")


def issued(cast: Cast) -> Issue:
    made = issue(unit=cast.unit(COUNTY).id, day=cast.today, today=cast.today, note="", actor=cast.operator)
    return Issue.objects.get(uid=made)


def taken(cast: Cast, county: County) -> None:
    assert import_workbook(county.workbook(), today=cast.today, actor=cast.operator).checked.faults == []


def with_somebody_admitted(cast: Cast) -> None:
    county = County()
    county.add("党员", member(41, VILLAGE, 人员类别="预备党员", 入党日期=date(2026, 5, 4), 转正日期=None))
    taken(cast, county)


def with_that_taken_back(cast: Cast) -> None:
    with_somebody_admitted(cast)
    undo_import(last().seq, actor=cast.operator, reason="导错了")


def with_somebody_corrected(cast: Cast) -> None:
    county = County()
    county["党员"][0]["学历"] = "小学"
    taken(cast, county)


def with_the_village_renamed(cast: Cast) -> None:
    county = County()
    next(row for row in county["组织"] if row["组织代码"] == VILLAGE)["组织名称"] = "新云村党支部"
    taken(cast, county.only("组织"))


def with_another_setting(cast: Cast) -> None:
    since, actor = date(2026, 1, 1), cast.operator
    record_paper(number="3", issuing_body="县委", title="办法", in_force_from=since, actor=actor)
    said = {"key": "reserve.ratio", "value": "9", "since": since, "paper_number": "3", "reason": "决定"}
    change_setting(**said, actor=actor, today=cast.today)


@pytest.mark.parametrize(
    "change",
    [
        with_somebody_admitted, with_that_taken_back, with_somebody_corrected, with_the_village_renamed,
        with_another_setting,
    ],
)  # fmt: skip
def test_the_pages_are_the_same_in_every_byte_whatever_is_recorded_later(cast: Cast, change: Any) -> None:
    made, browser = issued(cast), cast.client(cast.officer)
    head = last()
    before = browser.get(f"/ledger/issues/{made.uid}/print/")
    change(cast)
    after = cast.client(cast.officer).get(f"/ledger/issues/{made.uid}/print/")
    assert last() != head
    assert (before.status_code, before["Content-Type"], after.content) == (200, "application/pdf", before.content)


@pytest.mark.parametrize("change", [with_somebody_admitted, with_the_village_renamed, with_another_setting])
def test_those_changes_do_change_the_ledger_of_that_day(cast: Cast, change: Any) -> None:
    made = opened(issued(cast))
    change(cast)
    assert changed_rows(made.frozen, ledger(cast.today, within=cast.unit(COUNTY).subtree)) > 0


def kept(frozen: dict[str, Any]) -> Opened:
    """An issue of that content, as it would be read from the record."""
    digest = digest_of(frozen)
    return Opened(Issue(payload=packed(frozen), digest=digest), Entry(data=json.dumps({"digest": digest})))


@pytest.fixture
def sample() -> dict[str, Any]:
    """What the program froze when it froze its first issues. It is never written again: papers of this form lie in archives."""
    found: dict[str, Any] = json.loads(SAMPLE.read_text(encoding="utf-8"))
    return found


def test_the_first_format_is_printed_with_every_cell(sample: dict[str, Any]) -> None:
    pages = PdfReader(BytesIO(print_tables(kept(sample["frozen"]).tables))).pages
    said = "".join("".join(page.extract_text() for page in pages).split())
    cells = [cell for table in sample["frozen"]["tables"] for row in table["rows"] for cell in row]
    words = {"".join(str(cell).split()) for cell in cells if isinstance(cell, str)}
    assert len(words) > 10
    assert sorted(word for word in words if word not in said) == []
    assert [digest_of(sample["frozen"]), len(pages)] == [sample["digest"], 3]
    assert all(table["heading"] in said for table in sample["frozen"]["tables"])
    assert said.count("2026年第1期·全程纪实") == 3


def test_the_first_format_becomes_a_workbook_too(sample: dict[str, Any], tmp_path: Path) -> None:
    write_ledger(tmp_path / "issue.xlsx", kept(sample["frozen"]).tables)
    assert (tmp_path / "issue.xlsx").stat().st_size > 5_000


def test_the_first_format_is_compared_though_settings_came_since(cast: Cast, sample: dict[str, Any]) -> None:
    older = json.loads(json.dumps(sample["frozen"]))
    del older["settings"]["reserve.ratio"]
    newer = opened(issued(cast)).frozen
    assert changed_settings(older, newer) == ()
    assert changed_settings(older, {"settings": {**newer["settings"], "reserve.ratio": "9"}})[0][1:] == ("3", "9")
    day = date.fromisoformat(older["day"])
    assert changed_rows(older, ledger(day, within=cast.unit(COUNTY).subtree)) == 0


def test_a_sample_with_one_figure_changed_is_not_printed(sample: dict[str, Any]) -> None:
    made = kept(sample["frozen"])
    sample["frozen"]["tables"][0]["rows"][0][-1] = "改"
    made.issue.payload = packed(sample["frozen"])
    with pytest.raises(Altered):
        _ = made.tables
