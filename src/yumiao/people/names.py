"""Names: what can be one, and how they are searched: without spaces and interpuncts, by what any part of them or their pinyin begins with.

Pure. Must not know: tables, who searches.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from yumiao.people.pinyin import spellings

LONGEST = 60  # characters of a search; the longest name has fewer
LONGEST_NAME: Final = 50
_MARKUP: Final = '<>&"/\\='
_UNSEEN: Final = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})  # categories
_JOINERS: Final = frozenset("\u200c\u200d")  # unseen, yet some scripts are not written without
_LATER_IDEOGRAPHS: Final = range(0x20000, 0x40000)  # also those that this Python does not know yet
_DOTS: Final = frozenset("·•‧∙⋅・･．.'’‘ʼ`")  # with them the apostrophe of xi'an
_LETTERS: Final = str.maketrans("ABCDEFGHIJKLMNOPQRSTUVWXYZüÜ", "abcdefghijklmnopqrstuvwxyzvv")  # as pinyin is typed
_SURROGATES: Final = range(0xD800, 0xE000)
_CHARACTERS = re.compile(rf"[\u4e00-\u9fff]{{1,{LONGEST}}}")
_NUMBER = re.compile(r"[0-9]{11}")


def fault(written: str) -> str:
    """Why a text cannot be somebody's name, and what to do about it, in Chinese; empty for a name (WBK-19).

    A name has 1 to 50 characters of any script, at least one of them a letter or ideograph. Signs of markup are looked for in
    whatever width they were typed.
    """
    if len(written) > LONGEST_NAME:
        return f"姓名过长，最多 {LONGEST_NAME} 个字"
    if _CHARACTERS.fullmatch(written):  # nearly every name
        return ""
    if any(unicodedata.category(sign) in _UNSEEN and sign not in _JOINERS for sign in written):
        return "姓名含有换行或看不见的字符，请删去后重新填写"
    if found := next((sign for sign in unicodedata.normalize("NFKC", written) if sign in _MARKUP), ""):
        return f"姓名不能含有“{found}”，请按身份证件上的姓名填写"
    if not any(map(_is_letter, written)):
        return "姓名里没有文字，只有数字或符号，请按身份证件上的姓名填写"
    return ""


def _is_letter(sign: str) -> bool:
    return sign.isalpha() or sign == "〇" or ord(sign) in _LATER_IDEOGRAPHS


def plain(written: str) -> str:
    """A name, or what is searched for, without spaces, interpuncts and signs that are not seen; at most `LONGEST` characters.

    Full-width letters become plain ones, capitals small and `ü` the `v` it is typed as, so that it does not matter how somebody
    wrote them.
    """
    if _CHARACTERS.fullmatch(written):  # nearly every name: an import makes some ten thousand plain
        return written
    folded = unicodedata.normalize("NFKC", written[: 4 * LONGEST])
    kept = "".join(sign for sign in folded if sign.isprintable() and not sign.isspace() and sign not in _DOTS)
    joined = unicodedata.normalize("NFC", kept)  # signs that have come to stand side by side may be one
    return joined.translate(_LETTERS)[:LONGEST]


def is_number(written: str) -> bool:
    """Whether it looks like an identity or telephone number: such are never searched for in an address."""
    return _NUMBER.search(plain(written).replace("-", "")) is not None


def parts(name: str) -> list[str]:
    """The parts of a name up to its end, and the whole where it is written otherwise."""
    whole = plain(name)
    return [whole[start:] for start in range(int(whole == name), len(whole))]


def tokens(name: str) -> list[str]:
    """By what else than the name as written somebody is found: its parts, its pinyin and its initials.

    A search finds a person when the name or one of these begins with what is searched for.
    """
    return [*parts(name), *spellings(plain(name))]


def end_of(prefix: str) -> str:
    """The least text after all those that begin with `prefix`, by code points; `prefix` is a text that `plain` gave, not empty."""
    last = ord(prefix[-1]) + 1
    return prefix[:-1] + chr(_SURROGATES.stop if last in _SURROGATES else last)
