"""The register's export: under which headers it names what is compared, and how its rows become those of the comparison.

A row needs a number, or a name and a birth date. Must not know: the record, units beyond their names.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

from yumiao.kernel import identity
from yumiao.people.codes import label
from yumiao.people.columns import (
    BORN,
    CATEGORIES,
    EDUCATION,
    ETHNICITY,
    NAME,
    SEX,
    category_label,
    kept_text,
    sex_label,
)
from yumiao.people.columns import NUMBER as EIGHTEEN
from yumiao.people.secrets import keyed
from yumiao.reconciliation.rules import BRANCH, There
from yumiao.sheets.archive import Unreadable
from yumiao.sheets.columns import Cell, CellFault, Column, Form, as_text, choice, code, day
from yumiao.sheets.parsing import Parsed, parse, squeezed
from yumiao.sheets.reading import Sheet, Workbook

TITLE_ROWS: Final = 10  # so many rows may stand above the headers
_CATEGORIES: Final = {**CATEGORIES, "正式": True, "预备": False, "中共党员": True, "中共预备党员": False}


def any_number(cell: Cell) -> str:
    """A number of 18 characters; an old one of 15 digits in its 18-character form. Raises `CellFault` without the number."""
    number = str(code(cell))
    try:
        return identity.from_fifteen(number) if len(number) == 15 else identity.parse(number).number
    except identity.InvalidIdentity as error:
        raise CellFault(error.rule, error.reason) from None


REGISTER: Final = Form(
    "全国系统导出",
    (
        replace(EIGHTEEN, parse=any_number, required=False),
        replace(NAME, required=False, aliases=("党员姓名", "名字")),
        SEX,
        replace(ETHNICITY, aliases=("民族名称",)),
        replace(BORN, aliases=("出生年月日", "出生年月", "生日")),
        EDUCATION,
        Column(
            BRANCH,
            "所在党支部",
            kept_text,
            aliases=(
                "所在支部", "党支部", "支部名称", "党支部名称", "所在党支部名称", "所在党组织", "所在党组织名称", "组织名称",
                "所属党组织", "所属党支部", "党组织名称", "所在党支部代码", "组织代码", "党组织代码",
            ),
        ),
        Column("is_full", "人员类别", choice(_CATEGORIES), aliases=("党员类别", "人员类型", "党员类型")),
        Column(
            "membership_on", "入党日期", day, is_text=False, aliases=("入党时间", "加入党组织日期", "加入党组织时间", "加入中共组织日期")
        ),
        Column("confirmed_on", "转正日期", day, is_text=False, aliases=("转正时间", "转为正式党员日期")),
    ),
)  # fmt: skip
_HEADERS: Final = {header for one in REGISTER.columns for header in (one.header, *one.aliases)}
LABELS: Final[Mapping[str, str]] = {one.key: one.header for one in REGISTER.columns}


@dataclass(frozen=True, slots=True)
class Read:
    """What an export holds: its people, and (row, column, reason) of what could not be compared."""

    rows: list[There]
    faults: list[tuple[int, str, str]]


def read_register(book: Workbook, branches: Mapping[str, frozenset[int]]) -> Read:
    """The people of the sheet that knows the most columns; `branches`: squeezed name or code -> units.

    Raises `Unreadable` where no sheet says who is meant.
    """
    sheets = [_from_its_header(sheet) for sheet in book.sheets.values()]
    sheet = max(sheets, key=_known, default=None)
    if sheet is None or not _known(sheet):
        raise Unreadable(
            "没有可识别的列名，请用全国党员管理信息系统导出的党员名册，至少有“公民身份号码”，或者“姓名”和“出生日期”"
        )
    parsed = parse(REGISTER, sheet)
    if parsed.repeated:
        raise Unreadable(f"列名重复：{'、'.join(parsed.repeated)}，每项只留一列后再上传")
    if "number" not in parsed.places and not {"name", "born_on"} <= set(parsed.places):
        raise Unreadable("缺少“公民身份号码”，也没有“姓名”和“出生日期”两列，无法对应到人")
    return _read(parsed, branches)


def _known(sheet: Sheet) -> int:
    return sum(squeezed(header) in _HEADERS for header in sheet.header)


def _from_its_header(sheet: Sheet) -> Sheet:
    """The sheet from the row on that names the most columns: a title often stands above it."""
    tries = [sheet]
    for place, (_number, cells) in enumerate(sheet.rows[:TITLE_ROWS]):
        tries.append(Sheet(sheet.title, tuple(as_text(cell) for cell in cells), sheet.rows[place + 1 :]))
    return max(tries, key=_known)


def _read(parsed: Parsed, branches: Mapping[str, frozenset[int]]) -> Read:
    rows: list[There] = []
    faults = [(row.number, fault.column, fault.reason) for row in parsed.rows for fault in row.faults]
    seen: dict[str, int] = {}
    for row in parsed.rows:
        number = str(row.values.get("number") or "")
        if not number and not (row.values.get("name") and row.values.get("born_on")):
            if not row.faults:
                faults.append((row.number, "", "没有公民身份号码，姓名和出生日期也不全，无法对应到人"))
            continue
        if number and number in seen:
            faults.append((row.number, LABELS["number"], f"与第 {seen[number]} 行是同一个号码，只比对了前一行"))
            continue
        seen[number] = row.number
        rows.append(_there(row.number, number, row.values, branches))
    return Read(rows, sorted(faults))


def _there(row: int, number: str, values: Mapping[str, Any], branches: Mapping[str, frozenset[int]]) -> There:
    branch = str(values.get(BRANCH) or "")
    key = keyed("identity", number).hex() if number else ""
    masked = identity.mask_identity(number) if number else ""
    return There(row, key, masked, in_words(values), branches.get("".join(branch.split()), frozenset()))


def in_words(values: Mapping[str, Any]) -> dict[str, str]:
    """Values by field as both lists write them, so that equal texts mean the same; what is not known is left out."""
    said: dict[str, str] = {}
    for name, value in values.items():
        match name, value:
            case ("number", _) | (_, None | ""):
                continue
            case (("ethnicity" | "education"), str()):
                said[name] = label(name, value)[0]
            case "sex", _:
                said[name] = str(sex_label(value))
            case "is_full", _:
                said[name] = str(category_label(value))
            case _, date():
                said[name] = value.isoformat()
            case _:
                said[name] = str(value)
    return said
