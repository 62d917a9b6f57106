"""The two ends of a transfer in the tree: which committee issues a letter, who takes it in, which branches take members. Pure over a tree."""

from __future__ import annotations

from collections.abc import Sequence

from yumiao.access.permissions import Permission
from yumiao.access.readers import Reader
from yumiao.desk.units.ended import heir_of
from yumiao.people.models import Transfer
from yumiao.people.transfer_queries import Standing
from yumiao.units.queries import Tree, UnitOnDay
from yumiao.units.rules import Form


def is_committee(unit: UnitOnDay) -> bool:
    """Whether it may issue and take in letters: a committee that approves members, which one of a village is not (ORG-10)."""
    return unit.kind.form is Form.COMMITTEE and not unit.kind.is_village


def committee_of(tree: Tree, unit: UnitOnDay | None) -> UnitOnDay | None:
    """The nearest such committee from a branch upwards."""
    return next((one for one in reversed(tree.line(unit)) if is_committee(one)), None)


def committees(tree: Tree) -> list[UnitOnDay]:
    """Every end inside the county, in official order."""
    return [one for one in tree if is_committee(one)]


def branches_below(tree: Tree, committee: UnitOnDay) -> Sequence[UnitOnDay]:
    """Who may take a member in for a committee: organisations below it that stand under no nearer committee."""
    found = [one for one in tree if committee.subtree.covers(one.path) and not is_committee(one)]
    nearest = [one for one in found if committee_of(tree, one) == committee]
    return sorted(nearest, key=lambda one: one.path)


def is_sender(reader: Reader, one: Transfer, permission: Permission = Permission.MEMBERSHIP_CHANGE) -> bool:
    """Whether the reader holds the permission where the letter was issued; an end that no longer stands is its successor's, else the county's."""
    return _holds(reader, one.from_unit_id, permission)


def is_receiver(reader: Reader, one: Transfer, permission: Permission = Permission.MEMBERSHIP_CHANGE) -> bool:
    """The same where it is taken in."""
    return _holds(reader, one.to_unit_id, permission)


def where_taken(reader: Reader, one: Transfer, step: str) -> UnitOnDay | None:
    """The unit at whose end a step is taken."""
    at_receiver = step in ("receive", "refuse") or (step == "return" and one.kind == Transfer.Kind.INWARD)
    return _standing(reader, one.to_unit_id if at_receiver else one.from_unit_id)


def _standing(reader: Reader, unit: int | None) -> UnitOnDay | None:
    if unit is None:
        return None
    return reader.tree.by_id.get(unit) or heir_of(reader, unit) or reader.tree.root


def _holds(reader: Reader, unit: int | None, permission: Permission) -> bool:
    found = _standing(reader, unit)
    return found is not None and reader.may_at(permission, found)


def end_names(tree: Tree, one: Transfer) -> tuple[str, str]:
    """Sender and receiver in words."""
    return _name(tree, one.from_unit_id, one.from_text), _name(tree, one.to_unit_id, one.to_text)


def _name(tree: Tree, unit: int | None, text: str) -> str:
    found = tree.by_id.get(unit or 0)
    return text or (tree.label(found) if found else "已撤销的组织")


def steps_for(reader: Reader, one: Standing) -> list[str]:
    """What the reader can do with it now: receive, refuse, withdraw, return."""
    found, transfer = [], one.transfer
    is_inside = transfer.to_unit_id is not None and transfer.kind != Transfer.Kind.INWARD
    if one.is_open and is_inside and is_receiver(reader, transfer):
        found += ["receive", "refuse"]
    if one.is_open and is_sender(reader, transfer):
        found += ["withdraw"] if is_inside else ["return", "withdraw"]
    awaits = one.state == "received" and transfer.kind != Transfer.Kind.MATERIAL
    if awaits and (
        is_receiver(reader, transfer) if transfer.kind == Transfer.Kind.INWARD else is_sender(reader, transfer)
    ):
        found.append("return")
    return found


def may_ever(reader: Reader, one: Transfer, step: str) -> bool:
    """Whether the reader stands at the end that takes that step, in whatever state the transfer is."""
    comes_in = one.kind == Transfer.Kind.INWARD
    at_receiver, at_sender = is_receiver(reader, one), is_sender(reader, one)
    sides = {
        "receive": at_receiver and not comes_in,
        "refuse": at_receiver and not comes_in,
        "withdraw": at_sender,
        "return": at_receiver if comes_in else at_sender,
    }
    return sides.get(step, False)
