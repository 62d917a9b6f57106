"""The pages' figures as a table, each beside what was asked for and beside the peer of the same run."""

from __future__ import annotations

from collections.abc import Iterator

from bench.report import megabytes, seconds, table, yes_or_no
from bench.web.rounds import Measured
from bench.web.workload import MEMBERS

# work: what is shown, seconds of processor time asked for, how many times less than the peer
ASKED = {
    "list": ("list of 50 people of a township", 0.010, 4.0),
    "detail": ("one person's page", 0.006, 5.0),
    "search": ("search by name", 0.008, 3.5),
    "api": ("API list of 100 people", 0.010, None),
    "home": ("home with charts", 0.020, None),
    "ledger": ("ledger by 38 townships", 0.020, None),
    "villages": ("ledger, every village", 0.100, None),
}
ROWS_A_SECOND, TIMES_THE_PEER = 5_000, 10
LIST, LIST_TIMES, COUNTY = 1.5, 3, 4.0  # seconds of processor time, times less than the peer
MEMORY, FIRST_PAGE = 200e6, 100_000
HEADER = ("pages: processor time a request", "ours", "peer", "ratio", "asked", "met")


def text(found: Measured) -> str:
    return table(HEADER, [*_pages(found), *_taking_in(found), *_taking_out(found), *_sizes(found)])


def _pages(found: Measured) -> Iterator[tuple[str, ...]]:
    for name, (title, most, times) in ASKED.items():
        ours, peer = found.ours[name].median, found.peer.get(name)
        ratio = peer.median / ours if peer else None
        asked = f"<= {seconds(most)}" + (f", >= {times}x" if times else "")
        met = ours <= most and (ratio is None or times is None or ratio >= times)
        yield (
            title,
            seconds(ours),
            seconds(peer.median) if peer else "-",
            f"{ratio:.1f}" if ratio else "-",
            asked,
            yes_or_no(met),
        )


def _taking_in(found: Measured) -> Iterator[tuple[str, ...]]:
    ours, peer = (MEMBERS / found.taking_in[side] for side in ("ours", "peer"))
    met = ours >= ROWS_A_SECOND and ours / peer >= TIMES_THE_PEER
    asked = f">= {ROWS_A_SECOND}, >= {TIMES_THE_PEER}x"
    yield (
        "preview and commit, rows a second",
        f"{ours:.0f}",
        f"{peer:.0f}",
        f"{ours / peer:.1f}",
        asked,
        yes_or_no(met),
    )


def _taking_out(found: Measured) -> Iterator[tuple[str, ...]]:
    ours, peer, county = (found.taking_out[name] for name in ("ours", "peer", "county"))
    met = ours <= LIST and peer / ours >= LIST_TIMES
    asked = f"<= {seconds(LIST)}, >= {LIST_TIMES}x"
    yield ("export of all members", seconds(ours), seconds(peer), f"{peer / ours:.1f}", asked, yes_or_no(met))
    asked = f"<= {seconds(COUNTY)}"
    yield ("whole county as one workbook", seconds(county), "-", "-", asked, yes_or_no(county <= COUNTY))


def _sizes(found: Measured) -> Iterator[tuple[str, ...]]:
    ours, peer = found.memory["ours"], found.memory["peer"]
    met = yes_or_no(ours[0] <= MEMORY)
    yield ("resident memory while serving", megabytes(ours[0]), megabytes(peer[0]), "-", f"<= {megabytes(MEMORY)}", met)
    yield ("proportional memory while serving", megabytes(ours[1]), megabytes(peer[1]), "-", "-", "-")
    page = found.first_page
    met = yes_or_no(page <= FIRST_PAGE)
    yield ("first page with all it loads, compressed", f"{page / 1000:.0f} kB", "-", "-", "<= 100 kB", met)
