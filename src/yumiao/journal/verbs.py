"""The closed list of what can be done to the record. A verb is added here when a service needs it."""

from enum import StrEnum


class Verb(StrEnum):
    """What an entry says was done."""

    PREPARED = "prepared"
    WORKBOOK_IMPORTED = "workbook_imported"
    PAPER_RECORDED = "paper_recorded"
    SETTING_CHANGED = "setting_changed"
    DAYS_OFF_RECORDED = "days_off_recorded"

    @property
    def label(self) -> str:
        return LABELS[self]


LABELS = {
    Verb.PREPARED: "建立数据",
    Verb.WORKBOOK_IMPORTED: "导入工作簿",
    Verb.PAPER_RECORDED: "登记县级文件",
    Verb.SETTING_CHANGED: "调整参数",
    Verb.DAYS_OFF_RECORDED: "登记放假安排",
}
