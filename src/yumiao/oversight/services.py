"""What writes findings, orders and referrals. Within an open act; who may and whether it is lawful was answered before."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db.models import Max

from yumiao.journal.acts import Act
from yumiao.journal.bulk import new_ids
from yumiao.oversight.models import (
    Finding,
    FindingRecord,
    Order,
    OrderEvent,
    OrderFinding,
    OrderPaper,
    OrderRecord,
    Referral,
)

FINDING: Final = ("id", "uid", "unit_id", "person_id", "source")
RECORD: Final = ("finding_id", "found_on", "step", "slot", "rule", "grade", "text")
ORDER: Final = ("id", "uid", "unit_id", "issuer_id", "year", "serial")
ORDER_RECORD: Final = ("order_id", "issued_on", "due_on", "extended_to", "extension_reason", "text")
EVENT: Final = ("order_id", "what", "happened_on", "note")
REFERRAL: Final = (
    "uid", "finding_id", "referred_on", "body", "people", "reason", "document", "outcome", "closed_on",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingDraft:
    """A finding as somebody writes it down. `grade`: irregular or principle; `rule`: an id of the rulebook, empty where none says it."""

    grade: str
    text: str
    step: int | None = None
    slot: str = ""
    rule: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderDraft:
    """An order to be issued by one unit to another over findings."""

    unit: int
    issuer: int
    issued_on: date
    due_on: date
    findings: Sequence[int]
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferralDraft:
    """A finding handed to whoever decides on answering for it."""

    referred_on: date
    body: str
    people: str
    reason: str
    document: str = ""


def record_finding(
    act: Act, draft: FindingDraft, *, unit: int, person: int | None, source: str, found_on: date
) -> tuple[int, uuid.UUID]:
    """Write a finding down. Returns its id and its uid."""
    (pk,), uid = new_ids(Finding, 1), uuid.uuid4()
    act.insert(Finding, FINDING, [(pk, uid, unit, person, source)])
    act.insert(FindingRecord, RECORD, [(pk, found_on, draft.step, draft.slot, draft.rule, draft.grade, draft.text)])
    return pk, uid


def take_back_finding(act: Act, finding: int) -> None:
    """Let a finding count for nothing."""
    act.strike(FindingRecord, FindingRecord.objects.alive().filter(finding=finding).values_list("pk", flat=True))


def issue_order(act: Act, draft: OrderDraft) -> uuid.UUID:
    """Write an order under the next number of its issuer: it is taken under the chain's lock, so none is given twice. Returns its uid."""
    (pk,), uid, year = new_ids(Order, 1), uuid.uuid4(), draft.issued_on.year
    taken = Order.objects.filter(issuer=draft.issuer, year=year).aggregate(last=Max("serial"))["last"]
    act.insert(Order, ORDER, [(pk, uid, draft.unit, draft.issuer, year, (taken or 0) + 1)])
    act.insert(OrderRecord, ORDER_RECORD, [(pk, draft.issued_on, draft.due_on, None, "", draft.text)])
    act.insert(OrderFinding, ("order_id", "finding_id"), [(pk, one) for one in draft.findings])
    return uid


def extend_order(act: Act, record: OrderRecord, extended_to: date, reason: str) -> None:
    """Let an order run longer."""
    act.strike(OrderRecord, [record.pk])
    row = (record.order_id, record.issued_on, record.due_on, extended_to, reason, record.text)
    act.insert(OrderRecord, ORDER_RECORD, [row])


def follow_order(act: Act, order: int, what: str, on: date, note: str) -> None:
    """Write down what became of an order."""
    act.insert(OrderEvent, EVENT, [(order, what, on, note)])


def add_paper(act: Act, order: int, scan: int, title: str) -> None:
    """A scan handed in with what was put right."""
    (pk,) = new_ids(OrderPaper, 1)
    act.insert(OrderPaper, ("id", "order_id", "scan_id", "title"), [(pk, order, scan, title)])


def take_back_order(act: Act, order: int) -> None:
    """Let an order count for nothing: its findings are open again, its number stays taken."""
    act.strike(OrderRecord, OrderRecord.objects.alive().filter(order=order).values_list("pk", flat=True))
    act.strike(OrderFinding, OrderFinding.objects.alive().filter(order=order).values_list("pk", flat=True))


def refer(act: Act, finding: int, draft: ReferralDraft) -> uuid.UUID:
    """Write down that a finding was handed over. Returns the referral's uid."""
    uid = uuid.uuid4()
    row = (uid, finding, draft.referred_on, draft.body, draft.people, draft.reason, draft.document, "", None)
    act.insert(Referral, REFERRAL, [row])
    return uid


def close_referral(act: Act, one: Referral, outcome: str, closed_on: date) -> None:
    """Write down what became of it, as the other body wrote."""
    act.strike(Referral, [one.pk])
    row = (
        one.uid, one.finding_id, one.referred_on, one.body, one.people, one.reason, one.document, outcome, closed_on,
    )  # fmt: skip
    act.insert(Referral, REFERRAL, [row])
