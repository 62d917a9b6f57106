"""The 发展培养 sheet: one row a person, from the application to the archive. Columns that no case of a file needs are left out of it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any, Final

from yumiao.admission.path import Outcome
from yumiao.people.columns import PERSON, loose_number
from yumiao.sheets.columns import NUMBER, TEXT, Cell, CellFault, Column, Form, as_text, choice, day, text, whole_number

_SEVERAL: Final = "、"
_MOST: Final = 20
_BETWEEN: Final = str.maketrans({"，": _SEVERAL, ",": _SEVERAL, "；": _SEVERAL, ";": _SEVERAL, "\n": _SEVERAL})
_OUTCOMES: Final[Mapping[str, Outcome]] = {
    "按期转正": Outcome.CONFIRMED, "转正": Outcome.CONFIRMED, "延长预备期": Outcome.EXTENDED, "延长": Outcome.EXTENDED,
    "取消预备党员资格": Outcome.CANCELLED, "取消": Outcome.CANCELLED,
}  # fmt: skip
_LONGEST_COURSE: Final = Decimal(999)


def several_days(cell: Cell) -> tuple[date, ...]:
    """One day or several with 、 between them, in their order; a day twice counts twice."""
    if isinstance(cell, date):
        return (day(cell),)
    parts = [part for part in as_text(cell).translate(_BETWEEN).split(_SEVERAL) if part.strip()]
    if len(parts) > _MOST:
        raise CellFault(TEXT, f"最多填 {_MOST} 个日期")
    return tuple(sorted(day(part) for part in parts))


def _joined(days: Any) -> Cell:
    return _SEVERAL.join(one.isoformat() for one in days) if days else None


def hours(cell: Cell) -> Decimal:
    """Hours of a course, with one place after the point."""
    try:
        found = Decimal(as_text(cell).strip())
    except InvalidOperation:
        raise CellFault(NUMBER, "应填学时数，可以有一位小数") from None
    if not found.is_finite() or not 0 <= found <= _LONGEST_COURSE or found != round(found, 1):
        raise CellFault(NUMBER, "应填学时数，可以有一位小数")
    return round(found, 1)


def _plain(number: Any) -> Cell:
    return None if number is None else float(number)


def _label(outcome: Any) -> Cell:
    return Outcome(outcome).label if outcome else None


def small_number(cell: Cell) -> int:
    """A whole number of at most three digits."""
    found: int = whole_number(cell)
    if found > int(_LONGEST_COURSE):
        raise CellFault(NUMBER, "数字过大，请核对")
    return found


def _day(key: str, header: str, *aliases: str, note: str = "") -> Column:
    return Column(key, header, day, width=15, is_text=False, note=note, aliases=aliases)


def _days(key: str, header: str, *aliases: str) -> Column:
    return Column(key, header, several_days, width=24, note="多次的用顿号隔开", show=_joined, aliases=aliases)


def _member(key: str, header: str, *aliases: str) -> Column:
    return Column(key, header, loose_number, width=21, note="正式党员的公民身份号码", aliases=aliases)


_FIRST: Final = (
    Column(
        "applied_on",
        "递交入党申请书日期",
        day,
        required=True,
        width=19,
        is_text=False,
        example="2024-03-05",
        aliases=("递交入党申请书时间", "申请入党日期", "申请入党时间"),
    ),
    Column(
        "activist_on",
        "确定为入党积极分子日期",
        day,
        width=22,
        is_text=False,
        example="2024-10-15",
        aliases=("确定为入党积极分子时间", "确定为积极分子日期", "确定为积极分子时间"),
    ),
    Column(
        "target_on",
        "确定为发展对象日期",
        day,
        width=19,
        is_text=False,
        note="乡镇党委同意之日",
        aliases=("确定为发展对象时间",),
    ),
    Column(
        "contact_1", "培养联系人一", loose_number, width=21, note="正式党员的公民身份号码", aliases=("培养联系人1",)
    ),
    Column(
        "contact_2", "培养联系人二", loose_number, width=21, note="正式党员的公民身份号码", aliases=("培养联系人2",)
    ),
)
_FURTHER: Final = (
    _day("talked_on", "党组织派人谈话日期", "派人谈话日期", "入党申请谈话日期", "谈话日期"),
    _day("activist_filed_on", "积极分子备案日期", "入党积极分子备案日期", "积极分子上级党委备案日期"),
    _day("contacts_on", "指定培养联系人日期", "确定培养联系人日期"),
    _days("inspected_on", "培养教育考察日期", "培养考察日期", "考察日期", "历次考察日期"),
    _day("proposed_on", "支部委员会讨论确定发展对象日期", "支委会确定发展对象日期", "讨论确定发展对象日期"),
    _day("introducers_on", "确定入党介绍人日期", "确定介绍人日期"),
    _member("introducer_1", "入党介绍人一", "入党介绍人1", "介绍人一"),
    _member("introducer_2", "入党介绍人二", "入党介绍人2", "介绍人二"),
    _day("reviewed_on", "政治审查日期", "政审日期", "政治审查结论日期"),
    _day("trained_on", "集中培训日期", "短期集中培训日期", "培训日期"),
    Column("training_days", "集中培训天数", small_number, is_text=False, aliases=("培训天数",)),
    Column("training_hours", "集中培训学时", hours, is_text=False, show=_plain, aliases=("培训学时",)),
    _day("committee_on", "支部委员会审查日期", "支委会审查日期"),
    _day("prereviewed_on", "上级党委预审日期", "党委预审日期", "预审日期"),
    _day("form_on", "填写入党志愿书日期", "填写志愿书日期"),
    Column("form_number", "入党志愿书编号", text(max_length=20), width=16, aliases=("志愿书编号",)),
    _day("met_on", "支部大会接收日期", "接收预备党员支部大会日期", "支部大会日期", note="已是党员的必填，与入党日期一致"),
    _day("party_talk_on", "上级党委派人谈话日期", "党委派人谈话日期", "党委谈话日期"),
    _day("approved_on", "上级党委审批日期", "党委审批日期", "审批预备党员日期", note="已是党员的必填"),
    Column("approval_document", "审批文号", text(max_length=60), width=16, aliases=("审批预备党员文号",)),
    _day("office_filed_on", "县委组织部备案日期", "组织部备案日期"),
    _day("assigned_on", "编入党支部日期", "编入支部日期"),
    _day("oath_on", "入党宣誓日期", "宣誓日期"),
    _days("observed_on", "预备期教育考察日期", "预备期考察日期", "继续教育考察日期"),
    _day("requested_on", "转正申请日期", "提出转正申请日期"),
    _day("discussed_on", "支部大会讨论转正日期", "转正支部大会日期"),
    Column("outcome", "转正结果", choice(_OUTCOMES), width=16, choices=("按期转正", "延长预备期", "取消预备党员资格"), show=_label),
    Column("extension", "延长月数", small_number, is_text=False, aliases=("延长预备期月数",)),
    _day("confirmed_on", "上级党委审批转正日期", "党委审批转正日期", "转正审批日期"),
    _day("requested_again_on", "延长后转正申请日期"),
    _day("discussed_again_on", "延长后支部大会讨论转正日期"),
    Column("outcome_again", "延长后转正结果", choice(_OUTCOMES), width=16, choices=("按期转正", "取消预备党员资格"), show=_label),
    _day("confirmed_again_on", "延长后上级党委审批转正日期", "延长后党委审批转正日期"),
    _day("archived_on", "材料归档日期", "归档日期"),
)  # fmt: skip
NOTE: Final = (
    "入党申请人、入党积极分子、发展对象各占一行；已是党员的，写明支部大会接收日期和上级党委审批日期的可以填入。"
)
CASES: Final = Form("发展培养", (*PERSON, *_FIRST, *_FURTHER), note=NOTE)
BRIEF: Final = Form(CASES.title, (*PERSON, *_FIRST), note=NOTE)
"""The same with the days of application, activist and target alone: what an export writes where no case has more."""

FURTHER: Final = tuple(column.key for column in _FURTHER)
ONCE: Final[Mapping[str, tuple[int, int]]] = {
    "applied_on": (1, 1), "talked_on": (2, 1), "activist_on": (3, 1), "activist_filed_on": (4, 1), "contacts_on": (5, 1),
    "proposed_on": (7, 1), "target_on": (8, 1), "introducers_on": (9, 1), "reviewed_on": (10, 1), "trained_on": (11, 1),
    "committee_on": (12, 1), "prereviewed_on": (13, 1), "form_on": (14, 1), "met_on": (15, 1), "party_talk_on": (16, 1),
    "approved_on": (17, 1), "office_filed_on": (18, 1), "assigned_on": (19, 1), "oath_on": (20, 1), "requested_on": (22, 1),
    "discussed_on": (23, 1), "confirmed_on": (24, 1), "requested_again_on": (22, 2), "discussed_again_on": (23, 2),
    "confirmed_again_on": (24, 2), "archived_on": (25, 1),
}  # fmt: skip
"""By column: which step and which time it is the day of."""

REPEATED: Final[Mapping[str, int]] = {"inspected_on": 6, "observed_on": 21}
