"""The demo county's issues: two quarters of the whole county and of the demo township."""

from __future__ import annotations

from datetime import date
from typing import Final

from yumiao.desk.demo.days import DEMO_DAY
from yumiao.journal.acts import Actor
from yumiao.ledger.issuing import issue
from yumiao.ledger.models import Issue
from yumiao.units.queries import tree

ISSUES: Final = (
    ("001", date(2026, 6, 30), "二季度报表"),
    ("001", date(2026, 9, 30), "三季度报表"),
    ("001.032", date(2026, 6, 30), "二季度报县委组织部"),
    ("001.032", date(2026, 9, 30), "三季度报县委组织部"),
)


def issue_quarters(*, actor: Actor) -> None:
    """Issue them once; a second run finds them there."""
    if Issue.objects.exists():
        return
    units = tree(DEMO_DAY).by_code
    for code, day, note in ISSUES:
        issue(unit=units[code].id, day=day, today=DEMO_DAY, note=note, actor=actor)
