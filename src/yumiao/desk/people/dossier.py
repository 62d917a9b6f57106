"""What a person's page shows, put together: who it is, what the facts say, who comes before and after in the list.

Whoever may open it is settled here. Must not know: requests, templates.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from yumiao.access.door import admit
from yumiao.access.permissions import Permission
from yumiao.access.readers import Reader
from yumiao.admission.history import CONFIRMATION, LAST
from yumiao.admission.models import CaseEnd
from yumiao.bylaws.memory import settings_of
from yumiao.desk.people.contradictions import contradictions
from yumiao.desk.people.cultivation import step_label
from yumiao.desk.people.events import Event
from yumiao.desk.people.facts import Facts, Membership, Tie, facts_of, lasting
from yumiao.desk.people.filters import Filter
from yumiao.desk.people.gaps import Gap, gaps_in
from yumiao.desk.people.listing import Key, neighbours
from yumiao.desk.people.lists import asked_of
from yumiao.desk.people.timeline import ended_label, timeline
from yumiao.desk.refusals import MergedAway
from yumiao.kernel.ages import completed_years
from yumiao.kernel.identity import mask_identity, mask_phone
from yumiao.kernel.objections import NotAllowed, Objection
from yumiao.kernel.periods import on_paper
from yumiao.people import models
from yumiao.people.candidates import survivor
from yumiao.people.models import Person, PersonSecret
from yumiao.people.queries import whereabouts, whole_numbers_of
from yumiao.people.status import Life
from yumiao.people.status_rules import readmission_objections
from yumiao.talent.models import Talent
from yumiao.ui.addresses import reverse
from yumiao.units.queries import UnitOnDay

Pairs = list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Tied:
    """A tie as the page shows it; `url` where the reader sees the other person's page."""

    label: str
    name: str
    url: str | None
    unit_name: str
    since: date


@dataclass(frozen=True, slots=True)
class Onward:
    """The list a reader came by, and who stands before and after in it."""

    list_url: str
    previous_url: str | None
    next_url: str | None


@dataclass(frozen=True, slots=True)
class CaseShown:
    """A case as the page shows it; `url` where the reader may open its page."""

    label: str
    note: str
    url: str | None


@dataclass(frozen=True, slots=True)
class Dossier:
    """One page."""

    uid: uuid.UUID
    name: str
    what: str
    unit: UnitOnDay | None
    unit_label: str
    unit_url: str | None
    above: list[tuple[str, str | None]]
    tags: list[str]
    basics: Pairs
    numbers: Pairs
    membership: Pairs
    cases: list[CaseShown]
    ties: list[Tied]
    objections: list[Objection]
    events: list[Event]
    onward: Onward | None
    is_own: bool
    merged: list[tuple[str, uuid.UUID, int]]
    gaps: list[Gap]
    can_apply: bool


def person_for(reader: Reader, uid: uuid.UUID) -> Person:
    """The person of a page: oneself, or somebody in the scope. Raises `OutOfScope`, `NotAllowed`, `MergedAway`."""
    is_own = reader.account is not None and reader.account.person_uid == uid and reader.may(Permission.OWN_READ)
    if not is_own and not reader.may(Permission.PERSON_READ):
        raise NotAllowed(_("您的任职只能查看本人资料，不能查看他人。"))
    person, unit = whereabouts(uid) or (0, 0)
    if not person and (into := survivor(uid)) is not None:
        admit(reader.tree.by_id.get((whereabouts(into) or (0, 0))[1]), reader, Permission.PERSON_READ)
        raise MergedAway(into)
    if not (is_own and person):
        admit(reader.tree.by_id.get(unit), reader, Permission.PERSON_READ)
    return Person(id=person, uid=uid)


def dossier(reader: Reader, uid: uuid.UUID, listed: Filter | None) -> Dossier:
    """The page of somebody, by three queries and one for the neighbours in `listed`, the list the reader came by."""
    person = person_for(reader, uid)
    facts, numbers = facts_of(person.pk, uid, reader.today), whole_numbers_of(person)
    unit = reader.tree.by_id.get(facts.unit or 0)
    may_list = reader.may(Permission.PERSON_READ)
    return Dossier(
        uid=uid,
        name=facts.record.name,
        what=facts.standing().label(facts.day),
        unit=unit,
        unit_label=reader.tree.label(unit) if unit else _unit_name(reader, facts.unit),
        unit_url=_unit_url(reader, unit),
        above=_above(reader, unit),
        tags=_tags(facts),
        basics=_basics(facts, reader),
        numbers=_masked(numbers),
        membership=_membership(facts, reader),
        cases=_cases(facts, reader, unit),
        ties=_ties(facts, reader),
        objections=contradictions(facts, numbers, unit.kind if unit else None),
        events=timeline(facts, lambda one: _unit_name(reader, one)),
        onward=_onward(reader, facts, unit, listed) if listed is not None and may_list else None,
        is_own=reader.account is not None and reader.account.person_uid == uid,
        gaps=_gaps(facts, numbers),
        can_apply=facts.case is None and (facts.membership is None or facts.membership.ended_on is not None),
        merged=[(name, gone, known.entry) for name, gone, known in facts.merged],
    )


def _unit_name(reader: Reader, unit: int | None) -> str:
    found = reader.tree.by_id.get(unit or 0)
    return found.name if found else _("已撤销的组织")


def _unit_url(reader: Reader, unit: UnitOnDay | None) -> str | None:
    if unit is None or not reader.scope(Permission.UNIT_READ).covers(unit.path):
        return None
    return reverse("unit", args=[unit.code])


def _above(reader: Reader, unit: UnitOnDay | None) -> list[tuple[str, str | None]]:
    """The way to the person: the units from the reader's own down."""
    line = reader.tree.line(unit)
    return [(one.name, address) for one in line if (address := _unit_url(reader, one)) is not None]


def _tags(facts: Facts) -> list[str]:
    found = [str(models.MembershipState.State(one.word).label) for one in facts.open_states()]
    return found + [str(Talent.Category(one.word).label) for one in facts.open_talents()]


def _basics(facts: Facts, reader: Reader) -> Pairs:
    record = facts.record
    born = _("不详")
    if record.born_on is not None:
        age = completed_years(record.born_on, facts.day, settings_of(reader.today, reader.head).leap_birthday_policy)
        born = _("%(day)s（%(age)s 周岁）") % {"day": on_paper(record.born_on), "age": age}
    return [
        (_("类别"), facts.standing().label(facts.day)),
        (_("性别"), {"m": _("男"), "f": _("女")}[record.sex]),
        (_("出生日期"), born),
        (_("民族"), record.ethnicity),
        (_("学历"), record.education),
        (_("职业"), record.occupation),
    ]


def _gaps(facts: Facts, numbers: dict[str, str]) -> list[Gap]:
    record = facts.record
    said = {"ethnicity": record.ethnicity, "education": record.education, "occupation": record.occupation}
    return gaps_in(said, has_birth=record.born_on is not None, numbers=numbers)


def _masked(numbers: dict[str, str]) -> Pairs:
    found = []
    for kind in PersonSecret.Kind:
        if (number := numbers.get(kind.value)) is not None:
            mask = mask_phone if kind is PersonSecret.Kind.PHONE else mask_identity
            found.append((str(kind.label), mask(number)))
    return found


def _membership(facts: Facts, reader: Reader) -> Pairs:
    """The dates of MEM-01 to MEM-07, each by its own name."""
    member = facts.membership
    if member is None:
        return []
    found = [
        (_("入党日期"), _("%(day)s（支部大会通过之日）") % {"day": on_paper(member.membership_on)}),
        (_("入党时年龄"), _("%(age)s 周岁") % {"age": member.age_years} if member.age_years is not None else _("不详")),
        (_("审批"), _approval(member)),
        (_("预备期起算"), on_paper(member.probation_start_on)),
        *_confirmation(member, facts.day),
    ]
    if member.ended_on is not None:
        how = ended_label(member.ended_how)
        found.append((_("党籍终止"), on_paper(member.ended_on) + (f"（{how}）" if how else "")))
        life = Life(member.membership_on, ended_on=member.ended_on, ended_how=member.ended_how)
        barred = readmission_objections(life, facts.day)
        found += [(_("重新入党"), _("%(why)s（%(rule)s）") % {"why": one.text, "rule": one.rule}) for one in barred]
    counted = [one for one in facts.attributions if one.cycle == member.cycle and one.until is None]
    found.append((_("发展党员计入"), _unit_name(reader, counted[-1].unit) if counted else _("不计入本县")))
    return found


def _cases(facts: Facts, reader: Reader, unit: UnitOnDay | None) -> list[CaseShown]:
    """Every case with its furthest step, the open one first."""
    is_seen = unit is not None and reader.scope(Permission.PERSON_READ).covers(unit.path)
    found = []
    for case in sorted(facts.cases.values(), key=lambda one: (one.end is not None, -one.id)):
        furthest = max(case.steps, default=0)
        note = _("还没有登记步骤")
        if furthest:
            words = {"step": furthest, "title": step_label(furthest), "day": on_paper(case.steps[furthest][0])}
            note = _("第 %(step)s 步“%(title)s”，%(day)s") % words
        label = _("办理中")
        if case.end is not None:
            words = {"day": on_paper(case.end[0]), "how": CaseEnd.How(case.end[1]).label}
            label = _("%(day)s结束（%(how)s）") % words
        elif CONFIRMATION in case.steps:
            label = _("已办结") if LAST in case.steps else _("待归档")
        elif any(one.since <= facts.day and (one.until is None or facts.day < one.until) for one in case.rests):
            label = _("暂停办理")
        found.append(CaseShown(label, note, reverse("case", args=[case.uid]) if is_seen and case.uid else None))
    return found


def _approval(member: Membership) -> str:
    label = str(models.Membership.Approval(member.approval).label)
    is_said = member.approval == models.Membership.Approval.RECORDED
    return f"{label}（{on_paper(member.approved_on)}）" if is_said else label


def _confirmation(member: Membership, day: date) -> Pairs:
    full, stated = member.full_member_on, member.confirmation_stated_on
    if full is None:
        return [(_("转正日期"), _("尚未转正"))]
    found = [
        (
            _("转正日期"),
            on_paper(stated) if stated else _("没有填写，自%(day)s起按正式党员计") % {"day": on_paper(full)},
        )
    ]
    if full <= day and stated is not None:
        years = _("%(years)s 年（自%(day)s起）") % {"years": completed_years(full, day), "day": on_paper(full)}
        found.append((_("党龄"), years))
    return found


def _ties(facts: Facts, reader: Reader) -> list[Tied]:
    """Who is contact, veteran and mentor of the person, and whose the person is."""
    found = []
    for tie in lasting(facts.ties, facts.day):
        found.append(_tied(tie, str(models.Tie.Kind(tie.kind).label), reader))
    for tie in lasting(facts.tied, facts.day):
        label = _("担任%(kind)s") % {"kind": models.Tie.Kind(tie.kind).label}
        found.append(_tied(tie, label, reader))
    return found


def _tied(tie: Tie, label: str, reader: Reader) -> Tied:
    unit = reader.tree.by_id.get(tie.unit or 0)
    is_seen = unit is not None and reader.scope(Permission.PERSON_READ).covers(unit.path)
    name = tie.name or _("未登记人员（%(number)s）") % {"number": tie.text}
    url = reverse("person", args=[tie.uid]) if is_seen and tie.uid else None
    return Tied(label, name, url, unit.name if unit else "", tie.since)


def _onward(reader: Reader, facts: Facts, unit: UnitOnDay | None, listed: Filter) -> Onward:
    before, after = None, None
    if unit is not None:
        key = Key(unit.path, facts.record.name, facts.person)
        before, after = neighbours(asked_of(reader, listed), key)
    onward = f"?{urlencode({'from': listed.query})}"
    links = [reverse("person", args=[uid]) + onward if uid else None for uid in (before, after)]
    return Onward(listed.url, *links)
