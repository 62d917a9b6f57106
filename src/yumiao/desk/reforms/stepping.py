"""Adding a step to a draft, and the code a new unit might have. Pure."""

from __future__ import annotations

from yumiao.desk.reforms.forms import MergeForm, SplitForm, StepForm
from yumiao.desk.reforms.plan import Reforming
from yumiao.units.changes import Step
from yumiao.units.queries import Tree, UnitOnDay


def added(plan: Reforming, form: StepForm, after: Tree) -> list[Step]:
    """The steps with those of a valid form behind them; `after` is the tree that the former leave."""
    if isinstance(form, MergeForm | SplitForm):
        return [*plan.steps, *form.steps_in(after)]
    return [*plan.steps, *form.steps()]


def suggested_code(tree: Tree, above: UnitOnDay) -> str:
    """The number after the last village below `above`, in the county's own way of counting (001.003 → 001.003.021).

    Empty where it counts otherwise, or where that number is taken by something else.
    """
    stem = above.code + "."
    tails = [unit.code.removeprefix(stem) for unit in tree if unit.kind.is_village and unit.code.startswith(stem)]
    numbers = [tail for tail in tails if tail.isdecimal()]
    if not numbers:
        return ""
    code = f"{stem}{max(map(int, numbers)) + 1:0{max(map(len, numbers))}d}"
    return "" if code in tree.by_code else code
