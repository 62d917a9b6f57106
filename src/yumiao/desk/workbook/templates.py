"""Workbooks to fill in: blank with the codes of a unit's reach to choose from, or with what is known already.

What is filled in imports again without a change. It must not know requests, nor who may have which sheets.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Final

from yumiao import __version__
from yumiao.admission.columns import CASES
from yumiao.desk.workbook.checking import FORMS
from yumiao.desk.workbook.exporting import County, Values
from yumiao.desk.workbook.reach import Reach
from yumiao.journal.acts import Actor
from yumiao.journal.readings import What, record_reading
from yumiao.ledger.columns import PLANS
from yumiao.people.columns import MEMBERS
from yumiao.people.stay_columns import STAYS
from yumiao.posts.columns import POSTS
from yumiao.sheets.columns import Form
from yumiao.sheets.writing import Filling, Lookup, write_template
from yumiao.talent.columns import TALENTS
from yumiao.units.columns import UNITS
from yumiao.units.queries import UnitOnDay
from yumiao.units.rules import Form as UnitForm

NAMELESS: Final = (UNITS, PLANS)
"""Sheets in which nobody is named."""

_LOOKUP_HEADERS: Final = ("组织代码", "组织名称", "组织类别")
_ROWS: Final[Mapping[str, Callable[[County], Iterable[Values]]]] = {
    UNITS.title: County.units,
    MEMBERS.title: County.members,
    CASES.title: County.cases,
    TALENTS.title: County.talents,
    PLANS.title: County.plans,
    POSTS.title: County.posts,
    STAYS.title: County.stays,
}


def forms_of(titles: Iterable[str]) -> tuple[Form, ...]:
    """The forms of these titles, in the order of the workbook; all of them where none is meant."""
    wanted = set(titles)
    return tuple(form for form in FORMS if form.title in wanted) or FORMS


def write_blank(target: Path, forms: Sequence[Form], *, units: Sequence[UnitOnDay], day: date) -> None:
    """A blank template whose codes can be chosen from `units`."""
    choices, lookup = _codes(units)
    filling = Filling(choices=choices, lookup=lookup)
    write_template(target, forms, version=__version__, created_on=day, filling=filling)


def write_without_names(target: Path, forms: Sequence[Form], *, units: Sequence[UnitOnDay], day: date) -> None:
    """The same with what is known of the units themselves and their plans."""
    assert set(forms) <= set(NAMELESS)
    _write(target, forms, County(frozenset(unit.id for unit in units)), units, day)


def write_with_people(
    target: Path,
    forms: Sequence[Form],
    *,
    units: Sequence[UnitOnDay],
    reach: Reach,
    day: date,
    actor: Actor,
    purpose: str,
) -> int:
    """The same with everybody known at `units` (the first of them names the reading), whole numbers included.

    The reading is recorded before the file appears. Returns the number of persons.
    """
    county = County(frozenset(unit.id for unit in units), reach)
    count = len(county.people)
    record_reading(What.TEMPLATE, actor=actor, subject_kind="unit", subject=units[0].uid, count=count, purpose=purpose)
    _write(target, forms, county, units, day)
    return count


def _write(target: Path, forms: Sequence[Form], county: County, units: Sequence[UnitOnDay], day: date) -> None:
    choices, lookup = _codes(units)
    rows = {form.title: _ROWS[form.title](county) for form in forms}
    write_template(
        target, forms, version=__version__, created_on=day, filling=Filling(rows=rows, choices=choices, lookup=lookup)
    )


def _codes(units: Sequence[UnitOnDay]) -> tuple[dict[str, tuple[str, ...]], Lookup]:
    """What can be chosen in each column of codes: people stand at branches, plans and subordination at any unit."""
    everything = tuple(unit.code for unit in units)
    branches = tuple(unit.code for unit in units if unit.kind.form is UnitForm.BRANCH)
    choices = {"parent": everything, "unit": everything, "branch": branches, "admitted_at": branches}
    return choices, Lookup(_LOOKUP_HEADERS, [(unit.code, unit.name, unit.kind.label) for unit in units])
