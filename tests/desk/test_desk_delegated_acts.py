"""What is done for another says so in every room: changes of status, transfers, floating members, searches, posts."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from tests.access.opened import opened
from tests.access.test_access_delegations import lend
from tests.cast import FAR_VILLAGE, TOWN, VILLAGE, Cast, cast
from tests.desk.test_desk_posts import ELECTED_ON, full_member
from tests.desk.test_desk_stays import away
from tests.desk.test_desk_transfers import arrival, issue, sent, step
from yumiao.journal.models import Entry
from yumiao.people.models import Transfer

pytestmark = pytest.mark.db
__all__ = ["cast", "opened"]


def label(cast: Cast) -> str:
    return Entry.objects.latest("seq").actor_label


def for_whom(cast: Cast) -> str:
    return f"代{cast.clerk_a.display_name}"


def post(cast: Cast, path: str, **fields: Any) -> Any:
    answer = cast.client(cast.clerk_b).post(path, {"on": cast.today.isoformat(), "reason": "经支部大会讨论", **fields})
    assert answer.status_code == 302, answer.content.decode()
    return answer


def test_a_change_of_status_and_its_undoing(cast: Cast) -> None:
    lend(cast)
    post(cast, f"/people/{cast.people[1]}/changes/deceased/", deed="submit")
    assert for_whom(cast) in label(cast)
    post(cast, f"/changes/{Entry.objects.latest('seq').seq}/undo/")
    assert for_whom(cast) in label(cast)


def test_a_letter_issued_for_another_and_taken_in_for_himself(cast: Cast) -> None:
    lend(cast)
    assert issue(cast, 1, TOWN, who="clerk_b").status_code == 302
    assert for_whom(cast) in label(cast)
    transfer = Transfer.objects.latest("pk")
    assert step(cast, "clerk_b", transfer, "withdraw", reason="开错了").status_code == 302
    assert for_whom(cast) in label(cast)
    own = sent(cast, 4)
    assert step(cast, "clerk_b", own, "receive", branch=FAR_VILLAGE).status_code == 302
    assert "代" not in label(cast)


def test_a_member_of_elsewhere_taken_in(cast: Cast) -> None:
    lend(cast)
    assert cast.client(cast.clerk_b).post("/transfers/in/", arrival(cast)).status_code == 302
    assert for_whom(cast) in label(cast)


def test_a_floating_member_a_contact_a_search_and_their_undoing(cast: Cast) -> None:
    lend(cast)
    stay = away(cast, 8, cast.today - timedelta(days=40), who="clerk_b")
    assert for_whom(cast) in label(cast)
    post(cast, f"/stays/{stay.uid}/contact/", channel="phone")
    assert for_whom(cast) in label(cast)
    post(cast, f"/people/{cast.people[1]}/searches/new/", channel="phone", outcome="nothing", made_by="韦干事")
    assert for_whom(cast) in label(cast)
    post(cast, f"/stays/undo/{Entry.objects.latest('seq').seq}/")
    assert for_whom(cast) in label(cast)


def test_a_guest_at_his_own_unit_is_his_own_act(cast: Cast) -> None:
    lend(cast)
    given = {"guest": "陆远行", "place": "外县某村党支部", "since": cast.today.isoformat()}
    post(cast, "/stays/guest/", **given, branch=VILLAGE)
    assert for_whom(cast) in label(cast)
    post(cast, "/stays/guest/", **given, branch=FAR_VILLAGE)
    assert "代" not in label(cast)


def test_an_election_and_its_undoing(cast: Cast) -> None:
    lend(cast)
    chosen = {
        "elected_on": ELECTED_ON.isoformat(),
        "secretary": full_member(cast, VILLAGE),
        "document": "青组批〔2023〕1号",
    }
    post(cast, f"/units/{VILLAGE}/posts/election/", **chosen)
    assert for_whom(cast) in label(cast)
    post(cast, f"/units/{VILLAGE}/posts/undo/", seq=Entry.objects.latest("seq").seq)
    assert for_whom(cast) in label(cast)
