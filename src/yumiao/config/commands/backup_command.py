"""`yumiao backup`: the whole record in one sealed file."""

from __future__ import annotations

from argparse import Namespace
from gettext import gettext as _

from yumiao.config.backup.container import Unusable
from yumiao.config.backup.writing import back_up
from yumiao.config.installation import opened
from yumiao.config.running import MISUSE, progress, progress_done, say
from yumiao.reconciliation.services import forget_over


def run(options: Namespace) -> int:
    """0 when the file lies there whole."""
    installation = opened()
    forget_over(installation.today)  # what is over goes into no backup
    try:
        made = back_up(options.file.absolute(), installation, say if options.progress else progress)
    except Unusable as error:
        progress_done()
        say(str(error))
        return MISUSE
    progress_done()
    text = _("已备份 {persons} 人到 {path}，{size} KB。摘要 {digest}。\n文件中没有密钥：没有密钥，备份打不开。")
    print(text.format(persons=made.persons, path=options.file, size=made.size // 1000 + 1, digest=made.digest))
    return 0
