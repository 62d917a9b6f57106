"""What the home of a county or a township shows, as one value kept in memory for the head of the chain.

Must not know: requests, templates. Whose home it is, is said by the unit and the links.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import ClassVar, Final

from markupsafe import Markup

from yumiao.access.readers import tree_of
from yumiao.desk.home import drawings, figures
from yumiao.desk.home.drawings import AgeBand, Part
from yumiao.desk.home.duties import RefusedRows, duties_of, probation_duties, refused_rows_duty, young_short
from yumiao.desk.home.figures import Cultivated, Structure, YearFigures
from yumiao.desk.home.links import Links
from yumiao.desk.home.stats import Stat, stats_of
from yumiao.desk.inquiries.duties import inquiry_duties
from yumiao.desk.meetings.duties import meeting_duties
from yumiao.desk.membership.duties import term_duties
from yumiao.desk.posts.duties import post_duties
from yumiao.desk.reforms.duties import reform_duties
from yumiao.desk.stays.duties import stay_duties
from yumiao.desk.stays.lists import contact_months
from yumiao.desk.transfers.duties import transfer_duties
from yumiao.journal.chain import Head
from yumiao.journal.memory import remembered
from yumiao.journal.models import Entry
from yumiao.journal.verbs import Verb
from yumiao.kernel.duties import Deadlines, Duty, by_deadline
from yumiao.kernel.shares import Share
from yumiao.ledger import states
from yumiao.ledger.figures import Ledger, Township, Village
from yumiao.ledger.memory import ledger_of, sums_of
from yumiao.ledger.rules import Bottom
from yumiao.ledger.states import State
from yumiao.ui.addresses import reverse
from yumiao.units.queries import Tree, UnitOnDay
from yumiao.units.rules import Sector

# Parts of the page that can be shown as a table, by their name in the address.
TABLES: Final = ("map", "plan", "years", "members")


@dataclass(frozen=True)
class Overview:
    """Figures, duties and charts of one subtree. Without the right to see people: no structure, no names, no links to people."""

    unit: UnitOnDay
    links: Links
    ledger: Ledger
    years: tuple[YearFigures, ...]
    structure: Structure | None
    cultivated: tuple[Cultivated, ...]
    deadlines: Deadlines
    stats: tuple[Stat, ...]
    bands: tuple[AgeBand, ...] = ()
    schoolings: tuple[Part, ...] = ()
    charts: dict[str, Markup] = field(default_factory=dict)

    short_name: ClassVar = staticmethod(drawings.short_name)
    tone_of: ClassVar = staticmethod(drawings.tone_of)
    young_short: ClassVar = staticmethod(young_short)
    share: ClassVar = Share

    @property
    def duty_count(self) -> int:
        return sum(map(len, (self.deadlines.overdue, self.deadlines.this_week, self.deadlines.later)))

    @property
    def is_empty(self) -> bool:
        """Nothing has been registered below: no village and nobody."""
        return not self.ledger.villages and not self.ledger.total.members

    @property
    def is_township(self) -> bool:
        return self.unit.kind.sector is Sector.TOWNSHIP

    @property
    def village(self) -> Village | None:
        """The village itself, where the home is that of a village."""
        return next((one for one in self.ledger.villages if one.unit.id == self.unit.id), None)

    @property
    def signs(self) -> dict[str, State]:
        """Which sign stands before each verdict of the village."""
        if (village := self.village) is None:
            return {}
        return {
            "bottom": states.of_bottom(village.bottom),
            "warned": states.of_warned(village.warned),
            "low_young": states.of_low_young(village.is_low_young),
            "band": states.of_band(village.band),
        }

    @property
    def below_guidance(self) -> list[Township]:
        """The smallest share first."""
        found = [one for one in self.ledger.townships if one.guidance_met is False]
        return sorted(found, key=lambda one: (Fraction(one.young_share.part, one.young_share.whole), one.unit.path))

    @property
    def breach_at_risk(self) -> list[Village]:
        return [one for one in self.ledger.bottom_line_at_risk if one.bottom is Bottom.BREACH]


def overview(unit: UnitOnDay, links: Links, day: date, head: Head, *, reads_journal: bool) -> Overview:
    """The home of `unit` on `day` as the record stands at `head`."""
    key = (day, unit.id, links, reads_journal)
    return remembered("home", head, *key, make=lambda: _made(unit, links, day, head, reads_journal))


def _of_the_registers(unit: UnitOnDay, tree: Tree, day: date, head: Head) -> list[Duty]:
    """What transfers, terms, inquiries, stays and meetings leave to be done."""
    found = transfer_duties(unit, tree, day) + term_duties(unit, tree, day) + inquiry_duties(unit, tree, day)
    return found + stay_duties(unit, tree, day, contact_months(day, head)) + meeting_duties(unit, tree, day)


def _made(unit: UnitOnDay, links: Links, day: date, head: Head, reads_journal: bool) -> Overview:
    ledger = ledger_of(day, head, None if unit.parent is None else unit.subtree)
    within, settings = unit.subtree, ledger.settings
    is_small = unit.parent is not None and unit.kind.sector is not Sector.TOWNSHIP
    years = figures.trend(day, within, settings) if ledger.villages and not is_small else ()
    structure = figures.structure(day, within, settings) if links.names_people and not is_small else None
    duties = duties_of(ledger, links)
    if links.names_people and unit.parent is not None:
        duties += probation_duties(figures.probations_ending(day, within), tree_of(day, head), links)
    duties += post_duties(unit, tree_of(day, head), sums_of(day, head), day, names_people=links.names_people)
    if ledger.townships:
        duties += reform_duties(unit, tree_of(day, head), day)
    if links.names_people:
        duties += _of_the_registers(unit, tree_of(day, head), day, head)
    if reads_journal and (refused := _refused_rows()):
        duties.append(refused_rows_duty(refused, day))
    bands = drawings.age_bands(structure, links) if structure else ()
    schoolings = drawings.schoolings(structure, links) if structure else ()
    charts: dict[str, Markup] = {}
    if years:
        charts["meter"] = drawings.meter(ledger, links)
        charts["map"] = drawings.tiles(ledger, links)
        charts["plan"] = drawings.plans(ledger, links)
        charts["years"] = drawings.years_chart(years, ledger, links)
    if structure and structure.total:
        charts |= {"ages": drawings.pyramid(bands), "schoolings": drawings.schooling_bar(schoolings)}
    return Overview(
        unit,
        links,
        ledger,
        years,
        structure,
        figures.cultivated(day, within) if links.names_people and is_small else (),
        by_deadline(duties, day),
        stats_of(ledger, links) if years else (),
        bands,
        schoolings,
        charts,
    )


def _refused_rows() -> RefusedRows | None:
    """Of the latest import that was not taken back, if it refused any."""
    standing = Entry.objects.filter(verb=Verb.WORKBOOK_IMPORTED).exclude(
        seq__in=Entry.objects.exclude(undoes=None).values("undoes")
    )
    latest = standing.order_by("-seq").values_list("seq", "data", "actor_label").first()
    if latest is None:
        return None
    seq, data, importer = latest
    refused = sum(counts.get("refused", 0) for counts in json.loads(data).get("sheets", {}).values())
    return RefusedRows(refused, importer, reverse("entry", args=[seq])) if refused else None
