"""Old files through real pages: audited by branch and one by one, found wrong, decided on; the published case of nineteen not recognised at once."""

from __future__ import annotations

import io
import re
import uuid
from datetime import date, timedelta
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.api.tokens import Machines, machines
from tests.cast import FAR_VILLAGE, OTHER_TOWN, TOWN, VILLAGE, Cast, cast
from tests.faults.test_published_case import HOW_MANY, entered, village
from yumiao.admission.audit_rules import CORE
from yumiao.admission.models import Case, FileAudit, FileAuditRecord, Recognition
from yumiao.desk.membership.life import status_of
from yumiao.desk.people.facts import facts_of
from yumiao.journal.acts import last
from yumiao.journal.models import Entry, Reading
from yumiao.journal.verbs import Verb
from yumiao.ledger.queries import ledger
from yumiao.oversight.models import Finding
from yumiao.people.models import Attribution, Belonging, Membership, Person
from yumiao.people.queries import named
from yumiao.people.status import Status

pytestmark = pytest.mark.db
__all__ = ["cast", "machines"]

WORDS = {"body": "中共青岚县委", "document": "青组认〔2026〕1号", "reason": "入党手续严重违反规定"}


def decision(cast: Cast, what: str = "not_recognised", **more: Any) -> dict[str, Any]:
    days = {"decided_on": cast.today.isoformat(), "told_on": cast.today.isoformat()}
    return {"decision": what, **days, **WORDS, **more}


def audit(cast: Cast, place: int, who: Any = None, **said: Any) -> Any:
    given = {
        "on": cast.today.isoformat(),
        "result": "unproven",
        "missing": list(CORE),
        "text": "档案中没有志愿书",
        **said,
    }
    return cast.client(who or cast.clerk_a).post(f"/file-audits/new/?person={cast.people[place]}", given)


def status(cast: Cast, person: Person) -> Status:
    return status_of(facts_of(person.pk, person.uid, cast.today))


def once() -> dict[str, str]:
    return {"once": str(uuid.uuid4())}


def test_a_file_is_audited_found_wrong_decided_on_announced_and_taken_back(cast: Cast) -> None:
    clerk, officer, person = cast.client(cast.clerk_a), cast.client(cast.officer), cast.person(2)
    new = f"/file-audits/new/?person={person.uid}"
    assert clerk.get(new).status_code == 200
    answer = audit(cast, 2, result="complete")
    assert answer.status_code == 409
    assert "缺少或者有误，不能认定为齐全" in answer.content.decode()
    assert officer.post(f"/people/{person.uid}/recognise/", decision(cast)).status_code == 409  # no audit yet
    assert audit(cast, 2).status_code == 302
    one = FileAudit.objects.get(person=person)
    before = Reading.objects.count()
    page = clerk.get(f"/file-audits/{one.uid}/").content.decode()
    assert (page.count("缺少</span>"), "无法证明党员身份" in page, Reading.objects.count()) == (
        len(CORE),
        True,
        before + 1,
    )
    found = {"found_on": cast.today.isoformat(), "slot": "A16", "grade": "principle", "said": "没有志愿书"}
    assert clerk.post(f"/file-audits/{one.uid}/finding/", {**found, **once()}).status_code == 302
    kept = Finding.objects.get()
    stands = Belonging.objects.open().get(person=person).unit_id
    assert (kept.source, kept.person_id, kept.unit_id) == ("audit", person.pk, stands)
    assert clerk.get(f"/people/{person.uid}/recognise/").status_code == 403

    given = decision(cast)
    preview = officer.post(f"/people/{person.uid}/recognise/", given)
    assert "决定后的变化" in preview.content.decode()
    assert status(cast, person) is Status.FULL
    assert officer.post(f"/people/{person.uid}/recognise/", {**given, "deed": "submit", **once()}).status_code == 302
    assert status(cast, person) is Status.NOT_RECOGNISED
    member = Membership.objects.alive().get(person=person)
    assert (member.ended_on, member.ended_how) == (cast.today, "not_recognised")
    entry = Entry.objects.get(seq=last().seq)
    assert (entry.verb, entry.subject) == (Verb.ADMISSION_NOT_RECOGNISED, person.uid)
    assert clerk.post(f"/file-audits/{one.uid}/withdraw/", {"reason": "登记有误", **once()}).status_code == 409

    page = clerk.get(f"/people/{person.uid}/").content.decode()
    assert ("无法证明党员身份" in page, "不予承认，青组认〔2026〕1号" in page) == (True, True)
    assert "不予承认党员身份" in clerk.get("/changes/?change=not_recognised").content.decode()
    offered = officer.get(f"/people/{cast.people[3]}/changes/").content.decode()
    assert "不予承认" not in offered

    told = Recognition.objects.alive().get(person=person)
    assert "青组认〔2026〕1号" in clerk.get("/recognitions/").content.decode()
    assert cast.client(cast.clerk_b).get(f"/recognitions/{told.uid}/announcement.pdf").status_code == 404
    assert clerk.get(f"/recognitions/{told.uid}/announcement.pdf").content[:4] == b"%PDF"
    assert clerk.get(f"/recognitions/{told.uid}/announcement.docx").content[:2] == b"PK"
    assert clerk.get(f"/recognitions/{told.uid}/undo/").status_code == 403
    assert officer.get(f"/recognitions/{told.uid}/undo/").status_code == 200
    undone = officer.post(f"/recognitions/{told.uid}/undo/", {"reason": "决定登记有误", **once()})
    assert (undone.status_code, status(cast, person)) == (302, Status.FULL)
    recognised = decision(cast, "recognised", deed="submit", **once())
    assert officer.post(f"/people/{person.uid}/recognise/", recognised).status_code == 302
    assert (status(cast, person), Recognition.objects.alive().get().decision) == (Status.FULL, "recognised")


def test_a_branch_is_audited_on_one_page_and_nobody_audits_himself(cast: Cast) -> None:
    clerk = cast.client(cast.clerk_a)
    address = f"/file-audits/new/?unit={VILLAGE}"
    page = clerk.get(address).content.decode()
    places = page.count("的审核结果<")
    assert places > 1
    on = {"on": cast.today.isoformat()}
    assert clerk.post(address, on).status_code == 422  # nobody chosen
    assert clerk.post(address, {**on, "result_0": "lacking", "missing_0": "A99"}).status_code == 422
    assert clerk.post(address, {**on, "result_0": "lacking"}).status_code == 409
    given = {**on, "result_0": "lacking", "missing_0": "a02、A16", "result_1": "complete", "missing_1": "A08"}
    assert clerk.post(address, {**given, **once()}).status_code == 302
    assert clerk.get(address).content.decode().count("的审核结果<") == places - 2
    entry = Entry.objects.get(seq=last().seq)
    assert (entry.verb, entry.subject) == (Verb.FILE_AUDITED, cast.unit(VILLAGE).uid)
    page = clerk.get("/file-audits/?state=lacking").content.decode()
    assert "A02、A16" in page
    assert "已审核 2 人" in page
    assert clerk.get(f"/file-audits/new/?unit={FAR_VILLAGE}").status_code == 404
    cast.accounts["clerk_a"].person_uid = cast.people[2]
    cast.accounts["clerk_a"].save()
    refused = audit(cast, 2)
    assert (refused.status_code, "AUD-02" in refused.content.decode()) == (409, True)


@pytest.mark.parametrize(
    ("part", "answers"),
    [
        ("officer", (200, 200, 200)), ("clerk_a", (200, 200, 403)), ("clerk_b", (200, 404, 403)),
        ("secretary_a", (403, 403, 403)), ("reviewer", (403, 403, 403)), ("member", (403, 403, 403)), ("auditor", (403, 403, 403)),
    ],
)  # fmt: skip
def test_each_role_comes_as_far_as_its_rights(cast: Cast, part: str, answers: tuple[int, ...]) -> None:
    browser = cast.client(getattr(cast, part))
    addresses = ("/file-audits/", f"/file-audits/new/?person={cast.people[2]}", "/recognitions/new/")
    assert tuple(browser.get(one).status_code for one in addresses) == answers


def figures(day: date) -> tuple[Any, ...]:
    """What the lines say of the village, and everything of the county."""
    found = ledger(day)
    (one,) = (village for village in found.villages if village.unit.code == VILLAGE)
    return one.counts, one.bottom, one.warned, found.total, [town.guidance_met for town in found.townships]


def test_nineteen_admissions_are_not_recognised_in_one_act_and_undone_to_the_same_figures(cast: Cast) -> None:
    cases = entered(cast, village())
    people = list(Person.objects.filter(pk__in=Case.objects.filter(pk__in=cases).values("person")).order_by("pk"))
    officer = cast.client(cast.officer)
    address = f"/file-audits/new/?unit={VILLAGE}"
    names = {one.name for one in named(one.pk for one in people).values()}
    offered = re.findall(r'for="id_result_(\d+)">(.+?)的审核结果', officer.get(address).content.decode())
    places = [place for place, name in offered if name in names]
    assert len(places) == HOW_MANY
    rows = {f"result_{place}": "wrong" for place in places} | {f"wrong_{place}": "A12" for place in places}
    assert officer.post(address, {"on": cast.today.isoformat(), **rows, **once()}).status_code == 302
    before, known = figures(cast.today), last().seq
    past = [figures(date(year, 12, 31)) for year in (2021, 2022)]
    assert past[0][0].this_year == HOW_MANY

    given = decision(cast, who=[str(one.uid) for one in people])
    preview = officer.post("/recognitions/new/", given).content.decode()
    assert f"共 {HOW_MANY} 人" in preview
    assert f"<del>{before[3].members} 名</del>" in preview
    assert f"<ins>{before[3].members - HOW_MANY} 名</ins>" in preview
    assert figures(cast.today) == before
    assert officer.post("/recognitions/new/", {**given, "deed": "submit", **once()}).status_code == 302
    assert last().seq == known + 1
    assert {status(cast, one) for one in people} == {Status.NOT_RECOGNISED}
    after = figures(cast.today)
    assert before[0].members - after[0].members == HOW_MANY
    assert [figures(date(year, 12, 31)) for year in (2021, 2022)] == past
    assert ledger(cast.today, known=known).total == before[3]
    open_ones = Attribution.objects.alive().filter(person__in=people, until__gt=cast.today)
    assert open_ones.count() == 0

    one = Recognition.objects.alive()[0]
    printed = officer.get(f"/recognitions/{one.uid}/announcement.docx")
    assert printed.status_code == 200
    undone = officer.post(f"/recognitions/{one.uid}/undo/", {"reason": "决定登记有误", **once()})
    assert undone.status_code == 302
    assert (figures(cast.today), Recognition.objects.alive().count()) == (before, 0)
    assert {status(cast, one) for one in people} == {Status.FULL}


def test_the_admissions_of_a_year_fall_from_the_lines_on_the_day_of_the_decision(cast: Cast) -> None:
    """A village whose only admission of last year is not recognised is warned from that day on; the day before it was not."""
    county = village(1)
    joined = date(cast.today.year - 1, 3, 15)
    for sheet in county.sheets.values():
        for row in sheet:
            if "入党日期" in row:
                row |= {"入党日期": joined, "转正日期": None}
    del county.sheets["发展培养"][:]
    known = set(Person.objects.values_list("pk", flat=True))
    from yumiao.desk.workbook.importing import import_workbook

    assert import_workbook(county.workbook(), today=cast.today, actor=cast.operator).written
    (person,) = Person.objects.exclude(pk__in=known)
    officer = cast.client(cast.officer)
    said = {"on": cast.today.isoformat(), "result": "wrong", "wrong": ["A12"]}
    assert officer.post(f"/file-audits/new/?person={person.uid}", said).status_code == 302
    before, yesterday = figures(cast.today), figures(cast.today - timedelta(days=1))
    assert yesterday[0].last_year >= 1
    address = f"/people/{person.uid}/recognise/"
    preview = officer.post(address, decision(cast)).content.decode()
    assert "上年发展" in preview
    assert officer.post(address, {**decision(cast), "deed": "submit", **once()}).status_code == 302
    after = figures(cast.today)
    assert before[0].last_year - after[0].last_year == 1
    assert figures(cast.today - timedelta(days=1)) == yesterday


def test_the_list_costs_the_same_for_one_and_three(cast: Cast, django_assert_num_queries: Any) -> None:
    browser = cast.client(cast.clerk_a)
    browser.get("/file-audits/")
    audit(cast, 2)
    browser.get("/file-audits/?state=unproven")
    with django_assert_num_queries(8):
        assert browser.get("/file-audits/?state=unproven").status_code == 200
    audit(cast, 3)
    audit(cast, 4)
    browser.get("/file-audits/?state=unproven")
    with django_assert_num_queries(8):
        assert browser.get("/file-audits/?state=unproven").status_code == 200


def test_machines_and_workbooks_read_the_same_list(cast: Cast, machines: Machines) -> None:
    audit(cast, 2)
    words = {"usual": "check", "words": "核对旧档案"}
    answer = cast.client(cast.clerk_a).post("/exports/file-audits/?state=unproven", words)
    rows = list(openpyxl.load_workbook(io.BytesIO(answer.content)).worksheets[0].iter_rows(values_only=True))
    (row,) = [row for row in rows if isinstance(row[0], int)]
    (item,) = machines(unit=TOWN).items("/api/file-audits/?state=unproven")
    assert (item["person"], item["result"]) == (str(cast.people[2]), "无法证明党员身份")
    assert (row[1], row[4]) == (item["name"], item["result"])
    assert item["missing"].split("；")[0] == "A01 入党申请书"
    assert machines(unit=OTHER_TOWN).items("/api/file-audits/?state=unproven") == []


def filled(content: bytes, said: dict[str, tuple[str, str]], **more: Any) -> bytes:
    """The downloaded list with results by name: (result, missing)."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    sheet = book["旧档案审核"]
    head = [str(cell.value).strip("★") for cell in sheet[1]]
    columns = {name: place for place, name in enumerate(head, 1)}
    for row in range(2, sheet.max_row + 1):
        name = sheet.cell(row, columns["姓名"]).value
        if name in said:
            sheet.cell(row, columns["审核结果"]).value, sheet.cell(row, columns["缺少的材料"]).value = said[name]
            sheet.cell(row, columns["审核日期"]).value = more.get("on", "2026-06-15")
            sheet.cell(row, columns["所在党支部代码"]).value = more.get(
                "unit", sheet.cell(row, columns["所在党支部代码"]).value
            )
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_a_list_is_filled_in_at_the_cabinet_and_registered_whole_or_not_at_all(cast: Cast) -> None:
    clerk = cast.client(cast.clerk_a)
    taken = clerk.get("/file-audits/list.xlsx")
    names = [one.name for one in named([cast.person(place).pk for place in (2, 3)]).values()]
    last = Reading.objects.latest("pk")
    assert (taken.status_code, last.what, last.count) == (200, "export", 7)

    def send(content: bytes, **more: str) -> Any:
        file = SimpleUploadedFile("名单.xlsx", content)
        return clerk.post("/file-audits/upload/", {"file": file, **more})

    wrong = send(filled(taken.content, {names[0]: ("材料缺少", "A16"), names[1]: ("材料缺少", "A99")}))
    assert (wrong.status_code, "没有这样的材料代码：A99" in wrong.content.decode(), FileAudit.objects.count()) == (
        409,
        True,
        0,
    )
    unfit = send(filled(taken.content, {names[0]: ("材料齐全、规范", "A16")}))
    assert (unfit.status_code, "AUD-01" in unfit.content.decode(), FileAudit.objects.count()) == (409, True, 0)
    away = send(filled(taken.content, {names[0]: ("材料缺少", "A16")}, unit="001.002.001"))
    assert (away.status_code, "该党支部没有这名党员" in away.content.decode()) == (409, True)
    assert [send(b"no workbook").status_code, clerk.post("/file-audits/upload/", {}).status_code] == [422, 422]
    once = str(uuid.uuid4())
    good = filled(taken.content, {names[0]: ("材料缺少", "A02、A16"), names[1]: ("材料齐全、规范", "")})
    assert [send(good, once=once).status_code for _ in range(2)] == [302, 302]
    found = FileAuditRecord.objects.alive().order_by("result").values_list("result", "missing", "audited_on")
    assert list(found) == [("complete", "", date(2026, 6, 15)), ("lacking", "A02 A16", date(2026, 6, 15))]
    assert Entry.objects.filter(verb="file_audited").count() == 1
    again = openpyxl.load_workbook(io.BytesIO(clerk.get("/file-audits/list.xlsx").content))["旧档案审核"]
    assert names[0] not in {again.cell(row, 3).value for row in range(2, again.max_row + 1)}
