"""How a name is spelled in Latin letters, as clerks type it: whole and by its initials, in every reading its surname may have.

Readings of characters come from `pypinyin` (its table of characters only), those of surnames from the table below. Pure: must not
know tables, who searches.
"""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Mapping
from functools import cache, lru_cache
from typing import Final

_SURNAMES: Final = (
    "么:yao 乐樂:yue 乜:nie 仇:qiu 佴:nai 便:pian 冒:mao,mo 区區:ou 单單:shan 句:gou 召:shao 员員:yun 宓:mi,fu 尉:wei,yu 折:she 曾:zeng "
    "朴:piao 查:zha 洗:xian 牟:mou,mu 盖蓋:ge 祭:zhai 种:chong 秘:bi 繁:po 缪繆:miao 翟:zhai 能:nai 莘:shen,xin 蔚:yu,wei 薄:bo 藏:zang "
    "覃:qin,tan 解:xie 谌諶:chen,shen 贠:yun 费費:fei,bi 適:kuo 郄:qie,xi 郇:xun,huan 郗:xi,chi 都:du 隗:wei,kui 黑:he 盛:sheng,cheng"
)
_COMPOUNDS: Final = "万俟:moqi 尉迟尉遲:yuchi 长孙長孫:zhangsun 澹台澹臺:tantai 单于單于:chanyu 乐正樂正:yuezheng"
_GIVEN: Final[Mapping[str, str]] = {
    "长": "chang",
    "長": "chang",
    "卜": "bu",
    "阚": "kan",
    "闞": "kan",
}  # where the first is rare
_LONGEST: Final = 60  # as `people.names.LONGEST`: a token is no longer


@cache
def _readings() -> Mapping[int, str]:
    """Readings of characters with their tones, the ordinary one first. Read when the first name is spelled, not before."""
    os.environ.setdefault(
        "PYPINYIN_NO_PHRASES", "true"
    )  # its words are of no use for names, and take a quarter of a second
    from pypinyin.pinyin_dict import pinyin_dict

    return dict(pinyin_dict)


@lru_cache(maxsize=20_000)
def syllable(character: str) -> str:
    """The ordinary reading without its tone, `ü` as `v`; a letter or digit as itself in lower case; empty for what has neither."""
    if character in _GIVEN:
        return _GIVEN[character]
    if found := _readings().get(ord(character), ""):
        return _toneless(found.partition(",")[0])
    return character.lower() if character.isalnum() and ord(character) < ord("\u2e80") else ""


def _toneless(reading: str) -> str:
    spread = unicodedata.normalize("NFD", reading).replace("u\u0308", "v").replace("ɡ", "g")
    return "".join(sign for sign in spread if not unicodedata.combining(sign)).replace("ê", "e")


@cache
def _surnames() -> Mapping[str, tuple[str, ...]]:
    return _table(_SURNAMES, size=1)


@cache
def _compounds() -> Mapping[str, tuple[str, ...]]:
    return _table(_COMPOUNDS, size=2)


def _table(text: str, *, size: int) -> dict[str, tuple[str, ...]]:
    """The entries of a table: names of `size` characters written one behind the other, a colon, their readings."""
    found: dict[str, tuple[str, ...]] = {}
    for entry in text.split():
        names, _, said = entry.partition(":")
        for start in range(0, len(names), size):
            name = names[start : start + size]
            found[name] = (*found.get(name, ()), *said.split(","))
    return found


def _beginnings(name: str) -> tuple[list[tuple[str, ...]], str]:
    """(each way to read the surname, as syllables; the rest of the name). The usual way of a surname first, the ordinary one last."""
    ordinary = (syllable(name[0]),)
    if len(name) > 2 and (said := _compounds().get(name[:2])):
        second = syllable(name[1])
        ways = [(one.removesuffix(second), second) if one.endswith(second) else (one[:2], one[2:]) for one in said]
        return [*ways, (*ordinary, second)], name[2:]
    return [*((one,) for one in _surnames().get(name[0], ())), ordinary], name[1:]


def _ways(plain: str) -> list[list[str]]:
    """Every way to read a plain name, as syllables, without the signs that have no reading."""
    surnames, rest = _beginnings(plain)
    given = [syllable(sign) for sign in rest]
    return [[one for one in (*surname, *given) if one] for surname in surnames]


def spellings(plain: str) -> list[str]:
    """What a name of Chinese characters is typed as: whole and by initials, in every reading; none for one that is in letters already.

    `plain` is a name as `people.names.plain` gives it. `ü` stands as `v`, `u` and `yu`, whole in one of the three.
    """
    if not plain or not any(sign >= "\u2e80" for sign in plain):
        return []
    found: dict[str, None] = {}
    for way in _ways(plain):
        for letters in ("v", "u", "yu") if any("v" in one for one in way) else ("v",):
            found["".join(way).replace("v", letters)[:_LONGEST]] = None
        found["".join([one[0] for one in way])[:_LONGEST]] = None
    return [one for one in found if one]


def reading(plain: str) -> str:
    """The one usual reading of a name: two names with the same are heard as the same, and 張 reads as 张."""
    return " ".join(_ways(plain)[0]) if plain else ""
