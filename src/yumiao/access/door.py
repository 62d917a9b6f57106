"""The door: every view states who may enter, and objects are fetched through it. A view without a policy is never served.

Must not know: what the views show.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date
from functools import wraps
from http import HTTPStatus
from typing import Any, Final, TypeVar

from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from yumiao.access.models import Token
from yumiao.access.permissions import PUBLIC, SIGNED_IN, Permission
from yumiao.access.problems import problem
from yumiao.access.readers import Reader
from yumiao.kernel.objections import NotAllowed, OutOfScope
from yumiao.units.queries import UnitOnDay

M = TypeVar("M", bound=Model)


class Request(HttpRequest):
    """A request that came through the door's middleware; `token` where a token opened it."""

    reader: Reader
    today: date
    token: Token


View = Callable[..., HttpResponse]


@dataclass(frozen=True, slots=True)
class Policy:
    """Who may enter a view: everybody, everybody signed in, or who holds a permission somewhere; `fresh` asks for a recent proof.

    `by_token`: a view for machines, which a token opens and a session does not.
    """

    need: Permission | str
    fresh: bool
    methods: tuple[str, ...]
    by_token: bool = False


READ: Final = ("GET", "HEAD")
API: Final = "/api/"


def door(
    need: Permission | str, *, fresh: bool = False, methods: Collection[str] = ("GET",), by_token: bool = False
) -> Callable[[View], View]:
    """Put a policy on a view; `need` is a permission, `PUBLIC` or `SIGNED_IN`. The middleware enforces it.

    What a token opens reads only: it carries no cookie, so no other site can make a browser ask for it.
    """
    if not isinstance(need, Permission) and need not in (PUBLIC, SIGNED_IN):
        raise ValueError(f"not a policy: {need!r}")
    allowed = tuple(dict.fromkeys(["HEAD", *methods] if "GET" in methods else methods))
    if by_token and (fresh or need == PUBLIC or set(allowed) - set(READ)):
        raise ValueError("a token opens reads for those it was given to, nothing else")

    def with_policy(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if request.method not in allowed:
                return _reads_only(allowed) if by_token else _otherwise(allowed)
            return view(request, *args, **kwargs)

        guarded.policy = Policy(need, fresh, allowed, by_token)  # type: ignore[attr-defined]
        if by_token:
            guarded.csrf_exempt = True  # type: ignore[attr-defined]
        return guarded

    return with_policy


def policy_of(view: object) -> Policy | None:
    """The policy a view states; None for one that states none."""
    found = getattr(view, "policy", None)
    return found if isinstance(found, Policy) else None


def is_for_machines(request: HttpRequest) -> bool:
    """Whether whoever asked reads problems, not pages: at an address that tokens open, or at one below `/api/` that is none."""
    match = getattr(request, "resolver_match", None)
    if match is None:
        return request.path.startswith(API)
    policy = policy_of(match.func)
    return policy is not None and policy.by_token


def _reads_only(allowed: Collection[str]) -> HttpResponse:
    detail = _("接口只能读，请用 {methods}。").format(methods="、".join(sorted(allowed)))
    return problem(
        HTTPStatus.METHOD_NOT_ALLOWED, _("不能这样请求"), detail, kind="method", headers={"Allow": ", ".join(allowed)}
    )


def _otherwise(allowed: Collection[str]) -> HttpResponse:
    """The page for an address that only takes what is sent, opened by hand; or the other way round."""
    page = render_to_string("ui/errors/405.html", {"frame": None, "messages": []})
    return HttpResponse(page, status=HTTPStatus.METHOD_NOT_ALLOWED, headers={"Allow": ", ".join(allowed)})


def fetch(
    rows: QuerySet[M], reader: Reader, permission: Permission, *, see: Permission | None = None, **lookup: Any
) -> M:
    """The one row of a scoped table: `OutOfScope` where the reader does not see it, `NotAllowed` where he sees it and may not.

    `rows` offers `visible_to(scope)`; `see` is the permission under which it is seen at all, `permission` itself unless said.
    """
    seen = rows.visible_to(reader.scope(see or permission)).filter(**lookup).first()  # type: ignore[attr-defined]
    if seen is None:
        raise OutOfScope("没有找到，或不在您的管理范围内。")
    if see is not None and not rows.visible_to(reader.scope(permission)).filter(pk=seen.pk).exists():  # type: ignore[attr-defined]
        raise NotAllowed(f"您的任职不含“{permission.label}”。")
    found: M = seen
    return found


def admit(unit: UnitOnDay | None, reader: Reader, permission: Permission) -> None:
    """As `fetch`, for what is read by hand and stands at `unit`: raises `OutOfScope` where the reader does not reach it."""
    if unit is None or not reader.may_at(permission, unit):
        raise OutOfScope("没有找到，或不在您的管理范围内。")


def parsed_once(request: HttpRequest) -> uuid.UUID | None:
    """The mark of the form that was sent; None where it carries none, or something else."""
    try:
        return uuid.UUID(request.POST.get("once", ""))
    except ValueError:
        return None
