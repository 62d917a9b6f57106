"""What a registry should say, by plain lists and loops: which unit stood where, who belonged to which, who may look where.

Every act is an event; an act that is taken back leaves the list, and what the county should be is told anew from the rest. Knows no
database and none of the project's own code but for the seven steps of a reform and the names of roles.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Protocol

from yumiao.access.permissions import Role
from yumiao.units.changes import Close, Found, Merge, Move, Rename, Split, Step

FOREVER = date(9999, 12, 31)
LAST_DAY = date(9999, 12, 30)
LOOKS = {Role.COUNTY_OFFICER, Role.TOWNSHIP_CLERK, Role.BRANCH_SECRETARY, Role.AUDITOR}
OVER = {
    Role.COUNTY_OFFICER: {Role.TOWNSHIP_CLERK, Role.BRANCH_SECRETARY, Role.ASSISTING_UNIT},
    Role.TOWNSHIP_CLERK: {Role.BRANCH_SECRETARY},
}


@dataclass(frozen=True)
class Stood:
    """A unit over a time."""

    since: date
    until: date
    name: str
    parent: str | None


@dataclass(frozen=True)
class Stay:
    """Somebody at a unit over a time."""

    since: date
    until: date
    unit: str


@dataclass(frozen=True)
class Post:
    """Somebody's office over a time; of a loan, `giver` is whose it is."""

    account: str
    role: Role
    unit: str
    since: date
    until: date
    giver: str = ""
    key: Hashable = None


@dataclass
class County:
    """The county as told so far."""

    units: dict[str, list[Stood]] = field(default_factory=dict)
    stays: dict[Hashable, list[Stay]] = field(default_factory=dict)
    posts: list[Post] = field(default_factory=list)
    loans: list[Post] = field(default_factory=list)

    def copy(self) -> County:
        return County(
            {code: list(rows) for code, rows in self.units.items()},
            {who: list(rows) for who, rows in self.stays.items()},
            list(self.posts),
            list(self.loans),
        )

    def tree(self, day: date) -> dict[str, tuple[str, str | None]]:
        """Name and code of the unit above, by code."""
        return {
            code: (row.name, row.parent)
            for code, rows in self.units.items()
            for row in rows
            if row.since <= day < row.until
        }

    def standing_at(self, day: date) -> dict[Hashable, str]:
        """The unit of everybody."""
        return {who: row.unit for who, rows in self.stays.items() for row in rows if row.since <= day < row.until}

    def own(self, account: str, day: date) -> list[Post]:
        tree = self.tree(day)
        return [
            one for one in self.posts if one.account == account and one.since <= day < one.until and one.unit in tree
        ]

    def lent(self, account: str, day: date) -> list[Post]:
        """By which posts of others somebody acts: not where his own stand over or under them, and while the giver holds them."""
        tree, own, found = self.tree(day), self.own(account, day), []
        for loan in self.loans:
            if loan.account != account or not loan.since <= day < loan.until or not own:
                continue
            held = [one for one in self.own(loan.giver, day) if (one.role, one.unit) == (loan.role, loan.unit)]
            if held and not any(_is_entangled(one, loan, tree) for one in own):
                found.append(loan)
        return found

    def seen_by(self, account: str, day: date) -> set[Hashable]:
        """Everybody whom somebody may look at."""
        tree = self.tree(day)
        tops = {one.unit for one in (*self.own(account, day), *self.lent(account, day)) if one.role in LOOKS}
        return {who for who, unit in self.standing_at(day).items() if tops & set(_line(unit, tree))}


Tree = Mapping[str, tuple[str, str | None]]


def _line(code: str, tree: Tree) -> list[str]:
    """A unit and everything above it."""
    found: list[str] = []
    at: str | None = code
    while at is not None:
        found.append(at)
        at = tree[at][1]
    return found


def _is_entangled(one: Post, loan: Post, tree: Tree) -> bool:
    on_one_line = one.unit in _line(loan.unit, tree) or loan.unit in _line(one.unit, tree)
    one_appoints = loan.role in OVER.get(one.role, ()) or one.role in OVER.get(loan.role, ())
    return one.role is Role.AUDITOR or (one_appoints and on_one_line)


class Event(Protocol):
    def happen(self, county: County) -> None: ...


@dataclass(frozen=True)
class Reformed:
    """Steps carried out: `day` is the first of the new tree, `today` the day on which offices at units that end are lost."""

    steps: Sequence[Step]
    day: date
    today: date
    assigned: Mapping[Hashable, str] = field(default_factory=dict)

    def happen(self, county: County) -> None:
        before = county.tree(LAST_DAY)
        tree, parts = dict(before), dict[str, list[str]]()
        for step in self.steps:
            _step(tree, parts, step)
        for code in {*before, *tree}:
            if before.get(code) != tree.get(code):
                self._turn(county.units.setdefault(code, []), tree.get(code))
        for who, stays in county.stays.items():
            county.stays[who] = [part for stay in stays for part in self._carried(stay, who, parts, tree)]
        ended = before.keys() - tree.keys()
        county.posts = [
            replace(one, until=min(one.until, self.today)) if one.unit in ended else one for one in county.posts
        ]

    def _turn(self, rows: list[Stood], to: tuple[str, str | None] | None) -> None:
        rows[:] = [replace(row, until=min(row.until, self.day)) for row in rows if row.since < self.day]
        if to is not None:
            rows.append(Stood(self.day, FOREVER, *to))

    def _carried(self, stay: Stay, who: Hashable, parts: Mapping[str, list[str]], tree: Tree) -> list[Stay]:
        if stay.unit not in parts or stay.until <= self.day:
            return [stay]
        heirs = _final(stay.unit, parts, tree)
        chosen = self.assigned.get(who, heirs[0])
        unit = chosen if chosen in heirs else heirs[0]
        before = [replace(stay, until=self.day)] if stay.since < self.day else []
        after = replace(stay, since=max(stay.since, self.day), unit=unit)
        return [*before, after] if unit != stay.unit else [stay]


def _step(tree: dict[str, tuple[str, str | None]], parts: dict[str, list[str]], step: Step) -> None:
    match step:
        case Found(code, name, _, parent):
            tree[code] = (name, parent)
        case Rename(code, name):
            tree[code] = (name, tree[code][1])
        case Move(code, parent):
            tree[code] = (tree[code][0], parent)
        case Close(code):
            del tree[code]
        case Merge(codes, into):
            for code in codes:
                if code != into:
                    _end(tree, parts, code, [into])
        case Split(code, into) if code in into:
            parts[code] = [code, *(one for one in into if one != code)]
        case Split(code, into):
            _end(tree, parts, code, list(into))


def _end(tree: dict[str, tuple[str, str | None]], parts: dict[str, list[str]], code: str, into: list[str]) -> None:
    for below, (name, parent) in list(tree.items()):
        if parent == code:
            tree[below] = (name, into[0])
    parts[code] = into + parts.get(code, [])[1:]
    del tree[code]


def _final(code: str, parts: Mapping[str, list[str]], tree: Tree) -> list[str]:
    """Who carries on in the end, the main one first. What goes on after it took somebody in keeps him."""

    def last(one: str) -> list[str]:
        return [one] if one in tree else [heir for part in parts.get(one, ()) for heir in last(part)]

    return list(dict.fromkeys(heir for one in parts.get(code, [code]) for heir in last(one)))


@dataclass(frozen=True)
class Received:
    who: Hashable
    unit: str
    day: date

    def happen(self, county: County) -> None:
        rows = county.stays[self.who]
        county.stays[self.who] = [*rows[:-1], replace(rows[-1], until=self.day), Stay(self.day, FOREVER, self.unit)]


@dataclass(frozen=True)
class Joined:
    """Two records became one; `moves`: it stands where the one that is gone stood."""

    kept: Hashable
    gone: Hashable
    moves: bool

    def happen(self, county: County) -> None:
        gone = county.stays.pop(self.gone)
        if self.moves:
            county.stays[self.kept] = gone


@dataclass(frozen=True)
class Appointed:
    post: Post

    def happen(self, county: County) -> None:
        county.posts.append(self.post)


@dataclass(frozen=True)
class Ended:
    """An office or a loan over from a day on."""

    post: Post
    day: date

    def happen(self, county: County) -> None:
        for rows in (county.posts, county.loans):
            rows[:] = [replace(one, until=self.day) if one.key == self.post.key else one for one in rows]


@dataclass(frozen=True)
class Lent:
    post: Post

    def happen(self, county: County) -> None:
        county.loans.append(self.post)


class Happenings:
    """The county at the beginning, and what came to pass since, by the number of its entry."""

    def __init__(self, beginning: County) -> None:
        self.beginning = beginning
        self.events: dict[int, Event] = {}
        self.now = beginning.copy()

    def add(self, seq: int, event: Event) -> None:
        self.events[seq] = event
        event.happen(self.now)

    def take_back(self, seq: int) -> None:
        self.events.pop(seq, None)
        self.now = self.beginning.copy()
        for event in self.events.values():
            event.happen(self.now)
