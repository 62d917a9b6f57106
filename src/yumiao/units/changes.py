"""A change of the tree as a value before it is an act: seven steps, the tree after them, and who carries on whose history.

Pure: no database, no clock. Units are named by their codes, because those that are yet to be founded have nothing else.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from yumiao.kernel.objections import Objection, Severity
from yumiao.units.change_rules import DIVC_05, EDGE_19, EDGE_20, ORG_08B
from yumiao.units.rules import KINDS, ORG_UNDER, Form, Sector, may_stand_under


@dataclass(frozen=True, slots=True)
class Standing:
    """A unit as it stands before or after the steps; `parent` is a code, None for the root."""

    code: str
    name: str
    kind: str
    parent: str | None


@dataclass(frozen=True, slots=True)
class Found:
    """A new unit. One that takes over from others is founded first, then they are merged or split into it."""

    code: str
    name: str
    kind: str
    parent: str


@dataclass(frozen=True, slots=True)
class Rename:
    code: str
    name: str


@dataclass(frozen=True, slots=True)
class Rekind:
    """Another kind for the same organisation: a branch that becomes a general branch."""

    code: str
    kind: str


@dataclass(frozen=True, slots=True)
class Move:
    """Under another unit, with everything below it."""

    code: str
    parent: str


@dataclass(frozen=True, slots=True)
class Close:
    """The end of a unit that leaves nobody behind."""

    code: str


@dataclass(frozen=True, slots=True)
class Merge:
    """`codes` become `into`, which was founded before, or is one of them and takes the others in."""

    codes: tuple[str, ...]
    into: str


@dataclass(frozen=True, slots=True)
class Split:
    """`code` becomes `into`; the first of them is the main one. Where `code` is among them it goes on as a part of what it was."""

    code: str
    into: tuple[str, ...]


Step = Found | Rename | Rekind | Move | Close | Merge | Split
STEP_LABELS: Final = {
    Found: "新设",
    Rename: "更名",
    Rekind: "改类别",
    Move: "调整隶属",
    Close: "撤销",
    Merge: "合并",
    Split: "拆分",
}


@dataclass(frozen=True, slots=True)
class Succeeds:
    """`successor` carries on what `predecessor` was; of several one is the main one, which also takes its plan over."""

    predecessor: str
    successor: str
    is_split: bool
    is_main: bool


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with one step; `place` counts from 0."""

    place: int
    objection: Objection


@dataclass(frozen=True)
class Outcome:
    """The tree after all steps. `heirs` maps every unit that was merged or split to its final successors, the main one first.

    A unit that gives a part away and goes on is the first of its own heirs.
    """

    before: Mapping[str, Standing]
    after: Mapping[str, Standing]
    heirs: Mapping[str, tuple[str, ...]]
    faults: tuple[Fault, ...]
    founded: tuple[str, ...]

    @property
    def successions(self) -> list[Succeeds]:
        return [
            Succeeds(code, heir, len(heirs) > 1, place == 0)
            for code, heirs in self.heirs.items()
            for place, heir in enumerate(heirs)
            if heir != code
        ]

    @property
    def ended(self) -> list[str]:
        return [code for code in self.before if code not in self.after]

    @property
    def blocks(self) -> bool:
        return any(fault.objection.severity is Severity.BLOCK for fault in self.faults)

    def changed(self) -> list[str]:
        """Units that stand before and after, and whose name, kind or parent is another."""
        return [code for code, unit in self.after.items() if code in self.before and self.before[code] != unit]


def applied(units: Iterable[Standing], steps: Sequence[Step], *, taken: frozenset[str] = frozenset()) -> Outcome:
    """What the steps make of `units`. `taken`: every code that was ever given, those of today among them.

    A step that cannot be done is left out and named among the faults, so that the rest can be looked at all the same.
    """
    working = _Working({unit.code: unit for unit in units}, taken)
    before = dict(working.units)
    for place, step in enumerate(steps):
        working.place = place
        working.do(step)
    working.look_at_the_whole(steps)
    founded = tuple(code for code in working.units if code not in before)
    return Outcome(before, working.units, _heirs(working.parts, before, working.units), tuple(working.faults), founded)


class _Working:
    """The tree while step after step is done to it."""

    def __init__(self, units: dict[str, Standing], taken: frozenset[str]) -> None:
        self.units = units
        self.taken = taken | set(units)
        self.parts: dict[str, tuple[str, ...]] = {}
        self.faults: list[Fault] = []
        self.place = 0

    def do(self, step: Step) -> None:
        match step:
            case Found():
                self._found(step)
            case Rename(code, name):
                if self._stands(code) and self._named(name):
                    self.units[code] = replace(self.units[code], name=name)
            case Rekind(code, kind):
                if self._stands(code) and self._kind(kind):
                    self.units[code] = replace(self.units[code], kind=kind)
            case Move(code, parent):
                self._move(code, parent)
            case Close(code):
                if self._stands(code) and self._has_none_below(code) and self._is_no_heir(code):
                    del self.units[code]
            case Merge():
                self._merge(step)
            case Split():
                self._split(step)

    def _fault(self, objection: Objection) -> bool:
        self.faults.append(Fault(self.place, objection))
        return False

    def _stands(self, code: str) -> bool:
        if code in self.units:
            return True
        return self._fault(
            ORG_08B.objection(f"没有代码为 {code or '（空）'} 的组织", "核对组织代码，或调整各步的先后次序。")
        )

    def _all_stand(self, *codes: str) -> bool:
        """Whether all stand; every one that is missing is named."""
        return sum(self._stands(code) for code in dict.fromkeys(codes)) == len(set(codes))

    def _named(self, name: str) -> bool:
        return bool(name.strip()) or self._fault(ORG_08B.objection("没有填写组织名称", "填写组织全称。"))

    def _kind(self, kind: str) -> bool:
        return kind in KINDS or self._cannot(f"没有“{kind}”这一组织类别", "从组织类别中选一项，例如村党支部。")

    def _cannot(self, reason: str, next_step: str) -> bool:
        """The rule warns of places that are unusual; what cannot be done at all blocks, or the step would be left out unsaid."""
        return self._fault(ORG_UNDER.objection(reason, next_step, severity=Severity.BLOCK))

    def _found(self, step: Found) -> None:
        if not DIVC_05.holds(code=step.code, is_taken=step.code in self.taken):
            why = "已经用过" if step.code else "没有填写"
            self._fault(DIVC_05.objection(f"组织代码{step.code}{why}", "换一个从未用过的代码。"))
        elif self._named(step.name) and self._kind(step.kind) and self._stands(step.parent):
            self.taken |= {step.code}
            self.units[step.code] = Standing(step.code, step.name.strip(), step.kind, step.parent)

    def _move(self, code: str, parent: str) -> None:
        if not (self._stands(code) and self._stands(parent)):
            return
        if code in self._line(parent):
            self._cannot(f"{self.units[code].name}不能移到自己或自己的下级之下", "另选上级组织。")
        elif self.units[code].parent is None:
            self._cannot("县级组织没有上级，不能移动", "删去这一步。")
        else:
            self.units[code] = replace(self.units[code], parent=parent)

    def _line(self, code: str) -> list[str]:
        found: list[str] = []
        current: str | None = code
        while current is not None:
            found.append(current)
            current = self.units[current].parent
        return found

    def _has_none_below(self, code: str) -> bool:
        below = [unit.name for unit in self.units.values() if unit.parent == code]
        return not below or self._fault(
            ORG_08B.objection(
                f"{self.units[code].name}还有下级组织：{'、'.join(below[:3])}", "先撤销、合并或移走下级组织。"
            )
        )

    def _is_no_heir(self, code: str) -> bool:
        """Whoever carries on, even himself after he gave a part away, must still be there for it in the end."""
        carries_on = any(code in heirs for heirs in self.parts.values())
        return not carries_on or self._fault(
            ORG_08B.objection(
                f"{self.units[code].name}在本方案中承接了组织或者已经拆分，不能再撤销",
                "删去这一步，或者改由其他组织承接。",
            )
        )

    def _merge(self, step: Merge) -> None:
        if not self._all_stand(*step.codes, step.into):
            return
        ending = [code for code in dict.fromkeys(step.codes) if code != step.into]
        into = self.units[step.into]
        partners = len(set(step.codes))
        sectors = {_side(self.units[code].kind) for code in (*step.codes, step.into)}
        if not EDGE_19.holds(partners=partners, sides=len(sectors)):
            why = "合并至少要有两个组织" if partners < 2 else "合并的组织不是同一类（村与社区算一类）"
            self._fault(EDGE_19.objection(why, "核对参加合并的组织和承接的组织。"))
            return
        if any(code in self._line(step.into) for code in ending):
            self._fault(EDGE_19.objection(f"{into.name}在被合并的组织之下", "先把承接的组织移出来。"))
            return
        for code in ending:
            self._end_in(code, (step.into,))

    def _split(self, step: Split) -> None:
        if not self._all_stand(step.code, *step.into):
            return
        parts = tuple(dict.fromkeys(step.into))
        sides = {_side(self.units[code].kind) for code in (step.code, *parts)}
        if not EDGE_20.holds(parts=len(parts), sides=len(sides)):
            why = "拆分后至少要有两个组织" if len(parts) < 2 else "拆分前后的组织不是同一类（村与社区算一类）"
            self._fault(EDGE_20.objection(why, "先新设拆分出来的组织，再填写拆分。"))
        elif any(step.code != code and step.code in self._line(code) for code in parts):
            self._fault(EDGE_20.objection("拆分出来的组织在被拆分的组织之下", "把拆分出来的组织设在同一上级之下。"))
        elif step.code in parts:
            self.parts[step.code] = (step.code, *(code for code in parts if code != step.code))
        else:
            self._end_in(step.code, parts)

    def _end_in(self, code: str, into: tuple[str, ...]) -> None:
        """`code` ends; what stands below it comes to stand below the first of `into`."""
        for unit in [unit for unit in self.units.values() if unit.parent == code]:
            self.units[unit.code] = replace(unit, parent=into[0])
        given = self.parts.get(code, ())[1:]  # what it had given away before it ended
        self.parts[code] = (*into, *given)
        del self.units[code]

    def look_at_the_whole(self, steps: Sequence[Step]) -> None:
        """Whether everything may stand where it came to stand; said at the last step that names the unit or its parent."""
        for unit in self.units.values():
            above = self.units.get(unit.parent or "")
            if above is not None and not may_stand_under(child=unit.kind, parent=above.kind):
                self.place = _last_naming(steps, unit.code, above.code)
                self._fault(
                    ORG_UNDER.objection(
                        f"{unit.name}（{unit.kind}）不能设在{above.name}（{above.kind}）之下",
                        "改组织类别或上级组织。",
                        severity=Severity.BLOCK if self.place >= 0 else Severity.INFO,
                    )
                )
        self.faults = [fault for fault in self.faults if fault.place >= 0]
        self._look_at_names(steps)

    def _look_at_names(self, steps: Sequence[Step]) -> None:
        """Two units of one name under one unit would be taken for each other on every list."""
        seen: dict[tuple[str | None, str], str] = {}
        for unit in self.units.values():
            other = seen.setdefault((unit.parent, unit.name), unit.code)
            place = _last_naming(steps, unit.code, other) if other != unit.code else -1
            if place >= 0:
                self.place = place
                text = f"同一上级之下有两个“{unit.name}”（{other}、{unit.code}）"
                self._fault(DIVC_05.objection(text, "核对名称。", severity=Severity.WARN))


def _side(kind: str) -> Sector | Form:
    """What can be merged with what: villages with communities, townships with townships, others by their form."""
    if kind not in KINDS:
        return Sector.OTHER
    found = KINDS[kind]
    return Sector.VILLAGE if found.is_village else found.sector if found.sector is not Sector.OTHER else found.form


def codes_of(step: Step) -> tuple[str, ...]:
    """Every unit a step names."""
    match step:
        case Found(code, _, _, parent) | Move(code, parent):
            return (code, parent)
        case Merge(codes, into):
            return (*codes, into)
        case Split(code, parts):
            return (code, *parts)
        case _:
            return (step.code,)


def _last_naming(steps: Sequence[Step], *codes: str) -> int:
    places = [place for place, step in enumerate(steps) if set(codes) & set(codes_of(step))]
    return places[-1] if places else -1


def _heirs(
    parts: Mapping[str, tuple[str, ...]], before: Mapping[str, Standing], after: Mapping[str, Standing]
) -> dict[str, tuple[str, ...]]:
    """Final successors of what stood before and was merged or split, through those that ended within the same steps."""

    def final(code: str) -> list[str]:
        if code in after:
            return [code]
        return [last for one in parts.get(code, ()) for last in final(one)]

    found = {code: [last for one in heirs for last in final(one)] for code, heirs in parts.items() if code in before}
    return {code: tuple(dict.fromkeys(heirs)) for code, heirs in found.items()}
