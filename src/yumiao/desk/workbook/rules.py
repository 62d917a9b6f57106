"""The rules of the workbook itself: what a sheet, a code and a row must be. Pure."""

from __future__ import annotations

from datetime import date

from yumiao.kernel.objections import Severity
from yumiao.people import names
from yumiao.rulebook import Confidence, Rule, Rulebook

SOURCE = "县党务工作簿填报规定"
SINCE = date(2026, 1, 1)


WORDS = {
    "needed": "必填列",
    "header": "表头",
    "cell": "填写",
    "code": "填写",
    "known": "目录或已登记",
    "key": "本行",
    "before": "前面的行",
    "digits": "位数",
    "is_member": "已是党员",
    "joined_on": "登记的入党日期",
    "met_on": "支部大会接收日期",
    "approved_on": "上级党委审批日期",
    "first": "在前的表",
    "later": "在后的表",
    "registered": "系统登记",
    "written": "表中填写",
    "is_workbook": "是 .xlsx 工作簿",
    "bounded": "在大小限制之内",
    "unit": "所在或所填组织",
    "within": "管理范围",
    "name": "姓名",
    "entry": "本次导入",
    "standing": "建立在它之上的登记",
}


def _is_present(*, needed: str, header: list[str]) -> bool:
    return header.count(needed) == 1


def _is_filled(*, cell: str) -> bool:
    return bool(cell.strip())


def _is_known(*, code: str, known: list[str]) -> bool:
    return code in known


def _is_single(*, key: str, before: list[str]) -> bool:
    return key not in before


def _is_whole(*, cell: str) -> bool:
    return cell.isascii() and cell.isdigit()


def _rule(
    number: int, title: str, text: str, article: str, severity: Severity = Severity.BLOCK, **what: object
) -> Rule:
    return Rule(
        id=f"WBK-{number:02d}",
        title=title,
        text=text,
        source=SOURCE,
        article=article,
        since=SINCE,
        severity=severity,
        confidence=Confidence.DEFAULT,
        words=WORDS,
        **what,  # type: ignore[arg-type]
    )


RULES = (
    _rule(
        1, "必填列齐全", "每张表的必填列必须齐全，且列名不重复；缺少必填列的表不予读取。", "第一条",
        holds=_is_present,
        passing=({"needed": "姓名", "header": ["姓名", "性别"]}, {"needed": "性别", "header": ["姓名", "性别"]}),
        failing=({"needed": "民族", "header": ["姓名", "性别"]}, {"needed": "姓名", "header": ["姓名", "姓名"]}),
    ),
    _rule(
        2, "必填项不为空", "必填列的每一格都要填写，只有空格的视为没有填写。", "第一条",
        holds=_is_filled, passing=({"cell": "张三"}, {"cell": " 李 "}), failing=({"cell": ""}, {"cell": "  "}),
    ),
    _rule(
        3, "文字内容", "文字不含换行和看不见的字符，长度不超过该列上限。", "第二条",
        holds=lambda *, cell: cell.isprintable(),
        passing=({"cell": "阿吉·木果"}, {"cell": "𠮷田"}), failing=({"cell": "张\n三"}, {"cell": "张\u202e三"}),
    ),
    _rule(
        4, "整数", "计划数等数量填 0 或大于 0 的整数。", "第二条",
        holds=_is_whole, passing=({"cell": "0"}, {"cell": "12"}), failing=({"cell": "-2"}, {"cell": "若干"}),
    ),
    _rule(
        5, "可选内容", "人员类别、人才类别、组织类别等只能从规定的选项中选填。", "第二条",
        holds=_is_known,
        passing=({"code": "正式党员", "known": ["正式党员", "预备党员"]}, {"code": "预备党员", "known": ["正式党员", "预备党员"]}),
        failing=({"code": "积极份子", "known": ["正式党员", "预备党员"]}, {"code": "党员", "known": ["正式党员", "预备党员"]}),
    ),
    _rule(
        6, "号码存为文本", "证件号码、代码等长数字应存为文本；存成数字的已丢失末几位，不予受理。", "第二条",
        holds=lambda *, digits: digits <= 15,
        passing=({"digits": 11}, {"digits": 15}), failing=({"digits": 18}, {"digits": 16}),
    ),
    _rule(
        7, "组织代码已登记", "所填组织代码必须在组织表中被采用，或已在系统中登记。", "第三条",
        holds=_is_known,
        passing=({"code": "001.001", "known": ["001", "001.001"]}, {"code": "001", "known": ["001", "001.001"]}),
        failing=({"code": "001.999", "known": ["001", "001.001"]}, {"code": "1.1", "known": ["001", "001.001"]}),
    ),
    _rule(
        8, "代码和计划不重复", "同一组织代码在组织表中只出现一次；同一年度同一组织的计划只填一行。先出现的采用，其后的退回。", "第三条",
        holds=_is_single,
        passing=({"key": "001.002", "before": ["001.001"]}, {"key": "001.001", "before": []}),
        failing=({"key": "001.001", "before": ["001.001"]}, {"key": "2026/001.001", "before": ["2026/001.001"]}),
    ),
    _rule(
        9, "已是党员的不再填培养和人才", "已登记为党员的，不填入发展培养表和人才库表；写明接收和审批日期的培养过程见 WBK-20。", "第四条",
        holds=lambda *, is_member: not is_member,
        passing=({"is_member": False}, {"is_member": not True}), failing=({"is_member": True}, {"is_member": not False}),
    ),
    _rule(
        10, "同一人各表一致", "同一人在几张表中的姓名、性别等应当一致；不一致的以在前的表为准并提示。", "第四条", Severity.WARN,
        holds=lambda *, first, later: first == later,
        passing=({"first": "大专", "later": "大专"}, {"first": "汉族", "later": "汉族"}),
        failing=({"first": "大专", "later": "本科"}, {"first": "张三", "later": "张珊"}),
    ),
    _rule(
        11, "目录之外的内容",
        "民族、学历、职业不在目录之内的，以及多出的列、表和示例行，保留原样或忽略并提示；按别名或本单位列名读取的列也提示。",
        "第五条", Severity.WARN,
        holds=_is_known,
        passing=({"code": "汉族", "known": ["汉族", "瑶族"]}, {"code": "瑶族", "known": ["汉族", "瑶族"]}),
        failing=({"code": "苗瑶", "known": ["汉族", "瑶族"]}, {"code": "备注栏", "known": ["汉族", "瑶族"]}),
    ),
    _rule(
        12, "一人只登记一次", "同一公民身份号码在一张表中只出现一次；先出现的采用，其后的退回。", "第四条",
        holds=_is_single,
        passing=({"key": "甲", "before": ["乙"]}, {"key": "甲", "before": []}),
        failing=({"key": "甲", "before": ["甲"]}, {"key": "乙", "before": ["甲", "乙"]}),
    ),
    _rule(
        13, "所在党支部不由导入改变", "已登记的人所在党支部与系统不同的，请办理组织关系转接；导入不改变所在党支部。", "第六条",
        holds=lambda *, registered, written: registered == written,
        passing=({"registered": "001.001.001", "written": "001.001.001"}, {"registered": "001.002", "written": "001.002"}),
        failing=({"registered": "001.001.001", "written": "001.001.002"}, {"registered": "001.002", "written": "001"}),
    ),
    _rule(
        14, "入党日期不由导入改变", "已登记党员的入党日期与系统不同的，请办理更正；导入不改变入党日期。", "第六条",
        holds=lambda *, registered, written: registered == written,
        passing=(
            {"registered": date(2015, 7, 1), "written": date(2015, 7, 1)},
            {"registered": date(2020, 2, 29), "written": date(2020, 2, 29)},
        ),
        failing=(
            {"registered": date(2015, 7, 1), "written": date(2015, 7, 2)},
            {"registered": date(2015, 7, 1), "written": date(2016, 7, 1)},
        ),
    ),
    _rule(
        15, "上级组织存在", "除最上级组织外都要填写上级组织代码；上级组织必须已登记或在本表中被采用，且不能循环隶属。", "第三条",
        holds=_is_known,
        passing=({"code": "001", "known": ["001"]}, {"code": "001.001", "known": ["001", "001.001"]}),
        failing=({"code": "001.888", "known": ["001"]}, {"code": "", "known": ["001"]}),
    ),
    _rule(
        16, "工作簿可以读取", "文件须是未加密、不含宏的 .xlsx 工作簿，大小、行数和列数在限制之内。", "第一条",
        holds=lambda *, is_workbook, bounded: is_workbook and bounded,
        passing=({"is_workbook": True, "bounded": True}, {"is_workbook": True, "bounded": not False}),
        failing=({"is_workbook": False, "bounded": True}, {"is_workbook": True, "bounded": False}),
    ),
    _rule(
        17, "在管理范围之内", "导入只能登记和更正管理范围之内的组织、人员和计划；涉及范围之外的行予以退回。", "第七条",
        holds=lambda *, unit, within: unit == within or unit.startswith(f"{within}."),
        passing=({"unit": "001.001.002", "within": "001.001"}, {"unit": "001.001", "within": "001.001"}),
        failing=({"unit": "001.002.001", "within": "001.001"}, {"unit": "001", "within": "001.001"}),
    ),
    _rule(
        18, "撤销导入", "其后没有登记建立在它之上的导入可以撤销；否则先撤销或更正其后的登记，后导入的先撤销。", "第八条",
        holds=lambda *, entry, standing: not any(later > entry for later in standing),
        passing=({"entry": 3, "standing": []}, {"entry": 5, "standing": [2]}),
        failing=({"entry": 3, "standing": [4]}, {"entry": 3, "standing": [4, 6]}),
    ),
    _rule(
        19, "姓名的写法",
        "姓名按身份证件填写，1 至 50 个字；一个字的姓名、生僻字和间隔号“·”都可以。"
        "不得含有看不见的字符和 < > & \" / \\ = 这些符号，不得只有数字或符号。",
        "第二条",
        holds=lambda *, name: not names.fault(name),
        passing=({"name": "丹"}, {"name": "阿吉·木果"}, {"name": "𠮷田禾"}, {"name": "Anna Wei"}),
        failing=({"name": "韦<1>"}, {"name": "韦/禾"}, {"name": "0"}, {"name": "·…"}),
    ),
    _rule(
        20, "培养过程作为历史记录",
        "发展培养表可以填写各步骤的日期。已登记为党员的，应写明支部大会接收日期（与入党日期一致）和上级党委审批日期；没有登记为党员的，不填审批及以后的步骤。"
        "已在系统内办理的，不由导入改变。",
        "第四条",
        holds=lambda *, joined_on, met_on, approved_on: (
            approved_on is None if joined_on is None else met_on == joined_on and approved_on is not None
        ),
        passing=(
            {"joined_on": date(2026, 5, 15), "met_on": date(2026, 5, 15), "approved_on": date(2026, 7, 1)},
            {"joined_on": None, "met_on": date(2026, 5, 15), "approved_on": None},
        ),
        failing=(
            {"joined_on": date(2026, 5, 15), "met_on": date(2026, 5, 16), "approved_on": date(2026, 7, 1)},
            {"joined_on": date(2026, 5, 15), "met_on": date(2026, 5, 15), "approved_on": None},
            {"joined_on": None, "met_on": date(2026, 5, 15), "approved_on": date(2026, 7, 1)},
        ),
    ),
)  # fmt: skip
BOOK = Rulebook(RULES)
