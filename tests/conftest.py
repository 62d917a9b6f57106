"""The ground every test stands on: a data folder of its own, no network, Django only where a run needs it.

`-m "not db and not browser"` is the pure run: Django is not set up and modules whose `pytestmark` is `db` are not even imported. It
must not hold fixtures of one app; those live beside the tests that use them.
"""

from __future__ import annotations

import ipaddress
import os
import re
import shutil
import sys
import tempfile
from pathlib import Path
from typing import Any

import hypothesis
import pytest

DATA_FOLDER = tempfile.mkdtemp(prefix="yumiao-tests-")
Path(DATA_FOLDER, "static").mkdir()
PURE = "not db and not browser"
DATABASE_MODULE = re.compile(r"^pytestmark\s*=.*\bpytest\.mark\.(db|browser)\b", re.MULTILINE)

# Each process, and each parallel worker, has its own folder; the user's is never touched.
os.environ["YUMIAO_DATA"] = DATA_FOLDER
for inherited in ("YUMIAO_KEYS", "YUMIAO_SECRET_KEY", "YUMIAO_HOSTS"):
    os.environ.pop(inherited, None)

# How long an example takes depends on who else uses the machine.
hypothesis.settings.register_profile("suite", deadline=None)
hypothesis.settings.load_profile("suite")


class NetworkUsed(RuntimeError):
    """A test reached for another machine."""


def _is_this_machine(host: object) -> bool:
    if host in (None, "", b"", "localhost", b"localhost"):
        return True
    text = host.decode() if isinstance(host, bytes) else str(host)
    try:
        return ipaddress.ip_address(text).is_loopback
    except ValueError:
        return False


def _keep_network_off(event: str, arguments: tuple[Any, ...]) -> None:
    if event in ("socket.connect", "socket.sendto"):
        address = arguments[1]
        if isinstance(address, tuple) and not _is_this_machine(address[0]):
            raise NetworkUsed(f"tests do not use the network: {address}")
    elif event == "socket.getaddrinfo" and not _is_this_machine(arguments[0]):
        raise NetworkUsed(f"tests do not use the network: {arguments[0]}")


def _is_pure(config: pytest.Config) -> bool:
    return str(config.getoption("markexpr")) == PURE


def _hands_out_work(config: pytest.Config) -> bool:
    """Whether workers run the tests: they would take this process's settings, and with them its folder, for their own."""
    return config.getoption("dist", "no") != "no" and not hasattr(config, "workerinput")


def pytest_configure(config: pytest.Config) -> None:
    sys.addaudithook(_keep_network_off)
    if _is_pure(config) or _hands_out_work(config):
        return
    os.environ["DJANGO_SETTINGS_MODULE"] = "yumiao.config.settings.local"
    import django

    django.setup()


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    if _is_pure(config) and collection_path.name == "browser":
        return True
    if _is_pure(config) and collection_path.suffix == ".py":
        return DATABASE_MODULE.search(collection_path.read_text(encoding="utf-8")) is not None or None
    return None


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    other = "embedded" if os.environ.get("YUMIAO_DATABASE_URL") else "server"
    items[:] = [item for item in items if not item.get_closest_marker(other)]
    for item in items:
        if item.get_closest_marker("db") and not item.get_closest_marker("django_db"):
            item.add_marker(pytest.mark.django_db)


def pytest_unconfigure() -> None:
    shutil.rmtree(DATA_FOLDER, ignore_errors=True)


@pytest.fixture(autouse=True)
def _own_journal(request: pytest.FixtureRequest) -> None:
    """A key for the journal's digests, and no head file left by the test before."""
    if request.node.get_closest_marker("db") is None:
        return
    from django.conf import settings

    from yumiao.vault.keys import make_first_key

    make_first_key(Path(settings.KEYS_FOLDER))
    for left in Path(DATA_FOLDER).glob("head*"):
        left.unlink()


@pytest.fixture
def database_vendor() -> str:
    """`sqlite` or `postgresql`: what this run's database tests talk to."""
    from django.db import connection

    return connection.vendor
