"""A demo county, served, and a browser, once for all stories; where there is no Chromium the stories are skipped by name.

`YUMIAO_REQUIRE` naming `browser` makes the lack of one a failure.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.browser.served import COMMAND, NoChromium, Served, chromium, environment, served


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    try:
        with chromium() as found:
            yield found
    except NoChromium as error:
        if "browser" in os.environ.get("YUMIAO_REQUIRE", ""):
            raise
        pytest.skip(str(error))


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The demo county, served."""
    import subprocess

    folder = tmp_path_factory.mktemp("demo") / "county"
    subprocess.run([*COMMAND, "demo"], env=environment(folder), check=True, capture_output=True)
    with served(folder) as found:
        yield found


@pytest.fixture(params=[(1440, 900), (390, 844)], ids=["desk", "phone"])
def page(request: pytest.FixtureRequest, browser: Browser) -> Iterator[Page]:
    """A fresh browser window at the width of a desk and of a phone; a fault of a script or a request to another host fails the story."""
    width, height = request.param
    context: BrowserContext = browser.new_context(viewport={"width": width, "height": height}, locale="zh-CN")
    opened = context.new_page()
    faults: list[str] = []
    opened.on("pageerror", lambda error: faults.append(str(error)))
    opened.on("console", lambda said: faults.append(said.text) if said.type == "error" else None)
    opened.on("request", lambda asked: None if "127.0.0.1" in asked.url else faults.append(asked.url))
    yield opened
    context.close()
    assert faults == []


@pytest.fixture
def download_folder(tmp_path: Path) -> Path:
    return tmp_path
