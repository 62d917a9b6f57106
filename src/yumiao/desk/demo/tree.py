"""The organisations of the demo county: townships in nine areas, villages and communities, offices, schools and firms.

It must not know any person.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random
from typing import Final

from yumiao.desk.demo.figures import Figures
from yumiao.desk.demo.names import COUNTY, ZONES, PlaceNames

ROOT: Final = "001"
COUNTY_AREA: Final = "998001"
# Which nationality most people of a township belong to, in turn.
PEOPLES: Final = ("汉族", "汉族", "瑶族", "汉族", "彝族", "汉族", "瑶族", "苗族", "汉族", "壮族")
COUNTY_BRANCHES: Final = (
    ("县委机关党支部", "机关党支部"),
    ("县政府机关党支部", "机关党支部"),
    ("县农业农村局党支部", "机关党支部"),
    ("县民政局党支部", "机关党支部"),
    ("县第一中学党支部", "学校党支部"),
    ("县民族职业学校党支部", "学校党支部"),
    ("县人民医院党支部", "医院党支部"),
    ("县供水公司党支部", "企业党支部"),
    ("青岚茶业公司党支部", "企业党支部"),
)
# Offices of a township: a branch in every n-th township, its short name, its kind.
TOWNSHIP_BRANCHES: Final = (
    (1, "机关", "机关党支部"),
    (2, "中心学校", "学校党支部"),
    (3, "卫生院", "医院党支部"),
    (5, "茶厂", "企业党支部"),
)
NUMERALS: Final = ("第一", "第二", "第三")
COUNTY_TOWNS_EVERY = 38


@dataclass(frozen=True, slots=True)
class Unit:
    """One row of the sheet 组织."""

    code: str
    name: str
    kind: str
    parent: str | None
    zone: str | None = None

    def cells(self) -> list[object]:
        """The row as the sheet has it."""
        return [self.code, self.name, self.kind, self.parent, self.zone]


@dataclass(frozen=True, slots=True)
class Township:
    """A township while its villages and offices are laid out; `number` is its place in the county, from 1."""

    code: str
    number: int
    name: str
    area: str
    people: str

    def branch(self, code: str, kind: str, village: str | None = None) -> "Branch":
        """A branch somewhere in this township."""
        return Branch(code, kind, self.code, village, self.area, self.people)


@dataclass(frozen=True, slots=True)
class Branch:
    """Where people stand. `township` and `village` are codes, None where the branch lies in no such unit."""

    code: str
    kind: str
    township: str | None
    village: str | None
    area: str
    people: str


@dataclass(frozen=True, slots=True)
class Village:
    """A village or community with its one branch, or with the several of a large one."""

    code: str
    township: str
    branches: tuple[Branch, ...]


@dataclass(frozen=True, slots=True)
class Tree:
    """All units, and the branches in them; `offices` are those that count in no village line."""

    units: tuple[Unit, ...]
    townships: tuple[str, ...]
    villages: tuple[Village, ...]
    offices: tuple[Branch, ...]

    def branches(self) -> Iterator[Branch]:
        """Every branch people can stand in."""
        for village in self.villages:
            yield from village.branches
        yield from self.offices


def grow_tree(figures: Figures, rng: Random) -> Tree:
    """All organisations of the county, in the order of their codes."""
    names = PlaceNames(figures.townships, rng)
    units = [Unit(ROOT, f"{COUNTY}县委", "县委", None)]
    townships: list[str] = []
    villages: list[Village] = []
    offices: list[Branch] = []
    for number, size in enumerate(_villages_per_township(figures, rng), 1):
        township = _township(number, names)
        zone = ZONES[(number - 1) * len(ZONES) // figures.townships]
        townships.append(township.code)
        units.append(Unit(township.code, f"{township.name}党委", "乡镇党委", ROOT, f"{zone}片区"))
        for place in range(1, size + 1):
            added, village = _village(township, place, names)
            units.extend(added)
            villages.append(village)
        for unit, branch in _township_offices(township):
            units.append(unit)
            offices.append(branch)
    for number, (name, kind) in enumerate(COUNTY_BRANCHES, figures.townships + 1):
        unit = Unit(f"{ROOT}.{number:03d}", name, kind, ROOT)
        units.append(unit)
        offices.append(Branch(unit.code, kind, None, None, COUNTY_AREA, "汉族"))
    return Tree(tuple(units), tuple(townships), tuple(villages), tuple(offices))


def _villages_per_township(figures: Figures, rng: Random) -> list[int]:
    sizes = [rng.randint(6, 11) for _ in range(figures.townships)]
    while (missing := figures.villages - sum(sizes)) != 0:
        chosen = rng.randrange(len(sizes))
        sizes[chosen] = min(12, max(5, sizes[chosen] + (1 if missing > 0 else -1)))
    return sizes


def _township(number: int, names: PlaceNames) -> Township:
    people = PEOPLES[(number - 1) % len(PEOPLES)]
    if people != "汉族" and number % 2 == 1:
        ending = f"{people}乡"
    elif number % 6 == 0:
        ending = "乡"
    else:
        ending = "镇"
    return Township(f"{ROOT}.{number:03d}", number, names.township() + ending, f"999{number:03d}", people)


def _is_community(township: int, place: int) -> bool:
    """The county town has six communities, every fourth township one in its market place."""
    if township % COUNTY_TOWNS_EVERY == 1:
        return place <= 6
    return place == 1 and township % 4 == 0


def _village(township: Township, place: int, names: PlaceNames) -> tuple[list[Unit], Village]:
    """One village: an ordinary one is itself a branch, a large one has two or three below it."""
    code = f"{township.code}.{place:03d}"
    community = _is_community(township.number, place)
    sort = "社区" if community else "村"
    name = (names.community() if community else names.village()) + sort
    if place == 3 and township.number % 19 == 2:
        form, parts = "村党委", 3
    elif place == 2 and township.number % 2 == 1:
        form, parts = f"{sort}党总支", 2 + (township.number % 3 == 0)
    else:
        form, parts = f"{sort}党支部", 0
    kind = f"{sort}党支部"
    units = [Unit(code, name + form.removeprefix(sort), form, township.code)]
    for part, numeral in enumerate(NUMERALS[:parts], 1):
        units.append(Unit(f"{code}.{part:03d}", f"{name}{numeral}党支部", kind, code))
    branches = tuple(township.branch(unit.code, kind, village=code) for unit in units[1:] or units)
    return units, Village(code, township.code, branches)


def _township_offices(township: Township) -> Iterator[tuple[Unit, Branch]]:
    for place, (every, short, kind) in enumerate(TOWNSHIP_BRANCHES, 901):
        if township.number % every == 0:
            unit = Unit(f"{township.code}.{place:03d}", f"{township.name}{short}党支部", kind, township.code)
            yield unit, township.branch(unit.code, kind)
