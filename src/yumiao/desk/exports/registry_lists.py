"""What the registry is kept in order by, as it goes out: reforms with who carries on whom, people entered twice, what records lack.

Must not know: how a file is written.
"""

from __future__ import annotations

import uuid

from django.http import QueryDict
from django.utils.translation import gettext as _

from yumiao.access.permissions import Permission
from yumiao.access.readers import Reader
from yumiao.desk.doubles import resources as doubles_resources
from yumiao.desk.doubles.queue import asked_ground, decisions, queue
from yumiao.desk.exports.going import Going, page_of
from yumiao.desk.people import looks as people_looks
from yumiao.desk.people.lists import unit_of
from yumiao.desk.records import resources as records_resources
from yumiao.desk.records.lacking import lacking
from yumiao.desk.reforms import resources as reforms_resources
from yumiao.desk.reforms.queries import carried_out, reform_of
from yumiao.desk.reforms.successions import links_of
from yumiao.kernel.objections import OutOfScope
from yumiao.ui.addresses import reverse


def reforms(reader: Reader, get: QueryDict) -> Going:
    found = carried_out(reader)
    return Going(
        resource=reforms_resources.REFORMS,
        title=reforms_resources.REFORMS.title,
        unit=reader.home,
        day=reader.today,
        conditions=[],
        count=len(found),
        is_of_people=False,
        rows=lambda most: reforms_resources.reform_values(found[:most]),
        back=page_of("reforms", get),
    )


def successions(reader: Reader, get: QueryDict) -> Going:
    """Of one reform that stands, where the address names it, else of all."""
    said = get.get("reform", "")
    seq = int(said) if said.isascii() and said.isdigit() and len(said) <= len("9999999") else None
    one = reform_of(seq, reader) if seq is not None else None
    if said and one is None:
        raise OutOfScope("没有找到这次组织变更。")
    found = links_of(reader.tree, reader.scope(Permission.REFORM_PREPARE), seq)
    return Going(
        resource=reforms_resources.SUCCESSIONS,
        title=reforms_resources.SUCCESSIONS.title,
        unit=reader.home,
        day=reader.today,
        conditions=[one.title] if one else [],
        count=len(found),
        is_of_people=False,
        rows=lambda most: reforms_resources.succession_values(found[:most]),
        back=reverse("reform_done", args=[one.seq]) if one else reverse("reforms"),
    )


def doubles(reader: Reader, get: QueryDict) -> Going:
    """The queue as its tab shows it; under `decided` what was decided."""
    if get.get("ground") == "decided":
        return _decided(reader, get)
    unit = unit_of(reader, get.get("unit", ""))
    ground, pairs = asked_ground(get.get("ground", "")), queue(reader, unit)
    found = [pair for pair in pairs if ground in (None, pair.ground)]
    return Going(
        resource=doubles_resources.PAIRS,
        title=doubles_resources.PAIRS.title,
        unit=unit or reader.home,
        day=reader.today,
        conditions=[_(ground.label)] if ground else [],
        count=len(found),
        is_of_people=True,
        rows=lambda most: doubles_resources.pair_values(reader, found[:most]),
        back=page_of("doubles", get),
        people_a_row=2,
    )


def _decided(reader: Reader, get: QueryDict) -> Going:
    found = decisions(reader)
    return Going(
        resource=doubles_resources.DECISIONS,
        title=doubles_resources.DECISIONS.title,
        unit=reader.home,
        day=reader.today,
        conditions=[_("已判定")],
        count=len(found),
        is_of_people=True,
        rows=lambda most: doubles_resources.decision_values(found[:most]),
        back=page_of("doubles", get),
    )


def gaps(reader: Reader, get: QueryDict) -> Going:
    found = lacking(reader, get.get("unit", ""))
    return Going(
        resource=records_resources.GAPS,
        title=records_resources.GAPS.title,
        unit=found.unit or reader.home,
        day=reader.today,
        conditions=[],
        count=len(found.counts),
        is_of_people=False,
        rows=lambda most: records_resources.gap_values(found)[:most],
        back=page_of("gaps", get),
    )


def looks(reader: Reader, get: QueryDict, uid: uuid.UUID) -> Going:
    """Who looked at one person, for himself and for who reads the record there."""
    found = people_looks.looked_at(reader, uid)
    is_lists = get.get("of") == "lists"
    rows = (people_looks.of_lists(found, reader) if is_lists else people_looks.of_person(found)).order_by("-id")
    return Going(
        resource=people_looks.RESOURCE,
        title=_("%(name)s的资料查阅记录") % {"name": found.name},
        unit=found.unit,
        day=reader.today,
        conditions=[_("可能含有本人的名单")] if is_lists else [_("看过本人资料的")],
        count=rows.count(),
        is_of_people=False,
        rows=lambda most: people_looks.values_of(people_looks.shown(rows[:most], reader, found)),
        back=page_of("person_looks", get, str(uid)),
    )
