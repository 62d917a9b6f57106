"""How large the demo county is, and how many of its villages stand where on the three lines.

It must not know how the people behind a figure are made.
"""

from dataclasses import astuple, dataclass

LARGEST_SCALE = 26


@dataclass(frozen=True, slots=True)
class Figures:
    """Counts the county has exactly; years are seen from the demo day, so "last year" is 2025."""

    townships: int = 38
    villages: int = 319
    members: int = 10_174
    activists: int = 1_096
    applicants_only: int = 547
    talents: int = 734
    admitted_this_year: int = 278
    without_admission_last_year: int = 88
    without_admission_two_years: int = 17
    still_without_this_year: int = 21
    still_without_after_two_years: int = 7
    greying_villages: int = 60
    villages_without_activist: int = 9
    townships_below_guidance_line: int = 5
    townships_short_of_reserve: int = 4

    @classmethod
    def at(cls, scale: int) -> "Figures":
        """Every count times `scale`.

        Raises ValueError outside 1 to 26: three digits a level hold no more townships than that.
        """
        if not 1 <= scale <= LARGEST_SCALE:
            raise ValueError(f"scale must be 1 to {LARGEST_SCALE}, not {scale}")
        return cls(*(count * scale for count in astuple(cls())))
