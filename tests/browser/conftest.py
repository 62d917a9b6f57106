"""A demo county, served, and a browser, once for all stories; where there is no Chromium the stories are skipped by name.

`YUMIAO_REQUIRE` naming `browser` makes the lack of one a failure.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.served import COMMAND, NoChromium, Served, chromium, environment, served
from tests.browser.windows import DESK, PHONE, Rendering, Watch, Windows, window

PATIENCE = 15_000  # milliseconds for anything a story waits for, on a busy machine
expect.set_options(timeout=PATIENCE)


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
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo county, which nobody serves."""
    folder = tmp_path_factory.mktemp("made") / "county"
    subprocess.run([*COMMAND, "demo"], env=environment(folder), check=True, capture_output=True)
    return folder


@pytest.fixture(scope="session")
def demo(made: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The demo county, served. Stories leave it as they found it, or change what no other story looks at."""
    with served(shutil.copytree(made, tmp_path_factory.mktemp("demo") / "county")) as found:
        yield found


@pytest.fixture
def own(made: Path, tmp_path: Path) -> Iterator[Served]:
    """A demo county of one story's own, which it may turn upside down."""
    with served(shutil.copytree(made, tmp_path / "county")) as found:
        yield found


@pytest.fixture
def seats(browser: Browser, own: Served) -> Iterator[Windows]:
    """Where the people of the story's own county sit; a fault of a script or a request to another host fails the story."""
    opened = Windows(browser, own)
    yield opened
    faults = opened.all_faults()
    opened.close()
    assert faults == []


@pytest.fixture(params=[DESK, PHONE], ids=["desk", "phone"])
def rendering(request: pytest.FixtureRequest) -> Rendering:
    chosen: Rendering = request.param
    return chosen


@pytest.fixture
def page(rendering: Rendering, browser: Browser) -> Iterator[Page]:
    """A fresh window; a fault of a script or a request to another host fails the story."""
    context = window(browser, rendering)
    opened = context.new_page()
    opened.set_default_timeout(PATIENCE)
    watch = Watch(opened)
    yield opened
    context.close()
    assert watch.faults == []
