"""Acts on either side of a change of units: what is taken back, or dated before it, never leaves anybody or anything in a unit that ended."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from tests.cast import OTHER_TOWN, TOWN, VILLAGE, Cast, cast
from yumiao.desk.membership.deciding import Who
from yumiao.desk.membership.undoing import undo_change
from yumiao.desk.proof import findings
from yumiao.desk.reforms.doing import carry_out
from yumiao.desk.reforms.plan import Reforming
from yumiao.desk.transfers import acting
from yumiao.journal.acts import last
from yumiao.kernel.objections import Refused
from yumiao.kernel.scope import EVERYTHING, Scope
from yumiao.people.models import Belonging
from yumiao.units.changes import Close, Found, Move, Step
from yumiao.units.queries import tree
from yumiao.units.reforming import Paper

pytestmark = pytest.mark.db
__all__ = ["cast"]
ALONE = 10  # the only member of the second village of township B
OTHER_FAR_VILLAGE = "001.002.002"


def reformed(cast: Cast, *steps: Step, since: date | None = None) -> int:
    day = since or cast.today
    paper = Paper("组织变更", "青岚组发〔2026〕12号", day, day)
    scope = Scope((EVERYTHING,), cast.today)
    return carry_out(Reforming(steps), paper, actor=cast.operator, today=cast.today, scope=scope).seq


def moved(cast: Cast, place: int, branch: str, on: date) -> int:
    """Sent and taken in; the number of the entry that took in."""
    to, given = acting.Destination(cast.unit(branch[:7])), dict[str, Any](on=on, today=cast.today)
    sender, receiver = Who(cast.operator, None), Who(cast.actor(cast.officer), None)
    letter = acting.issue(cast.person(place), to, valid_days=30, tree=cast.tree, who=sender, **given)
    acting.receive(letter.uid, cast.unit(branch), who=receiver, **given)
    return last().seq


def stands(cast: Cast, place: int, day: date) -> str:
    return Belonging.objects.on(day).select_related("unit").get(person=cast.person(place)).unit.code


def test_a_receipt_is_not_taken_back_when_the_branch_that_was_left_has_ended(cast: Cast) -> None:
    seq = moved(cast, ALONE, VILLAGE, cast.today - timedelta(days=5))
    reformed(cast, Close(OTHER_FAR_VILLAGE))
    with pytest.raises(Refused):
        undo_change(seq, actor=cast.operator, reason="登记有误")
    assert stands(cast, ALONE, cast.today) == VILLAGE


def test_a_branch_does_not_end_before_its_last_member_left(cast: Cast) -> None:
    moved(cast, ALONE, VILLAGE, cast.today - timedelta(days=5))
    with pytest.raises(Refused, match="以后仍有 1 人在册"):
        reformed(cast, Close(OTHER_FAR_VILLAGE), since=cast.today - timedelta(days=6))
    reformed(cast, Close(OTHER_FAR_VILLAGE), since=cast.today - timedelta(days=5))
    assert list(findings()) == []


def test_nobody_is_taken_into_a_branch_on_a_day_before_it_stood(cast: Cast) -> None:
    reformed(cast, Found("001.001.800", "新设村党支部", "村党支部", TOWN))
    with pytest.raises(Refused):
        moved(cast, ALONE, "001.001.800", cast.today - timedelta(days=5))
    assert stands(cast, ALONE, cast.today) == OTHER_FAR_VILLAGE


def test_a_unit_is_not_moved_from_a_day_before_what_stands_below_it_was_placed(cast: Cast) -> None:
    reformed(cast, Found("001.001.800", "新设村党支部", "村党支部", "001.001.002"))
    with pytest.raises(Refused):
        reformed(cast, Move("001.001.002", OTHER_TOWN), since=cast.today - timedelta(days=5))
    assert "001.001.800" not in tree(cast.today - timedelta(days=1)).by_code
    assert list(findings()) == []
