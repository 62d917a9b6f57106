"""`yumiao verify-dossier FILE`: is a package what was bound? Without database, keys or data folder."""

from __future__ import annotations

from argparse import Namespace
from gettext import gettext as _
from pathlib import Path

from yumiao.press.manifests import MOST_BYTES, NoPackage, check

CHANGED, NO_PACKAGE = 1, 2


def run(options: Namespace) -> int:
    """0 when everything agrees, 1 with every difference named, 2 for what is no package."""
    path = Path(options.file)
    try:
        if path.stat().st_size > MOST_BYTES:
            raise NoPackage(_("文件太大，不像资料包。"))
        found = check(path.read_bytes(), options.key)
    except OSError:
        print(_("无法读取 {file}。").format(file=path.name))
        return NO_PACKAGE
    except NoPackage as error:
        print(error)
        return NO_PACKAGE
    for problem in found.problems:
        print(problem)
    if found.problems:
        print(_("共 {count} 处不符。").format(count=len(found.problems)))
        return CHANGED
    said = _("完好：{pages} 页，{papers} 份材料，签名密钥 {key}，清单摘要 {digest}。")
    print(said.format(pages=found.pages, papers=found.papers, key=found.key, digest=found.digest[:16]))
    if not options.key:
        print(_("请与出具单位公布的密钥标记核对，或者加上 --key 一并查验。"))
    return 0
