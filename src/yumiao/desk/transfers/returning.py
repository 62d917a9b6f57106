"""Who comes back to the county: found again by number, or by name and birth date; his membership goes on where it stood. Must not know: forms, pages."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from yumiao.desk.membership.life import life_of
from yumiao.desk.people.facts import Facts
from yumiao.desk.transfers.arrival import Arrival
from yumiao.journal.acts import Act
from yumiao.kernel.identity import IdentityNumber
from yumiao.kernel.objections import Objection, Refused
from yumiao.kernel.periods import on_paper
from yumiao.people.models import Membership, Person, PersonRecord, PersonSecret
from yumiao.people.names import plain
from yumiao.people.secrets import keyed, sealed
from yumiao.people.services import SECRET
from yumiao.people.status import CHANGES, RETURNED, Status, status_on
from yumiao.people.status_services import Decision, latest_membership, resume_membership, write_change
from yumiao.people.transfer_rules import MOB_10

KIND = PersonSecret.Kind.IDENTITY


def found_by_number(number: IdentityNumber) -> Person | None:
    """The person whose identity number it is."""
    rows = PersonSecret.objects.alive().filter(kind=KIND, keyed=keyed(KIND, number.number))
    row = rows.select_related("person").first()
    return row.person if row else None


def left_before(arrival: Arrival, day: date) -> list[Person]:
    """Who left the county under that name and birth date, where nobody has the number."""
    if found_by_number(arrival.number) is not None:
        return []
    said = arrival.attributes
    records = PersonRecord.objects.on(day).filter(name=said.name, born_on=said.born_on)
    gone = Membership.objects.alive().filter(person__in=records.values("person"), ended_on__lte=day)
    return list(Person.objects.filter(pk__in=gone.filter(ended_how=Status.TRANSFERRED_OUT).values("person")))


def found_again(arrival: Arrival, day: date) -> Person | None:
    """The record that exists of whoever arrives. Raises `Refused` until somebody has said whether one of the same name is he."""
    if (known := found_by_number(arrival.number)) is not None:
        return known
    earlier = left_before(arrival, day)
    if not earlier or arrival.is_same is False:
        return None
    if arrival.is_same is None:
        said = "没有登记过这个号码，但有同名、同出生日期、组织关系已转出本县的登记"
        raise Refused([MOB_10.objection(said, "请核对档案，在表中选明是否同一人。")])
    if len(earlier) > 1:
        said = f"同名、同出生日期、已转出本县的登记有 {len(earlier)} 条"
        raise Refused([MOB_10.objection(said, "请县委组织部先在“重复登记”中核对。")])
    return earlier[0]


def is_out(facts: Facts) -> bool:
    """Whether the relation left the county."""
    return status_on(life_of(facts), facts.day) is Status.TRANSFERRED_OUT


def return_objections(arrival: Arrival, facts: Facts) -> Iterator[Objection]:
    """Why he cannot be taken in on the record that exists: days that overlap, or papers that say otherwise than it does."""
    member = facts.membership
    if member is None or member.ended_on is None:
        return
    left_on, full = member.ended_on, arrival.full_member_on
    if plain(facts.record.name) != plain(arrival.attributes.name):
        yield MOB_10.objection("按号码找到的登记不是这个姓名", "核对号码；确已改名的，先由县委组织部更正原登记。")
    if not MOB_10.holds(left_on=left_on, issued_on=arrival.issued_on, received_on=arrival.received_on):
        yield MOB_10.objection(f"本人于{on_paper(left_on)}转出本县，介绍信的开具日期和接收日期不得早于这一天")
    if arrival.membership_on != member.membership_on:
        yield MOB_10.objection(
            f"本县登记的入党日期是{on_paper(member.membership_on)}", "核对介绍信和档案，先更正有误的一方。"
        )
    stated = member.confirmation_stated_on
    if stated is not None and full != stated:
        yield MOB_10.objection(f"本县登记的转正日期是{on_paper(stated)}", "核对介绍信和档案，先更正有误的一方。")
    elif full is None and member.full_member_on is not None:
        yield MOB_10.objection("本县登记为正式党员，转入时须填写转正日期")


def resume(current: Act, person: Person, arrival: Arrival) -> None:
    """Let the membership go on from the day he is taken in; a number nobody had becomes his."""
    member = latest_membership(person.pk)
    assert member is not None
    resume_membership(current, member, arrival.received_on, arrival.full_member_on)
    reason = f"由{arrival.sender}转回，{arrival.letter}"[:200]
    write_change(current, Decision(person.pk, CHANGES[RETURNED], arrival.received_on, reason))
    if found_by_number(arrival.number) is None:
        old = PersonSecret.objects.alive().filter(person=person, kind=KIND).values_list("pk", flat=True)
        current.strike(PersonSecret, list(old))
        current.insert(
            PersonSecret, SECRET, [(person.pk, KIND.value, *sealed(person.uid, KIND, arrival.number.number))]
        )
