"""The same scan in two places: the same file, or pages that look alike, under different cases or slots.

Remembered until a paper is put in, checked or taken back. Must not know: requests, pages.
"""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from django.db import connection

from yumiao.access.permissions import Permission
from yumiao.access.readers import Reader
from yumiao.admission.models import Case, PaperCheck
from yumiao.admission.paper_queries import Paper, papers_by, standing
from yumiao.files.looks import Index, near_among
from yumiao.files.models import Scan
from yumiao.journal.chain import Head
from yumiao.journal.memory import remembered, touched
from yumiao.people.models import Belonging, Person, PersonRecord

FEW = 10
"""Up to so many pages are compared one by one with all others."""
ASPECT = 0.03
"""How far the proportions of two pages may differ for one to be the other saved again."""


def _pages() -> list[tuple[int, int, int, int, int]]:
    """(page, scan, look, width, height) of every page that looks like something. Plain SQL: there are tens of thousands."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, scan_id, look, width, height FROM files_scanpage WHERE look IS NOT NULL")
        found: list[tuple[int, int, int, int, int]] = cursor.fetchall()
    return found


class Known:
    """Every page that stands in a slot, to be compared with."""

    def __init__(self) -> None:
        self.papers = standing()
        self.digests: dict[bytes, list[int]] = defaultdict(list)
        for scan, digest in Scan.objects.values_list("pk", "digest"):
            if scan in self.papers:
                self.digests[bytes(digest)].append(scan)
        kept = [row for row in _pages() if row[1] in self.papers]
        self.scan_of = {row[0]: row[1] for row in kept}
        self.shape = {row[0]: row[3] / max(1, row[4]) for row in kept}
        self.pages: dict[int, list[tuple[int, int]]] = defaultdict(list)
        for page, scan, look, *_size in kept:
            self.pages[scan].append((page, look))
        self.looks = [(row[0], row[2]) for row in kept]

    @cached_property
    def index(self) -> Index:
        """Of all pages, made once somebody asks for many."""
        return Index(self.looks)

    def _near(self, look: int, *, few: bool) -> set[int]:
        return near_among(self.looks, look) if few and "index" not in self.__dict__ else self.index.near(look)

    def alike(self, scan: int, digest: bytes) -> set[int]:
        """Other scans that are the same file or have a page that looks like one of this."""
        found = set(self.digests.get(digest, ()))
        mine = self.pages.get(scan, [])
        for page, look in mine:
            near = self._near(look, few=len(mine) <= FEW)
            found.update(self.scan_of[other] for other in near if self._is_shaped(page, other))
        return found - {scan}

    def _is_shaped(self, page: int, other: int) -> bool:
        one, two = self.shape[page], self.shape[other]
        return abs(one - two) <= ASPECT * max(one, two)

    @cached_property
    def pairs(self) -> list[tuple[int, int]]:
        """Every two papers of different cases or slots that show the same, the older first."""
        scans: set[tuple[int, int]] = set()
        for same in self.digests.values():
            scans.update((a, b) for a in same for b in same if a < b)
        for page, other in self.index.pairs():
            one, two = self.scan_of[page], self.scan_of[other]
            if one != two and self._is_shaped(page, other):
                scans.add((min(one, two), max(one, two)))
        return sorted(set(self._paired(scans)))

    def _paired(self, scans: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
        for one, two in scans:
            for paper, *place in self.papers[one]:
                yield from (
                    (min(paper, other), max(paper, other)) for other, *there in self.papers[two] if there != place
                )

    def elsewhere(self, paper: Paper, digest: bytes) -> list[int]:
        """Ids of the papers in other places that show what this one shows."""
        place = [paper.case, paper.slot]
        scans = self.alike(paper.scan, digest)
        return sorted(other for scan in scans for other, *there in self.papers[scan] if there != place)


def known(head: Head) -> Known:
    """As the record stands at `head`, from memory."""
    return remembered("papers", touched(head, PaperCheck), make=Known)


@dataclass(frozen=True, slots=True)
class Place:
    """One side of a finding, where the reader sees it."""

    paper: Paper
    person: uuid.UUID
    name: str
    unit_name: str


def places_of(ids: Iterable[int], reader: Reader) -> dict[int, Place]:
    """By paper: whose it is, of those that the reader reaches; four queries."""
    papers = papers_by(ids)
    cases = dict(Case.objects.filter(pk__in={one.case for one in papers}).values_list("pk", "person_id"))
    people = Person.objects.visible_to(reader.scope(Permission.PAPER_READ)).filter(pk__in=set(cases.values()))
    uids = dict(people.values_list("pk", "uid"))
    names = dict(PersonRecord.objects.open().filter(person__in=uids).values_list("person_id", "name"))
    units = _units_of(uids, reader)
    found = {}
    for one in papers:
        person = cases[one.case]
        if person in uids:
            found[one.id] = Place(one, uids[person], names.get(person, ""), units.get(person, ""))
    return found


def _units_of(people: Iterable[int], reader: Reader) -> dict[int, str]:
    rows = Belonging.objects.on(reader.today).filter(person__in=list(people)).values_list("person_id", "unit_id")
    return {person: reader.tree.by_id[unit].name for person, unit in rows if unit in reader.tree.by_id}


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """Where else a paper's scan lies: the places the reader sees, and how many others."""

    places: list[Place]
    hidden: int


def elsewhere_of(paper: Paper, reader: Reader) -> Elsewhere:
    """Where else what a paper shows lies."""
    digest = bytes(Scan.objects.values_list("digest", flat=True).get(pk=paper.scan))
    ids = known(reader.head).elsewhere(paper, digest)
    places = places_of(ids, reader) if ids else {}
    return Elsewhere(list(places.values()), len(ids) - len(places))


@dataclass(frozen=True, slots=True)
class Pair:
    """Two papers that show the same; None where the reader does not see a side."""

    one: Place | None
    other: Place | None

    @property
    def seen(self) -> list[Place]:
        return [one for one in (self.one, self.other) if one is not None]


def pairs_of(reader: Reader) -> list[Pair]:
    """Every finding of which the reader sees a side, the newest first."""
    found = known(reader.head).pairs
    places = places_of({paper for pair in found for paper in pair}, reader) if found else {}
    pairs = [Pair(places.get(one), places.get(other)) for one, other in reversed(found)]
    return [pair for pair in pairs if pair.seen]
