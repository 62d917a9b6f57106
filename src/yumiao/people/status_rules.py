"""What stands against a change of status: terms, evidence, who may decide. Pure.

Must not know: the database, pages; how long a county's own settings say, which come as arguments.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from yumiao.kernel.objections import Objection, Severity
from yumiao.kernel.periods import add_months, add_years, on_paper
from yumiao.people.rules import HANDBOOK
from yumiao.people.status import (
    CHANGES,
    DISCIPLINE_2023,
    DISPOSAL_2024,
    EDUCATION_2019,
    ENDINGS,
    ON_PROBATION,
    Change,
    Life,
    Status,
    status_on,
)
from yumiao.rulebook import Confidence, Rule

LOST_MONTHS: Final = 6
REMOVAL_YEARS: Final = 2
STUDY_YEARS: Final = 5
BARRED_YEARS: Final = 5
USUAL_CORRECTION, LONGEST_CORRECTION = 6, 12
INNER_PROBATION_MONTHS: Final = (12, 24)
BARRED: Final = (Status.ADVISED_TO_WITHDRAW.value, Status.REMOVED.value, Status.EXPELLED.value)

WORDS = {
    "change": "变动",
    "status": "当前状况",
    "deciding": "经办人",
    "person": "当事人",
    "last_seen_on": "最后一次参加组织生活或者交纳党费",
    "on": "决定日期",
    "suspended_on": "停止党籍日期",
    "channels": "查找途径数",
    "fewest": "至少",
    "months": "期限（月）",
    "ended_how": "党籍终止原因",
    "ended_on": "党籍终止日期",
    "admitted_on": "再次入党日期",
    "left_on": "出国（境）日期",
    "since": "开始日期",
    "term_months": "期限（月）",
    "document": "决定文号",
}
MEM_09 = Rule(
    id="MEM-09",
    title="预备党员不适用五种纪律处分",
    text="五种纪律处分和停止党籍、限期改正等只适用于正式党员；预备党员违纪或者失去联系的，延长预备期或者取消预备党员资格。",
    source=HANDBOOK,
    article="MEM-09、MOB-07",
    since=date(2026, 1, 1),
    confidence=Confidence.FROM_MEMORY,
    words=WORDS,
    holds=lambda *, change, status: status not in ON_PROBATION or status in CHANGES[change].before,
    passing=(
        {"change": "inner_probation", "status": Status.FULL},
        {"change": "probation_cancelled", "status": Status.PROBATIONARY},
    ),
    failing=(
        {"change": "inner_probation", "status": Status.PROBATIONARY},
        {"change": "membership_suspended", "status": Status.PROBATION_EXPIRED},
    ),
)
MEM_11 = Rule(
    id="MEM-11",
    title="不办理本人的变动",
    text="办理党籍变动和组织关系转接的人，不得办理自己的事项。",
    source=HANDBOOK,
    article="MEM-11",
    since=date(2026, 1, 1),
    confidence=Confidence.DEFAULT,
    words=WORDS,
    holds=lambda *, deciding, person: deciding is None or deciding != person,
    passing=({"deciding": "甲", "person": "乙"}, {"deciding": None, "person": "乙"}),
    failing=({"deciding": "甲", "person": "甲"}, {"deciding": "乙", "person": "乙"}),
)
MEM_12 = Rule(
    id="MEM-12",
    title="变动与当前状况相符",
    text="每一种党籍变动只能从规定的状况办起；去世的人员不再办理变动。",
    source=HANDBOOK,
    article="MEM-12",
    since=date(2026, 1, 1),
    confidence=Confidence.DEFAULT,
    words=WORDS,
    holds=lambda *, change, status: status in CHANGES[change].before,
    passing=(
        {"change": "membership_restored", "status": Status.SUSPENDED},
        {"change": "deceased", "status": Status.APPLICANT},
    ),
    failing=(
        {"change": "membership_restored", "status": Status.FULL},
        {"change": "deceased", "status": Status.DECEASED},
    ),
)
MEM_13 = Rule(
    id="MEM-13",
    title="决定须有文号",
    text="须经审批的党籍变动，登记时写明决定（批复）的文号。",
    source=HANDBOOK,
    article="MEM-13",
    since=date(2026, 1, 1),
    confidence=Confidence.DEFAULT,
    words=WORDS,
    holds=lambda *, change, document: bool(document) or not CHANGES[change].needs_document,
    passing=(
        {"change": "removed", "document": "青石党发〔2026〕9号"},
        {"change": "deceased", "document": ""},
    ),
    failing=({"change": "removed", "document": ""}, {"change": "membership_suspended", "document": ""}),
)
MOB_05 = Rule(
    id="MOB-05",
    title="失去联系六个月以上方可停止党籍",
    text="失去联系自最后一次参加组织生活或者交纳党费（取较晚的一天）起算，满六个月并经多方查找仍无法取得联系的，可以停止党籍。",
    source=EDUCATION_2019,
    article="（党籍管理）",
    since=date(2019, 5, 6),
    confidence=Confidence.VERIFIED,
    words=WORDS,
    holds=lambda *, last_seen_on, on: on >= add_months(last_seen_on, LOST_MONTHS),
    passing=(
        {"last_seen_on": date(2026, 2, 10), "on": date(2026, 8, 10)},
        {"last_seen_on": date(2026, 2, 10), "on": date(2026, 9, 20)},
    ),
    failing=(
        {"last_seen_on": date(2026, 2, 10), "on": date(2026, 8, 9)},
        {"last_seen_on": date(2026, 8, 31), "on": date(2027, 2, 27)},
    ),
)
MOB_05B = Rule(
    id="MOB-05b",
    title="停止党籍满二年方可按失联除名",
    text="停止党籍二年后确实无法取得联系的，按照自行脱党予以除名。",
    source=EDUCATION_2019,
    article="（党籍管理）",
    since=date(2019, 5, 6),
    confidence=Confidence.VERIFIED,
    words=WORDS,
    holds=lambda *, suspended_on, on: on >= add_years(suspended_on, REMOVAL_YEARS),
    passing=(
        {"suspended_on": date(2026, 9, 20), "on": date(2028, 9, 20)},
        {"suspended_on": date(2024, 2, 29), "on": date(2026, 2, 28)},
    ),
    failing=(
        {"suspended_on": date(2026, 9, 20), "on": date(2028, 9, 19)},
        {"suspended_on": date(2026, 9, 20), "on": date(2027, 9, 20)},
    ),
)
MOB_08 = Rule(
    id="MOB-08",
    title="出国学习研究超过五年未返回的停止党籍",
    text="因私出国并在国（境）外定居的，一般停止党籍；出国（境）学习研究超过五年仍未返回的，一般停止党籍。",
    source=EDUCATION_2019,
    article="（党籍管理）",
    since=date(2019, 5, 6),
    confidence=Confidence.VERIFIED,
    words=WORDS,
    holds=lambda *, left_on, on: on > add_years(left_on, STUDY_YEARS),
    passing=(
        {"left_on": date(2021, 3, 1), "on": date(2026, 3, 2)},
        {"left_on": date(2019, 3, 1), "on": date(2026, 3, 1)},
    ),
    failing=(
        {"left_on": date(2021, 3, 1), "on": date(2026, 3, 1)},
        {"left_on": date(2021, 3, 1), "on": date(2025, 3, 1)},
    ),
)
MOB_09 = Rule(
    id="MOB-09",
    title="认定失联前的查找途径",
    text="提出停止党籍前，应通过电话、亲友、户籍地、公告等途径查找，逐次记入查找记录；最后一次露面以后的途径数不少于本县规定的数目（默认三种），不足的提示，由人决定。",
    source=HANDBOOK,
    article="MOB-09",
    since=date(2026, 1, 1),
    severity=Severity.WARN,
    confidence=Confidence.DEFAULT,
    words=WORDS,
    holds=lambda *, channels, fewest: channels >= fewest,
    passing=({"channels": 3, "fewest": 3}, {"channels": 4, "fewest": 3}),
    failing=({"channels": 2, "fewest": 3}, {"channels": 0, "fewest": 1}),
)
DISP_03 = Rule(
    id="DISP-03",
    title="限期改正一般六个月，最长一年",
    text="限期改正的时间一般为六个月，最长不超过一年。",
    source=DISPOSAL_2024,
    article="（限期改正）",
    since=date(2024, 6, 16),
    confidence=Confidence.VERIFIED,
    words=WORDS,
    holds=lambda *, months: 1 <= months <= LONGEST_CORRECTION,
    passing=({"months": 6}, {"months": 12}),
    failing=({"months": 13}, {"months": 0}),
)
DISP_06 = Rule(
    id="DISP-06",
    title="劝退、除名、开除后五年内不得重新入党",
    text="劝其退党、除名和开除党籍的，自党籍终止之日起五年内不得重新入党；五年的相应日起可以。",
    source=DISPOSAL_2024,
    article="（除名）；纪律处分条例（开除党籍）",
    since=date(2024, 6, 16),
    confidence=Confidence.VERIFIED,
    words=WORDS,
    holds=lambda *, ended_how, ended_on, admitted_on: (
        ended_how not in BARRED or admitted_on >= add_years(ended_on, BARRED_YEARS)
    ),
    passing=(
        {"ended_how": "removed", "ended_on": date(2021, 6, 1), "admitted_on": date(2026, 6, 1)},
        {"ended_how": "probation_cancelled", "ended_on": date(2026, 1, 5), "admitted_on": date(2026, 6, 1)},
        {"ended_how": "not_recognised", "ended_on": date(2026, 1, 5), "admitted_on": date(2026, 6, 1)},
    ),
    failing=(
        {"ended_how": "removed", "ended_on": date(2021, 6, 1), "admitted_on": date(2026, 5, 31)},
        {"ended_how": "expelled", "ended_on": date(2025, 6, 1), "admitted_on": date(2026, 6, 1)},
    ),
)
DIS_04 = Rule(
    id="DIS-04",
    title="留党察看一年或者二年",
    text="留党察看分为一年、二年；期满确有悔改表现的，恢复其党员权利，期满前不得恢复。",
    source=DISCIPLINE_2023,
    article="（留党察看）",
    since=date(2024, 1, 1),
    confidence=Confidence.VERIFIED,
    words=WORDS,
    holds=lambda *, term_months, since, on: (
        term_months in INNER_PROBATION_MONTHS and (on is None or on >= add_months(since, term_months))
    ),
    passing=(
        {"term_months": 12, "since": date(2026, 5, 10), "on": None},
        {"term_months": 24, "since": date(2026, 5, 10), "on": date(2028, 5, 10)},
    ),
    failing=(
        {"term_months": 18, "since": date(2026, 5, 10), "on": None},
        {"term_months": 12, "since": date(2026, 5, 10), "on": date(2027, 5, 9)},
    ),
)
RULES = (
    MEM_09, MEM_11, MEM_12, MEM_13, MOB_05, MOB_05B, MOB_08, MOB_09, DISP_03, DISP_06, DIS_04,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Asked:
    """A change as it is asked for. `last_seen_on`: the later of organisation life and dues; `left_on`: when he went abroad; terms in months.

    `channels`: ways of searching since then; `reached_on`: when one of them found him.
    """

    on: date
    ground: str = ""
    document: str = ""
    months: int = 0
    last_seen_on: date | None = None
    left_on: date | None = None
    channels: int = 0
    reached_on: date | None = None


def standing_objections(change: Change, life: Life, today: date) -> list[Objection]:
    """Why a change cannot be begun now, whatever is filled in; empty where it can. Says from which day, where one will come."""
    status = status_on(life, today)
    if not MEM_09.holds(change=change.key, status=status):
        return [MEM_09.objection(f"当前为{status.label}，不适用{change.title}")]
    if not MEM_12.holds(change=change.key, status=status):
        needed = "、".join(
            dict.fromkeys(one.label for one in Status if one in change.before and one.label != status.label)
        )
        return [MEM_12.objection(f"当前为{status.label}，{change.title}须为：{needed}")]
    return []


def change_objections(
    change: Change, life: Life, asked: Asked, *, fewest_channels: int, begun: date | None, term: int
) -> Iterator[Objection]:
    """What stands against a change as it is filled in. `begun`, `term`: of the side state that it ends, with its months."""
    if not MEM_13.holds(change=change.key, document=asked.document):
        yield MEM_13.objection(f"{change.title}须写明决定（批复）的文号")
    if life.membership_on is not None and change.ends_membership and asked.on <= life.membership_on:
        yield MEM_12.objection(f"变动日期须在入党日期 {on_paper(life.membership_on)}之后")
    if begun is not None and asked.on <= begun:
        yield MEM_12.objection(f"变动日期须在{on_paper(begun)}之后")
    if change.key == "correction_in_term":
        yield from _correction(asked)
    if change.key == "inner_probation" and not DIS_04.holds(term_months=asked.months, since=asked.on, on=None):
        yield DIS_04.objection("留党察看的期限为 12 个月或者 24 个月")
    if (
        change.key == "rights_restored"
        and begun
        and term
        and not DIS_04.holds(term_months=term, since=begun, on=asked.on)
    ):
        yield DIS_04.objection(f"留党察看到{on_paper(add_months(begun, term))}期满，期满前不得恢复权利")
    yield from _lost(asked, fewest_channels)
    if asked.ground == "lost_for_years":
        yield from _gone_for_years(life, asked)


def _correction(asked: Asked) -> Iterator[Objection]:
    if not DISP_03.holds(months=asked.months):
        yield DISP_03.objection(f"限期改正的期限为 1 至 {LONGEST_CORRECTION} 个月")
    elif asked.months > USUAL_CORRECTION:
        yield DISP_03.objection("限期改正一般为六个月，请在理由中说明延长的原因", severity=Severity.WARN)


def _lost(asked: Asked, fewest: int) -> Iterator[Objection]:
    if asked.ground == "lost_contact":
        if asked.last_seen_on is None:
            yield MOB_05.objection("请填写最后一次参加组织生活或者交纳党费的日期")
        elif not MOB_05.holds(last_seen_on=asked.last_seen_on, on=asked.on):
            first = add_months(asked.last_seen_on, LOST_MONTHS)
            yield MOB_05.objection(f"失去联系未满六个月，{on_paper(first)}起可以停止党籍")
        if asked.reached_on is not None:
            said = f"查找记录中{on_paper(asked.reached_on)}已联系上"
            yield MOB_05.objection(said, "核对是否仍然失去联系。", severity=Severity.WARN)
        if not MOB_09.holds(channels=asked.channels, fewest=fewest):
            yield MOB_09.objection(
                f"查找记录中有 {asked.channels} 种查找途径，至少应有 {fewest} 种", "先补记查找，或者在理由中说明。"
            )
    if asked.ground == "study_abroad":
        if asked.left_on is None:
            yield MOB_08.objection("请填写出国（境）日期")
        elif not MOB_08.holds(left_on=asked.left_on, on=asked.on):
            yield MOB_08.objection(
                f"出国（境）未超过五年，{on_paper(add_years(asked.left_on, STUDY_YEARS))}以后可以停止党籍"
            )


def _gone_for_years(life: Life, asked: Asked) -> Iterator[Objection]:
    suspended = life.state_since("suspended")
    if suspended is None:
        yield MOB_05B.objection("没有停止党籍，不能按停止党籍满二年除名")
    elif not MOB_05B.holds(suspended_on=suspended, on=asked.on):
        first = add_years(suspended, REMOVAL_YEARS)
        yield MOB_05B.objection(f"停止党籍未满二年，{on_paper(first)}起可以除名")


def readmission_objections(life: Life, admitted_on: date) -> list[Objection]:
    """Whether somebody whose membership ended may be a member again from that day (DISP-06)."""
    if life.ended_on is None or life.ended_how not in (*ENDINGS, "") or life.ended_how == Status.TRANSFERRED_OUT:
        return []
    if DISP_06.holds(ended_how=life.ended_how, ended_on=life.ended_on, admitted_on=admitted_on):
        return []
    first = add_years(life.ended_on, BARRED_YEARS)
    return [
        DISP_06.objection(
            f"曾于{on_paper(life.ended_on)}{Status(life.ended_how).label}，{on_paper(first)}前不得重新入党"
        )
    ]
