"""组织: every code once, every parent there, whatever the order of the rows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from yumiao.desk.workbook.known import Known
from yumiao.desk.workbook.notes import SheetNotes
from yumiao.desk.workbook.proposal import Proposal, Source
from yumiao.desk.workbook.reach import OUTSIDE_UNIT, Reach
from yumiao.desk.workbook.rules import BOOK
from yumiao.people.rules import Found
from yumiao.sheets.parsing import Row
from yumiao.units.queries import Tree
from yumiao.units.rules import KINDS, ORG_UNDER, Sector
from yumiao.units.services import UnitDraft


def check_units(notes: SheetNotes, known: Known, proposal: Proposal, reach: Reach) -> None:
    """Take units whose own row is good and whose parent is known or taken; the rest hangs in the air and is refused."""
    found: dict[int, list[Found]] = defaultdict(list)
    if reach.is_limited:
        _refuse_outside(notes.rows, known.tree, reach, found)
    candidates = _candidates(notes.rows, found)
    taken = _taken(candidates, known.tree)
    for code, row in candidates.items():
        if code not in taken:
            found[row.number].append(("parent", BOOK.by_id("WBK-15").objection(_why_adrift(row))))
    kinds = {unit.code: unit.kind.label for unit in known.tree}
    kinds |= {code: str(row.values["kind"]) for code, row in candidates.items() if code in taken}
    for row in notes.rows:
        parent = row.values["parent"]
        if row.number not in found and parent and not row.faults:
            found[row.number] += _under(str(row.values["kind"]), kinds[str(parent)])
        if notes.take(row, found[row.number]):
            notes.counts[_propose(row, known.tree, proposal)] += 1


def _candidates(rows: list[Row], found: dict[int, list[Found]]) -> dict[str, Row]:
    """Rows without a fault of their own, by code; a code used again is noted at the later row."""
    candidates: dict[str, Row] = {}
    seen: set[str] = set()
    for row in rows:
        code = row.values["code"]
        if code is None:
            continue
        if code in seen:
            found[row.number].append(("code", BOOK.by_id("WBK-08").objection("组织代码在前面的行已经出现")))
        elif not row.faults and row.number not in found:
            candidates[str(code)] = row
        seen.add(str(code))
    return candidates


def _refuse_outside(rows: list[Row], tree: Tree, reach: Reach, found: dict[int, list[Found]]) -> None:
    """Refuse rows of known units out of reach, and those that would hang a unit on what is neither within reach nor in the sheet."""
    listed = {str(row.values["code"]) for row in rows} - (tree.by_code.keys() - reach.codes)
    for row in rows:
        code, parent = str(row.values["code"]), row.values["parent"]
        known = tree.by_code.get(code)
        if known is not None and not reach.covers(known.id):
            found[row.number].append(("code", BOOK.by_id("WBK-17").objection(OUTSIDE_UNIT)))
            continue
        stays = known is not None and known.parent is not None and tree.by_id[known.parent].code == parent
        if parent is not None and not stays and parent not in reach.codes and parent not in listed:
            found[row.number].append(("parent", BOOK.by_id("WBK-17").objection(OUTSIDE_UNIT)))


def _root(candidates: dict[str, Row], tree: Tree) -> str | None:
    """The one unit that may have no parent: the known root, else the county committee, else the first row without one."""
    if tree.root is not None:
        return tree.root.code
    alone = [code for code, row in candidates.items() if not row.values["parent"]]
    county = [code for code in alone if KINDS[str(candidates[code].values["kind"])].sector is Sector.COUNTY]
    return next(iter([*county, *alone]), None)


def _taken(candidates: dict[str, Row], tree: Tree) -> set[str]:
    """Codes of the rows that leave a tree behind. A known unit whose row is refused keeps standing where it stood."""
    root = _root(candidates, tree)
    known = {unit.code: tree.by_id[unit.parent].code if unit.parent is not None else None for unit in tree}
    wanted = {code: str(row.values["parent"]) if row.values["parent"] else None for code, row in candidates.items()}
    while True:
        above = known | wanted
        adrift = {code for code, parent in wanted.items() if code != root and parent not in above}
        # a known unit that stays where it was is not what closes a circle
        moved = (code for code, parent in wanted.items() if code not in known or known[code] != parent)
        adrift |= {code for code in moved if _is_in_circle(code, above)}
        if not adrift:
            return set(wanted)
        wanted = {code: parent for code, parent in wanted.items() if code not in adrift}


def _is_in_circle(code: str, above: Mapping[str, str | None]) -> bool:
    passed: set[str] = set()
    upper = above[code]
    while upper is not None and upper != code and upper not in passed:
        passed.add(upper)
        upper = above.get(upper)
    return upper == code


def _why_adrift(row: Row) -> str:
    if not row.values["parent"]:
        return "只有最上级组织可以不填上级组织代码"
    return "上级组织不存在、未被采用或循环隶属"


def _under(child: str, parent: str) -> list[Found]:
    if ORG_UNDER.holds(child=child, parent=parent):
        return []
    return [("kind", ORG_UNDER.objection(f"{child}通常不直接设在{parent}之下，按原样登记，请核对"))]


def _propose(row: Row, tree: Tree, proposal: Proposal) -> str:
    """Put the unit into the proposal. Returns new, changed or unchanged."""
    values = row.values
    parent = str(values["parent"]) if values["parent"] else None
    draft = UnitDraft(str(values["code"]), str(values["name"]), str(values["kind"]), parent, str(values["zone"] or ""))
    known = tree.by_code.get(draft.code)
    if known is None:
        proposal.units.append((draft, Source("组织", row.number, "unit", "new")))
        return "new"
    above = tree.by_id[known.parent].code if known.parent is not None else None
    own_zone = known.own_zone
    same = (known.name, known.kind.label, above) == (draft.name, draft.kind, draft.parent_code)
    if same and (not draft.zone or draft.zone == own_zone):
        return "unchanged"
    proposal.corrected_units[known.id] = (draft, Source("组织", row.number, "unit", "changed"))
    return "changed"
