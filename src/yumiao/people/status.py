"""What somebody is on a day, and every change of it as one table (domain 3.1): from, to, who decides, by which article, what it moves.

Pure. No status follows from a term running out alone: a change is decided by people and recorded with its reason.
Must not know: Django, which rows hold the facts, who asks.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

HANDBOOK: Final = "县党务工作手册"
RULES_2014: Final = "中国共产党发展党员工作细则"
EDUCATION_2019: Final = "中国共产党党员教育管理工作条例"
DISPOSAL_2024: Final = "中国共产党不合格党员组织处置办法"
DISCIPLINE_2023: Final = "中国共产党纪律处分条例"
BRANCH_AND_COMMITTEE: Final = "支部大会决议，上级党委审批"


class Status(StrEnum):
    """The one current status of a person."""

    NONE = "none"
    APPLICANT = "applicant"
    ACTIVIST = "activist"
    TARGET = "development_target"
    AWAITING_APPROVAL = "awaiting_approval"
    PROBATIONARY = "probationary_member"
    PROBATION_EXTENDED = "probation_extended"
    PROBATION_EXPIRED = "probation_expired"
    FULL = "full_member"
    SUSPENDED = "membership_suspended"
    INNER_PROBATION = "inner_probation"
    CORRECTION_IN_TERM = "correction_in_term"
    PROBATION_CANCELLED = "probation_cancelled"
    ADVISED_TO_WITHDRAW = "advised_to_withdraw"
    REMOVED = "removed"
    EXPELLED = "expelled"
    NOT_RECOGNISED = "not_recognised"
    TRANSFERRED_OUT = "transferred_out"
    DECEASED = "deceased"
    ENDED = "ended"

    @property
    def label(self) -> str:
        return STATUS_LABELS[self]


STATUS_LABELS: Final[Mapping[Status, str]] = {
    Status.NONE: "其他人员",
    Status.APPLICANT: "入党申请人",
    Status.ACTIVIST: "入党积极分子",
    Status.TARGET: "发展对象",
    Status.AWAITING_APPROVAL: "待党委审批",
    Status.PROBATIONARY: "预备党员",
    Status.PROBATION_EXTENDED: "预备党员（延长预备期）",
    Status.PROBATION_EXPIRED: "预备党员（预备期已满）",
    Status.FULL: "正式党员",
    Status.SUSPENDED: "停止党籍",
    Status.INNER_PROBATION: "留党察看",
    Status.CORRECTION_IN_TERM: "限期改正",
    Status.PROBATION_CANCELLED: "取消预备党员资格",
    Status.ADVISED_TO_WITHDRAW: "劝其退党",
    Status.REMOVED: "除名",
    Status.EXPELLED: "开除党籍",
    Status.NOT_RECOGNISED: "不予承认党员身份",
    Status.TRANSFERRED_OUT: "组织关系转出",
    Status.DECEASED: "去世",
    Status.ENDED: "党籍已终止",
}
IN_DEVELOPMENT: Final = frozenset({Status.APPLICANT, Status.ACTIVIST, Status.TARGET, Status.AWAITING_APPROVAL})
ON_PROBATION: Final = frozenset({Status.PROBATIONARY, Status.PROBATION_EXTENDED, Status.PROBATION_EXPIRED})
FULL_MEMBERS: Final = frozenset({Status.FULL, Status.CORRECTION_IN_TERM, Status.INNER_PROBATION})
MEMBERS: Final = ON_PROBATION | FULL_MEMBERS | {Status.SUSPENDED}
IN_STOCK: Final = ON_PROBATION | FULL_MEMBERS
VOTING: Final = FULL_MEMBERS - {Status.INNER_PROBATION}  # MTG-07
ENDINGS: Final = frozenset(
    {
        Status.PROBATION_CANCELLED, Status.ADVISED_TO_WITHDRAW, Status.REMOVED, Status.EXPELLED, Status.NOT_RECOGNISED,
        Status.TRANSFERRED_OUT,
    }
)  # fmt: skip
SIDE_STATES: Final = ("suspended", "inner_probation", "correction_in_term", "probation_extended")
OUT_OF_STOCK: Final = ("suspended", "away")  # states during which a member is not counted


@dataclass(frozen=True, slots=True)
class Life:
    """What the facts say of somebody on one day. `states` are those that last on it, each with its first day; open ends are None.

    `stage` is how far an open case has come, None without one.
    """

    membership_on: date | None = None
    probation_end_on: date | None = None
    full_member_on: date | None = None
    ended_on: date | None = None
    ended_how: str = ""
    states: Mapping[str, date] | None = None
    stage: Status | None = None
    died_on: date | None = None
    extensions: int = 0

    def state_since(self, state: str) -> date | None:
        return (self.states or {}).get(state)


def status_on(life: Life, day: date) -> Status:
    """The one status on `day`: death before everything, a membership before a case, a side state before the grade."""
    if life.died_on is not None and life.died_on <= day:
        return Status.DECEASED
    if life.membership_on is None or life.membership_on > day:
        return life.stage or Status.NONE
    if life.ended_on is not None and life.ended_on <= day:
        return life.stage or _ending(life.ended_how)
    if life.state_since("away"):
        return Status.TRANSFERRED_OUT
    if life.state_since("suspended"):
        return Status.SUSPENDED
    if life.full_member_on is not None and life.full_member_on <= day:
        side = (Status.INNER_PROBATION, Status.CORRECTION_IN_TERM)
        return next((one for one in side if life.state_since(one)), Status.FULL)
    if life.probation_end_on is not None and life.probation_end_on <= day:
        return Status.PROBATION_EXPIRED
    return Status.PROBATION_EXTENDED if life.extensions else Status.PROBATIONARY


def _ending(how: str) -> Status:
    return Status(how) if how in (*ENDINGS, Status.DECEASED) else Status.ENDED


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A row of the table. `ends_case` is a word of the case's end, `opens` and `closes` are side states.

    `needs_document`: not without the number of the deciding document; `asks_term`: it lasts for some months that are asked for.
    """

    key: str
    title: str
    before: frozenset[Status]
    after: Status | None
    decider: str
    source: str
    article: str
    reverse: str
    grounds: tuple[str, ...] = ()
    needs_document: bool = True
    asks_term: bool = False
    ends_membership: bool = False
    uncounts_admission: bool = False
    ends_case: str = ""
    opens: str = ""
    closes: str = ""
    by_transfer: bool = False
    by_recognition: bool = False

    @property
    def has_own_room(self) -> bool:
        """Whether it is decided elsewhere than among the changes of one person: with a letter, or after the audit of a file."""
        return self.by_transfer or self.by_recognition

    @property
    def citation(self) -> str:
        return f"《{self.source}》{self.article}"


GROUNDS: Final[Mapping[str, str]] = {
    "lost_contact": "失去联系六个月以上，多方查找没有结果",
    "settled_abroad": "在国（境）外定居",
    "study_abroad": "出国学习研究超过五年未返回",
    "self_lapse": "自行脱党（连续六个月无正当理由不参加组织生活、不交党费或者不做党所分配的工作）",
    "voluntary": "本人要求退党",
    "lost_for_years": "停止党籍满二年仍无法取得联系",
    "refuses_withdrawal": "劝其退党而坚持不退",
    "lost_conviction": "理想信念缺失，丧失共产主义信念",
}


def _change(key: str, title: str, before: frozenset[Status], after: Status | None, **more: object) -> Change:
    return Change(key=key, title=title, before=before, after=after, **more)  # type: ignore[arg-type]


RETURNED: Final = "returned_to_county"
NOT_RECOGNISED: Final = "not_recognised"
_ALIVE: Final = frozenset({Status.NONE, *IN_DEVELOPMENT, *MEMBERS, *ENDINGS, Status.ENDED})
_ALL: Final = (
    _change(
        "deceased", "去世登记", _ALIVE, Status.DECEASED, decider="党支部登记", source=HANDBOOK, article="党籍状况表",
        reverse="不可恢复；登记错误的撤销该条登记", needs_document=False, ends_membership=True, ends_case="deceased",
    ),
    _change(
        "application_withdrawn", "撤回入党申请", IN_DEVELOPMENT, Status.NONE, decider="本人书面提出，党支部登记", source=HANDBOOK,
        article="党籍状况表", reverse="可以重新申请", needs_document=False, ends_case="application_withdrawn",
    ),
    _change(
        "cultivation_stopped", "停止培养", IN_DEVELOPMENT, Status.NONE, decider="党支部讨论决定，报上级党委备案", source=HANDBOOK,
        article="党籍状况表", reverse="可以重新申请", needs_document=False, ends_case="cultivation_stopped",
    ),
    _change(
        "probation_extended", "延长预备期", ON_PROBATION, Status.PROBATION_EXTENDED, decider=BRANCH_AND_COMMITTEE,
        source=RULES_2014, article="第三十二条", reverse="只延长一次，期满讨论", asks_term=True, opens="probation_extended",
    ),
    _change(
        "probation_cancelled", "取消预备党员资格", ON_PROBATION, Status.PROBATION_CANCELLED, decider=BRANCH_AND_COMMITTEE,
        source=RULES_2014, article="第三十二条", reverse="可以从头重新申请", ends_membership=True, uncounts_admission=True, ends_case="probation_cancelled",
    ),
    _change(
        "membership_suspended", "停止党籍", frozenset({Status.FULL, Status.CORRECTION_IN_TERM}), Status.SUSPENDED,
        decider="党支部或者上级党组织决定", source=EDUCATION_2019, article="（党籍管理）", reverse="可以恢复党籍", opens="suspended",
        grounds=("lost_contact", "settled_abroad", "study_abroad"),
    ),
    _change(
        "membership_restored", "恢复党籍", frozenset({Status.SUSPENDED}), Status.FULL, decider=BRANCH_AND_COMMITTEE,
        source=EDUCATION_2019, article="（党籍管理）", reverse="", closes="suspended",
    ),
    _change(
        "correction_in_term", "限期改正", frozenset({Status.FULL}), Status.CORRECTION_IN_TERM, decider=BRANCH_AND_COMMITTEE,
        source=DISPOSAL_2024, article="（限期改正）", reverse="期满复核后解除", asks_term=True, opens="correction_in_term",
    ),
    _change(
        "correction_ended", "解除限期改正", frozenset({Status.CORRECTION_IN_TERM}), Status.FULL, decider="党支部复核，上级党委审批",
        source=DISPOSAL_2024, article="（限期改正）", reverse="", closes="correction_in_term",
    ),
    _change(
        "advised_to_withdraw", "劝其退党", frozenset({Status.FULL, Status.CORRECTION_IN_TERM}), Status.ADVISED_TO_WITHDRAW,
        decider=BRANCH_AND_COMMITTEE, source=DISPOSAL_2024, article="（劝其退党）", reverse="五年内不得重新入党", ends_membership=True,
    ),
    _change(
        "removed", "除名", frozenset({Status.FULL, Status.CORRECTION_IN_TERM, Status.SUSPENDED}), Status.REMOVED,
        decider=BRANCH_AND_COMMITTEE, source=DISPOSAL_2024, article="（除名）", reverse="五年内不得重新入党", ends_membership=True,
        grounds=("self_lapse", "voluntary", "lost_for_years", "refuses_withdrawal", "lost_conviction"),
    ),
    _change(
        "inner_probation", "留党察看", frozenset({Status.FULL, Status.CORRECTION_IN_TERM}), Status.INNER_PROBATION,
        decider="支部大会讨论，党的基层委员会或者纪律检查机关批准", source=DISCIPLINE_2023, article="（留党察看）",
        reverse="期满恢复党员权利", asks_term=True, opens="inner_probation",
    ),
    _change(
        "inner_probation_extended", "延长留党察看", frozenset({Status.INNER_PROBATION}), Status.INNER_PROBATION,
        decider="原批准机关批准", source=DISCIPLINE_2023, article="（留党察看）", reverse="期满恢复党员权利",
    ),
    _change(
        "rights_restored", "留党察看期满恢复党员权利", frozenset({Status.INNER_PROBATION}), Status.FULL,
        decider="支部大会讨论，原批准机关批准", source=DISCIPLINE_2023, article="（留党察看）", reverse="", closes="inner_probation",
    ),
    _change(
        "expelled", "开除党籍", FULL_MEMBERS | {Status.SUSPENDED}, Status.EXPELLED, decider="县级以上纪律检查机关批准",
        source=DISCIPLINE_2023, article="（开除党籍）", reverse="五年内不得重新入党", ends_membership=True,
    ),
    _change(
        NOT_RECOGNISED, "不予承认党员身份", MEMBERS, Status.NOT_RECOGNISED, decider="县委组织部审核，县委决定后通报", source=RULES_2014,
        article="（严肃纪律）", reverse="可以从头重新申请；决定有误的撤销该项决定", ends_membership=True, uncounts_admission=True,
        ends_case=NOT_RECOGNISED, by_recognition=True,
    ),
    _change(
        "transferred_out", "组织关系转出县外", IN_STOCK, Status.TRANSFERRED_OUT, decider="转出、转入双方党委",
        source=EDUCATION_2019, article="第二十五条", reverse="转回时续接原党籍", ends_membership=True, by_transfer=True,
        needs_document=False,
    ),
    _change(
        RETURNED, "组织关系转回本县", frozenset({Status.TRANSFERRED_OUT}), Status.FULL, decider="转出、转入双方党委",
        source=EDUCATION_2019, article="第二十五条", reverse="", by_transfer=True, needs_document=False,
    ),
)  # fmt: skip
CHANGES: Final[Mapping[str, Change]] = {one.key: one for one in _ALL}
"""Every change by its key, in the order a clerk is offered them."""


def moved(change: Change) -> list[str]:
    """What a change does, in words."""
    said = {
        "党籍自当日终止，退出党员人数": change.ends_membership,
        "自当日起不再计入发展党员数": change.uncounts_admission,
        "退出党员人数和应到会人数，党籍保留": change.opens == "suspended",
        "没有表决权、选举权和被选举权，仍计入党员人数": change.opens == "inner_probation",
        "期限由一年延长到二年": change.key == "inner_probation_extended",
        "预备期届满日顺延": change.opens == "probation_extended",
        "党员权利不变，期满复核": change.opens == "correction_in_term",
        "恢复党员人数和党员权利": change.closes in ("suspended", "inner_probation"),
        "限期改正结束": change.closes == "correction_in_term",
        "培养结束": bool(change.ends_case),
        "续接原党籍，党龄连续计算；自转入之日起计入党员人数，预备党员仍为预备党员": change.key == RETURNED,
    }
    return [words for words, holds in said.items() if holds]
