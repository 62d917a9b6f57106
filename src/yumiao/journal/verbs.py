"""The closed list of what can be done to the record. A verb is added here when a service needs it."""

from enum import StrEnum


class Verb(StrEnum):
    """What an entry says was done."""

    PREPARED = "prepared"
    COUNTY_FOUNDED = "county_founded"
    WORKBOOK_IMPORTED = "workbook_imported"
    IMPORT_UNDONE = "import_undone"
    PAPER_RECORDED = "paper_recorded"
    SETTING_CHANGED = "setting_changed"
    DAYS_OFF_RECORDED = "days_off_recorded"
    ACCOUNT_INVITED = "account_invited"
    APPOINTMENT_GRANTED = "appointment_granted"
    APPOINTMENT_ENDED = "appointment_ended"
    ACCOUNT_SUSPENDED = "account_suspended"
    ACCOUNT_RESTORED = "account_restored"
    LOGIN_RESET = "login_reset"
    INVITATION_ACCEPTED = "invitation_accepted"
    TOKEN_ISSUED = "token_issued"  # noqa: S105 a verb, no secret
    TOKEN_REVOKED = "token_revoked"  # noqa: S105
    ISSUED = "issued"
    RESTORED = "restored"
    HEADERS_NAMED = "headers_named"
    HEADER_NAME_REMOVED = "header_name_removed"

    @property
    def label(self) -> str:
        return LABELS[self]


LABELS = {
    Verb.PREPARED: "建立数据",
    Verb.COUNTY_FOUNDED: "建立县级组织",
    Verb.WORKBOOK_IMPORTED: "导入工作簿",
    Verb.IMPORT_UNDONE: "撤销导入",
    Verb.PAPER_RECORDED: "登记县级文件",
    Verb.SETTING_CHANGED: "调整参数",
    Verb.DAYS_OFF_RECORDED: "登记放假安排",
    Verb.ACCOUNT_INVITED: "邀请开户",
    Verb.APPOINTMENT_GRANTED: "授予任职",
    Verb.APPOINTMENT_ENDED: "结束任职",
    Verb.ACCOUNT_SUSPENDED: "停用账号",
    Verb.ACCOUNT_RESTORED: "启用账号",
    Verb.LOGIN_RESET: "发出登录码",
    Verb.INVITATION_ACCEPTED: "凭码设定密码",
    Verb.TOKEN_ISSUED: "签发接口令牌",
    Verb.TOKEN_REVOKED: "撤销接口令牌",
    Verb.ISSUED: "印发一账两单",
    Verb.RESTORED: "从备份恢复",
    Verb.HEADERS_NAMED: "登记本单位列名",
    Verb.HEADER_NAME_REMOVED: "删去本单位列名",
}
