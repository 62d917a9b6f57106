"""The path on its page and on paper, the blank handbook as PDF and as a file to edit, the record of one case, the steps for machines."""

from __future__ import annotations

import re
import uuid
from datetime import timedelta
from html import unescape
from io import BytesIO
from typing import Any

import docx
import pytest
from pypdf import PdfReader

from tests.api.tokens import Machines, machines
from tests.cast import Cast, cast
from yumiao.access.permissions import Permission
from yumiao.admission.asked import Asked
from yumiao.admission.editions import EDITION_2014
from yumiao.admission.models import Case
from yumiao.admission.path_page import guards_of
from yumiao.bylaws.services import change_setting, record_paper
from yumiao.desk.dossier import recording
from yumiao.desk.dossier.grounds import helpers_of
from yumiao.desk.dossier.recording import Deciding
from yumiao.journal.models import Reading
from yumiao.press.words import MEDIA

pytestmark = pytest.mark.db
__all__ = ["cast", "machines"]


def main(cast: Cast, who: str, address: str = "/casebook/") -> str:
    answer = cast.client(cast.accounts[who]).get(address)
    assert answer.status_code == 200
    return unescape(answer.content.decode().partition("<main")[2].partition("</main>")[0])


def plain(page: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page))


def words(content: bytes) -> str:
    """Everything a file for a word processor says, tables too."""
    document = docx.Document(BytesIO(content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(one.text for one in document.paragraphs), *cells])


def pages(content: bytes) -> list[str]:
    return [re.sub(r"\s+", "", one.extract_text()) for one in PdfReader(BytesIO(content)).pages]


def who(cast: Cast, part: str) -> Deciding:
    account = cast.accounts[part]
    return Deciding(cast.actor(account), account.person_uid)


def begun(cast: Cast) -> uuid.UUID:
    """A case with a talk, an activist and a contact, and one return."""
    ground_for = recording.ground_by(cast.today, cast.reader(cast.secretary_a))
    first = cast.today - timedelta(days=20)
    case = recording.begin(
        cast.person(31), first, who=who(cast, "secretary_a"), ground_for=ground_for, today=cast.today
    )
    contact = helpers_of([cast.person(1).pk], first + timedelta(days=6))
    steps = [
        Asked(step=2, on=first + timedelta(days=5), people="支部书记谈话", note="思想端正"),
        Asked(step=3, on=first + timedelta(days=5)),
        Asked(step=5, on=first + timedelta(days=6), contacts=contact),
    ]
    for one in steps:
        recording.record(case, one, who=who(cast, "secretary_a"), ground_for=ground_for)
    recording.send_back(case, 5, why="mistake", reason="写错联系人", who=who(cast, "clerk_a"), ground_for=ground_for)
    return case


@pytest.mark.parametrize("part", ["officer", "clerk_a", "secretary_a", "member", "auditor", "reviewer", "system"])
def test_everybody_signed_in_reads_the_path(cast: Cast, part: str) -> None:
    page = main(cast, part)
    assert re.findall(r'id="step-(\d+)"', page) == [str(number) for number in range(1, 26)]
    for step in EDITION_2014.steps:
        row = page.partition(f'id="step-{step.number}"')[2].partition("</tr>")[0]
        assert re.findall(r'href="/rules/([^"]+)/"', row) == [rule.id for rule in guards_of(step)]
        assert [step.title in row, step.who in row, step.citation in row] == [True, True, True]
        assert [code in row for code in step.slots] == [True] * len(step.slots)


def test_who_reads_no_people_finds_no_way_to_the_editions(cast: Cast) -> None:
    assert ["/casebook/editions/" in main(cast, part) for part in ("clerk_a", "member")] == [True, False]


@pytest.mark.parametrize(
    "part, rooms",
    [
        ("officer", ["档案", "年内可接收", "程序问题", "培养考察和培训", "函调和外调", "志愿书编号", "程序和手册"]),
        ("secretary_a", ["档案", "年内可接收", "程序问题", "培养考察和培训", "函调和外调", "程序和手册"]),
        ("auditor", ["档案", "年内可接收", "程序问题", "程序和手册"]),
        ("member", []),
    ],
)
def test_the_rooms_around_the_cases_are_offered_to_whom_they_open(cast: Cast, part: str, rooms: list[str]) -> None:
    page = main(cast, part)
    shown = page.partition('aria-label="发展党员的各页"')[2].partition("</nav>")[0]
    links = re.findall(r'<a href="([^"]+)"[^>]*>([^<]+)</a>', shown)
    assert [label for _address, label in links] == rooms
    client = cast.client(cast.accounts[part])
    assert [client.get(address).status_code for address, _label in links] == [200] * len(rooms)


def test_a_term_that_the_county_tightened_is_shown_as_it_is_in_force(cast: Cast) -> None:
    assert "集中培训最少 3 天 —" in plain(main(cast, "officer"))
    record_paper(
        number="县组发〔2026〕2号",
        issuing_body="县委组织部",
        title="培训",
        in_force_from=cast.today,
        actor=cast.operator,
    )
    change_setting(
        key="training.min_days", value="5", since=cast.today, paper_number="县组发〔2026〕2号", reason="从严", actor=cast.operator,
        today=cast.today,
    )  # fmt: skip
    assert "集中培训最少 5 天 按本县参数" in plain(main(cast, "officer"))


def test_the_path_on_paper_has_every_step(cast: Cast) -> None:
    answer = cast.client(cast.member).get("/casebook/print/")
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
    text = "".join(pages(answer.content))
    assert [f"{one.number}.{one.title[:4]}" in text for one in EDITION_2014.steps] == [True] * 25


def test_the_blank_handbook_has_a_cover_notes_the_papers_and_one_leaf_a_step(cast: Cast) -> None:
    client = cast.client(cast.secretary_a)
    answer = client.get("/casebook/handbook/")
    found = pages(answer.content)
    county = cast.tree.root
    assert county is not None
    assert len(found) == 4 + 25
    assert [
        "发展党员综合资料手册" in found[0],
        county.name.replace(" ", "") in found[0],
        "中办发〔2014〕33号" in found[0],
    ] == [True] * 3
    assert ["填写说明" in found[1], "A24" in found[2], "预备期12个月" in found[3]] == [True] * 3
    leaves = [
        f"第{step.number}步{step.title}" in page for step, page in zip(EDITION_2014.steps, found[4:], strict=True)
    ]
    assert leaves == [True] * 25
    assert "赞成票" in found[4 + 14]


def test_the_handbook_to_edit_says_the_same_and_names_no_author(cast: Cast) -> None:
    answer = cast.client(cast.secretary_a).get("/casebook/handbook/?file=docx")
    assert answer["Content-Type"] == MEDIA
    text = words(answer.content)
    assert [f"第 {one.number} 步　{one.title}" in text for one in EDITION_2014.steps] == [True] * 25
    assert [f"{code} {slot.title}" in text for code, slot in EDITION_2014.slots.items()] == [True] * 24
    assert docx.Document(BytesIO(answer.content)).core_properties.author == ""


def test_the_record_of_a_case_tells_every_step_and_what_came_between(cast: Cast) -> None:
    case = begun(cast)
    answer = cast.client(cast.secretary_a).get(f"/casebook/record/{case}/")
    text = "".join(pages(answer.content))
    first = cast.today - timedelta(days=20)
    assert f"1.递交入党申请书{first.isoformat()}{cast.today.isoformat()}" in text
    assert [f"{one.number}.{one.title[:4]}" in text for one in EDITION_2014.steps] == [True] * 25
    assert ["写错联系人" in text, "登记错误" in text] == [True, True]
    assert ["思想端正" in text, "支部书记谈话" in text] == [False, False]  # opinions stay in the dossier


def test_the_record_to_edit_says_the_same_and_only_the_masked_number(cast: Cast) -> None:
    case = begun(cast)
    answer = cast.client(cast.clerk_a).get(f"/casebook/record/{case}/?file=docx")
    text = words(answer.content)
    assert answer["Content-Type"] == MEDIA
    assert ["9. 确定入党介绍人" in text, "写错联系人" in text, EDITION_2014.title in text] == [True] * 3
    masked = re.findall(r"\d{3,6}\*+\d{2,4}[\dX]?", text)
    assert (len(masked), re.findall(r"\d{17}[\dX]", text)) == (1, [])


def test_reading_a_record_is_on_record(cast: Cast) -> None:
    case = begun(cast)
    cast.client(cast.auditor).get(f"/casebook/record/{case}/")
    row = Reading.objects.latest("id")
    assert (row.what, row.subject, row.actor, row.count) == ("print", cast.people[31], cast.auditor.uid, 1)


@pytest.mark.parametrize(
    "part, status",
    [
        ("officer", 200), ("clerk_a", 200), ("secretary_a", 200), ("auditor", 200), ("clerk_b", 404), ("secretary_b", 404), ("member", 404),
        ("general_secretary", 404), ("assistant", 403), ("reviewer", 403), ("system", 403), ("security", 403), ("audit", 403),
    ],
)  # fmt: skip
def test_a_record_opens_for_whoever_sees_the_person(cast: Cast, part: str, status: int) -> None:
    case = begun(cast)
    before = Reading.objects.filter(what="refused").count()
    assert cast.client(cast.accounts[part]).get(f"/casebook/record/{case}/").status_code == status
    refused = Reading.objects.filter(what="refused").count() - before
    assert refused == (1 if status in (403, 404) else 0)


def test_a_record_that_is_not_there_is_not_found(cast: Cast) -> None:
    assert cast.client(cast.officer).get(f"/casebook/record/{uuid.uuid4()}/").status_code == 404


def test_a_person_reads_his_own_record(cast: Cast) -> None:
    """The member's account, as one whose case is still open."""
    from yumiao.admission.services import STEP
    from yumiao.admission.step_services import open_case
    from yumiao.journal.acts import act
    from yumiao.journal.verbs import Verb

    with act(Verb.CASE_OPENED, actor=cast.operator) as done:
        case, uid = open_case(done, cast.person(1).pk, "2014")
        from yumiao.admission.models import StepRecord

        done.insert(StepRecord, STEP, [(case, 1, 1, cast.today)])
    assert cast.client(cast.member).get(f"/casebook/record/{uid}/").status_code == 200
    other = Case.objects.filter(person=cast.person(21)).values_list("uid", flat=True)[0]
    assert cast.client(cast.member).get(f"/casebook/record/{other}/").status_code == 404


@pytest.mark.parametrize("address, count", [("/casebook/", 3), ("/casebook/handbook/?file=docx", 4)])
def test_pages_of_the_path_take_few_queries(
    cast: Cast, address: str, count: int, django_assert_num_queries: Any
) -> None:
    client = cast.client(cast.secretary_a)
    client.get("/casebook/")
    with django_assert_num_queries(count):
        client.get(address)


@pytest.mark.parametrize("steps", [1, 3])
def test_the_record_takes_as_many_queries_for_one_step_as_for_three(
    cast: Cast, steps: int, django_assert_num_queries: Any, database_vendor: str
) -> None:
    case = begun(cast) if steps == 3 else Case.objects.filter(person=cast.person(21)).values_list("uid", flat=True)[0]
    client = cast.client(cast.secretary_a)
    client.get("/casebook/")
    with django_assert_num_queries(13 + (database_vendor == "postgresql")):
        client.get(f"/casebook/record/{case}/?file=docx")


def test_machines_read_the_steps_by_the_right_to_read_rules(cast: Cast, machines: Machines) -> None:
    rows = machines(permissions=[Permission.BYLAW_READ]).items("/api/steps/?limit=10")
    assert [row["number"] for row in rows] == list(range(1, 26))
    assert {name: rows[14][name] for name in ("stage", "title", "after", "papers", "recorded_by", "repeats")} == {
        "stage": 4, "title": "支部大会讨论", "after": "14", "papers": "A17", "recorded_by": "党支部", "repeats": False,
    }  # fmt: skip
    assert machines(permissions=[Permission.UNIT_READ]).problem("/api/steps/")[0] == 403
    assert machines().problem("/api/steps/?edition=none")[0] == 400
