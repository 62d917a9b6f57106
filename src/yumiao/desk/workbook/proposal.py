"""What an import would write, as found by the checks: people with what is new or corrected, units, cases, talents, plans.

It knows nothing of sheets beyond the row a thing came from, and writes nothing.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from yumiao.admission.history_services import Past
from yumiao.admission.queries import KnownCase
from yumiao.people.models import Stay
from yumiao.people.queries import KnownPerson
from yumiao.people.services import Attributes
from yumiao.people.stay_services import KnownStay
from yumiao.posts.rules import How, Title
from yumiao.talent.queries import KnownTalent
from yumiao.units.services import UnitDraft

FIELDS = ("name", "sex", "born_on", "ethnicity", "education", "occupation")


@dataclass(frozen=True, slots=True)
class Source:
    """Where something came from: sheet, row as Excel counts, what kind of subject, new or changed."""

    sheet: str
    row: int
    kind: str
    outcome: str


@dataclass(slots=True)
class MemberProposal:
    """A membership to write; `unit` by code, for whom the admission counts."""

    membership_on: date
    full_member_on: date
    stated_on: date | None
    age_years: int | None
    unit: str
    stated: bool


@dataclass(slots=True)
class TieProposal:
    """A tie to write: to a person of the workbook or of the county, or to nobody known."""

    kind: str
    position: int
    other: Someone | None
    text: str
    since: date
    instead_of: int | None


@dataclass(slots=True)
class Someone:
    """A person an accepted row speaks of, known to the county or new."""

    number: str
    unit: str
    known: KnownPerson | None
    attributes: dict[str, Any]
    since: date
    said: dict[str, Any] = field(default_factory=dict, repr=False)
    full_since: date | None = None
    attributes_changed: bool = False
    numbers: dict[str, str] = field(default_factory=dict)
    statements: dict[str, tuple[str, str]] = field(default_factory=dict)
    withdrawn: set[str] = field(default_factory=set)
    membership: MemberProposal | None = None
    steps: dict[int, date] = field(default_factory=dict)
    past: Past | None = None
    case: KnownCase | None = None
    case_ends_on: date | None = None
    talent: tuple[str, date] | None = None
    talent_instead_of: list[KnownTalent] = field(default_factory=list)
    leaves_pool_on: date | None = None
    ties: list[TieProposal] = field(default_factory=list)
    sources: list[Source] = field(default_factory=list)

    def as_attributes(self) -> Attributes:
        return Attributes(**{name: self.attributes[name] for name in FIELDS})


@dataclass(frozen=True, slots=True)
class QuotaProposal:
    """A plan to write; `instead_of` is the row it corrects."""

    unit: str
    year: int
    values: tuple[int, int | None, int | None, int | None]
    instead_of: int | None
    source: Source


@dataclass(frozen=True, slots=True)
class PostProposal:
    """A post to write; `instead_of` is the row it corrects, `term_due_on` the end of a term that begins with it."""

    unit: str
    number: str
    name: str
    title: Title
    how: How
    since: date
    until: date
    due_on: date | None
    sending_unit: str
    document: str
    ended_why: str
    term_due_on: date | None
    instead_of: int | None
    source: Source


@dataclass(frozen=True, slots=True)
class StayProposal:
    """A stay to write; `instead_of` is the one it corrects, `contact` an id, or the number of somebody this workbook brings in."""

    kind: Stay.Kind
    number: str
    unit: str
    name: str
    place: str
    is_abroad: bool
    is_fixed: bool
    since: date
    planned_on: date | None
    until: date
    contact: int | str | None
    instead_of: KnownStay | None
    source: Source


@dataclass(slots=True)
class Proposal:
    """Everything the accepted rows would write."""

    units: list[tuple[UnitDraft, Source]] = field(default_factory=list)
    corrected_units: dict[int, tuple[UnitDraft, Source]] = field(default_factory=dict)
    people: dict[str, Someone] = field(default_factory=dict)
    quotas: list[QuotaProposal] = field(default_factory=list)
    posts: list[PostProposal] = field(default_factory=list)
    stays: list[StayProposal] = field(default_factory=list)
    holders: dict[str, int] = field(default_factory=dict)  # by number whoever of them is known already

    @property
    def is_empty(self) -> bool:
        return not (
            self.units
            or self.corrected_units
            or self.quotas
            or self.posts
            or self.stays
            or any(one.sources for one in self.people.values())
        )
