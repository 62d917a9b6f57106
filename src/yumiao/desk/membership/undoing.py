"""The use case: a change, a transfer's step or a stay is taken back as one act, while nothing stands on it.

Must not know: requests, pages.
"""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import Final

from yumiao.desk.membership.life import life_of
from yumiao.desk.people.facts import facts_of
from yumiao.journal.acts import Actor, act
from yumiao.journal.facts import ALIVE
from yumiao.journal.models import Entry
from yumiao.journal.undoing import standing_on, take_back
from yumiao.journal.verbs import Verb
from yumiao.kernel.objections import Objection, OutOfScope, Refused
from yumiao.kernel.periods import FOREVER
from yumiao.people.models import Person, Stay, StayContact, Transfer
from yumiao.people.status import IN_DEVELOPMENT, IN_STOCK, status_on
from yumiao.people.transfer_queries import with_states
from yumiao.people.transfer_rules import MOB_03

STAYS: Final = frozenset(
    {
        Verb.STAY_RECORDED, Verb.STAY_CONTACTED, Verb.STAY_ENDED, Verb.STAY_CORRECTED, Verb.CONTACT_SEARCHED,
    }
)  # fmt: skip
UNDOABLE: Final = frozenset(
    {
        Verb.STATUS_CHANGED, Verb.TRANSFER_RECEIVED, Verb.TRANSFER_RETURNED, Verb.TRANSFER_REFUSED,
        Verb.TRANSFER_WITHDRAWN, *STAYS,
    }
)  # fmt: skip


DAY_OF_FACTS: Final = FOREVER - timedelta(days=1)  # as everything known stands without an end
HIGHEST: Final = 2**63 - 1


def undoable(seq: int) -> Entry:
    """The entry, where it is one that can be taken back here. Raises `OutOfScope` for any other."""
    entry = _known(seq)
    if entry.subject_kind != "person":
        raise OutOfScope(str(seq))
    return entry


def undoable_stay(seq: int) -> Entry:
    """The entry, where it is one about a floating member, a guest or a search. Raises `OutOfScope` for any other."""
    entry = _known(seq)
    if entry.verb not in STAYS:
        raise OutOfScope(str(seq))
    return entry


def _known(seq: int) -> Entry:
    entry = Entry.objects.filter(verb__in=UNDOABLE, seq=seq).first() if seq <= HIGHEST else None
    if entry is None:
        raise OutOfScope(str(seq))
    return entry


def obstacles(seq: int) -> list[Objection]:
    """Why an entry cannot be taken back; empty where it can."""
    if by := Entry.objects.filter(undoes=seq).values_list("seq", flat=True).first():
        return [Objection("", f"本次登记已由第 {by} 条撤销")]
    later = Entry.objects.filter(seq__in=standing_on(seq)).order_by("seq")
    named = "、".join(f"第 {one.seq} 条“{Verb(one.verb).label}”" for one in later)
    if named:
        return [Objection("", f"其后的登记建立在本次登记之上：{named}", next_step="先撤销其后的登记。")]
    begun = Stay.objects.filter(entered=seq, struck=ALIVE).values("uid")
    contacts = StayContact.objects.alive().filter(stay__in=begun, entered__gt=seq)
    if contacts.exists() and not Stay.objects.filter(struck=seq).exists():
        return [Objection("", "本次登记以后已有联系记录", next_step="先撤销联系记录。")]
    return []


def undo_change(seq: int, *, actor: Actor, reason: str, once: uuid.UUID | None = None) -> int:
    """Take it back. Returns the number of the entry that did it.

    Raises `OutOfScope` for an entry of another kind, `Refused` where it was taken back already or something stands on it,
    `journal.acts.AlreadyDone` for a form sent twice.
    """
    with act(Verb.CHANGE_UNDONE, actor=actor, reason=reason, once=once) as current:
        entry = _known(seq)
        if found := obstacles(seq):
            raise Refused(found)
        current.subject_kind, current.subject = entry.subject_kind, entry.subject
        current.data["verb"] = entry.verb
        take_back(current, seq)
        if found := _left_open(entry):
            raise Refused(found)
    return current.seq


def _left_open(entry: Entry) -> list[Objection]:
    """What may not be after it: two transfers on their way, or one of somebody who has no relation any more."""
    is_of_person = entry.subject_kind == "person" and entry.subject is not None
    person = Person.objects.filter(uid=entry.subject or uuid.UUID(int=0)).first() if is_of_person else None
    if person is None:
        return []
    waiting = [one for one in with_states(Transfer.objects.filter(person=person)) if one.is_open]
    if len(waiting) > 1:
        return [MOB_03.objection("撤销以后会有两份在途的转接", "先作废或者办结另一份。")]
    life = life_of(facts_of(person.pk, person.uid, DAY_OF_FACTS))
    if waiting and status_on(life, DAY_OF_FACTS) not in IN_STOCK | IN_DEVELOPMENT:
        return [MOB_03.objection("撤销以后会有在途的转接，而本人已没有可以转接的组织关系或者材料")]
    return []
