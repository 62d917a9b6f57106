"""What a person's own facts must satisfy: numbers, dates of membership, ties. Pure: asked by import rows, pages and services alike."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from yumiao.kernel import identity
from yumiao.kernel.ages import completed_years
from yumiao.kernel.objections import Objection, Severity
from yumiao.kernel.periods import add_months, on_screen
from yumiao.rulebook import Confidence, Rule

ADULT = 18
PROBATION_MONTHS = 12
CONSTITUTION = "中国共产党章程"
RULES_2014 = "中国共产党发展党员工作细则"
GB_11643 = "公民身份号码 GB 11643"
HANDBOOK = "县党务工作手册"

Found = tuple[str, Objection]  # (key of the column or field concerned, objection)


def _is_valid(*, number: str) -> bool:
    try:
        identity.parse(number)
    except identity.InvalidIdentity as error:
        return error.rule != "IDN-01"
    return True


def probation_end(begins_on: date, *, extended_months: int = 0) -> date:
    """The day on which the probation expires, and from which the standing counts when the person is confirmed (MEM-03, MEM-04)."""
    return add_months(begins_on, PROBATION_MONTHS + extended_months)


WORDS = {
    "number": "号码",
    "declared": "填写",
    "in_number": "号码中",
    "explained": "有说明",
    "born_on": "出生日期",
    "on": "当日",
    "day": "日期",
    "today": "登记当日",
    "admitted_on": "入党日期",
    "confirmed_on": "转正日期",
    "is_full": "正式党员",
}
IDN_01 = Rule(
    id="IDN-01",
    title="公民身份号码长度与校验码",
    text="公民身份号码为 18 位：6 位地址码、8 位出生日期、3 位顺序码、1 位校验码；校验码按 ISO 7064 MOD 11-2 计算。",
    source=GB_11643,
    article="",
    since=date(1999, 7, 1),
    confidence=Confidence.VERIFIED,
    words=WORDS,
    holds=_is_valid,
    passing=({"number": "11010519491231002X"}, {"number": " 43112919900101001７ "}, {"number": "431129670401001"}),
    failing=({"number": "110105194912310021"}, {"number": "4311291990010100"}),
)
IDN_03 = Rule(
    id="IDN-03",
    title="15 位旧号码",
    text="15 位号码只作为历史号码保存，新登记须用 18 位号码；系统给出推算的 18 位号码供核对。",
    source=GB_11643,
    article="",
    since=date(1999, 7, 1),
    confidence=Confidence.VERIFIED,
    words=WORDS,
    holds=lambda *, number: len(identity.normalise(number)) != 15,
    passing=({"number": "43112919670401001X"}, {"number": "51343419920315012 1"}),
    failing=({"number": "431129670401001"}, {"number": "４３１１２９６７０４０１００１"}),
)
IDN_04 = Rule(
    id="IDN-04",
    title="性别、出生日期与号码一致",
    text="填写的性别、出生日期应与公民身份号码一致；不一致而有说明的，两者都保留并提示，没有说明的不予受理。",
    source=HANDBOOK,
    article="IDN-04",
    since=date(2026, 1, 1),
    confidence=Confidence.DEFAULT,
    words=WORDS,
    holds=lambda *, declared, in_number, explained: declared == in_number or explained,
    passing=(
        {"declared": date(1990, 1, 1), "in_number": date(1990, 1, 1), "explained": False},
        {"declared": date(1990, 1, 2), "in_number": date(1990, 1, 1), "explained": True},
    ),
    failing=(
        {"declared": date(1990, 1, 2), "in_number": date(1990, 1, 1), "explained": False},
        {"declared": "女", "in_number": "男", "explained": False},
    ),
)
DEV_01 = Rule(
    id="DEV-01",
    title="年满十八岁",
    text="申请入党和接收为预备党员时须年满十八周岁；满岁之日即可。",
    source=CONSTITUTION,
    article="第一条",
    since=date(1982, 9, 6),
    confidence=Confidence.VERIFIED,
    words=WORDS,
    holds=lambda *, born_on, on: completed_years(born_on, on) >= ADULT,
    passing=(
        {"born_on": date(2008, 6, 30), "on": date(2026, 6, 30)},
        {"born_on": date(2004, 2, 29), "on": date(2022, 3, 1)},
    ),
    failing=(
        {"born_on": date(2008, 6, 30), "on": date(2026, 6, 29)},
        {"born_on": date(2004, 2, 29), "on": date(2022, 2, 28)},
    ),
)
DEV_21 = Rule(
    id="DEV-21",
    title="日期须存在且不晚于当日",
    text="所填日期必须是日历上存在的日子，并且不晚于登记（导入）当日。",
    source=HANDBOOK,
    article="DEV-21",
    since=date(2026, 1, 1),
    confidence=Confidence.DEFAULT,
    words=WORDS,
    holds=lambda *, day, today: day <= today,
    passing=(
        {"day": date(2026, 10, 31), "today": date(2026, 10, 31)},
        {"day": date(1949, 10, 1), "today": date(2026, 10, 31)},
    ),
    failing=(
        {"day": date(2026, 11, 1), "today": date(2026, 10, 31)},
        {"day": date(2056, 1, 15), "today": date(2026, 10, 31)},
    ),
)
MEM_03 = Rule(
    id="MEM-03",
    title="预备期满方可转正",
    text="预备期一年，自支部大会通过之日起，至次年相应日届满；转正日期不得早于届满之日。",
    source=RULES_2014,
    article="第三十二条",
    since=date(2014, 6, 11),
    severity=Severity.WARN,
    confidence=Confidence.VERIFIED,
    words=WORDS,
    holds=lambda *, admitted_on, confirmed_on: confirmed_on >= probation_end(admitted_on),
    passing=(
        {"admitted_on": date(2026, 5, 15), "confirmed_on": date(2027, 5, 15)},
        {"admitted_on": date(2024, 2, 29), "confirmed_on": date(2025, 2, 28)},
    ),
    failing=(
        {"admitted_on": date(2026, 5, 15), "confirmed_on": date(2027, 5, 14)},
        {"admitted_on": date(2024, 12, 12), "confirmed_on": date(2025, 12, 11)},
    ),
)
MEM_04 = Rule(
    id="MEM-04",
    title="转正不早于入党",
    text="转正日期不得早于入党日期。",
    source=RULES_2014,
    article="第三十四条",
    since=date(2014, 6, 11),
    confidence=Confidence.VERIFIED,
    words=WORDS,
    holds=lambda *, admitted_on, confirmed_on: confirmed_on >= admitted_on,
    passing=(
        {"admitted_on": date(2020, 5, 1), "confirmed_on": date(2021, 5, 1)},
        {"admitted_on": date(2020, 5, 1), "confirmed_on": date(2020, 5, 1)},
    ),
    failing=(
        {"admitted_on": date(2020, 5, 1), "confirmed_on": date(2020, 4, 30)},
        {"admitted_on": date(2020, 5, 1), "confirmed_on": date(2019, 5, 1)},
    ),
)
MEM_10 = Rule(
    id="MEM-10",
    title="人员类别与转正日期相符",
    text="正式党员应有转正日期，预备党员不应有转正日期；不相符的按所填类别登记并列为待核对。",
    source=HANDBOOK,
    article="MEM-10",
    since=date(2026, 1, 1),
    severity=Severity.WARN,
    confidence=Confidence.DEFAULT,
    words=WORDS,
    holds=lambda *, is_full, confirmed_on: is_full == (confirmed_on is not None),
    passing=({"is_full": True, "confirmed_on": date(2021, 5, 1)}, {"is_full": False, "confirmed_on": None}),
    failing=({"is_full": True, "confirmed_on": None}, {"is_full": False, "confirmed_on": date(2021, 5, 1)}),
)
RULES = (IDN_01, IDN_03, IDN_04, DEV_01, DEV_21, MEM_03, MEM_04, MEM_10)


@dataclass(frozen=True, slots=True)
class Declared:
    """What a row or a form says of a person beside the number; None where it says nothing."""

    number: identity.IdentityNumber
    sex: str | None
    born_on: date | None
    explanation: str = ""

    @property
    def effective_sex(self) -> str:
        return self.sex or self.sex_in_number

    @property
    def effective_birth(self) -> date:
        return self.born_on or self.number.born_on

    @property
    def sex_in_number(self) -> str:
        return "f" if self.number.is_woman else "m"

    def differences(self) -> list[tuple[str, str]]:
        """(field, what the number says) wherever the declared value is another (both are kept)."""
        found = []
        if self.sex and self.sex != self.sex_in_number:
            found.append(("sex", self.sex_in_number))
        if self.born_on and self.born_on != self.number.born_on:
            found.append(("born_on", self.number.born_on.isoformat()))
        return found

    def agreements(self) -> list[str]:
        """The fields in which a declared value is what the number says."""
        differing = dict(self.differences())
        declared = {"sex": self.sex, "born_on": self.born_on}
        return [field for field, value in declared.items() if value and field not in differing]


def number_objections(declared: Declared) -> Iterator[Found]:
    """IDN-04: a difference without an explanation blocks; with one it warns."""
    for field, in_number in declared.differences():
        name, said = {"sex": "性别", "born_on": "出生日期"}[field], {"f": "女", "m": "男"}.get(in_number, in_number)
        text = f"{name}与公民身份号码不一致（号码为{said}）"
        if declared.explanation:
            yield field, IDN_04.objection(text + "，已按说明保留两者", severity=Severity.WARN)
        else:
            yield field, IDN_04.objection(text + "，请更正，或在“与证件不一致说明”中写明原因")


def future_objections(today: date, **days: date | None) -> Iterator[Found]:
    """DEV-21 for every named day that lies after `today`."""
    for field, day in days.items():
        if day is not None and not DEV_21.holds(day=day, today=today):
            yield field, DEV_21.objection(f"日期 {on_screen(day)} 晚于导入当日 {on_screen(today)}")


def membership_objections(
    *, born_on: date | None, is_full: bool | None, membership_on: date, confirmed_on: date | None
) -> Iterator[Found]:
    """Everything against the dates of a membership: BLOCK for what cannot be, WARN for what history may hold. None is not judged."""
    if born_on is not None and not DEV_01.holds(born_on=born_on, on=membership_on):
        age = completed_years(born_on, membership_on) if born_on <= membership_on else None
        said = f"入党时年龄为 {age} 周岁，未满十八周岁" if age is not None else "入党日期早于出生日期"
        yield "membership_on", DEV_01.objection(said)
    if confirmed_on is not None and not MEM_04.holds(admitted_on=membership_on, confirmed_on=confirmed_on):
        yield "confirmed_on", MEM_04.objection(f"转正日期早于入党日期 {on_screen(membership_on)}")
    elif confirmed_on is not None and not MEM_03.holds(admitted_on=membership_on, confirmed_on=confirmed_on):
        expiry = on_screen(probation_end(membership_on))
        yield "confirmed_on", MEM_03.objection(f"转正日期早于预备期届满之日 {expiry}，按原样登记，请核对")
    if is_full is not None and not MEM_10.holds(is_full=is_full, confirmed_on=confirmed_on):
        text = "正式党员没有转正日期，自导入当日起按正式党员计" if is_full else "预备党员填有转正日期，仍按预备党员计"
        yield "confirmed_on", MEM_10.objection(text)
