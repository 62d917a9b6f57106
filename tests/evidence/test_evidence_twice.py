"""The same scan in two places is found however it was saved, and shown to whom it concerns."""

from __future__ import annotations

import io
import random
from typing import Any

import pytest
from django.db import connection
from django.urls import reverse
from PIL import Image

from tests.cast import Cast, cast
from tests.evidence.cases import case, put, shot, who
from tests.files.drawn import jpeg
from yumiao.admission.paper_queries import papers_of
from yumiao.admission.paper_rules import Checked
from yumiao.desk.dossier import recording
from yumiao.desk.evidence import acting
from yumiao.desk.evidence.twice import Known, known
from yumiao.files.models import Scan, ScanPage
from yumiao.files.services import PAGE
from yumiao.journal.acts import act, last
from yumiao.journal.models import Reading
from yumiao.journal.verbs import Verb

__all__ = ["cast"]
pytestmark = pytest.mark.db


def saved_again(seed: int) -> bytes:
    with Image.open(io.BytesIO(shot(seed))) as picture:
        return jpeg(picture.resize((480, 679)), quality=50)


def put_bytes(cast: Cast, uid: Any, content: bytes, part: str) -> Any:
    read = recording.read_by(uid)
    adding = acting.Adding("A02", 2, Checked("谈话记录"))
    unit = cast.tree.by_id[read.around.unit]
    return acting.add(read, adding, [content], unit=unit, who=who(cast, part), today=cast.today)


def page_of(cast: Cast, part: str, paper: Any) -> str:
    return cast.client(cast.accounts[part]).get(reverse("case_paper", args=[paper])).content.decode()


def test_a_page_saved_again_for_somebody_else_is_found(cast: Cast) -> None:
    one, other = case(cast), case(cast, 32)
    first = put(cast, one, seeds=(1, 2))
    second = put_bytes(cast, other, saved_again(2), "secretary_b")
    assert "相同或者相近" in page_of(cast, "officer", first)
    assert "相同或者相近" in page_of(cast, "officer", second)
    seen = page_of(cast, "secretary_a", first)
    assert ("相同或者相近" in seen, "另有 1 处在其他单位" in seen) == (False, True)
    assert str(other) not in seen


def test_a_stranger_is_not_found(cast: Cast) -> None:
    first = put(cast, case(cast), seeds=(1,))
    put(cast, case(cast, 32), seeds=(5,), part="secretary_b")
    assert "同一扫描件" not in page_of(cast, "officer", first)


def test_the_same_paper_in_two_slots_is_found_and_in_one_is_not(cast: Cast) -> None:
    uid = case(cast)
    first = put(cast, uid)
    put(cast, uid)
    assert "相同或者相近" not in page_of(cast, "secretary_a", first)
    put(cast, uid, "A04", 3)
    assert "相同或者相近" in page_of(cast, "secretary_a", first)


def test_what_was_taken_back_is_not_found(cast: Cast) -> None:
    first, second = put(cast, case(cast)), put(cast, case(cast, 32), part="secretary_b")
    acting.withdraw(second, reason="放错", who=who(cast, "secretary_b"))
    assert "同一扫描件" not in page_of(cast, "officer", first)


@pytest.mark.parametrize(
    ("part", "sides", "hidden"),
    [("officer", 2, 0), ("clerk_a", 1, 1), ("clerk_b", 1, 1), ("auditor", 2, 0), ("general_secretary", 0, 0)],
)
def test_the_list_names_only_the_sides_one_reaches(cast: Cast, part: str, sides: int, hidden: int) -> None:
    one, other = case(cast), case(cast, 32)
    put(cast, one)
    put(cast, other, part="secretary_b")
    before = Reading.objects.count()
    shown = cast.client(cast.accounts[part]).get(reverse("case_papers_twice")).content.decode()
    named = sum(reverse("case_papers", args=[uid]) in shown for uid in (one, other))
    assert (named, shown.count("另有 1 处在其他单位")) == (sides, hidden)
    assert Reading.objects.count() - before == bool(sides)


@pytest.mark.parametrize("part", ["reviewer", "assistant", "member", "system", "security", "audit", "outsider"])
def test_others_have_no_such_list(cast: Cast, part: str) -> None:
    assert cast.client(cast.accounts[part]).get(reverse("case_papers_twice")).status_code == 403


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_asks_the_same_however_long_it_is(cast: Cast, count: int, django_assert_num_queries: Any) -> None:
    one, other, browser = case(cast), case(cast, 32), cast.client(cast.officer)
    for seed in range(count):
        put(cast, one, seeds=(seed,))
        put(cast, other, seeds=(seed,), part="secretary_b")
    browser.get(reverse("case_papers_twice"))
    with django_assert_num_queries(LIST + (connection.vendor == "postgresql")):  # the lock of the readings
        browser.get(reverse("case_papers_twice"))


LIST = 11


def test_one_upload_is_compared_with_a_county_of_pages_kept_in_memory(cast: Cast) -> None:
    """Fifty thousand pages on record: they are read once and kept in memory, and a paper of twenty pages is compared at once."""
    rng, uid, other = random.Random(2), case(cast), case(cast, 32)
    paper = put(cast, uid, seeds=tuple(range(20)))
    put(cast, other, part="secretary_b", seeds=(99,))
    scan = Scan.objects.latest("pk").pk
    with act(Verb.PAPER_ADDED, actor=cast.operator) as done:
        pages = (
            (10_000 + place, scan, place % 30_000, bytes(32), rng.getrandbits(64) - (1 << 63), 1240, 1754)
            for place in range(50_000)
        )
        done.insert(ScanPage, PAGE, pages)
    made = Known()
    found = made.elsewhere(next(one for one in papers_of(recording.read_by(uid).around.case) if one.uid == paper), b"")
    assert (len(made.scan_of), found) == (50_021, [])
    assert known(last()) is known(last())
