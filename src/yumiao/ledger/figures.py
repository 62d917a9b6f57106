"""A village, a township and the whole of a ledger with their verdicts: pure values made from counts, plans and settings."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from yumiao.bylaws.rules import Settings
from yumiao.kernel.shares import Share
from yumiao.ledger import rules
from yumiao.ledger.lines import Counts
from yumiao.units.queries import UnitOnDay


@dataclass(frozen=True, slots=True)
class Plan:
    """A year's plan; the parts are None where nothing was said of them."""

    planned: int
    young: int | None = None
    women: int | None = None
    college: int | None = None


@dataclass(frozen=True, slots=True)
class Village:
    """A village or community on a day, with everything the lines say of it.

    `reserve`: activists in cultivation; development targets count among them if the county says so. `is_low_young` is None
    for a village without members. Made by `assessed`, once, because every list and grade asks for it.
    """

    unit: UnitOnDay
    counts: Counts
    plan: Plan | None
    day: date
    settings: Settings
    is_new_for_bottom: bool
    warned: rules.Warned
    bottom: rules.Bottom
    is_at_risk: bool
    is_low_young: bool | None
    reserve: int
    band: rules.Band
    flags: tuple[rules.Flag, ...]
    grade: rules.Grade

    @classmethod
    def assessed(cls, unit: UnitOnDay, counts: Counts, plan: Plan | None, day: date, settings: Settings) -> Village:
        """Ask every rule of the lines, in the order in which they build on each other."""
        is_new = rules.is_new_for_bottom(record_since=unit.record_since, day=day)
        last_year, this_year, window = counts.last_year, counts.this_year, settings.bottom_window
        warned = rules.warning_line(
            last_year=last_year,
            this_year=this_year,
            is_new=rules.is_new_for_warning(record_since=unit.record_since, day=day),
        )
        bottom = rules.bottom_line(
            last_year=last_year,
            this_year=this_year,
            year_before=counts.year_before,
            in_window=counts.in_window,
            window=window,
            is_new=is_new,
        )
        is_at_risk = rules.at_risk(last_year=last_year, this_year=this_year, window=window, is_new=is_new)
        is_low_young = rules.low_young_share(
            young=counts.young, members=counts.members, floor=settings.village_young_stock_min
        )
        reserve = counts.activists if settings.reserve_count_targets else counts.activists - counts.targets
        band = rules.band(
            activists=reserve, least=settings.village_activists_min, target=settings.village_activists_target
        )
        grade = rules.village_grade(
            bottom=bottom,
            warned=warned,
            is_at_risk=is_at_risk,
            is_listed_young=is_low_young is True,
            day=day,
            plan=rules.PlanState.NOT_KEPT,
        )
        flags = _flags(counts, bottom, settings)
        verdicts = (is_new, warned, bottom, is_at_risk, is_low_young, reserve, band, flags, grade)
        return cls(unit, counts, plan, day, settings, *verdicts)

    def as_json(self) -> dict[str, Any]:
        counts = self.counts
        return {
            "name": self.unit.name,
            "planned": self.plan.planned if self.plan else None,
            "members": counts.members,
            "young_members": counts.young,
            "unknown_births": counts.unknown_births,
            "admitted": counts.this_year,
            "admitted_last_year": counts.last_year,
            "admitted_year_before": counts.year_before,
            "pending": counts.pending,
            "reserve": self.reserve,
            "bottom_line": self.bottom.value,
            "bottom_line_at_risk": self.is_at_risk,
            "warning_line": self.warned.value,
            "low_young_share": self.is_low_young,
            "activist_band": self.band.value,
            "flags": [flag.value for flag in self.flags],
            "grade": self.grade.value,
        }


def _flags(counts: Counts, bottom: rules.Bottom, settings: Settings) -> tuple[rules.Flag, ...]:
    return rules.flags(
        full_members=counts.full_members,
        members=counts.members,
        women=counts.women,
        young=counts.young,
        old=counts.old,
        known_births=counts.known_births,
        age_sum=counts.age_sum,
        low_education=counts.low_education,
        bottom=bottom,
        settings=settings,
    )


@dataclass(frozen=True)
class Township:
    """A township on a day with its villages; its plan is its own, else the sum of its villages', else None (未下达)."""

    unit: UnitOnDay
    villages: tuple[Village, ...]
    own_plan: Plan | None
    settings: Settings

    @cached_property
    def counts(self) -> Counts:
        return Counts.total([village.counts for village in self.villages])

    @cached_property
    def plan(self) -> Plan | None:
        plans = [village.plan for village in self.villages if village.plan is not None]
        if self.own_plan is not None or not plans:
            return self.own_plan
        return Plan(
            sum(plan.planned for plan in plans),
            _sum([plan.young for plan in plans]),
            _sum([plan.women for plan in plans]),
            _sum([plan.college for plan in plans]),
        )

    @cached_property
    def planned(self) -> int | None:
        return self.plan.planned if self.plan else None

    @cached_property
    def young_share(self) -> Share:
        return Share(self.counts.young_this_year, self.counts.this_year)

    @cached_property
    def guidance_met(self) -> bool | None:
        return rules.guidance_met(
            young=self.counts.young_this_year, admitted=self.counts.this_year, ratio=self.settings.guidance_ratio
        )

    @cached_property
    def reserve(self) -> int:
        return sum(village.reserve for village in self.villages)

    @cached_property
    def reserve_required(self) -> int | None:
        return rules.reserve_required(planned=self.planned, ratio=self.settings.reserve_ratio)

    @cached_property
    def reserve_met(self) -> bool | None:
        return None if self.reserve_required is None else self.reserve >= self.reserve_required

    @cached_property
    def reserve_gap(self) -> int | None:
        return None if self.reserve_required is None else max(0, self.reserve_required - self.reserve)

    @cached_property
    def reserve_ratio(self) -> str:
        """`1:3.94`, half rounded up; empty without a plan or with a plan of none."""
        if not self.planned:
            return ""
        hundredths = (200 * self.reserve + self.planned) // (2 * self.planned)
        return f"1:{hundredths // 100}.{hundredths % 100:02d}"

    @cached_property
    def grade(self) -> rules.Grade:
        return rules.township_grade(
            met_guidance=self.guidance_met,
            villages=[village.grade for village in self.villages],
            settings=self.settings,
        )

    def as_json(self) -> dict[str, Any]:
        return {
            "planned": self.planned,
            "admitted": self.counts.this_year,
            "admitted_young": self.counts.young_this_year,
            "young_share": self.young_share.rounded(4),
            "below_guidance_line": self.guidance_met is False,
            "reserve": self.reserve,
            "reserve_required": self.reserve_required,
            "reserve_met": self.reserve_met,
        }

    def details(self) -> dict[str, Any]:
        """What stands beside the promised figures."""
        return {
            "name": self.unit.name,
            "admitted_unknown_age": self.counts.unknown_age_this_year,
            "pending": self.counts.pending,
            "reserve_gap": self.reserve_gap,
            "reserve_ratio": self.reserve_ratio or None,
            "grade": self.grade.value,
        }


def _sum(parts: list[int | None]) -> int | None:
    """The sum of what was said; None where nothing was."""
    said = [part for part in parts if part is not None]
    return sum(said) if said else None


@dataclass(frozen=True)
class Ledger:
    """The one ledger and the two lists of a day for a subtree. `total` counts everything in it, offices and firms included."""

    day: date
    unit: UnitOnDay | None
    villages: tuple[Village, ...]
    townships: tuple[Township, ...]
    total: Counts
    settings: Settings

    @cached_property
    def warning_line_listed(self) -> list[Village]:
        return [v for v in self.villages if v.warned in (rules.Warned.WARNED, rules.Warned.CLEARED)]

    @cached_property
    def warning_line_cleared(self) -> list[Village]:
        return [v for v in self.villages if v.warned is rules.Warned.CLEARED]

    @cached_property
    def bottom_line_breach(self) -> list[Village]:
        return [v for v in self.villages if v.bottom is rules.Bottom.BREACH]

    @cached_property
    def bottom_line_at_risk(self) -> list[Village]:
        return [v for v in self.villages if v.is_at_risk]

    @cached_property
    def low_young_share(self) -> list[Village]:
        return [v for v in self.villages if v.is_low_young is True]

    @cached_property
    def without_members(self) -> list[Village]:
        """Not assessed for the young share, and shown apart."""
        return [v for v in self.villages if v.is_low_young is None]

    @cached_property
    def villages_without_activist(self) -> list[Village]:
        return [v for v in self.villages if v.band is rules.Band.NONE]

    def as_json(self) -> dict[str, Any]:
        """The document of `ledger --format json`; lists of codes are sorted, shares rounded for reading only."""
        total = self.total
        return {
            "as_of": self.day.isoformat(),
            "counts": {
                "townships": len(self.townships),
                "villages": len(self.villages),
                "members": total.members,
                "probationary": total.members - total.full_members,
                "women": total.women,
                "applicants": total.applicants,
                "activists": total.activists,
                "development_targets": total.targets,
                "talents": total.talents,
                "admitted_this_year": sum(village.counts.this_year for village in self.villages),
            },
            "warning_line_listed": _codes(self.warning_line_listed),
            "warning_line_cleared": _codes(self.warning_line_cleared),
            "bottom_line_breach": _codes(self.bottom_line_breach),
            "bottom_line_at_risk": _codes(self.bottom_line_at_risk),
            "low_young_share": _codes(self.low_young_share),
            "villages_without_activist": _codes(self.villages_without_activist),
            "townships": {township.unit.code: township.as_json() for township in self.townships},
            "township_details": {township.unit.code: township.details() for township in self.townships},
            "unit": self.unit.code if self.unit else None,
            "villages_without_members": _codes(self.without_members),
            "villages": {village.unit.code: village.as_json() for village in self.villages},
        }


def _codes(villages: list[Village]) -> list[str]:
    return sorted(village.unit.code for village in villages)
