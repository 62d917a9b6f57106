"""The small county of the cast once for a whole module of questions; every request is undone, so that none meets another."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from django.conf import settings
from django.db import transaction

from tests.architecture.routes import Arguments, Route, cases, routes
from tests.cast import Cast, make_cast
from yumiao.bylaws.services import record_paper
from yumiao.vault.keys import make_first_key

if TYPE_CHECKING:
    from pytest_django import DjangoDbBlocker

PAPER = "青组发〔2026〕3号"


@pytest.fixture(scope="module")
def county(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Cast]:
    """The cast, and one county paper."""
    make_first_key(Path(settings.KEYS_FOLDER))
    with django_db_blocker.unblock(), undone():
        made = make_cast()
        day = made.today.replace(month=1, day=1)
        said = {"number": PAPER, "issuing_body": "县委组织部", "title": "关于年龄界限的通知"}
        record_paper(**said, in_force_from=day, actor=made.operator)
        yield made


@contextmanager
def undone() -> Iterator[None]:
    """Whatever is written inside is taken back."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def answering(method: str) -> list[Route]:
    """The routes that know a method."""
    return [route for route in routes() if route.policy is not None and method in route.policy.methods]


def all_objects(route: Route, cast: Cast) -> dict[str, Arguments]:
    """What a route is called with, on every side."""
    return cases(route, cast)
