"""Every list that goes out: what its page asks for, as rows of its resource. The conditions are read as the page reads them.

Must not know: how a file is written, what is asked of whoever takes it out.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from django.http import QueryDict
from django.utils.translation import gettext as _

from yumiao.access.permissions import SIGNED_IN, Permission
from yumiao.access.readers import Reader, tree_of
from yumiao.desk.admissible import lists as admissible
from yumiao.desk.admission_forms import lists as admission_forms
from yumiao.desk.casebook import lists as casebook
from yumiao.desk.dossier import lists as dossier
from yumiao.desk.exports.bylaw_lists import calendar, codes, papers, settings
from yumiao.desk.exports.going import Going, page_of
from yumiao.desk.exports.post_lists import posts, terms
from yumiao.desk.exports.recorded_lists import accounts, entries, readings
from yumiao.desk.exports.registry_lists import doubles, gaps, looks, reforms, successions
from yumiao.desk.faults import lists as faults
from yumiao.desk.file_audits import lists as file_audits
from yumiao.desk.gates import lists as gates
from yumiao.desk.grants import lists as grants
from yumiao.desk.inquiries import lists as inquiries
from yumiao.desk.joint import lists as joint
from yumiao.desk.meetings import lists as meetings
from yumiao.desk.membership import register
from yumiao.desk.packages import lists as packages
from yumiao.desk.people import resources as people_resources
from yumiao.desk.people.filters import Filter
from yumiao.desk.people.lists import asked_of, number_of, unit_of
from yumiao.desk.publicity import lists as publicity
from yumiao.desk.reconciliation import asked as reconciliation
from yumiao.desk.rectification import lists as rectification
from yumiao.desk.reviews import lists as reviews
from yumiao.desk.statistics import resources as statistics_resources
from yumiao.desk.statistics.asked import Asked as StatisticsAsked
from yumiao.desk.statistics.behind import everybody_behind
from yumiao.desk.statistics.page import heading
from yumiao.desk.statistics.places import unit_of as statistics_unit
from yumiao.desk.statistics.reading import GROUPINGS, Subject
from yumiao.desk.stays import lists as stays
from yumiao.desk.transfers import lists as transfers
from yumiao.desk.units import resources as units_resources
from yumiao.desk.units.finding import units_by
from yumiao.kernel.objections import OutOfScope
from yumiao.ledger import resources as ledger_resources
from yumiao.ledger.forms import Asked as LedgerAsked
from yumiao.ledger.issue_pages import Listed
from yumiao.ledger.links import Links
from yumiao.ledger.listing import listed, subtree
from yumiao.ledger.lists import LISTS
from yumiao.ledger.memory import ledger_seen
from yumiao.people.names import plain


def people(reader: Reader, get: QueryDict) -> Going:
    """The list of people; its number is the one the page shows, from memory."""
    asked = Filter.parsed(_said(get))
    wanted, unit = asked_of(reader, asked), unit_of(reader, asked.unit)
    chips = asked.chips(unit.name if unit else "")
    return Going(
        resource=people_resources.RESOURCE,
        title=people_resources.title_of(asked.kind),
        unit=unit or reader.home,
        day=reader.today,
        conditions=[words for words, _url in chips],
        count=number_of(reader, asked, wanted),
        is_of_people=True,
        rows=lambda most: people_resources.rows(wanted, reader.tree, most=most),
        back=asked.url,
    )


def _said(get: QueryDict) -> dict[str, str]:
    """The last value of each parameter."""
    return {name: str(value) for name, value in get.items()}


def statistics_people(reader: Reader, get: QueryDict) -> Going:
    """The people behind a figure whom the reader may see today."""
    asked = StatisticsAsked.parsed(_said(get), reader.today)
    if asked.day is None or asked.subject is Subject.ORGANISATIONS:
        raise OutOfScope("没有这样的统计名单。")
    unit = statistics_unit(reader, asked)
    if unit is None:
        raise OutOfScope("这一天您的管理范围内还没有组织。")
    label, found = everybody_behind(reader, asked, unit)
    by = asked.grouping if len(GROUPINGS[asked.subject]) > 1 else None
    return Going(
        resource=statistics_resources.RESOURCE,
        title=_("%(part)s名单") % {"part": label or _("合计")},
        unit=unit,
        day=asked.day,
        conditions=[heading(asked.subject, asked, by), _("本级") if asked.is_own else _("含下级")],
        count=len(found),
        is_of_people=True,
        rows=lambda most: statistics_resources.rows(found[:most]),
        back=asked.url("statistics_people"),
    )


def units(reader: Reader, get: QueryDict) -> Going:
    q = plain(get.get("q", ""))
    found = units_by(reader, q, Permission.UNIT_READ)
    return Going(
        resource=units_resources.RESOURCE,
        title=_("党组织名册"),
        unit=reader.home,
        day=reader.today,
        conditions=[_("名称或代码含“%(q)s”") % {"q": q}] if q else [],
        count=len(found),
        is_of_people=False,
        rows=lambda most: units_resources.rows(reader, found[:most]),
        back=page_of("units", get),
    )


def ledger_list(reader: Reader, get: QueryDict, name: str) -> Going:
    """One of the lists of the ledger, on the day and within what its address says."""
    asked = LedgerAsked.parsed(get, reader.today)
    if name not in LISTS or asked.day is None:
        raise OutOfScope("没有这样的清单。")
    declared, tree = LISTS[name], tree_of(asked.day, reader.head)
    found = ledger_seen(reader, reader.scope(Permission.LEDGER_READ), asked.day)
    rows = listed(name, found, subtree(tree, asked.unit, reader, asked.day), asked)
    unit = tree.by_code.get(asked.unit) or found.unit
    links = Links.of(reader, asked)
    return Going(
        resource=ledger_resources.resource(declared, asked.day),
        title=str(declared.title),
        unit=unit,
        day=asked.day,
        conditions=[asked.zone] if asked.zone else [],
        count=len(rows),
        is_of_people=False,
        rows=lambda most: ledger_resources.rows([declared.row(one, tree, links) for one in rows[:most]]),
        back=page_of("ledger_list", get, name),
    )


def issues(reader: Reader, get: QueryDict) -> Going:
    found = Listed.of(reader, get).rows
    return Going(
        resource=ledger_resources.ISSUES,
        title=_("一账两单印发登记表"),
        unit=reader.home,
        day=reader.today,
        conditions=[],
        count=len(found),
        is_of_people=False,
        rows=lambda most: ledger_resources.issue_rows(found[:most]),
        back=page_of("issues", get),
    )


@dataclass(frozen=True, slots=True)
class Exportable:
    """A list that goes out: whom its page is for, and whether taking it out asks for a purpose and is kept on record."""

    name: str
    below: str
    need: Permission | str
    going: Callable[..., Going]
    is_on_record: bool = False


EXPORTABLE: Final = (
    Exportable("people_export", "people/", Permission.PERSON_READ, people, is_on_record=True),
    Exportable("statistics_people_export", "statistics/", Permission.PERSON_READ, statistics_people, is_on_record=True),
    Exportable("changes_export", "changes/", Permission.PERSON_READ, register.going, is_on_record=True),
    Exportable("transfers_export", "transfers/", Permission.PERSON_READ, transfers.going, is_on_record=True),
    Exportable("stays_export", "stays/", Permission.PERSON_READ, stays.going, is_on_record=True),
    Exportable("admissible_export", "cases/admissible/", Permission.PERSON_READ, admissible.going, is_on_record=True),
    Exportable("forms_export", "forms/", Permission.CASE_DECIDE, admission_forms.going, is_on_record=True),
    Exportable(
        "edition_move_export", "casebook/editions/<slug:key>/", Permission.CASE_FILE, casebook.going, is_on_record=True
    ),
    Exportable("joint_reviews_export", "joint/", Permission.JOINT_SEND, joint.going),
    Exportable("inquiries_export", "inquiries/", Permission.CASE_RECORD, inquiries.going, is_on_record=True),
    Exportable("file_audits_export", "file-audits/", Permission.FILE_AUDIT, file_audits.going, is_on_record=True),
    Exportable("handovers_export", "handovers/", Permission.HANDOVER_RECORD, packages.going, is_on_record=True),
    Exportable("findings_export", "findings/", Permission.CASE_RECORD, rectification.findings_going, is_on_record=True),
    Exportable("orders_export", "orders/", Permission.CASE_RECORD, rectification.orders_going),
    Exportable("grants_export", "grants/", Permission.SECTION_GRANT, grants.going, is_on_record=True),
    Exportable("gates_export", "gates/", Permission.PERSON_READ, gates.going),
    Exportable("notices_export", "notices/", Permission.PERSON_READ, publicity.notices_going, is_on_record=True),
    Exportable(
        "objections_export", "objections/", Permission.OBJECTION_RECEIVE, publicity.objections_going, is_on_record=True
    ),
    Exportable("reviews_export", "reviews/", Permission.PERSON_READ, reviews.going, is_on_record=True),
    Exportable("cases_export", "cases/", Permission.PERSON_READ, dossier.going, is_on_record=True),
    Exportable("case_faults_export", "cases/faults/", Permission.PERSON_READ, faults.going, is_on_record=True),
    Exportable("meetings_export", "meetings/", Permission.PERSON_READ, meetings.going),
    Exportable("units_export", "units/", Permission.UNIT_READ, units),
    Exportable("terms_export", "terms/", Permission.UNIT_READ, terms),
    Exportable("posts_export", "posts/", Permission.PERSON_READ, posts, is_on_record=True),
    Exportable("reforms_export", "reforms/", Permission.REFORM_PREPARE, reforms),
    Exportable("successions_export", "successions/", Permission.REFORM_PREPARE, successions),
    Exportable("doubles_export", "doubles/", Permission.PERSON_MERGE, doubles, is_on_record=True),
    Exportable("gaps_export", "gaps/", Permission.PERSON_READ, gaps),
    Exportable("person_looks_export", "people/<uuid:uid>/looks/", SIGNED_IN, looks, is_on_record=True),
    Exportable("calendar_export", "calendar/", Permission.BYLAW_READ, calendar),
    Exportable("codes_export", "codes/", Permission.BYLAW_READ, codes),
    Exportable("ledger_list_export", "ledger/<slug:name>/", Permission.LEDGER_READ, ledger_list),
    Exportable("issues_export", "issues/", Permission.LEDGER_READ, issues),
    Exportable("papers_export", "papers/", Permission.BYLAW_READ, papers),
    Exportable("settings_export", "settings/", Permission.BYLAW_READ, settings),
    Exportable(
        "reconciliation_export",
        "reconciliation/<uuid:uid>/",
        Permission.WORKBOOK_IMPORT,
        reconciliation.going,
        is_on_record=True,
    ),
    Exportable("accounts_export", "accounts/", Permission.ACCOUNT_READ, accounts, is_on_record=True),
    Exportable("journal_export", "journal/", Permission.JOURNAL_READ, entries, is_on_record=True),
    Exportable("readings_export", "readings/", Permission.JOURNAL_READ, readings, is_on_record=True),
)
