"""Numbers of 入党志愿书 as they stand: ranges, used, void, free. Reads only; a range of a township that was merged away is its successor's."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import Final

from django.db.models import Q

from yumiao.admission.form_rules import Number, Span, Stock, gaps
from yumiao.admission.models import FormRange, FormUse, FormVoid
from yumiao.kernel.scope import Range
from yumiao.units.models import Placement
from yumiao.units.queries import merged_into

NEXT: Final = 20


@dataclass(frozen=True, slots=True)
class Used:
    """A number that was given to somebody."""

    number: int
    case: int
    case_uid: uuid.UUID
    person: int
    on: date


@dataclass(frozen=True, slots=True)
class Voided:
    """A number that is void; `case`: whose form it was, where it had been given out."""

    number: int
    on: date
    why: str
    reason: str
    case: int | None
    person: int | None
    case_uid: uuid.UUID | None


@dataclass(frozen=True, slots=True)
class Kept:
    """A range with what became of its numbers. `unit`: whose it is today."""

    uid: uuid.UUID
    unit: int
    path: str
    span: Span
    handed_on: date
    note: str
    used: tuple[Used, ...]
    void: tuple[Voided, ...]

    @property
    def gone(self) -> set[int]:
        return {one.number for one in self.used} | {one.number for one in self.void}

    @property
    def left(self) -> list[Span]:
        return gaps(self.span, self.gone)

    @property
    def left_count(self) -> int:
        return self.span.count - len(self.gone)

    @property
    def next_free(self) -> str:
        return next((one.text(one.first) for one in self.left), "")

    @property
    def used_only(self) -> int:
        """Numbers in use that are not void."""
        return len({one.number for one in self.used} - {one.number for one in self.void})


def ranges() -> list[tuple[FormRange, int, str]]:
    """Every range that stands, with the unit it is kept by today and its path, in the order they were handed out; three queries."""
    rows = list(FormRange.objects.alive().order_by("prefix", "first"))
    paths = dict(Placement.objects.open().values_list("unit_id", "path"))
    heirs = {gone: after for after, before in merged_into().items() for gone in before if after in paths}
    found = []
    for row in rows:
        unit = row.unit_id if row.unit_id in paths else heirs.get(row.unit_id, row.unit_id)
        found.append((row, unit, paths.get(unit, "")))
    return found


def span_of(row: FormRange) -> Span:
    """A range as the rules see it."""
    return Span(row.prefix, row.first, row.last, row.digits)


def kept_ranges(uid: uuid.UUID | None = None) -> list[Kept]:
    """Every range, or that one, with what became of its numbers; five queries however many there are."""
    rows = [one for one in ranges() if uid is None or one[0].uid == uid]
    prefixes = {one.prefix for one, _unit, _path in rows}
    used: dict[str, list[Used]] = defaultdict(list)
    uses = FormUse.objects.alive().filter(prefix__in=prefixes).order_by("number").select_related("case")
    for use in uses:
        used[use.prefix].append(Used(use.number, use.case_id, use.case.uid, use.case.person_id, use.given_on))
    void: dict[str, list[Voided]] = defaultdict(list)
    voids = FormVoid.objects.alive().filter(prefix__in=prefixes).order_by("number").select_related("case")
    for one in voids:
        whose = (one.case_id, one.case.person_id, one.case.uid) if one.case else (None, None, None)
        void[one.prefix].append(Voided(one.number, one.voided_on, one.why, one.reason, *whose))
    return [_kept(row, unit, path, used[row.prefix], void[row.prefix]) for row, unit, path in rows]


def _kept(row: FormRange, unit: int, path: str, used: list[Used], void: list[Voided]) -> Kept:
    span = span_of(row)
    return Kept(
        row.uid, unit, path, span, row.handed_on, row.note,
        tuple(one for one in used if span.covers((span.prefix, one.number))),
        tuple(one for one in void if span.covers((span.prefix, one.number))),
    )  # fmt: skip


def stock_at(path: str, numbers: Collection[Number] | None = None) -> Stock:
    """What is known of forms at the unit of a path; of used and void numbers only those in `numbers`, where it is given."""
    rows = ranges()
    spans = tuple(span_of(row) for row, _unit, above in rows if _is_above(above, path))
    picked = _picked(numbers if numbers is not None else None, spans)
    used = frozenset(FormUse.objects.alive().filter(picked).values_list("prefix", "number"))
    void = frozenset(FormVoid.objects.alive().filter(picked).values_list("prefix", "number"))
    return Stock(spans, used, void, is_kept=bool(rows))


def _is_above(above: str, path: str) -> bool:
    return bool(above) and Range.below(above).covers(path)


def _picked(numbers: Collection[Number] | None, spans: tuple[Span, ...]) -> Q:
    picked = Q(pk__in=[])
    if numbers is None:
        for one in spans:
            picked |= Q(prefix=one.prefix, number__gte=one.first, number__lte=one.last)
    else:
        for prefix, number in numbers:
            picked |= Q(prefix=prefix, number=number)
    return picked


def free_forms(path: str) -> list[str]:
    """The next twenty numbers that a branch at a path may use, as printed; empty where its township was handed none."""
    return list(islice(_free(stock_at(path)), NEXT))


def _free(stock: Stock) -> Iterator[str]:
    gone = stock.used | stock.void
    for span in stock.spans:
        for left in gaps(span, (number for prefix, number in gone if prefix == span.prefix)):
            yield from (left.text(number) for number in range(left.first, left.last + 1))


def form_is_void(case: int) -> bool:
    """Whether the form that a case uses was voided since."""
    use = FormUse.objects.alive().filter(case=case).values_list("prefix", "number").first()
    return use is not None and FormVoid.objects.alive().filter(prefix=use[0], number=use[1]).exists()


def user_of(number: Number) -> FormUse | None:
    """Who uses a number."""
    return FormUse.objects.alive().filter(prefix=number[0], number=number[1]).select_related("case__person").first()
