"""三审: what each level looks at, when it may, what a review must say. Pure (domain 7.2).

Must not know: the database, who looks.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from yumiao.admission.gates import review_at
from yumiao.admission.history import CaseFile
from yumiao.admission.path import Terms
from yumiao.kernel.objections import Objection, Severity
from yumiao.people.rules import HANDBOOK
from yumiao.rulebook import Confidence, Rule

VILLAGE, TOWNSHIP, COUNTY = "village", "township", "county"
POINTS: Final = ("village_12", "township_13", "county_13", "township_17", "county_17", "county_24")
LEVELS: Final[Mapping[str, str]] = {one: one.split("_")[0] for one in POINTS}
GUARDED: Final[Mapping[str, int]] = {
    "village_12": 12, "township_13": 13, "county_13": 13, "township_17": 17, "county_17": 18, "county_24": 25,
}  # fmt: skip
"""By point: the step that waits for it."""
NEEDED: Final[Mapping[str, tuple[int, ...]]] = {
    "village_12": (9, 10, 11), "township_13": (12,), "county_13": (12,), "township_17": (16,), "county_17": (17,), "county_24": (24,),
}  # fmt: skip
"""By point: the steps that are on record before it."""
BEFORE: Final[Mapping[str, str]] = {"township_13": "village_12", "county_13": "township_13"}
"""By point: the one that is approved before it."""
CHECKS: Final[Mapping[str, tuple[tuple[str, str], ...]]] = {
    VILLAGE: (
        ("complete", "应有的材料齐全"), ("signed", "签名、印章齐全"), ("dated", "各项日期真实、前后一致"), ("opinions", "党员和群众意见如实记录"),
    ),
    TOWNSHIP: (
        ("order", "步骤、期限符合规定"), ("archive", "材料规范，字迹清楚，没有代签、倒签"), ("joint", "部门联审已办结，结论明确"),
        ("review", "政治审查材料齐全，结论清楚"), ("opinions", "党员和群众意见如实记录"),
    ),
    COUNTY: (
        ("order", "步骤、期限符合规定"), ("archive", "全部材料齐全、规范"), ("meetings", "会议人数、表决结果符合规定"), ("public", "公示和异议处理符合规定"),
        ("joint", "部门联审已办结，结论明确"), ("rectified", "以前发现的问题已经整改"),
    ),
}  # fmt: skip
"""By level: the checklist, (key, text)."""
YES, NO, NOT_APPLICABLE = "yes", "no", "na"
APPROVED, RETURNED = "approved", "returned"
_OWN: Final = date(2026, 1, 1)
_WORDS: Final = {
    "needed": "应先完成的步骤", "done": "已完成的步骤", "is_later": "所审的步骤已经登记", "before": "前一级已通过", "asked": "清单项目",
    "answered": "已填写的项目", "negative": "不符合的项目数", "said": "写明的问题和意见数", "is_returned": "退回",
    "drawn": "抽到的人员所在乡镇", "own": "审查人所在乡镇",
}  # fmt: skip


def _rule(
    rule: str, title: str, text: str, *, holds: Callable[..., bool], passing: tuple[Mapping[str, object], ...],
    failing: tuple[Mapping[str, object], ...],
) -> Rule:  # fmt: skip
    return Rule(
        id=rule, title=title, text=text, source=HANDBOOK, article=rule, since=_OWN, confidence=Confidence.DEFAULT, words=_WORDS, holds=holds,
        passing=passing, failing=failing,
    )  # fmt: skip


REV_23 = _rule(
    "REV-23", "审查的时间和次序", "前面的步骤办完以后、所审的步骤登记以前审查；县级审查在乡镇审查通过以后，乡镇审查在村级审查通过以后。",
    holds=lambda *, needed, done, is_later, before: set(needed) <= set(done) and not is_later and before,
    passing=(
        {"needed": (9, 10, 11), "done": (9, 10, 11), "is_later": False, "before": True},
        {"needed": (17,), "done": (15, 16, 17), "is_later": False, "before": True},
    ),
    failing=(
        {"needed": (9, 10, 11), "done": (9, 11), "is_later": False, "before": True},
        {"needed": (12,), "done": (12,), "is_later": False, "before": False},
        {"needed": (12,), "done": (12,), "is_later": True, "before": True},
    ),
)  # fmt: skip
REV_24 = _rule(
    "REV-24", "逐项审查", "审查清单逐项填写；有不符合的，写明问题；退回的，至少写明一个问题。",
    holds=lambda *, asked, answered, negative, said, is_returned: set(asked) <= set(answered) and (said > 0 or not (negative or is_returned)),
    passing=(
        {"asked": ("complete",), "answered": ("complete",), "negative": 0, "said": 0, "is_returned": False},
        {"asked": ("complete",), "answered": ("complete",), "negative": 1, "said": 1, "is_returned": True},
    ),
    failing=(
        {"asked": ("complete", "signed"), "answered": ("complete",), "negative": 0, "said": 0, "is_returned": False},
        {"asked": ("complete",), "answered": ("complete",), "negative": 0, "said": 0, "is_returned": True},
    ),
)  # fmt: skip
REV_25 = _rule(
    "REV-25", "交叉互审的回避", "跨乡镇交叉互审由其他乡镇的人员进行，不审本乡镇、本村和近亲属。", holds=lambda *, drawn, own: drawn != own,
    passing=({"drawn": 1, "own": 2}, {"drawn": 2, "own": 1}), failing=({"drawn": 1, "own": 1}, {"drawn": 2, "own": 2}),
)  # fmt: skip
RULES: Final = (REV_23, REV_24, REV_25)


def level_of(point: str) -> str:
    return LEVELS[point]


def checks_of(point: str) -> tuple[tuple[str, str], ...]:
    return CHECKS[LEVELS[point]]


def is_open_at(point: str, done: Collection[int], held: Collection[int], approved: Collection[str]) -> bool:
    """Whether a case stands where it is to be reviewed at that point. `held`: steps on record, passed or not."""
    guarded = GUARDED[point]
    is_later = guarded in held and LEVELS[point] != COUNTY
    return REV_23.holds(
        needed=NEEDED[point], done=done, is_later=is_later, before=BEFORE.get(point, "") in (*approved, "")
    )


def place_objections(file: CaseFile, point: str, terms: Terms) -> Iterator[Objection]:
    """Why a case cannot be reviewed at that point now."""
    done, held = file.done(terms), {one.step for one in file.held}
    missing = [file.path.by_number[one].label for one in NEEDED[point] if one not in done]
    if missing:
        yield REV_23.objection(f"前面的步骤没有完成：{'、'.join(missing)}", "办完以后再审查。")
    guarded = GUARDED[point]
    if guarded in held and LEVELS[point] != COUNTY:
        yield REV_23.objection(f"{file.path.by_number[guarded].label}已经登记", "不再审查；发现问题的，由上一级退回。")
    before = BEFORE.get(point)
    if before is not None:
        found = review_at(file.reviews, before)
        if found is None or not found.is_approved:
            yield REV_23.objection("前一级审查没有通过", "前一级审查通过以后再审查。")


def verdict_objections(
    point: str, outcome: str, answers: Mapping[str, str], findings: int, note: str
) -> Iterator[Objection]:
    """What a review leaves unsaid."""
    asked = [key for key, _text in checks_of(point)]
    answered = [key for key in asked if answers.get(key) in (YES, NO, NOT_APPLICABLE)]
    if len(answered) < len(asked):
        texts = dict(checks_of(point))
        left = "、".join(texts[key] for key in asked if key not in answered)
        yield REV_24.objection(f"清单没有填完：{left}", "逐项选择。", severity=Severity.BLOCK)
    negative = sum(answers.get(key) == NO for key in asked)
    if outcome == RETURNED and not findings:
        yield REV_24.objection("退回的没有写明问题", "至少写明一个问题。", severity=Severity.BLOCK)
    elif negative and not (findings or note.strip()):
        yield REV_24.objection(
            "有不符合的项目，没有写明问题或者意见", "写明问题，或者写明为什么可以通过。", severity=Severity.BLOCK
        )


@dataclass(frozen=True, slots=True)
class Drawable:
    """A case that may be drawn: its uid, and the township it stands in."""

    uid: str
    township: int


def ranked(seed: str, uids: Sequence[str]) -> list[str]:
    """The uids in the order of the draw: by the digest of seed and uid, so that anybody with the seed gets the same order."""
    return sorted(uids, key=lambda uid: hashlib.sha256(f"{seed}|{uid}".encode()).digest())


def population_digest(uids: Sequence[str]) -> str:
    """Of all that could be drawn, in the order of their uids."""
    return hashlib.sha256("\n".join(sorted(uids)).encode()).hexdigest()


def draw(seed: str, uids: Sequence[str], part: int, whole: int) -> list[str]:
    """The share `part`/`whole` of them, rounded up; at least one where there is any."""
    count = -(-len(uids) * part // whole)
    return ranked(seed, uids)[:count]


def draw_peers(
    seed: str, cases: Sequence[Drawable], reviewers: Mapping[int, int], near: Collection[tuple[int, str]], each: int
) -> dict[str, int]:
    """By uid of a case who is to look at it. `reviewers`: by account its township; `near`: (account, uid) of those too near; `each`: most a reviewer gets.

    Nobody gets a case of his own township or one he is near to. Case by case in the order of the draw, to the reviewer with the fewest so far.
    """
    load = dict.fromkeys(sorted(reviewers), 0)
    found: dict[str, int] = {}
    township = {one.uid: one.township for one in cases}
    too_near = set(near)
    for uid in ranked(seed, list(township)):
        free = [
            one for one in load
            if reviewers[one] != township[uid] and (one, uid) not in too_near and load[one] < each
        ]  # fmt: skip
        if free:
            chosen = min(free, key=lambda one: (load[one], hashlib.sha256(f"{seed}|{uid}|{one}".encode()).digest()))
            found[uid] = chosen
            load[chosen] += 1
    return found
