"""Names as they are searched: without spaces and interpuncts, by the characters with which any part of the name begins.

Pure. Must not know: tables, who searches.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

LONGEST = 60  # characters of a search; the longest name has fewer
_DOTS: Final = frozenset("·•‧∙⋅・･．.")
_SURROGATES: Final = range(0xD800, 0xE000)
_CHARACTERS = re.compile(rf"[\u4e00-\u9fff]{{1,{LONGEST}}}")
_NUMBER = re.compile(r"[0-9]{11}")


def plain(written: str) -> str:
    """A name, or what is searched for, without spaces, interpuncts and signs that are not seen; at most `LONGEST` characters.

    Full-width letters become plain ones, so that it does not matter how somebody typed them.
    """
    if _CHARACTERS.fullmatch(written):  # nearly every name: an import makes some ten thousand plain
        return written
    folded = unicodedata.normalize("NFKC", written[: 4 * LONGEST])
    kept = "".join(sign for sign in folded if sign.isprintable() and not sign.isspace() and sign not in _DOTS)
    return unicodedata.normalize("NFC", kept)[:LONGEST]  # signs that have come to stand side by side may be one


def is_number(written: str) -> bool:
    """Whether it looks like an identity or telephone number: such are never searched for in an address."""
    return _NUMBER.search(plain(written).replace("-", "")) is not None


def tokens(name: str) -> list[str]:
    """By what else than the name as written somebody is found: its parts up to the end, and the whole where it is written otherwise.

    A search finds a person when the name or one of these begins with what is searched for.
    """
    whole = plain(name)
    return [whole[start:] for start in range(int(whole == name), len(whole))]


def end_of(prefix: str) -> str:
    """The least text after all those that begin with `prefix`, by code points; `prefix` is a text that `plain` gave, not empty."""
    last = ord(prefix[-1]) + 1
    return prefix[:-1] + chr(_SURROGATES.stop if last in _SURROGATES else last)
