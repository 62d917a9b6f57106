"""The rulebook of the whole house, floor by floor, and which setting feeds which rule. No Django here: the pages about rules are generated from it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from yumiao.access import delegation_rules, grant_rules, token_rules
from yumiao.access import rules as access
from yumiao.admission import (
    audit_rules,
    cultivation_rules,
    edition_rules,
    form_rules,
    gate_rules,
    inquiry_rules,
    joint_rules,
    order_rules,
    paper_rules,
    review_rules,
)
from yumiao.admission import rules as admission
from yumiao.bylaws import rules as bylaws
from yumiao.bylaws.keys import KEYS, Key, Value
from yumiao.desk.workbook import rules as workbook
from yumiao.ledger import rules as ledger
from yumiao.meetings import rules as meetings
from yumiao.oversight import rules as oversight
from yumiao.people import doubles
from yumiao.people import rules as people
from yumiao.people import statistics_rules as statistics
from yumiao.people import status_rules as status
from yumiao.people import stay_rules as stays
from yumiao.people import transfer_rules as transfers
from yumiao.posts import rules as posts
from yumiao.publicity import rules as publicity
from yumiao.rulebook import Rule, Rulebook
from yumiao.talent import rules as talent
from yumiao.units import change_rules
from yumiao.units import rules as units

FLOORS: Final[Mapping[str, Sequence[Rule]]] = {
    "units": (*units.RULES, *change_rules.CHANGE_RULES),
    "people": (*people.RULES, doubles.IDN_06, *statistics.RULES, *status.RULES, *stays.RULES, *transfers.RULES),
    "meetings": meetings.RULES,
    "publicity": publicity.RULES,
    "admission": (
        *admission.RULES,
        *order_rules.RULES,
        *edition_rules.RULES,
        *paper_rules.RULES,
        *form_rules.RULES,
        *inquiry_rules.RULES,
        *cultivation_rules.RULES,
        *gate_rules.RULES,
        *review_rules.RULES,
        *joint_rules.RULES,
        *audit_rules.RULES,
    ),
    "oversight": oversight.RULES,
    "talent": talent.RULES,
    "posts": posts.RULES,
    "ledger": ledger.RULES,
    "bylaws": bylaws.RULES,
    "access": (*access.RULES, *token_rules.RULES, *delegation_rules.RULES, *grant_rules.RULES),
    "workbook": workbook.RULES,
}
RULEBOOK: Final = Rulebook(rule for rules in FLOORS.values() for rule in rules)

# The rules whose outcome a county moves by a setting today; every other rule stands as it is written.
FED_BY: Final[Mapping[str, tuple[str, ...]]] = {
    "WRN-01": ("bottom.window",),
    "WRN-03": ("guidance.ratio", "young.max_age", "young.tolerance", "leap_birthday_policy"),
    "WRN-04b": ("village.young_stock_min", "young.max_age", "leap_birthday_policy"),
    "WRN-05b": ("grade.township.serious_share", "grade.township.severe_share"),
    "WRN-09": ("bottom.window",),
    "RES-01": ("reserve.ratio", "reserve.count_targets"),
    "RES-03": ("village.activists.min", "village.activists.target", "reserve.count_targets"),
    "PLN-03": (
        "flag.min_full_members", "flag.old_share", "flag.mean_age", "flag.low_education_share", "young.max_age",
        "leap_birthday_policy",
    ),
    "BYL-03": ("leap_birthday_policy",),
    "STP-03": ("applicant.min_months_to_activist",),
    "DEV-06": ("activist.min_months",),
    "DEV-05": ("inspection.every_months",),
    "DEV-09": ("training.min_days", "training.min_hours"),
    "DEV-15": ("approval.soft_months", "approval.hard_months"),
    "DEV-19": ("probation.ext_min", "probation.ext_max"),
    "STP-10": ("political_review.valid_months",),
    "PUB-1": ("publicity.pub1", "publicity.days", "publicity.unit"),
    "PUB-2": ("publicity.pub2", "publicity.days", "publicity.unit"),
    "PUB-3": ("publicity.pub3", "publicity.days", "publicity.unit"),
    "DEV-27": ("joint_review.in_force", "joint_review.bodies"),
    "REV-10": ("joint_review.in_force", "joint_review.bodies"),
    "REV-13": ("joint_review.working_days",),
    "REV-16": ("joint_review.valid_months",),
    "REV-20": ("review.in_force", "review.county_share"),
    "STP-13": ("prereview_to_meeting.months",),
    "MOB-04": ("transfer.valid_days",),
    "MOB-09": ("lost.search_channels",),
    "MOB-08b": ("stay.contact_months",),
}  # fmt: skip


def settings_of(rule: Rule) -> list[Key[Value]]:
    """The settings that feed `rule`, in the order they matter."""
    return [KEYS[name] for name in FED_BY.get(rule.id, ())]


def rules_on(key: str) -> list[Rule]:
    """The rules that the setting `key` feeds, in the order of the rulebook."""
    return [rule for rule in RULEBOOK if key in FED_BY.get(rule.id, ())]
