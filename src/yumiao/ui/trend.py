"""The line chart: at most five years and two lines, numbers at the points, the running year says until when.

Must not know: what is counted; labels and addresses come in.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from markupsafe import Markup, escape

WIDTH, HEIGHT = 400, 236
LEFT, RIGHT, TOP, BOTTOM = 44, 372, 30, 184
YEARS = BOTTOM + 22  # where their labels stand
MAX_LINES = 2
MAX_GRID_LINES = 4


@dataclass(frozen=True, slots=True)
class Value:
    """A number at a point; `note` is written instead of the number where that says more (a share)."""

    number: int
    url: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class TrendPoint:
    """A year: one value a line, `None` where there is none; `until` is the word of a year that still runs."""

    label: str
    values: tuple[Value | None, ...]
    until: str = ""


def trend(points: Sequence[TrendPoint], lines: Sequence[str], *, unit: str, said: str) -> Markup:
    """`lines` are the names of the one or two lines; more, or a point with another count of values, is a `ValueError`."""
    if not 1 <= len(lines) <= MAX_LINES or any(len(point.values) != len(lines) for point in points):
        raise ValueError("a trend has one or two lines, and a value or None for each at every point")
    step, grid_lines = scale_of(max((value.number for point in points for value in point.values if value), default=0))
    top = step * grid_lines
    body = _grid(step, top) + "".join(_line(points, index, top) for index in range(len(lines)))
    body += "".join(_point(point, number, len(points), lines, top, unit) for number, point in enumerate(points))
    return Markup(  # noqa: S704 every text in it is escaped
        f'<svg class="chart chart-s" viewBox="0 0 {WIDTH} {HEIGHT}" role="group" aria-label="{escape(said)}">{body}</svg>'
    )


def scale_of(greatest: int) -> tuple[int, int]:
    """Distance and number of the grid lines above 0: 1, 2 or 5 times a power of ten, at most four reach `greatest`."""
    power = 1
    while power * 5 * MAX_GRID_LINES < greatest:
        power *= 10
    step = next(factor * power for factor in (1, 2, 5) if factor * power * MAX_GRID_LINES >= greatest)
    return step, max(1, -(-greatest // step))


def _x(number: int, count: int) -> int:
    return LEFT + 12 + (RIGHT - LEFT - 24) * number // (count - 1) if count > 1 else (LEFT + RIGHT) // 2


def _y(number: int, top: int) -> int:
    return BOTTOM - round(Fraction(number * (BOTTOM - TOP), top))


def _grid(step: int, top: int) -> str:
    return "".join(
        f'<path class="c-grid" d="M{LEFT} {_y(number, top)}H{RIGHT}"/>'
        f'<text class="c-soft end" x="{LEFT - 6}" y="{_y(number, top) + 4}">{number}</text>'
        for number in range(0, top + 1, step)
    )


def _line(points: Sequence[TrendPoint], index: int, top: int) -> str:
    """One path; a point without a value interrupts it."""
    path, pen = [], "M"
    for number, point in enumerate(points):
        if value := point.values[index]:
            path.append(f"{pen}{_x(number, len(points))} {_y(value.number, top)}")
        pen = "L" if value else "M"
    return f'<path class="c-path{"-2" if index else ""}" d="{"".join(path)}"/>' if path else ""


def _point(point: TrendPoint, number: int, count: int, lines: Sequence[str], top: int, unit: str) -> str:
    x = _x(number, count)
    until = f'<text class="mid c-soft" x="{x}" y="{BOTTOM + 38}">{escape(point.until)}</text>' if point.until else ""
    return f'<text class="mid" x="{x}" y="{YEARS}">{escape(point.label)}</text>{until}' + "".join(
        _mark(
            point,
            value,
            index,
            x,
            _y(value.number, top),
            f"{point.label}{point.until} {lines[index]} {value.number}{unit}",
        )
        for index, value in enumerate(point.values)
        if value
    )


def _mark(point: TrendPoint, value: Value, index: int, x: int, y: int, said: str) -> str:
    """The first line is lettered above its points, the second one below, or left of a point that lies on the years' labels."""
    place = f'class="c-val mid" x="{x}" y="{y - 9}"'
    if index:
        place = f'class="end" x="{x - 9}" y="{y - 4}"' if y + 18 > YEARS - 14 else f'class="mid" x="{x}" y="{y + 18}"'
    note = f"，{value.note}" if value.note else ""
    return (
        f'<a href="{escape(value.url)}" aria-label="{escape(said + note)}">'
        f'<circle class="c-dot{" c-dot-2" if index else ""}{" is-open" if point.until else ""}" cx="{x}" cy="{y}" r="4"/>'
        f"<text {place}>{escape(value.note or value.number)}</text></a>"
    )
