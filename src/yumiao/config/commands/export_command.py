"""`yumiao export`: the county as a workbook that imports again without change."""

from __future__ import annotations

from argparse import Namespace
from gettext import gettext as _

from yumiao.config.installation import opened
from yumiao.config.running import MISUSE, progress, progress_done, say
from yumiao.desk.workbook.exporting import export_workbook


def run(options: Namespace) -> int:
    purpose = options.purpose.strip()
    if not purpose:
        say(_("请用 --purpose 写明导出的用途，用途记入查阅记录。"))
        return MISUSE
    installation = opened()
    progress(_("正在导出"))
    count = export_workbook(options.file, actor=installation.actor, purpose=purpose)
    progress_done()
    print(
        _("已导出 {count} 人到 {path}。文件含完整号码，请妥善保管；本次导出已记入查阅记录。").format(
            count=count, path=options.file
        )
    )
    return 0
