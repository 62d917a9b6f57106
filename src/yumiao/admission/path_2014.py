"""The path of the regulation of 2014 with the 25 steps of the flowchart: five stages, papers A01 to A24 (domain 4.1 and 5). Data alone."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Final

from yumiao.admission.path import Ask, Edition, Level, Need, Slot, Stage, Step

RULES_2014: Final = "中国共产党发展党员工作细则"
CONSTITUTION: Final = "中国共产党章程"
FLOWCHART: Final = "发展党员工作流程图"
_C, _R, _L = Need.CORE, Need.REQUIRED, Need.LOCAL

STAGES: Final = (
    Stage(1, "申请入党"),
    Stage(2, "入党积极分子的确定和培养教育"),
    Stage(3, "发展对象的确定和考察"),
    Stage(4, "预备党员的接收"),
    Stage(5, "预备党员的教育考察和转正"),
)
_SLOTS: Final = (
    Slot("A01", "入党申请书", _C, "本人档案", "申请人"),
    Slot("A02", "谈话记录", _R, "本人档案", "谈话人、申请人"),
    Slot("A03", "推荐（推优）材料", _R, "党支部", "推荐单位", True),
    Slot("A04", "支部委员会会议记录（确定积极分子）", _R, "党支部", "主持人、记录人"),
    Slot("A05", "积极分子备案报告和党委备案意见", _R, "党支部、乡镇党委", "党支部书记", True),
    Slot("A06", "培养联系人指定记录", _R, "党支部", "党支部书记"),
    Slot("A07", "入党积极分子培养教育考察登记表", _C, "本人档案", "培养联系人、党支部书记", True),
    Slot("A08", "思想汇报", _L, "本人档案", "本人"),
    Slot("A09", "党小组、培养联系人、党员和群众意见", _R, "党支部", "记录人"),
    Slot("A10", "支部委员会会议记录（确定发展对象）、备案报告和批复", _R, "党支部、乡镇党委", "主持人、记录人", True),
    Slot("A11", "入党介绍人确定记录", _R, "党支部", "入党介绍人"),
    Slot("A12", "政治审查结论和函调、外调材料", _C, "本人档案（密封）", "审查人、党支部书记", True),
    Slot("A13", "集中培训结业证明", _R, "本人档案", "", True),
    Slot("A14", "支部委员会审查意见，公示及结果", _R, "党支部", "党支部书记"),
    Slot("A15", "预审请示和书面预审意见", _R, "乡镇党委", "", True),
    Slot("A16", "入党志愿书", _C, "本人档案", "本人、入党介绍人、党支部书记", True),
    Slot("A17", "支部大会（接收）会议记录、票样和计票单", _R, "党支部", "主持人、记录人、计票人"),
    Slot("A18", "党委派人谈话记录", _R, "入党志愿书内", "谈话人"),
    Slot("A19", "党委会会议记录、审批意见和备案表", _R, "乡镇党委、县委组织部", "党委书记", True),
    Slot("A20", "入党宣誓记录", _R, "党支部", "领誓人"),
    Slot("A21", "预备党员教育考察登记表", _C, "本人档案", "入党介绍人、党支部书记", True),
    Slot("A22", "转正申请书", _C, "本人档案", "本人"),
    Slot("A23", "支部大会（转正）会议记录、票样、计票单和党委审批意见", _R, "党支部、乡镇党委", "主持人、记录人、计票人", True),
    Slot("A24", "身份证明（号码掩码）", _L, "本人档案", ""),
)  # fmt: skip
SLOTS: Final[Mapping[str, Slot]] = {one.code: one for one in _SLOTS}


def _step(
    number: int, stage: int, title: str, short: str, level: Level, who: str, after: tuple[int, ...],
    slots: tuple[str, ...], article: str, *asks: Ask, source: str = RULES_2014, term: str = "", says: str = "",
    repeats: bool = False,
) -> Step:  # fmt: skip
    return Step(
        number=number, stage=stage, title=title, short=short, level=level, who=who, after=after, slots=slots,
        source=source, article=article, term=term, says=says, asks=asks, repeats=repeats,
    )  # fmt: skip


_B, _T, _K = Level.BRANCH, Level.COMMITTEE, Level.COUNTY
STEPS: Final = (
    _step(1, 1, "递交入党申请书", "递交申请书", _B, "入党申请人", (), ("A01", "A24"), "第五条、第六条",
          says="年满十八周岁，由本人书面提出；向工作、学习所在单位党组织提出，没有的向居住地党组织提出。"),
    _step(2, 1, "党组织派人谈话", "派人谈话", _B, "党支部书记、副书记或者组织委员", (1,), ("A02",), "第七条", Ask.PEOPLE,
          term="收到申请书后一个月内"),
    _step(3, 2, "推荐和确定入党积极分子", "确定积极分子", _B, "支部委员会（不设的由支部大会）", (2,), ("A03", "A04"), "第八条", Ask.PEOPLE,
          term="本县可以规定申请后的最短期限", says="在党员推荐、群团组织推优的基础上，由支部委员会集体研究决定；票数不作为唯一依据。"),
    _step(4, 2, "上级党委备案", "积极分子备案", _T, "支部委员会报告，上级党委备案", (3,), ("A05",), "第八条", Ask.OUTCOME, Ask.DOCUMENT,
          term="确定后十五个工作日内", says="党委对条件和手续进行审核，属于备案，不是审批。"),
    _step(5, 2, "指定培养联系人", "指定联系人", _B, "支部委员会", (3,), ("A06",), "第九条", Ask.CONTACTS,
          term="确定后十五个工作日内", says="指定一至两名正式党员。"),
    _step(6, 2, "培养教育考察", "培养考察", _B, "培养联系人、支部委员会", (3, 5), ("A07", "A08"), "第十条、第十一条", Ask.NOTE,
          term="每半年考察一次，培养教育时间满一年", says="确定发展对象前至少考察两次。", repeats=True),
    _step(7, 3, "确定发展对象", "确定发展对象", _B, "支部委员会", (4, 6), ("A09", "A10"), "第十三条", Ask.PEOPLE,
          term="确定为积极分子满一年", says="听取党小组、培养联系人、党员和群众意见，支部委员会讨论同意。"),
    _step(8, 3, "报上级党委备案", "发展对象备案", _T, "支部委员会报告，上级党委同意", (7,), ("A10",), "第十三条", Ask.OUTCOME, Ask.DOCUMENT,
          says="上级党委同意后，本人方为发展对象。"),
    _step(9, 3, "确定入党介绍人", "确定介绍人", _B, "支部委员会或者发展对象本人", (8,), ("A11",), "第十四条", Ask.INTRODUCERS,
          says="两名正式党员，一般由培养联系人担任；受留党察看处分、尚未恢复党员权利的不能担任。"),
    _step(10, 3, "进行政治审查", "政治审查", _B, "支部委员会", (8,), ("A12",), "第十六条", Ask.OUTCOME, Ask.PEOPLE,
          term="结论有效期一年", says="没有经过政治审查或者政治审查不合格的，不能发展入党。"),
    _step(11, 3, "开展集中培训", "集中培训", _T, "上级党委或者县委组织部", (8,), ("A13",), "第十七条", Ask.DAYS, Ask.HOURS, Ask.PLACE,
          term="不少于三天或者二十四个学时", says="没有经过培训的，除个别特殊情况外，不能发展入党。"),
    _step(12, 4, "支部委员会审查", "支委会审查", _B, "支部委员会", (9, 10, 11), ("A14",), "第十九条", Ask.OUTCOME, Ask.PEOPLE,
          says="集体讨论，认为合格的报上级党委预审。"),
    _step(13, 4, "上级党委预审", "党委预审", _T, "上级党委", (12,), ("A15",), "第十九条", Ask.OUTCOME, Ask.DOCUMENT,
          says="听取执纪执法等部门意见，书面通知预审结果，合格的发给入党志愿书。"),
    _step(14, 4, "填写入党志愿书", "填写志愿书", _B, "发展对象，入党介绍人指导", (13,), ("A16",), FLOWCHART, Ask.FORM, source="",
          says="本人如实填写。"),
    _step(15, 4, "支部大会讨论", "支部大会接收", _B, "支部大会", (14,), ("A17",), "第二十条至第二十三条", Ask.MOTION,
          term="预审后一个月内", says="到会的超过应到会有表决权的正式党员的半数，赞成的超过应到会的半数，方为通过；逐个讨论、逐个无记名表决。"),
    _step(16, 4, "上级党委派人谈话", "党委谈话", _T, "党委委员或者组织员", (15,), ("A18",), "第二十五条", Ask.PEOPLE,
          term="审批前", says="谈话情况和意见填入入党志愿书。"),
    _step(17, 4, "上级党委审批", "党委审批", _T, "上级党委会议", (16,), ("A19",), "第二十六条、第二十七条", Ask.MOTION, Ask.DOCUMENT,
          term="支部大会后三个月内，特殊情况不超过六个月", says="集体讨论，逐个表决；批准的，预备期自支部大会通过之日起算。"),
    _step(18, 4, "再上一级党委组织部门备案", "组织部备案", _K, "乡镇党委报告，县委组织部备案", (17,), ("A19",), "第二十七条", Ask.DOCUMENT,
          term="审批后十五个工作日内"),
    _step(19, 5, "编入党支部和党小组", "编入支部", _B, "支部委员会", (17,), (), "第三十条", Ask.NOTE, term="审批后十个工作日内"),
    _step(20, 5, "入党宣誓", "入党宣誓", _B, "上级党委或者党支部", (17,), ("A20",), "第三十一条", Ask.PLACE, Ask.PEOPLE,
          term="审批后三个月内"),
    _step(21, 5, "继续教育考察", "继续考察", _B, "支部委员会、入党介绍人", (15, 17), ("A21",), "第三十二条", Ask.NOTE,
          term="预备期一年", repeats=True),
    _step(22, 5, "提出转正申请", "转正申请", _B, "预备党员本人", (21,), ("A22",), "第三十三条",
          term="预备期满前后一个月内", says="本人书面提出。"),
    _step(23, 5, "支部大会讨论", "支部大会转正", _B, "支部大会", (22,), ("A23",), "第三十二条、第三十三条", Ask.MOTION,
          term="预备期满后及时讨论", says="按期转正、延长一次预备期（六个月至一年）或者取消预备党员资格。"),
    _step(24, 5, "上级党委审批", "党委审批转正", _T, "上级党委会议", (23,), ("A23",), "第三十四条", Ask.MOTION, Ask.DOCUMENT,
          term="支部大会后三个月内", says="党龄自预备期满之日算起。"),
    _step(25, 5, "材料归档", "材料归档", _T, "支部委员会、乡镇党委、县委组织部", (18, 19, 20, 24), (), "第三十七条", Ask.NOTE,
          term="审批后一个月内", says="缺少核心材料的不能归档；补充的材料写明真实日期和情况说明。"),
)  # fmt: skip
EDITION_2014: Final = Edition(
    key="2014",
    title="2014年版（五个阶段二十五个步骤）",
    document="中办发〔2014〕33号",
    since=date(2014, 5, 28),
    stages=STAGES,
    steps=STEPS,
    slots=SLOTS,
)
