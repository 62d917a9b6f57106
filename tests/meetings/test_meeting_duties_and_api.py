"""What meetings leave to be done, and what machines read of them: numbers, nobody named."""

from __future__ import annotations

import json
from datetime import date

import pytest

from tests import lived
from tests.api.tokens import Machines, machines
from tests.cast import COUNTY, OTHER_TOWN, TOWN, VILLAGE, Cast, cast
from tests.meetings.branch import meeting_of
from yumiao.desk.meetings.duties import meeting_duties, quarter_of
from yumiao.journal.acts import act
from yumiao.journal.models import Reading
from yumiao.journal.verbs import Verb
from yumiao.kernel.duties import Duty
from yumiao.meetings.services import record_meeting

__all__ = ["cast", "machines"]
pytestmark = pytest.mark.db


@pytest.mark.parametrize(
    ("day", "first", "last"),
    [
        (date(2026, 1, 1), date(2026, 1, 1), date(2026, 3, 31)),
        (date(2026, 6, 30), date(2026, 4, 1), date(2026, 6, 30)),
        (date(2026, 11, 20), date(2026, 10, 1), date(2026, 12, 31)),
    ],
)
def test_the_quarter_of_a_day(day: date, first: date, last: date) -> None:
    assert quarter_of(day) == (first, last)


def duties(cast: Cast, code: str, day: date | None = None) -> list[Duty]:
    return meeting_duties(cast.unit(code), cast.tree, day or cast.today)


def test_nothing_is_said_where_meetings_are_not_kept_here_yet(cast: Cast) -> None:
    assert [duties(cast, code) for code in (COUNTY, TOWN, VILLAGE)] == [[], [], []]


def test_branches_without_a_meeting_this_quarter_are_one_line_of_their_township(cast: Cast) -> None:
    with act(Verb.PREPARED, actor=cast.operator) as current:
        record_meeting(current, meeting_of(cast, [], held_on=date(2026, 9, 30)))
    (line,) = duties(cast, TOWN, date(2026, 11, 20))
    assert (line.rule, line.title, line.due_on) == (
        "MTG-01",
        "5 个党支部本季度没有登记支部党员大会",
        date(2026, 12, 31),
    )
    (line,) = duties(cast, VILLAGE, date(2026, 11, 20))
    assert line.title == "本季度没有登记支部党员大会"
    assert duties(cast, VILLAGE, date(2026, 9, 30)) == []
    assert duties(cast, COUNTY, date(2026, 11, 20)) == []
    assert duties(cast, OTHER_TOWN, date(2026, 11, 20)) == []


def test_machines_read_numbers_and_no_names(cast: Cast, machines: Machines) -> None:
    lived.meet(cast)
    before = Reading.objects.count()
    (row,) = machines().items("/api/meetings/")
    shown = ("unit", "held_on", "kind", "due", "present", "motions", "passed")
    assert tuple(row[key] for key in shown) == (VILLAGE, cast.today.isoformat(), "支部党员大会", 2, 2, 1, 1)
    assert lived.name(cast, 1) not in json.dumps(row, ensure_ascii=False)
    assert Reading.objects.count() == before
    assert machines(unit=OTHER_TOWN).items("/api/meetings/") == []
    assert machines().items("/api/meetings/?kind=committee") == []
    assert machines().problem("/api/meetings/?kind=nonsense")[0] == 400
