"""The use cases of floating members: somebody went, a guest came, the branch was in touch, he came back, he was looked for,
what was registered is corrected. Must not know: forms, pages.

Where a member belongs is never changed here.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from datetime import date
from typing import Any

from yumiao.desk.membership.life import life_of
from yumiao.desk.people.facts import facts_of
from yumiao.journal.acts import Act, Actor, act
from yumiao.journal.facts import LIVE
from yumiao.journal.verbs import Verb
from yumiao.kernel.objections import Objection, OutOfScope, Refused
from yumiao.kernel.periods import FOREVER, on_paper
from yumiao.people.models import Person, Stay, StayContact
from yumiao.people.rules import DEV_21
from yumiao.people.search_log import record_search
from yumiao.people.status import IN_STOCK, MEMBERS, status_on
from yumiao.people.status_rules import MEM_12
from yumiao.people.stay_rules import MOB_01
from yumiao.people.stay_services import StayDraft, begin_stay, end_stay, record_contact, rewrite_stay
from yumiao.units.models import Unit


def leave_objections(person: Person, today: date) -> list[Objection]:
    """Why nobody can be registered as gone: not a member, or away already."""
    status = status_on(life_of(facts_of(person.pk, person.uid, today)), today)
    found = []
    if status not in IN_STOCK:
        found.append(MEM_12.objection(f"当前为{status.label}，流动党员登记只用于党员"))
    if Stay.objects.filter(LIVE, person=person, until=FOREVER).exists():
        found.append(MOB_01.objection("本人已登记为流动党员，返回以后才能重新登记"))
    return found


def record_leave(
    person: Person, draft: StayDraft, *, actor: Actor, today: date, once: uuid.UUID | None = None
) -> uuid.UUID:
    """A member is away from that day on. Returns the stay's uid. Raises `Refused`, `AlreadyDone`."""
    with act(Verb.STAY_RECORDED, actor=actor, once=once) as current:
        found = leave_objections(person, today) + _in_time(draft.since, today)
        last = Stay.objects.filter(LIVE, person=person).order_by("-until").values_list("until", flat=True).first()
        if last is not None and last != FOREVER and draft.since < last:
            found.append(MOB_01.objection(f"外出日期早于上一次返回的日期 {on_paper(last)}"))
        if found:
            raise Refused(found)
        current.subject_kind, current.subject = "person", person.uid
        return begin_stay(current, draft)


def record_guest(draft: StayDraft, *, actor: Actor, today: date, once: uuid.UUID | None = None) -> uuid.UUID:
    """A member of elsewhere lives here. Returns the stay's uid. Raises `Refused`, `AlreadyDone`."""
    with act(Verb.STAY_RECORDED, actor=actor, once=once) as current:
        if found := _in_time(draft.since, today):
            raise Refused(found)
        _say_unit(current, draft.unit)
        return begin_stay(current, draft)


def correct_stay(
    uid: uuid.UUID, draft: StayDraft, *, reason: str, actor: Actor, today: date, once: uuid.UUID | None = None
) -> None:
    """What was registered of a stay was wrong: it stands as in `draft`, whose person or unit it keeps. Raises `Refused`, `AlreadyDone`."""
    with act(Verb.STAY_CORRECTED, actor=actor, reason=reason, once=once) as current:
        stay = _live(current, uid)
        if found := _in_time(draft.since, today) + _correction_objections(stay, draft.since):
            raise Refused(found)
        rewrite_stay(current, stay, draft)


def _correction_objections(stay: Stay, since: date) -> list[Objection]:
    """Against beginning a stay on another day: its end, its contacts and the stay before it."""
    found = []
    if since >= stay.until:
        found.append(MOB_01.objection(f"外出日期须在返回日期 {on_paper(stay.until)}之前"))
    first = StayContact.objects.filter(LIVE, stay=stay.uid).order_by("made_on").first()
    if first is not None and since > first.made_on:
        found.append(MOB_01.objection(f"{on_paper(first.made_on)}已有联系记录，外出日期不得晚于这一天"))
    if stay.person_id is not None:
        others = Stay.objects.filter(LIVE, person=stay.person_id).exclude(uid=stay.uid)
        if others.filter(since__lt=stay.until, until__gt=since).exists():
            found.append(MOB_01.objection("与本人另一次外出的时间重叠"))
    return found


def record_looking(
    person: Person, given: Mapping[str, Any], *, actor: Actor, today: date, once: uuid.UUID | None = None
) -> None:
    """A member was looked for: `given` has on, channel, outcome, made_by and note (MOB-09). Raises `Refused`, `AlreadyDone`."""
    with act(Verb.CONTACT_SEARCHED, actor=actor, once=once) as current:
        found = _in_time(given["on"], today)
        status = status_on(life_of(facts_of(person.pk, person.uid, today)), today)
        if status not in MEMBERS:
            found.append(MEM_12.objection(f"当前为{status.label}，查找记录只用于党员"))
        if found:
            raise Refused(found)
        current.subject_kind, current.subject = "person", person.uid
        row = (given[name] for name in ("on", "channel", "outcome", "made_by", "note"))
        record_search(current, person.pk, *row)


def record_return(uid: uuid.UUID, on: date, *, actor: Actor, today: date, once: uuid.UUID | None = None) -> None:
    """He came back, or the guest went home. Raises `Refused`, `AlreadyDone`."""
    with act(Verb.STAY_ENDED, actor=actor, once=once) as current:
        stay = _open(current, uid)
        found = _in_time(on, today)
        if on <= stay.since:
            found.append(MOB_01.objection(f"返回日期须在外出日期 {on_paper(stay.since)}之后"))
        if found:
            raise Refused(found)
        end_stay(current, stay, on)


def record_touch(
    uid: uuid.UUID, on: date, channel: str, note: str, *, actor: Actor, today: date, once: uuid.UUID | None = None
) -> None:
    """The branch was in touch with him. Raises `Refused`, `AlreadyDone`."""
    with act(Verb.STAY_CONTACTED, actor=actor, once=once) as current:
        stay = _open(current, uid)
        found = _in_time(on, today)
        if on < stay.since:
            found.append(MOB_01.objection(f"联系日期早于外出日期 {on_paper(stay.since)}"))
        if found:
            raise Refused(found)
        record_contact(current, uid, on, channel, note)


def _open(current: Act, uid: uuid.UUID) -> Stay:
    """The stay that lasts."""
    stay = _live(current, uid)
    if stay.until != FOREVER:
        raise OutOfScope(str(uid))
    return stay


def _live(current: Act, uid: uuid.UUID) -> Stay:
    """The stay as it stands; the act is about its person, or about the unit that helps a guest."""
    stay = Stay.objects.filter(LIVE, uid=uid).select_related("person").first()
    if stay is None:
        raise OutOfScope(str(uid))
    if stay.person is not None:
        current.subject_kind, current.subject = "person", stay.person.uid
    else:
        _say_unit(current, stay.unit_id)
    return stay


def _say_unit(current: Act, unit: int | None) -> None:
    current.subject_kind, current.subject = "unit", Unit.objects.values_list("uid", flat=True).get(pk=unit or 0)


def _in_time(on: date, today: date) -> list[Objection]:
    return [] if DEV_21.holds(day=on, today=today) else [DEV_21.objection(f"日期 {on_paper(on)}晚于今天")]
