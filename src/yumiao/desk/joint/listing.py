"""The list of a batch as it is sent: name, sex, identity number, where somebody lives; nothing else (REV-15). Must not know: requests."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from yumiao.admission.joint_queries import Asked, people_of, rows_of
from yumiao.admission.models import JointReview
from yumiao.desk.joint.signing import Line
from yumiao.units.queries import Tree

SEXES: Final = {"m": "男", "f": "女"}


def lines_of(review: JointReview, tree: Tree) -> list[Line]:
    """With whole numbers: whoever shows or writes it out records a reading."""
    return [line_of(one, tree) for one in people_of(list(rows_of(review.pk)), with_numbers=True)]


def line_of(one: Asked, tree: Tree) -> Line:
    """One row of it."""
    return Line(one.row.uid, one.row.position, one.name, SEXES.get(one.sex, ""), one.number, home_of(one.unit, tree))


def home_of(unit: int, tree: Tree) -> str:
    """Where somebody lives: township and village or office, as the county's own record has it."""
    found = tree.by_id.get(unit)
    line: Sequence[str] = [one.name for one in tree.line(found)[1:]] if found is not None else ()
    return "".join(dict.fromkeys((line[0], line[-1]))) if line else ""
