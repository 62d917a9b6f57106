"""Somebody who acts, and a county whose every table holds rows: imported, corrected, read."""

from __future__ import annotations

import uuid
from datetime import date

import pytest


@pytest.fixture
def clerk():
    from yumiao.journal.acts import Actor

    return Actor(uid=None, label="青岚县委组织部 韦小禾")


@pytest.fixture
def lived_in_county(clerk) -> None:
    """Ten entries, three readings; facts that were struck; at least one row in every table of the house."""
    from tests.journal.dossier_rows import put_dossier
    from tests.journal.review_rows import put_reviews
    from tests.journal.small_county import DAY, as_workbook, cells, corrected
    from tests.ledger.rows import put
    from yumiao.access.delegations import DELEGATION
    from yumiao.access.models import Account, Appointment, Delegation, Token
    from yumiao.bylaws.models import HeaderName
    from yumiao.bylaws.naming import HEADER_NAME
    from yumiao.bylaws.services import change_setting, record_days_off, record_paper
    from yumiao.desk.workbook.importing import import_workbook
    from yumiao.journal.acts import act
    from yumiao.journal.readings import What, record_reading
    from yumiao.journal.verbs import Verb
    from yumiao.kernel.periods import FOREVER
    from yumiao.ledger.issuing import issue
    from yumiao.people.models import KeptApart, MembershipState, Merged, Person
    from yumiao.people.movements import StatusChange, Transfer, TransferState
    from yumiao.people.search_log import record_search
    from yumiao.people.status_services import STATUS_CHANGE
    from yumiao.people.stay_services import StayDraft, begin_stay, record_contact
    from yumiao.people.transfer_services import Draft, begin_transfer, reach
    from yumiao.posts.models import Post, Term
    from yumiao.units.models import Reform, Succession, Unit

    for sheets in (cells(), corrected()):
        assert import_workbook(as_workbook(sheets), today=DAY, actor=clerk).written
    record_paper(
        number="青组发〔2026〕3号",
        issuing_body="县委组织部",
        title="关于年龄界限的通知",
        in_force_from=date(2026, 1, 1),
        actor=clerk,
    )
    for value in ("40", "41"):
        change_setting(
            key="young.max_age",
            value=value,
            since=DAY,
            paper_number="青组发〔2026〕3号",
            reason="按通知调整",
            actor=clerk,
            today=DAY,
        )
    for name in ("县庆", "县庆日"):
        record_days_off(days=[(date(2026, 12, 1), False, name)], source="县政府通知", whole_year=2026, actor=clerk)
    with act(Verb.PREPARED, actor=clerk) as current:
        person = Person.objects.order_by("id")[0].pk
        current.insert(
            MembershipState, ("since", "until", "person_id", "cycle", "state"), [(DAY, FOREVER, person, 1, "suspended")]
        )
        account = Account.objects.create(username="weixh", display_name="韦小禾", password="!")
        post = (DAY, FOREVER, account.pk, "auditor", Unit.objects.order_by("id")[0].pk)
        root = Unit.objects.order_by("id")[0].pk
        current.insert(HeaderName, HEADER_NAME, [(uuid.UUID(int=7, version=4), root, "党员", "证件编码", "number")])
        token = (uuid.UUID(int=8, version=4), account.pk, root, "驾驶舱", "unit:read", DAY, date(2027, 1, 1))
        current.insert(Token, ("uid", "account_id", "unit_id", "name", "permissions", "since", "until"), [token])
        other = Account.objects.create(username="panyz", display_name="盘云舟", password="!")
        lent = (DAY, FOREVER, uuid.UUID(int=9, version=4), account.pk, "auditor", root, other.pk, "unit:read", "外出")
        current.insert(Delegation, DELEGATION, [lent])
        people = Person.objects.order_by("id").values_list("pk", flat=True)
        current.insert(Merged, ("person_id", "into_id", "reason"), [(people[3], people[4], "核对了身份证")])
        apart = (people[0], people[1], "韦禾 19600101/韦苗 19600101", "核对了身份证")
        current.insert(KeptApart, ("person_id", "other_id", "compared", "reason"), [apart])
        current.insert(StatusChange, STATUS_CHANGE, [(person, 1, "deceased", "", DAY, None, "", "病故")])
        letter = begin_transfer(
            current, Draft(person, Transfer.Kind.MATERIAL, DAY, 90, from_unit=root), TransferState.State.ISSUED
        )
        reach(current, letter.pk, TransferState.State.WITHDRAWN, DAY, reason="开错了")
        away = begin_stay(current, StayDraft(DAY, "外省", is_abroad=False, is_fixed=False, person=person))
        record_contact(current, away, DAY, "phone", "")
        record_search(current, person, DAY, "phone", "nothing", "韦支书", "")
        branch = Unit.objects.order_by("-id")[0].pk
        put(
            current,
            Term,
            {"unit_id": branch, "since": DAY, "due_on": date(2031, 11, 20), "postponed_to": date(2032, 1, 1)},
        )
        put(
            current,
            Post,
            {"unit_id": branch, "person_id": person, "title": "secretary", "how": "elected", "since": DAY},
        )
        paper = {"document": "青组发〔2026〕9号", "effective_on": DAY}
        put(current, Reform, {**paper, "title": "并村", "approved_on": DAY})
        heirs = {"predecessor_id": branch, "successor_id": root, "is_split": False, "is_main": True}
        put(current, Succession, {**paper, **heirs})
        current.insert(Appointment, ("since", "until", "account_id", "role", "unit_id"), [post])
        put_dossier(current, person=people[2], unit=branch, day=DAY)
        put_reviews(current, person=people[2], unit=branch, account=account.pk, day=DAY)
    issue(unit=Unit.objects.order_by("id")[0].pk, day=DAY, today=DAY, note="三季度", actor=clerk)
    with act(Verb.PREPARED, actor=clerk, reason="末条"):
        pass
    for count in (1, 2, 3):
        record_reading(What.EXPORT, actor=clerk, subject_kind="county", subject=None, count=count, purpose="年终统计")
