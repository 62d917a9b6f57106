"""`yumiao import`: a county's workbook comes in."""

from __future__ import annotations

import json
from argparse import Namespace
from gettext import gettext as _

from yumiao.config.folder import Profile
from yumiao.config.installation import prepare
from yumiao.config.running import MISUSE, REFUSED, progress, progress_done, say
from yumiao.config.tables import table
from yumiao.desk.workbook.checking import FORMS
from yumiao.desk.workbook.importing import Outrun, Result, import_workbook, write_faulty_rows
from yumiao.kernel.identity import scrub
from yumiao.sheets.reading import Unreadable, read_workbook

SHOWN = 20


def run(options: Namespace) -> int:
    """0 all rows taken, 1 some refused, 2 workbook or its 组织 sheet unreadable."""
    progress(_("正在读取工作簿"))
    try:
        workbook = read_workbook(options.file)
    except Unreadable as error:
        return _unreadable(options, str(error))
    titles = [form.title for form in FORMS]
    if not set(titles) & set(workbook.sheets):
        return _unreadable(options, _("没有可识别的表，表名应为：{titles}").format(titles="、".join(titles)))
    installation = prepare(Profile.REAL)
    today = options.on or installation.today
    if today > installation.today:
        say(_("导入日期不能晚于今天 {today}。").format(today=installation.today))
        return MISUSE
    try:
        result = import_workbook(
            workbook,
            today=today,
            actor=installation.actor,
            accept_good_rows=options.accept_good_rows,
            progress=lambda text: progress(_(text)),
        )
    except Outrun as outrun:
        say(str(outrun))
        result = Result(workbook, outrun.checked, written=False)
    progress_done()
    print(json.dumps(result.as_json(), ensure_ascii=False, indent=1) if options.report == "json" else _text(result))
    if options.faults is not None and result.checked.faults:
        write_faulty_rows(options.faults, result)
    if result.checked.units_unreadable:
        say(_("组织表缺少必填列，整个工作簿未导入。"))
        return MISUSE
    if result.checked.faults:
        _say_what_next(options, result)
        return REFUSED
    return 0


def _unreadable(options: Namespace, reason: str) -> int:
    """Nothing could be read: said on standard error, and as a report where one was asked for."""
    progress_done()
    name = scrub(options.file.name)
    if options.report == "json":
        fault = {"sheet": "", "row": 0, "column": "", "rule": "WBK-16", "reason": reason}
        report = {"file": name, "sheets": {}, "faults": [fault], "warnings": [], "written": False}
        print(json.dumps(report, ensure_ascii=False, indent=1))
    say(_("无法读取工作簿 {name}：{reason}").format(name=name, reason=reason))
    return MISUSE


def _text(result: Result) -> str:
    """What a person reads: counts by sheet, the first faults and warnings."""
    rows = [
        (title, len(notes.rows), *(notes.counts[key] for key in ("new", "changed", "unchanged", "refused")))
        for title, notes in result.checked.sheets.items()
    ]
    lines = [table((_("表"), _("行数"), _("新增"), _("变更"), _("未变"), _("退回")), rows)]
    for title, notes in ((_("退回"), result.checked.faults), (_("提示"), result.checked.warnings)):
        if notes:
            lines += ["", _("{title} {count} 处：").format(title=title, count=len(notes))]
            lines += [f"  {n.sheet} 第 {n.row} 行 {n.column}：{n.reason}（{n.rule}）" for n in notes[:SHOWN]]
            if len(notes) > SHOWN:
                lines.append(_("  …… 其余 {count} 处见 --report json 或 --faults").format(count=len(notes) - SHOWN))
    lines += ["", _("已写入。") if result.written else _("没有写入任何数据。")]
    return "\n".join(lines)


def _say_what_next(options: Namespace, result: Result) -> None:
    if result.written:
        say(_("退回的行没有写入，更正后再次导入即可。"))
    else:
        say(_("有退回的行，什么也没有写入。更正后重试，或加 --accept-good-rows 先写入其余的行。"))
    if options.faults is not None:
        say(_("退回的行已写到 {path}。").format(path=options.faults))
