"""The pages of settings: what is in force, a change by way of its preview, two officers at once."""

from __future__ import annotations

import html
import re
import uuid
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.test import Client

import tests.cast
from tests.cast import Cast
from tests.desk.test_desk_bylaws import NUMBER, registered, rows_of, text_of
from yumiao.bylaws.keys import KEYS
from yumiao.bylaws.models import Setting
from yumiao.bylaws.queries import history, last_change, settings_on
from yumiao.bylaws.services import change_setting
from yumiao.desk.proof import findings
from yumiao.desk.setting_preview import preview_setting
from yumiao.journal.acts import last
from yumiao.journal.models import Entry
from yumiao.kernel.objections import Stale
from yumiao.ledger.memory import ledger_of

pytestmark = pytest.mark.db

cast = tests.cast.cast
KEY = "village.activists.min"
CHANGE, PREVIEW = f"/settings/{KEY}/change/", f"/settings/{KEY}/preview/"


@pytest.fixture
def paper(cast: Cast) -> uuid.UUID:
    return registered(cast)


@pytest.fixture
def form(cast: Cast, paper: uuid.UUID) -> Callable[..., dict[str, Any]]:
    """What the browser sends to set the fewest activists of a village to two, from today."""

    def filled(**changed: Any) -> dict[str, Any]:
        given = {"value": "2", "since": cast.today.isoformat(), "paper": paper, "reason": "县委常委会决定", "shown": 0}
        return {**given, "once": uuid.uuid4(), **changed}

    return filled


def looked(who: Client, given: dict[str, Any], key: str = KEY) -> Any:
    """The preview, asked for as the form asks for it: without reason and mark."""
    return who.get(f"/settings/{key}/preview/", {name: given[name] for name in ("value", "since", "paper", "shown")})


def head_file() -> bytes:
    return Path(django_settings.HEAD_FILE).read_bytes()


def change(cast: Cast, key: str, value: str, **given: Any) -> None:
    wanted = {
        "since": cast.today,
        "paper_number": NUMBER,
        "reason": "试行",
        "actor": cast.operator,
        "today": cast.today,
    }
    change_setting(key=key, value=value, **{**wanted, **given})


# -- reading


def test_every_setting_stands_on_the_page_with_its_value_in_words(cast: Cast) -> None:
    page = cast.client(cast.member).get("/settings/")
    assert rows_of(page) == len(KEYS)
    assert re.search(r"[a-z]+_[a-z_]+", text_of(page)) is None


def test_a_setting_of_the_county_shows_paper_and_next_change(cast: Cast, paper: uuid.UUID) -> None:
    change(cast, "bottom.window", "rolling_24_months")
    change(cast, "bottom.window", "two_calendar_years", since=cast.today + timedelta(days=30))
    page = cast.client(cast.clerk_a).get("/settings/", {"changed": "1"})
    said = text_of(page)
    assert rows_of(page) == 1
    assert ("最近 24 个月" in said, NUMBER in said, "→ 前两个自然年" in said) == (True, True, True)


def test_without_changes_the_list_of_changes_says_what_to_do(cast: Cast) -> None:
    assert "本县还没有规定参数" in text_of(cast.client(cast.clerk_a).get("/settings/", {"changed": "1"}))


def test_a_setting_shows_its_rules_and_its_history_with_the_newest_first(cast: Cast, paper: uuid.UUID) -> None:
    change(cast, KEY, "2")
    change(cast, KEY, "3", since=cast.today + timedelta(days=30))
    page = cast.client(cast.auditor).get(f"/settings/{KEY}/")
    said = text_of(page)
    assert ("RES-03" in said, rows_of(page)) == (True, 2)
    assert said.index((cast.today + timedelta(days=30)).isoformat()) < said.index(cast.today.isoformat())


def test_entries_are_linked_only_for_who_may_read_the_journal(cast: Cast, paper: uuid.UUID) -> None:
    change(cast, KEY, "2")
    link = f"/journal/{last().seq}/"
    assert link in cast.client(cast.auditor).get(f"/settings/{KEY}/").content.decode()
    assert link not in cast.client(cast.clerk_a).get(f"/settings/{KEY}/").content.decode()


def test_a_setting_no_rule_uses_says_so(cast: Cast) -> None:
    assert "现有规则还没有用到这项参数" in text_of(cast.client(cast.clerk_a).get("/settings/points.cap/"))


@pytest.mark.parametrize("path", [f"/settings/young.min_age/{page}" for page in ("", "change/", "preview/")])
def test_a_name_that_is_no_setting_is_not_found(cast: Cast, path: str) -> None:
    assert cast.client(cast.officer).get(path).status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_of_settings_takes_three_queries(
    cast: Cast, paper: uuid.UUID, count: int, django_assert_num_queries: Any
) -> None:
    for value in ("1", "2", "3")[:count]:
        change(cast, "young.tolerance", value, since=cast.today + timedelta(days=int(value)))
    browser = cast.client(cast.officer)
    browser.get("/settings/")
    with django_assert_num_queries(3):
        browser.get("/settings/")


# -- changing


def test_without_a_paper_the_form_leads_to_registering_one(cast: Cast) -> None:
    page = cast.client(cast.officer).get(CHANGE)
    assert ("/papers/new/" in page.content.decode(), "看影响</button>" in page.content.decode()) == (True, False)


def test_the_form_offers_the_readings_of_a_choice(cast: Cast, paper: uuid.UUID) -> None:
    page = cast.client(cast.officer).get("/settings/bottom.window/change/").content.decode()
    assert re.findall(r'<option value="(\w+)"( selected)?>([^<]+)</option>', page)[:2] == [
        ("two_calendar_years", " selected", "前两个自然年"),
        ("rolling_24_months", "", "最近 24 个月"),
    ]


def test_the_preview_names_the_villages_and_leaves_no_trace(cast: Cast, form: Callable[..., dict[str, Any]]) -> None:
    before = (Entry.objects.count(), head_file(), Setting.objects.count(), last())
    ledger = ledger_of(cast.today, last())
    answer = looked(cast.client(cast.officer), form())
    names = re.findall(r'<a href="/units/[\d.]+/">([^<]+)</a>', answer.content.decode())
    assert (answer.status_code, "没有入党积极分子的村" in text_of(answer)) == (200, True)
    assert len(names) > 0
    assert (Entry.objects.count(), head_file(), Setting.objects.count(), last()) == before
    assert ledger_of(cast.today, last()) is ledger
    assert (settings_on(cast.today).village_activists_min, list(findings())) == (1, [])


def test_the_preview_says_so_when_nothing_moves(cast: Cast, form: Callable[..., dict[str, Any]]) -> None:
    answer = looked(cast.client(cast.officer), form(value="99"), "points.cap")
    assert "不改变任何清单" in text_of(answer)


def test_what_was_previewed_is_submitted_by_its_own_form(cast: Cast, form: Callable[..., dict[str, Any]]) -> None:
    browser = cast.client(cast.officer)
    page = looked(browser, form()).content.decode()
    hidden = {
        name: html.unescape(value)
        for name, value in re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', page)
    }
    answer = browser.post(CHANGE, {**hidden, "reason": "县委常委会决定"})
    assert (answer["Location"], settings_on(cast.today).village_activists_min) == (f"/settings/{KEY}/", 2)
    assert "已提交" in text_of(browser.get(answer["Location"]))


def test_the_preview_is_an_address_that_may_be_asked_for_again(cast: Cast, form: Callable[..., dict[str, Any]]) -> None:
    browser = cast.client(cast.officer)
    page = browser.get(CHANGE).content.decode()
    assert f'<form class="panel" action="{PREVIEW}" method="get">' in page
    answers = [looked(browser, form()) for _ in range(2)]
    assert [(answer.status_code, "调整的影响" in text_of(answer)) for answer in answers] == [(200, True)] * 2
    assert browser.post(PREVIEW, form()).status_code == 405


def test_the_preview_is_for_those_who_may_change(cast: Cast, form: Callable[..., dict[str, Any]]) -> None:
    answers = [looked(cast.client(who), form()).status_code for who in (cast.clerk_a, cast.auditor, cast.outsider)]
    assert answers == [403, 403, 403]


def test_back_from_the_preview_what_was_typed_is_still_there(cast: Cast, form: Callable[..., dict[str, Any]]) -> None:
    browser, day = cast.client(cast.officer), (cast.today + timedelta(days=9)).isoformat()
    link = re.search(rf'href="({CHANGE}[^"]+)"', looked(browser, form(since=day)).content.decode())
    assert link is not None
    page = browser.get(html.unescape(link[1])).content.decode()
    assert ('name="value" value="2"' in page, f'name="since" value="{day}"' in page) == (True, True)
    assert re.search(r'<option value="[0-9a-f-]{36}" selected>', page) is not None


def test_without_a_reason_the_preview_stays_and_says_so(cast: Cast, form: Callable[..., dict[str, Any]]) -> None:
    answer = cast.client(cast.officer).post(CHANGE, form(reason=" "))
    page = answer.content.decode()
    assert (answer.status_code, "调整的影响" in page, 'id="id_reason-bad"' in page) == (422, True, True)
    assert Setting.objects.count() == 0


def test_a_double_click_is_one_change_with_the_same_answer(cast: Cast, form: Callable[..., dict[str, Any]]) -> None:
    browser, sent, before = cast.client(cast.officer), form(), Entry.objects.count()
    answers = [browser.post(CHANGE, sent) for _ in range(2)]
    assert [(answer.status_code, answer["Location"]) for answer in answers] == [(302, f"/settings/{KEY}/")] * 2
    assert (Entry.objects.count(), len(history(KEY))) == (before + 1, 1)


def test_a_value_out_of_bounds_is_refused_by_its_rule(cast: Cast, form: Callable[..., dict[str, Any]]) -> None:
    before, browser, sent = (Entry.objects.count(), head_file()), cast.client(cast.officer), form(value="21")
    for answer in (looked(browser, sent), browser.post(CHANGE, sent)):
        said = text_of(answer)
        assert (answer.status_code, "BYL-01" in said, "应为 0 至 20 的整数" in said) == (409, True, True)
    assert (Entry.objects.count(), head_file()) == before


def test_a_value_in_full_width_digits_is_the_same_value(cast: Cast, form: Callable[..., dict[str, Any]]) -> None:
    assert cast.client(cast.officer).post(CHANGE, form(value="２")).status_code == 302
    assert Setting.objects.get().value == "2"


def test_a_day_before_the_paper_is_refused_by_its_rule(cast: Cast, form: Callable[..., dict[str, Any]]) -> None:
    answer = cast.client(cast.officer).post(CHANGE, form(since="2025-12-31"))
    assert (answer.status_code, "BYL-02" in text_of(answer)) == (409, True)


def test_the_leap_day_policy_of_yesterday_is_refused_by_its_rule(
    cast: Cast, form: Callable[..., dict[str, Any]]
) -> None:
    yesterday = (cast.today - timedelta(days=1)).isoformat()
    sent = form(value="feb_28", since=yesterday)
    answer = cast.client(cast.officer).post("/settings/leap_birthday_policy/change/", sent)
    assert (answer.status_code, "BYL-03" in text_of(answer)) == (409, True)


@pytest.mark.parametrize(
    "changed",
    [
        {"paper": ""},
        {"paper": uuid.UUID(int=7)},
        {"since": "yesterday"},
        {"reason": " "},
        {"shown": "-1"},
        {"value": "\0"},
    ],
)
def test_a_form_with_a_bad_field_changes_nothing(
    cast: Cast, form: Callable[..., dict[str, Any]], changed: dict[str, Any]
) -> None:
    browser, sent = cast.client(cast.officer), form(**changed)
    is_of_the_address = "reason" not in changed
    assert [browser.post(CHANGE, sent).status_code, looked(browser, sent).status_code] == [
        422,
        422 if is_of_the_address else 200,
    ]
    assert Setting.objects.count() == 0


# -- two at once


def test_a_change_made_in_the_meantime_stops_the_form_with_both_versions(
    cast: Cast, form: Callable[..., dict[str, Any]]
) -> None:
    change(cast, KEY, "0")
    before = (Entry.objects.count(), head_file())
    browser = cast.client(cast.officer)
    for answer in (looked(browser, form()), browser.post(CHANGE, form())):
        rows = re.findall(
            r'<th scope="row"[^>]*>([^<]+)</th><td[^>]*>([^<]+)</td><td[^>]*>([^<]+)</td>', answer.content.decode()
        )
        assert (answer.status_code, rows[0]) == (409, ("参数值", "2", "0"))
        assert CHANGE in answer.content.decode()
    assert (Entry.objects.count(), head_file()) == before


def test_a_change_for_a_later_day_stops_an_older_form_too(cast: Cast, paper: uuid.UUID) -> None:
    shown = last_change(KEY)
    change(cast, KEY, "3", since=cast.today + timedelta(days=30))
    with pytest.raises(Stale) as stale:
        change(cast, KEY, "2", shown=shown)
    later = (cast.today + timedelta(days=30)).isoformat()
    assert [(one.yours, one.standing) for one in stale.value.differences] == [
        ("2", "3"),
        (cast.today.isoformat(), later),
        (NUMBER, NUMBER),
        ("试行", "试行"),
    ]


def test_a_form_shown_with_the_last_change_goes_through(cast: Cast, paper: uuid.UUID) -> None:
    change(cast, KEY, "0")
    change(cast, KEY, "2", shown=last_change(KEY))
    assert settings_on(cast.today).village_activists_min == 2


def test_a_change_of_another_setting_does_not_stop_a_form(cast: Cast, paper: uuid.UUID) -> None:
    change(cast, "reserve.ratio", "2")
    change(cast, KEY, "2", shown=0)
    assert settings_on(cast.today).village_activists_min == 2


def test_a_form_sent_again_after_another_change_is_still_done_not_stale(cast: Cast, paper: uuid.UUID) -> None:
    from yumiao.journal.acts import AlreadyDone

    once = uuid.uuid4()
    change(cast, KEY, "2", shown=0, once=once)
    with pytest.raises(AlreadyDone) as done:
        change(cast, KEY, "2", shown=0, once=once)
    assert done.value.seq == last().seq


def test_a_preview_is_stale_as_the_change_would_be(cast: Cast, paper: uuid.UUID) -> None:
    change(cast, KEY, "0")
    with pytest.raises(Stale):
        preview_setting(
            key=KEY,
            value="2",
            since=cast.today,
            paper_number=NUMBER,
            issuing_body="",
            reason="试行",
            today=cast.today,
            shown=0,
        )
