"""The demo township's reconciliation: an export of the national register in which some members are missing, changed or strange."""

from __future__ import annotations

from typing import Any, Final

from yumiao.desk.demo.days import DEMO_DAY
from yumiao.journal.acts import Actor
from yumiao.kernel.identity import check_digit
from yumiao.people.models import Person
from yumiao.people.queries import whole_numbers_of
from yumiao.reconciliation.columns import LABELS
from yumiao.reconciliation.keeping import opened_kept
from yumiao.reconciliation.models import Comparison
from yumiao.reconciliation.own_record import people_here
from yumiao.reconciliation.rules import FIELDS, Deed, Here, Kind
from yumiao.reconciliation.services import begin, tick
from yumiao.sheets.reading import Sheet, Workbook
from yumiao.units.queries import tree

TOWNSHIP: Final = "001.032"
FILE: Final = "全国系统党员名册.xlsx"
OTHERWISE: Final = {"education": "本科", "membership_on": "1999-07-01", "name": "覃若禾"}
STRANGER: Final = {
    "name": "石未名",
    "sex": "男",
    "born_on": "1990-01-01",
    "is_full": "正式党员",
    "membership_on": "2018-07-01",
}
STRANGERS_FIRST17: Final = "99800119900101007"
RECENT: Final = (Deed.LEFT, "组织关系刚转入，全国系统正在办理")
ASKED: Final = (Deed.REGISTER_CORRECTED, "")
DEEDS: Final = {
    (Kind.HERE_ONLY, 0): RECENT,
    (Kind.HERE_ONLY, 2): ASKED,
    (Kind.THERE_ONLY, 0): (Deed.LEFT, "本人组织关系不在本镇，已请全国系统管理员核查"),
    (Kind.THERE_ONLY, 2): ASKED,
    (Kind.DIFFERS, 0): ASKED,
    (Kind.DIFFERS, 2): (Deed.HERE_CORRECTED, "入党志愿书记载与全国系统相同"),
}


def reconcile_demo_township(*, actor: Actor) -> None:
    """Begin one and tick off every other difference; a second run finds it there."""
    if Comparison.objects.exists():
        return
    now = tree(DEMO_DAY)
    unit = now.by_code[TOWNSHIP]
    members = [one for one in people_here(unit, now, DEMO_DAY) if one.is_member]
    numbers = {one.pk: whole_numbers_of(one) for one in Person.objects.filter(pk__in=[one.person for one in members])}
    rows = [
        _row(one, numbers[one.person].get("identity", ""), place)
        for place, one in enumerate(members)
        if place % 60 != 30
    ]
    rows.append(_cells(STRANGER, STRANGERS_FIRST17 + check_digit(STRANGERS_FIRST17)))
    header = (LABELS["number"], *(LABELS[name] for name in FIELDS))
    sheet = Sheet("党员名册", header, list(enumerate(rows, 2)))
    made = begin(Workbook(FILE, b"", {sheet.title: sheet}), FILE, unit, now, today=DEMO_DAY, actor=actor)
    for place, one in enumerate(opened_kept(made).first):
        if place % 2 == 0:
            deed, note = DEEDS[one.kind, place % 4]
            tick(made, one.key, deed, note, shown=0, today=DEMO_DAY, actor=actor)


def _row(one: Here, number: str, place: int) -> list[Any]:
    """As here, but for every fiftieth, of whom one thing is said otherwise."""
    changed = dict(one.values)
    if place % 50 == 7:
        name = list(OTHERWISE)[place // 50 % len(OTHERWISE)]
        changed[name] = OTHERWISE[name]
    return _cells(changed, number)


def _cells(values: Any, number: str) -> list[Any]:
    return [number or None, *(values.get(name) or None for name in FIELDS)]
