"""What was typed into a form whose proof had run out: carried through the confirmation in the page itself, and sent on from there.

It is never stored: what somebody typed may be a number. Must not know: what the form means.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Final

from django.http import HttpRequest

from yumiao.access import onward

FIELD: Final = "kept"
NOT_KEPT: Final = ("csrfmiddlewaretoken",)


@dataclass(frozen=True, slots=True)
class Kept:
    """A form that waits: where it goes, and its fields in order."""

    address: str
    fields: tuple[tuple[str, str], ...]

    @property
    def packed(self) -> str:
        return json.dumps([self.address, self.fields], ensure_ascii=False)


def of_form(request: HttpRequest) -> Kept | None:
    """The form just sent; None where nothing was sent, a file was, or only a fragment was asked for."""
    if request.method != "POST" or request.FILES or onward.is_fragment(request):
        return None
    fields = [(name, value) for name, values in request.POST.lists() for value in values if name not in NOT_KEPT]
    return Kept(request.get_full_path(), tuple(fields))


def unpacked(request: HttpRequest) -> Kept | None:
    """The form that came along with a confirmation; None where none did, or it is not one of ours."""
    try:
        address, fields = json.loads(request.POST.get(FIELD, ""))
        pairs = tuple((str(name), str(value)) for name, value in fields)
        # half a sign can be sent, but not shown
        "".join([str(address), *(text for pair in pairs for text in pair)]).encode()
    except (ValueError, TypeError, RecursionError):
        return None
    return Kept(str(address), pairs) if onward.local(str(address)) == address else None
