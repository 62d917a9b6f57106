"""Who looked at somebody's data: shown to himself and to those who read both him and the record, and to nobody else."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.cast import OTHER_TOWN, TOWN, VILLAGE, Cast, cast
from yumiao.access.models import Account
from yumiao.desk.people.looks import looked_at, of_lists, of_person
from yumiao.desk.refusals import reveals
from yumiao.journal.models import Reading
from yumiao.journal.readings import What, record_reading
from yumiao.people.models import PersonSecret

pytestmark = pytest.mark.db
__all__ = ["cast"]

WHOLE = re.compile(r"(?<!\d)\d{17}[\dX](?!\d)")


def there(cast: Cast, place: int = 1) -> str:
    return reverse("person_looks", kwargs={"uid": cast.people[place]})


def look(cast: Cast, who: Account, what: What = What.PAGE, place: int = 1) -> None:
    actor, uid = cast.actor(who), cast.people[place]
    record_reading(what, actor=actor, subject_kind="person", subject=uid, count=1)


def took_list(cast: Cast, code: str, count: int = 5) -> None:
    actor, uid = cast.actor(cast.officer), cast.unit(code).uid
    record_reading(What.LIST, actor=actor, subject_kind="unit", subject=uid, count=count, purpose="会议研究")


@pytest.mark.parametrize(
    "part, status",
    [
        ("member", 200),
        ("officer", 200),
        ("auditor", 200),
        ("clerk_a", 403),
        ("secretary_a", 403),
        ("clerk_b", 404),
        ("audit", 403),
        ("assistant", 403),
        ("outsider", 403),
    ],
)
def test_who_may_see_who_looked(cast: Cast, part: str, status: int) -> None:
    assert cast.client(cast.accounts[part]).get(there(cast)).status_code == status


def test_a_member_sees_nobody_elses(cast: Cast) -> None:
    assert cast.client(cast.member).get(there(cast, 2)).status_code == 403


def test_every_way_of_looking_is_listed_the_newest_first(cast: Cast) -> None:
    for what in (What.PAGE, What.PRINT, What.REVEAL, What.API):
        look(cast, cast.clerk_a, what)
    look(cast, cast.clerk_a, place=2)
    text = cast.client(cast.member).get(there(cast)).content.decode()
    places = [
        text.index(word) for word in ("接口读取</td>", "查看完整号码</td>", "打印人员资料</td>", "查看人员资料</td>")
    ]
    assert places == sorted(places)
    assert of_person(looked_at(cast.reader(cast.member), cast.people[1])).count() == 4


def test_what_one_looked_at_oneself_is_marked(cast: Cast) -> None:
    for who in (cast.clerk_a, cast.member):
        look(cast, who)
    text = cast.client(cast.member).get(there(cast)).content.decode()
    assert text.count('<span class="tag">本人</span>') == 1


def test_pages_that_are_opened_appear(cast: Cast) -> None:
    cast.client(cast.clerk_a).get(reverse("person", kwargs={"uid": cast.people[1]}))
    assert "盘云舟" in cast.client(cast.member).get(there(cast)).content.decode()


def test_lists_of_his_units_and_of_the_whole_county_are_listed_apart_and_said_to_be_uncertain(cast: Cast) -> None:
    for code in (VILLAGE, TOWN, OTHER_TOWN):
        took_list(cast, code)
    took_list(cast, TOWN, count=0)
    actor = cast.actor(cast.officer)
    record_reading(What.BACKUP, actor=actor, subject_kind="unit", subject=None, count=9)
    reader = cast.reader(cast.member)
    found = looked_at(reader, cast.people[1])
    assert sorted(of_lists(found, reader).values_list("what", flat=True)) == ["backup", "list", "list"]
    text = cast.client(cast.member).get(there(cast), {"of": "lists"}).content.decode()
    assert ["不逐人登记" in text, text.count("会议研究")] == [True, 2]


def test_no_number_stands_on_it(cast: Cast) -> None:
    look(cast, cast.clerk_a, What.REVEAL)
    assert WHOLE.findall(cast.client(cast.member).get(there(cast)).content.decode()) == []


@pytest.mark.parametrize("looks", [1, 3, 60])
def test_it_asks_the_same_however_often_somebody_looked(cast: Cast, looks: int) -> None:
    for _ in range(looks):
        look(cast, cast.clerk_a)
    browser = cast.client(cast.officer)
    browser.get(there(cast))
    with CaptureQueriesContext(connection) as asked:
        browser.get(there(cast))
    assert len(asked) == 6


def test_somebody_who_asks_for_it_in_vain_is_on_record(cast: Cast) -> None:
    cast.client(cast.clerk_b).get(there(cast))
    assert Reading.objects.order_by("-id")[0].what == What.REFUSED


def test_the_way_leads_from_the_persons_page_for_those_who_may(cast: Cast) -> None:
    said = {
        part: there(cast)
        in cast.client(cast.accounts[part]).get(reverse("person", kwargs={"uid": cast.people[1]})).content.decode()
        for part in ("member", "officer", "clerk_a")
    }
    assert said == {"member": True, "officer": True, "clerk_a": False}


def test_whole_numbers_are_shown_on_the_answer_alone_and_never_kept(cast: Cast) -> None:
    there, browser = reverse("person_numbers", kwargs={"uid": cast.people[1]}), cast.client(cast.clerk_a)
    asked, told = browser.get(there), browser.post(there, {"reason": "核对入党志愿书"})
    assert [WHOLE.findall(asked.content.decode()), len(WHOLE.findall(told.content.decode()))] == [[], 1]
    assert told.headers["Cache-Control"] == "no-store"
    assert PersonSecret.objects.alive().filter(person__uid=cast.people[1], kind=PersonSecret.Kind.IDENTITY).count() == 1


def test_whole_numbers_without_a_reason_are_not_shown(cast: Cast) -> None:
    there, before = reverse("person_numbers", kwargs={"uid": cast.people[1]}), Reading.objects.count()
    told = cast.client(cast.clerk_a).post(there, {"reason": "看"})
    assert (told.status_code, WHOLE.findall(told.content.decode()), Reading.objects.count()) == (400, [], before)


def test_whole_numbers_have_a_pace(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reveals, "most", 2)
    reveals.forget()
    there, browser = reverse("person_numbers", kwargs={"uid": cast.people[1]}), cast.client(cast.clerk_a)
    answers = [browser.post(there, {"reason": "核对入党志愿书"}) for _ in range(4)]
    reveals.forget()
    assert [one.status_code for one in answers] == [200, 200, 429, 429]
    assert [WHOLE.findall(one.content.decode()) for one in answers[2:]] == [[], []]
    assert list(Reading.objects.order_by("id").values_list("what", "count"))[-3:] == [
        ("reveal", 1),
        ("reveal", 1),
        ("pace", 2),
    ]
