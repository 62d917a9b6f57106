"""The dated facts of one person as a line of time, the latest first, each with the entry that recorded it.

A correction stands on the day it was recorded, with what was and what is. Must not know: pages, who looks.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext as _

from yumiao.desk.people.cultivation import approvals, cultivation
from yumiao.desk.people.events import Event, UnitName
from yumiao.desk.people.facts import Facts, Known, Membership, Record
from yumiao.desk.people.movements import decided, is_decided, on_their_way
from yumiao.kernel.periods import BEGIN, on_paper, today_in_china
from yumiao.people import models
from yumiao.posts.rules import Title
from yumiao.talent.models import Talent

BLANK = "—"


def timeline(facts: Facts, unit_name: UnitName) -> list[Event]:
    """Everything that happened, the latest first; of one day, what came later in the way of a member first."""
    found = [
        *_pool(facts),
        *cultivation(facts),
        *_memberships(facts),
        *_places(facts, unit_name),
        *_states(facts),
        *decided(facts),
        *on_their_way(facts, unit_name),
        *_ties(facts),
        *_posts(facts, unit_name),
        *_corrections(facts),
    ]
    return sorted(found, key=lambda event: (event.on, event.order, event.known.entry), reverse=True)


def _pool(facts: Facts) -> Iterator[Event]:
    for one in facts.talents:
        category = str(Talent.Category(one.word).label)
        yield Event(one.since, _("进入人才库：%(category)s") % {"category": category}, "", "", one.known, 1)
        if one.until is not None:
            yield Event(one.until, _("移出人才库：%(category)s") % {"category": category}, "", "", one.known, 9)


def _memberships(facts: Facts) -> Iterator[Event]:
    for one in facts.memberships:
        if one.struck is not None:
            continue
        approval = str(models.Membership.Approval(one.approval).label)
        note = _("支部大会通过之日；%(approval)s") % {"approval": approval}
        yield Event(one.membership_on, _("接收为预备党员"), note, "key", one.known, 31)
        if one.full_member_on is not None:
            yield Event(one.full_member_on, _("转为正式党员"), _("党龄自此日起算"), "key", one.known, 32)
        if one.ended_on is not None and not is_decided(facts, one.ended_on):
            yield Event(one.ended_on, _("党籍终止"), ended_label(one.ended_how), "key", one.known, 40)


def ended_label(how: str) -> str:
    """How a membership ended, in words; empty for what has none."""
    return {
        "probation_cancelled": _("取消预备党员资格"),
        "advised_to_withdraw": _("劝其退党"),
        "removed": _("除名"),
        "expelled": _("开除党籍"),
        "not_recognised": _("不予承认党员身份"),
        "transferred_out": _("组织关系转出"),
        "deceased": _("去世"),
    }.get(how, "")


def _places(facts: Facts, unit_name: UnitName) -> Iterator[Event]:
    for place, one in enumerate(facts.belongings):
        title = _("组织关系转到%(unit)s") if place else _("登记在%(unit)s")
        note = "" if one.word else _("按已知最早日期登记")
        yield Event(one.since, title % {"unit": unit_name(one.unit)}, note, "", one.known)
    first = {one.cycle: one.since for one in reversed(facts.attributions)}
    for one in facts.attributions:
        reason = str(models.Attribution.Reason(one.word).label)
        if one.since != first[one.cycle]:
            title = _("发展党员改计入%(unit)s") % {"unit": unit_name(one.unit)}
            yield Event(one.since, title, reason, "", one.known)
        elif one.word == models.Attribution.Reason.STATED:
            title = _("发展党员计入%(unit)s") % {"unit": unit_name(one.unit)}
            yield Event(one.since, title, reason, "", one.known, 30)


def _states(facts: Facts) -> Iterator[Event]:
    for one in facts.states:
        label = str(models.MembershipState.State(one.word).label)
        if not is_decided(facts, one.since):
            yield Event(one.since, label, "", "key", one.known, 33)
        if one.until is not None and one.until <= facts.day and not is_decided(facts, one.until):
            yield Event(one.until, _("%(state)s结束") % {"state": label}, "", "", one.known, 34)


def _ties(facts: Facts) -> Iterator[Event]:
    for one in facts.ties:
        title = _("确定%(kind)s：%(name)s") % {
            "kind": models.Tie.Kind(one.kind).label,
            "name": one.name or _("未登记人员"),
        }
        yield Event(one.since, title, "", "", one.known, 5)
        if one.until is not None:
            yield Event(one.until, _("不再担任：%(title)s") % {"title": title}, "", "", one.known, 6)


def _posts(facts: Facts, unit_name: UnitName) -> Iterator[Event]:
    for one in facts.posts:
        words = {"unit": unit_name(one.unit), "title": Title(one.word).label}
        yield Event(one.since, _("任%(unit)s%(title)s") % words, "", "", one.known, 35)
        if one.until is not None:
            yield Event(one.until, _("不再担任%(unit)s%(title)s") % words, "", "", one.known, 36)


def _corrections(facts: Facts) -> Iterator[Event]:
    """What each taken-back version was replaced by: the one written by the entry that took it back."""
    for old in facts.records:
        new = next((one for one in facts.records if one.known.entry == old.struck and one.since == old.since), None)
        if new is not None:
            yield from _correction(new.known, _record_changes(old, new))
    for was in facts.memberships:
        then = next(
            (one for one in facts.memberships if one.known.entry == was.struck and one.cycle == was.cycle), None
        )
        acts = {one.known.entry for one in facts.changes} | {one.known.entry for one in facts.transfers}
        acts |= approvals(facts)
        if then is not None and then.known.entry not in acts:
            yield from _correction(then.known, _membership_changes(was, then))


def _correction(known: Known, changes: list[str]) -> Iterator[Event]:
    if changes:
        on = today_in_china(known.at) if known.at else BEGIN
        yield Event(on, _("更正：%(changes)s") % {"changes": "；".join(changes)}, "", "fix", known, 50)


def _record_changes(old: Record, new: Record) -> list[str]:
    sexes = {"m": _("男"), "f": _("女")}
    pairs = [
        (_("姓名"), old.name, new.name),
        (_("性别"), sexes.get(old.sex, ""), sexes.get(new.sex, "")),
        (_("出生日期"), _day(old.born_on), _day(new.born_on)),
        (_("民族"), old.ethnicity, new.ethnicity),
        (_("学历"), old.education, new.education),
        (_("职业"), old.occupation, new.occupation),
    ]
    return _changed(pairs)


def _membership_changes(was: Membership, then: Membership) -> list[str]:
    pairs = [
        (_("入党日期"), _day(was.membership_on), _day(then.membership_on)),
        (_("转正日期"), _day(was.confirmation_stated_on), _day(then.confirmation_stated_on)),
        (_("成为正式党员"), _day(was.full_member_on), _day(then.full_member_on)),
        (_("党籍终止"), _day(was.ended_on), _day(then.ended_on)),
    ]
    return _changed(pairs)


def _changed(pairs: list[tuple[str, str, str]]) -> list[str]:
    return [f"{label} {old or BLANK} → {new or BLANK}" for label, old, new in pairs if old != new]


def _day(day: date | None) -> str:
    return on_paper(day) if day else BLANK
