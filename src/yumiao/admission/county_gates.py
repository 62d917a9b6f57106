"""Which gates a county has in force and how long they last, from its settings of a day. Pure."""

from __future__ import annotations

from typing import Any, Final

from yumiao.admission.gates import Gate
from yumiao.bylaws.rules import Settings

_GATES: Final = {
    Gate.JOINT_REVIEW: "joint_review.in_force",
    Gate.PUBLIC_TARGET: "publicity.pub1",
    Gate.PUBLIC_ADMISSION: "publicity.pub2",
    Gate.PUBLIC_CONFIRMATION: "publicity.pub3",
    Gate.REVIEW: "review.in_force",
}


def gates_in_force(settings: Settings) -> frozenset[Gate]:
    """What the county asks beside the steps."""
    return frozenset(gate for gate, key in _GATES.items() if settings.value(key))


def window(settings: Settings) -> dict[str, Any]:
    """The values of `asked.Ground` that say how long a notice stands, how long a joint review counts, and whether all cases are reviewed."""
    return {
        "publicity_days": int(str(settings.value("publicity.days"))),
        "in_working_days": settings.value("publicity.unit") == "working",
        "joint_valid_months": int(str(settings.value("joint_review.valid_months"))),
        "is_every_case_reviewed": settings.value("review.county_share") == 1,
    }
