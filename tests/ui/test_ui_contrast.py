"""Colours by number: text at 4.5 to 1, edges and marks at 3 to 1, in both themes."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import yumiao.ui

STATIC = Path(yumiao.ui.__file__).parent / "static" / "ui"
LOOK = (STATIC / "look.css").read_text(encoding="utf-8")
COLOUR = re.compile(r"--([a-z0-9-]+):\s*(#[0-9a-f]{3,6})\b")

SURFACES = ("bg", "paper", "paper-2", "sunk")
TEXT = [(ink, surface) for ink in ("ink", "ink-2", "ink-3", "act", "act-2", "floor") for surface in SURFACES]
TEXT += [(state, f"{state}-soft") for state in ("ok", "warn", "floor", "guide", "clear", "na")]
TEXT += [(state, "paper") for state in ("ok", "warn", "guide", "clear", "na", "mark")]
TEXT += [
    ("on-brand", "brand"),
    ("on-brand", "brand-2"),
    ("on-brand-2", "brand-2"),
    ("on-act", "act"),
    ("on-act", "act-2"),
]
TEXT += [("act", "act-soft"), ("act-2", "act-soft"), ("ink", "act-soft"), ("ink-3", "floor-soft"), ("paper", "ink")]
EDGES = [("rule-2", surface) for surface in ("bg", "paper", "paper-2")]
EDGES += [("focus", surface) for surface in SURFACES]
EDGES += [(mark, "paper") for mark in ("c-done", "c-young", "c-man", "c-woman", "c-a", "c-b", "mark")]
# a white ring is drawn around what has the focus in the bar
EDGES += [("on-brand", "brand")]


def tokens(start: str) -> dict[str, str]:
    """The colours of the first block that starts with this text."""
    block = LOOK[LOOK.index(start) :]
    return dict(COLOUR.findall(block[: block.index("}")]))


LIGHT = tokens(":root {")
DARK = {**LIGHT, **tokens("\n.theme-dark {")}
SYSTEM_DARK = {**LIGHT, **tokens(":root:not(.theme-light) {")}


def luminance(colour: str) -> float:
    digits = colour[1:] if len(colour) == 7 else "".join(2 * digit for digit in colour[1:])
    parts = [int(digits[place : place + 2], 16) / 255 for place in (0, 2, 4)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def too_weak(theme: dict[str, str], pairs: list[tuple[str, str]], least: float) -> dict[tuple[str, str], float]:
    found = {pair: round(contrast(theme[pair[0]], theme[pair[1]]), 2) for pair in pairs}
    return {pair: ratio for pair, ratio in found.items() if ratio < least}


def test_black_on_white_is_21_to_1() -> None:
    assert round(contrast("#000", "#ffffff"), 2) == 21.0


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_text_stands_out_by_four_and_a_half(theme: dict[str, str]) -> None:
    assert too_weak(theme, TEXT, 4.5) == {}


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_edges_and_marks_stand_out_by_three(theme: dict[str, str]) -> None:
    assert too_weak(theme, EDGES, 3) == {}


def test_dark_is_the_same_whether_chosen_or_the_systems() -> None:
    assert SYSTEM_DARK == DARK


def test_the_sheets_use_only_tokens_that_exist() -> None:
    sheets = LOOK + (STATIC / "fit.css").read_text(encoding="utf-8")
    assert set(re.findall(r"var\(--([a-z0-9-]+)\)", sheets)) - set(re.findall(r"--([a-z0-9-]+):", sheets)) == set()


def test_the_sheets_stay_within_what_old_browsers_know() -> None:
    sheets = LOOK + (STATIC / "fit.css").read_text(encoding="utf-8")
    without_comments = re.sub(r"/\*.*?\*/", "", sheets, flags=re.DOTALL)
    assert re.findall(r":has\(|:is\(|:where\(|@container|aspect-ratio|\binset:|&[ .:]|@layer", without_comments) == []
