"""The door: every view states who may enter, and objects are fetched through it. A view without a policy is never served.

Must not know: what the views show.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date
from functools import wraps
from typing import Any, Final, TypeVar

from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed

from yumiao.access.permissions import PUBLIC, SIGNED_IN, Permission
from yumiao.access.readers import Reader
from yumiao.kernel.objections import NotAllowed, OutOfScope
from yumiao.units.queries import UnitOnDay

M = TypeVar("M", bound=Model)


class Request(HttpRequest):
    """A request that came through the door's middleware."""

    reader: Reader
    today: date


View = Callable[..., HttpResponse]


@dataclass(frozen=True, slots=True)
class Policy:
    """Who may enter a view: everybody, everybody signed in, or who holds a permission somewhere; `fresh` asks for a recent proof."""

    need: Permission | str
    fresh: bool
    methods: tuple[str, ...]


READ: Final = ("GET", "HEAD")


def door(need: Permission | str, *, fresh: bool = False, methods: Collection[str] = ("GET",)) -> Callable[[View], View]:
    """Put a policy on a view; `need` is a permission, `PUBLIC` or `SIGNED_IN`. The middleware enforces it."""
    if not isinstance(need, Permission) and need not in (PUBLIC, SIGNED_IN):
        raise ValueError(f"not a policy: {need!r}")
    allowed = tuple(dict.fromkeys(["HEAD", *methods] if "GET" in methods else methods))

    def with_policy(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if request.method not in allowed:
                return HttpResponseNotAllowed(allowed)
            return view(request, *args, **kwargs)

        guarded.policy = Policy(need, fresh, allowed)  # type: ignore[attr-defined]
        return guarded

    return with_policy


def policy_of(view: object) -> Policy | None:
    """The policy a view states; None for one that states none."""
    found = getattr(view, "policy", None)
    return found if isinstance(found, Policy) else None


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
