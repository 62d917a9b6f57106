"""Changes of status, transfers and stays on the line of time, with reason and article. Must not know: pages, who looks."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext as _

from yumiao.desk.people.events import Event, UnitName
from yumiao.desk.people.facts import Facts, Moved
from yumiao.kernel.periods import on_paper
from yumiao.people.models import Transfer, TransferState
from yumiao.people.status import CHANGES, GROUNDS


def is_decided(facts: Facts, on: date) -> bool:
    """Whether a change of status or a transfer of that day says what happened, so that the rows it moved need not."""
    days = {one.on for one in facts.changes} | {one.on for one in facts.transfers if one.state != "issued"}
    return on in days


def decided(facts: Facts) -> Iterator[Event]:
    """Every change with its article, ground, document and reason."""
    for one in facts.changes:
        change = CHANGES[one.change]
        said = [
            GROUNDS.get(one.ground, ""),
            one.reason,
            _("到%(day)s期满") % {"day": on_paper(one.term_on)} if one.term_on else "",
            _("依据%(article)s") % {"article": change.citation},
            _("决定文号 %(document)s") % {"document": one.document} if one.document else "",
        ]
        yield Event(one.on, change.title, "；".join(words for words in said if words), "key", one.known, 41)


def on_their_way(facts: Facts, unit_name: UnitName) -> Iterator[Event]:
    """Transfers, state by state, and stays elsewhere."""
    for one in facts.transfers:
        yield Event(one.on, _title(one, unit_name), _note(one), "", one.known, 42)
    for stay in facts.stays:
        yield Event(stay.since, _("外出流动：%(place)s") % {"place": stay.word}, "", "", stay.known, 43)
        if stay.until is not None:
            yield Event(stay.until, _("流动党员返回"), "", "", stay.known, 44)


def _title(one: Moved, unit_name: UnitName) -> str:
    sender = unit_name(one.from_unit) if one.from_unit else one.from_text
    receiver = unit_name(one.to_unit) if one.to_unit else one.to_text
    is_material = one.kind in (Transfer.Kind.MATERIAL, Transfer.Kind.MATERIAL_OUTWARD)
    words = {"from": sender, "to": receiver}
    match TransferState.State(one.state):
        case TransferState.State.ISSUED:
            return (_("培养材料转往%(to)s") if is_material else _("开具介绍信，转往%(to)s")) % words
        case TransferState.State.RECEIVED:
            return _("%(to)s接收") % words if one.kind != Transfer.Kind.INWARD else _("由%(from)s转入") % words
        case TransferState.State.RETURNED:
            return _("回执已回")
        case TransferState.State.REFUSED:
            return _("%(to)s退回") % words
        case TransferState.State.WITHDRAWN:
            return _("转接作废")


def _note(one: Moved) -> str:
    return "；".join(words for words in (one.letter, one.reason) if words)
