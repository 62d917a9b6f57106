"""The small shapes of states and series, as SVG in a square of 14: told apart without colour.

Must not know: what a state means; the tone is a class of the style sheet.
"""

from __future__ import annotations

from typing import Literal

Tone = Literal[
    "ok",
    "warn",
    "floor",
    "risk",
    "guide",
    "clear",
    "na",
    "plan",
    "done",
    "young",
    "miss",
    "man",
    "woman",
    "a",
    "b",
    "c",
    "d",
]
Stroke = Literal["line", "path", "path-2"]

_BLOCK = '<rect class="c-{}" x="0" y="3" width="14" height="9"/>'
_SHAPES: dict[str, str] = {
    "ok": '<circle class="f-ok" cx="7" cy="7" r="5"/>',
    "warn": '<path class="f-warn" d="M7 0l7 13h-14z"/>',
    "floor": '<rect class="f-floor" x="1" y="1" width="12" height="12"/><path class="tile-mark" d="M4 4l6 6M10 4l-6 6"/>',
    "risk": '<rect class="f-risk" x="2" y="2" width="10" height="10"/><path class="f-risk" d="M7 4.5v3M7 9.3v.2"/>',
    "guide": '<path class="f-guide" d="M7 0l7 7-7 7-7-7z"/>',
    "clear": '<circle class="f-clear" cx="7" cy="7" r="6"/><path class="tile-mark" d="M4 7l2.5 2.5 4-5"/>',
    "na": '<circle class="f-na" cx="7" cy="7" r="5"/>',
    "plan": '<rect class="c-plan" x="1" y="2" width="12" height="10"/>',
    "line": '<path class="c-line" d="M7 0v14"/>',
    "path": '<path class="c-path" d="M0 7h14"/>',
    "path-2": '<path class="c-path-2" d="M0 7h14"/>',
    **{tone: _BLOCK.format(tone) for tone in ("done", "young", "miss", "man", "woman", "a", "b", "c", "d")},
}
_FILLS: dict[str, str] = {tone: f"f-{tone}" for tone in ("ok", "warn", "floor", "risk", "guide", "clear", "na")}


def shape(tone: Tone | Stroke) -> str:
    """The shape itself, without its `svg`; `KeyError` for an unknown tone."""
    return _SHAPES[tone]


def fill(tone: Tone) -> str:
    """The class that paints a bar in this tone."""
    return _FILLS.get(tone, f"c-{tone}")
