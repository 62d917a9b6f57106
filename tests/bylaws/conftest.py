"""A key for the journal's digests, and somebody who acts."""

from __future__ import annotations

from pathlib import Path

import pytest


@pytest.fixture
def clerk():
    from django.conf import settings

    from yumiao.journal.acts import Actor
    from yumiao.vault.keys import make_first_key

    make_first_key(Path(settings.KEYS_FOLDER))
    return Actor(uid=None, label="青岚县委组织部 韦小禾")
