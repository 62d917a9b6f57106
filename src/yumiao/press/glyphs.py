"""Which characters can be printed: those some font of ours has. What cannot be printed is said before, never shown as a box.

Must not know: documents, how they are set.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pylopdf_fonts_zh_cn
from django.conf import settings
from django.utils.translation import gettext as _
from fontTools.ttLib import TTCollection, TTFont

FONTS = Path(pylopdf_fonts_zh_cn.__file__).parent
_SHOWN = 10


class Unprintable(Exception):
    """Characters no font has; the text says which and what to do."""

    def __init__(self, characters: Iterable[str]) -> None:
        self.characters = tuple(sorted(set(characters)))
        named = "、".join(f"“{one}”（U+{ord(one):04X}）" for one in self.characters[:_SHOWN])
        more = _("等 {count} 个字").format(count=len(self.characters)) if len(self.characters) > _SHOWN else ""
        super().__init__(
            _(
                "打印用的字体里没有{named}{more}，所以没有打印。请系统管理员把含有这些字的字体文件放进 YUMIAO_FONTS 所指的文件夹，然后再打印。"
            ).format(named=named, more=more)
        )


def folders() -> tuple[Path, ...]:
    """Where fonts lie: those that come along, then the office's own."""
    own = settings.FONTS
    return (FONTS, own) if own is not None and own.is_dir() else (FONTS,)


def check(value: Any) -> None:
    """Raises `Unprintable` for the characters of a value (texts in mappings and sequences) that no font has."""
    wanted = set("".join(_texts(value)))
    if missing := {one for one in wanted - _known(folders()) if not one.isspace()}:
        raise Unprintable(missing)


def families() -> list[str]:
    """Names of the fonts in the order in which a character is looked for."""
    found = dict.fromkeys(name for folder in folders() for name in _names(folder))
    return sorted(found, key=lambda name: name != "Noto Serif SC")


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for one in value.values():
            yield from _texts(one)
    elif isinstance(value, list | tuple):
        for one in value:
            yield from _texts(one)


def _known(places: tuple[Path, ...]) -> frozenset[str]:
    return frozenset().union(*(characters for folder in places for _name, characters in _fonts(folder)))


def _names(folder: Path) -> tuple[str, ...]:
    return tuple(name for name, _characters in _fonts(folder))


@cache
def _fonts(folder: Path) -> tuple[tuple[str, frozenset[str]], ...]:
    """(family, characters) of every font in a folder."""
    found = []
    for path in sorted(folder.iterdir()):
        if path.suffix.lower() in (".otf", ".ttf"):
            with TTFont(path, lazy=True) as font:
                found.append(_said_of(font))
        elif path.suffix.lower() in (".otc", ".ttc"):
            with TTCollection(path, lazy=True) as collection:
                found += [_said_of(font) for font in collection]
    return tuple(found)


def _said_of(font: TTFont) -> tuple[str, frozenset[str]]:
    return str(font["name"].getBestFamilyName()), frozenset(map(chr, font.getBestCmap() or ()))
