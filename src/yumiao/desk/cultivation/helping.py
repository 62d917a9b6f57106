"""Who may stand beside somebody, who does, how many he tends; and the act that changes it. Must not know: requests, forms."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from yumiao.access.permissions import Permission
from yumiao.access.readers import Reader
from yumiao.admission.asked import Ground
from yumiao.admission.case_rules import blocking, warnings
from yumiao.admission.cultivation_queries import Tending, case_uids, loads_of, names_of, tending
from yumiao.admission.cultivation_rules import CONTACT, CUL_01, change_objections, unfit_on
from yumiao.admission.history import CaseFile, Helper
from yumiao.admission.step_services import write_helpers
from yumiao.desk.dossier.grounds import helpers_of
from yumiao.desk.dossier.recording import Deciding, own, read_by
from yumiao.desk.transfers.ends import is_committee
from yumiao.journal.acts import act
from yumiao.journal.verbs import Verb
from yumiao.kernel.objections import Objection, Refused
from yumiao.kernel.periods import FOREVER
from yumiao.people.models import Belonging, Membership, PersonRecord
from yumiao.units.models import Placement
from yumiao.units.queries import Tree, UnitOnDay


def candidates(tree: Tree, unit: UnitOnDay, day: date, *, without: int) -> list[tuple[int, str]]:
    """(id, name) of the full members who stand near: in the branch, or in the general branch above it, himself apart; two queries at most."""
    near = [one for one in tree.line(unit) if not is_committee(one)]
    top = (near[0] if near else unit).subtree
    units = Placement.objects.on(day).filter(path__gte=top.lo, path__lt=top.hi).values("unit")
    there = Belonging.objects.on(day).filter(unit__in=units).exclude(person=without).values("person")
    full = Membership.objects.alive().filter(person__in=there, full_member_on__lte=day, ended_on=FOREVER)
    rows = PersonRecord.objects.on(day).filter(person__in=full.values("person")).order_by("name", "person")
    return list(rows.values_list("person_id", "name"))


def change_helpers(
    uid: uuid.UUID, kind: str, people: Sequence[int], on: date, *, reason: str, agreed: bool, who: Deciding,
    ground_for: Callable[[CaseFile], Ground], once: uuid.UUID | None = None,
) -> None:  # fmt: skip
    """Let these be the contacts or introducers from a day on; who was before stays in the record with his last day.

    Raises `Refused` with everything that blocks, and with the warnings unless `agreed` says that they were read; `AlreadyDone`.
    """
    with act(Verb.HELPERS_CHANGED, actor=who.actor, reason=reason, once=once) as current:
        read = read_by(uid)
        ground, helpers = ground_for(read.file), helpers_of(people, on)
        loads = loads_of(people, without=read.file.person)
        found = own(read, who) + list(change_objections(read.file, kind, helpers, on, ground, loads))
        if blocking(found) or (warnings(found) and not agreed):
            raise Refused(found)
        current.subject_kind, current.subject = "person", read.around.person_uid
        current.data |= {"case": uid.hex, "kind": kind, "on": on.isoformat(), "count": len(people)}
        write_helpers(current, read.file.person, kind, helpers, on)


@dataclass(frozen=True, slots=True)
class Tended:
    """Somebody who is tended, with the case to open."""

    name: str
    case: uuid.UUID | None
    since: date


@dataclass(slots=True)
class Load:
    """Who somebody is contact and introducer of, and why he should be replaced, if so."""

    helper: Helper
    uid: uuid.UUID
    contact_of: list[Tended] = field(default_factory=list)
    introducer_of: list[Tended] = field(default_factory=list)
    unfit: str = ""

    @property
    def name(self) -> str:
        return self.helper.name

    @property
    def is_many(self) -> bool:
        return not CUL_01.holds(count=len(self.contact_of))


def loads(reader: Reader) -> list[Load]:
    """Everybody who stands beside somebody within the reader's reach: who is to be replaced first, then who tends most; a constant number of
    queries.
    """
    rows = tending(reader.scope(Permission.CASE_RECORD))
    by_helper: dict[int, list[Tending]] = defaultdict(list)
    for row in rows:
        by_helper[row.other].append(row)
    names = names_of({*by_helper, *(row.person for row in rows)})
    cases = case_uids({row.person for row in rows})
    found = [
        _load(helper, by_helper[helper.person or 0], names, cases, reader.today)
        for helper in helpers_of(list(by_helper), reader.today)
        if helper.person in names
    ]
    return sorted(found, key=lambda one: (not one.unfit, -len(one.contact_of), -len(one.introducer_of), one.name))


def _load(
    helper: Helper, rows: Sequence[Tending], names: Mapping[int, tuple[str, uuid.UUID]], cases: Mapping[int, uuid.UUID], today: date
) -> Load:  # fmt: skip
    found = Load(helper, names[helper.person or 0][1], unfit=unfit_on(helper, today))
    for row in rows:
        one = Tended(names[row.person][0] if row.person in names else "", cases.get(row.person), row.since)
        (found.contact_of if row.kind == CONTACT else found.introducer_of).append(one)
    return found


def against(file: CaseFile, day: date) -> list[tuple[str, Helper, str]]:
    """(kind, who, why) of everybody who stands beside somebody: why he should be replaced, empty where he may stay."""
    both = [("contact", one) for one in file.contacts] + [("introducer", one) for one in file.introducers]
    return [(kind, one, unfit_on(one, day) if one.until is None else "") for kind, one in both]


def only_warns(found: Sequence[Objection]) -> bool:
    """Whether nothing but warnings stands against it."""
    return bool(found) and not blocking(found)
