"""The use case: a member's relation comes in from another county; the person is registered, or found by the number, and stands at a branch from that day on.

The admission counts for nobody here: he was admitted elsewhere; of whoever comes back it counts as before. Must not know: forms, pages.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator

from yumiao.access.permissions import Permission
from yumiao.access.readers import Reader
from yumiao.desk.membership.deciding import Who, close_cases, close_pool
from yumiao.desk.membership.life import life_of
from yumiao.desk.people.facts import Facts, facts_of
from yumiao.desk.transfers.acting import standing_objections
from yumiao.desk.transfers.arrival import Arrival
from yumiao.desk.transfers.returning import found_again, is_out, resume, return_objections
from yumiao.journal.acts import Act, act
from yumiao.journal.verbs import Verb
from yumiao.kernel.ages import completed_years
from yumiao.kernel.objections import Objection, Refused, Severity
from yumiao.kernel.periods import FOREVER, on_paper
from yumiao.people.models import Belonging, Membership, Person, PersonSecret, Transfer, TransferState
from yumiao.people.rules import future_objections, membership_objections
from yumiao.people.services import MEMBERSHIP, PersonDraft, register_people
from yumiao.people.status import MEMBERS, Status, status_on
from yumiao.people.status_rules import MEM_12, readmission_objections
from yumiao.people.status_services import move_belonging
from yumiao.people.transfer_rules import MOB_03
from yumiao.people.transfer_services import Draft, begin_transfer


def take_in(arrival: Arrival, *, reader: Reader, who: Who, valid_days: int, once: uuid.UUID | None = None) -> uuid.UUID:
    """Write it as one act. Returns the person's uid. Raises `Refused`, `AlreadyDone`."""
    today = reader.today
    with act(Verb.TRANSFER_RECEIVED, actor=who.actor, once=once) as current:
        person = found_again(arrival, today)
        facts = facts_of(person.pk, person.uid, today) if person else None
        if found := list(_objections(arrival, facts, reader)):
            raise Refused(found)
        person = _known(current, person, facts, arrival) if person and facts else _registered(current, arrival)
        if facts is not None and is_out(facts):
            resume(current, person, arrival)
        else:
            _write_membership(current, person.pk, facts, arrival)
        draft = Draft(
            person.pk, Transfer.Kind.INWARD, arrival.issued_on, valid_days, from_text=arrival.sender,
            to_unit=arrival.branch.id, letter=arrival.letter,
        )  # fmt: skip
        begin_transfer(current, draft, TransferState.State.RECEIVED, unit=arrival.branch.id, on=arrival.received_on)
        current.subject_kind, current.subject = "person", person.uid
        current.data |= {"letter": arrival.letter, "on": arrival.received_on.isoformat()}
    return person.uid


def _objections(arrival: Arrival, facts: Facts | None, reader: Reader) -> Iterator[Objection]:
    full = arrival.full_member_on
    days = {"issued_on": arrival.issued_on, "received_on": arrival.received_on, "membership_on": arrival.membership_on}
    yield from (one for _field, one in future_objections(reader.today, **days))
    dates = membership_objections(
        born_on=arrival.attributes.born_on,
        is_full=full is not None,
        membership_on=arrival.membership_on,
        confirmed_on=full,
    )
    yield from (one for _field, one in dates if one.severity is Severity.BLOCK)
    if arrival.received_on < arrival.issued_on:
        yield MOB_03.objection("接收日期早于介绍信的开具日期")
    yield from standing_objections(arrival.branch, arrival.received_on)
    if facts is not None:
        yield from _known_objections(arrival, facts, reader)


def _known_objections(arrival: Arrival, facts: Facts, reader: Reader) -> Iterator[Objection]:
    """Somebody of that number stands in the county already."""
    if is_out(facts):  # his file lies where he left from; whoever holds his letter takes him in
        yield from return_objections(arrival, facts)
        return
    stands = reader.tree.by_id.get(facts.unit or 0)
    if stands is None or not reader.may_at(Permission.MEMBERSHIP_CHANGE, stands):
        yield MEM_12.objection("这个号码已在本县登记，不在您的管理范围内", "请县委组织部核对后办理。")
        return
    life = life_of(facts)
    status = status_on(life, facts.day)
    if status in MEMBERS or status is Status.DECEASED:
        yield MEM_12.objection(f"本人已在{stands.name}登记，当前为{status.label}，不能再从县外转入")
    yield from readmission_objections(life, arrival.membership_on)


def _known(current: Act, person: Person, facts: Facts, arrival: Arrival) -> Person:
    """Move somebody known to the branch; what he was cultivated for ends as admitted elsewhere."""
    stands = Belonging.objects.open().get(person=person.pk)
    if stands.unit_id != arrival.branch.id:
        if arrival.received_on <= stands.since:
            raise Refused([MOB_03.objection(f"接收日期须在{on_paper(stands.since)}之后")])
        move_belonging(current, person.pk, arrival.branch.id, arrival.received_on)
    close_cases(current, facts, arrival.received_on, "admitted")
    close_pool(current, person.pk, arrival.received_on)
    return person


def _registered(current: Act, arrival: Arrival) -> Person:
    numbers = {PersonSecret.Kind.IDENTITY.value: arrival.number.number}
    if arrival.phone:
        numbers[PersonSecret.Kind.PHONE.value] = arrival.phone
    draft = PersonDraft(arrival.attributes, numbers, arrival.branch.id, arrival.received_on, {})
    (pk,) = register_people(current, [draft])
    return Person.objects.get(pk=pk)


def _write_membership(current: Act, person: int, facts: Facts | None, arrival: Arrival) -> None:
    cycle = facts.membership.cycle + 1 if facts is not None and facts.membership is not None else 1
    full, born = arrival.full_member_on, arrival.attributes.born_on
    age = completed_years(born, arrival.membership_on) if born else None
    row = (
        person, cycle, arrival.membership_on, Membership.Approval.ASSUMED, arrival.membership_on, arrival.membership_on,
        None, full or FOREVER, full, FOREVER, "", age,
    )  # fmt: skip
    current.insert(Membership, MEMBERSHIP, [row])
