"""What keeps the registry in order goes out too: reforms and who carries on whom, pairs, gaps, looks, days off, code tables; and every list as a PDF."""

from __future__ import annotations

from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

from tests import lived
from tests.cast import FAR_VILLAGE, OTHER_FAR_VILLAGE, VILLAGE, Cast, cast
from tests.desk.county_cells import number
from tests.desk.test_desk_exports import PURPOSE, SMALL, rows_of, taken
from yumiao.bylaws.services import record_days_off
from yumiao.desk.doubles.queue import queue
from yumiao.journal.models import Reading
from yumiao.kernel.identity import mask_identity
from yumiao.people.codes import TABLES

pytestmark = pytest.mark.db
__all__ = ["cast"]
LISTS = ("units", "terms", "reforms", "successions", "gaps", "calendar", "codes", "papers", "settings", "issues")


def got(client: Client, url: str) -> HttpResponse:
    answer = client.get(url)
    assert answer.status_code == 200, answer.content.decode()
    return answer


def cells(client: Client, url: str) -> list[list[Any]]:
    return rows_of(got(client, url))


def test_reforms_and_successions_go_out_to_whom_they_concern(cast: Cast) -> None:
    seq = lived.merge_villages(cast)
    officer, far, near = (cast.client(who) for who in (cast.officer, cast.clerk_b, cast.clerk_a))
    (reform,) = cells(officer, "/exports/reforms/")
    assert reform[:3] == [seq, "合村", lived.PAPER]
    (link,) = cells(far, f"/exports/successions/?reform={seq}")
    assert link[:1] + link[2:6] == [
        seq, OTHER_FAR_VILLAGE, "枫溪村党支部", "合并", FAR_VILLAGE,
    ]  # fmt: skip
    assert cells(near, "/exports/reforms/") == cells(near, "/exports/successions/") == []
    assert near.get(f"/exports/successions/?reform={seq}").status_code == 404
    assert "/exports/reforms/" in officer.get("/reforms/").content.decode()
    assert f"/exports/successions/?reform={seq}" in officer.get(f"/reforms/done/{seq}/").content.decode()


def test_the_queue_goes_out_with_both_people_masked_and_counted_twice(cast: Cast) -> None:
    lived.enter_twice(cast)
    client, pairs = cast.client(cast.clerk_a), queue(cast.reader(cast.clerk_a))
    page = got(client, "/exports/doubles/?ground=2").content.decode()
    asked = [pair for pair in pairs if pair.ground == 2]
    assert (f"{len(asked)} 行" in page, f"{2 * len(asked)} 人" in page) == (True, True)
    answer = taken(client, "/exports/doubles/?ground=2")
    reading = Reading.objects.latest("id")
    assert (reading.what, reading.count) == ("list", 2 * len(asked))
    rows = rows_of(answer)
    twins = [row for row in rows if row[0] == row[4] == lived.name(cast, 2)]
    assert sorted((twins[0][1], twins[0][5])) == sorted((mask_identity(number(2)), mask_identity(number(12))))
    assert len(rows) == len(asked)
    assert rows_of(taken(client, f"/exports/doubles/?unit={VILLAGE}&ground=1")) == []


def test_what_records_lack_goes_out_as_the_page_counts_it(cast: Cast) -> None:
    lived.enter_twice(cast)
    assert [row[:2] for row in cells(cast.client(cast.clerk_a), "/exports/gaps/")] == [["没有学历", 1]]
    assert cells(cast.client(cast.clerk_b), "/exports/gaps/") == []


def test_who_looked_goes_out_to_the_person_and_to_who_reads_the_record(cast: Cast) -> None:
    cast.client(cast.clerk_a).get(f"/people/{cast.people[1]}/")
    where = f"/exports/people/{cast.people[1]}/looks/"
    for who in (cast.member, cast.auditor):
        (row,) = rows_of(taken(cast.client(who), where))
        assert (row[2], row[3]) == ("盘云舟（青石镇党委）", "查看人员资料")
    assert cast.client(cast.clerk_a).get(where).status_code == 403


def test_days_off_and_code_tables_go_out(cast: Cast) -> None:
    day = cast.today.replace(month=7, day=15)
    record_days_off(days=[(day, False, "盘王节")], source="青岚县人民政府通知", actor=cast.operator)
    officer = cast.client(cast.officer)
    rows = cells(officer, f"/exports/calendar/?year={day.year}")
    assert [row[2:5] for row in rows if row[3] == "盘王节"] == [["放假", "盘王节", "本县"]]
    assert officer.get("/exports/calendar/?year=2090").status_code == 404
    assert len(cells(officer, "/exports/codes/")) == sum(len(entries) for entries in TABLES.values())


@pytest.mark.parametrize("name", LISTS)
def test_a_list_that_names_nobody_is_printed_at_once(cast: Cast, name: str) -> None:
    answer = got(cast.client(cast.officer), f"/exports/{name}/?file=pdf")
    assert (answer["Content-Type"], answer.content[:5]) == ("application/pdf", b"%PDF-")
    assert Reading.objects.count() == 0


def test_people_are_printed_after_the_purpose_is_said_and_on_record(cast: Cast) -> None:
    client, where = cast.client(cast.clerk_a), f"/exports/people/?unit={VILLAGE}&kind=member&file=pdf"
    page = got(client, where).content.decode()
    assert ("打印</button>" in page.replace("\n", ""), Reading.objects.count()) == (True, 0)
    answer = client.post(where, PURPOSE)
    assert (answer["Content-Type"], answer.content[:5]) == ("application/pdf", b"%PDF-")
    reading = Reading.objects.get()
    assert (reading.what, reading.count, reading.subject) == ("list", 3, cast.unit(VILLAGE).uid)
    assert "file=pdf" not in page.partition("返回</a>")[0].rpartition("<a ")[2]


@SMALL
def test_more_rows_than_a_print_takes_are_refused_and_the_workbook_is_named(cast: Cast) -> None:
    answer = cast.client(cast.officer).get("/exports/units/?file=pdf")
    assert (answer.status_code, "或者导出表格" in answer.content.decode()) == (409, True)
