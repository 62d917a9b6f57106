"""Who votes, when a meeting is valid, when a motion is passed: MTG-01 to MTG-12 over whole numbers. Pure.

n: due with a vote, p: present in person, y: yes. Both denominators are those due, never those present (MTG-04).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from yumiao.kernel.objections import Objection, Severity
from yumiao.rulebook import Confidence, Rule

BRANCH_2018: Final = "中国共产党支部工作条例（试行）"
RULES_2014: Final = "中国共产党发展党员工作细则"
CONSTITUTION: Final = "中国共产党章程"
ELECTION_2020: Final = "中国共产党基层组织选举工作条例"
HANDBOOK: Final = "县党务工作手册"
WORDS: Final = {
    "due": "应到会有表决权人数", "present": "实到", "yes": "赞成", "no": "反对", "abstain": "弃权", "spoilt": "废票",
    "is_full": "正式党员", "is_barred": "留党察看期间", "received_on": "收到日期", "held_on": "会议日期", "is_secret": "无记名",
    "resolved_on": "党员大会决议日期", "meetings": "本季度会议次数",
    "already": "已有登记", "resting": "依靠本表决的步骤数",
    "approved_on": "上级批准日期", "document": "批准文号", "people": "本表决的人数", "teller": "计票人", "candidate": "本人",
}  # fmt: skip


class Measure(StrEnum):
    """By which rule a vote is counted."""

    ADMISSION = "admission"  # MTG-03
    ORDINARY = "ordinary"  # MTG-02
    COMMITTEE = "committee"  # MTG-08, MTG-12
    ELECTION = "election"  # MTG-09


class Result(StrEnum):
    """What came of a vote."""

    PASSED = "passed"
    FAILED = "failed"
    NO_QUORUM = "no_quorum"

    @property
    def label(self) -> str:
        return {"passed": "通过", "failed": "未通过", "no_quorum": "到会人数不足，会议无效"}[self.value]


_ADMITTING: Final = frozenset({"admission", "confirmation"})
_MEMBERS: Final = "members"


def measure_of(kind: str, meeting: str) -> Measure:
    """By which rule a motion of a kind is counted at a kind of meeting: words of `Motion.Kind` and `Meeting.Kind`."""
    if kind in _ADMITTING:
        return Measure.ADMISSION
    return Measure.ORDINARY if meeting == _MEMBERS else Measure.COMMITTEE


def has_quorum(measure: Measure, due: int, present: int) -> bool:
    """Whether enough of those due are there in person."""
    if measure is Measure.ADMISSION:
        return 2 * present > due
    if measure is Measure.ELECTION:
        return 5 * present >= 4 * due
    return 2 * present >= due


def quorum(measure: Measure, due: int) -> int:
    """The fewest that must be present."""
    if measure is Measure.ADMISSION:
        return due // 2 + 1
    if measure is Measure.ELECTION:
        return -(-4 * due // 5)
    return -(-due // 2)


def majority(due: int) -> int:
    """The fewest votes in favour: more than half of those due, in every kind of vote here."""
    return due // 2 + 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """The numbers of one ballot. Earlier written votes count in admission and confirmation alone (MTG-05, MTG-12)."""

    due: int
    present: int
    yes: int
    no: int = 0
    abstain: int = 0
    spoilt: int = 0
    written_yes: int = 0
    written_no: int = 0
    written_abstain: int = 0

    @property
    def written(self) -> int:
        return self.written_yes + self.written_no + self.written_abstain

    def in_favour(self, measure: Measure) -> int:
        return self.yes + (self.written_yes if measure is Measure.ADMISSION else 0)


def result_of(measure: Measure, count: Count) -> Result:
    """Whether the motion is passed."""
    if count.due <= 0 or not has_quorum(measure, count.due, count.present):
        return Result.NO_QUORUM
    return Result.PASSED if 2 * count.in_favour(measure) > count.due else Result.FAILED


def said_of(measure: Measure, count: Count) -> str:
    """The numbers against what is needed, in words."""
    written = (
        f"（另有会前书面赞成 {count.written_yes} 票）" if count.written_yes and measure is Measure.ADMISSION else ""
    )
    return (
        f"应到会有表决权的 {count.due} 人，实到 {count.present} 人（至少 {quorum(measure, count.due)} 人），"
        f"赞成 {count.yes} 票{written}（至少 {majority(count.due)} 票），反对 {count.no} 票，弃权 {count.abstain} 票"
    )


def _counted(**more: int) -> dict[str, object]:
    return dict(more)


_SINCE: Final = date(2018, 10, 28)
MTG_01 = Rule(
    id="MTG-01", title="党员大会每季度召开", text="支部党员大会一般每季度召开一次。", source=BRANCH_2018, article="第十一条", since=_SINCE,
    severity=Severity.WARN, confidence=Confidence.VERIFIED, words=WORDS, holds=lambda *, meetings: meetings >= 1,
    passing=({"meetings": 1}, {"meetings": 4}), failing=({"meetings": 0}, {"meetings": False}),
)  # fmt: skip
MTG_02 = Rule(
    id="MTG-02", title="一般决议", text="有表决权的党员到会达到半数，赞成人数超过应到会有表决权人数的半数，方为通过。", source=BRANCH_2018,
    article="第十一条", since=_SINCE, confidence=Confidence.VERIFIED, words=WORDS,
    holds=lambda *, due, present, yes: 2 * present >= due and 2 * yes > due,
    passing=(_counted(due=16, present=8, yes=9), _counted(due=17, present=9, yes=9)),
    failing=(_counted(due=16, present=8, yes=8), _counted(due=16, present=7, yes=7)),
)  # fmt: skip
MTG_03 = Rule(
    id="MTG-03", title="接收和转正的表决",
    text="到会有表决权的正式党员超过应到会的半数方可开会，赞成人数超过应到会有表决权的正式党员的半数方为通过；会前书面提出的赞成意见计入。",
    source=RULES_2014, article="第二十条、第二十二条", since=date(2014, 5, 28), confidence=Confidence.VERIFIED, words=WORDS,
    holds=lambda *, due, present, yes: 2 * present > due and 2 * yes > due,
    passing=(_counted(due=17, present=9, yes=9), _counted(due=3, present=2, yes=2)),
    failing=(_counted(due=17, present=9, yes=8), _counted(due=16, present=8, yes=9), _counted(due=18, present=10, yes=9)),
)  # fmt: skip
MTG_05 = Rule(
    id="MTG-05", title="会前的书面意见计入", text="因故不能到会、在会前正式向支部书面提出意见的，计入票数，不计入到会人数；会后收到的不计入。",
    source=RULES_2014, article="第二十二条", since=date(2014, 5, 28), confidence=Confidence.VERIFIED, words=WORDS, severity=Severity.WARN,
    holds=lambda *, received_on, held_on: received_on <= held_on,
    passing=({"received_on": date(2026, 5, 14), "held_on": date(2026, 5, 15)}, {"received_on": date(2026, 5, 15), "held_on": date(2026, 5, 15)}),
    failing=({"received_on": date(2026, 5, 16), "held_on": date(2026, 5, 15)}, {"received_on": date(2026, 6, 1), "held_on": date(2026, 5, 15)}),
)  # fmt: skip
MTG_06 = Rule(
    id="MTG-06", title="逐个无记名表决", text="讨论接收两名以上的，逐个讨论、逐个表决，采取无记名投票；一次表决只涉及一人。",
    source=RULES_2014, article="第二十二条",
    since=date(2014, 5, 28), confidence=Confidence.VERIFIED, words=WORDS, holds=lambda *, people, is_secret: people == 1 and is_secret,
    passing=({"people": 1, "is_secret": True}, {"people": True, "is_secret": True}),
    failing=({"people": 2, "is_secret": True}, {"people": 1, "is_secret": False}),
)  # fmt: skip
MTG_07 = Rule(
    id="MTG-07", title="有表决权的党员", text="正式党员有表决权；预备党员没有表决权；受留党察看处分的，在恢复党员权利前没有表决权。", source=CONSTITUTION,
    article="第七条、第四十一条", since=date(1982, 9, 6), confidence=Confidence.VERIFIED, words=WORDS,
    holds=lambda *, is_full, is_barred: is_full and not is_barred,
    passing=({"is_full": True, "is_barred": False}, {"is_full": True, "is_barred": None}),
    failing=({"is_full": False, "is_barred": False}, {"is_full": True, "is_barred": True}),
)  # fmt: skip
MTG_08 = Rule(
    id="MTG-08", title="委员会会议", text="委员会会议有半数以上委员到会方可举行；赞成人数超过应到会委员的半数方为通过。",
    source=BRANCH_2018, article="第十二条",
    since=_SINCE, confidence=Confidence.VERIFIED, words=WORDS, holds=lambda *, due, present, yes: 2 * present >= due and 2 * yes > due,
    passing=(_counted(due=5, present=3, yes=3), _counted(due=8, present=5, yes=5)),
    failing=(_counted(due=5, present=2, yes=2), _counted(due=8, present=4, yes=4)),
)  # fmt: skip
MTG_09 = Rule(
    id="MTG-09", title="选举的到会人数", text="进行选举时，有选举权的到会人数不少于应到会人数的五分之四，会议有效。",
    source=ELECTION_2020, article="第二十条",
    since=date(2020, 7, 13), confidence=Confidence.VERIFIED, words=WORDS, holds=lambda *, due, present: 5 * present >= 4 * due,
    passing=(_counted(due=17, present=14), _counted(due=5, present=4)), failing=(_counted(due=17, present=13), _counted(due=5, present=3)),
)  # fmt: skip
MTG_10 = Rule(
    id="MTG-10", title="不计入应到会的，经批准并决议",
    text="符合规定情形的党员，经上级党组织批准并经党员大会通过，可以不计入应到会人数；未经批准、决议的一律计入。",
    source=HANDBOOK, article="MTG-10", since=date(2026, 1, 1), confidence=Confidence.DEFAULT, words=WORDS,
    holds=lambda *, resolved_on, approved_on, held_on, document: bool(document.strip()) and max(resolved_on, approved_on) <= held_on,
    passing=(
        {"resolved_on": date(2026, 5, 1), "approved_on": date(2026, 5, 8), "held_on": date(2026, 5, 15), "document": "青石党〔2026〕3号"},
        {"resolved_on": date(2026, 5, 15), "approved_on": date(2026, 5, 8), "held_on": date(2026, 5, 15), "document": "青石党〔2026〕3号"},
    ),
    failing=(
        {"resolved_on": date(2026, 5, 16), "approved_on": date(2026, 5, 8), "held_on": date(2026, 5, 15), "document": "青石党〔2026〕3号"},
        {"resolved_on": date(2026, 5, 1), "approved_on": date(2026, 5, 8), "held_on": date(2026, 5, 15), "document": ""},
    ),
)  # fmt: skip
MTG_13 = Rule(
    id="MTG-13", title="票数相符", text="赞成、反对、弃权和废票相加等于实到人数，实到人数不超过应到会人数；书面意见的人数不超过没有到会的人数。",
    source=HANDBOOK,
    article="MTG-13", since=date(2026, 1, 1), confidence=Confidence.DEFAULT, words=WORDS,
    holds=lambda *, due, present, yes, no, abstain, spoilt: 0 <= present <= due and yes + no + abstain + spoilt == present,
    passing=(_counted(due=17, present=9, yes=8, no=0, abstain=1, spoilt=0), _counted(due=3, present=3, yes=1, no=1, abstain=0, spoilt=1)),
    failing=(_counted(due=17, present=9, yes=9, no=1, abstain=0, spoilt=0), _counted(due=8, present=9, yes=9, no=0, abstain=0, spoilt=0)),
)  # fmt: skip
MTG_14 = Rule(
    id="MTG-14", title="一次会议对一人一事只表决一次", text="同一组织在同一天的会议上，对同一人的同一事项只登记一次表决。",
    source=HANDBOOK, article="MTG-14", since=date(2026, 1, 1), confidence=Confidence.DEFAULT, words=WORDS,
    holds=lambda *, already: already == 0, passing=({"already": 0}, {"already": False}), failing=({"already": 1}, {"already": 2}),
)  # fmt: skip
MTG_15 = Rule(
    id="MTG-15", title="已作依据的表决不收回", text="表决已经作为发展步骤的依据，或者有补录正在依靠它的，会议登记不能收回。",
    source=HANDBOOK, article="MTG-15", since=date(2026, 1, 1), confidence=Confidence.DEFAULT, words=WORDS,
    holds=lambda *, resting: resting == 0, passing=({"resting": 0}, {"resting": False}), failing=({"resting": 1}, {"resting": 3}),
)  # fmt: skip
EDGE_17 = Rule(
    id="EDGE-17", title="本人和亲属不计票", text="被讨论的人不担任监票人、计票人；亲属担任的提示更换。",
    source=HANDBOOK, article="EDGE-17", since=date(2026, 1, 1),
    severity=Severity.WARN, confidence=Confidence.DEFAULT, words=WORDS, holds=lambda *, teller, candidate: teller != candidate,
    passing=({"teller": "韦春晓", "candidate": "盘云舟"}, {"teller": "", "candidate": "盘云舟"}),
    failing=({"teller": "盘云舟", "candidate": "盘云舟"}, {"teller": "韦春晓", "candidate": "韦春晓"}),
)  # fmt: skip
RULES: Final = (
    MTG_01, MTG_02, MTG_03, MTG_05, MTG_06, MTG_07, MTG_08, MTG_09, MTG_10, MTG_13, MTG_14, MTG_15, EDGE_17,
)  # fmt: skip
BY_MEASURE: Final = {
    Measure.ADMISSION: MTG_03,
    Measure.ORDINARY: MTG_02,
    Measure.COMMITTEE: MTG_08,
    Measure.ELECTION: MTG_09,
}


def count_objections(measure: Measure, count: Count) -> list[Objection]:
    """Whether the numbers can be (MTG-13); a result that is no pass is no objection."""
    numbers = {
        "due": count.due,
        "present": count.present,
        "yes": count.yes,
        "no": count.no,
        "abstain": count.abstain,
        "spoilt": count.spoilt,
    }
    if min(numbers.values()) < 0 or not MTG_13.holds(**numbers):
        votes = count.yes + count.no + count.abstain + count.spoilt
        return [
            MTG_13.objection(
                f"应到会 {count.due} 人，实到 {count.present} 人，票数合计 {votes}", "核对票数后重新填写。"
            )
        ]
    if count.written > count.due - count.present:
        return [
            MTG_13.objection(
                f"书面意见 {count.written} 份，没有到会的只有 {count.due - count.present} 人", "核对书面意见的份数。"
            )
        ]
    return []
