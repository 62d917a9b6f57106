"""A change of a setting is previewed by what it would change, and the preview leaves nothing behind."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tests.journal.small_county import DAY, as_workbook, cells
from yumiao.bylaws.queries import settings_on
from yumiao.bylaws.services import change_setting, record_paper
from yumiao.config.folder import Profile
from yumiao.config.installation import opened, prepare
from yumiao.desk.proof import findings
from yumiao.desk.setting_preview import Change, preview_setting
from yumiao.desk.workbook.importing import import_workbook
from yumiao.journal.models import Entry
from yumiao.kernel.objections import Refused
from yumiao.ledger.queries import ledger

pytestmark = pytest.mark.db

PAPER = "青岚组发〔2026〕1号"


@pytest.fixture
def wanted() -> dict[str, Any]:
    """A change of the reserve from three activists a place to one."""
    installation = prepare(Profile.REAL)
    import_workbook(as_workbook(cells(members=12, others=6)), today=DAY, actor=installation.actor)
    record_paper(
        number=PAPER,
        issuing_body="县委组织部",
        title="办法",
        in_force_from=date(2026, 1, 1),
        actor=installation.actor,
    )
    return {
        "key": "reserve.ratio",
        "value": "1",
        "since": DAY,
        "paper_number": PAPER,
        "issuing_body": "",
        "reason": "试行",
        "today": DAY,
    }


def change(wanted: dict[str, Any], **otherwise: Any) -> None:
    change_setting(**wanted | otherwise, actor=opened().actor)


def test_the_preview_names_what_would_read_otherwise(wanted: dict[str, Any]) -> None:
    assert preview_setting(**wanted) == [Change("001.001", "应储备人数", "24", "8")]


def test_a_preview_of_a_warm_ledger_takes_eight_queries(wanted: dict[str, Any], django_assert_num_queries: Any) -> None:
    preview_setting(**wanted)
    with django_assert_num_queries(8):
        preview_setting(**wanted)


def test_a_preview_writes_nothing(wanted: dict[str, Any]) -> None:
    entries = Entry.objects.count()
    preview_setting(**wanted)
    assert (Entry.objects.count(), settings_on(DAY).reserve_ratio) == (entries, 3)
    assert list(findings()) == []


def test_the_change_itself_does_what_the_preview_said(wanted: dict[str, Any]) -> None:
    before = ledger(DAY).as_json()["townships"]["001.001"]["reserve_required"]
    change(wanted)
    after = ledger(DAY).as_json()["townships"]["001.001"]["reserve_required"]
    assert (before, after) == (24, 8)
    assert preview_setting(**wanted | {"reason": "再议"}) == []


def test_a_value_that_ends_before_the_day_changes_nothing_on_it(wanted: dict[str, Any]) -> None:
    change(wanted, value="2")
    earlier = wanted | {"since": date(2026, 2, 1), "value": "1"}
    assert preview_setting(**earlier) == []
    change(earlier)
    assert (settings_on(DAY).reserve_ratio, settings_on(date(2026, 3, 1)).reserve_ratio) == (2, 1)


def test_the_value_of_a_day_to_come_is_judged_on_that_day(wanted: dict[str, Any]) -> None:
    later = date(DAY.year, 12, 31)
    assert preview_setting(**wanted | {"since": later}) == [Change("001.001", "应储备人数", "24", "8")]
    assert settings_on(later).reserve_ratio == 3


def test_grades_are_shown_in_words(wanted: dict[str, Any]) -> None:
    changes = preview_setting(**wanted | {"key": "bottom.window", "value": "rolling_24_months"})
    said = {word for change in changes for word in (change.before, change.after)}
    assert said <= {"在列", "不在列", "无", "一般", "较重", "严重"}


def test_a_preview_is_refused_as_the_change_would_be(wanted: dict[str, Any]) -> None:
    with pytest.raises(Refused) as refused:
        preview_setting(**wanted | {"value": "一", "reason": " "})
    assert [objection.rule for objection in refused.value.objections] == ["BYL-01", "BYL-05"]
