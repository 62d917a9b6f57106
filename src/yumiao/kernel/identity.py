"""Citizen identity numbers (IDN-01 to IDN-07) and the masks under which they and telephone numbers may be shown.

Must not know: persons, storage, encryption. No message or repr made here contains a whole number.
"""

import re
from dataclasses import dataclass, field
from datetime import date

from yumiao.kernel.periods import FOREVER, on_screen

_TO_ASCII = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x200B: None, 0xFEFF: None}
_HYPHENS = "-‐‑–—−﹣"
_EIGHTEEN = re.compile(r"[0-9]{17}[0-9X]")
_FIFTEEN = re.compile(r"[0-9]{15}")
_OLDEST_YEAR = 1900

_DIGIT = "[0-9０-９]"
_GAP = rf"(?:[^\S\r\n]|[{_HYPHENS}－\u200b\ufeff]){{0,3}}"
_RUN = re.compile(rf"{_DIGIT}(?:{_GAP}{_DIGIT}){{9,}}(?:{_GAP}[xXｘＸ])?")
_DATE = r"(?:19|20)[0-9]{2}(?:-[0-9]{1,2}-[0-9]{1,2}|(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01]))"
_DATES = re.compile(rf"{_DATE}(?:[\s-]{{1,3}}{_DATE})*")
_SHORTEST_SECRET = 11


class InvalidIdentity(ValueError):
    """Why a text is no identity number: `rule`, a Chinese `reason` without the number, and for 15 digits `offered`."""

    def __init__(self, rule: str, reason: str, offered: str = "") -> None:
        super().__init__(reason)
        self.rule = rule
        self.reason = reason
        self.offered = offered


@dataclass(frozen=True, slots=True)
class IdentityNumber:
    """A valid 18-character number and what it says about its holder."""

    number: str = field(repr=False)
    born_on: date
    is_woman: bool


def normalise(text: str) -> str:
    """`text` without any spaces, full-width characters as ASCII, small x as X (IDN-02). Hyphens stay (IDN-07)."""
    return "".join(text.translate(_TO_ASCII).split()).replace("x", "X")


def mod_11_2(digits: str) -> str:
    """The check character, 0 to 9 or X, of a string of digits by ISO 7064 MOD 11-2."""
    if not re.fullmatch(r"[0-9]+", digits):
        raise ValueError("mod_11_2 takes digits only")
    total = 0
    for digit in map(int, digits):
        total = (total + digit) * 2
    return "10X98765432"[total % 11]


def check_digit(first17: str) -> str:
    """The 18th character that belongs to the first 17 (IDN-01)."""
    if len(first17) != 17:
        raise ValueError("check_digit takes 17 digits")
    return mod_11_2(first17)


def parse(text: str, *, today: date = FOREVER) -> IdentityNumber:
    """The number that `text` holds after `normalise`; its birth date may not be later than `today` (IDN-04).

    Raises `InvalidIdentity`. A 15-digit number is refused too (IDN-03), with its 18-character form `offered`.
    """
    number = normalise(text)
    if _FIFTEEN.fullmatch(number):
        offered = from_fifteen(number)
        reason = f"15位旧号码不再受理，请填写18位号码（按旧号码推算为{mask_identity(offered)}，请核对）"
        raise InvalidIdentity("IDN-03", reason, offered)
    if set(number) & set(_HYPHENS):
        raise InvalidIdentity("IDN-07", "号码中有连字符，请去掉后重新填写")
    if len(number) != 18:
        raise InvalidIdentity("IDN-01", f"公民身份号码应为18位，现为{len(number)}位")
    if not _EIGHTEEN.fullmatch(number):
        raise InvalidIdentity("IDN-01", "公民身份号码前17位应为数字，最后一位应为数字或X")
    born_on = _birth_date(number[6:14])
    if born_on > today:
        raise InvalidIdentity("IDN-04", f"号码中的出生日期晚于{on_screen(today)}")
    if check_digit(number[:17]) != number[17]:
        raise InvalidIdentity("IDN-01", "公民身份号码校验码不符，请逐位核对")
    return IdentityNumber(number, born_on, is_woman=int(number[16]) % 2 == 0)


def from_fifteen(text: str) -> str:
    """The 18-character form of a 15-digit number: always of the years 19xx (IDN-03, IDN-07)."""
    old = normalise(text)
    if not _FIFTEEN.fullmatch(old):
        raise InvalidIdentity("IDN-03", "旧号码应为15位数字")
    _birth_date(f"19{old[6:12]}")
    first17 = f"{old[:6]}19{old[6:]}"
    return first17 + check_digit(first17)


def mask_identity(text: str) -> str:
    """`431129********0017`: place and last four stay; what is shorter than a 15-digit number is starred throughout."""
    number = normalise(text)
    if len(number) < 15:
        return "*" * len(number)
    return number[:6] + "*" * (len(number) - 10) + number[-4:]


def mask_phone(text: str) -> str:
    """`123****8901`: first three and last four stay; what is shorter than a mobile number is starred throughout."""
    number = normalise(text)
    if len(number) < _SHORTEST_SECRET:
        return "*" * len(number)
    return number[:3] + "*" * (len(number) - 7) + number[-4:]


def scrub(text: str) -> str:
    """Free text with every run masked that could be an identity or telephone number.

    A run is 11 digits or more (X may be the last), full-width or not, also with spaces or hyphens in between. Dates and
    dotted codes stay. A run of any other length than 11, 15 or 18 may be two numbers side by side: nothing of it stays.
    """
    return _RUN.sub(lambda found: _scrubbed(found.group()), text)


def _scrubbed(run: str) -> str:
    if _DATES.fullmatch(run.translate(_TO_ASCII)):
        return run
    number = re.sub("[^0-9X]", "", normalise(run))
    if len(number) < _SHORTEST_SECRET:
        return run
    if len(number) == _SHORTEST_SECRET:
        return mask_phone(number)
    return mask_identity(number) if len(number) in (15, 18) else "*" * len(number)


def _birth_date(digits: str) -> date:
    try:
        born_on = date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        raise InvalidIdentity("IDN-04", "号码中的出生日期不存在") from None
    if born_on.year < _OLDEST_YEAR:
        raise InvalidIdentity("IDN-03", f"号码中的出生年份早于{_OLDEST_YEAR}年，本系统不支持")
    return born_on
