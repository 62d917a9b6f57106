"""A meeting while it is written down, page by page: everything typed travels with the form, nothing is kept until it is submitted.

Must not know: requests, the act, templates.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import Final

from django.forms import Form
from django.http import QueryDict
from django.utils.translation import gettext as _

from yumiao.access.readers import Reader
from yumiao.desk.meetings.forms import MATTERS, BasicsForm, CountForm, EndForm, ItemsForm, RollForm
from yumiao.desk.meetings.items import Item
from yumiao.desk.meetings.places import Awaiting, awaiting, kinds_at, roll, seen_people, subtree_on, units_for
from yumiao.desk.posts.faces import Choosable, found_by
from yumiao.meetings.drafts import MeetingDraft, MotionDraft
from yumiao.meetings.due import OnRoll
from yumiao.meetings.models import Ballot, Meeting, Motion, NamedVote
from yumiao.meetings.rules import BY_MEASURE, Count, Result, result_of, said_of
from yumiao.units.queries import UnitOnDay


class Page(StrEnum):
    """The pages in their order."""

    BASICS = "basics"
    ROLL = "roll"
    ITEMS = "items"
    COUNTS = "counts"
    PREVIEW = "preview"


_BASICS: Final = ("unit", "kind", "held_on", "place", "chair", "recorder")
_ITEMS: Final = ("candidate", *MATTERS, "agenda")
_COUNTS: Final = ("resolution", "document")
SEEN: Final = "seen"


def page_of(key: str) -> Page | None:
    """On which page a value is typed; None for what is no value of the meeting."""
    if key in _BASICS:
        return Page.BASICS
    if key in ("member", "more") or key.startswith(("present-", "why-", "opinion-")):
        return Page.ROLL
    if key in _ITEMS:
        return Page.ITEMS
    return Page.COUNTS if key in _COUNTS or key.startswith("m-") else None


@dataclass
class Wizard:
    """`said` is what was typed so far; it is the caller's own copy and may be changed by a button that ticks for the clerk."""

    reader: Reader
    said: QueryDict
    problem: str = field(default="", init=False)

    def has_seen(self, page: Page) -> bool:
        return page in self.said.getlist(SEEN)

    @cached_property
    def units(self) -> list[UnitOnDay]:
        return units_for(self.reader)

    @cached_property
    def unit(self) -> UnitOnDay | None:
        return next((one for one in self.units if one.code == self.said.get("unit")), None)

    @cached_property
    def basics(self) -> BasicsForm:
        kinds = kinds_at(self.unit) if self.unit else tuple(one.value for one in Meeting.Kind)
        if self.has_seen(Page.BASICS):
            return BasicsForm(self.units, kinds, self.said)
        account = self.reader.account
        begun = {"unit": self.said.get("unit", ""), "kind": self.said.get("kind", "")}
        return BasicsForm(self.units, kinds, initial={**begun, "recorder": account.display_name if account else ""})

    def is_dated(self) -> bool:
        """Whether the meeting is known well enough to say who is due; says why where the unit did not stand on that day."""
        if not self.basics.is_bound or not self.basics.is_valid() or self.unit is None:
            return False
        if subtree_on(self.unit.id, self.basics.cleaned_data["held_on"]) is None:
            self.basics.add_error("held_on", _("这一天该组织还没有成立。"))
            return False
        return True

    @property
    def kind(self) -> str:
        return str(self.basics.cleaned_data["kind"])

    @property
    def is_named(self) -> bool:
        """A committee votes openly, member by member."""
        return self.kind != Meeting.Kind.MEMBERS

    @cached_property
    def roll(self) -> list[OnRoll]:
        assert self.unit is not None
        more = seen_people(self.reader, self.said.getlist("member")) if self.is_named else []
        return roll(self.unit, self.kind, self.basics.cleaned_data["held_on"], more=more)

    @cached_property
    def roll_form(self) -> RollForm:
        data = self.said if self.has_seen(Page.ROLL) else None
        return RollForm(self.roll, data, asks_opinions=not self.is_named)

    @property
    def due(self) -> int:
        return sum(one.votes for one in self.roll)

    @cached_property
    def present(self) -> list[OnRoll]:
        """Those with a vote who came."""
        return [one for one in self.roll if one.votes and self.roll_form.cleaned_data[f"present-{one.person}"]]

    @cached_property
    def givers(self) -> list[OnRoll]:
        """Those who sent a written opinion."""
        return [one for one in self.roll if self.roll_form.cleaned_data.get(f"opinion-{one.person}")]

    def tick_everybody(self) -> None:
        for one in self.roll:
            if one.votes:
                self.said[f"present-{one.person}"] = "on"

    def add_member(self) -> None:
        """Somebody whose post in the committee is not on record is due too, found by what was typed."""
        assert self.unit is not None
        typed = self.said.get("more", "")
        try:
            face = found_by(typed, Choosable.at(self.unit, self.reader), self.reader)
        except ValueError as error:
            self.problem = str(error)
            return
        self.said.appendlist("member", str(face.id))
        self.said.pop("more", None)
        self.__dict__.pop("roll", None)
        if face.id not in {one.person for one in self.roll}:
            self.problem = _("%(name)s当日不是党员，不能列入应到会。") % {"name": face.name}

    @cached_property
    def awaiting(self) -> list[Awaiting]:
        assert self.unit is not None
        return awaiting(self.reader, self.unit, self.kind, self.basics.cleaned_data["held_on"])

    @cached_property
    def items_form(self) -> ItemsForm:
        return ItemsForm(self.awaiting, self.said if self.has_seen(Page.ITEMS) else None)

    @cached_property
    def items(self) -> list[Item]:
        """What is voted on, in the order of the page."""
        given, chosen = self.items_form.cleaned_data, set(self.items_form.cleaned_data["candidate"])
        found = [
            Item(
                key=one.key, kind=one.kind, title=str(Motion.Kind(one.kind).label), meeting=self.kind, person=one.person, name=one.name,
            )
            for one in self.awaiting if one.key in chosen
        ]  # fmt: skip
        for name in MATTERS:
            if given[name]:
                found.append(Item(key=name, kind=Motion.Kind.ORDINARY, title=given[name], meeting=self.kind))
        return found

    @cached_property
    def count_forms(self) -> list[CountForm]:
        data = self.said if self.has_seen(Page.COUNTS) else None
        return [CountForm(one, self.present, self.givers, data, is_named=self.is_named) for one in self.items]

    @cached_property
    def end_form(self) -> EndForm:
        data = self.said if self.has_seen(Page.COUNTS) else None
        return EndForm(data, asks_document=self.kind == Meeting.Kind.COMMITTEE)

    def say_yes(self) -> None:
        """Every vote of a committee that is not filled in yet is one in favour."""
        for one in self.items:
            for voter in self.present:
                key = f"m-{one.key}-v{voter.person}"
                if not self.said.get(key):
                    self.said[key] = NamedVote.Choice.YES

    def is_done(self, page: Page) -> bool:
        """Whether a page is filled in as far as its form can tell."""
        if page is Page.BASICS:
            return self.is_dated()
        forms: Sequence[Form]
        if page is Page.ROLL:
            forms = [self.roll_form]
        elif page is Page.ITEMS:
            forms = [self.items_form]
        else:
            forms = [*self.count_forms, self.end_form]
        judged = [one.is_bound and one.is_valid() for one in forms]  # every form is to say what is wrong with it
        return all(judged)

    def reached(self, wanted: Page) -> Page:
        """The page to show: the one that is wanted, or the first before it that is not filled in."""
        for page in Page:
            if page is wanted or not self.is_done(page):
                return page
        return wanted

    def carried(self, page: Page) -> list[tuple[str, str]]:
        """What was typed on other pages, to travel along as hidden fields."""
        found = [
            (key, value) for key, values in self.said.lists() for value in values
            if value and page_of(key) not in (None, page) and not (page is Page.PREVIEW and key == SEEN)
        ]  # fmt: skip
        seen = dict.fromkeys(one for one in self.said.getlist(SEEN) if one in list(Page) and one != page)
        return [*found, *((SEEN, one) for one in seen), *([] if page is Page.PREVIEW else [(SEEN, page.value)])]

    def draft(self) -> MeetingDraft:
        """The meeting as it is to be written; only after every page is done."""
        assert self.unit is not None
        given, items = self.basics.cleaned_data, self.items_form.cleaned_data
        end = self.end_form.cleaned_data
        motions = [self._motion(one) for one in self.count_forms]
        agenda = items["agenda"] or "；".join(one.label for one in self.items)
        return MeetingDraft(
            unit=self.unit.id, kind=self.kind, held_on=given["held_on"], place=given["place"], chair=given["chair"],
            recorder=given["recorder"], agenda=agenda, resolution=end["resolution"], document=end.get("document", ""),
            attendance=[self._attendance(one) for one in self.roll], motions=motions,
        )  # fmt: skip

    def _attendance(self, one: OnRoll) -> tuple[int, bool, bool, str]:
        given = self.roll_form.cleaned_data
        is_present = bool(given[f"present-{one.person}"])
        why = given.get(f"why-{one.person}", "") if one.votes else one.standing.label
        return one.person, one.votes, is_present, "" if one.votes and is_present else why

    def _motion(self, form: CountForm) -> MotionDraft:
        item, given = form.item, form.cleaned_data
        named = [(one.person, given[f"v{one.person}"]) for one in form.voters]
        count = self._count(form, [choice for _person, choice in named])
        opinions = self.roll_form.cleaned_data
        gave = [int(one) for one in given.get("gave", ())]
        is_secret = not form.is_named and (item.is_always_secret or bool(given.get("is_secret")))
        return MotionDraft(
            kind=item.kind, title=item.title, person=item.person, is_secret=is_secret, count=count,
            decision=given.get("decision", ""), months=given.get("months") or 0, tellers=given.get("tellers", ""),
            resolution=given["resolution"] or result_of(item.measure, count).label, named=named,
            opinions=[(one, opinions[f"opinion-{one}"]) for one in gave],
        )  # fmt: skip

    def _count(self, form: CountForm, choices: Sequence[str]) -> Count:
        given = form.cleaned_data
        if form.is_named:
            yes, no, abstain = (choices.count(one) for one in NamedVote.Choice.values)
            return Count(due=self.due, present=len(self.present), yes=yes, no=no, abstain=abstain)
        written = {name: given.get(name, 0) for name in ("written_yes", "written_no", "written_abstain")}
        return Count(
            due=self.due, present=len(self.present), yes=given["yes"], no=given["no"], abstain=given["abstain"],
            spoilt=given["spoilt"], **written,
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Foreseen:
    """What will come of one motion, for the preview."""

    label: str
    said: str
    result: Result
    rule: str
    is_secret: bool
    decided: str


def foreseen(wizard: Wizard, draft: MeetingDraft) -> list[Foreseen]:
    """The results of every motion of a draft, in its order."""
    found = []
    for item, motion in zip(wizard.items, draft.motions, strict=True):
        decided = str(Ballot.Decision(motion.decision).label) if motion.decision else ""
        if motion.months:
            decided = _("%(decision)s %(count)s 个月") % {"decision": decided, "count": motion.months}
        result, said = result_of(item.measure, motion.count), said_of(item.measure, motion.count)
        found.append(Foreseen(item.label, said, result, BY_MEASURE[item.measure].id, motion.is_secret, decided))
    return found
