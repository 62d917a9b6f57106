"""The child process that opens an encrypted workbook of strangers: limits itself, tries the password, answers with the plain bytes.

Must not know anything but the bytes on standard input; must import no more than it needs, to start quickly.
"""

from __future__ import annotations

import contextlib
import io
import resource
import sys
from typing import Any

from yumiao.files.limits import framed, unframed

CONTENT_BYTES = 16 << 20
_MEMORY_BYTES, _SECONDS = 450 << 20, 20


def main() -> None:
    """Answer with the plain workbook or a word for why not; any other end means that a limit was met."""
    job, parts = unframed(sys.stdin.buffer.read())
    for kind, most in (
        (resource.RLIMIT_AS, _MEMORY_BYTES),
        (resource.RLIMIT_CPU, _SECONDS),
        (resource.RLIMIT_FSIZE, 2 * CONTENT_BYTES),
        (resource.RLIMIT_NOFILE, 64),
        (resource.RLIMIT_CORE, 0),
    ):
        # An operator's own, lower limit cannot be raised and need not be.
        with contextlib.suppress(ValueError):
            resource.setrlimit(kind, (most, most))
    said, content = _opened(parts[0], job["password"])
    sys.stdout.buffer.write(framed(said, [content]))


def _opened(content: bytes, password: str) -> tuple[dict[str, Any], bytes]:
    import msoffcrypto  # only now, under the limits
    from msoffcrypto.exceptions import DecryptionError, FileFormatError, InvalidKeyError, ParseError

    plain = io.BytesIO()
    try:
        file = msoffcrypto.OfficeFile(io.BytesIO(content))
        if not file.is_encrypted():
            return {"why": "open"}, b""
        file.load_key(password=password, verify_password=True)
        file.decrypt(plain)
    except InvalidKeyError:
        return {"why": "password"}, b""
    except (FileFormatError, ParseError, DecryptionError):
        return {"why": "format"}, b""
    return {"why": ""}, plain.getvalue()
