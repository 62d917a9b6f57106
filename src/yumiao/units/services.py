"""What an import writes into the tree: new units, and corrections of name, kind, parent and zone.

Imports write within an open act; founding the county is an act of its own. It is the only writer of placements.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from yumiao.journal.acts import Act, Actor
from yumiao.journal.acts import act as act_of
from yumiao.journal.bulk import new_ids
from yumiao.journal.verbs import Verb
from yumiao.kernel.objections import Refused
from yumiao.kernel.periods import BEGIN, FOREVER
from yumiao.units.models import Placement, Unit, UnitRecord, ZonePlace
from yumiao.units.rules import ORG_UNDER, Node, arrange

UNIT = ("id", "uid", "code", "record_since")
RECORD = ("since", "until", "unit_id", "name", "kind")
PLACEMENT = (
    "since", "until", "unit_id", "parent_id", "path", "depth", "village_id", "township_id", "position", "since_known",
)  # fmt: skip
ZONE = ("since", "until", "unit_id", "programme", "zone")


@dataclass(frozen=True, slots=True)
class UnitDraft:
    """A unit as it shall be. `zone` empty: says nothing of it. `parent_code` None: the root."""

    code: str
    name: str
    kind: str
    parent_code: str | None
    zone: str = ""


COUNTY_KIND = "县委"


def found_county(*, code: str, name: str, actor: Actor) -> None:
    """Found the county itself where there is no unit yet, so that its first officer can be appointed; the workbook brings the rest.

    Raises `Refused` where a tree stands already.
    """
    with act_of(Verb.COUNTY_FOUNDED, actor=actor) as done:
        if Unit.objects.exists():
            raise Refused([ORG_UNDER.objection("已有组织，县级组织不能再建", "直接开设账号，不加 --county。")])
        write_units(done, new=[UnitDraft(code, name, COUNTY_KIND, None)], corrected={})
        done.subject_kind = "unit"
        done.data |= {"code": code, "name": name}


def write_units(act: Act, *, new: Sequence[UnitDraft], corrected: Mapping[int, UnitDraft]) -> dict[str, int]:
    """Found `new` units (as having existed always) and correct those known by id. Returns code -> id of the new ones.

    The whole tree is arranged anew, so a corrected parent or kind moves everything below it.
    """
    ids, unheard = _identities(new)
    act.insert(Unit, UNIT, [(ids[code], uuid.uuid4(), code, BEGIN) for code in unheard])
    _records(act, ids, new, corrected)
    _zones(act, ids, new, corrected)
    _placements(act, ids, new, corrected)
    return ids


def _identities(new: Sequence[UnitDraft]) -> tuple[dict[str, int], list[str]]:
    """Code -> id of the new units, and the codes nobody has used: a unit taken back keeps its identity and comes again with it."""
    wanted = [draft.code for draft in new]
    asked = frozenset(wanted)
    ids = {code: unit for code, unit in Unit.objects.values_list("code", "id") if code in asked}
    unheard = [code for code in wanted if code not in ids]
    return ids | dict(zip(unheard, new_ids(Unit, len(unheard)), strict=True)), unheard


def _records(act: Act, ids: Mapping[str, int], new: Sequence[UnitDraft], corrected: Mapping[int, UnitDraft]) -> None:
    rows = [(BEGIN, FOREVER, ids[draft.code], draft.name, draft.kind) for draft in new]
    struck = []
    for record in UnitRecord.objects.open().filter(unit__in=corrected):
        draft = corrected[record.unit_id]
        if (record.name, record.kind) != (draft.name, draft.kind):
            struck.append(record.pk)
            rows.append((record.since, record.until, record.unit_id, draft.name, draft.kind))
    act.strike(UnitRecord, struck)
    act.insert(UnitRecord, RECORD, rows)


def _zones(act: Act, ids: Mapping[str, int], new: Sequence[UnitDraft], corrected: Mapping[int, UnitDraft]) -> None:
    programme = ZonePlace.Programme.COUNTY
    wanted = {ids[draft.code]: draft.zone for draft in new if draft.zone}
    wanted |= {unit: draft.zone for unit, draft in corrected.items() if draft.zone}
    struck = []
    for place in ZonePlace.objects.open().filter(unit__in=corrected, programme=programme):
        if wanted.get(place.unit_id) == place.zone:
            del wanted[place.unit_id]
        elif place.unit_id in wanted:
            struck.append(place.pk)
    act.strike(ZonePlace, struck)
    act.insert(ZonePlace, ZONE, [(BEGIN, FOREVER, unit, programme, zone) for unit, zone in wanted.items()])


def _placements(act: Act, ids: Mapping[str, int], new: Sequence[UnitDraft], corrected: Mapping[int, UnitDraft]) -> None:
    """Arrange the tree of today with the drafts in it, strike placements that differ and write them anew with their dates."""
    standing = {place.unit_id: place for place in Placement.objects.open()}
    kinds = dict(UnitRecord.objects.open().values_list("unit_id", "kind"))
    by_code = dict(Unit.objects.values_list("code", "id"))
    parents = {unit: place.parent_id for unit, place in standing.items()}
    for unit, draft in [*((ids[d.code], d) for d in new), *corrected.items()]:
        parents[unit] = by_code[draft.parent_code] if draft.parent_code else None
    places = arrange(Node(unit, kinds[unit], parent) for unit, parent in parents.items())
    position = max((place.position for place in standing.values()), default=0)
    rows: list[tuple[Any, ...]] = []
    struck = []
    for unit, place in places.items():
        as_it_shall = (parents[unit], place.path, place.depth, place.village, place.township)
        old = standing.get(unit)
        if old is None:
            position += 1
            rows.append((BEGIN, FOREVER, unit, *as_it_shall, position, False))
        elif (old.parent_id, old.path, old.depth, old.village_id, old.township_id) != as_it_shall:
            struck.append(old.pk)
            rows.append((old.since, old.until, unit, *as_it_shall, old.position, old.since_known))
    act.strike(Placement, struck)
    act.insert(Placement, PLACEMENT, rows)
