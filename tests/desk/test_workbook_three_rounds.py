"""Out, everything wiped, in again, three times round: the county is each time the same by its digest, and so is the file."""

from __future__ import annotations

import hashlib
import json
from datetime import date
from pathlib import Path

import pytest
from django.conf import settings
from django.db import transaction

from tests.desk.county_cells import FAR_VILLAGE, TODAY, County, fifteen, member, number
from tests.desk.county_facts import CLERK, all_facts, faults
from yumiao.desk.demo.county import DEMO_DAY
from yumiao.desk.demo.workbook import demo_workbook
from yumiao.desk.workbook.exporting import export_workbook
from yumiao.desk.workbook.importing import import_workbook
from yumiao.ledger.queries import ledger
from yumiao.people.models import Person
from yumiao.sheets.reading import Workbook, read_workbook

pytestmark = pytest.mark.db

Rows = dict[str, list[list[object]]]


def with_oddities() -> Workbook:
    county = County()
    county.add(
        "党员",
        member(11, 性别="女", 与证件不一致说明="以档案为准", 原身份证号码=fifteen(number(11))),
        member(12, 入党时所在党支部代码=FAR_VILLAGE, 转正日期=None, 民族="穿青人"),
        member(13, 学历=None, 职业=None, 手机号码=None, 姓名="阿吉·木果"),
        member(14, 姓名="𬭎㐆山"),
    )
    county["发展培养"][0]["培养联系人二"] = number(77)
    return county.workbook()


def digest() -> str:
    """Of everything the record says of the county, without how it is numbered, and of the ledger that follows from it."""
    units, people, quotas = all_facts()
    said = [units, people, sorted(quotas), ledger(DEMO_DAY).as_json()]
    return hashlib.sha256(json.dumps(said, ensure_ascii=False, sort_keys=True, default=str).encode()).hexdigest()


def one_round(given: Workbook, today: date, target: Path) -> tuple[str, Workbook]:
    """Into an empty place, out again, and the place wiped."""
    with transaction.atomic():
        assert not Person.objects.exists()
        result = import_workbook(given, today=today, actor=CLERK)
        assert (faults(result.checked), result.written) == ([], True)
        found = digest()
        export_workbook(target, actor=CLERK, purpose="核对")
        transaction.set_rollback(True)
    for head in settings.FOLDER.root.glob("head*"):
        head.unlink()
    return found, read_workbook(target)


def rows(workbook: Workbook) -> Rows:
    """By sheet; in an order of their own, because people are numbered anew each time."""
    return {
        title: sorted((list(cells) for _, cells in sheet.rows), key=repr) for title, sheet in workbook.sheets.items()
    }


def stays_itself(given: Workbook, today: date, folder: Path, *, rounds: int) -> None:
    digests, files = [], []
    for place in range(rounds + 1):
        found, given = one_round(given, today, folder / f"{place}.xlsx")
        digests.append(found)
        files.append(rows(given))
    assert digests == digests[:1] * (rounds + 1)
    assert [place for place, file in enumerate(files) if file != files[0]] == []


def test_a_small_county_with_oddities_stays_itself_three_times_round(tmp_path: Path) -> None:
    stays_itself(with_oddities(), TODAY, tmp_path, rounds=3)


@pytest.mark.slow
@pytest.mark.embedded  # a server takes four times as long to say the same as of the small county
def test_the_demo_county_stays_itself(tmp_path: Path) -> None:
    stays_itself(demo_workbook(), DEMO_DAY, tmp_path, rounds=1)
