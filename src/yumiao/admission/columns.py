"""The 发展培养 sheet."""

from yumiao.people.columns import PERSON, loose_number
from yumiao.sheets.columns import Column, Form, day

CASES = Form(
    "发展培养",
    (
        *PERSON,
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
    ),
    note="入党申请人、入党积极分子、发展对象各占一行；已是党员的不填在本表。",
)
