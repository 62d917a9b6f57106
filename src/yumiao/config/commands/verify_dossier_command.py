"""`yumiao verify-dossier FILE`: is a package what was bound? Without database, keys or data folder."""

from __future__ import annotations

import json
import unicodedata
from argparse import Namespace
from gettext import gettext as _
from pathlib import Path
from typing import Any, Final

from yumiao.press.manifests import MOST_BYTES, NoPackage
from yumiao.sheets.limited import BrokeOff, TookTooLong, answer_of

CHANGED, NO_PACKAGE = 1, 2
PROGRAM: Final = ("-m", "yumiao.press.checking")
SECONDS: Final = 180.0


def run(options: Namespace) -> int:
    """0 when everything agrees, 1 with every difference named, 2 for what is no package."""
    path = Path(options.file)
    try:
        if path.stat().st_size > MOST_BYTES:
            raise NoPackage(_("文件太大，不像资料包。"))
        found = _checked(path.read_bytes(), options.key)
    except OSError:
        print(_("无法读取 {file}。").format(file=_plain(path.name)))
        return NO_PACKAGE
    except NoPackage as error:
        print(error)
        return NO_PACKAGE
    for problem in found["problems"]:
        print(_plain(problem))
    if found["problems"]:
        print(_("共 {count} 处不符。").format(count=len(found["problems"])))
        return CHANGED
    said = _("完好：{pages} 页，{papers} 份材料，签名密钥 {key}，清单摘要 {digest}。")
    print(said.format(pages=found["pages"], papers=found["papers"], key=found["key"], digest=found["digest"][:16]))
    if not options.key:
        print(_("出具单位未核对：请向出具单位问清密钥标记，加上 --key 再查验一次。"))
    return 0


def _checked(content: bytes, key: str) -> dict[str, Any]:
    """What a child process under limits found. Raises `NoPackage`."""
    try:
        said: dict[str, Any] = json.loads(answer_of(PROGRAM, key.encode() + b"\n" + content, seconds=SECONDS))
    except (TookTooLong, BrokeOff, ValueError):
        raise NoPackage(_("文件展开后太大或者已损坏，无法查验，不像资料包。")) from None
    if "refused" in said:
        raise NoPackage(_plain(said["refused"]))
    return said


def _plain(text: str) -> str:
    """Without signs that steer a terminal: names stand in a stranger's file."""
    return "".join("\N{REPLACEMENT CHARACTER}" if unicodedata.category(sign) in ("Cc", "Cf") else sign for sign in text)
