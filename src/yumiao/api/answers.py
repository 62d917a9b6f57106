"""What leaves: a document as JSON with its tag, what cannot be read as a problem. Must not know: endpoints."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any, Final

from django.http import HttpResponse
from django.utils.translation import gettext as _

from yumiao import __version__
from yumiao.access.door import Request
from yumiao.access.problems import problem
from yumiao.api.parameters import Fault

JSON: Final = "application/json"


def json_of(document: Mapping[str, Any]) -> str:
    """Without a space too many."""
    return json.dumps(document, ensure_ascii=False, separators=(",", ":"))


def answered(document: Mapping[str, Any], tag: str) -> HttpResponse:
    return HttpResponse(json_of(document), content_type=JSON, headers={"ETag": tag})


def tag_of(request: Request) -> str:
    """Changes with every act, every day, every release, and differs between tokens: their rights are part of the answer."""
    head = request.reader.head
    about = (__version__, head.seq, head.hash, request.today, request.token.pk, request.get_full_path())
    return f'"{hashlib.sha256(repr(about).encode()).hexdigest()[:32]}"'


def unchanged(request: Request, tag: str) -> HttpResponse | None:
    """The answer to whoever has what he asks for; None else. A compressed answer left with a weak tag, which means the same."""
    known = (one.strip().removeprefix("W/") for one in request.headers.get("If-None-Match", "").split(","))
    if tag not in known:
        return None
    return HttpResponse(status=HTTPStatus.NOT_MODIFIED, headers={"ETag": tag})


def malformed(faults: Sequence[Fault]) -> HttpResponse:
    """Every parameter that cannot be read, at once."""
    detail = "；".join(f"{fault.parameter}：{fault.reason}" for fault in faults) + "。"
    told = [fault._asdict() for fault in faults]
    return problem(HTTPStatus.BAD_REQUEST, _("参数不对"), detail, kind="parameters", faults=told)
