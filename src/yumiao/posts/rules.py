"""Terms of committees, who may hold a title, how many sit in a committee, and what the numbers of a branch advise. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import StrEnum

from yumiao.kernel.objections import Severity
from yumiao.kernel.periods import add_months, add_years
from yumiao.rulebook import Confidence, Rule
from yumiao.units.rules import KINDS, Form, Sector

BRANCH_RULES = "中国共产党支部工作条例（试行）"
RURAL_RULES = "中国共产党农村基层组织工作条例"
ELECTION_RULES = "中国共产党基层组织选举工作条例"
HANDBOOK = "县党务工作手册"
SINCE_2018 = date(2018, 10, 28)
SINCE_RURAL = date(2018, 12, 28)
AHEAD = 6  # months before its end in which a term is due
COMMITTEE_FROM = 7  # full members
SEATS = range(3, 6)
FEWEST_FULL = 3
MOST_IN_BRANCH = 50
COMMITTEE_ALLOWED_FROM = 100


class Title(StrEnum):
    """What somebody is at a unit; the order is that of a list."""

    SECRETARY = "secretary"
    DEPUTY = "deputy"
    ORGANISATION = "organisation"
    PUBLICITY = "publicity"
    DISCIPLINE = "discipline"
    COMMITTEE = "committee"
    GROUP_HEAD = "group_head"
    ORGANISER = "organiser"
    FIRST_SECRETARY = "first_secretary"
    RESIDENT = "resident"

    @property
    def label(self) -> str:
        return _TITLES[self]


_TITLES: Mapping[Title, str] = {
    Title.SECRETARY: "书记",
    Title.DEPUTY: "副书记",
    Title.ORGANISATION: "组织委员",
    Title.PUBLICITY: "宣传委员",
    Title.DISCIPLINE: "纪检委员",
    Title.COMMITTEE: "委员",
    Title.GROUP_HEAD: "党小组组长",
    Title.ORGANISER: "组织员",
    Title.FIRST_SECRETARY: "第一书记",
    Title.RESIDENT: "驻村工作队员",
}
PLACES: Mapping[Title, int] = {title: place for place, title in enumerate(Title)}
ELECTED: tuple[Title, ...] = (
    Title.SECRETARY, Title.DEPUTY, Title.ORGANISATION, Title.PUBLICITY, Title.DISCIPLINE, Title.COMMITTEE,
)  # fmt: skip
COMMITTEE_ONLY = frozenset(ELECTED) - {Title.SECRETARY, Title.DEPUTY}
SENT = frozenset({Title.FIRST_SECRETARY, Title.RESIDENT})


class How(StrEnum):
    """How somebody came to a post."""

    ELECTED = "elected"
    APPOINTED = "appointed"
    SENT = "sent"

    @property
    def label(self) -> str:
        return {"elected": "选举", "appointed": "任命、指派", "sent": "选派"}[self.value]


class TermState(StrEnum):
    """How a term stands on a day."""

    OVERDUE = "overdue"
    SOON = "soon"
    RUNNING = "running"
    UNRECORDED = "unrecorded"

    @property
    def label(self) -> str:
        return {"overdue": "已届满未换届", "soon": "六个月内届满", "running": "任期内", "unrecorded": "未登记届期"}[
            self.value
        ]


def term_years(kind: str) -> int | None:
    """ORG-04, ORG-09: years of a term of an organisation of that kind; None for a group and for the county, which hold none here."""
    found = KINDS[kind]
    if found.form is Form.GROUP or found.sector is Sector.COUNTY:
        return None
    return 5 if found.is_village or found.form is Form.COMMITTEE else 3


def term_due_on(kind: str, elected_on: date) -> date | None:
    """The corresponding day on which the term ends (CAL-03)."""
    years = term_years(kind)
    return None if years is None else add_years(elected_on, years)


def term_state(due_on: date | None, day: date) -> TermState:
    """By the day that counts, postponed or not; on that day itself it is not yet over."""
    if due_on is None:
        return TermState.UNRECORDED
    if day > due_on:
        return TermState.OVERDUE
    return TermState.SOON if day >= add_months(due_on, -AHEAD) else TermState.RUNNING


def is_postponement(*, due_on: date, postponed_to: date, document: str) -> bool:
    """ORG-05."""
    return bool(document.strip()) and due_on < postponed_to <= add_years(due_on, 1)


def may_hold_committee(*, full_members: int, seats: int) -> bool:
    """ORG-03: `seats` are different people in the committee, 0 where there is none beside secretary and deputy."""
    return seats == 0 or (full_members >= COMMITTEE_FROM and seats in SEATS)


def has_standing(*, full_since: date | None, on: date) -> bool:
    """ORG-14."""
    return full_since is not None and add_years(full_since, 1) <= on


def may_be_elected(*, full_since: date | None, on: date, is_on_probation: bool) -> bool:
    """Only a full member has the right to be elected, and not while under 留党察看."""
    return full_since is not None and full_since <= on and not is_on_probation


WORDS = {
    "kind": "组织类别", "elected_on": "换届日期", "due_on": "届满日期", "postponed_to": "延期至", "document": "批复文号",
    "full_members": "正式党员数", "members": "党员数", "seats": "委员会人数", "full_since": "成为正式党员日期", "on": "任职日期",
    "is_on_probation": "留党察看", "title": "职务", "others": "同时在任人数", "sending_unit": "派出单位",
    "until": "派出期满日期",
}  # fmt: skip
ORG_01 = Rule(
    id="ORG-01",
    title="正式党员不足三人的支部",
    text="有正式党员 3 人以上的成立党支部；不足 3 人的，按地域相邻、行业相近、规模适当、便于管理的原则成立联合党支部。只作提示，不自动调整。",
    source="中国共产党章程",
    article="第三十条",
    since=date(1982, 9, 6),
    severity=Severity.WARN,
    confidence=Confidence.VERIFIED,
    words=WORDS,
    holds=lambda *, full_members: full_members >= FEWEST_FULL,
    passing=({"full_members": 3}, {"full_members": 20}),
    failing=({"full_members": 2}, {"full_members": 0}),
)
ORG_02 = Rule(
    id="ORG-02",
    title="支部的规模",
    text="党支部党员人数一般不超过 50 人；超过的可以分设，村、社区可以成立党的总支部。只作提示，不自动调整。",
    source=BRANCH_RULES,
    article="第二章",
    since=SINCE_2018,
    severity=Severity.WARN,
    confidence=Confidence.VERIFIED,
    words=WORDS,
    holds=lambda *, members: members <= MOST_IN_BRANCH,
    passing=({"members": 50}, {"members": 3}),
    failing=({"members": 51}, {"members": 120}),
)
ORG_03 = Rule(
    id="ORG-03",
    title="支部委员会的设立和人数",
    text="正式党员 7 人以上的党支部设立支部委员会，由 3 至 5 人组成；不足 7 人的不设委员会，设书记 1 名，必要时设副书记 1 名。",
    source=BRANCH_RULES,
    article="第六章",
    since=SINCE_2018,
    confidence=Confidence.VERIFIED,
    words=WORDS,
    holds=may_hold_committee,
    passing=({"full_members": 7, "seats": 3}, {"full_members": 6, "seats": 0}, {"full_members": 30, "seats": 5}),
    failing=({"full_members": 6, "seats": 3}, {"full_members": 7, "seats": 2}, {"full_members": 30, "seats": 6}),
)
ORG_04 = Rule(
    id="ORG-04",
    title="每届任期",
    text="村、社区党组织和基层党的委员会每届任期 5 年，其他党支部、党总支每届任期一般为 3 年，自选举之日起算，至相应日届满。",
    source=BRANCH_RULES,
    article="第六章",
    since=SINCE_2018,
    severity=Severity.WARN,
    confidence=Confidence.VERIFIED,
    words=WORDS,
    holds=lambda *, kind, elected_on, on: term_state(term_due_on(kind, elected_on), on) is not TermState.OVERDUE,
    passing=(
        {"kind": "村党支部", "elected_on": date(2021, 3, 5), "on": date(2026, 3, 5)},
        {"kind": "机关党支部", "elected_on": date(2023, 3, 5), "on": date(2026, 3, 5)},
    ),
    failing=(
        {"kind": "村党支部", "elected_on": date(2021, 3, 5), "on": date(2026, 3, 6)},
        {"kind": "机关党支部", "elected_on": date(2023, 3, 5), "on": date(2026, 3, 6)},
    ),
)
ORG_05 = Rule(
    id="ORG-05",
    title="延期换届",
    text="任期届满应当按期换届；需要延期的，报上级党组织批准，延长期限不超过 1 年。",
    source=ELECTION_RULES,
    article="",
    since=date(2020, 7, 13),
    confidence=Confidence.FROM_MEMORY,
    words=WORDS,
    holds=is_postponement,
    passing=(
        {"due_on": date(2026, 3, 5), "postponed_to": date(2027, 3, 5), "document": "青岚组批〔2026〕1号"},
        {"due_on": date(2026, 3, 5), "postponed_to": date(2026, 3, 6), "document": "青岚组批〔2026〕1号"},
    ),
    failing=(
        {"due_on": date(2026, 3, 5), "postponed_to": date(2027, 3, 6), "document": "青岚组批〔2026〕1号"},
        {"due_on": date(2026, 3, 5), "postponed_to": date(2026, 9, 5), "document": ""},
        {"due_on": date(2026, 3, 5), "postponed_to": date(2026, 3, 5), "document": "青岚组批〔2026〕1号"},
    ),
)
ORG_06 = Rule(
    id="ORG-06",
    title="村党组织的形式",
    text="村党员超过 50 人的可以成立党的总支部，达到 100 人的可以成立党的基层委员会，由县级党委批准。只作提示，不自动调整。",
    source=RURAL_RULES,
    article="第二章",
    since=SINCE_RURAL,
    severity=Severity.INFO,
    confidence=Confidence.VERIFIED,
    words=WORDS,
    holds=lambda *, members: members < COMMITTEE_ALLOWED_FROM,
    passing=({"members": 99}, {"members": 20}),
    failing=({"members": 100}, {"members": 180}),
)
ORG_09 = Rule(
    id="ORG-09",
    title="乡镇党委的任期",
    text="乡镇党的委员会每届任期 5 年，一般设委员 7 至 9 名。",
    source=RURAL_RULES,
    article="第二章",
    since=SINCE_RURAL,
    severity=Severity.WARN,
    confidence=Confidence.VERIFIED,
    words=WORDS,
    holds=lambda *, seats: seats in range(7, 10),
    passing=({"seats": 7}, {"seats": 9}),
    failing=({"seats": 6}, {"seats": 10}),
)
ORG_14 = Rule(
    id="ORG-14",
    title="支部书记的党龄",
    text="党支部书记一般应当具有 1 年以上党龄，自成为正式党员之日起算。",
    source=BRANCH_RULES,
    article="第六章",
    since=SINCE_2018,
    severity=Severity.WARN,
    confidence=Confidence.FROM_MEMORY,
    words=WORDS,
    holds=has_standing,
    passing=(
        {"full_since": date(2025, 3, 5), "on": date(2026, 3, 5)},
        {"full_since": date(1990, 7, 1), "on": date(2026, 3, 5)},
    ),
    failing=({"full_since": date(2025, 3, 6), "on": date(2026, 3, 5)}, {"full_since": None, "on": date(2026, 3, 5)}),
)
POS_01 = Rule(
    id="POS-01",
    title="任职的资格",
    text="经选举任职的应当是正式党员；受留党察看处分期间没有表决权、选举权和被选举权。",
    source="中国共产党章程",
    article="第七条",
    since=date(1982, 9, 6),
    confidence=Confidence.FROM_MEMORY,
    words=WORDS,
    holds=may_be_elected,
    passing=(
        {"full_since": date(2026, 3, 5), "on": date(2026, 3, 5), "is_on_probation": False},
        {"full_since": date(1990, 7, 1), "on": date(2026, 3, 5), "is_on_probation": False},
    ),
    failing=(
        {"full_since": date(2026, 3, 6), "on": date(2026, 3, 5), "is_on_probation": False},
        {"full_since": date(1990, 7, 1), "on": date(2026, 3, 5), "is_on_probation": True},
    ),
)
POS_02 = Rule(
    id="POS-02",
    title="书记、第一书记各一人",
    text="同一党组织同时只有一名书记，也只有一名第一书记；改由他人担任的，先办理前任免职。",
    source=HANDBOOK,
    article="",
    since=date(2018, 1, 1),
    confidence=Confidence.DEFAULT,
    words=WORDS,
    holds=lambda *, title, others: others == 0 or Title(title) not in (Title.SECRETARY, Title.FIRST_SECRETARY),
    passing=({"title": Title.SECRETARY, "others": 0}, {"title": Title.DEPUTY, "others": 1}),
    failing=({"title": Title.SECRETARY, "others": 1}, {"title": Title.FIRST_SECRETARY, "others": 1}),
)
POS_03 = Rule(
    id="POS-03",
    title="选派干部的派出单位和期限",
    text="第一书记、驻村工作队员写明派出单位和期满日期。",
    source=HANDBOOK,
    article="",
    since=date(2018, 1, 1),
    confidence=Confidence.DEFAULT,
    words=WORDS,
    holds=lambda *, sending_unit, on, until: bool(sending_unit.strip()) and until is not None and until > on,
    passing=(
        {"sending_unit": "县农业农村局", "on": date(2025, 5, 1), "until": date(2027, 5, 1)},
        {"sending_unit": "省供销社", "on": date(2025, 5, 1), "until": date(2025, 5, 2)},
    ),
    failing=(
        {"sending_unit": "", "on": date(2025, 5, 1), "until": date(2027, 5, 1)},
        {"sending_unit": "县农业农村局", "on": date(2025, 5, 1), "until": None},
        {"sending_unit": "县农业农村局", "on": date(2025, 5, 1), "until": date(2025, 5, 1)},
    ),
)
POS_04 = Rule(
    id="POS-04",
    title="任职登记的日期和内容",
    text="任职、换届、免职的日期不晚于登记当日；换届日期晚于上届换届日期；免职日期晚于任职日期，并写明原因。",
    source=HANDBOOK,
    article="",
    since=date(2018, 1, 1),
    confidence=Confidence.DEFAULT,
    words=WORDS,
    holds=lambda *, elected_on, on: elected_on <= on,
    passing=(
        {"elected_on": date(2026, 3, 5), "on": date(2026, 3, 5)},
        {"elected_on": date(2021, 3, 5), "on": date(2026, 3, 5)},
    ),
    failing=(
        {"elected_on": date(2026, 3, 6), "on": date(2026, 3, 5)},
        {"elected_on": date(2027, 3, 5), "on": date(2026, 3, 5)},
    ),
)
POS_05 = Rule(
    id="POS-05",
    title="党籍终止或留党察看后的任职",
    text="党籍终止或受留党察看处分的，党内职务自然撤销；系统列为须办理免职，由有权的人登记。",
    source="中国共产党纪律处分条例",
    article="",
    since=date(2016, 1, 1),
    severity=Severity.WARN,
    confidence=Confidence.FROM_MEMORY,
    words=WORDS,
    holds=may_be_elected,
    passing=(
        {"full_since": date(2026, 3, 5), "on": date(2026, 3, 5), "is_on_probation": False},
        {"full_since": date(1990, 7, 1), "on": date(2026, 3, 5), "is_on_probation": False},
    ),
    failing=(
        {"full_since": None, "on": date(2026, 3, 5), "is_on_probation": False},
        {"full_since": date(1990, 7, 1), "on": date(2026, 3, 5), "is_on_probation": True},
    ),
)
RULES = (
    ORG_01, ORG_02, ORG_03, ORG_04, ORG_05, ORG_06, ORG_09, ORG_14, POS_01, POS_02, POS_03, POS_04, POS_05,
)  # fmt: skip
