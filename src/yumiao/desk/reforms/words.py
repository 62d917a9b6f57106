"""Steps of a reform in words, for whoever looks at a draft. Must not know: requests, templates."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from django.utils.translation import gettext as _

from yumiao.kernel.objections import Objection
from yumiao.units.changes import STEP_LABELS, Close, Found, Merge, Move, Outcome, Rekind, Rename, Split, Standing, Step


class StepRow(NamedTuple):
    """One step: what kind, in a sentence, what stands against it. `divides`: the code of the unit whose people are to be told apart."""

    place: int
    label: str
    said: str
    objections: tuple[Objection, ...]
    divides: str


def step_rows(steps: Sequence[Step], outcome: Outcome) -> list[StepRow]:
    names = {code: unit.name for code, unit in {**outcome.before, **_founded(steps)}.items()}
    found = []
    for place, step in enumerate(steps):
        against = tuple(fault.objection for fault in outcome.faults if fault.place == place)
        divides = step.code if isinstance(step, Split) and step.code in outcome.heirs else ""
        found.append(StepRow(place, _(STEP_LABELS[type(step)]), in_words(step, names), against, divides))
    return found


def _founded(steps: Sequence[Step]) -> dict[str, Standing]:
    return {
        step.code: Standing(step.code, step.name, step.kind, step.parent) for step in steps if isinstance(step, Found)
    }


def in_words(step: Step, names: Mapping[str, str]) -> str:
    """What the step does; a code that nobody has stands for itself."""

    def name(code: str) -> str:
        return names.get(code) or _("组织代码 %(code)s") % {"code": code or "—"}

    match step:
        case Found(code, title, kind, parent):
            words = {"name": title or code, "kind": kind, "code": code, "parent": name(parent)}
            return _("%(parent)s下新设%(name)s（%(kind)s，%(code)s）") % words
        case Rename(code, title):
            return _("%(old)s更名为%(new)s") % {"old": name(code), "new": title}
        case Rekind(code, kind):
            return _("%(name)s改为%(kind)s") % {"name": name(code), "kind": kind}
        case Move(code, parent):
            return _("%(name)s改由%(parent)s管理") % {"name": name(code), "parent": name(parent)}
        case Close(code):
            return _("%(name)s撤销") % {"name": name(code)}
        case Merge(codes, into):
            others = _("、").join(name(code) for code in codes if code != into)
            verb = _("%(others)s并入%(into)s") if into in codes else _("%(others)s合并为%(into)s")
            return verb % {"others": others, "into": name(into)}
        case Split(code, parts):
            new = _("、").join(name(one) for one in parts if one != code)
            verb = _("%(name)s分出%(new)s") if code in parts else _("%(name)s拆分为%(new)s")
            return verb % {"name": name(code), "new": new}
