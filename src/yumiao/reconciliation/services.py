"""The use cases: a comparison is begun, a difference ticked off, the report closed. Must not know: requests, pages, files."""

from __future__ import annotations

import json
import uuid
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from django.db import transaction

from yumiao.journal.acts import Actor, act
from yumiao.journal.verbs import Verb
from yumiao.kernel.identity import scrub
from yumiao.kernel.objections import Difference, Objection, Refused, Stale
from yumiao.reconciliation.columns import Read, read_register
from yumiao.reconciliation.keeping import Kept, sealed_kept
from yumiao.reconciliation.models import Comparison, Tick
from yumiao.reconciliation.own_record import branch_names, keys_elsewhere, people_here, standing
from yumiao.reconciliation.rules import BRANCH, KEPT_DAYS, Deed, Here, Kind, There, compare
from yumiao.sheets.reading import Workbook
from yumiao.units.queries import Tree, UnitOnDay


class Standing(Exception):
    """This very file is being reconciled with the unit already: `comparison`."""

    def __init__(self, comparison: Comparison) -> None:
        super().__init__(comparison.uid)
        self.comparison = comparison


@dataclass(frozen=True, slots=True)
class Closing:
    """What a comparison is closed with: the figures of its report (JSON), and what is kept sealed from then on."""

    report: Mapping[str, Any]
    kept: Kept


def forget_over(today: date) -> int:
    """Delete what was begun thirty days ago or earlier, with what was ticked off; gives how many comparisons those were."""
    over = Comparison.objects.filter(made_on__lte=today - timedelta(days=KEPT_DAYS))
    number = over.count()
    if number:
        over.delete()
    return number


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

    Raises `sheets.archive.Unreadable` where it is no such export, `Standing`, `AlreadyDone`. What is older than thirty days goes.
    """
    read = read_register(book, branch_names(tree))
    sha256 = book.digest.hex()
    with act(Verb.RECONCILIATION_BEGUN, actor=actor, once=once) as current:
        if (other := standing(unit, sha256, today)) is not None:
            raise Standing(other)
        kept = _compared(read, unit, tree, today)
        uid = uuid.uuid4()
        version, cell = sealed_kept(str(uid), kept)
        forget_over(today)
        made = Comparison.objects.create(
            uid=uid,
            unit_id=unit.id,
            name=name,
            cell=cell,
            key_version=version,
            sha256=sha256,
            there=len(read.rows),
            found=len(kept.first),
            outside=len(read.rows) - len(kept.read.rows),
            made_on=today,
            made_by_label=actor.label,
            entry=current.seq,
        )
        current.subject_kind, current.subject = "unit", unit.uid
        current.data |= {"unit": unit.code, **_counted(made, kept)}
    return made


def _compared(read: Read, unit: UnitOnDay, tree: Tree, today: date) -> Kept:
    """The file's people of the unit beside its record."""
    here = people_here(unit, tree, today)
    rows = _within(read.rows, here, unit, tree)
    strange = sorted({row.values[BRANCH] for row in rows if row.values.get(BRANCH) and not row.branches})
    return Kept(replace(read, rows=rows), strange, list(compare(here, rows).findings))


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


def _counted(made: Comparison, kept: Kept) -> dict[str, int]:
    counts = Counter(one.kind for one in kept.first)
    return {"register": made.there, "open": made.found, **{kind.value: counts[kind] for kind in Kind if counts[kind]}}


def tick(comparison: Comparison, key: str, deed: Deed, note: str, *, shown: int, today: date, actor: Actor) -> None:
    """Tick a difference off, or say anew what was done; `shown`: the version of the tick that was seen, 0 for none.

    Raises `Refused` once the report is closed, `Stale` where somebody else has ticked it off since.
    """
    values = {"deed": deed.value, "note": scrub(note), "by_label": actor.label, "on": today}
    with transaction.atomic():
        if _locked(comparison).closed_on is not None:
            raise Refused([_closed()])
        there = Tick.objects.filter(comparison=comparison, key=key).first()
        if there is not None and values == {name: getattr(there, name) for name in values}:
            return
        if (there.version if there else 0) != shown:
            raise Stale(_overtaken(values, there))
        version = {"version": shown + 1}
        Tick.objects.update_or_create(comparison=comparison, key=key, defaults=values | version)


def _locked(comparison: Comparison) -> Comparison:
    """The row as it stands, held until the end of the transaction: ticks and the closing wait for each other."""
    return Comparison.objects.select_for_update().get(pk=comparison.pk)


def _overtaken(values: Mapping[str, Any], there: Tick | None) -> list[Difference]:
    if there is None:
        return []
    said = Difference("处理结果", Deed(values["deed"]).label, f"{Deed(there.deed).label}（{there.by_label}）")
    return [said, Difference("说明", values["note"], there.note)]


def close(
    comparison: Comparison,
    closing: Callable[[], Closing],
    unit: UnitOnDay,
    *,
    today: date,
    actor: Actor,
    once: uuid.UUID | None = None,
) -> None:
    """Close the report: its figures stay as they are, nothing is ticked off any more, and the file's people are kept no longer.

    `closing` is asked while nobody can tick anything off. Raises `Refused` where it is closed, `AlreadyDone`.
    """
    with act(Verb.RECONCILIATION_CLOSED, actor=actor, once=once) as current:
        if _locked(comparison).closed_on is not None:
            raise Refused([_closed()])
        made = closing()
        version, cell = sealed_kept(str(comparison.uid), made.kept)
        Comparison.objects.filter(pk=comparison.pk).update(
            closed_on=today,
            closed_by_label=actor.label,
            report=json.dumps(made.report, ensure_ascii=False),
            key_version=version,
            cell=cell,
        )
        current.subject_kind, current.subject = "unit", unit.uid
        current.data |= {
            "unit": unit.code,
            "begun": comparison.entry,
            "register": comparison.there,
            **made.report["totals"],
        }


def _closed() -> Objection:
    return Objection(
        rule="", text="这次对账已经办结，不能再改", next_step="需要继续核对的，重新上传一份最新的导出文件对账。"
    )
