"""The pages of the journal: entries, one entry, readings, proof."""

from __future__ import annotations

import json
import re
import uuid
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.db import connection

import tests.cast
from tests.cast import TOWN, VILLAGE, Cast
from tests.desk.test_desk_bylaws import HOSTILE, NUMBER, registered, rows_of, text_of
from yumiao.access.accounts import suspend
from yumiao.access.permissions import Permission
from yumiao.bylaws.services import change_setting, record_days_off
from yumiao.desk import proof
from yumiao.desk.journal.words import TABLES, said, touched
from yumiao.journal.acts import Actor, act, last
from yumiao.journal.chain import short_code
from yumiao.journal.facts import kinds
from yumiao.journal.models import Entry, ImportedRow, Reading
from yumiao.journal.readings import What, record_reading
from yumiao.journal.verbs import Verb
from yumiao.people.models import PersonRecord
from yumiao.units.queries import Tree

pytestmark = pytest.mark.db

cast = tests.cast.cast
IMPORT = 1  # the entry with which the cast begins


def numbers(response: Any) -> list[int]:
    """Numbers of the entries listed."""
    return [int(seq) for seq in re.findall(r'<a href="/journal/(\d+)/">第', response.content.decode())]


def paper_entry(cast: Cast, number: str = NUMBER) -> Entry:
    registered(cast, number)
    return Entry.objects.latest("seq")


# -- words


def test_every_table_that_keeps_a_record_has_a_name() -> None:
    kept = {model._meta.db_table for model, kind in kinds().items() if kind != "log"} | {ImportedRow._meta.db_table}
    assert kept - set(TABLES) == set()


def test_an_import_is_said_by_file_and_counts(cast: Cast) -> None:
    entry = Entry.objects.get(verb=Verb.WORKBOOK_IMPORTED)
    counts = json.loads(entry.data)["sheets"]["组织"]
    assert (f"组织新增 {counts['new']}" in said(entry, cast.tree), said(entry, cast.tree).startswith("文件“")) == (
        True,
        True,
    )


def test_a_change_of_a_setting_is_said_before_and_after_in_words(cast: Cast) -> None:
    registered(cast)
    change_setting(
        key="bottom.window",
        value="rolling_24_months",
        since=date(2026, 3, 1),
        paper_number=NUMBER,
        reason="试行",
        actor=cast.operator,
        today=cast.today,
    )
    assert said(Entry.objects.latest("seq"), cast.tree) == (
        f"底线的计算期间：前两个自然年 → 最近 24 个月，自2026年3月1日起，依据 {NUMBER}"
    )


def test_a_paper_is_said_by_body_number_and_day(cast: Cast) -> None:
    assert said(paper_entry(cast), cast.tree) == f"县委组织部 {NUMBER}，自2026年1月1日起施行"


@pytest.mark.parametrize(
    ("count", "whole_year", "text"),
    [
        (1, None, "2026年8月3日放假（火把节）"),
        (
            4,
            2026,
            "2026年全年安排：2026年8月3日放假（火把节）、2026年8月4日放假（火把节）、2026年8月5日放假（火把节）等 4 天",
        ),
    ],
)
def test_days_off_are_said_by_day_and_name(cast: Cast, count: int, whole_year: int | None, text: str) -> None:
    days = [(date(2026, 8, place + 3), False, "火把节") for place in range(count)]
    record_days_off(days=days, source="通知", whole_year=whole_year, actor=cast.operator)
    assert said(Entry.objects.latest("seq"), cast.tree) == text


def test_an_appointment_is_said_by_role_and_unit(cast: Cast) -> None:
    with act(Verb.APPOINTMENT_GRANTED, actor=cast.operator) as done:
        done.data |= {"role": "township_clerk", "unit": TOWN, "since": date(2026, 3, 1), "until": None}
    assert said(Entry.objects.latest("seq"), cast.tree) == "乡镇组织干事，青石镇党委，自2026年3月1日起"


@pytest.mark.parametrize("data", ["", "[]", "{}", '{"key": "young.max_age"}', '{"key": 1, "before": [], "value": {}}'])
def test_an_altered_entry_is_shown_without_words(data: str) -> None:
    broken = Entry(seq=1, verb="setting_changed", data=data, actor_label="")
    assert (said(broken, Tree({}, {})), touched(broken)) == ("", [])


def test_every_verb_can_be_said(cast: Cast) -> None:
    assert [said(Entry(seq=1, verb=verb, data="{}", actor_label=""), cast.tree) for verb in Verb] == [""] * len(Verb)


# -- entries


def test_entries_stand_newest_first_without_anybodys_name(cast: Cast) -> None:
    registered(cast)
    page = cast.client(cast.auditor).get("/journal/")
    names = set(PersonRecord.objects.values_list("name", flat=True)) - set(cast_names(cast))
    assert numbers(page)[:2] == [last().seq, last().seq - 1]
    assert {name for name in names if name in page.content.decode()} == set()


def cast_names(cast: Cast) -> list[str]:
    """Those who act are named."""
    return [who.display_name for who in cast.accounts.values()]


def test_fifty_entries_make_a_page_and_the_next_goes_on_below(cast: Cast) -> None:
    for place in range(60):
        registered(cast, f"青岚组发〔2026〕{place + 1}号")
    browser = cast.client(cast.audit)
    first = browser.get("/journal/")
    link = re.search(r'href="(\?at=[^"]+)" rel="next"', first.content.decode())
    assert link is not None
    second = browser.get(f"/journal/{link[1]}")
    assert (len(numbers(first)), numbers(second)[0]) == (50, numbers(first)[-1] - 1)
    back = re.search(r'href="(\?at=[^"]+)" rel="prev"', second.content.decode())
    assert back is not None
    assert numbers(browser.get(f"/journal/{back[1]}")) == numbers(first)


def test_entries_are_found_by_verb_actor_and_day(cast: Cast) -> None:
    mine = paper_entry(cast).seq
    with act(Verb.PAPER_RECORDED, actor=Actor(None, "另一人")):
        pass
    browser = cast.client(cast.officer)
    today = datetime.now(UTC).astimezone().date()

    def found(**query: str) -> list[int]:
        return numbers(browser.get("/journal/", query))

    assert found(verb="paper_recorded") == [mine + 1, mine]
    assert found(verb="paper_recorded", actor="另一") == [mine + 1]
    assert found(verb="paper_recorded", actor="%") == []
    assert found(verb="paper_recorded", **{"from": "2001-01-01", "to": "2001-12-31"}) == []
    assert found(verb="paper_recorded", **{"from": str(today.replace(year=today.year - 1))}) == [mine + 1, mine]


def test_entries_about_a_paper_a_person_and_a_unit_are_found_by_their_uid(cast: Cast) -> None:
    entry = paper_entry(cast)
    browser = cast.client(cast.auditor)
    imported = Entry.objects.get(verb=Verb.WORKBOOK_IMPORTED).seq
    asked = [entry.subject, cast.people[2], cast.unit(VILLAGE).uid, uuid.UUID(int=5)]
    found = [
        numbers(browser.get("/journal/", {"subject": uid, "verb": verb}))
        for uid in asked
        for verb in ("paper_recorded", "workbook_imported")
    ]
    assert found == [[entry.seq], [], [], [imported], [], [imported], [], []]


def test_hostile_conditions_are_answered(cast: Cast) -> None:
    browser = cast.client(cast.auditor)
    for value in HOSTILE:
        for name in ("verb", "actor", "from", "to", "subject", "at", "what"):
            paths = ("/journal/", "/journal/readings/", "/journal/1/")
            assert [browser.get(path, {name: value}).status_code for path in paths] == [200, 200, 200]


@pytest.mark.parametrize(
    ("path", "query", "said"),
    [
        ("/journal/", {"from": "昨天"}, ["“自”没有采用：应填写 1901 年以后的日期，写成 2026-03-05 的形式。"]),
        ("/journal/", {"to": "2026-02-30"}, ["“至”没有采用：应填写 1901 年以后的日期，写成 2026-03-05 的形式。"]),
        ("/journal/", {"to": "0001-01-01"}, ["“至”没有采用：应填写 1901 年以后的日期，写成 2026-03-05 的形式。"]),
        ("/journal/", {"verb": "nonsense"}, ["“事项”没有采用：没有这一项，请从列表中选择。"]),
        ("/journal/readings/", {"what": "nonsense"}, ["“方式”没有采用：没有这一项，请从列表中选择。"]),
        (
            "/journal/readings/",
            {"subject": "1", "from": "x"},
            [
                "“自”没有采用：应填写 1901 年以后的日期，写成 2026-03-05 的形式。",
                "“对象”没有采用：地址中的对象编号不完整，请从人员或者组织的页面重新进入。",
            ],
        ),
        ("/journal/", {"verb": "", "from": "", "to": "", "subject": "", "actor": ""}, []),
        ("/journal/readings/", {"what": "export", "from": "2026-03-05"}, []),
    ],
)
def test_a_condition_that_cannot_be_taken_is_said_with_the_form_expected(
    cast: Cast, path: str, query: dict[str, str], said: list[str]
) -> None:
    answer = cast.client(cast.auditor).get(path, query)
    assert answer.status_code == 200
    assert re.findall(r'<div class="msg msg-warn" role="alert">.*?<div>([^<]+)</div>', answer.content.decode()) == said


def test_beside_a_condition_that_cannot_be_taken_the_others_hold(cast: Cast) -> None:
    mine = paper_entry(cast).seq
    found = cast.client(cast.auditor).get("/journal/", {"verb": "paper_recorded", "from": "31.10.2026"})
    assert (numbers(found), "条件： 登记县级文件" in text_of(found)) == ([mine], True)


def test_conditions_nothing_fits_say_what_to_do(cast: Cast) -> None:
    page = text_of(cast.client(cast.auditor).get("/journal/", {"actor": "没有此人"}))
    assert ("没有符合条件的纪实" in page, "条件： 没有此人" in page) == (True, True)


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_of_entries_takes_three_queries(cast: Cast, count: int, django_assert_num_queries: Any) -> None:
    for place in range(count):
        registered(cast, f"青岚组发〔2026〕{place + 1}号")
    browser = cast.client(cast.officer)
    browser.get("/journal/")
    with django_assert_num_queries(3):
        page = browser.get("/journal/", {"verb": "paper_recorded"})
    assert len(numbers(page)) == count


def test_a_reason_without_more_words_begins_its_cell(cast: Cast) -> None:
    suspend(account=cast.accounts["clerk_a"], reason="调离", actor=Actor(None, "周守常"))
    page = cast.client(cast.audit).get("/journal/?verb=account_suspended").content.decode()
    assert re.findall(r'<td role="cell" class="full">(.+?)</td>', page) == ['<span class="soft">理由：调离</span>']


# -- one entry


def test_an_entry_shows_counts_by_table_its_code_and_its_rows(cast: Cast) -> None:
    entry = Entry.objects.get(verb=Verb.WORKBOOK_IMPORTED)
    page = cast.client(cast.officer).get(f"/journal/{entry.seq}/")
    words = text_of(page)
    assert [word in words for word in (short_code(bytes(entry.hash)), bytes(entry.prev).hex(), "组织的隶属")] == [
        True
    ] * 3
    assert f"共 {ImportedRow.objects.filter(entered=entry.seq).count()} 行" in words


def test_rows_lead_to_people_and_units_for_who_sees_them_and_nowhere_for_the_audit_administrator(cast: Cast) -> None:
    seq = Entry.objects.get(verb=Verb.WORKBOOK_IMPORTED).seq
    pages = [cast.client(who).get(f"/journal/{seq}/").content.decode() for who in (cast.officer, cast.audit)]
    assert [("/people/" in page.split('id="rows"')[1], "/units/" in page.split('id="rows"')[1]) for page in pages] == [
        (True, True),
        (False, False),
    ]


@pytest.mark.parametrize("seq", [0, 10_000, 2**63, 10**30])
def test_an_entry_that_is_not_there_is_not_found(cast: Cast, seq: int) -> None:
    assert cast.client(cast.auditor).get(f"/journal/{seq}/").status_code == 404


def test_an_entry_leads_to_what_it_is_about_for_who_may_open_it(cast: Cast) -> None:
    entry = paper_entry(cast)
    link = f'<a href="/papers/{entry.subject}/">看这份文件</a>'
    pages = [cast.client(who).get(f"/journal/{entry.seq}/").content.decode() for who in (cast.officer, cast.audit)]
    assert [link in page for page in pages] == [True, cast.reader(cast.audit).may(Permission.BYLAW_READ)]
    imported = Entry.objects.get(verb=Verb.WORKBOOK_IMPORTED)
    assert "看这" not in cast.client(cast.officer).get(f"/journal/{imported.seq}/").content.decode()


def test_an_entry_takes_seven_queries(cast: Cast, django_assert_num_queries: Any) -> None:
    seq = Entry.objects.get(verb=Verb.WORKBOOK_IMPORTED).seq
    browser = cast.client(cast.officer)
    browser.get(f"/journal/{seq}/")
    with django_assert_num_queries(7):
        browser.get(f"/journal/{seq}/")


# -- readings


def read(cast: Cast, what: What = What.EXPORT, kind: str = "unit", subject: uuid.UUID | None = None) -> None:
    actor = Actor(None, "韦清禾")
    record_reading(what, actor=actor, subject_kind=kind, subject=subject, count=12, purpose="年报核对")


def test_readings_are_shown_by_label_with_the_way_to_what_was_read(cast: Cast) -> None:
    read(cast, subject=cast.unit(TOWN).uid)
    page = cast.client(cast.auditor).get("/journal/readings/")
    assert [word in text_of(page) for word in ("韦清禾", "导出县工作簿", "12", "年报核对")] == [True] * 4
    assert (f"/units/{TOWN}/" in page.content.decode(), "export<" in page.content.decode()) == (True, False)


def test_a_unit_that_was_read_is_named_and_led_to_where_the_reader_sees_it(cast: Cast) -> None:
    read(cast, subject=cast.unit(VILLAGE).uid)
    pages = [cast.client(who).get("/journal/readings/").content.decode() for who in (cast.auditor, cast.audit)]
    assert [re.findall(r'data-l="对象">(.+?)</td>', page) for page in pages] == [
        [f'<a href="/units/{VILLAGE}/">组织：青石镇党委 云岭村党支部</a>'],
        ["组织"],
    ]


def test_a_unit_that_is_not_there_any_more_is_only_said_to_be_one(cast: Cast) -> None:
    read(cast, subject=uuid.UUID(int=7))
    page = cast.client(cast.auditor).get("/journal/readings/").content.decode()
    assert re.findall(r'data-l="对象">(.+?)</td>', page) == ["组织"]


def test_a_person_that_was_read_is_led_to_and_not_named(cast: Cast) -> None:
    read(cast, What.PAGE, "person", cast.people[2])
    page = cast.client(cast.auditor).get("/journal/readings/").content.decode()
    assert re.findall(r'data-l="对象">(.+?)</td>', page) == [f'<a href="/people/{cast.people[2]}/">人员</a>']


def test_readings_are_found_by_kind_reader_and_subject(cast: Cast) -> None:
    read(cast, subject=cast.unit(TOWN).uid)
    read(cast, What.EXPLANATION, subject=cast.unit(VILLAGE).uid)
    browser = cast.client(cast.auditor)
    queries = [{"what": "export"}, {"actor": "清禾"}, {"actor": "无人"}, {"subject": str(cast.unit(VILLAGE).uid)}]
    assert [rows_of(browser.get("/journal/readings/", query)) for query in queries] == [1, 2, 0, 1]


def test_without_readings_the_page_says_what_will_stand_there(cast: Cast) -> None:
    assert "还没有人查阅过人员数据" in text_of(cast.client(cast.auditor).get("/journal/readings/"))


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_of_readings_takes_three_queries(cast: Cast, count: int, django_assert_num_queries: Any) -> None:
    for _ in range(count):
        read(cast, subject=cast.unit(TOWN).uid)
    browser = cast.client(cast.officer)
    browser.get("/journal/readings/")
    with django_assert_num_queries(3):
        page = browser.get("/journal/readings/")
    assert rows_of(page) == count


# -- proof


def test_asking_for_the_proof_does_not_make_it(cast: Cast) -> None:
    page = text_of(cast.client(cast.auditor).get("/journal/verify/"))
    assert ("查验的范围" in page, "完好：" in page) == (True, False)


def test_a_whole_record_is_said_to_be_whole_with_extent_and_code(cast: Cast) -> None:
    page = text_of(cast.client(cast.audit).post("/journal/verify/"))
    assert (f"完好：{Entry.objects.count()} 条" in page, short_code(last().hash) in page) == (True, True)
    assert (Entry.objects.count(), Reading.objects.count()) == (last().seq, 0)


def test_an_altered_record_is_said_with_the_first_bad_entry(cast: Cast) -> None:
    seq = paper_entry(cast).seq
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("ALTER TABLE bylaws_countypaper DISABLE TRIGGER USER")
        else:
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'bylaws_countypaper'")
            for (name,) in cursor.fetchall():
                cursor.execute(f'DROP TRIGGER "{name}"')
        cursor.execute("UPDATE bylaws_countypaper SET title = '另一标题'")
    page = text_of(cast.client(cast.officer).post("/journal/verify/"))
    assert (f"第 {seq} 条起不符" in page, "完好" in page) == (True, False)


def test_a_big_county_is_proved_on_the_server(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(proof, "MOST_ROWS_OF_A_PAGE", 0)
    page = text_of(cast.client(cast.officer).post("/journal/verify/"))
    assert ("运行 yumiao verify" in page, "完好：" in page) == (True, False)


# -- who


def test_the_journal_is_read_at_the_county_by_those_who_may(cast: Cast) -> None:
    for path in ("/journal/", "/journal/1/", "/journal/readings/", "/journal/verify/"):
        assert [cast.client(who).get(path).status_code for who in (cast.officer, cast.auditor, cast.audit)] == [200] * 3


def test_an_auditor_of_a_township_does_not_read_the_journal_of_the_county(cast: Cast) -> None:
    from yumiao.access.appointments import APPOINTMENT
    from yumiao.access.models import Account, Appointment
    from yumiao.kernel.periods import FOREVER

    account = Account.objects.create(username="audit-town", display_name="唐审言", password="!")
    with act(Verb.APPOINTMENT_GRANTED, actor=cast.operator) as done:
        row = (cast.today, FOREVER, account.pk, "auditor", cast.unit(TOWN).id)
        done.insert(Appointment, APPOINTMENT, [row])
    paths = ("/journal/", "/journal/1/", "/journal/readings/", "/journal/verify/")
    assert [cast.client(account).get(path).status_code for path in paths] == [403] * 4
