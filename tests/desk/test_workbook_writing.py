"""One import is one act: all or nothing, the same again is nothing, in any order the same, and no number leaves in clear."""

from __future__ import annotations

import json
import random
from datetime import date

import pytest
from django.db import transaction

from tests.desk.county_cells import COMMUNITY, TODAY, County, fifteen, member, number
from tests.desk.county_facts import (
    CLERK,
    all_facts,
    counts,
    faults,
    imported_rows,
    last_data,
    people_facts,
    row_counts,
    take,
    taken,
)  # fmt: skip
from yumiao.desk.workbook.importing import Outrun, import_workbook
from yumiao.journal.models import Entry, ImportedRow
from yumiao.people.models import PersonSecret
from yumiao.people.queries import whole_numbers

pytestmark = pytest.mark.db


def with_fault() -> County:
    county = County()
    county.add("党员", member(11, 姓名=None), member(12))
    return county


def during(written_between: County):
    """Somebody else imports at the moment in which the checks are done and nothing is written yet."""

    def progress(text: str) -> None:
        if text == "正在写入":
            take(written_between)

    return progress


def test_one_refused_row_keeps_everything_out():
    before = row_counts()
    result = take(with_fault())
    assert (faults(result.checked), result.written) == ([("党员", 9, "姓名", "WBK-02")], False)
    assert row_counts() == before


def test_the_good_rows_are_written_when_they_are_asked_for():
    result = take(with_fault(), accept=True)
    assert result.written
    assert counts(result.checked, "党员") == (8, 0, 0, 1)
    assert number(11) not in people_facts()
    assert number(12) in people_facts()


def test_the_corrected_file_adds_the_refused_row_alone():
    take(with_fault(), accept=True)
    county = with_fault()
    county["党员"][7]["姓名"] = "韦禾苗"
    assert counts(taken(county).checked, "党员") == (1, 0, 8, 0)
    assert imported_rows() == [("党员", 9, "person", "new")]


def test_an_import_is_one_entry_that_names_the_file_and_counts_its_rows():
    county = County()
    take(county)
    assert Entry.objects.count() == 1
    data = last_data()
    assert (data["file"], data["sha256"], data["day"]) == ("county.xlsx", county.workbook().digest.hex(), "2026-11-20")
    assert data["sheets"] == {
        title: {"new": len(county[title]), "changed": 0, "unchanged": 0, "refused": 0} for title in county.sheets
    }
    assert data["written"]["people_person"][0] == 12
    assert Entry.objects.get().actor_label == CLERK.label


def test_each_new_row_leaves_a_trace_of_where_it_came_from():
    take(County())
    assert sorted(imported_rows()) == sorted(
        [("组织", row, "unit", "new") for row in range(2, 12)]
        + [("党员", row, "person", "new") for row in range(2, 9)]
        + [("发展培养", row, "case", "new") for row in range(2, 5)]
        + [("人才库", row, "talent", "new") for row in range(2, 4)]
        + [("发展计划", row, "quota", "new") for row in range(2, 4)]
    )


def test_the_same_file_again_changes_nothing():
    taken(County())
    before = all_facts(), row_counts()
    result = take(County())
    assert (faults(result.checked), result.written) == ([], False)
    assert {title: counts(result.checked, title) for title in County().sheets} == {
        title: (0, 0, len(rows), 0) for title, rows in County().sheets.items()
    }
    assert (all_facts(), row_counts()) == before


def test_the_same_file_on_another_day_changes_nothing():
    county = County()
    county["党员"][0]["转正日期"] = None
    taken(county)
    before = row_counts()
    assert not take(county, today=date(2026, 12, 1)).written
    assert row_counts() == before


def mixed(seed: int) -> County:
    county = County()
    for rows in county.sheets.values():
        random.Random(seed).shuffle(rows)
    return county


def facts_of(county: County):
    """What an import of the county leaves; the import itself is rolled back."""
    with transaction.atomic():
        taken(county)
        found = all_facts()
        transaction.set_rollback(True)
    return found


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_rows_in_any_order_give_the_same_facts(seed):
    assert facts_of(mixed(seed)) == facts_of(County())


def test_the_same_rows_in_another_order_change_nothing():
    taken(County())
    assert not take(mixed(4)).written


def test_a_check_overtaken_by_another_import_is_made_again():
    taken(County())
    first, other = County(), County()
    first.add("党员", member(11))
    other.add("党员", member(12))
    result = import_workbook(first.workbook(), today=TODAY, actor=CLERK, progress=during(other))
    assert (result.written, counts(result.checked, "党员")) == (True, (1, 0, 7, 0))
    assert {number(11), number(12)} <= people_facts().keys()


def test_an_import_overtaken_by_the_same_file_leaves_no_entry():
    taken(County())
    county = County()
    county.add("党员", member(11))
    result = import_workbook(county.workbook(), today=TODAY, actor=CLERK, progress=during(county))
    assert (result.written, counts(result.checked, "党员")) == (False, (0, 0, 8, 0))
    assert Entry.objects.count() == 2


def test_an_import_whose_rows_are_no_longer_good_writes_nothing():
    taken(County())
    first, other = County(), County()
    first.add("党员", member(11))
    other.add("党员", member(11, COMMUNITY))
    with pytest.raises(Outrun) as outrun:
        import_workbook(first.workbook(), today=TODAY, actor=CLERK, progress=during(other))
    assert faults(outrun.value.checked) == [("党员", 9, "所在党支部代码", "WBK-13")]
    assert Entry.objects.count() == 2


def test_overtaken_good_rows_are_still_written_when_they_were_asked_for():
    taken(County())
    first, other = County(), County()
    first.add("党员", member(11), member(13))
    other.add("党员", member(11, COMMUNITY))
    result = import_workbook(first.workbook(), today=TODAY, actor=CLERK, accept_good_rows=True, progress=during(other))
    assert (result.written, counts(result.checked, "党员")) == (True, (1, 0, 7, 1))


def misplaced() -> tuple[County, str]:
    """A county with numbers in every place where none belongs, and the name of its file."""
    county = County()
    county["党员"][0] |= {
        "姓名": number(1),
        "学历": f"大专 {number(2)}",
        "职业": "电话12300001234",
        "入党日期": number(3),
    }
    county["党员"][1] |= {"所在党支部代码": number(2), "人员类别": "12300001234", "转正日期": fifteen(number(2))}
    county["党员"][2] |= {"性别": number(3), "入党时所在党支部代码": number(4), "原身份证号码": number(5)}
    county["党员"][3] |= {"公民身份号码": number(4)[:17] + "#", "手机号码": number(4)}
    county["党员"][4] |= {"公民身份号码": fifteen(number(5)), "民族": number(5).translate({48: "０"})}
    county["发展培养"][0] |= {"培养联系人一": number(77), "职业": number(1)}
    county["人才库"][0] |= {"人才类别": number(8), "联系老党员": "12300009999"}
    county["组织"][3] |= {"组织类别": number(9)}
    county["发展计划"][0] |= {"组织代码": number(6), "计划发展党员数": "12300001234"}
    header = f"{number(41)} 备注"
    county.headers["党员"] = (*county.headers["党员"], header)
    county["党员"][0][header] = "无"
    title = f"名单 {number(42)[:15]}"
    county.sheets[title], county.headers[title] = [], ()
    return county, f"{number(43)} 12300001234.xlsx"


def clear_numbers(text: str) -> list[str]:
    """Numbers of the misplaced county that can be read in the text."""
    known = [number(place) for place in (*range(1, 10), 41, 42, 43, 77)]
    known += [*map(fifteen, known), "12300001234", "12300009999", number(42)[:15]]
    return [one for one in known if one in text.translate({0xFF10: "0"})]


def test_no_number_stands_in_clear_in_report_or_journal():
    county, name = misplaced()
    result = import_workbook(county.workbook(name), today=TODAY, actor=CLERK, accept_good_rows=True)
    report = json.dumps(result.as_json(), ensure_ascii=False)
    assert result.written
    assert len(result.checked.faults) > 10
    assert clear_numbers(report) == []
    [entry] = Entry.objects.all()
    assert clear_numbers(entry.data) == []
    assert clear_numbers(str(list(ImportedRow.objects.values()))) == []


def test_the_report_says_what_came_of_every_sheet():
    report = take(with_fault()).as_json()
    assert report["file"] == "county.xlsx"
    assert report["sheets"]["党员"] == {"rows": 9, "new": 8, "changed": 0, "unchanged": 0, "refused": 1}
    assert report["faults"] == [{"sheet": "党员", "row": 9, "column": "姓名", "rule": "WBK-02", "reason": "必填项为空"}]
    assert (report["warnings"], report["written"]) == ([], False)


def test_numbers_are_kept_sealed_and_found_by_their_key_alone():
    taken(County())
    secrets = PersonSecret.objects.alive()
    whole = {number for kinds in whole_numbers().values() for number in kinds.values()}
    assert {number(1), "12300000001"} <= whole
    stored = b"".join(bytes(secret.cell) + bytes(secret.keyed) for secret in secrets)
    assert [one for one in whole if one.encode() in stored] == []
