"""What the letter of another county says of a member who comes in. Must not know: forms, pages, what is lawful."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from yumiao.kernel.identity import IdentityNumber
from yumiao.people.services import Attributes
from yumiao.units.queries import UnitOnDay


@dataclass(frozen=True, slots=True)
class Arrival:
    """What the letter of another county says, and where the member is taken in.

    `is_same`: whether he is the one of the same name and birth date who left the county under another number; None: not said.
    """

    number: IdentityNumber
    attributes: Attributes
    membership_on: date
    full_member_on: date | None
    sender: str
    letter: str
    issued_on: date
    received_on: date
    branch: UnitOnDay
    phone: str = ""
    is_same: bool | None = None
