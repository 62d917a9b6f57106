"""Who may do what: roles, permissions, grants. One table, rendered to `docs/permissions.md`.

Must not know: accounts, units, requests. Where a right holds is said by an appointment, not here.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Final


class Role(StrEnum):
    """What somebody is appointed as, at a unit, for a time."""

    COUNTY_OFFICER = "county_officer"
    TOWNSHIP_CLERK = "township_clerk"
    BRANCH_SECRETARY = "branch_secretary"
    DEPARTMENT_REVIEWER = "department_reviewer"
    ASSISTING_UNIT = "assisting_unit"
    MEMBER = "member"
    AUDITOR = "auditor"
    SYSTEM_ADMINISTRATOR = "system_administrator"
    SECURITY_ADMINISTRATOR = "security_administrator"
    AUDIT_ADMINISTRATOR = "audit_administrator"

    @property
    def label(self) -> str:
        return ROLE_LABELS[self]

    @property
    def is_administrator(self) -> bool:
        return self in ADMINISTRATORS


ROLE_LABELS: Final[Mapping[Role, str]] = {
    Role.COUNTY_OFFICER: "县委组织部干部",
    Role.TOWNSHIP_CLERK: "乡镇组织干事",
    Role.BRANCH_SECRETARY: "党支部书记",
    Role.DEPARTMENT_REVIEWER: "部门联审员",
    Role.ASSISTING_UNIT: "帮扶单位联络员",
    Role.MEMBER: "党员",
    Role.AUDITOR: "检查审计人员",
    Role.SYSTEM_ADMINISTRATOR: "系统管理员",
    Role.SECURITY_ADMINISTRATOR: "安全管理员",
    Role.AUDIT_ADMINISTRATOR: "审计管理员",
}
ADMINISTRATORS: Final = frozenset({Role.SYSTEM_ADMINISTRATOR, Role.SECURITY_ADMINISTRATOR, Role.AUDIT_ADMINISTRATOR})


class Permission(StrEnum):
    """`<noun>:<verb>`; an appointment grants it within its unit's subtree."""

    UNIT_READ = "unit:read"
    PERSON_READ = "person:read"
    PERSON_REVEAL = "person:reveal"
    PERSON_CORRECT = "person:correct"
    PERSON_MERGE = "person:merge"
    OWN_READ = "own:read"
    LEDGER_READ = "ledger:read"
    LEDGER_ISSUE = "ledger:issue"
    BYLAW_READ = "bylaw:read"
    BYLAW_CHANGE = "bylaw:change"
    WORKBOOK_IMPORT = "workbook:import"
    WORKBOOK_EXPORT = "workbook:export"
    JOURNAL_READ = "journal:read"
    JOURNAL_VERIFY = "journal:verify"
    ACCOUNT_READ = "account:read"
    ACCOUNT_INVITE = "account:invite"
    ACCOUNT_SUSPEND = "account:suspend"
    APPOINTMENT_END = "appointment:end"
    POST_CHANGE = "post:change"
    REFORM_PREPARE = "reform:prepare"
    REFORM_DECIDE = "reform:decide"
    TOKEN_ISSUE = "token:issue"  # noqa: S105 a name, no secret
    MEMBERSHIP_CHANGE = "membership:change"
    STAY_RECORD = "stay:record"
    CASE_RECORD = "case:record"
    CASE_DECIDE = "case:decide"
    CASE_FILE = "case:file"
    MEETING_RECORD = "meeting:record"
    PAPER_READ = "paper:read"
    PAPER_ADD = "paper:add"
    FORM_HAND = "form:hand"
    NOTICE_POST = "notice:post"
    OBJECTION_RECEIVE = "objection:receive"
    JOINT_SEND = "joint:send"
    JOINT_ANSWER = "joint:answer"
    JOINT_CONCLUDE = "joint:conclude"
    REVIEW_VILLAGE = "review:village"
    REVIEW_TOWNSHIP = "review:township"
    REVIEW_COUNTY = "review:county"
    FINDING_RECORD = "finding:record"
    ORDER_ISSUE = "order:issue"
    ORDER_SUBMIT = "order:submit"
    ORDER_ACCEPT = "order:accept"
    REFERRAL_RECORD = "referral:record"
    FILE_AUDIT = "file:audit"
    MEMBERSHIP_RECOGNISE = "membership:recognise"
    SECTION_GRANT = "section:grant"
    SECTION_EMERGENCY = "section:emergency"
    FAMILY_RECORD = "family:record"
    PACKAGE_MAKE = "package:make"
    HANDOVER_RECORD = "handover:record"

    @property
    def label(self) -> str:
        return PERMISSION_LABELS[self]


PERMISSION_LABELS: Final[Mapping[Permission, str]] = {
    Permission.UNIT_READ: "查看组织",
    Permission.PERSON_READ: "查看人员（号码掩码）",
    Permission.PERSON_REVEAL: "查看完整号码",
    Permission.PERSON_CORRECT: "更正人员基本情况",
    Permission.PERSON_MERGE: "判定和合并重复人员",
    Permission.OWN_READ: "查看本人资料",
    Permission.LEDGER_READ: "查看一账两单和依据",
    Permission.LEDGER_ISSUE: "印发一账两单",
    Permission.BYLAW_READ: "查看规则、县级文件和参数",
    Permission.BYLAW_CHANGE: "登记县级文件、调整参数",
    Permission.WORKBOOK_IMPORT: "导入工作簿、撤销导入、与全国系统对账",
    Permission.WORKBOOK_EXPORT: "导出县工作簿（完整号码）",
    Permission.JOURNAL_READ: "查看全程纪实和查阅记录",
    Permission.JOURNAL_VERIFY: "查验全程纪实",
    Permission.ACCOUNT_READ: "查看账号和任职",
    Permission.ACCOUNT_INVITE: "邀请开户、授予任职",
    Permission.ACCOUNT_SUSPEND: "停用、启用账号，重置登录",
    Permission.APPOINTMENT_END: "结束任职",
    Permission.POST_CHANGE: "登记换届和党内任职",
    Permission.REFORM_PREPARE: "拟制、上报组织变更方案",
    Permission.REFORM_DECIDE: "退回、实施、撤销组织变更",
    Permission.TOKEN_ISSUE: "签发接口令牌",
    Permission.MEMBERSHIP_CHANGE: "办理党籍变动、组织关系转接",
    Permission.STAY_RECORD: "登记流动党员",
    Permission.CASE_RECORD: "登记党支部的发展步骤",
    Permission.CASE_DECIDE: "登记党委的发展步骤，退回、例外、确认补录",
    Permission.CASE_FILE: "登记组织部备案，启用和转换程序版本",
    Permission.MEETING_RECORD: "登记会议和表决",
    Permission.PAPER_READ: "查看材料",
    Permission.PAPER_ADD: "放入、核对、补充材料",
    Permission.FORM_HAND: "发放志愿书号段",
    Permission.NOTICE_POST: "发布公示",
    Permission.OBJECTION_RECEIVE: "受理异议和举报、指定调查人",
    Permission.JOINT_SEND: "发送部门联审、登记书面答复",
    Permission.JOINT_ANSWER: "答复部门联审",
    Permission.JOINT_CONCLUDE: "对联审答复作出结论",
    Permission.REVIEW_VILLAGE: "村级审查",
    Permission.REVIEW_TOWNSHIP: "乡镇审查",
    Permission.REVIEW_COUNTY: "县级审查、抽查和交叉互审",
    Permission.FINDING_RECORD: "登记审查发现的问题",
    Permission.ORDER_ISSUE: "发出限期整改通知、延期",
    Permission.ORDER_SUBMIT: "报送整改情况",
    Permission.ORDER_ACCEPT: "验收整改",
    Permission.REFERRAL_RECORD: "移交责任追究",
    Permission.FILE_AUDIT: "审核旧档案",
    Permission.MEMBERSHIP_RECOGNISE: "认定或者不予承认党员身份",
    Permission.SECTION_GRANT: "授权阅看需要知悉的内容",
    Permission.SECTION_EMERGENCY: "紧急阅看需要知悉的内容",
    Permission.FAMILY_RECORD: "登记家庭成员和主要社会关系",
    Permission.PACKAGE_MAKE: "装订综合资料手册",
    Permission.HANDOVER_RECORD: "登记档案移交",
}

# What asks for a fresh proof of who sits there: other people's rights and whole numbers. The views say so too; a test compares.
FRESH: Final = frozenset(
    {
        Permission.PERSON_REVEAL, Permission.WORKBOOK_EXPORT, Permission.ACCOUNT_INVITE, Permission.ACCOUNT_SUSPEND,
        Permission.APPOINTMENT_END, Permission.TOKEN_ISSUE, Permission.REFORM_DECIDE,
    }
)  # fmt: skip

PUBLIC: Final = "public"
SIGNED_IN: Final = "signed-in"

_P = Permission
_READS = frozenset({_P.UNIT_READ, _P.PERSON_READ, _P.LEDGER_READ, _P.BYLAW_READ})
GRANTS: Final[Mapping[Role, frozenset[Permission]]] = {
    Role.COUNTY_OFFICER: _READS
    | {
        _P.PERSON_REVEAL, _P.BYLAW_CHANGE, _P.WORKBOOK_IMPORT, _P.WORKBOOK_EXPORT, _P.JOURNAL_READ, _P.JOURNAL_VERIFY,
        _P.ACCOUNT_READ, _P.ACCOUNT_INVITE, _P.APPOINTMENT_END, _P.LEDGER_ISSUE, _P.TOKEN_ISSUE, _P.POST_CHANGE,
        _P.MEMBERSHIP_CHANGE, _P.STAY_RECORD, _P.PERSON_CORRECT, _P.PERSON_MERGE,
        _P.REFORM_PREPARE, _P.REFORM_DECIDE, _P.CASE_RECORD, _P.CASE_DECIDE, _P.CASE_FILE, _P.MEETING_RECORD,
        _P.PAPER_READ, _P.PAPER_ADD, _P.FORM_HAND,
        _P.NOTICE_POST, _P.OBJECTION_RECEIVE, _P.JOINT_SEND, _P.JOINT_CONCLUDE, _P.REVIEW_COUNTY, _P.FINDING_RECORD, _P.ORDER_ISSUE,
        _P.ORDER_ACCEPT, _P.REFERRAL_RECORD, _P.FILE_AUDIT, _P.MEMBERSHIP_RECOGNISE, _P.SECTION_GRANT, _P.SECTION_EMERGENCY,
        _P.FAMILY_RECORD, _P.PACKAGE_MAKE, _P.HANDOVER_RECORD,
    },
    Role.TOWNSHIP_CLERK: _READS
    | {
        _P.LEDGER_ISSUE, _P.PERSON_REVEAL, _P.WORKBOOK_IMPORT, _P.ACCOUNT_READ, _P.ACCOUNT_INVITE, _P.APPOINTMENT_END,
        _P.POST_CHANGE, _P.MEMBERSHIP_CHANGE, _P.STAY_RECORD, _P.PERSON_CORRECT, _P.PERSON_MERGE,
        _P.REFORM_PREPARE, _P.CASE_RECORD, _P.CASE_DECIDE, _P.MEETING_RECORD, _P.PAPER_READ, _P.PAPER_ADD,
        _P.NOTICE_POST, _P.OBJECTION_RECEIVE, _P.JOINT_CONCLUDE, _P.REVIEW_TOWNSHIP, _P.FINDING_RECORD, _P.ORDER_ISSUE, _P.ORDER_SUBMIT,
        _P.ORDER_ACCEPT, _P.FILE_AUDIT, _P.SECTION_GRANT, _P.FAMILY_RECORD, _P.PACKAGE_MAKE, _P.HANDOVER_RECORD,
    },
    Role.BRANCH_SECRETARY: _READS
    | {
        _P.STAY_RECORD, _P.CASE_RECORD, _P.MEETING_RECORD, _P.PAPER_READ, _P.PAPER_ADD, _P.NOTICE_POST, _P.REVIEW_VILLAGE,
        _P.ORDER_SUBMIT, _P.FAMILY_RECORD,
    },
    Role.DEPARTMENT_REVIEWER: frozenset({_P.BYLAW_READ, _P.JOINT_ANSWER}),
    Role.ASSISTING_UNIT: frozenset({_P.UNIT_READ, _P.LEDGER_READ, _P.BYLAW_READ}),
    Role.MEMBER: frozenset({_P.OWN_READ, _P.BYLAW_READ}),
    Role.AUDITOR: _READS | {_P.JOURNAL_READ, _P.JOURNAL_VERIFY, _P.PAPER_READ},
    Role.SYSTEM_ADMINISTRATOR: frozenset({_P.BYLAW_READ, _P.ACCOUNT_READ, _P.ACCOUNT_SUSPEND}),
    Role.SECURITY_ADMINISTRATOR: frozenset(
        {_P.BYLAW_READ, _P.UNIT_READ, _P.ACCOUNT_READ, _P.ACCOUNT_INVITE, _P.APPOINTMENT_END}
    ),
    Role.AUDIT_ADMINISTRATOR: frozenset({_P.BYLAW_READ, _P.ACCOUNT_READ, _P.JOURNAL_READ, _P.JOURNAL_VERIFY}),
}  # fmt: skip

# Whom a role may appoint, always within its own subtree; administrators are appointed by the security administrator alone.
MAY_APPOINT: Final[Mapping[Role, frozenset[Role]]] = {
    Role.SECURITY_ADMINISTRATOR: frozenset(Role),
    Role.COUNTY_OFFICER: frozenset(
        {Role.TOWNSHIP_CLERK, Role.BRANCH_SECRETARY, Role.DEPARTMENT_REVIEWER, Role.ASSISTING_UNIT, Role.MEMBER}
    ),
    Role.TOWNSHIP_CLERK: frozenset({Role.BRANCH_SECRETARY, Role.MEMBER}),
}

# Rights over other people's data: nobody holds them without a second factor.
WITHOUT_SECOND_FACTOR: Final = frozenset({Role.MEMBER})
