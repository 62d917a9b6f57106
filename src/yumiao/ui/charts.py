"""Charts as inline SVG and lists: four kinds and the tile map. Every mark is a link with a sentence; nothing is read off an axis.

Texts are HTML wherever a line of text would otherwise shrink with the picture. Classes and SVG attributes only: the
content policy refuses styles. Must not know: what is counted; labels, words and addresses come in.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from markupsafe import Markup, escape

from yumiao.kernel.shares import Share
from yumiao.ui.shapes import Stroke, Tone, fill, shape

TILE = 14
TILES_A_ROW = 10


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a whole; `value` is 0 or more."""

    label: str
    value: int
    url: str
    tone: Tone


@dataclass(frozen=True, slots=True)
class PlanRow:
    """`part` of `whole` against `plan`; a plan that is not set is `None` and no nought. `is_below`: under the guide."""

    label: str
    url: str
    plan: int | None
    whole: int
    part: int
    is_below: bool = False


@dataclass(frozen=True, slots=True)
class PlanWords:
    """How the bars are called in sentences and legend."""

    plan: str
    whole: str
    part: str
    below: str
    guide: str
    no_plan: str


@dataclass(frozen=True, slots=True)
class Band:
    """A line of the pyramid, the first one on top."""

    label: str
    left: int
    right: int
    left_url: str
    right_url: str


@dataclass(frozen=True, slots=True)
class Cell:
    """A tile: one shape for each of `states`, in their order; `note` stands at the right of the label."""

    label: str
    url: str
    note: str
    states: tuple[Tone, ...]


@dataclass(frozen=True, slots=True)
class LegendItem:
    """A shape and its word; with `url` a link."""

    label: str
    tone: Tone | Stroke
    url: str = ""


def legend(items: Sequence[LegendItem]) -> Markup:
    """The shapes and what they stand for."""
    lines = "".join(f"<li>{_linked(_swatch(item.tone) + escape(item.label), item.url)}</li>" for item in items)
    return Markup(f'<ul class="legend">{lines}</ul>')  # noqa: S704 every text in it is escaped


def plan_legend(words: PlanWords) -> Markup:
    """The legend of `plan_bars`."""
    return legend(
        [
            LegendItem(words.plan, "plan"),
            LegendItem(words.whole, "young"),
            LegendItem(words.part, "done"),
            LegendItem(words.below, "miss"),
            LegendItem(words.guide, "line"),
        ]
    )


def meter(parts: Sequence[Part], *, unit: str = "") -> Markup:
    """One thin bar cut into its parts, each a link that says label and number; parts of 0 leave no mark."""
    said = "，".join(f"{part.label} {part.value}{unit}" for part in parts)
    marks = "".join(
        f'<a href="{escape(part.url)}" aria-label="{escape(part.label)} {part.value}{escape(unit)}">'
        f'<rect class="{fill(part.tone)}" x="{x}" y="0" width="{width}" height="14"/></a>'
        for part, x, width in _cut(parts, 880)
    )
    track = '<rect class="c-track" x="0" y="0" width="880" height="14"/>'
    return Markup(  # noqa: S704 every text in it is escaped
        f'<svg class="meter" viewBox="0 0 880 14" preserveAspectRatio="none" role="group" aria-label="{escape(said)}">'
        f"{marks or track}</svg>"
    )


def stacked(parts: Sequence[Part], *, said: str) -> Markup:
    """One bar cut into its parts, and under it a link for each: label, number, share of the whole."""
    whole = sum(part.value for part in parts)
    marks = "".join(
        f'<a href="{escape(part.url)}" tabindex="-1"><rect class="{fill(part.tone)} c-cut" x="{x}" y="0" '
        f'width="{width}" height="28"/></a>'
        for part, x, width in _cut(parts, 560, gap=0)
    )
    labels = "".join(
        f'<li><a href="{escape(part.url)}">{_swatch(part.tone)}<span>{escape(part.label)}</span>'
        f"<b>{part.value}</b><small>{Share(part.value, whole).percent()}</small></a></li>"
        for part in parts
    )
    track = '<rect class="c-track" x="0" y="0" width="560" height="28"/>'
    return Markup(  # noqa: S704 every text in it is escaped
        f'<svg class="stacked" viewBox="0 0 560 28" preserveAspectRatio="none" aria-hidden="true">{marks or track}</svg>'
        f'<ul class="parts" aria-label="{escape(said)}">{labels}</ul>'
    )


def plan_bars(rows: Sequence[PlanRow], words: PlanWords, *, guide: Fraction) -> Markup:
    """A line for each row: frame = plan, light = whole, dark = part, dashed tick = `guide` of the whole, diamond = below.

    All rows share one scale, whose end is the greatest plan or whole. On a wide screen the lines run in two columns.
    """
    end = max((max(row.whole, row.plan or 0) for row in rows), default=0) or 1
    lines = "".join(_plan_line(row, words, guide, end) for row in rows)
    return Markup(f'<ol class="bars">{lines}</ol>')  # noqa: S704 every text in it is escaped


def _plan_line(row: PlanRow, words: PlanWords, guide: Fraction, end: int) -> str:
    scale = Fraction(392, end)
    marks = [
        _rect("c-young", row.whole * scale, 5, 12),
        _rect("c-miss" if row.is_below else "c-done", row.part * scale, 5, 12),
    ]
    if row.plan is not None:
        marks.append(_rect("c-plan", row.plan * scale, 3, 16))
    if row.whole:
        marks.append(f'<path class="c-line" d="M{_at(row.whole * guide * scale + 4)} 0v22"/>')
    share = "" if row.whole == 0 else Share(row.part, row.whole).percent()
    plan = words.no_plan if row.plan is None else str(row.plan)
    below = f"，{words.below}" if row.is_below else ""
    said = f"：{words.plan} {plan}，{words.whole} {row.whole}，{words.part} {row.part}{f'（{share}）' if share else ''}{below}"
    diamond = '<svg class="icon i-guide" aria-hidden="true"><use href="#i-guide"/></svg>' if row.is_below else ""
    return (
        f'<li><a href="{escape(row.url)}"><span class="bars-label">{escape(row.label)}</span>'
        f'<span class="hide-text">{escape(said)}</span>'
        f'<svg viewBox="0 0 400 22" preserveAspectRatio="none" aria-hidden="true">{"".join(marks)}</svg>'
        f'<span class="bars-value" aria-hidden="true"><b>{row.whole}/{escape(plan)}</b><small>{share}{diamond}</small></span></a></li>'
    )


def pyramid(bands: Sequence[Band], *, left: str, right: str, unit: str, said: str) -> Markup:
    """Two sides of bars, `left` and `right` being their names; numbers outside, each bar a link."""
    end = max((max(band.left, band.right) for band in bands), default=0) or 1
    lines = [
        f'<text class="end c-val" x="162" y="12">{escape(left)} {sum(band.left for band in bands)}</text>'
        f'<text class="c-val" x="238" y="12">{escape(right)} {sum(band.right for band in bands)}</text>'
    ]
    for number, band in enumerate(bands):
        y = 20 + 24 * number
        men, women = _at(Fraction(116 * band.left, end)), _at(Fraction(116 * band.right, end))
        lines.append(
            f'<text class="mid" x="200" y="{y + 14}">{escape(band.label)}</text>'
            f'<a href="{escape(band.left_url)}" aria-label="{escape(f"{left} {band.label} {band.left}{unit}")}">'
            f'<rect class="c-man" x="{162 - float(men):g}" y="{y}" width="{men}" height="19"/>'
            f'<text class="end" x="{157 - float(men):g}" y="{y + 14}">{band.left}</text></a>'
            f'<a href="{escape(band.right_url)}" aria-label="{escape(f"{right} {band.label} {band.right}{unit}")}">'
            f'<rect class="c-woman" x="238" y="{y}" width="{women}" height="19"/>'
            f'<text x="{243 + float(women):g}" y="{y + 14}">{band.right}</text></a>'
        )
    return _svg("chart chart-s", 400, 22 + 24 * len(bands), said, "".join(lines))


def tiles(cells: Sequence[Cell], words: Mapping[Tone, str], *, unit: str) -> Markup:
    """One cell a unit, one shape a state; the hidden sentence counts the states by `words`, `unit` names one of them."""
    a_row = min(max((len(cell.states) for cell in cells), default=1), TILES_A_ROW)
    return Markup(f'<div class="map">{"".join(_tile(cell, words, unit, a_row) for cell in cells)}</div>')  # noqa: S704 escaped


def _tile(cell: Cell, words: Mapping[Tone, str], unit: str, a_row: int) -> str:
    marks = "".join(
        f'<g transform="translate({number % a_row * TILE} {number // a_row * (TILE + 2)})">{shape(tone)}</g>'
        for number, tone in enumerate(cell.states)
    )
    counts = Counter(cell.states)
    said = "，".join(
        [f"{len(cell.states)} {unit}", *(f"{word} {counts[tone]}" for tone, word in words.items() if counts[tone])]
    )
    width, height = a_row * TILE, -(-max(len(cell.states), 1) // a_row) * (TILE + 2)
    return (
        f'<a class="map-cell" href="{escape(cell.url)}"><b>{escape(cell.label)}<i>{escape(cell.note)}</i></b>'
        f'<span class="hide-text">：{escape(said)}</span>'
        f'<svg viewBox="0 0 {width} {height}" width="{width}" height="{height}" aria-hidden="true">{marks}</svg></a>'
    )


def _cut(parts: Sequence[Part], width: int, gap: int = 3) -> list[tuple[Part, str, str]]:
    """Each part with its place and width along a bar; parts of 0 are left out."""
    shown = [part for part in parts if part.value]
    whole = sum(part.value for part in shown)
    found, x = [], Fraction(0)
    for part in shown:
        own = Fraction(part.value * (width - gap * (len(shown) - 1)), whole)
        found.append((part, _at(x), _at(own)))
        x += own + gap
    return found


def _rect(kind: str, width: Fraction, y: int, height: int) -> str:
    return f'<rect class="{kind}" x="4" y="{y}" width="{_at(width)}" height="{height}"/>' if width else ""


def _swatch(tone: Tone | Stroke) -> Markup:
    return Markup(f'<svg viewBox="0 0 14 14" aria-hidden="true">{shape(tone)}</svg>')  # noqa: S704 no text in it


def _linked(content: Markup, url: str) -> str:
    return f'<a href="{escape(url)}">{content}</a>' if url else content


def _svg(kind: str, width: int, height: int, said: str, body: str) -> Markup:
    return Markup(  # noqa: S704 every text in it is escaped
        f'<svg class="{kind}" viewBox="0 0 {width} {height}" role="group" aria-label="{escape(said)}">{body}</svg>'
    )


def _at(place: Fraction) -> str:
    """A coordinate with at most one digit behind the point."""
    return f"{float(place):.1f}".removesuffix(".0")
