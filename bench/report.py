"""The figures as plain text tables: each beside its floor and its target.

Must not measure. A target that is missed is said and nothing more.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bench.cost import Figure, exponent
from bench.session import Section

HEADER = ("what", "floor", "ours", "least", "cpu", "ratio", "target", "met")
GROWTH_HEADER = ("cpu, as the county grows", "x1", "x{scale}", "factor", "exponent")
BACKUP, RESTORE = 3.0, 6.0
READ_AND_CHECK, WRITE, EXPORT, HELP, MEMORY = 2.0, 2.0, 2.0, 0.3, 250e6
STATISTICS = 0.1
PAPER = 0.5
LEDGER = {"SQLite": 0.020, "PostgreSQL": 0.030}
LESS_CPU = 30
GROWING = ("read", "check", "write", "lines", "ledger", "township", "explain")
Row = tuple[str, ...]


def seconds(value: float) -> str:
    return f"{value:.2f} s" if value >= 1 else f"{value * 1000:.1f} ms"


def megabytes(value: float) -> str:
    return f"{value / 1e6:.0f} MB"


def yes_or_no(holds: bool) -> str:
    return "yes" if holds else "NO"


def table(header: Sequence[str], rows: Sequence[Row]) -> str:
    """Columns side by side, all but the first to the right."""
    widths = [max(len(row[place]) for row in (header, *rows)) for place in range(len(header))]

    def line(row: Sequence[str]) -> str:
        first, *others = (
            cell.ljust(wide) if place == 0 else cell.rjust(wide)
            for place, (cell, wide) in enumerate(zip(row, widths, strict=True))
        )
        return "  ".join([first, *others]).rstrip()

    return "\n".join([line(header), "-" * (sum(widths) + 2 * (len(widths) - 1)), *map(line, rows)])


def time_row(what: str, ours: Figure | None, *, floor: Figure | None = None, target: float | None = None) -> Row:
    """One line of times; what was not measured is a dash."""
    if ours is None:
        return (what, *["-"] * (len(HEADER) - 1))
    return (
        what,
        seconds(floor.median) if floor else "-",
        seconds(ours.median),
        seconds(ours.least),
        seconds(ours.cpu),
        f"{ours.median / floor.median:.1f}" if floor else "-",
        f"<= {seconds(target)}" if target else "-",
        yes_or_no(ours.median <= target) if target else "-",
    )


def memory_row(what: str, peak: int | None) -> Row:
    if peak is None:
        return (what, *["-"] * (len(HEADER) - 1))
    target = f"<= {megabytes(MEMORY)}"
    return (what, "-", megabytes(peak), "-", "-", "-", target, yes_or_no(peak <= MEMORY))


def county_rows(engine: str, section: Section, outside: Section) -> Iterator[Row]:
    """Everything measured on one database; `outside` holds the floors that need none."""
    of, floor = section.figure, outside.figure
    target = LEDGER[engine]
    read, check = of("read"), of("check")
    both = read and check and Figure(read.median + check.median, read.least + check.least, read.cpu + check.cpu)
    yield time_row("prepare the data folder: tables, triggers, key", of("prepare"))
    yield time_row("read the workbook (floor: calamine)", read, floor=floor("calamine"))
    yield time_row("check it", check)
    yield time_row("read and check", both, target=READ_AND_CHECK)
    yield time_row("write and commit (floor: bare insert)", of("write"), floor=of("insert"), target=WRITE)
    yield memory_row("memory of the importing process", section.peaks.get("take_in peak"))
    yield memory_row("memory of its parser child", section.peaks.get("take_in child_peak"))
    yield time_row("the same workbook again, nothing changes", of("again"))
    yield time_row("yumiao import, new data folder", of("whole_command"))
    yield time_row("lines: counts only", of("lines"), target=target)
    yield time_row("ledger, lists, verdicts (floor: lines)", of("ledger"), floor=of("lines"), target=target)
    yield cpu_row(of("ledger"), floor("openpyxl"))
    yield time_row("ledger of one township", of("township"))
    yield time_row("one village explained", of("explain"))
    yield time_row("ledger and lists as PDF", of("ledger_pdf"), target=PAPER)
    yield time_row("statistics of the county by age", of("statistics"), target=STATISTICS)
    yield time_row("balance of the year", of("balance"), target=STATISTICS)
    yield time_row("export all members (floor: xlsxwriter)", of("export"), floor=floor("xlsxwriter"), target=EXPORT)
    yield time_row("backup", of("backup"), target=BACKUP)
    yield time_row("restore into an empty place", of("restore"), target=RESTORE)
    yield time_row("verify the record", of("verify"))


def cpu_row(ours: Figure | None, rescan: Figure | None) -> Row:
    """How much less processor time the ledger takes than counting the workbook again."""
    what = "CPU of the ledger against openpyxl's rescan"
    if ours is None or rescan is None:
        return (what, *["-"] * (len(HEADER) - 1))
    less = rescan.cpu / ours.cpu
    verdict = yes_or_no(less >= LESS_CPU)
    return (what, seconds(rescan.cpu), "-", "-", seconds(ours.cpu), f"1/{less:.0f}", f"<= 1/{LESS_CPU}", verdict)


def outside_rows(outside: Section) -> Iterator[Row]:
    of = outside.figure
    yield time_row("this machine: 10,000,000 additions in Python", of("machine"))
    yield time_row("yumiao --help (floor: bare Python)", of("help_page"), floor=of("interpreter"), target=HELP)
    yield time_row("the workbook counted again with openpyxl", of("openpyxl"))


def growth_rows(small: Section, large: Section, scale: int) -> Iterator[Row]:
    """Processor seconds, which other work on the machine disturbs least."""
    for stage in GROWING:
        one, many = small.figure(stage), large.figure(stage)
        if one and many:
            grown = exponent(one.cpu, many.cpu, factor=scale)
            yield (stage, seconds(one.cpu), seconds(many.cpu), f"{many.cpu / one.cpu:.1f}", f"{grown:.2f}")
    for what, key in (("memory of the process", "take_in peak"), ("memory of the parser child", "take_in child_peak")):
        if key in small.peaks and key in large.peaks:
            one_peak, many_peak = small.peaks[key], large.peaks[key]
            times = f"{many_peak / one_peak:.1f}"
            yield (what, megabytes(one_peak), megabytes(many_peak), times, "-")


def text(sections: dict[str, Section], *, scale: int) -> str:
    """All tables; `sections` by database, `outside` and `large` among them if they were measured."""
    outside = sections["outside"]
    rows: list[Row] = list(outside_rows(outside))
    for engine in LEDGER:
        if engine in sections:
            rows += [(f"-- {engine}", *[""] * (len(HEADER) - 1))]
            rows += county_rows(engine, sections[engine], outside)
    parts = [table(HEADER, rows)]
    if "large" in sections:
        header = [word.format(scale=scale) for word in GROWTH_HEADER]
        parts.append(table(header, list(growth_rows(sections["SQLite"], sections["large"], scale))))
    broken = [f"broke off: {name} {said}" for name, section in sections.items() for said in section.broken]
    return "\n\n".join([*parts, *(["\n".join(broken)] if broken else [])])
