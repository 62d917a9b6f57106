"""A template and its data become a PDF. Data go in as JSON and are never read as markup; the same data give the same bytes.

Must not know: what a document says.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from importlib import resources
from pathlib import Path
from threading import Lock
from typing import Any

import typst

from yumiao.press import glyphs

TEMPLATES = Path(str(resources.files(__package__))) / "templates"
_lock = Lock()  # a compiler keeps what it has set, and is not made for two at once


def typeset(template: str, data: Mapping[str, Any]) -> bytes:
    """The PDF of `templates/<template>.typ` over plain `data`. Raises `glyphs.Unprintable`."""
    glyphs.check(data)
    inputs = {"data": json.dumps({**data, "fonts": glyphs.families()}, ensure_ascii=False)}
    with _lock:
        made = _compiler(glyphs.folders()).compile(
            (TEMPLATES / f"{template}.typ").read_bytes(), format="pdf", sys_inputs=inputs, timestamp=0, pdf_tags=False
        )
    if not isinstance(made, bytes):
        raise TypeError(f"{template}: no single document")
    return made


@cache
def _compiler(folders: tuple[Path, ...]) -> typst.Compiler:
    fonts = typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(folder) for folder in folders]
    )
    return typst.Compiler(root=str(TEMPLATES), font_paths=fonts)
