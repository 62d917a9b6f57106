"""The use case: an import is taken back as one act, while nothing stands on it. Identities stay, and nobody sees them any more."""

from __future__ import annotations

import json
import uuid
from dataclasses import dataclass

from yumiao.access.models import Account
from yumiao.desk.workbook.reach import Reach
from yumiao.desk.workbook.rules import BOOK
from yumiao.journal.acts import Actor, act
from yumiao.journal.bulk import refresh_statistics
from yumiao.journal.models import Entry, ImportedRow
from yumiao.journal.undoing import standing_on, take_back
from yumiao.journal.verbs import Verb
from yumiao.kernel.objections import Objection, OutOfScope, Refused
from yumiao.kernel.scope import Scope
from yumiao.people.models import Belonging, Person
from yumiao.units.queries import standing

UNIT_KINDS = ("unit", "quota", "guest")
NAMED = 10  # later entries that a refusal names one by one
RULE = BOOK.by_id("WBK-18")


@dataclass(frozen=True, slots=True)
class Obstacle:
    """An entry that stands on an import, or None where an account does; `text` says it in a sentence."""

    seq: int | None
    text: str


def undo_import(
    seq: int, *, actor: Actor, reason: str, once: uuid.UUID | None = None, within: Scope | None = None
) -> int:
    """Take back the import that is entry `seq`. Returns the number of the entry that did it.

    Raises `OutOfScope` where there is no such import or it touched what lies outside `within`, `Refused` where it was taken back
    already or something stands on it, `journal.acts.AlreadyDone` for a form sent twice.
    """
    with act(Verb.IMPORT_UNDONE, actor=actor, reason=reason, once=once) as current:
        imported = Entry.objects.filter(seq=seq, verb=Verb.WORKBOOK_IMPORTED).first()
        if imported is None or not _lies_within(seq, within):
            raise OutOfScope
        if (by := undone_by(seq)) is not None:
            raise Refused([RULE.objection(f"本次导入已由第 {by} 条撤销")])
        if found := obstacles(seq):
            raise Refused([_objection(found)])
        take_back(current, seq)
        current.data["file"] = json.loads(imported.data)["file"]
    refresh_statistics()
    return current.seq


def undone_by(seq: int) -> int | None:
    """The entry that took this one back."""
    return Entry.objects.filter(undoes=seq).values_list("seq", flat=True).first()


def obstacles(seq: int) -> list[Obstacle]:
    """What stands on an import: later entries, and accounts of persons that it brought."""
    later = standing_on(seq)
    entries = Entry.objects.filter(seq__in=later[:NAMED]).order_by("seq")
    found = [
        Obstacle(entry.seq, f"第 {entry.seq} 条“{Verb(entry.verb).label}”（{entry.actor_label}）") for entry in entries
    ]
    if len(later) > NAMED:
        found.append(Obstacle(later[NAMED], f"第 {later[NAMED]} 条等另外 {len(later) - NAMED} 条"))
    brought = Person.objects.filter(entered=seq).values("uid")
    if accounts := Account.objects.filter(person_uid__in=brought).count():
        found.append(Obstacle(None, f"本次导入的人员已开通 {accounts} 个账号"))
    return found


def _objection(found: list[Obstacle]) -> Objection:
    named = "、".join(obstacle.text for obstacle in found)
    return RULE.objection(f"其后的登记建立在本次导入之上：{named}", next_step="先撤销其后的导入；其他登记请逐项更正。")


def _lies_within(seq: int, within: Scope | None) -> bool:
    """Whether everything the import touched stands within the scope today."""
    tree = standing()
    reach = Reach.of(tree, within)
    if not reach.is_limited:
        return True
    rows = ImportedRow.objects.filter(entered=seq)
    units = set(rows.filter(kind__in=UNIT_KINDS).values_list("subject", flat=True))
    people = rows.exclude(kind__in=UNIT_KINDS).values("subject")
    units |= set(Belonging.objects.open().filter(person__in=people).values_list("unit_id", flat=True))
    return all(reach.covers(unit) for unit in units)
