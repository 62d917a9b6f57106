"""The rulebook as a Markdown page for people who know the work and not the code (docs/rules.md).

Must not know: where the page is written, and which app a rule belongs to.
"""

from collections.abc import Iterable, Mapping
from collections.abc import Set as AnySet
from datetime import date
from enum import Enum
from itertools import groupby

from yumiao.kernel.objections import Severity
from yumiao.kernel.periods import BEGIN, on_paper, on_screen
from yumiao.rulebook.rules import Confidence, Example, Rule

_HEAD = """# 规则手册

本页由程序中的规则生成，请勿手工修改。每条规则都写明依据和施行时间，所附例子在每次检查时都会实际运行。
"""

_CHAPTERS = {
    "ACC": "账号和任职",
    "BYL": "县级规定和参数",
    "CAL": "日期、期限和工作日",
    "DEV": "发展党员的时间要求",
    "DIS": "纪律处分",
    "DISP": "组织处置",
    "DUES": "党费",
    "IDN": "公民身份号码",
    "MEM": "党籍和党龄",
    "MOB": "组织关系和流动",
    "MTG": "会议和表决",
    "PLN": "计划和名额",
    "ORG": "党的组织",
    "PUB": "公示",
    "RES": "后备力量",
    "STA": "党内统计",
    "STP": "发展党员的步骤",
    "TAL": "人才库",
    "TRF": "培养中的转接",
    "WBK": "县党务工作簿",
    "WRN": "底线、预警线和指导线",
}

_SEVERITIES = {
    Severity.BLOCK: "不得办理",
    Severity.WARN: "可以办理，须写明理由",
    Severity.INFO: "提示",
}

_CONFIDENCES = {
    Confidence.VERIFIED: "已查到原文",
    Confidence.FROM_MEMORY: "未查到原文，启用前请核对",
    Confidence.ARTICLE: "取自公开报道",
    Confidence.DEFAULT: "依据未作规定，由本系统约定，可以调整",
}


def render(rules: Iterable[Rule]) -> str:
    """The whole page, chapters by id prefix, rules by id; the same rules in any order give the same text."""
    ordered = sorted(rules, key=lambda rule: rule.id)
    chapters = [_chapter(prefix, list(group)) for prefix, group in groupby(ordered, key=_prefix)]
    return "\n".join([_HEAD, *chapters])


def _prefix(rule: Rule) -> str:
    return rule.id.partition("-")[0]


def _chapter(prefix: str, rules: list[Rule]) -> str:
    heading = f"## {prefix} {_CHAPTERS.get(prefix, '')}".rstrip()
    return "\n".join([heading, "", *(_entry(rule) for rule in rules)])


def _entry(rule: Rule) -> str:
    lines = [
        f"### {rule.id} {rule.title}",
        "",
        rule.text,
        "",
        f"- 依据：{rule.citation}（{_CONFIDENCES[rule.confidence]}）",
        f"- 施行时间：{_in_force(rule)}",
        f"- 效力：{_SEVERITIES[rule.severity]}",
        *(f"- 符合：{_plain(rule, example)}" for example in rule.passing),
        *(f"- 不符合：{_plain(rule, example)}" for example in rule.failing),
        "",
    ]
    return "\n".join(lines)


def _in_force(rule: Rule) -> str:
    since = "一直施行" if rule.since == BEGIN else f"自{on_paper(rule.since)}起施行"
    return since if rule.until is None else f"{since}，自{on_paper(rule.until)}起停止施行"


def _plain(rule: Rule, example: Example) -> str:
    return "，".join(f"{rule.words.get(name, name)}：{_word(value)}" for name, value in example.items()) or "无条件"


def _word(value: object) -> str:
    """A value as a clerk would write it; an enumeration by its value, several values with 、 between them."""
    if value is None:
        return "无"
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, Enum):
        return _word(value.value)
    if isinstance(value, date):
        return on_screen(value) or "不限"
    if isinstance(value, Mapping):
        return "、".join(f"{_word(key)} {_word(item)}" for key, item in value.items()) or "无"
    if isinstance(value, AnySet):
        return _word(sorted(_word(item) for item in value))
    if isinstance(value, (tuple, list)):
        return "、".join(_word(item) for item in value) or "无"
    return str(value)
