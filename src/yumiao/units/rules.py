"""Kinds of Party organisations, what may stand under what, and where each stands in the tree.

Pure: no database, no clock. Paths are six digits a level, the unit's own number, without separators.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from yumiao.kernel.objections import Severity
from yumiao.rulebook import Confidence, Rule


class Sector(StrEnum):
    """Whose organisation it is; villages and communities are what the lines count."""

    COUNTY = "county"
    TOWNSHIP = "township"
    VILLAGE = "village"
    COMMUNITY = "community"
    OTHER = "other"


class Form(StrEnum):
    """What it is by the Constitution: committee, general branch, branch, group."""

    COMMITTEE = "committee"
    GENERAL_BRANCH = "general_branch"
    BRANCH = "branch"
    GROUP = "group"


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of organisation, named as the workbook's 组织类别 writes it."""

    label: str
    sector: Sector
    form: Form

    @property
    def is_village(self) -> bool:
        """Village or community: `village` everywhere means both."""
        return self.sector in (Sector.VILLAGE, Sector.COMMUNITY)


FORMS = {"党委": Form.COMMITTEE, "党总支": Form.GENERAL_BRANCH, "党支部": Form.BRANCH, "联合党支部": Form.BRANCH}
OTHERS = (
    "机关", "事业单位", "学校", "医院", "企业", "国有企业", "非公企业", "社会组织", "两新组织", "合作社", "离退休干部", "流动党员",
)  # fmt: skip


def _kinds() -> dict[str, Kind]:
    found = [
        Kind("县委", Sector.COUNTY, Form.COMMITTEE),
        Kind("乡镇党委", Sector.TOWNSHIP, Form.COMMITTEE),
        Kind("街道党工委", Sector.TOWNSHIP, Form.COMMITTEE),
        Kind("街道党委", Sector.TOWNSHIP, Form.COMMITTEE),
        Kind("县直机关工委", Sector.OTHER, Form.COMMITTEE),
        Kind("党小组", Sector.OTHER, Form.GROUP),
    ]
    sectors = {"村": Sector.VILLAGE, "社区": Sector.COMMUNITY, **dict.fromkeys(OTHERS, Sector.OTHER)}
    for name, sector in sectors.items():
        found += [Kind(name + suffix, sector, form) for suffix, form in FORMS.items()]
    return {kind.label: kind for kind in found}


KINDS: Mapping[str, Kind] = _kinds()


def may_stand_under(*, child: str, parent: str) -> bool:
    """Whether an organisation of kind `child` may be directly below one of kind `parent`."""
    lower, upper = KINDS[child], KINDS[parent]
    if lower.sector is Sector.COUNTY or upper.form is Form.GROUP:
        return False
    if lower.sector is Sector.TOWNSHIP:
        return upper.sector is Sector.COUNTY
    if lower.is_village:
        return upper.sector is Sector.TOWNSHIP or (upper.is_village and _outranks(upper.form, lower.form))
    if lower.form is Form.GROUP:
        return upper.form is Form.BRANCH
    return _outranks(upper.form, lower.form) and not (upper.is_village and lower.form is Form.COMMITTEE)


def _outranks(upper: Form, lower: Form) -> bool:
    order = [Form.COMMITTEE, Form.GENERAL_BRANCH, Form.BRANCH, Form.GROUP]
    return order.index(upper) < order.index(lower) or upper is lower is Form.COMMITTEE


@dataclass(frozen=True, slots=True)
class Node:
    """A unit as the tree needs it: own number, kind, number of the unit above (None for the root)."""

    id: int
    kind: str
    parent: int | None


@dataclass(frozen=True, slots=True)
class Place:
    """Where a unit stands. `village` is the first village or community below a township, itself included; None elsewhere."""

    path: str
    depth: int
    village: int | None
    township: int | None


def arrange(nodes: Iterable[Node]) -> dict[int, Place]:
    """The place of every node. Raises `ValueError` for a parent that is not among them or a circle."""
    by_id = {node.id: node for node in nodes}
    placed: dict[int, Place] = {}
    for node in by_id.values():
        line: list[Node] = []
        current: Node | None = node
        while current is not None and current.id not in placed:
            if current in line or (current.parent is not None and current.parent not in by_id):
                raise ValueError(f"unit {current.id} hangs in no tree")
            line.append(current)
            current = by_id[current.parent] if current.parent is not None else None
        for one in reversed(line):
            placed[one.id] = _below(one, placed[one.parent] if one.parent is not None else None)
    return placed


def _below(node: Node, upper: Place | None) -> Place:
    segment = f"{node.id:06d}"
    kind = KINDS[node.kind]
    if upper is None:
        return Place(segment, 1, None, node.id if kind.sector is Sector.TOWNSHIP else None)
    township = node.id if kind.sector is Sector.TOWNSHIP else upper.township
    village = upper.village
    if village is None and kind.is_village and upper.township is not None:
        village = node.id
    return Place(upper.path + segment, upper.depth + 1, village, township)


WORDS = {"child": "本组织类别", "parent": "上级组织类别", "kind": "组织类别"}
ORG_UNDER = Rule(
    id="ORG-08",
    title="组织的上下级关系",
    text="乡镇党委设在县委之下；村、社区党组织设在乡镇（街道）党委或上一级村、社区党组织之下；党小组设在党支部之下。",
    source="中国共产党农村基层组织工作条例",
    article="第二章",
    since=date(2018, 12, 28),
    severity=Severity.WARN,
    confidence=Confidence.VERIFIED,
    words=WORDS,
    holds=may_stand_under,
    passing=(
        {"child": "村党支部", "parent": "乡镇党委"},
        {"child": "村党支部", "parent": "村党总支"},
        {"child": "乡镇党委", "parent": "县委"},
    ),
    failing=({"child": "村党总支", "parent": "村党支部"}, {"child": "乡镇党委", "parent": "村党委"}),
)
ORG_BRANCH = Rule(
    id="ORG-12",
    title="党员编入支部",
    text="每个党员都必须编入一个支部、小组或其他特定组织；登记在有下级支部的党委、党总支之下的，应当落到具体支部。",
    source="中国共产党章程",
    article="第八条",
    since=date(1982, 9, 6),
    severity=Severity.WARN,
    confidence=Confidence.VERIFIED,
    words=WORDS,
    holds=lambda *, kind: KINDS[kind].form in (Form.BRANCH, Form.GROUP),
    passing=({"kind": "村党支部"}, {"kind": "党小组"}),
    failing=({"kind": "村党总支"}, {"kind": "乡镇党委"}),
)
RULES = (ORG_UNDER, ORG_BRANCH)
