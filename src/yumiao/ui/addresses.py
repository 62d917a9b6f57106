"""Addresses of named routes, each asked for once: a page names hundreds of them, and they never change while the program runs.

Must not know: which routes there are.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache

from django.urls import reverse as asked


def reverse(name: str, args: Sequence[object] = (), kwargs: Mapping[str, object] | None = None) -> str:
    """As Django's, with values that are hashable; `NoReverseMatch` where there is none."""
    return _reverse(name, tuple(args), tuple((kwargs or {}).items()))


@lru_cache(maxsize=16_384)
def _reverse(name: str, args: tuple[object, ...], kwargs: tuple[tuple[str, object], ...]) -> str:
    return asked(name, args=args, kwargs=dict(kwargs))
