"""The rules on notices, objections and conclusions, and what a notice says of somebody. Pure (domain 4.3, PRV-05, PRV-12)."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Final

from yumiao.kernel.identity import scrub
from yumiao.kernel.objections import Objection, Severity
from yumiao.kernel.periods import on_paper
from yumiao.rulebook import Confidence, Rule

HANDBOOK: Final = "县党务工作手册"
_OWN: Final = date(2026, 1, 1)
_WORDS: Final = {
    "text": "公示内容", "posted_on": "张贴日期", "closes_on": "截止日期", "why": "重新公示的原因", "told_on": "告知本人的日期", "untold": "不告知的依据",
    "today": "今天", "is_handler": "是调查人", "on": "日期",
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """What a notice says of somebody: no number, no address, of the birth no more than the month. `days`: (what, day) as text."""

    name: str
    sex: str = ""
    born: str = ""
    education: str = ""
    occupation: str = ""
    unit: str = ""
    helpers: str = ""
    days: tuple[tuple[str, str], ...] = field(default_factory=tuple)

    @property
    def text(self) -> str:
        return "　".join((self.name, self.sex, self.born, self.education, self.occupation, self.unit, self.helpers))


def written(one: Published) -> str:
    """As it is kept: canonical JSON."""
    return json.dumps(asdict(one), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def read_back(text: str) -> Published:
    """What was kept; of an empty one a blank."""
    said = json.loads(text)
    days = tuple((str(what), str(day)) for what, day in said.pop("days", ()))
    return Published(**{"name": "", **said}, days=days)


def _rule(
    rule: str, title: str, text: str, article: str, *, holds: Callable[..., bool], passing: tuple[Mapping[str, object], ...],
    failing: tuple[Mapping[str, object], ...],
) -> Rule:  # fmt: skip
    return Rule(
        id=rule, title=title, text=text, source=HANDBOOK, article=article, since=_OWN, confidence=Confidence.DEFAULT, words=_WORDS,
        holds=holds, passing=passing, failing=failing,
    )  # fmt: skip


PUB_05 = _rule(
    "PUB-5", "公示内容从简", "公示只写姓名、性别、出生年月、学历、职务、联系人或者介绍人、时间和受理方式，不写公民身份号码、电话和住址。", "4.3",
    holds=lambda *, text: text == scrub(text),
    passing=({"text": "蓝向阳　男　1996年2月"}, {"text": "盘若溪　女　大专"}),
    failing=({"text": "蓝向阳 998001199602149018"}, {"text": "联系电话 12345678901"}),
)  # fmt: skip
PUB_06 = _rule(
    "PUB-6", "公示的期间", "张贴之日不计入，截止日当天二十四时届满；补登的公示日期不晚于今天。", "4.3",
    holds=lambda *, posted_on, closes_on, today: posted_on < closes_on and posted_on <= today,
    passing=(
        {"posted_on": date(2026, 3, 2), "closes_on": date(2026, 3, 9), "today": date(2026, 3, 2)},
        {"posted_on": date(2026, 3, 2), "closes_on": date(2026, 3, 3), "today": date(2026, 4, 2)},
    ),
    failing=(
        {"posted_on": date(2026, 3, 3), "closes_on": date(2026, 3, 10), "today": date(2026, 3, 2)},
        {"posted_on": date(2026, 3, 9), "closes_on": date(2026, 3, 9), "today": date(2026, 3, 9)},
    ),
)  # fmt: skip
PUB_07 = _rule(
    "PUB-7", "公示中断的重新公示", "公示被损毁、遮挡或者中断的，写明原因，重新公示，期间重新计算。", "15", holds=lambda *, why: len(why.strip()) >= 4,
    passing=({"why": "公示栏被大风损毁"}, {"why": "被人撕毁"}), failing=({"why": ""}, {"why": "撕 毁"[:1]}),
)  # fmt: skip
PUB_08 = _rule(
    "PUB-8", "反映人受保护", "异议、举报的来源和内容密封保存，只有调查人能看；结论不写反映人。", "14", holds=lambda *, is_handler: bool(is_handler),
    passing=({"is_handler": True}, {"is_handler": 1}), failing=({"is_handler": False}, {"is_handler": 0}),
)  # fmt: skip
PUB_09 = _rule(
    "PUB-9", "结论告知本人", "调查结论告知本人；法律规定不得告知的，写明依据。", "14",
    holds=lambda *, told_on, untold: told_on is not None or bool(untold.strip()),
    passing=({"told_on": date(2026, 3, 2), "untold": ""}, {"told_on": None, "untold": "案件正在侦查"}),
    failing=({"told_on": None, "untold": ""}, {"told_on": None, "untold": "  "}),
)  # fmt: skip
PUB_10 = _rule(
    "PUB-10", "受理和结论的日期", "受理、结论的日期不晚于今天；结论不早于受理。", "4.3", holds=lambda *, on, today: on <= today,
    passing=({"on": date(2026, 3, 2), "today": date(2026, 3, 2)}, {"on": date(2026, 3, 1), "today": date(2026, 3, 2)}),
    failing=({"on": date(2026, 3, 3), "today": date(2026, 3, 2)}, {"on": date(2027, 3, 2), "today": date(2026, 3, 2)}),
)  # fmt: skip
RULES: Final = (PUB_05, PUB_06, PUB_07, PUB_08, PUB_09, PUB_10)


@dataclass(frozen=True, slots=True)
class Window:
    """Over which days a notice stands, where, and who takes what is said."""

    posted_on: date
    days: int
    in_working_days: bool
    closes_on: date
    place: str
    phone: str
    receiver: str
    is_online: bool = True


def posting_objections(window: Window, said: tuple[Published, ...], today: date) -> Iterator[Objection]:
    """Everything against posting a notice."""
    if not said:
        yield PUB_05.objection("没有选择公示的人员", "至少选择一人。", severity=Severity.BLOCK)
    if not PUB_06.holds(posted_on=window.posted_on, closes_on=window.closes_on, today=today):
        yield PUB_06.objection(
            f"张贴日期 {on_paper(window.posted_on)}晚于今天", "写实际张贴的日期。", severity=Severity.BLOCK
        )
    for one in said:
        if not PUB_05.holds(text=one.text):
            yield PUB_05.objection(f"{one.name}的公示内容含有号码", "删去号码后再公示。", severity=Severity.BLOCK)


def conclusion_objections(
    *, received_on: date, on: date, today: date, text: str, told_on: date | None, untold: str
) -> Iterator[Objection]:
    """Everything against a conclusion as it is written."""
    if not PUB_10.holds(on=on, today=today) or on < received_on:
        yield PUB_10.objection(f"结论日期应在{on_paper(received_on)}至{on_paper(today)}之间", severity=Severity.BLOCK)
    if len(text.strip()) < 5:
        yield PUB_09.objection("没有写明调查结论", "写明查了什么、结果怎样；不写反映人。", severity=Severity.BLOCK)
    if not PUB_09.holds(told_on=told_on, untold=untold):
        yield PUB_09.objection(
            "没有写明告知本人的日期", "告知本人后填写日期；不得告知的写明依据。", severity=Severity.BLOCK
        )
    if told_on is not None and (told_on > today or told_on < received_on):
        yield PUB_10.objection(f"告知日期应在{on_paper(received_on)}至{on_paper(today)}之间", severity=Severity.BLOCK)
