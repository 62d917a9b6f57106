"""Sections of a case that a right over a subtree does not open: each is read by a grant of its own (need-to-know). Pure."""

from __future__ import annotations

from enum import StrEnum


class Section(StrEnum):
    """What a grant opens."""

    JOINT_REVIEW = "joint_review"
    OBJECTORS = "objectors"
    POLITICAL_REVIEW = "political_review"
    FAMILY = "family"

    @property
    def label(self) -> str:
        return {
            "joint_review": "部门联审答复", "objectors": "异议、举报的来源和内容", "political_review": "政治审查材料", "family": "家庭成员和主要社会关系",
        }[self.value]  # fmt: skip
