"""What one page hands to the next, sealed for a body and for who looks: a password, a preview. Must not know: what is in it."""

from __future__ import annotations

import base64
import binascii

from yumiao.access.door import Request
from yumiao.admission.models import JointReviewBody
from yumiao.vault.cells import Unsealable, seal, unseal


def about(request: Request, body: JointReviewBody, what: str) -> str:
    """What a page hands to the next one is bound to: the body and who looks."""
    account = request.reader.account
    return f"joint-{what}|{body.uid.hex}|{account.uid.hex if account else ''}"


def handed(plain: str, bound: str) -> str:
    """A token that only `taken` opens again, for the same."""
    version, cell = seal(plain, about=bound)
    return f"{version}.{base64.urlsafe_b64encode(cell).decode()}"


def taken(token: str, bound: str) -> str:
    """The text of a token. Raises `Unsealable` for anything but what `handed` gave for the same."""
    version, _dot, cell = token.partition(".")
    try:
        return unseal(base64.urlsafe_b64decode(cell), about=bound, version=int(version))
    except (ValueError, binascii.Error) as error:
        raise Unsealable("没有这个预览。") from error
