"""Somebody who acts, and a small county that was imported, corrected and read."""

from __future__ import annotations

import pytest


@pytest.fixture
def clerk():
    from yumiao.journal.acts import Actor

    return Actor(uid=None, label="青岚县委组织部 韦小禾")
