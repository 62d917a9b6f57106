"""The use cases: two records become one, two are kept apart, and either is taken back. One act each; nothing is deleted.

Must not know: requests, pages.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from yumiao.access.models import Account
from yumiao.access.permissions import Permission
from yumiao.access.readers import Reader
from yumiao.admission.inquiry_queries import closed, serial_of
from yumiao.admission.models import Inquiry
from yumiao.bylaws.queries import LeapBirthdays
from yumiao.desk.doubles.carrying import Carrying, Change, Row
from yumiao.desk.doubles.pieces import Outcome, merge_pieces
from yumiao.desk.doubles.relations import BELONGING, CULTIVATION, MEMBERSHIP
from yumiao.desk.doubles.sides import PIECES, Side, label_of, sides_of, to_choose
from yumiao.journal.acts import Act, Actor, act
from yumiao.journal.facts import Fact
from yumiao.journal.models import Entry
from yumiao.journal.undoing import standing_on, take_back
from yumiao.journal.verbs import Verb
from yumiao.kernel.ages import completed_years
from yumiao.kernel.objections import Difference, Objection, OutOfScope, Refused, Stale
from yumiao.people.candidates import compared_of, survivor
from yumiao.people.doubles import IDN_06
from yumiao.people.models import KeptApart, Membership, Merged, Person, Transfer
from yumiao.people.transfer_queries import Standing, open_transfer

MERGED: Final = ("person_id", "into_id", "reason")
APART: Final = ("person_id", "other_id", "compared", "reason")
DECISIONS: Final = (Verb.PEOPLE_MERGED, Verb.PEOPLE_KEPT_APART)
NAMED: Final = 5  # later entries that a refusal names one by one


@dataclass(frozen=True, slots=True)
class Pair:
    """Two persons in the scope of who decides: `kept` is the record that goes on, `gone` the one that is merged into it."""

    kept: Side
    gone: Side


def pair_of(reader: Reader, one: uuid.UUID, other: uuid.UUID, *, known: int | None = None) -> Pair:
    """Both records as they stand, or as known at an entry. The one with an account goes on, else the one entered first.

    Raises `OutOfScope` where one of them is not there or stands outside the reader's units, or both are the same.
    """
    scope = reader.scope(Permission.PERSON_MERGE)
    people = list(Person.objects.visible_to(scope).filter(uid__in=(one, other)).order_by("pk"))
    if len(people) != 2:
        raise OutOfScope("没有找到这两个人，或不在您的管理范围内。")
    sides = sides_of(people, reader.tree, known=reader.head.seq if known is None else known)
    with_account = accounts_of(sides)
    kept, gone = sorted(sides, key=lambda side: (side.uid not in with_account, side.id))
    return Pair(kept, gone)


def merged_already(reader: Reader, one: uuid.UUID, other: uuid.UUID) -> uuid.UUID | None:
    """Whom the records are part of, where one of them was merged into somebody in the reader's scope."""
    into = survivor(other) or survivor(one)
    seen = Person.objects.visible_to(reader.scope(Permission.PERSON_MERGE))
    return into if into is not None and seen.filter(uid=into).exists() else None


def accounts_of(sides: list[Side]) -> set[uuid.UUID]:
    """Those who have an account in use."""
    found = Account.objects.filter(person_uid__in=[side.uid for side in sides], is_active=True)
    return {uid for uid in found.values_list("person_uid", flat=True) if uid is not None}


def obstacles(pair: Pair) -> list[Objection]:
    """What must be settled before the two can become one."""
    found = []
    if len(accounts_of([pair.kept, pair.gone])) > 1:
        found.append(
            IDN_06.objection("两份档案的本人都已开户，合并后只能留一个账号", "请安全管理员先停用其中一个账号。")
        )
    for waiting in open_transfers(pair):
        said = waiting.letter or Transfer.Kind(waiting.transfer.kind).label
        found.append(IDN_06.objection(f"组织关系或者材料正在转接（{said}）", "请先办完或者作废这份转接，再合并。"))
    for letter in open_letters(pair):
        said = f"政治审查函件{serial_of(letter)}还没有回复"
        found.append(IDN_06.objection(said, "函件留在原档案，请先登记回函或者作废，再合并。"))
    return found


def open_letters(pair: Pair) -> list[Inquiry]:
    """Letters of the political review about either that nobody has answered yet: they keep their number, so they stay where they are."""
    return list(Inquiry.objects.filter(~closed(), case__person__in=(pair.kept.id, pair.gone.id)).order_by("pk"))


def open_transfers(pair: Pair) -> list[Standing]:
    """What is on its way for either, and must be finished before they become one."""
    return [one for side in (pair.kept, pair.gone) if (one := open_transfer(side.id)) is not None]


def merge(
    reader: Reader,
    pair: Pair,
    choices: Mapping[str, uuid.UUID],
    *,
    reason: str,
    once: uuid.UUID | None = None,
) -> int:
    """Make one record of two; `choices` says for each piece that differs whose holds. Returns the number of the entry.

    Raises `Refused` where a choice is missing or something must be settled first, `Stale` where a record of `pair` is no longer as it
    was shown, `journal.acts.AlreadyDone` for a form sent twice.
    """
    with act(Verb.PEOPLE_MERGED, actor=_actor(reader, pair), reason=reason, once=once) as current:
        now = pair_of(reader, pair.kept.uid, pair.gone.uid, known=current.seq)
        if overtaken := [*_overtaken(pair.kept, now.kept), *_overtaken(pair.gone, now.gone)]:
            raise Stale(overtaken)
        missing = [piece for piece in to_choose(now.kept, now.gone) if piece not in choices]
        found = obstacles(now)
        if missing:
            named = "、".join(label_of(piece) for piece in missing)
            found.append(IDN_06.objection(f"还没有选定以哪一份为准：{named}", "逐项选定后再合并。"))
        if found:
            raise Refused(found)
        from_gone = {piece for piece, uid in choices.items() if uid == now.gone.uid and piece in now.gone.held}
        _carry(current, _person(now.gone), _person(now.kept), from_gone, reason)
        current.subject_kind, current.subject = "person", now.kept.uid
    return current.seq


def _overtaken(shown: Side, now: Side) -> list[Difference]:
    pieces = [piece for piece in PIECES if shown.held.get(piece) != now.held.get(piece)]
    return [Difference(label_of(piece), shown.said.get(piece, ""), now.said.get(piece, "")) for piece in pieces]


def _carry(current: Act, gone: Person, into: Person, from_gone: set[str], reason: str) -> None:
    outcome = merge_pieces(current, gone, into, from_gone, reason)
    carrying = Carrying(current, gone, into, _age_by(outcome))
    for group in (BELONGING, MEMBERSHIP):
        carrying.chosen(group, gone_holds=group in from_gone)
    carrying.cases(gone_holds=CULTIVATION in from_gone)
    carrying.carried()
    carrying.pointed()
    current.insert(Merged, MERGED, [(gone.pk, into.pk, reason)])


def _age_by(outcome: Outcome) -> Change:
    """The age at admission follows the birth date that was chosen."""
    leap = LeapBirthdays()

    def change(model: type[Fact], row: Row) -> None:
        if model is Membership:
            on = row["membership_on"]
            row["age_years"] = completed_years(outcome.born_on, on, leap.on(on)) if outcome.born_on else None

    return change


def _actor(reader: Reader, pair: Pair) -> Actor:
    return reader.acting(Permission.PERSON_MERGE, reader.tree.by_id.get(pair.kept.unit or 0))


def _person(side: Side) -> Person:
    return Person(id=side.id, uid=side.uid)


def keep_apart(reader: Reader, pair: Pair, *, reason: str, once: uuid.UUID | None = None) -> int:
    """Say that the two are two people: the pair does not come up again until a name or birth date changes."""
    one, other = sorted((pair.kept.id, pair.gone.id))
    with act(Verb.PEOPLE_KEPT_APART, actor=_actor(reader, pair), reason=reason, once=once) as current:
        before = KeptApart.objects.alive().filter(person=one, other=other)
        current.strike(KeptApart, before.values_list("pk", flat=True))
        current.insert(KeptApart, APART, [(one, other, compared_of(one, other), reason)])
        current.subject_kind, current.subject = "person", pair.kept.uid
    return current.seq


def take_decision_back(reader: Reader, seq: int, *, reason: str, once: uuid.UUID | None = None) -> int:
    """Undo the merging or keeping apart that is entry `seq`. Returns the number of the entry that did it.

    Raises `OutOfScope` where there is no such decision about people in the scope, `Refused` where it was undone or something stands on it.
    """
    with act(Verb.SAMENESS_TAKEN_BACK, actor=reader.actor, reason=reason, once=once) as current:
        decided_in(reader, seq)
        if (by := undone_by(seq)) is not None:
            raise Refused([IDN_06.objection(f"这项判定已由第 {by} 条撤销")])
        if later := standing_on(seq):
            raise Refused([_standing(later)])
        take_back(current, seq)
        current.data["decision"] = seq
    return current.seq


def _standing(later: list[int]) -> Objection:
    entries = Entry.objects.filter(seq__in=later[:NAMED]).order_by("seq")
    named = "、".join(f"第 {one.seq} 条“{Verb(one.verb).label}”（{one.actor_label}）" for one in entries)
    more = f"等 {len(later)} 条" if len(later) > NAMED else ""
    return IDN_06.objection(f"其后的登记建立在这项判定之上：{named}{more}", "先撤销其后的登记，再撤销这项判定。")


def undone_by(seq: int) -> int | None:
    """The entry that took this one back."""
    return Entry.objects.filter(undoes=seq).values_list("seq", flat=True).first()


def decided_in(reader: Reader, seq: int) -> Entry:
    """The decision that is entry `seq`, if the person it is about stands in the reader's scope; else `OutOfScope`."""
    entry = Entry.objects.filter(seq=seq, verb__in=[verb.value for verb in DECISIONS]).first()
    scope = reader.scope(Permission.PERSON_MERGE)
    if entry is None or not Person.objects.visible_to(scope).filter(uid__in=[entry.subject]).exists():
        raise OutOfScope("没有找到这项判定，或不在您的管理范围内。")
    return entry
