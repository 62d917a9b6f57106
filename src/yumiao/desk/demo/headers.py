"""The demo township's own names of columns, as a clerk leaves them behind after an import of his own workbook."""

from __future__ import annotations

from typing import Final

from yumiao.bylaws.naming import record_header_names
from yumiao.desk.demo.days import DEMO_DAY
from yumiao.journal.acts import Actor
from yumiao.units.queries import tree

TOWNSHIP: Final = "001.032"
NAMES: Final = {
    "党员": {"党员证件号": "number", "支部编码": "branch"},
    "发展培养": {"申请书落款日期": "applied_on"},
}


def name_headers(*, actor: Actor) -> None:
    """Record them; a second run finds that they hold."""
    units = tree(DEMO_DAY)
    line = [unit.id for unit in units.line(units.by_code[TOWNSHIP])]
    record_header_names(NAMES, line=line, actor=actor)
