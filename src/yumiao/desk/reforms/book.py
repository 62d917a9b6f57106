"""The steps of a reform as one sheet: a row for each unit that changes, as counties write their 撤并一览表.

Must not know: requests, drafts. Rows of one new unit make a merger, rows of one old unit with several new ones a split.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Final

from django.utils.translation import gettext as _

from yumiao.kernel.objections import Objection, Refused
from yumiao.sheets.columns import Column, Form, choice, code, text
from yumiao.sheets.parsing import Row, parse
from yumiao.sheets.reading import Unreadable, Workbook
from yumiao.sheets.writing import Filling, Lookup, write_template
from yumiao.units.change_rules import ORG_08B
from yumiao.units.changes import Close, Found, Merge, Move, Rekind, Rename, Split, Step
from yumiao.units.columns import kind_label
from yumiao.units.models import ReformDraft
from yumiao.units.queries import Tree, UnitOnDay
from yumiao.units.rules import KINDS

VERSION: Final = "组织变更 1"
WAYS: Final = ("合并", "拆分", "新设", "更名", "改类别", "调整隶属", "撤销")
SHEET: Final = Form(
    "组织变更",
    (
        Column(
            "way", "变更方式", choice({way: way for way in WAYS}), required=True, width=12, choices=WAYS, example="合并"
        ),
        Column("old", "原组织代码", code, width=18, note="新设的不填", example="001.003.005"),
        Column("old_name", "原组织名称", text(100), width=26, note="只供核对", example="石桥村党支部"),
        Column(
            "new",
            "新组织代码",
            code,
            width=18,
            note="合并、拆分、新设填写；并入现有组织的填该组织代码",
            example="001.003.021",
        ),
        Column("new_name", "新组织名称", text(100), width=26, note="新设的组织和更名填写", example="石松村党支部"),
        Column("kind", "新组织类别", kind_label, width=14, choices=tuple(KINDS), example="村党支部"),
        Column(
            "parent",
            "上级组织代码",
            code,
            width=18,
            note="新设和调整隶属填写；合并、拆分不填的与原组织相同",
            example="001.003",
        ),
    ),
    note=(
        "一个组织一行。合并：参加合并的组织各写一行，新组织代码相同；拆分：分出的每个组织写一行，原组织代码相同，原组织保留的也写一行。"
    ),
)
Values = dict[str, str]


def write_blank(target: Path, units: Sequence[UnitOnDay], day: date) -> None:
    """A blank workbook with the codes of `units` on a sheet beside it."""
    lookup = Lookup(
        (_("组织代码"), _("组织名称"), _("组织类别")), [(one.code, one.name, one.kind.label) for one in units]
    )
    write_template(target, (SHEET,), version=VERSION, created_on=day, filling=Filling(lookup=lookup))


def steps_of(workbook: Workbook, tree: Tree) -> list[Step]:
    """The steps of a workbook. Raises `Refused` with every row that cannot be read."""
    sheet = workbook.sheets.get(SHEET.title)
    if sheet is None:
        raise Refused([ORG_08B.objection(_("工作簿里没有“组织变更”工作表"), _("下载空白模板，在其中填写。"))])
    parsed = parse(SHEET, sheet)
    faults = [_objection(row.number, f"{fault.column}{fault.reason}") for row in parsed.rows for fault in row.faults]
    faults = [*(_objection(1, f"{fault.column}{fault.reason}") for fault in parsed.header_faults), *faults]
    rows = [(row, _values(row)) for row in parsed.rows if not row.faults]
    for row, values in rows:
        if lacking := _lacking(values):
            faults.append(
                _objection(row.number, _("%(way)s须填写%(columns)s") % {"way": values["way"], "columns": lacking})
            )
    if not faults and not rows:
        faults.append(ORG_08B.objection(_("“组织变更”工作表里没有数据行"), _("每个组织填写一行。")))
    if faults:
        raise Refused(faults)
    return _steps([values for _row, values in rows], tree)


def _values(row: Row) -> Values:
    return {key: str(value) if value is not None else "" for key, value in row.values.items()}


_NEEDED: Final = {
    "合并": ("old", "new"),
    "拆分": ("old", "new"),
    "新设": ("new", "new_name", "kind", "parent"),
    "更名": ("old", "new_name"),
    "改类别": ("old", "kind"),
    "调整隶属": ("old", "parent"),
    "撤销": ("old",),
}
_HEADERS: Final = {column.key: column.header for column in SHEET.columns}


def _lacking(values: Values) -> str:
    return "、".join(_HEADERS[key] for key in _NEEDED[values["way"]] if not values[key])


def _steps(rows: Sequence[Values], tree: Tree) -> list[Step]:
    """First what is founded, then who is merged and divided, then the rest in the order of the rows."""
    founded: dict[str, Found] = {}
    merged: dict[str, list[str]] = {}
    divided: dict[str, list[str]] = {}
    rest: list[Step] = []
    for values in rows:
        old, new, way = values["old"], values["new"], values["way"]
        if way in ("合并", "拆分", "新设") and new not in tree.by_code and (new not in founded or values["new_name"]):
            founded[new] = _found(values, founded.get(new), tree)
        if way == "合并":
            merged.setdefault(new, []).append(old)
        elif way == "拆分":
            divided.setdefault(old, []).append(new)
        elif way != "新设":
            rest.append(_simple(values))
    merges = [Merge(_with_itself(codes, into, tree), into) for into, codes in merged.items()]
    splits = [Split(old, tuple(parts)) for old, parts in divided.items()]
    return [*founded.values(), *splits, *merges, *rest]


def _with_itself(codes: Sequence[str], into: str, tree: Tree) -> tuple[str, ...]:
    """A unit that stands and takes others in is one of those that are merged, whether or not it has a row of its own."""
    return tuple(dict.fromkeys([*codes, *([into] if into in tree.by_code else [])]))


def _found(values: Values, known: Found | None, tree: Tree) -> Found:
    """The new unit a row names; what it does not say is that of the first row, else that of the old unit."""
    old = tree.by_code.get(values["old"])
    above = tree.by_id.get(old.parent or 0) if old else None
    name = values["new_name"] or (known.name if known else "")
    kind = values["kind"] or (known.kind if known else old.kind.label if old else "")
    parent = values["parent"] or (known.parent if known else above.code if above else "")
    return Found(values["new"], name, kind, parent)


def _simple(values: Values) -> Step:
    old = values["old"]
    match values["way"]:
        case "更名":
            return Rename(old, values["new_name"])
        case "改类别":
            return Rekind(old, values["kind"])
        case "调整隶属":
            return Move(old, values["parent"])
        case _:
            return Close(old)


def _objection(row: int, reason: str) -> Objection:
    return ORG_08B.objection(_("第 %(row)s 行：%(reason)s") % {"row": row, "reason": reason}, _("改正后重新上传。"))


def no_file() -> Objection:
    return ORG_08B.objection(_("没有选择文件"), _("选择填好的组织变更方案工作簿。"))


def unreadable(why: Unreadable) -> Objection:
    return ORG_08B.objection(why.reason, _("用空白模板另存为 .xlsx 后重新上传。"))


def closed(draft: ReformDraft) -> Objection:
    return ORG_08B.objection(
        _("方案“%(state)s”，不能再改") % {"state": draft.get_state_display()}, _("需要修改的，由县委组织部退回。")
    )
