"""What the database holds of a county, without its ids: to compare two imports by what they say and not by how they are numbered."""

from __future__ import annotations

import json
from collections import defaultdict
from datetime import date
from typing import Any

from tests.desk.county_cells import TODAY, County
from yumiao.admission.models import Case, CaseEnd, StepRecord
from yumiao.desk.workbook.checking import Checked
from yumiao.desk.workbook.importing import Result, import_workbook, preview
from yumiao.journal.acts import Actor
from yumiao.journal.facts import kinds
from yumiao.journal.models import Entry, ImportedRow
from yumiao.ledger.models import Quota
from yumiao.people.models import Attribution, Belonging, Membership, PersonRecord, Statement, Tie
from yumiao.people.queries import whole_numbers
from yumiao.talent.models import Talent
from yumiao.units.queries import standing

CLERK = Actor(uid=None, label="青岚县委组织部 韦小禾")
RECORD = ("since", "until", "name", "sex", "born_on", "birth_number", "ethnicity", "education", "occupation")
MEMBERSHIP = (
    "cycle", "membership_on", "approval", "approved_on", "probation_start_on", "full_member_on",
    "confirmation_stated_on", "ended_on", "age_years",
)  # fmt: skip

Place = tuple[str, int, str, str]
Facts = dict[str, Any]


def take(county: County, *, today: date = TODAY, accept: bool = False) -> Result:
    """Import the county."""
    return import_workbook(county.workbook(), today=today, actor=CLERK, accept_good_rows=accept)


def taken(county: County, *, today: date = TODAY) -> Result:
    """Import a county in which nothing is refused and something is new."""
    result = take(county, today=today)
    assert (faults(result.checked), result.written) == ([], True)
    return result


def look(county: County, *, today: date = TODAY) -> Checked:
    return preview(county.workbook(), today=today)


def faults(checked: Checked) -> list[Place]:
    return [(note.sheet, note.row, note.column, note.rule) for note in checked.faults]


def warnings(checked: Checked) -> list[Place]:
    return [(note.sheet, note.row, note.column, note.rule) for note in checked.warnings]


def refused(county: County, *, today: date = TODAY) -> list[Place]:
    return faults(look(county, today=today))


def warned(county: County, *, today: date = TODAY) -> list[Place]:
    """The warnings of a county in which nothing is refused."""
    checked = look(county, today=today)
    assert faults(checked) == []
    return warnings(checked)


def counts(checked: Checked, title: str) -> tuple[int, int, int, int]:
    """New, changed, unchanged, refused."""
    found = checked.sheets[title].counts
    return found["new"], found["changed"], found["unchanged"], found["refused"]


def row_counts() -> dict[str, int]:
    """How many rows each table holds, struck ones included."""
    return {model.__name__: model._default_manager.count() for model in kinds()}


def imported_rows() -> list[tuple[str, int, str, str]]:
    """What the last entry says of the rows of the file."""
    last = Entry.objects.order_by("-seq").values_list("seq", flat=True)[0]
    rows = ImportedRow.objects.filter(entered=last).order_by("id").values_list("sheet", "row", "kind", "outcome")
    return list(rows)


def last_data() -> dict[str, Any]:
    data: dict[str, Any] = json.loads(Entry.objects.latest("seq").data)
    return data


def struck(model: Any) -> int:
    """How many rows of a table were taken back."""
    return int(model.objects.count() - model.objects.alive().count())


def unit_facts() -> Facts:
    """By code: name, kind, and the codes of parent, village and township, with the own zone."""
    tree = standing()

    def code(unit: int | None) -> str | None:
        return tree.by_id[unit].code if unit is not None else None

    return {
        unit.code: (
            unit.name, unit.kind.label, code(unit.parent), code(unit.village), code(unit.township), unit.own_zone,
        )
        for unit in tree
    }  # fmt: skip


def numbers() -> dict[int, str]:
    """Identity numbers by person."""
    return {person: kinds["identity"] for person, kinds in whole_numbers().items()}


def people_facts() -> dict[str, Facts]:
    """Everything alive, by identity number."""
    number = numbers()
    codes = {unit.id: unit.code for unit in standing()}
    found: dict[str, Facts] = defaultdict(lambda: defaultdict(list))

    def put(name: str, person: int, fact: Any) -> None:
        found[number[person]][name].append(fact)

    for person, by_kind in whole_numbers().items():
        for kind_and_number in by_kind.items():
            put("numbers", person, kind_and_number)
    for person, *fact in PersonRecord.objects.alive().values_list("person_id", *RECORD):
        put("record", person, tuple(fact))
    for person, *fact in Statement.objects.alive().values_list("person_id", "field", "value", "reason"):
        put("statements", person, tuple(fact))
    for person, unit, *fact in Belonging.objects.alive().values_list(
        "person_id", "unit_id", "since", "until", "since_known"
    ):
        put("belonging", person, (codes[unit], *fact))
    for person, *fact in Membership.objects.alive().values_list("person_id", *MEMBERSHIP):
        put("membership", person, tuple(fact))
    for person, unit, *fact in Attribution.objects.alive().values_list(
        "person_id", "unit_id", "since", "until", "reason"
    ):
        put("attribution", person, (codes[unit], *fact))
    for person, other, *fact in Tie.objects.alive().values_list(
        "person_id", "other_id", "other_text", "kind", "position", "since"
    ):
        put("ties", person, (number.get(other, ""), *fact))
    case_of = dict(Case.objects.values_list("id", "person_id"))
    for case, *fact in StepRecord.objects.alive().values_list("case_id", "step", "held_on"):
        put("steps", case_of[case], tuple(fact))
    for case, *fact in CaseEnd.objects.alive().values_list("case_id", "ended_on", "how"):
        put("ends", case_of[case], tuple(fact))
    for person, *fact in Talent.objects.alive().values_list("person_id", "category", "since", "until"):
        put("talents", person, tuple(fact))
    return {who: {name: sorted(facts, key=repr) for name, facts in all_.items()} for who, all_ in found.items()}


def quota_facts() -> set[tuple[Any, ...]]:
    codes = {unit.id: unit.code for unit in standing()}
    rows = Quota.objects.alive().values_list("unit_id", "year", "planned", "young", "women", "college")
    return {(codes[unit], *rest) for unit, *rest in rows}


def all_facts() -> tuple[Facts, dict[str, Facts], set[tuple[Any, ...]]]:
    return unit_facts(), people_facts(), quota_facts()
