"""`yumiao paper`: the county's papers that settings stand on."""

from __future__ import annotations

from argparse import Namespace
from gettext import gettext as _

from yumiao.bylaws.queries import papers
from yumiao.bylaws.services import record_paper
from yumiao.config.installation import opened
from yumiao.config.running import MISUSE, say
from yumiao.config.tables import table
from yumiao.kernel.periods import on_screen


def run(options: Namespace) -> int:
    """List the papers, or record one."""
    installation = opened()
    if options.number is None:
        rows = [
            (p.number, p.issuing_body, p.title, on_screen(p.in_force_from), on_screen(p.in_force_until))
            for p in papers()
        ]
        if rows:
            print(table((_("文号"), _("发文机关"), _("题名"), _("施行"), _("至")), rows))
        else:
            print(_("还没有登记县级文件。例：yumiao paper 青组发〔2026〕1号 发展党员预警办法 --from 2026-01-01"))
        return 0
    if options.title is None or options.in_force_from is None:
        say(_("登记文件要写明文号、题名和 --from 施行日期。"))
        return MISUSE
    try:
        text = options.text_file.read_text(encoding="utf-8") if options.text_file else ""
    except UnicodeDecodeError:
        say(_("{path} 不是 UTF-8 编码的文本文件。请另存为纯文本（UTF-8）后再试。").format(path=options.text_file))
        return MISUSE
    record_paper(
        number=options.number,
        issuing_body=options.body,
        title=options.title,
        in_force_from=options.in_force_from,
        in_force_until=options.in_force_until,
        text=text,
        scan=options.scan,
        actor=installation.actor,
    )
    print(
        _("已登记：{body} {number}《{title}》。").format(body=options.body, number=options.number, title=options.title)
    )
    return 0
