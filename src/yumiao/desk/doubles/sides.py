"""What two records say, piece by piece, to be compared and chosen from; also what a merged record said before. Reads only.

The numbers are compared whole and shown masked. Must not know: pages, what becomes of a choice.
"""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from django.db.models import Count
from django.utils.translation import gettext as _

from yumiao.admission.models import CaseEnd, StepRecord
from yumiao.desk.doubles.relations import BELONGING, CULTIVATION, MEMBERSHIP
from yumiao.desk.people.cultivation import step_label
from yumiao.journal.models import Reading
from yumiao.kernel.identity import mask_identity, mask_phone
from yumiao.kernel.periods import FOREVER, on_paper
from yumiao.people.models import (
    Attribution,
    Belonging,
    Membership,
    MembershipState,
    Person,
    PersonRecord,
    PersonSecret,
    Tie,
)
from yumiao.people.secrets import opened
from yumiao.talent.models import Talent
from yumiao.units.queries import Tree

ATTRIBUTES: Final = ("name", "sex", "born_on", "ethnicity", "education", "occupation")
NUMBERS: Final = tuple(kind.value for kind in PersonSecret.Kind)
PIECES: Final = (*ATTRIBUTES, *NUMBERS, BELONGING, MEMBERSHIP, CULTIVATION)
"""What is chosen between two records, in the order it is shown."""
MORE: Final = ("talents", "ties", "readings")


def label_of(piece: str) -> str:
    """A piece as the page names it."""
    return {
        "name": _("姓名"),
        "sex": _("性别"),
        "born_on": _("出生日期"),
        "ethnicity": _("民族"),
        "education": _("学历"),
        "occupation": _("职业"),
        "identity": _("公民身份号码"),
        "former": _("原身份证号码"),
        "phone": _("手机号码"),
        BELONGING: _("所在组织"),
        MEMBERSHIP: _("党籍"),
        CULTIVATION: _("发展培养"),
        "talents": _("人才库"),
        "ties": _("联系培养"),
        "readings": _("查阅记录"),
    }[piece]


@dataclass(slots=True)
class Side:
    """One record: `held` is compared, `said` is shown; a piece it says nothing of is in neither. `unit` is where the person stands."""

    id: int
    uid: uuid.UUID
    entered: int
    unit: int | None = None
    held: dict[str, Any] = field(default_factory=dict)
    said: dict[str, str] = field(default_factory=dict)

    @property
    def name(self) -> str:
        return self.said.get("name", "")

    def say(self, piece: str, held: Any, said: str) -> None:
        if said:
            self.held[piece], self.said[piece] = held, said


@dataclass(frozen=True, slots=True)
class Line:
    """One piece of both records; `differs`: both say something, and not the same, so that one is chosen."""

    piece: str
    label: str
    one: str
    other: str
    differs: bool


def lines(one: Side, other: Side) -> list[Line]:
    """Every piece that either speaks of."""
    return [
        Line(piece, label_of(piece), one.said.get(piece, ""), other.said.get(piece, ""), piece in to_choose(one, other))
        for piece in (*PIECES, *MORE)
        if piece in one.said or piece in other.said
    ]


def to_choose(one: Side, other: Side) -> list[str]:
    """The pieces of which both say something, and not the same."""
    return [
        piece for piece in PIECES if piece in one.held and piece in other.held and one.held[piece] != other.held[piece]
    ]


def sides_of(people: Sequence[Person], tree: Tree, *, known: int) -> list[Side]:
    """What is known of each when entry `known` had been written, in the order of `people`: nine queries, however many."""
    sides = {person.pk: Side(person.pk, person.uid, person.entered) for person in people}
    read = _Read(list(sides), known)
    _attributes(sides, read)
    _numbers(sides, read)
    _belongings(sides, read, tree)
    _memberships(sides, read, tree)
    _cultivation(sides, read)
    _more(sides, read)
    return [sides[person.pk] for person in people]


@dataclass(frozen=True, slots=True)
class _Read:
    """Rows of a fact table as known at an entry."""

    people: list[int]
    known: int

    def of(self, model: Any, *columns: str, through: str = "") -> Iterable[tuple[Any, ...]]:
        """Values of the rows about the people, the person's id first, in the order they were written."""
        person = f"{through}person_id"
        rows: Iterable[tuple[Any, ...]] = (
            model.objects.known_at(self.known)
            .filter(**{f"{person}__in": self.people})
            .order_by("id")
            .values_list(person, *columns)
        )
        return rows


def _attributes(sides: Mapping[int, Side], read: _Read) -> None:
    for person, *values in read.of(PersonRecord, *ATTRIBUTES, "until"):
        if values.pop() != FOREVER:
            continue
        for piece, value in zip(ATTRIBUTES, values, strict=True):
            said = {"m": _("男"), "f": _("女")}.get(value, "") if piece == "sex" else value
            said = on_paper(value) if isinstance(value, date) else said
            sides[person].say(piece, value, said or "")


def _numbers(sides: Mapping[int, Side], read: _Read) -> None:
    for person, kind, cell, version, keyed in read.of(PersonSecret, "kind", "cell", "key_version", "keyed"):
        mask = mask_phone if kind == PersonSecret.Kind.PHONE else mask_identity
        sides[person].say(kind, bytes(keyed), mask(opened(sides[person].uid, kind, cell, version)))


def _belongings(sides: Mapping[int, Side], read: _Read, tree: Tree) -> None:
    for person, unit, since, until, is_known in read.of(Belonging, "unit_id", "since", "until", "since_known"):
        if until == FOREVER:
            standing = tree.by_id.get(unit)
            name = tree.label(standing) if standing else _("已撤销的组织")
            sides[person].unit = unit
            since_said = _("%(unit)s，自%(day)s") % {"unit": name, "day": on_paper(since)}
            sides[person].say(BELONGING, unit, since_said if is_known else name)


def _memberships(sides: Mapping[int, Side], read: _Read, tree: Tree) -> None:
    rows: dict[int, list[tuple[Any, ...]]] = defaultdict(list)
    said: dict[int, list[str]] = defaultdict(list)
    columns = ("cycle", "membership_on", "full_member_on", "confirmation_stated_on", "ended_on")
    for person, *row in read.of(Membership, *columns):
        _cycle, joined, full, _stated, ended = row
        rows[person].append(tuple(row))
        said[person].append(_("%(day)s入党") % {"day": on_paper(joined)})
        said[person].append(_("%(day)s转正") % {"day": on_paper(full)} if full != FOREVER else _("尚未转正"))
        if ended != FOREVER:
            said[person].append(_("%(day)s党籍终止") % {"day": on_paper(ended)})
    for person, unit, until in read.of(Attribution, "unit_id", "until"):
        rows[person].append(("counts for", unit, until))
        if until == FOREVER and (counts := tree.by_id.get(unit)) is not None:
            said[person].append(_("发展党员计入%(unit)s") % {"unit": counts.name})
    for person, state, since, until in read.of(MembershipState, "state", "since", "until"):
        rows[person].append((state, since, until))
        said[person].append(str(MembershipState.State(state).label))
    for person, found in rows.items():
        sides[person].say(MEMBERSHIP, found, _("，").join(said[person]))


def _cultivation(sides: Mapping[int, Side], read: _Read) -> None:
    rows: dict[int, list[tuple[Any, ...]]] = defaultdict(list)
    said: dict[int, list[str]] = defaultdict(list)
    for person, step, held_on in read.of(StepRecord, "step", "held_on", through="case__"):
        rows[person].append((step, held_on))
        said[person].append(_("%(day)s%(step)s") % {"day": on_paper(held_on), "step": step_label(step)})
    for person, how, ended_on in read.of(CaseEnd, "how", "ended_on", through="case__"):
        rows[person].append((how, ended_on))
        said[person].append(_("%(day)s结束（%(how)s）") % {"day": on_paper(ended_on), "how": CaseEnd.How(how).label})
    for person, found in rows.items():
        sides[person].say(CULTIVATION, found, _("；").join(said[person]))


def _more(sides: Mapping[int, Side], read: _Read) -> None:
    """What goes over without a choice."""
    said: dict[tuple[int, str], list[str]] = defaultdict(list)
    for person, category, until in read.of(Talent, "category", "until"):
        if until == FOREVER:
            said[person, "talents"].append(str(Talent.Category(category).label))
    for person, kind, until in read.of(Tie, "kind", "until"):
        if until == FOREVER:
            said[person, "ties"].append(str(Tie.Kind(kind).label))
    for (person, piece), texts in said.items():
        sides[person].say(piece, texts, _("、").join(texts))
    by_uid = {side.uid: side for side in sides.values()}
    counted = Reading.objects.filter(subject__in=by_uid).order_by().values_list("subject").annotate(count=Count("id"))
    for uid, count in counted:
        by_uid[uid].say("readings", count, _("%(count)s 次") % {"count": count})
