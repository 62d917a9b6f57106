"""Issuing the ledger and the two lists of a unit and a day: computed and frozen within one act, under the next number.

Must not know: requests, who may do it.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.db.models import Max
from django.utils.translation import gettext as _

from yumiao.journal.acts import Actor, act
from yumiao.journal.bulk import recorded
from yumiao.journal.verbs import Verb
from yumiao.kernel.identity import scrub
from yumiao.kernel.objections import Objection, OutOfScope, Refused
from yumiao.ledger.figures import Ledger
from yumiao.ledger.issues import (
    Altered,
    code_of,
    content,
    digest_of,
    head_before,
    opened,
    packed,
    settings_said,
    to_json,
)
from yumiao.ledger.models import Issue
from yumiao.ledger.official import official_tables
from yumiao.ledger.queries import ledger
from yumiao.units.queries import UnitOnDay, tree

LONGEST_NOTE: Final = 500


@dataclass(frozen=True, slots=True)
class Draft:
    """What would be issued: the ledger, the number it would get, and the mark of its content that the form carries."""

    unit: UnitOnDay
    ledger: Ledger
    year: int
    number: int
    mark: str


def draft(unit: int, day: date, today: date) -> Draft:
    """As the record stands. Raises `OutOfScope` where the unit did not stand on `day`, `Refused` where it had no village."""
    found = tree(day).by_id.get(unit)
    if found is None:
        raise OutOfScope(_("这一天没有这个组织。"))
    figures = ledger(day, within=found.subtree)
    if not figures.villages:
        raise Refused([Objection("", _("%(unit)s当日没有村（社区），没有可以印发的。") % {"unit": found.name})])
    return Draft(found, figures, today.year, next_number(unit, today.year), digest_of(content(figures)))


def issued_already(wanted: Draft) -> Issue | None:
    """The unit's latest issue, where it is of the same year and says the same of the same day under the same settings."""
    last = Issue.objects.filter(unit=wanted.unit.id).order_by("-entered").first()
    if last is None or (last.year, last.for_day) != (wanted.year, wanted.ledger.day):
        return None
    try:
        frozen = opened(last).frozen
    except Altered:
        return None
    now = {"ledger": wanted.ledger.as_json(), "settings": settings_said(wanted.ledger.settings)}
    return last if digest_of({name: frozen[name] for name in now}) == digest_of(now) else None


def next_number(unit: int, year: int) -> int:
    """The number after the last of the unit's issues of that year."""
    return (Issue.objects.filter(unit=unit, year=year).aggregate(last=Max("number"))["last"] or 0) + 1


def issue(
    *,
    unit: int,
    day: date,
    today: date,
    note: str,
    actor: Actor,
    shown: str | None = None,
    once: uuid.UUID | None = None,
) -> uuid.UUID:
    """Freeze and number the ledger of `unit` (an id) on `day`; returns the uid of the issue.

    `shown`: the mark of the content that the form was shown with; `Refused` where other figures stand now, and where the latest
    issue says all of this already.
    """
    note, uid = scrub(note.strip())[:LONGEST_NOTE], uuid.uuid4()
    with act(Verb.ISSUED, actor=actor, reason=note, once=once) as done:
        if day > today:
            raise Refused([Objection("", _("统计日期还没有到，不能印发。"))])
        wanted = draft(unit, day, today)
        if shown is not None and shown != wanted.mark:
            raise Refused([_overtaken()])
        if (same := issued_already(wanted)) is not None:
            raise Refused([_said_already(same)])
        values = {"uid": uid, "issued_on": today, "note": note} | _frozen(wanted)
        done.subject_kind, done.subject = "issue", uid
        numbered = {"unit": wanted.unit.code, "year": wanted.year, "number": wanted.number}
        done.data |= numbered | {"day": day, "digest": values["digest"]}
        done.insert(Issue, recorded(Issue), [tuple(values[name] for name in recorded(Issue))])
    return uid


def _frozen(wanted: Draft) -> dict[str, Any]:
    """The columns that hold the content and what it stands on; within the open act."""
    seq, known = head_before()
    day, code = wanted.ledger.day, code_of(wanted.year, wanted.number, known)
    numbered = {"year": wanted.year, "number": wanted.number, "known_seq": seq}
    frozen = content(wanted.ledger) | {
        "tables": [to_json(table) for table in official_tables(wanted.ledger, code)],
        "unit": {"code": wanted.unit.code, "name": wanted.unit.name},
        "day": day,
        **numbered,
    }
    return {
        "unit_id": wanted.unit.id,
        "for_day": day,
        "settings_digest": digest_of(frozen["settings"]),
        "payload": packed(frozen),
        "digest": digest_of(frozen),
        **numbered,
    }


def _said_already(same: Issue) -> Objection:
    return Objection(
        "",
        _("%(year)s年第%(number)s期的数与现在完全相同，没有再印发。") % {"year": same.year, "number": same.number},
        next_step=_("从“历次印发”打开那一期；数有变化以后再印发。"),
    )


def _overtaken() -> Objection:
    return Objection(
        "",
        _("打开页面之后数据有变化，没有印发。"),
        next_step=_("下面是现在的数，请重新核对后再印发。"),
    )
