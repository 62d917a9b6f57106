"""Meetings through their pages, as a browser sends them: the wizard keeps what was typed, one act, results in words, papers, who may what."""

from __future__ import annotations

import io
from datetime import date, timedelta
from typing import Any

import pytest
from docx import Document
from lxml import html
from pypdf import PdfReader

from tests.cast import FAR_VILLAGE, OTHER_TOWN, TOWN, VILLAGE, Cast, cast
from tests.meetings.branch import bar, fill, meeting_of, person_at, walk_to
from yumiao.desk.dossier.recording import Deciding
from yumiao.desk.meetings import recording
from yumiao.journal.models import Entry, Reading
from yumiao.meetings.drafts import MotionDraft
from yumiao.meetings.models import Attendance, Ballot, Exclusion, MeetingRecord, NamedVote, WrittenOpinion
from yumiao.meetings.rules import Count

__all__ = ["cast"]
pytestmark = pytest.mark.db
NEW = "/meetings/new/"


class Browser:
    """Fills in the form of the page it is on, and sends all of its fields as a browser would."""

    def __init__(self, cast: Cast, part: str) -> None:
        self.client = cast.client(cast.accounts[part])
        self.answer: Any = None

    def get(self, address: str) -> Browser:
        self.answer = self.client.get(address)
        return self

    def press(self, deed: str, **typed: Any) -> Browser:
        """`typed`: a value, or True for a box that is ticked; names with a hyphen are written with two underscores."""
        form = next(one for one in self.page.forms if one.method == "POST" and one.action and NEW in one.action)
        fields = form.form_values()
        for name, value in typed.items():
            key = name.replace("__", "-")
            fields = [one for one in fields if one[0] != key]
            values = value if isinstance(value, list) else ["on" if value is True else value]
            fields += [(key, str(one)) for one in values if one is not None]
        data: dict[str, list[str]] = {}
        for key, one in [*fields, ("deed", deed)]:
            data.setdefault(key, []).append(one)
        self.answer = self.client.post(NEW, data)
        return self

    @property
    def page(self) -> Any:
        return html.fromstring(self.answer.content.decode())

    @property
    def text(self) -> str:
        return " ".join(self.page.text_content().split())

    @property
    def step(self) -> str:
        """Which page of the wizard it is."""
        return str(self.page.xpath("//ol[@class='wizard']/li[@class='now']/span")[0].text)


def basics(cast: Cast, **changed: Any) -> dict[str, Any]:
    given = {
        "unit": VILLAGE, "kind": "members", "held_on": cast.today.isoformat(), "place": "村部会议室", "chair": "李青山", "recorder": "韦春晓",
    }  # fmt: skip
    return {**given, **changed}


def to_items(cast: Cast, part: str = "secretary_a", **changed: Any) -> Browser:
    browser = Browser(cast, part).get(NEW).press("roll", **basics(cast, **changed))
    return browser.press("everybody").press("items")


def counts(key: str, yes: int, **more: Any) -> dict[str, Any]:
    given = {"yes": yes, "no": 0, "abstain": 0, "spoilt": 0, "tellers": "韦春晓", **more}
    return {f"m__{key.replace('-', '__')}__{name}": value for name, value in given.items()}


def key_of(cast: Cast, place: int, kind: str = "admission") -> str:
    return f"{kind}-{cast.person(place).pk}"


def previewed(cast: Cast, yes: int = 2, **more: Any) -> Browser:
    """The village votes on one candidate; the preview is open."""
    walk_to(cast, 21, 14)
    key = key_of(cast, 21)
    browser = to_items(cast).press("counts", candidate=[key])
    return browser.press("preview", **counts(key, yes, **more))


def test_a_meeting_goes_from_the_roll_to_the_step_of_the_candidate(cast: Cast) -> None:
    case = walk_to(cast, 21, 14)
    key, entries = key_of(cast, 21), Entry.objects.count()
    browser = Browser(cast, "secretary_a").get(NEW)
    assert browser.step == "会议"
    browser.press("roll", **basics(cast))
    assert (browser.step, "应到会有表决权的 2 人" in browser.text) == ("到会", True)
    assert "预备党员，没有表决权" in browser.text
    browser.press("everybody")
    assert browser.page.xpath("count(//input[@type='checkbox'][@checked])") == 2
    browser.press("items")
    assert browser.step == "表决事项"
    browser.press("counts", candidate=[key], agenda="讨论接收预备党员")
    assert browser.step == "票数"
    browser.press("preview", **counts(key, 2))
    assert browser.step == "核对提交"
    assert (
        "应到会有表决权的 2 人，实到 2 人（至少 2 人），赞成 2 票（至少 2 票），反对 0 票，弃权 0 票。" in browser.text
    )
    assert Entry.objects.count() == entries
    browser.press("submit")
    record = MeetingRecord.objects.get()
    assert (browser.answer.status_code, browser.answer["Location"]) == (302, f"/meetings/{record.meeting.uid}/")
    assert Entry.objects.count() == entries + 1
    assert Attendance.objects.filter(is_due=True, is_present=True).count() == 2
    page = browser.get(f"/meetings/{record.meeting.uid}/")
    assert page.answer.status_code == 200
    links = {one.text_content().strip(): one.get("href") for one in page.page.xpath("//main//a")}
    assert links["登记发展步骤"] == f"/cases/{case}/steps/15/"


def test_one_meeting_has_a_ballot_for_each_of_many_candidates(cast: Cast) -> None:
    walk_to(cast, 21, 14)
    person = person_at(31)
    from yumiao.admission.models import StepRecord
    from yumiao.admission.services import STEP
    from yumiao.admission.step_services import open_case
    from yumiao.journal.acts import act
    from yumiao.journal.verbs import Verb

    with act(Verb.PREPARED, actor=cast.operator) as current:
        case, _uid = open_case(current, person.pk, "2014")
        current.insert(StepRecord, STEP, [(case, step, 1, cast.today) for step in range(1, 15)])
    keys = [key_of(cast, 21), key_of(cast, 31)]
    browser = to_items(cast).press("counts", candidate=keys, title1="通过本年度工作计划")
    first, second = counts(keys[0], 2), counts(keys[1], 1, no=1)
    browser.press("preview", **first, **second, **counts("title1", 2)).press("submit")
    found = Ballot.objects.order_by("motion__position").values_list("motion__kind", "yes", "is_secret")
    assert sorted(found) == [("admission", 1, True), ("admission", 2, True), ("ordinary", 2, False)]
    page = browser.get(browser.answer["Location"])
    assert [one.text_content().strip() for one in page.page.xpath("//p/span[contains(@class, 'state-')]")] == [
        "通过",
        "未通过",
        "通过",
    ]


def test_what_was_typed_is_kept_on_the_way_back(cast: Cast) -> None:
    browser = previewed(cast)
    assert browser.press("counts").step == "票数"
    assert browser.press("items").step == "表决事项"
    assert browser.press("roll").step == "到会"
    assert browser.press("basics").step == "会议"
    assert browser.press("preview", place="文化广场").step == "核对提交"
    assert "文化广场" in browser.text
    browser.press("submit")
    assert MeetingRecord.objects.get().place == "文化广场"


def test_a_page_that_is_not_filled_in_is_shown_again_with_its_faults(cast: Cast) -> None:
    browser = Browser(cast, "secretary_a").get(NEW).press("preview", **basics(cast, place=""))
    assert (browser.step, browser.answer.status_code) == ("会议", 422)
    assert "没有填写。" in browser.text
    browser = to_items(cast).press("counts")
    assert (browser.step, browser.answer.status_code) == ("表决事项", 422)
    assert "请选择人选，或者填写表决事项、会议议程。" in browser.text


def test_votes_that_do_not_add_up_stop_the_submission(cast: Cast) -> None:
    browser = previewed(cast, 2, no=1)
    assert "应到会 2 人，实到 2 人，票数合计 3" in browser.text
    assert not browser.page.xpath("//button[@value='submit']")
    browser.press("submit")
    assert (browser.answer.status_code, MeetingRecord.objects.count()) == (409, 0)


def test_a_candidate_who_counts_votes_is_refused(cast: Cast) -> None:
    name = person_at(21).records.get().name
    browser = previewed(cast, tellers=f"韦春晓、{name}").press("submit")
    assert browser.answer.status_code == 409
    assert f"{name}是本次表决的对象，不能担任计票人、监票人" in browser.text


def test_without_a_quorum_the_preview_says_so_and_it_may_be_recorded(cast: Cast) -> None:
    fill(cast)
    walk_to(cast, 21, 14)
    key = key_of(cast, 21)
    ticked = {f"present__{person_at(place).pk}": True for place in range(41, 49)}
    browser = Browser(cast, "secretary_a").get(NEW).press("roll", **basics(cast)).press("items", **ticked)
    browser.press("counts", candidate=[key]).press("preview", **counts(key, 8))
    assert "到会人数不足，会议无效" in browser.text
    browser.press("submit")
    page = browser.get(browser.answer["Location"])
    assert ("登记发展步骤" in page.text, "应到会有表决权的 17 人，实到 8 人" in page.text) == (False, True)


def test_a_written_opinion_counts_towards_the_votes_and_not_towards_the_quorum(cast: Cast) -> None:
    fill(cast)
    walk_to(cast, 21, 14)
    key, giver = key_of(cast, 21), cast.person(1).pk
    ticked = {f"present__{person_at(place).pk}": True for place in range(41, 50)}
    opinion = {f"opinion__{giver}": (cast.today - timedelta(days=1)).isoformat()}
    browser = Browser(cast, "secretary_a").get(NEW).press("roll", **basics(cast)).press("items", **ticked, **opinion)
    browser.press("counts", candidate=[key])
    written = {"written_yes": 1, "written_no": 0, "written_abstain": 0}
    browser.press("preview", **counts(key, 8, abstain=1, **written))
    assert "赞成 8 票（另有会前书面赞成 1 票）（至少 9 票）" in browser.text
    browser.press("submit")
    assert [(one.person_id, one.counts) for one in WrittenOpinion.objects.all()] == [(giver, True)]


def test_whoever_came_sends_no_written_opinion(cast: Cast) -> None:
    person = cast.person(1).pk
    browser = Browser(cast, "secretary_a").get(NEW).press("roll", **basics(cast))
    browser.press("items", **{f"present__{person}": True, f"opinion__{person}": cast.today.isoformat()})
    assert (browser.step, "本人到会的，书面意见不另计。" in browser.text) == ("到会", True)


def test_a_township_sitting_votes_member_by_member(cast: Cast) -> None:
    walk_to(cast, 21, 16)
    key, names = key_of(cast, 21, "approval"), [person_at(place).records.get().name for place in (1, 2, 3)]
    browser = Browser(cast, "clerk_a").get(NEW).press("roll", **basics(cast, unit=TOWN, kind="committee"))
    for name in names:
        browser.press("add", more=name)
    browser.press("everybody").press("items").press("counts", candidate=[key])
    assert browser.step == "票数"
    against = {f"m__approval__{cast.person(21).pk}__v{cast.person(3).pk}": "no"}
    browser.press("yes", **against).press("preview", document="青石党发〔2026〕9号")
    assert "应到会有表决权的 3 人，实到 3 人（至少 2 人），赞成 2 票（至少 2 票），反对 1 票" in browser.text
    browser.press("submit")
    assert sorted(NamedVote.objects.values_list("choice", flat=True)) == ["no", "yes", "yes"]
    assert MeetingRecord.objects.get().document == "青石党发〔2026〕9号"
    page = browser.get(browser.answer["Location"])
    assert (names[2] in page.text, "不同意" in page.text) == (True, True)


def test_somebody_who_is_not_found_cannot_be_put_on_the_roll(cast: Cast) -> None:
    browser = Browser(cast, "clerk_a").get(NEW).press("roll", **basics(cast, unit=TOWN, kind="committee"))
    browser.press("add", more="查无此人")
    assert (browser.answer.status_code, "您的管理范围内没有登记“查无此人”" in browser.text) == (422, True)


def test_nobody_records_a_meeting_of_a_unit_that_is_not_his(cast: Cast) -> None:
    for unit, kind in ((FAR_VILLAGE, "members"), (TOWN, "committee")):
        browser = Browser(cast, "secretary_a").get(NEW).press("roll", **basics(cast, unit=unit, kind=kind))
        assert (browser.step, browser.answer.status_code) == ("会议", 422)


def test_a_branch_holds_no_sitting_of_a_committee_that_approves(cast: Cast) -> None:
    browser = Browser(cast, "clerk_a").get(NEW).press("roll", **basics(cast, kind="committee"))
    assert (browser.step, browser.answer.status_code) == ("会议", 422)


def test_a_form_sent_twice_is_one_meeting(cast: Cast) -> None:
    browser = previewed(cast)
    preview = browser.answer
    browser.press("submit")
    first = browser.answer["Location"]
    browser.answer = preview
    browser.press("submit")
    assert (browser.answer["Location"], MeetingRecord.objects.count()) == (first, 1)


def test_a_candidate_who_waits_no_longer_is_said_before_anything_is_written(cast: Cast) -> None:
    browser = previewed(cast)
    walk_to(cast, 21, 15)
    browser.press("submit")
    assert (browser.answer.status_code, MeetingRecord.objects.count()) == (422, 0)


def held(cast: Cast, motions: int = 1, **changed: Any) -> Any:
    """A meeting of the village on record, without the pages."""
    due = Count(due=2, present=2, yes=2)
    drafts = [
        MotionDraft(kind="admission", title="接收预备党员", person=cast.person(place).pk, count=due, tellers="韦春晓")
        for place in (21, 22)[:motions]
    ]
    account = cast.secretary_a
    draft = meeting_of(cast, drafts, **changed)
    who = Deciding(cast.actor(account), account.person_uid)
    return recording.record(lambda: draft, shown_due=2, who=who, today=cast.today)


def test_taking_a_meeting_back_asks_for_a_reason(cast: Cast) -> None:
    uid = held(cast)
    client, address = cast.client(cast.secretary_a), f"/meetings/{uid}/take-back/"
    assert client.post(address, {"reason": ""}).status_code == 422
    assert client.post(address, {"reason": "日期写错"})["Location"] == "/meetings/"
    assert client.get(f"/meetings/{uid}/").status_code == 404


ROLES = {
    "officer": (200, 200), "clerk_a": (200, 200), "clerk_b": (404, 404), "secretary_a": (200, 200), "secretary_b": (404, 404),
    "auditor": (200, 403), "reviewer": (403, 403), "assistant": (403, 403), "member": (403, 403), "system": (403, 403),
    "security": (403, 403), "audit": (403, 403), "outsider": (403, 403),
}  # fmt: skip


@pytest.mark.parametrize(("part", "answers"), ROLES.items())
def test_who_sees_a_meeting_and_who_takes_it_back(cast: Cast, part: str, answers: tuple[int, int]) -> None:
    uid = held(cast)
    client = cast.client(cast.accounts[part])
    assert (
        client.get(f"/meetings/{uid}/").status_code,
        client.get(f"/meetings/{uid}/take-back/").status_code,
    ) == answers


def test_looking_at_a_meeting_is_on_record_with_how_many_it_names(cast: Cast) -> None:
    uid = held(cast, 2)
    before = Reading.objects.count()
    cast.client(cast.clerk_a).get(f"/meetings/{uid}/")
    reading = Reading.objects.latest("id")
    assert (Reading.objects.count() - before, reading.what, reading.count) == (1, "page", 5)


def test_the_list_asks_the_same_number_of_questions_for_one_and_three(
    cast: Cast, django_assert_num_queries: Any
) -> None:
    held(cast)
    client = cast.client(cast.clerk_a)
    client.get("/meetings/")
    with django_assert_num_queries(5):
        client.get("/meetings/")
    for days in (1, 2):
        held(cast, held_on=cast.today - timedelta(days=days))
    client.get("/meetings/")
    with django_assert_num_queries(5):
        answer = client.get("/meetings/")
    assert len(html.fromstring(answer.content.decode()).xpath("//tbody/tr")) == 3


def test_a_meeting_asks_the_same_number_of_questions_for_one_ballot_and_two(
    cast: Cast, django_assert_num_queries: Any, database_vendor: str
) -> None:
    """PostgreSQL is asked for the lock of the readings too."""
    one, two = held(cast), held(cast, 2, held_on=cast.today - timedelta(days=1))
    client = cast.client(cast.clerk_a)
    client.get("/meetings/")
    for uid in (one, two):
        with django_assert_num_queries(18 + (database_vendor == "postgresql")):
            client.get(f"/meetings/{uid}/")


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("", 2), (f"unit={TOWN}", 2), (f"unit={VILLAGE}", 2), ("kind=members", 2), ("kind=committee", 0), ("kind=nonsense", 2),
        ("year=2026", 2), ("year=2025", 0), ("year=x", 2),
    ],
)  # fmt: skip
def test_the_list_is_filtered(cast: Cast, query: str, count: int) -> None:
    held(cast, held_on=date(2026, 5, 15))
    held(cast, held_on=date(2026, 5, 16))
    answer = cast.client(cast.clerk_a).get(f"/meetings/?{query}")
    assert len(html.fromstring(answer.content.decode()).xpath("//tbody/tr")) == count


def test_the_list_shows_the_votes_on_one_candidate_to_whoever_sees_him(cast: Cast) -> None:
    held(cast)
    held(cast, 0, held_on=cast.today - timedelta(days=1))
    address = f"/meetings/?person={cast.people[21]}"
    answer = cast.client(cast.clerk_a).get(address)
    assert len(html.fromstring(answer.content.decode()).xpath("//tbody/tr")) == 1
    assert cast.client(cast.clerk_b).get(address).status_code == 404
    assert cast.client(cast.clerk_a).get("/meetings/?person=x").status_code == 404
    assert cast.client(cast.clerk_a).get(f"/meetings/?unit={OTHER_TOWN}").status_code == 404


def text_of(answer: Any) -> str:
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf"), answer.content[:400]
    return "".join(page.extract_text() for page in PdfReader(io.BytesIO(answer.content)).pages).replace("\n", "")


def test_the_papers_of_a_meeting_on_record(cast: Cast) -> None:
    uid = held(cast)
    client, name = cast.client(cast.secretary_a), person_at(21).records.get().name
    tallies = text_of(client.get(f"/meetings/{uid}/print/tallies/"))
    assert (f"接收预备党员：{name}" in tallies, "结果：通过" in tallies, "监票人、计票人：韦春晓" in tallies) == (
        True,
        True,
        True,
    )
    minutes = text_of(client.get(f"/meetings/{uid}/print/minutes/"))
    assert ("无记名投票：应到会有表决权的 2 人，实到 2 人" in minutes.replace("  ", " "), "李青山" in minutes) == (
        True,
        True,
    )
    assert "应到会有表决权的" in text_of(client.get(f"/meetings/{uid}/print/roll/"))
    assert client.get(f"/meetings/{uid}/print/nothing/").status_code == 404
    answer = client.get(f"/meetings/{uid}/print/minutes-docx/")
    document = Document(io.BytesIO(answer.content))
    assert document.paragraphs[0].text == "支部党员大会会议记录"
    assert f"接收预备党员：{name}" in [one.text for one in document.paragraphs]
    assert (document.core_properties.author, document.core_properties.comments) == ("", "")
    assert Reading.objects.filter(what="print").count() == 4


def test_the_papers_of_a_meeting_to_come(cast: Cast) -> None:
    fill(cast)
    bar(cast, cast.person(8).pk, cast.today)
    walk_to(cast, 21, 14)
    client, name = cast.client(cast.secretary_a), person_at(21).records.get().name
    where = f"/meetings/papers/?unit={VILLAGE}&kind=members&held_on={cast.today + timedelta(days=7)}&what="
    sheet = text_of(client.get(where + "sign-in")).replace(" ", "")
    assert ("应到会有表决权的16人" in sheet, "接收、转正至少9人到会，赞成至少9票" in sheet) == (True, True)
    assert "一般决议至少8人到会" in sheet
    assert "选举至少13人到会" in text_of(client.get(where + "sign-in&election=on")).replace(" ", "")
    assert name in text_of(client.get(where + "ballots"))
    assert name in text_of(client.get(where + "tallies"))
    assert client.get(where.replace("kind=members", "kind=committee") + "sign-in").status_code == 422
    assert (
        client.get(f"/meetings/papers/?unit={FAR_VILLAGE}&kind=members&held_on=2026-05-15&what=sign-in").status_code
        == 422
    )


def test_an_exclusion_is_recorded_and_ended_through_its_pages(cast: Cast) -> None:
    client, day = cast.client(cast.secretary_a), (cast.today - timedelta(days=3)).isoformat()
    given = {
        "person": cast.person(8).pk, "ground": "ill", "resolved_on": day, "approved_on": day, "document": "青石党〔2026〕3号",
    }  # fmt: skip
    assert client.post("/meetings/exclusions/new/", {**given, "document": ""}).status_code == 422
    assert client.post("/meetings/exclusions/new/", given)["Location"] == "/meetings/exclusions/"
    assert client.post("/meetings/exclusions/new/", given).status_code == 422  # no longer among those with a vote
    row = Exclusion.objects.alive().get()
    page = html.fromstring(client.get("/meetings/exclusions/").content.decode())
    assert len(page.xpath("//tbody/tr")) == 1
    end = f"/meetings/exclusions/{row.uid}/end/"
    assert client.post(end, {"on": cast.today.isoformat(), "reason": ""}).status_code == 422
    assert client.post(end, {"on": cast.today.isoformat(), "reason": "病愈"})["Location"] == "/meetings/exclusions/"
    page = html.fromstring(client.get("/meetings/exclusions/?over=1").content.decode())
    assert len(page.xpath("//tbody/tr")) == 1
    assert client.post(end, {"on": cast.today.isoformat(), "reason": "病愈"}).status_code == 409
    assert cast.client(cast.clerk_b).get(end).status_code == 404
    assert cast.client(cast.auditor).get(end).status_code == 403


def test_a_clerk_chooses_the_branch_first(cast: Cast) -> None:
    client = cast.client(cast.clerk_a)
    assert "先选党支部，再从名册中选党员。" in client.get("/meetings/exclusions/new/").content.decode()
    assert client.get(f"/meetings/exclusions/new/?unit={VILLAGE}").status_code == 200
    assert client.get(f"/meetings/exclusions/new/?unit={FAR_VILLAGE}").status_code == 404


def test_the_list_of_exclusions_asks_the_same_number_of_questions_for_one_and_three(
    cast: Cast, django_assert_num_queries: Any
) -> None:
    fill(cast)

    def left_out(person: int) -> None:
        day, account = cast.today, cast.secretary_a
        given = {
            "person": person, "ground": "ill", "since": None, "resolved_on": day, "approved_on": day, "document": "青石党〔2026〕3号", "reason": "",
        }  # fmt: skip
        from yumiao.desk.meetings.places import roll

        who = Deciding(cast.actor(account), account.person_uid)
        unit = cast.unit(VILLAGE)
        recording.exclude(given, unit.id, lambda: roll(unit, "members", day), who=who, today=day)

    client = cast.client(cast.clerk_a)
    left_out(cast.person(8).pk)
    client.get("/meetings/exclusions/")
    with django_assert_num_queries(6):
        client.get("/meetings/exclusions/")
    for place in (41, 42):
        left_out(person_at(place).pk)
    client.get("/meetings/exclusions/")
    with django_assert_num_queries(6):
        client.get("/meetings/exclusions/")


def test_the_register_goes_out_without_a_name(cast: Cast) -> None:
    held(cast)
    answer = cast.client(cast.clerk_a).get("/exports/meetings/")
    assert answer.status_code == 200
    assert answer.content[:2] == b"PK"


@pytest.mark.parametrize("part", ["secretary_a", "clerk_a"])
def test_the_enter_key_goes_on_and_ticks_nothing(cast: Cast, part: str) -> None:
    """A browser presses the first button of a form: it must be the way on, on every page."""
    browser, first = Browser(cast, part), "//main//form[@method='post']//button"
    kinds = {"secretary_a": {}, "clerk_a": {"unit": TOWN, "kind": "committee"}}
    found = [browser.get(NEW).page.xpath(first)[0].get("value")]
    for deed in ("roll", "items"):
        browser.press(deed, **(basics(cast, **kinds[part]) if deed == "roll" else {}))
        found.append(browser.page.xpath(first)[0].get("value"))
    assert found == ["roll", "items", "counts"]
