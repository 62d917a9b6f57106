"""The same page is found again however it was saved, and strangers are not taken for it."""

from __future__ import annotations

import io
import itertools
import random

import pytest
from PIL import Image

from tests.files.drawn import jpeg, page
from yumiao.files.looks import NEAR, SIDE, Index, apart, look_of, near_among


def look(picture: Image.Image) -> int:
    small = picture.convert("L").resize((SIDE, SIDE), Image.Resampling.BOX)
    found = look_of(list(small.tobytes()))
    assert found is not None
    return found


def saved_again(picture: Image.Image, rng: random.Random) -> Image.Image:
    scale = rng.uniform(0.4, 1.5)
    other = picture.resize((int(picture.width * scale), int(picture.height * scale)), Image.Resampling.BILINEAR)
    return Image.open(io.BytesIO(jpeg(other, quality=rng.randint(35, 90))))


@pytest.mark.parametrize("form", [False, True])
def test_a_page_that_was_saved_again_is_found_and_no_stranger_is(form: bool) -> None:
    rng, pages = random.Random(11), [page(seed, form=form) for seed in range(100)]
    looks = [look(one) for one in pages]
    again = [apart(look(saved_again(one, rng)), known) <= NEAR for one, known in zip(pages, looks, strict=True)]
    strangers = [apart(one, other) <= NEAR for one, other in itertools.combinations(looks, 2)]
    assert sum(again) / len(again) >= 0.95
    assert sum(strangers) / len(strangers) <= 0.01


def test_a_blank_page_looks_like_nothing() -> None:
    assert look_of([250] * SIDE * SIDE) is None
    assert look_of([250, 251] * (SIDE * SIDE // 2)) is None


def test_the_index_finds_what_a_plain_search_finds() -> None:
    rng = random.Random(3)
    looks = [rng.getrandbits(64) - (1 << 63) for _ in range(300)]
    looks += [_flipped(rng, rng.choice(looks), rng.randint(0, 9)) for _ in range(300)]
    index = Index(enumerate(looks))
    plain = {(a, b) for a, b in itertools.combinations(range(600), 2) if apart(looks[a], looks[b]) <= NEAR}
    assert set(index.pairs()) == plain
    assert len(plain) > 100
    assert all(index.near(looks[one]) == {one} | _beside(plain, one) for one in range(600))


def _beside(pairs: set[tuple[int, int]], one: int) -> set[int]:
    return {a + b - one for a, b in pairs if one in (a, b)}


def _flipped(rng: random.Random, value: int, bits: int) -> int:
    for bit in rng.sample(range(64), bits):
        value ^= 1 << bit
    return value - (1 << 64) if value >= 1 << 63 else value + (1 << 64) if value < -(1 << 63) else value


def test_pages_are_found_again_among_fifty_thousand_by_shelves_and_one_by_one() -> None:
    rng = random.Random(5)
    looks = [rng.getrandbits(64) - (1 << 63) for _ in range(50_000)]
    index = Index(enumerate(looks))
    asked = [_flipped(rng, one, 5) for one in looks[:60]]
    assert [index.near(one) for one in asked] == [{one} for one in range(60)]
    assert [near_among(enumerate(looks), one) for one in asked[:5]] == [{one} for one in range(5)]
