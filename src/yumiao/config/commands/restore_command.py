"""`yumiao restore`: a backup comes back into an empty place."""

from __future__ import annotations

import hashlib
from argparse import Namespace
from datetime import datetime
from gettext import gettext as _

from yumiao.config.backup.container import Unusable
from yumiao.config.backup.restoring import restore
from yumiao.config.installation import data_folder
from yumiao.config.running import INTERRUPTED, MISUSE, progress, progress_done, say
from yumiao.ui.spelling import moment


def run(options: Namespace) -> int:
    """0 when everything stands again and was proved."""
    try:
        with options.file.open("rb") as source:
            digest = hashlib.file_digest(source, "sha256").hexdigest()
            source.seek(0)
            restored = restore(source, digest, data_folder(), say if options.progress else progress)
    except Unusable as error:
        progress_done()
        say(str(error))
        return MISUSE
    except KeyboardInterrupt:
        progress_done()
        say(_("已中断，恢复没有完成，数据还不能使用。再次运行同样的命令即可接着恢复。"))
        return INTERRUPTED
    progress_done()
    made_at = moment(datetime.fromisoformat(restored.made_at))
    text = _("已恢复 {persons} 人、{entries} 条纪实（备份于 {made_at}），行数、摘要和链条均已核对一致。")
    print(text.format(persons=restored.persons, entries=restored.entries, made_at=made_at))
    return 0
