"""What goes wrong for a machine: problem details (RFC 9457) instead of a page.

`type` leads to the chapter of the handbook that explains the kind. Must not know: endpoints, tokens.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any, Final

from django.http import HttpResponse

CONTENT_TYPE: Final = "application/problem+json"
CHAPTER: Final = "/handbook/api/"


def problem(
    status: HTTPStatus,
    title: str,
    detail: str = "",
    *,
    kind: str = "",
    headers: Mapping[str, str] | None = None,
    **members: Any,
) -> HttpResponse:
    """A problem of a `kind` that the handbook explains; `members` are further facts of this one."""
    said: dict[str, Any] = {
        "type": f"{CHAPTER}#{kind}" if kind else "about:blank",
        "title": title,
        "status": int(status),
    }
    if detail:
        said["detail"] = detail
    text = json.dumps({**said, **members}, ensure_ascii=False, separators=(",", ":"))
    response = HttpResponse(text, status=status, content_type=CONTENT_TYPE, headers=dict(headers or {}))
    response.headers["Cache-Control"] = "no-store"
    return response
