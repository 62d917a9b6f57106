"""`yumiao ledger`: the lines, one ledger and two lists of a day."""

from __future__ import annotations

import json
from argparse import Namespace
from datetime import date
from gettext import gettext as _
from pathlib import Path

from yumiao.config.installation import Installation, opened
from yumiao.config.ledger_text import ledger_text
from yumiao.config.running import MISUSE, say
from yumiao.journal.readings import What, record_reading
from yumiao.kernel.scope import EVERYTHING, Range
from yumiao.ledger.explanation import explain
from yumiao.ledger.official import write_ledger_xlsx
from yumiao.ledger.queries import ledger
from yumiao.units.queries import UnitOnDay, tree


def run(options: Namespace) -> int:
    """0 when the ledger was given; 2 for a future day or an unknown unit."""
    installation = opened()
    day: date = options.on or installation.today
    if day > installation.today:
        say(_("{day} 还没有到，台账只到今天 {today}。").format(day=day, today=installation.today))
        return MISUSE
    unit = None
    for code in (options.unit, options.explain):
        if code is not None and (unit := tree(day).by_code.get(code)) is None:
            say(_("{day} 没有代码为 {code} 的组织。").format(day=day, code=code))
            return MISUSE
    if options.explain is not None:
        assert unit is not None
        return _explain(options, installation, unit, day)
    if options.format == "xlsx" and options.out is None:
        say(_("--format xlsx 要用 --out 指定写到哪个文件。"))
        return MISUSE
    within: Range = unit.subtree if unit is not None else EVERYTHING
    found = ledger(day, within=within)
    if options.format == "xlsx":
        write_ledger_xlsx(options.out, found)
        say(_("已写到 {path}。").format(path=options.out))
    else:
        text = _json(found.as_json()) if options.format == "json" else ledger_text(found)
        _put(text, options.out)
    return 0


def _explain(options: Namespace, installation: Installation, unit: UnitOnDay, day: date) -> int:
    """The reasons open the people behind them, so the look is recorded."""
    if options.format == "xlsx":
        say(_("--explain 可输出 table 或 json。"))
        return MISUSE
    said = explain(options.explain, day)
    record_reading(
        What.EXPLANATION, actor=installation.actor, subject_kind="unit", subject=unit.uid, count=said.people_count
    )
    _put(_json(said.as_json()) if options.format == "json" else "\n".join(said.as_lines()), options.out)
    return 0


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1)


def _put(text: str, target: Path | None) -> None:
    """To standard output, or whole to a file."""
    if target is None:
        print(text)
        return
    partial = target.with_name(f".{target.name}.part")
    partial.write_text(text + "\n", encoding="utf-8")
    partial.replace(target)
    say(_("已写到 {path}。").format(path=target))
