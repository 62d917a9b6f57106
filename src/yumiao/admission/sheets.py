"""The blank county handbook 《发展党员综合资料手册》 as data: notes for whoever fills it in, catalogue of papers, one sheet a step. Pure.

The same path gives the page of the path, this handbook and the forms of the dossier. Must not know: how it is printed, any case.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from yumiao.admission.path import Ask, Edition, Step, Terms
from yumiao.admission.path_page import before_in_words, catalogue, guards_of, terms_in_words

TITLE: Final = "发展党员综合资料手册"
DAY: Final = "　　　　年　　月　　日"
BOXES: Final = ("姓名", "公民身份号码", "所在党支部", "入党志愿书编号", "手册编号")
NOTES: Final = (
    "一、本手册一人一册，自递交入党申请书之日起填写，由所在党支部保管；发展对象转出的，随培养材料一并移交；转正审批后由乡镇党委按目录归档。",
    "二、用黑色钢笔或者签字笔填写，字迹清楚；日期写实际办理之日，不倒填、不提前填写。",
    "三、事后补充的材料，写明补充的真实日期和情况说明，原有材料不得更换、涂改。",
    "四、各步骤按顺序办理：表中“前置步骤”没有完成的，不办理本步骤；确定入党介绍人、政治审查、集中培训的先后不限。",
    "五、支部大会、党委会对每名发展对象逐个讨论、逐个表决，分别填写应到会有表决权人数、实到会人数和票数；会前正式提出书面意见的计入票数。",
    "六、签名由本人书写，不代签；须盖章的加盖党组织印章。",
    "七、政治审查、函调和外调材料单独密封，不装入本手册，本手册只写结论。",
    "八、在系统中登记的日期和结果应与本手册一致；超过三十天登记的为补录，由第二人确认。",
)


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a sheet: a label, and what is printed in it or how many lines are left for the hand."""

    label: str
    given: str = ""
    lines: int = 1


@dataclass(frozen=True, slots=True)
class Sheet:
    """The sheet of one step."""

    step: Step
    stage: str
    rows: tuple[Row, ...]
    signers: tuple[str, ...]
    notes: tuple[str, ...]

    @property
    def heading(self) -> str:
        return f"第 {self.step.number} 步　{self.step.title}"


@dataclass(frozen=True, slots=True)
class Handbook:
    """The whole of it but the cover's county and number."""

    edition: Edition
    notes: tuple[str, ...]
    papers: Sequence[Sequence[str]]
    terms: Sequence[tuple[str, str]]
    sheets: tuple[Sheet, ...]


_COUNTED: Final = (
    "应到会人数", "实到会人数", "会前书面意见人数", "赞成票", "反对票", "弃权票", "废票",
)  # fmt: skip
_ROWS: Final[Mapping[Ask, tuple[Row, ...]]] = {
    Ask.OUTCOME: (Row("结果", "□ 通过　　□ 不通过"),),
    Ask.DOCUMENT: (Row("文号"),),
    Ask.PLACE: (Row("地点"),),
    Ask.PEOPLE: (Row("参加人员"),),
    Ask.NOTE: (Row("情况", lines=6),),
    Ask.DAYS: (Row("培训天数"),),
    Ask.HOURS: (Row("培训学时"),),
    Ask.MONTHS: (Row("延长月数"),),
    Ask.CONTACTS: (Row("培养联系人", lines=2),),
    Ask.INTRODUCERS: (Row("入党介绍人", lines=2),),
    Ask.FORM: (Row("入党志愿书编号"),),
    Ask.MOTION: (*(Row(label) for label in _COUNTED), Row("决议", lines=4)),
}
_DECIDING: Final = Row("表决结果", "□ 按期转正　　□ 延长预备期　　个月　　□ 取消预备党员资格")
_CONFIRMING: Final = frozenset({23, 24})


def handbook_of(edition: Edition, bounds: Terms) -> Handbook:
    """The handbook of an edition, with the terms as they are in force in the county."""
    sheets = tuple(_sheet(edition, step) for step in edition.steps)
    return Handbook(edition, NOTES, list(catalogue(edition)), terms_in_words(bounds), sheets)


def _sheet(edition: Edition, step: Step) -> Sheet:
    slots = [edition.slots[code] for code in step.slots]
    papers = "\n".join(f"□ {one.code} {one.title}（{one.need.label}）" for one in slots)
    stage = next(one for one in edition.stages if one.number == step.stage)
    rows = [Row("姓名"), Row("办理日期", DAY), *(row for one in step.asks for row in _ROWS[one])]
    if step.number in _CONFIRMING:
        rows.append(_DECIDING)
    rows += [Row("由谁办理", step.who), Row("前置步骤", before_in_words(step))]
    rows += [
        Row(label, given) for label, given in (("期限", step.term), ("要求", step.says), ("材料", papers)) if given
    ]
    rows.append(Row("依据", step.citation))
    if step.repeats:
        rows.append(Row("再次办理", "\n".join([f"日期：{DAY}　　情况："] * 3)))
    return Sheet(step, f"第 {stage.number} 阶段　{stage.title}", tuple(rows), _signers(step, edition), _notes(step))


def _signers(step: Step, edition: Edition) -> tuple[str, ...]:
    """Everybody who signs a paper of the step, each once, then the seal."""
    slots = [edition.slots[code] for code in step.slots]
    names = [name for one in slots for name in one.signers.split("、") if name]
    sealed = ("党组织（盖章）",) if any(one.is_stamped for one in slots) else ()
    return (*dict.fromkeys(names), *sealed) or ("经办人",)


def _notes(step: Step) -> tuple[str, ...]:
    rules = "、".join(one.id for one in guards_of(step))
    return (
        f"由{step.level.label}在系统中登记。适用规则：{rules}。" if rules else f"由{step.level.label}在系统中登记。",
    )
