"""Numbers in the capital numerals of official papers, which cannot be altered with a stroke. Pure; must not know what is counted."""

from typing import Final

_DIGITS: Final = "零壹贰叁肆伍陆柒捌玖"
_UNITS: Final = ("", "拾", "佰", "仟")


def capital(number: int) -> str:
    """90 is 玖拾, 105 is 壹佰零伍. `ValueError` outside 0 to 9999."""
    if not 0 <= number <= 9999:
        raise ValueError(f"no capital numeral here: {number}")
    if number == 0:
        return _DIGITS[0]
    said, gap = "", False
    for place in range(len(str(number)) - 1, -1, -1):
        digit = number // 10**place % 10
        if digit:
            said += ("零" if gap else "") + _DIGITS[digit] + _UNITS[place]
        gap = digit == 0 and bool(said)
    return said
