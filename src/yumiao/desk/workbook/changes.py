"""What an import would change, before and after, as the preview shows it: names, dates, masked numbers, never a whole one.

Made from a proposal and from what the county knows. It decides nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from yumiao.admission.rules import ACTIVIST, APPLICATION, TARGET
from yumiao.desk.workbook.known import Known
from yumiao.desk.workbook.past_columns import past_fields
from yumiao.desk.workbook.proposal import (
    PostProposal,
    Proposal,
    QuotaProposal,
    Someone,
    Source,
    StayProposal,
    TieProposal,
)
from yumiao.desk.workbook.reach import Reach
from yumiao.kernel.identity import mask_identity, mask_phone
from yumiao.kernel.periods import FOREVER
from yumiao.kernel.scope import Scope
from yumiao.people.columns import sex_label
from yumiao.people.models import PersonSecret, Tie
from yumiao.people.queries import SEALED, KnownPerson
from yumiao.people.secrets import opened
from yumiao.talent.models import Talent
from yumiao.units.services import UnitDraft

Field = tuple[str, str, str]
ATTRIBUTES = {
    "name": "姓名", "sex": "性别", "born_on": "出生日期", "ethnicity": "民族", "education": "学历", "occupation": "职业",
}  # fmt: skip
NUMBERS = {PersonSecret.Kind.PHONE.value: "手机号码", PersonSecret.Kind.FORMER.value: "原身份证号码"}
STEPS = {APPLICATION: "递交入党申请书日期", ACTIVIST: "确定为入党积极分子日期", TARGET: "确定为发展对象日期"}
TIES = {
    (Tie.Kind.CONTACT.value, 1): "培养联系人一", (Tie.Kind.CONTACT.value, 2): "培养联系人二",
    (Tie.Kind.INTRODUCER.value, 1): "入党介绍人一", (Tie.Kind.INTRODUCER.value, 2): "入党介绍人二",
    (Tie.Kind.VETERAN.value, 1): "联系老党员", (Tie.Kind.MENTOR.value, 1): "联村导师",
}  # fmt: skip
PARTS = ("计划发展党员数", "其中35岁以下", "女", "大专以上")
ELSEWHERE = "（不在管理范围内）"


@dataclass(frozen=True, slots=True)
class Change:
    """One person, unit or plan that is new or changed; `fields` are (label, before, after), `sheets` where it stands."""

    name: str
    place: str
    is_new: bool
    row: int
    sheets: tuple[str, ...]
    fields: tuple[Field, ...]


@dataclass(slots=True)
class Changes:
    """Reads a proposal beside what is known."""

    proposal: Proposal
    known: Known
    within: Scope | None = None
    _unit_names: dict[str, str] = field(init=False)
    _people: dict[int, KnownPerson] = field(init=False)
    _numbers: dict[int, str] = field(init=False)
    _reach: Reach = field(init=False)

    def __post_init__(self) -> None:
        self._unit_names = {unit.code: unit.name for unit in self.known.tree}
        self._unit_names |= {draft.code: draft.name for draft, _ in self.proposal.units}
        self._people = {person.id: person for person in self.known.people.values()}
        self._reach = Reach.of(self.known.tree, self.within)
        self._numbers = _standing_numbers(self.proposal)

    def new(self) -> Iterator[Change]:
        """Units, people and plans that are not known yet, in the order of the sheets."""
        for draft, source in self.proposal.units:
            yield Change(draft.name, self._unit(draft.parent_code), True, source.row, (source.sheet,), ())
        for one in self.proposal.people.values():
            if one.known is None and one.sources:
                yield self._person(one, ())
        for quota in self.proposal.quotas:
            if quota.instead_of is None:
                yield self._quota(quota)
        for post in self.proposal.posts:
            if post.instead_of is None:
                yield self._post(post)
        yield from (self._stay(stay) for stay in self.proposal.stays if stay.instead_of is None)

    def changed(self) -> Iterator[Change]:
        """The same of what is known, with every field that differs."""
        for unit, (draft, source) in self.proposal.corrected_units.items():
            yield self._corrected_unit(unit, draft, source)
        for one in self.proposal.people.values():
            if one.known is not None and one.sources:
                yield self._person(one, tuple(self._fields(one, one.known)))
        for quota in self.proposal.quotas:
            if quota.instead_of is not None:
                yield self._quota(quota)
        for post in self.proposal.posts:
            if post.instead_of is not None:
                yield self._post(post)
        yield from (self._stay(stay) for stay in self.proposal.stays if stay.instead_of is not None)

    def _unit(self, code: str | None) -> str:
        return self._unit_names.get(code or "", "")

    def _person(self, one: Someone, fields: tuple[Field, ...]) -> Change:
        first = one.sources[0]
        sheets = tuple(dict.fromkeys(source.sheet for source in one.sources))
        return Change(one.attributes["name"], self._unit(one.unit), one.known is None, first.row, sheets, fields)

    def _corrected_unit(self, unit: int, draft: UnitDraft, source: Source) -> Change:
        known = self.known.tree.by_id[unit]
        above = self.known.tree.by_id.get(known.parent or 0)
        pairs = [
            ("组织名称", known.name, draft.name),
            ("组织类别", known.kind.label, draft.kind),
            ("上级组织", above.name if above else "", self._unit(draft.parent_code)),
            ("所属片区", known.own_zone, draft.zone or known.own_zone),
        ]
        return Change(known.name, above.name if above else "", False, source.row, (source.sheet,), _differing(pairs))

    def _quota(self, quota: QuotaProposal) -> Change:
        unit = self.known.tree.by_code.get(quota.unit)
        standing = self.known.quotas.get((unit.id, quota.year)) if unit is not None else None
        had = (standing.planned, standing.young, standing.women, standing.college) if standing else (None,) * len(PARTS)
        pairs = [(label, _said(old), _said(new)) for label, old, new in zip(PARTS, had, quota.values, strict=True)]
        name = f"{self._unit(quota.unit)} {quota.year} 年计划"
        return Change(name, "", standing is None, quota.source.row, (quota.source.sheet,), _differing(pairs))

    def _post(self, post: PostProposal) -> Change:
        had = next((one for one in self.known.posts if one.id == post.instead_of), None)
        pairs = [
            ("任职方式", had.how.label if had else "", post.how.label),
            ("任职日期", _said(had.since if had else None), _said(post.since)),
            ("届满日期", _said(had.due_on if had else None), _said(post.term_due_on or post.due_on)),
            ("免职日期", _said(had.ended_on if had else None), _said(None if post.until == FOREVER else post.until)),
            ("派出单位", had.sending_unit if had else "", post.sending_unit),
            ("免职原因", had.ended_why if had else "", post.ended_why),
        ]
        name = f"{post.name} {post.title.label}"
        place, sheets = self._unit(post.unit), (post.source.sheet,)
        return Change(name, place, had is None, post.source.row, sheets, _differing(pairs) if had else ())

    def _stay(self, stay: StayProposal) -> Change:
        had, sheets = stay.instead_of, (stay.source.sheet,)
        name = f"{stay.name} {stay.kind.label}"
        if had is None:
            return Change(name, self._unit(stay.unit), True, stay.source.row, sheets, ())
        contact, people = self._people.get(had.contact or 0), self._people
        known = people.get(stay.contact) if isinstance(stay.contact, int) else None
        brought = self.proposal.people.get(stay.contact) if isinstance(stay.contact, str) else None
        named = known.record.name if known else str(brought.attributes["name"]) if brought else ""
        pairs = [
            ("流往何处或原党组织", had.place, stay.place),
            ("国（境）外", _yes_no(had.is_abroad), _yes_no(stay.is_abroad)),
            ("地点固定", _yes_no(had.is_fixed), _yes_no(stay.is_fixed)),
            ("预计返回日期", _said(had.planned_on), _said(stay.planned_on)),
            ("返回日期", _ended(had.until), _ended(stay.until)),
            ("联系人", contact.record.name if contact else "", named),
        ]
        return Change(name, self._unit(stay.unit), False, stay.source.row, sheets, _differing(pairs))

    def _fields(self, one: Someone, known: KnownPerson) -> Iterator[Field]:
        record = known.record
        pairs = [
            (label, _shown(k, getattr(record, k)), _shown(k, one.attributes[k])) for k, label in ATTRIBUTES.items()
        ]
        yield from _differing(pairs)
        for kind, number in one.numbers.items():
            yield NUMBERS[kind], self._numbers.get(known.secrets.get(kind, (0, b""))[0], ""), _masked(kind, number)
        for name, (_, reason) in one.statements.items():
            yield f"{ATTRIBUTES[name]}与证件不一致说明", known.statements.get(name, (0, "", ""))[2], reason
        for name in one.withdrawn:
            yield f"{ATTRIBUTES[name]}与证件不一致说明", known.statements[name][2], ""
        if one.since < known.belonging_since:
            yield "在所在党支部登记自", known.belonging_since.isoformat(), one.since.isoformat()
        yield from self._membership(one, known)
        yield from _cultivation(one)
        for tie in one.ties:
            yield TIES[tie.kind, tie.position], self._tied_before(known, tie), self._tied_after(tie)

    def _membership(self, one: Someone, known: KnownPerson) -> Iterator[Field]:
        proposed, standing = one.membership, known.membership
        if proposed is None:
            return
        was = _standing_as(standing.full_member_on) if standing else ""
        counted = self.known.tree.by_id[known.attribution[1]].name if known.attribution else ""
        yield from _differing([
            ("人员类别", was, _standing_as(proposed.full_member_on)),
            ("入党日期", _said(standing.membership_on if standing else None), proposed.membership_on.isoformat()),
            ("转正日期", _said(standing.confirmation_stated_on if standing else None), _said(proposed.stated_on)),
            ("入党时所在党支部", counted, self._unit(proposed.unit)),
        ])  # fmt: skip

    def _tied_before(self, known: KnownPerson, tie: TieProposal) -> str:
        standing = known.ties.get((tie.kind, tie.position))
        if standing is None:
            return ""
        other = self._people.get(standing.other or 0)
        if other is None:
            return standing.text
        return other.record.name if self._reach.covers(other.unit) else ELSEWHERE

    def _tied_after(self, tie: TieProposal) -> str:
        if tie.other is None:
            return tie.text
        return tie.other.known.record.name if tie.other.known else str(tie.other.attributes["name"])


def _cultivation(one: Someone) -> Iterator[Field]:
    if one.steps:
        case = one.case
        days = [
            (label, _said(case.held_on(s) if case else None), _said(one.steps.get(s))) for s, label in STEPS.items()
        ]
        yield from _differing(days)
    if one.past is not None:
        yield from past_fields(one.past)
    if one.case_ends_on is not None:
        yield "发展培养", "培养中", f"已入党（{one.case_ends_on.isoformat()}）"
    if one.talent is not None:
        category, since = one.talent
        before = "、".join(f"{Talent.Category(row.category).label}（{row.since}）" for row in one.talent_instead_of)
        yield "人才类别和入库日期", before, f"{Talent.Category(category).label}（{since}）"
    if one.leaves_pool_on is not None:
        yield "人才库", "在库", f"已入党，出库（{one.leaves_pool_on.isoformat()}）"


def _standing_numbers(proposal: Proposal) -> dict[int, str]:
    """The numbers, masked, that the import would replace, by the row they stand in."""
    rows = [
        one.known.secrets[kind][0]
        for one in proposal.people.values()
        if one.known is not None
        for kind in one.numbers
        if kind in one.known.secrets
    ]
    found: dict[int, str] = {}
    for start in range(0, len(rows), 900):
        for row, _, uid, kind, cell, version in PersonSecret.objects.filter(
            pk__in=rows[start : start + 900]
        ).values_list("id", *SEALED):
            found[row] = _masked(kind, opened(uid, kind, cell, version))
    return found


def _masked(kind: str, number: str) -> str:
    return mask_phone(number) if kind == PersonSecret.Kind.PHONE else mask_identity(number)


def _standing_as(full_member_on: date) -> str:
    return "预备党员" if full_member_on == FOREVER else "正式党员"


def _shown(name: str, value: Any) -> str:
    return str(sex_label(value) or "") if name == "sex" else _said(value)


def _said(value: Any) -> str:
    return "" if value is None else str(value)


def _ended(until: date) -> str:
    return "" if until == FOREVER else until.isoformat()


def _yes_no(value: bool) -> str:
    return "是" if value else "否"


def _differing(pairs: list[Field]) -> tuple[Field, ...]:
    return tuple(pair for pair in pairs if pair[1] != pair[2])
