"""Terms and posts as a clerk enters, sees and takes them back; who sees them; what the pages cost."""

from __future__ import annotations

import re
import uuid
from datetime import date
from typing import Any

import pytest

from tests.cast import FAR_VILLAGE, OTHER_TOWN, TOWN, VILLAGE, Cast, cast
from yumiao.journal.models import Entry
from yumiao.people.models import PersonRecord
from yumiao.posts.models import Post, Term
from yumiao.posts.queries import open_posts, posts_of, terms_of
from yumiao.posts.rules import How, Title
from yumiao.posts.services import Filled, fill_post, hold_election

__all__ = ["cast"]
pytestmark = pytest.mark.db

ELECTED_ON = date(2023, 3, 5)


def text_of(answer: Any) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def name(cast: Cast, place: int) -> str:
    return PersonRecord.objects.open().get(person=cast.person(place)).name


def full_member(cast: Cast, code: str) -> str:
    """The name of a full member who stands at the unit."""
    from yumiao.posts.queries import full_members_on

    people = full_members_on(cast.unit(code).subtree, cast.today)
    return PersonRecord.objects.open().filter(person__in=people).order_by("pk")[0].name


def elect(cast: Cast, code: str = VILLAGE, on: date = ELECTED_ON, **more: Any) -> Any:
    who = cast.clerk_b if code.startswith(OTHER_TOWN) else cast.clerk_a
    given = {
        "elected_on": on.isoformat(),
        "secretary": full_member(cast, code),
        "document": "青组批〔2023〕1号",
        **more,
    }
    return cast.client(who).post(f"/units/{code}/posts/election/", given)


def test_an_election_begins_a_term_and_fills_the_post_in_one_act(cast: Cast) -> None:
    before = Entry.objects.count()
    answer = elect(cast)
    assert (answer.status_code, answer["Location"]) == (302, f"/units/{VILLAGE}/posts/")
    (term,), (post,) = terms_of(cast.unit(VILLAGE).id), posts_of(cast.unit(VILLAGE).id)
    assert (term.since, term.due_on, Entry.objects.count()) == (ELECTED_ON, date(2028, 3, 5), before + 1)
    assert (post.title, post.how, post.since, post.is_open) == (Title.SECRETARY, How.ELECTED, ELECTED_ON, True)
    page = text_of(cast.client(cast.secretary_a).get(f"/units/{VILLAGE}/posts/"))
    assert ("2028年3月5日" in page, full_member(cast, VILLAGE) in page, "免职" in page) == (True, True, False)


def test_a_form_sent_twice_is_one_election(cast: Cast) -> None:
    once = uuid.uuid4()
    answers = [elect(cast, once=once) for _ in range(2)]
    assert ([answer.status_code for answer in answers], Term.objects.count()) == ([302, 302], 1)


def test_the_next_election_ends_the_term_and_the_posts_before_it_and_undo_restores_them(cast: Cast) -> None:
    elect(cast)
    elect(cast, on=date(2026, 3, 5))
    unit = cast.unit(VILLAGE)
    assert next((one.since, one.until) for one in terms_of(unit.id)) == (ELECTED_ON, date(2026, 3, 5))
    assert [one.ended_why for one in posts_of(unit.id) if not one.is_open] == ["换届"]
    browser = cast.client(cast.clerk_a)
    last = re.search(r'name="seq" value="(\d+)"', browser.get(f"/units/{VILLAGE}/posts/undo/").content.decode())
    assert last is not None
    answer = browser.post(f"/units/{VILLAGE}/posts/undo/", {"seq": last[1], "reason": "登记有误"})
    assert answer.status_code == 302
    assert [(one.since, one.is_open) for one in terms_of(unit.id)] == [(ELECTED_ON, True)]
    assert [(one.since, one.is_open) for one in posts_of(unit.id)] == [(ELECTED_ON, True)]
    again = browser.post(f"/units/{VILLAGE}/posts/undo/", {"seq": last[1], "reason": "登记有误"})
    assert again.status_code == 409


def test_only_the_last_act_of_a_unit_is_taken_back(cast: Cast) -> None:
    elect(cast)
    first = Entry.objects.latest("seq").seq
    elect(cast, on=date(2026, 3, 5))
    answer = cast.client(cast.clerk_a).post(f"/units/{VILLAGE}/posts/undo/", {"seq": first, "reason": "登记有误"})
    assert (answer.status_code, "先撤销其后的登记" in text_of(answer)) == (409, True)
    nowhere = cast.client(cast.clerk_a).post(f"/units/{VILLAGE}/posts/undo/", {"seq": 1, "reason": "登记有误"})
    assert nowhere.status_code == 404


def test_a_warning_stops_until_somebody_says_why(cast: Cast) -> None:
    stranger = name(cast, 6)
    assert elect(cast, secretary=stranger).status_code == 409
    answer = elect(cast, secretary=stranger, reason="组织关系正在转入")
    assert (answer.status_code, Entry.objects.latest("seq").reason) == (302, "组织关系正在转入")


def test_a_day_to_come_and_a_name_nobody_has_are_refused(cast: Cast) -> None:
    assert elect(cast, on=date(cast.today.year + 1, 1, 1)).status_code == 409
    answer = elect(cast, secretary="无此人")
    assert (answer.status_code, "没有登记“无此人”" in text_of(answer)) == (422, True)
    assert (Term.objects.count(), Post.objects.count()) == (0, 0)


def test_somebody_outside_the_scope_is_not_found_by_name(cast: Cast) -> None:
    answer = elect(cast, secretary=name(cast, 5))
    assert answer.status_code in (302, 409, 422)
    assert not any(one.person == cast.person(5).pk for one in open_posts())


def test_an_election_is_put_off_by_at_most_a_year_on_a_paper(cast: Cast) -> None:
    elect(cast, on=date(2021, 3, 5))
    browser, path = cast.client(cast.clerk_a), f"/units/{VILLAGE}/posts/postpone/"
    late = browser.post(path, {"postponed_to": "2027-03-06", "document": "青组批〔2026〕2号"})
    without = browser.post(path, {"postponed_to": "2027-03-05", "document": ""})
    assert (late.status_code, without.status_code) == (409, 422)
    assert browser.post(path, {"postponed_to": "2027-03-05", "document": "青组批〔2026〕2号"}).status_code == 302
    assert terms_of(cast.unit(VILLAGE).id)[0].ends_on == date(2027, 3, 5)


def test_who_was_sent_is_entered_and_ended_with_a_reason(cast: Cast) -> None:
    browser, path = cast.client(cast.clerk_a), f"/units/{VILLAGE}/posts/new/"
    sent = {
        "title": "first_secretary", "how": "sent", "person": full_member(cast, VILLAGE), "since": "2025-05-01",
        "sending_unit": "县农业农村局",
    }  # fmt: skip
    assert browser.post(path, sent).status_code == 409
    assert browser.post(path, {**sent, "due_on": "2027-05-01"}).status_code == 302
    assert browser.post(path, {**sent, "due_on": "2027-05-01"}).status_code == 409
    (post,) = posts_of(cast.unit(VILLAGE).id)
    end = f"/posts/{post.uid}/end/"
    assert browser.post(end, {"ended_on": "2025-05-01", "why": "调离"}).status_code == 409
    assert browser.post(end, {"ended_on": "2025-05-02", "why": "调离"}).status_code == 302
    assert browser.post(end, {"ended_on": "2025-05-02", "why": "调离"}).status_code == 409
    assert "县农业农村局" in text_of(browser.get("/posts/?held=ended"))


def test_a_post_whose_holder_left_the_party_is_a_gap_and_stays_until_somebody_ends_it(cast: Cast) -> None:
    elect(cast)
    from yumiao.journal.acts import act
    from yumiao.journal.bulk import recorded
    from yumiao.journal.verbs import Verb
    from yumiao.people.models import Membership

    (post,) = posts_of(cast.unit(VILLAGE).id)
    with act(Verb.PREPARED, actor=cast.operator) as done:
        old = Membership.objects.alive().get(person=post.person)
        names = recorded(Membership)
        row = {field: getattr(old, field) for field in names} | {"ended_on": cast.today, "ended_how": "removed"}
        done.strike(Membership, [old.pk])
        done.insert(Membership, names, [tuple(row[field] for field in names)])
    browser = cast.client(cast.clerk_a)
    assert "须免职：党籍已终止" in text_of(browser.get(f"/units/{VILLAGE}/posts/"))
    assert "须办理免职 1" in text_of(browser.get("/posts/?held=lapsed"))
    assert posts_of(cast.unit(VILLAGE).id)[0].is_open


def test_the_timeline_of_a_person_and_the_page_of_a_unit_show_the_post(cast: Cast) -> None:
    elect(cast)
    (post,) = posts_of(cast.unit(VILLAGE).id)
    from yumiao.people.models import Person

    browser, uid = cast.client(cast.clerk_a), Person.objects.get(pk=post.person).uid
    village = cast.unit(VILLAGE).name
    assert f"任{village}书记" in text_of(browser.get(f"/people/{uid}/"))
    assert "班子和任职" in text_of(browser.get(f"/units/{VILLAGE}/"))


def test_each_reader_sees_the_terms_and_posts_of_his_units_only(cast: Cast) -> None:
    elect(cast)
    elect(cast, FAR_VILLAGE)
    here, there = f"/units/{VILLAGE}/posts/", f"/units/{FAR_VILLAGE}/posts/"
    for part, sees in (("officer", (True, True)), ("clerk_a", (True, False)), ("secretary_b", (False, True))):
        browser = cast.client(getattr(cast, part))
        for path in ("/posts/", "/posts/terms/"):
            page = browser.get(path).content.decode()
            assert (part, path, (here in page, there in page)) == (part, path, sees)
        assert [browser.get(path).status_code == 200 for path in (here, there)] == list(sees)
    assert [cast.client(cast.secretary_a).get(here + way).status_code for way in ("election/", "new/")] == [403, 403]
    assert cast.client(cast.clerk_a).get(f"/posts/{posts_of(cast.unit(FAR_VILLAGE).id)[0].uid}/end/").status_code == 404


def test_terms_are_found_by_how_they_stand(cast: Cast) -> None:
    elect(cast, on=date(2021, 3, 5))
    elect(cast, FAR_VILLAGE, on=date(2022, 3, 5))
    browser = cast.client(cast.officer)
    overdue = browser.get("/posts/terms/?state=overdue").content.decode()
    assert (f"/units/{VILLAGE}/posts/" in overdue, f"/units/{FAR_VILLAGE}/posts/" in overdue) == (True, False)
    assert browser.get("/posts/terms/?state=%00&unit=none").status_code == 404
    assert browser.get("/posts/terms/?state=none&page=99").status_code == 200


@pytest.mark.parametrize("count", [1, 3])
def test_the_lists_cost_the_same_for_one_row_as_for_three(
    cast: Cast, count: int, django_assert_num_queries: Any
) -> None:
    for place in range(count):
        fill_post(
            unit=cast.unit(VILLAGE), filled=Filled(Title.RESIDENT, cast.person(place + 1).pk), how=How.SENT,
            since=date(2025, 5, 1), due_on=date(2027, 5, 1), sending_unit="县农业农村局", actor=cast.operator, today=cast.today,
        )  # fmt: skip
    browser = cast.client(cast.officer)
    for path, queries in (("/posts/", 3), ("/posts/terms/", 1), (f"/units/{VILLAGE}/posts/", 1)):
        browser.get(path)
        with django_assert_num_queries(queries):
            browser.get(path)


def test_both_lists_go_out_and_the_names_are_on_record(cast: Cast) -> None:
    elect(cast)
    browser = cast.client(cast.officer)
    assert browser.get("/exports/terms/").status_code == 200
    assert "用途" in text_of(browser.get("/exports/posts/"))


def test_an_election_of_a_committee_asks_for_its_seats(cast: Cast) -> None:
    unit = cast.unit(TOWN)
    people = [cast.person(place).pk for place in (1, 2)]
    with pytest.raises(Exception, match="登记委员"):
        hold_election(
            unit=unit, elected_on=ELECTED_ON, elected=[Filled(Title.SECRETARY, people[0]), Filled(Title.COMMITTEE, people[1])],
            actor=cast.operator, today=cast.today,
        )  # fmt: skip
