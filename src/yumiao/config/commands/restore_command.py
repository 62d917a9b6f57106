"""`yumiao restore`: a backup comes back into an empty place."""

from __future__ import annotations

import hashlib
from argparse import Namespace
from gettext import gettext as _

from yumiao.config.backup.container import Unusable
from yumiao.config.backup.restoring import restore
from yumiao.config.installation import data_folder
from yumiao.config.running import MISUSE, progress, progress_done, say


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
    progress_done()
    text = _("已恢复 {persons} 人、{entries} 条纪实（备份于 {made_at}），行数、摘要和链条均已核对一致。")
    print(text.format(persons=restored.persons, entries=restored.entries, made_at=restored.made_at))
    return 0
