"""The use cases: a comparison is begun, a difference ticked off, the report closed. Must not know: requests, pages, files."""

from __future__ import annotations

import json
import uuid
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from yumiao.journal.acts import Actor, act
from yumiao.journal.verbs import Verb
from yumiao.kernel.identity import scrub
from yumiao.kernel.objections import Objection, Refused
from yumiao.reconciliation.columns import read_register
from yumiao.reconciliation.keeping import Kept, sealed_kept
from yumiao.reconciliation.models import Comparison, Tick
from yumiao.reconciliation.own_record import branch_names, keys_elsewhere, people_here
from yumiao.reconciliation.rules import BRANCH, KEPT_DAYS, Deed, Here, Kind, There, compare
from yumiao.sheets.reading import Workbook
from yumiao.units.queries import Tree, UnitOnDay


def begin(
    book: Workbook,
    name: str,
    unit: UnitOnDay,
    tree: Tree,
    *,
    today: date,
    actor: Actor,
    once: uuid.UUID | None = None,
) -> Comparison:
    """Compare an export with the record of a unit and keep what differs; `name` is the file's, fit to be shown.

    Raises `sheets.archive.Unreadable` where it is no such export, `AlreadyDone` for a form sent twice. What is older than thirty days goes.
    """
    read = read_register(book, branch_names(tree))
    with act(Verb.RECONCILIATION_BEGUN, actor=actor, once=once) as current:
        here = people_here(unit, tree, today)
        rows = _within(read.rows, here, unit, tree)
        found = compare(here, rows).findings
        strange = sorted({row.values[BRANCH] for row in rows if row.values.get(BRANCH) and not row.branches})
        uid = uuid.uuid4()
        version, cell = sealed_kept(str(uid), Kept(replace(read, rows=rows), strange, list(found)))
        Comparison.objects.filter(made_on__lte=today - timedelta(days=KEPT_DAYS)).delete()
        made = Comparison.objects.create(
            uid=uid,
            unit_id=unit.id,
            name=name,
            cell=cell,
            key_version=version,
            there=len(read.rows),
            outside=len(read.rows) - len(rows),
            made_on=today,
            made_by_label=actor.label,
            entry=current.seq,
        )
        current.subject_kind, current.subject = "unit", unit.uid
        current.data |= {"unit": unit.code, "register": len(read.rows), "open": len(found), **_counted(found)}
    return made


def _within(rows: list[There], here: list[Here], unit: UnitOnDay, tree: Tree) -> list[There]:
    """The file's people of the unit. Who stands elsewhere, or whose branch is elsewhere, is none of its reader's business."""
    ours, elsewhere = {one.key for one in here}, keys_elsewhere(here)
    within = {one.id for one in tree if unit.subtree.covers(one.path)}
    kept = []
    for row in rows:
        at_ours = row.branches & within
        is_ours = bool(row.key) and row.key in ours
        if is_ours or at_ours or not (row.branches or row.key in elsewhere):
            kept.append(row if is_ours else replace(row, branches=frozenset(at_ours)))
    return kept


def _counted(found: Any) -> dict[str, int]:
    counts = Counter(one.kind for one in found)
    return {kind.value: counts[kind] for kind in Kind if counts[kind]}


def tick(comparison: Comparison, key: str, deed: Deed, note: str, *, today: date, actor: Actor) -> None:
    """Tick a difference off, or say anew what was done. Raises `Refused` once the report is closed."""
    if comparison.closed_on is not None:
        raise Refused([_closed()])
    values = {"deed": deed.value, "note": scrub(note), "by_label": actor.label, "on": today}
    Tick.objects.update_or_create(comparison=comparison, key=key, defaults=values)


def close(
    comparison: Comparison,
    report: Mapping[str, Any],
    unit: UnitOnDay,
    *,
    today: date,
    actor: Actor,
    once: uuid.UUID | None = None,
) -> None:
    """Close the report: its figures stay as they are, nothing is ticked off any more. Raises `Refused` where it is closed, `AlreadyDone`."""
    with act(Verb.RECONCILIATION_CLOSED, actor=actor, once=once) as current:
        written = Comparison.objects.filter(pk=comparison.pk, closed_on=None).update(
            closed_on=today, closed_by_label=actor.label, report=json.dumps(report, ensure_ascii=False)
        )
        if not written:
            raise Refused([_closed()])
        current.subject_kind, current.subject = "unit", unit.uid
        current.data |= {"unit": unit.code, "begun": comparison.entry, "register": comparison.there, **report["totals"]}


def _closed() -> Objection:
    return Objection(
        rule="", text="这次对账已经办结，不能再改", next_step="需要继续核对的，重新上传一份最新的导出文件对账。"
    )
