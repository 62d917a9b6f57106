"""`yumiao verify`: is the record whole?"""

from __future__ import annotations

from argparse import Namespace
from contextlib import suppress
from gettext import gettext as _

from yumiao.config.installation import BeginningLost, opened
from yumiao.config.running import REFUSED, progress, progress_done
from yumiao.desk.proof import findings
from yumiao.journal.proof import extent

SHOWN = 50


def run(options: Namespace) -> int:
    """0 when everything agrees, else 1 with the first bad entry named first."""
    with suppress(BeginningLost):  # the proof says so itself, with everything else
        opened()
    progress(_("正在查验"))
    found = list(findings(whole_files=True))
    progress_done()
    if not found:
        stands = extent()
        print(_("全程纪实完好：{entries} 条，链头 {code}。").format(entries=stands["entries"], code=stands["code"]))
        return 0
    numbered = [finding.seq for finding in found if finding.seq is not None]
    if numbered:
        print(_("第一处不符：第 {seq} 条。").format(seq=min(numbered)))
    for finding in found[:SHOWN]:
        print(f"  {finding.text}")
    if len(found) > SHOWN:
        print(_("  …… 另有 {count} 处").format(count=len(found) - SHOWN))
    return REFUSED
