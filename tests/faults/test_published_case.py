"""A case that was published (domain 7.2): of nineteen admissions in one village fifteen had been activists for less than a year, of eighteen the
papers of the political review were added afterwards, six were never submitted to the committee. Entered as history, all of it is found.
"""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import Any

import pytest
from django.test.utils import CaptureQueriesContext

from tests.cast import FAR_VILLAGE, VILLAGE, Cast, cast
from tests.desk.county_cells import County, applicant, member, number
from tests.desk.county_facts import faults as refused
from yumiao.admission.columns import CASES
from yumiao.admission.faults import Fault, Gravity
from yumiao.admission.models import Case
from yumiao.admission.paper_rules import Checked
from yumiao.admission.paper_services import put_in
from yumiao.desk.faults.finding import faults_of, found_in
from yumiao.desk.faults.lists import by_rule
from yumiao.desk.workbook.importing import import_workbook
from yumiao.files.models import Scan
from yumiao.journal.acts import act
from yumiao.journal.bulk import new_ids, recorded
from yumiao.journal.models import Reading
from yumiao.journal.verbs import Verb

pytestmark = pytest.mark.db
__all__ = ["cast"]

BORN = date(1995, 2, 3)
HOW_MANY, SHORT, UNFILED = 19, 15, 6
ADMITTED: dict[str, Any] = {
    "递交入党申请书日期": date(2020, 1, 20), "党组织派人谈话日期": date(2020, 2, 10), "确定为入党积极分子日期": date(2020, 3, 10),
    "积极分子备案日期": date(2020, 3, 20), "指定培养联系人日期": date(2020, 3, 12), "培养教育考察日期": "2020-09-10、2021-03-09",
    "支部委员会讨论确定发展对象日期": date(2021, 3, 10), "确定为发展对象日期": date(2021, 3, 16), "确定入党介绍人日期": date(2021, 3, 20),
    "政治审查日期": date(2021, 4, 10), "集中培训日期": date(2021, 4, 12), "集中培训天数": 3, "支部委员会审查日期": date(2021, 4, 20),
    "上级党委预审日期": date(2021, 4, 28), "填写入党志愿书日期": date(2021, 5, 6), "支部大会接收日期": date(2021, 5, 15),
    "上级党委派人谈话日期": date(2021, 6, 10), "上级党委审批日期": date(2021, 7, 1), "培养联系人一": number(1), "培养联系人二": number(4),
    "入党介绍人一": number(1), "入党介绍人二": number(4),
}  # fmt: skip


def village(count: int = HOW_MANY, branch: str = VILLAGE, first: int = 60) -> County:
    """So many admissions as they were found: the first fifteen too early, the last six never filed."""
    county = County().only("党员", "发展培养")
    county.sheets = {"党员": [], "发展培养": []}
    county.headers["发展培养"] = tuple(column.header for column in CASES.columns)
    for place in range(count):
        cells = dict(ADMITTED)
        if place < SHORT:
            cells |= {
                "培养教育考察日期": "2020-09-10、2020-12-09",
                "支部委员会讨论确定发展对象日期": date(2020, 12, 10),
            }
        if place >= HOW_MANY - UNFILED:
            cells |= {"确定为发展对象日期": None, "积极分子备案日期": None}
        row = member(first + place, branch, 入党日期=date(2021, 5, 15), 转正日期=date(2022, 5, 15))
        identity = {"公民身份号码": number(first + place, BORN), "出生日期": BORN}
        county.add("党员", row | identity)
        county.add("发展培养", {**applicant(first + place, branch), **cells})
    return county


def entered(cast: Cast, county: County) -> list[int]:
    """The cases, in the order of the file."""
    known = set(Case.objects.values_list("pk", flat=True))
    result = import_workbook(county.workbook(), today=cast.today, actor=cast.operator)
    assert (refused(result.checked), result.written) == ([], True)
    return list(Case.objects.exclude(pk__in=known).order_by("pk").values_list("pk", flat=True))


def reviewed(cast: Cast, case: int, dated_on: date) -> None:
    """The papers of the political review lie in the case, with a day written on them."""
    with act(Verb.PAPER_ADDED, actor=cast.operator) as current:
        scan = new_ids(Scan, 1)[0]
        values = {
            "id": scan, "uid": Scan._meta.get_field("uid").get_default(), "unit_id": cast.unit(VILLAGE).id, "media": Scan.Media.PDF,
            "digest": bytes(32), "size": 1, "pages": 1, "taken_on": None,
        }  # fmt: skip
        columns = ("id", "uid", *(name for name in recorded(Scan) if name not in ("id", "uid")))
        current.insert(Scan, columns, [tuple(values[name] for name in columns)])
        checked = Checked("政治审查材料", dated_on, True, True, True, True, True)
        put_in(current, case=case, step=10, occurrence=1, slot="A12", scan=scan, checked=checked, supplements=None)


def published(cast: Cast) -> list[int]:
    cases = entered(cast, village())
    for place, case in enumerate(cases):
        reviewed(cast, case, date(2021, 4, 10) if place == 0 else date(2021, 9, 1))
    return cases


def test_every_violation_of_the_published_case_is_found_and_named(cast: Cast) -> None:
    cases = published(cast)
    found = faults_of(cases, cast.reader(cast.officer))
    wrong: Counter[tuple[int, str]] = Counter()
    for _read, some in found.values():
        wrong.update((one.step, one.rule) for one in some)
    assert len(cases) == HOW_MANY
    assert wrong == {
        (7, "DEV-06"): 15, (10, "ARC-03"): 18, (4, "STP-04"): 6, (8, "DEV-08"): 6, (15, "STP-15"): 19, (17, "STP-15"): 19,
    }  # fmt: skip
    last = found[cases[-1]][1]
    assert [(one.step, one.gravity.value, one.text) for one in last] == [
        (4, "irregular", "未上报乡镇党委备案：没有第 4 步 积极分子备案的记录，而第 7 步 确定发展对象已经办理"),
        (8, "principle", "未上报乡镇党委备案：没有第 8 步 发展对象备案的记录，而第 9 步 确定介绍人已经办理"),
        (10, "principle", "补充材料：“政治审查结论和函调、外调材料”落款 2021年9月1日，晚于本步 2021年4月10日"),
        (15, "irregular", "没有对本人表决的会议记录"),
        (17, "irregular", "没有对本人表决的会议记录"),
    ]
    assert found[cases[0]][1][0] == Fault(
        7, "DEV-06", Gravity.PRINCIPLE, "培养教育考察未满 12 个月（2020年3月10日确定为积极分子）", (date(2020, 12, 10),)
    )


def test_the_page_counts_them_by_rule_and_opens_the_people(cast: Cast) -> None:
    published(cast)
    reader = cast.reader(cast.clerk_a)
    found = found_in(reader, cast.unit(VILLAGE))
    assert [(one.key, one.cases, one.grave) for one in by_rule(found)] == [
        ("ARC-03", 18, 18), ("DEV-06", 15, 15), ("DEV-08", 6, 6), ("STP-15", 19, 0), ("STP-04", 6, 0),
    ]  # fmt: skip
    browser = cast.client(cast.clerk_a)
    page = browser.get("/cases/faults/").content.decode()
    assert "共 19 人，其中 19 人违反原则" in page
    assert 'href="?rule=DEV-06"' in page
    page = browser.get("/cases/faults/?rule=DEV-08").content.decode()
    assert "共 6 人，其中 6 人违反原则" in page
    assert page.count('/faults/">韦禾') == 6


def test_one_case_says_everything_and_its_reading_is_recorded(cast: Cast) -> None:
    cases = published(cast)
    uid = Case.objects.get(pk=cases[-1]).uid
    before = Reading.objects.count()
    page = cast.client(cast.secretary_a).get(f"/cases/{uid}/faults/").content.decode()
    assert "共 5 项，其中 2 项违反原则" in page
    assert Reading.objects.count() == before + 1


def test_without_a_fault_the_page_says_so(cast: Cast) -> None:
    page = cast.client(cast.secretary_b).get("/cases/faults/").content.decode()
    assert "没有发现程序问题" in page


@pytest.mark.parametrize(
    ("part", "status"),
    [
        ("officer", 200),
        ("clerk_a", 200),
        ("secretary_a", 200),
        ("clerk_b", 404),
        ("secretary_b", 404),
        ("outsider", 403),
    ],
)
def test_a_case_is_seen_within_reach_alone(cast: Cast, part: str, status: int) -> None:
    case = entered(cast, village(1))[0]
    uid = Case.objects.get(pk=case).uid
    assert cast.client(getattr(cast, part)).get(f"/cases/{uid}/faults/").status_code == status


def test_the_list_holds_what_is_within_reach_alone(cast: Cast) -> None:
    entered(cast, village(2))
    entered(cast, village(1, FAR_VILLAGE, 90))
    assert [len(found_in(cast.reader(who), None)) for who in (cast.officer, cast.clerk_a, cast.clerk_b)] == [3, 2, 1]
    beyond = cast.client(cast.clerk_a).get(f"/cases/faults/?unit={FAR_VILLAGE}").content.decode()
    assert "共 2 人" in beyond


def queries(cast: Cast, address: str) -> int:
    from django.db import connection

    browser = cast.client(cast.clerk_a)
    with CaptureQueriesContext(connection) as seen:
        assert browser.get(address).status_code == 200
    return len(seen)


def test_three_rows_cost_no_more_than_one(cast: Cast) -> None:
    entered(cast, village(1))
    assert queries(cast, "/cases/faults/") == 11
    entered(cast, village(2, first=70))
    assert queries(cast, "/cases/faults/") == 11
    assert queries(cast, "/cases/faults/") == 2  # the figures are remembered while the record stays as it is
