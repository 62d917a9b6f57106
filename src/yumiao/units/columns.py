"""The 组织 sheet."""

from yumiao.sheets.columns import CHOICE, Cell, CellFault, Column, Form, as_text, code, text
from yumiao.units.rules import KINDS


def kind_label(cell: Cell) -> str:
    """A kind of `units.rules.KINDS`; the list is too long for a message, so the reason names the usual ones."""
    written = "".join(as_text(cell).split())
    if written not in KINDS:
        raise CellFault(
            CHOICE, "不是目录中的组织类别，常用的有：乡镇党委、村党委、村党总支、村党支部、社区党支部、机关党支部"
        )
    return written


UNITS = Form(
    "组织",
    (
        Column(
            "code",
            "组织代码",
            code,
            required=True,
            width=18,
            note="每级三位数字，以点分隔",
            example="001.007.012",
            aliases=("党组织代码",),
        ),
        Column("name", "组织名称", text(100), required=True, width=26, example="青云村党支部", aliases=("党组织名称",)),
        Column(
            "kind",
            "组织类别",
            kind_label,
            required=True,
            width=14,
            choices=tuple(KINDS),
            example="村党支部",
            aliases=("党组织类别",),
        ),
        Column(
            "parent",
            "上级组织代码",
            code,
            width=18,
            note="只有最上级组织可以不填",
            example="001.007",
            aliases=("上级党组织代码",),
        ),
        Column(
            "zone", "所属片区", text(50), width=12, note="填在乡镇一级，村随乡镇", example="第1片区", aliases=("片区",)
        ),
    ),
    note="上级组织在本表或系统中必须存在；代码一经使用不再更换。",
)
