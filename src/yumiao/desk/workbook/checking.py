"""From a workbook as read to a proposal with its faults and warnings. Reads the county, writes nothing."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from yumiao.admission.columns import CASES
from yumiao.desk.workbook.checks.cultivation import check_cases, check_talents, tie_all
from yumiao.desk.workbook.checks.members import check_members
from yumiao.desk.workbook.checks.people import People
from yumiao.desk.workbook.checks.plans import check_plans
from yumiao.desk.workbook.checks.posts import check_posts
from yumiao.desk.workbook.checks.stays import check_stays
from yumiao.desk.workbook.checks.units import check_units
from yumiao.desk.workbook.known import Known
from yumiao.desk.workbook.notes import Note, SheetNotes
from yumiao.desk.workbook.proposal import Proposal
from yumiao.desk.workbook.reach import Reach
from yumiao.kernel.identity import scrub
from yumiao.kernel.scope import Scope
from yumiao.ledger.columns import PLANS
from yumiao.people.columns import MEMBERS
from yumiao.people.stay_columns import STAYS
from yumiao.posts.columns import POSTS
from yumiao.sheets.columns import Form
from yumiao.sheets.parsing import Parsed, parse
from yumiao.sheets.reading import Workbook
from yumiao.sheets.writing import OWN_TITLES
from yumiao.talent.columns import TALENTS
from yumiao.units.columns import UNITS

FORMS = (UNITS, MEMBERS, CASES, TALENTS, PLANS, POSTS, STAYS)
OwnNames = Mapping[str, Mapping[str, str]]
"""By title of the form: squeezed header -> key of the column it is read as, empty for none."""


def column_label(title: str, key: str) -> str:
    """The header of a column; its key where the form does not know it."""
    return next(
        (column.header for form in FORMS if form.title == title for column in form.columns if column.key == key), key
    )


@dataclass(frozen=True, slots=True)
class Incoming:
    """A workbook with its sheets parsed: what does not depend on what the county knows."""

    workbook: Workbook
    parsed: dict[str, Parsed]

    @classmethod
    def of(cls, workbook: Workbook, names: OwnNames | None = None) -> Incoming:
        """Parse every sheet; `names` are the sender's own names of columns."""
        sheets, own = workbook.sheets, names or {}
        present = [form for form in FORMS if form.title in sheets]
        return cls(workbook, {form.title: parse(form, sheets[form.title], own.get(form.title)) for form in present})

    @property
    def row_count(self) -> int:
        return sum(len(parsed.rows) for parsed in self.parsed.values())


@dataclass(frozen=True, slots=True)
class Checked:
    """What the checks found, made from the county as it stood at `known.head`."""

    known: Known
    proposal: Proposal
    sheets: dict[str, SheetNotes]
    strange_sheets: list[Note]

    @property
    def faults(self) -> list[Note]:
        return sorted(note for notes in self.sheets.values() for note in notes.faults)

    @property
    def warnings(self) -> list[Note]:
        return sorted([*self.strange_sheets, *(note for notes in self.sheets.values() for note in notes.warnings)])

    @property
    def counts(self) -> dict[str, dict[str, int]]:
        """By sheet: new, changed, unchanged, refused."""
        return {title: notes.counts for title, notes in self.sheets.items()}

    @property
    def units_unreadable(self) -> bool:
        """The 组织 sheet lacks a required column: nothing else of the workbook can be judged."""
        notes = self.sheets.get(UNITS.title)
        return notes is not None and bool(notes.parsed.header_faults)


def check(
    incoming: Incoming,
    known: Known,
    *,
    today: date,
    within: Scope | None = None,
    progress: Callable[[int], None] = lambda _: None,
) -> Checked:
    """Check every sheet in its order: 组织, 党员, 发展培养, 人才库, 发展计划, 任职, 流动党员; `today` is the day of import.

    Rows that concern units or persons outside `within` are refused. `progress` is told how many rows are done, sheet by sheet.
    When the 组织 sheet itself cannot be read, the others are not judged.
    """
    sheets = {
        form.title: SheetNotes(index, form, incoming.workbook.sheets[form.title], incoming.parsed[form.title])
        for index, form in enumerate(FORMS)
        if form.title in incoming.parsed
    }
    proposal = Proposal()
    found = Checked(known, proposal, sheets, _strange_sheets(incoming.workbook))
    if found.units_unreadable:
        return found  # without its units nobody's branch can be judged: one fault says more than ten thousand
    reach = Reach.of(known.tree, within)
    if (units := sheets.get(UNITS.title)) is not None:
        check_units(units, known, proposal, reach)
    progress(_rows(sheets, UNITS))
    people = People(known, proposal, today, reach)
    if (members := sheets.get(MEMBERS.title)) is not None:
        check_members(members, people)
    progress(_rows(sheets, UNITS, MEMBERS))
    cases = check_cases(sheets[CASES.title], people) if CASES.title in sheets else []
    talents = check_talents(sheets[TALENTS.title], people) if TALENTS.title in sheets else []
    tie_all([*cases, *talents])
    progress(_rows(sheets, UNITS, MEMBERS, CASES, TALENTS))
    for form, check_rows in ((PLANS, check_plans), (POSTS, check_posts), (STAYS, check_stays)):
        if form.title in sheets:
            check_rows(sheets[form.title], people)
    progress(_rows(sheets, *FORMS))
    return found


def _rows(sheets: dict[str, SheetNotes], *forms: Form) -> int:
    return sum(len(sheets[form.title].rows) for form in forms if form.title in sheets)


def _strange_sheets(workbook: Workbook) -> list[Note]:
    usual = {form.title for form in FORMS} | OWN_TITLES
    return [
        Note((len(FORMS), 1, index), scrub(title), 1, "", "WBK-11", f"不认识的表“{scrub(title)}”，已忽略")
        for index, title in enumerate(workbook.sheets)
        if title not in usual
    ]
