"""Audits of old files as one sheet: a row a member, filled in at the cabinet and read back whole or not at all.

Must not know: requests, who audits. A row is found by branch and name, namesakes by their birth date; whoever has no result was not looked through.
"""

from __future__ import annotations

import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import Any, Final

from django.utils.translation import gettext as _

from yumiao.access.readers import Reader
from yumiao.admission.audit_rules import Audited
from yumiao.admission.models import FileAuditRecord
from yumiao.admission.path_2014 import SLOTS
from yumiao.desk.file_audits.acting import Somebody
from yumiao.desk.file_audits.lists import Asked, Which, members_of, rows_of
from yumiao.kernel.identity import scrub
from yumiao.kernel.objections import Objection, Refused
from yumiao.people.models import Belonging, PersonRecord
from yumiao.sheets.columns import Cell, CellFault, Column, Form, as_text, choice, code, day, text
from yumiao.sheets.parsing import Row, parse
from yumiao.sheets.reading import Unreadable, Workbook
from yumiao.sheets.writing import Filling, write_template

VERSION: Final = "旧档案审核 1"
MOST: Final = 5000
_RESULTS: Final = {str(one.label): str(one.value) for one in FileAuditRecord.Result}


def _slots(cell: Cell) -> tuple[str, ...]:
    """Codes of materials with anything between them."""
    typed = unicodedata.normalize("NFKC", as_text(cell)).upper()
    codes = "".join(sign if sign.isalnum() else " " for sign in typed).split()
    if wrong := [one for one in codes if one not in SLOTS]:
        raise CellFault("AUD-01", f"没有这样的材料代码：{'、'.join(wrong)}")
    return tuple(one for one in SLOTS if one in codes)


SHEET: Final = Form(
    "旧档案审核",
    (
        Column("unit", "所在党支部代码", code, required=True, width=18, example="001.003.005"),
        Column("unit_name", "所在党支部", text(100), width=26, note="只供核对", example="石桥村党支部"),
        Column("name", "姓名", text(60), required=True, width=14, example="石青"),
        Column("born", "出生日期", day, width=14, note="同一党支部有同名的填写", example="1956-03-05"),
        Column(
            "result", "审核结果", choice(_RESULTS), width=20, choices=tuple(_RESULTS), note="没有审核的留空", example="材料缺少"
        ),
        Column("missing", "缺少的材料", _slots, width=22, note="材料代码，如 A02、A16", example="A16"),
        Column("wrong", "有误的材料", _slots, width=22, note="材料代码", example=""),
        Column("on", "审核日期", day, width=14, note="填了审核结果的必填", example="2026-06-15"),
        Column("text", "说明", text(1000), width=40, note="不写公民身份号码", example="入党志愿书下落不明"),
    ),
    note="一名党员一行。填好后整份上传：有一行不合要求的，整份不登记，逐行写明原因。",
)  # fmt: skip


def waiting(asked: Asked, reader: Reader) -> list[dict[str, object]]:
    """A row for every member that is asked for and whose file was not looked through, as the sheet has it."""
    people = members_of(asked.scope(reader)).filter(result__isnull=True).order_by("pk")[: MOST + 1]
    rows = rows_of(people, reader)
    if len(rows) > MOST:
        raise Refused([_objection(_("一份最多 %(most)s 人") % {"most": MOST}, _("先选一个乡镇或者党支部，再下载。"))])
    born = dict(
        PersonRecord.objects.open().filter(person__in=[row.pk for row in rows]).values_list("person", "born_on")
    )
    return [
        {
            "unit": row.unit.code if row.unit else None, "unit_name": row.unit.name if row.unit else None, "name": row.person.name,
            "born": born.get(row.pk),
        }
        for row in rows
        if row.unit is not None
    ]  # fmt: skip


def write_list(target: Path, rows: Sequence[dict[str, object]], on: date) -> None:
    """The sheet with these members in it."""
    write_template(target, (SHEET,), version=VERSION, created_on=on, filling=Filling(rows={SHEET.title: rows}))


def audits_in(workbook: Workbook, reader: Reader) -> list[tuple[Somebody, Audited]]:
    """What the rows say. Raises `Refused` with every row that cannot be read or names nobody within reach."""
    sheet = workbook.sheets.get(SHEET.title)
    if sheet is None:
        raise Refused([_objection(_("工作簿里没有“旧档案审核”工作表"), _("下载名单，在其中填写。"))])
    parsed = parse(SHEET, sheet)
    faults = [_at(1, f"{fault.column}{fault.reason}") for fault in parsed.header_faults]
    faults += [_at(row.number, f"{fault.column}{fault.reason}") for row in parsed.rows for fault in row.faults]
    rows = [row for row in parsed.rows if not row.faults and row.values.get("result")]
    faults += [_at(row.number, _("没有填写审核日期")) for row in rows if row.values.get("on") is None]
    if not faults and not rows:
        faults.append(_objection(_("没有填写审核结果的行"), _("在“审核结果”一列选择后再上传。")))
    known = _known(rows, reader) if not faults else {}
    found: list[tuple[Somebody, Audited]] = []
    for row in rows if not faults else ():
        some = _meant(row.values, known)
        if len(some) == 1:
            found.append((some[0], _audited(row.values)))
        else:
            faults.append(
                _at(row.number, _("该党支部没有这名党员") if not some else _("有几名同名的党员，请填写出生日期"))
            )
    times = Counter(one for one, _said in found)
    faults += [
        _objection(_("%(name)s写了%(count)s行") % {"name": one.name, "count": count}, _("只留一行。"))
        for one, count in times.items()
        if count > 1
    ]
    if faults:
        raise Refused(faults)
    return found


_Known = dict[tuple[str, str], list[tuple[Somebody, date | None]]]


def _known(rows: Iterable[Row], reader: Reader) -> _Known:
    """Members within reach by branch and name, with their birth dates; three statements."""
    wanted = {(str(row.values["unit"]), str(row.values["name"])) for row in rows}
    units = {one.id: one.code for place, _name in wanted if (one := reader.tree.by_code.get(place)) is not None}
    people = members_of(Asked(Which.WAITING, None).scope(reader)).values("pk")
    standing = Belonging.objects.on(reader.today).filter(unit__in=list(units), person__in=people)
    places = dict(standing.values_list("person", "unit"))
    records = PersonRecord.objects.open().filter(person__in=places, name__in={name for _place, name in wanted})
    found: _Known = defaultdict(list)
    for pk, uid, name, born in records.values_list("person", "person__uid", "name", "born_on"):
        found[units[places[pk]], name].append((Somebody(pk, uid, name), born))
    return found


def _meant(values: dict[str, object], known: _Known) -> list[Somebody]:
    some = known.get((str(values["unit"]), str(values["name"])), [])
    if values.get("born") is not None:
        some = [(one, born) for one, born in some if born == values["born"]]
    return [one for one, _born in some]


def _audited(values: dict[str, Any]) -> Audited:
    missing, wrong = values.get("missing") or (), values.get("wrong") or ()
    return Audited(values["on"], values["result"], tuple(missing), tuple(wrong), scrub(values.get("text") or ""))


def _at(row: int, reason: str) -> Objection:
    return _objection(_("第 %(row)s 行：%(reason)s") % {"row": row, "reason": reason}, _("改正后重新上传整份。"))


def _objection(said: str, next_step: str) -> Objection:
    """What is wrong with the file or a row; no rule of law says how a workbook is filled in."""
    return Objection(rule="", text=said, next_step=next_step)


def no_file() -> Objection:
    return _objection(_("没有选择文件"), _("选择填好的名单。"))


def unreadable(why: Unreadable) -> Objection:
    return _objection(why.reason, _("在下载的名单上填写，另存为 .xlsx 后重新上传。"))
