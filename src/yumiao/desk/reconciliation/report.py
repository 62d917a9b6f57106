"""The report of a comparison: a table of counts by branch, as an office signs it. It names nobody. Must not know: requests, files."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from datetime import date
from typing import Any, Final

from django.utils.translation import gettext as _

from yumiao.access.readers import Reader
from yumiao.desk.reconciliation.asked import AGREEING, COMPARED
from yumiao.desk.reconciliation.findings import NOWHERE, STATES, Found, whole_found_of
from yumiao.kernel.official import OfficialColumn, OfficialTable
from yumiao.reconciliation.models import Comparison
from yumiao.reconciliation.rules import Kind
from yumiao.reconciliation.services import Closing

COLUMNS: Final = (
    OfficialColumn("党支部", width=28),
    OfficialColumn("比对党员", width=9),
    OfficialColumn("完全一致", width=9),
    OfficialColumn("仅本系统有", "差异", 10),
    OfficialColumn("仅全国系统有", "差异", 11),
    OfficialColumn("信息不一致", "差异", 10),
    OfficialColumn("可能相同", "差异", 10),
    OfficialColumn("已一致", "办理情况", 8),
    OfficialColumn("已处理", "办理情况", 8),
    OfficialColumn("仍不一致", "办理情况", 8),
    OfficialColumn("未处理", "办理情况", 8),
)
COUNTED: Final = (COMPARED, AGREEING, *(kind.value for kind in Kind), *STATES)


def reported(found: Found) -> dict[str, Any]:
    """Rows by branch and totals: as frozen when it was closed, else as they are now."""
    if found.comparison.report:
        frozen: dict[str, Any] = json.loads(found.comparison.report)
        return frozen
    by_unit: dict[int, Counter[str]] = defaultdict(Counter)
    for unit, count in found.result.compared.items():
        by_unit[unit]["compared"] += count
    for unit, count in found.result.agreeing.items():
        by_unit[unit]["agreeing"] += count
    for row in found.rows:
        by_unit[row.unit.id if row.unit else 0].update((row.finding.kind.value, row.state))
    units = found.tree.by_id
    ordered = sorted(by_unit, key=lambda one: units[one].path if one in units else "~")
    rows = [
        {
            "branch": units[one].code if one in units else NOWHERE,
            "cells": [
                found.called(units.get(one)) or _("党支部对不上的"),
                *(by_unit[one][key] for key in COUNTED),
            ],
        }
        for one in ordered
        if any(by_unit[one].values())
    ]
    return {"rows": rows, "totals": found.totals}


def opened_by(key: str) -> str:
    """The parameters of the list that a figure opens."""
    return f"state={key}" if key in STATES else f"kind={key}"


def closing_of(reader: Reader, comparison: Comparison) -> Closing:
    """What the comparison is closed with, as it stands at this moment."""
    found = whole_found_of(reader, comparison)
    return Closing(reported(found), found.kept.closed_with(found.result))


def table(found: Found, today: date, code: str) -> OfficialTable:
    """The report on paper."""
    said = reported(found)
    title = _("与全国党员管理信息系统对账报告")
    return OfficialTable(
        title=_("对账报告"),
        heading=title,
        unit=found.unit.name,
        on=found.comparison.closed_on or today,
        columns=COLUMNS,
        rows=[row["cells"] for row in said["rows"]],
        totals=[_("合计"), *(said["totals"][key] for key in COUNTED)],
        code=code,
    )
