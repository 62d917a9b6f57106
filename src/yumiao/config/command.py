"""The `yumiao` command: what may be typed. Each subcommand is a module in `config.commands`, loaded only when it is called.

Nothing here imports Django, so that help comes at once.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from datetime import date
from gettext import gettext as _
from pathlib import Path
from typing import Any

MISUSE = 2
INTERRUPTED = 130
LONGEST_NAME = 60


class ChineseHelp(argparse.HelpFormatter):
    """argparse's own words in Chinese."""

    def add_usage(self, usage, actions, groups, prefix=None):  # type: ignore[no-untyped-def]
        super().add_usage(usage, actions, groups, _("用法：") if prefix is None else prefix)


class Parser(argparse.ArgumentParser):
    """Says what is wrong and where help is, in Chinese."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"formatter_class": ChineseHelp, **options, "add_help": False, "allow_abbrev": False})
        self._positionals.title, self._optionals.title = _("参数"), _("选项")
        self.add_argument("-h", "--help", action="help", help=_("显示本说明"))

    def error(self, message: str):  # type: ignore[no-untyped-def]
        self.print_usage(sys.stderr)
        words = {
            "the following arguments are required: ": _("缺少参数："),
            "unrecognized arguments: ": _("不认识的参数："),
            "invalid choice: ": _("没有这个值："),
            "invalid int value: ": _("应为整数，不是"),
            "expected one argument": _("后面需要一个值"),
            "choose from": _("可选"),
            "argument ": _("参数 "),
            ": ": "：",
        }
        for english, chinese in words.items():
            message = message.replace(english, chinese)
        self.exit(MISUSE, _("{program}：{message}\n加 --help 查看用法。\n").format(program=self.prog, message=message))


def day(text: str) -> date:
    """A day typed as 2026-10-31."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(_("日期应写成 2026-10-31 的样式")) from None


def whole(least: int, most: int) -> Callable[[str], int]:
    """Reads a whole number from `least` to `most`."""

    def read(text: str) -> int:
        number = int(text) if text.isdecimal() else least - 1
        if not least <= number <= most:
            raise argparse.ArgumentTypeError(_("应为 {least} 至 {most} 的整数").format(least=least, most=most))
        return number

    return read


def person_name(text: str) -> str:
    """A name as an account can carry it: at most `LONGEST_NAME` characters on one line."""
    name = " ".join(text.split())
    if len(name) > LONGEST_NAME or not name.isprintable():
        raise argparse.ArgumentTypeError(_("姓名不超过 {most} 个字，不含控制字符").format(most=LONGEST_NAME))
    return name


def _add_import(one: argparse.ArgumentParser) -> None:
    one.add_argument("file", type=Path, metavar=_("工作簿.xlsx"), help=_("要导入的工作簿"))
    one.add_argument("--on", type=day, metavar=_("日期"), help=_("导入日期，默认今天；晚于此日的日期不予受理"))
    one.add_argument("--accept-good-rows", action="store_true", help=_("有退回的行时，其余的行照样写入"))
    one.add_argument("--faults", type=Path, metavar=_("工作簿.xlsx"), help=_("把退回的行连同原因写成工作簿"))
    one.add_argument("--report", choices=["text", "json"], default="text", help=_("报告的形式"))


def _add_ledger(one: argparse.ArgumentParser) -> None:
    one.add_argument("--on", type=day, metavar=_("日期"), help=_("哪一天，默认今天"))
    one.add_argument("--unit", metavar=_("代码"), help=_("只看某组织及其下级"))
    one.add_argument("--format", choices=["table", "json", "xlsx"], default="table", help=_("输出形式"))
    one.add_argument("--out", type=Path, metavar=_("文件"), help=_("写入文件；xlsx 必须指定"))
    one.add_argument("--explain", metavar=_("代码"), help=_("说明某村或某乡镇各项结论的依据"))


def _add_export(one: argparse.ArgumentParser) -> None:
    one.add_argument("file", type=Path, metavar=_("工作簿.xlsx"), help=_("写到哪里"))
    one.add_argument("--purpose", required=True, metavar=_("文字"), help=_("导出的用途"))


def _add_backup(one: argparse.ArgumentParser) -> None:
    one.add_argument("file", type=Path, metavar=_("备份文件"), help=_("写到哪里；已有的文件不会覆盖"))
    one.add_argument("--progress", action="store_true", help=_("逐行写出进度"))


def _add_restore(one: argparse.ArgumentParser) -> None:
    one.add_argument("file", type=Path, metavar=_("备份文件"), help=_("从哪个备份恢复"))
    one.add_argument("--progress", action="store_true", help=_("逐行写出进度"))


def _add_template(one: argparse.ArgumentParser) -> None:
    one.add_argument("file", type=Path, metavar=_("工作簿.xlsx"), help=_("写到哪里"))


def _add_paper(one: argparse.ArgumentParser) -> None:
    one.add_argument("number", nargs="?", metavar=_("文号"), help=_("文号"))
    one.add_argument("title", nargs="?", metavar=_("题名"), help=_("题名"))
    one.add_argument("--body", default=_("县委组织部"), metavar=_("机关"), help=_("发文机关"))
    one.add_argument("--from", dest="in_force_from", type=day, metavar=_("日期"), help=_("自何日起施行"))
    one.add_argument("--until", dest="in_force_until", type=day, metavar=_("日期"), help=_("施行至何日（不含）"))
    one.add_argument("--text-file", type=Path, metavar=_("文件"), help=_("正文文件"))
    one.add_argument("--scan", default="", metavar=_("位置"), help=_("扫描件存放处"))


def _add_setting(one: argparse.ArgumentParser) -> None:
    one.add_argument("key", nargs="?", metavar=_("参数"), help=_("参数名称"))
    one.add_argument("value", nargs="?", metavar=_("值"), help=_("新的值"))
    one.add_argument("--since", type=day, metavar=_("日期"), help=_("自何日起，默认今天"))
    one.add_argument("--paper", default="", metavar=_("文号"), help=_("依据的县级文件文号"))
    one.add_argument("--body", default="", metavar=_("机关"), help=_("文号重复时写明发文机关"))
    one.add_argument("--reason", default="", metavar=_("文字"), help=_("调整的理由"))
    one.add_argument("--preview", action="store_true", help=_("只看会改变什么，不写入"))


def _add_daysoff(one: argparse.ArgumentParser) -> None:
    one.add_argument("days", nargs="*", type=day, metavar=_("日期"), help=_("放假（或补班）的日子"))
    one.add_argument("--name", default="", metavar=_("文字"), help=_("名称，如火把节"))
    one.add_argument("--source", default="", metavar=_("文字"), help=_("依据，如自治条例第七十八条"))
    one.add_argument("--working", action="store_true", help=_("这些日子是补班"))
    one.add_argument("--whole-year", type=int, metavar=_("年度"), help=_("这些日子是该年度全国放假安排的全部"))


def _add_demo(one: argparse.ArgumentParser) -> None:
    one.add_argument("--scale", type=whole(1, 26), default=1, metavar=_("数"), help=_("几倍大小，1 至 26，默认 1"))


def _add_serve(one: argparse.ArgumentParser) -> None:
    one.add_argument("--host", default="127.0.0.1", metavar=_("地址"), help=_("在哪个地址提供页面，默认 127.0.0.1"))
    one.add_argument("--port", type=whole(1, 65535), default=8000, metavar=_("端口"), help=_("端口，默认 8000"))
    one.add_argument("--workers", type=whole(1, 64), default=1, metavar=_("数"), help=_("进程数，默认 1"))
    one.add_argument("--threads", type=whole(1, 64), default=8, metavar=_("数"), help=_("每个进程的线程数，默认 8"))


def _add_createadmin(one: argparse.ArgumentParser) -> None:
    one.add_argument("name", metavar=_("登录名"), help=_("登录名：小写字母开头，可含数字、点、横线、下划线"))
    one.add_argument("--role", required=True, choices=["system", "security", "audit", "county"], help=_("任职"))
    one.add_argument(
        "--display-name", type=person_name, default="", metavar=_("姓名"), help=_("姓名，默认与登录名相同")
    )
    one.add_argument("--county", default="", metavar=_("名称"), help=_("还没有组织时：县级组织的名称，如青禾县委"))
    one.add_argument("--code", default="", metavar=_("代码"), help=_("它的组织代码，与县工作簿中的一致"))


def _add_doctor(one: argparse.ArgumentParser) -> None:
    one.add_argument("--mend", action="store_true", help=_("升级数据库结构并重建触发器"))


def _add_verify_dossier(one: argparse.ArgumentParser) -> None:
    one.add_argument("file", type=Path, metavar=_("文件"), help=_("资料包（zip）或者综合资料手册（pdf）"))
    one.add_argument("--key", default="", metavar=_("标记"), help=_("出具单位公布的签名密钥标记"))


COMMANDS: dict[str, tuple[str, str, Callable[[argparse.ArgumentParser], None] | None]] = {
    "import": (_("导入县工作簿"), _("导入县工作簿（组织、党员、发展培养、人才库、发展计划）。"), _add_import),
    "ledger": (_("一账两单"), _("某日的三线、一账两单；用 --explain 看某村、某乡镇的依据。"), _add_ledger),
    "export": (_("导出县工作簿"), _("导出与导入同一版式的县工作簿，含完整号码；记入查阅记录。"), _add_export),
    "backup": (_("备份"), _("把全部数据写成一个加密的备份文件，不含密钥；备份时可照常工作。"), _add_backup),
    "restore": (
        _("恢复备份"),
        _("把备份恢复到空的一处，SQLite 和 PostgreSQL 均可；核对一致后方可使用。"),
        _add_restore,
    ),
    "template": (_("空白工作簿"), _("写出空白的县工作簿，带下拉选项和填表说明。"), _add_template),
    "paper": (_("县级文件"), _("列出县级文件；给出文号和题名则登记一份。"), _add_paper),
    "setting": (_("县级参数"), _("列出参数；给出名称和值则预览或调整。"), _add_setting),
    "daysoff": (_("放假安排"), _("列出本县自己的放假和补班；给出日子则登记。"), _add_daysoff),
    "serve": (_("提供页面"), _("在浏览器中使用：提供页面，直到按 Ctrl+C 停下。"), _add_serve),
    "demo": (_("演示县"), _("在空的数据目录中生成演示县。"), _add_demo),
    "createadmin": (
        _("开设管理账号"),
        _("开设一个县级账号（系统、安全、审计管理员或者县委组织部干部），给出一次性开户码。"),
        _add_createadmin,
    ),
    "verify": (_("查验全程纪实"), _("查验链条、链头、触发器和各条写入的数据，指出第一处不符。"), None),
    "verify-dossier": (
        _("查验资料包"),
        _("查验一人一档的资料包或者手册：改动、缺少、多出的页和材料逐一指出；不需要数据库和密钥。"),
        _add_verify_dossier,
    ),
    "doctor": (_("检查安装"), _("检查数据目录、密钥、数据库版本和触发器。"), _add_doctor),
}


def parser() -> argparse.ArgumentParser:
    """Everything that may be typed."""
    top = Parser(prog="yumiao", description=_("育苗：县级基层党组织工作台。"))
    commands = top.add_subparsers(dest="command", metavar=_("命令"), required=True, parser_class=Parser)
    for name, (title, description, add) in COMMANDS.items():
        one = commands.add_parser(name, help=title, description=description)
        if add is not None:
            add(one)
    return top


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status."""
    options = parser().parse_args(arguments)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "yumiao.config.settings.local")
    try:
        from yumiao.config.running import run

        return run(f"yumiao.config.commands.{options.command.replace('-', '_')}_command", options)
    except KeyboardInterrupt:
        print(_("已中断。没有办完的，什么也没有写入；可以再次运行同样的命令。"), file=sys.stderr)
        return INTERRUPTED


if __name__ == "__main__":
    sys.exit(main())
