"""A township with a village, a village of two branches and a school; a street without villages; an office."""

from __future__ import annotations

from collections.abc import Mapping

from tests.ledger.rows import Spot

KINDS = {
    "001": "县委",
    "001.001": "乡镇党委",
    "001.001.001": "村党支部",
    "001.001.002": "村党总支",
    "001.001.002.001": "村党支部",
    "001.001.002.002": "村党支部",
    "001.001.900": "学校党支部",
    "001.002": "街道党工委",
    "001.900": "机关党支部",
}
TOWNSHIP, VILLAGE, LARGE, SCHOOL, STREET, OFFICE = (
    "001.001",
    "001.001.001",
    "001.001.002",
    "001.001.900",
    "001.002",
    "001.900",
)
FIRST_BRANCH, SECOND_BRANCH = "001.001.002.001", "001.001.002.002"


def spots(kinds: Mapping[str, str]) -> list[Spot]:
    return [Spot(code, code.rpartition(".")[0] or None) for code in kinds]
