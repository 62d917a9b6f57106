"""The order of measurements on one database: which process runs on which county, and how often.

Must not judge or print a figure.
"""

from __future__ import annotations

import shutil
from dataclasses import dataclass, field
from pathlib import Path

from bench.cost import Cost, Figure
from bench.place import Failed, Place


@dataclass(frozen=True, slots=True)
class Section:
    """All runs on one database at one size, by stage; `peaks` are bytes; `broken` says which process broke off, and why."""

    runs: dict[str, list[Cost]] = field(default_factory=dict)
    peaks: dict[str, int] = field(default_factory=dict)
    broken: list[str] = field(default_factory=list)

    def take(self, place: Place, name: str, **options: object) -> dict[str, int]:
        """Run one measurement and keep what it found; gives its facts, none if it broke off."""
        try:
            found = place.measure(name, **options)
        except Failed as failure:
            self.broken.append(str(failure))
            return {}
        for stage, costs in found["stages"].items():
            self.runs.setdefault(stage, []).extend(Cost(*cost) for cost in costs)
        for key in ("peak", "child_peak"):
            kept = f"{name} {key}"
            self.peaks[kept] = max(found[key], self.peaks.get(kept, 0))
        facts: dict[str, int] = found["facts"]
        return facts

    def figure(self, stage: str) -> Figure | None:
        return Figure.of(self.runs[stage]) if self.runs.get(stage) else None


@dataclass(frozen=True, slots=True)
class Often:
    """How often things are run: `whole` in fresh processes, `short` within one."""

    whole: int
    short: int


def without_database(folder: Path, often: Often) -> Section:
    """What no database has a part in; leaves the workbook in `folder`."""
    section, place = Section(), Place(folder / "none")
    workbook = folder / "county.xlsx"
    for name in ("machine", "interpreter", "help_page"):
        section.take(place, name, runs=often.whole)
    for _run in range(often.whole):
        section.take(place, "xlsxwriter", target=workbook)
        for name in ("calamine", "openpyxl"):
            section.take(place, name, workbook=workbook)
    return section


def _there_and_back(section: Section, standing: Place, elsewhere: Place, file: Path) -> None:
    """A backup, and its restore into a place that holds the keys and nothing else."""
    section.take(standing, "backup", target=file)
    shutil.copytree(standing.folder / "keys", elsewhere.folder / "keys")
    section.take(elsewhere, "restore", target=file)


def county(empty: Place, workbook: Path, often: Often) -> Section:
    """Everything a county goes through, on the database of `empty`, which must hold nothing."""
    section = Section()
    empty.folder.mkdir()
    prepared = empty.copy()
    section.take(prepared, "prepare")
    standing = prepared
    for _run in range(often.whole):
        standing = prepared.copy()
        section.take(standing, "take_in", workbook=workbook)
    facts = section.take(standing, "extent")
    for run in range(often.whole):
        section.take(standing, "again", workbook=workbook)
        for name in ("export", "verify"):
            section.take(standing, name)
        _there_and_back(section, standing, empty.copy(), standing.folder / f"{run}.backup")
        bare = empty.copy()
        section.take(bare, "insert", target=bare.folder / "bare.sqlite3", **facts)
    section.take(empty.copy(), "whole_command", workbook=workbook)
    section.take(standing, "lines", runs=often.short)
    section.take(standing, "paper", runs=often.short)
    section.take(standing, "statistics", runs=often.short)
    return section


def large_county(folder: Path, scale: int, often: Often) -> Section:
    """What grows with the county, once, on SQLite and at `scale` times its size."""
    section = Section()
    folder.mkdir()
    workbook = folder / "county.xlsx"
    section.take(Place(folder / "none"), "xlsxwriter", target=workbook, scale=scale)
    place = Place(folder / "county")
    section.take(place, "prepare")
    section.take(place, "take_in", workbook=workbook)
    section.take(place, "lines", runs=often.short)
    return section
