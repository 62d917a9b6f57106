"""Whom a notice can name now: cases that stand before the step a notice comes before. Must not know: requests, pages."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

from django.utils.translation import gettext as _

from yumiao.access.readers import Reader
from yumiao.admission.asked import Ground
from yumiao.admission.case_file import Read
from yumiao.admission.gates import KIND_BEFORE, notice_for
from yumiao.admission.history import CaseFile
from yumiao.admission.step_judges import expiry
from yumiao.desk.dossier.lists import KEYS, open_cases_in
from yumiao.desk.dossier.standing import Row, rows_in
from yumiao.journal.memory import remembered
from yumiao.kernel.periods import add_months, on_paper
from yumiao.kernel.scope import Scope
from yumiao.people.models import PersonRecord
from yumiao.publicity.models import Notice
from yumiao.publicity.rules import Published
from yumiao.units.queries import UnitOnDay

BEFORE: Final = {kind: step for step, (_gate, kind) in KIND_BEFORE.items()}
"""By kind of notice: the step it comes before."""
AFTER: Final = {"target": 7, "admission": 13, "confirmation": 17}
GATES: Final = {kind: gate for gate, kind in KIND_BEFORE.values()}
_SEXES: Final = {"m": "男", "f": "女"}


def is_due(file: CaseFile, kind: str, ground: Ground, day: date) -> bool:
    """Whether somebody can be named by a notice of that kind on a day: the step before it is held, its own is not, and none stands."""
    done = file.done(ground.terms)
    if AFTER[kind] not in done or BEFORE[kind] in {
        one.step for one in file.held if one.occurrence >= _round(file, kind)
    }:
        return False
    if notice_for(file.notices, kind, file.on(AFTER[kind])) is not None and kind != "confirmation":
        return False
    if kind == "confirmation":
        ends = expiry(file, ground.terms)
        posted = notice_for(file.notices, kind, add_months(ends, -1) if ends else None)
        return ends is not None and add_months(ends, -1) <= day and posted is None
    return True


def _round(file: CaseFile, kind: str) -> int:
    return file.round if kind == "confirmation" else 1


def asked_kinds(ground: Ground) -> list[str]:
    """The kinds of notice the county has in force."""
    return [kind for kind, gate in GATES.items() if gate in ground.asks]


def due_in(reader: Reader, unit: UnitOnDay, kind: str, ground: Ground) -> list[Row]:
    """The cases of a unit that a notice of that kind can name, in official order; from memory while nothing changes."""
    found = remembered("notice_candidates", reader.head, unit.id, reader.today, make=lambda: _due(reader, unit, ground))
    return list(found[kind])


def _due(reader: Reader, unit: UnitOnDay, ground: Ground) -> dict[str, tuple[Row, ...]]:
    rows = rows_in(open_cases_in(Scope((unit.subtree,), reader.today)).order_by(*KEYS), reader)
    return {
        kind: tuple(row for row in rows if is_due(row.read.file, kind, ground, reader.today))
        for kind in Notice.Kind.values
    }


def published(read: Read, kind: str, unit: str, ground: Ground) -> Published:
    """What a notice says of somebody; one query."""
    around, file = read.around, read.file
    row = PersonRecord.objects.open().filter(person=around.person).first()
    helpers = file.introducers if kind != "target" and file.introducers else file.contacts
    born = file.born_on
    return Published(
        name=around.name, sex=_SEXES.get(around.sex, ""), born=_("%(year)s年%(month)s月") % {"year": born.year, "month": born.month} if born else "",
        education=(row.education if row else "") or "", occupation=(row.occupation if row else "") or "", unit=unit,
        helpers="、".join(dict.fromkeys(one.name for one in helpers)), days=tuple(_days(file, kind, ground)),
    )  # fmt: skip


def _days(file: CaseFile, kind: str, ground: Ground) -> Sequence[tuple[str, str]]:
    said = [(1, _("递交入党申请书")), (3, _("确定为入党积极分子")), (8, _("确定为发展对象"))]
    if kind == "confirmation":
        said.append((15, _("支部大会接收为预备党员")))
    found = [(text, on_paper(on)) for step, text in said if (on := file.on(step)) is not None]
    ends = expiry(file, ground.terms) if kind == "confirmation" else None
    return [*found, *([(_("预备期满"), on_paper(ends))] if ends else [])]
