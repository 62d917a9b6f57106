"""Homes of those whose work is elsewhere: what the role does here, and the doors it opens. No figures.

Must not know: the ledger, requests.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yumiao.access.models import Account
from yumiao.access.permissions import Permission, Role
from yumiao.desk.dossier.lists import last_case_of
from yumiao.people.models import Membership, PersonRecord
from yumiao.ui.addresses import reverse

TEXTS: Final[Mapping[Role, Promise]] = {
    Role.DEPARTMENT_REVIEWER: gettext_lazy(
        "您代表本单位答复部门联审。需要答复的批次列在今日页，每批只列需要您单位答复的人。"
    ),
    Role.AUDITOR: gettext_lazy("您可以查看全县的一账两单、人员和全程纪实，不能改动。每次查看人员资料都有查阅记录。"),
    Role.SYSTEM_ADMINISTRATOR: gettext_lazy("您负责账号的停用、启用和重置登录，看不到党员资料。"),
    Role.SECURITY_ADMINISTRATOR: gettext_lazy("您负责邀请开户、授予和结束任职，看不到党员资料。"),
    Role.AUDIT_ADMINISTRATOR: gettext_lazy("您负责查看全程纪实和查阅记录，看不到党员资料。"),
}
LENT: Final = gettext_lazy("您代他人办理这项任职，只有下列权限。")

# name of the route, permission that opens it, label, what is found there
DOORS: Final = (
    ("joint_answers", Permission.JOINT_ANSWER, gettext_lazy("部门联审"), gettext_lazy("送到您单位的批次，逐人答复")),
    ("ledger", Permission.LEDGER_READ, gettext_lazy("一账两单"), gettext_lazy("台账、两个清单和每一条的依据")),
    ("people", Permission.PERSON_READ, gettext_lazy("人员"), gettext_lazy("党员、申请人和人才，号码掩码显示")),
    ("accounts", Permission.ACCOUNT_READ, gettext_lazy("账号和任职"), gettext_lazy("谁有账号，任什么职，到什么时候")),
    ("journal", Permission.JOURNAL_READ, gettext_lazy("全程纪实"), gettext_lazy("每一次办理：谁、何时、改了什么")),
    ("readings", Permission.JOURNAL_READ, gettext_lazy("查阅记录"), gettext_lazy("谁在何时看过谁的资料")),
    ("rules", Permission.BYLAW_READ, gettext_lazy("规则"), gettext_lazy("系统按哪些条款核对，出处在哪里")),
)


@dataclass(frozen=True, slots=True)
class Door:
    """Somewhere to go from a quiet home."""

    label: str
    note: str
    url: str


@dataclass(frozen=True, slots=True)
class Own:
    """What a member sees of himself before opening his own page; `unit` is the name of the branch."""

    name: str
    unit: str
    membership_on: date | None
    full_since: date | None
    url: str
    case_url: str = ""


def doors(rights: Collection[Permission]) -> tuple[Door, ...]:
    """The pages these rights open, in the order of the work."""
    return tuple(Door(str(label), str(note), reverse(route)) for route, need, label, note in DOORS if need in rights)


def own_data(account: Account, unit: str, today: date) -> Own | None:
    """The member's own name and dates; None where the account is of nobody the county knows."""
    if account.person_uid is None:
        return None
    record = PersonRecord.objects.on(today).filter(person__uid=account.person_uid).first()
    if record is None:
        return None
    rows = Membership.objects.alive().filter(person=record.person_id, membership_on__lte=today, ended_on__gt=today)
    membership = rows.order_by("-cycle").first()
    joined = membership.membership_on if membership else None
    full = membership.full_member_on if membership and membership.full_member_on <= today else None
    case = last_case_of(record.person_id)
    case_url = reverse("case", args=[case]) if case else ""
    return Own(record.name, unit, joined, full, reverse("person", args=[account.person_uid]), case_url)


def steps_of_a_new_county() -> tuple[str, ...]:
    """How the first data come in."""
    return (
        _("取得县工作簿模板（导入页下载，或由系统管理员运行 yumiao template）"),
        _("按表填好组织、党员、发展培养、人才库和发展计划"),
        _("在导入页上传，看清预览和需要更正的行，再确认导入"),
    )
