"""A demo county, served, and a browser, once for all stories; where there is no Chromium the stories are skipped by name.

`YUMIAO_REQUIRE` naming `browser` makes the lack of one a failure.
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.served import COMMAND, NoChromium, Served, chromium, environment, served
from tests.browser.windows import DESK, PHONE, Rendering, Watch, window

PATIENCE = 15_000  # milliseconds for anything a story waits for, on a busy machine


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
    """The demo county, served. Stories leave it as they found it, or change what no other story looks at."""
    folder = tmp_path_factory.mktemp("demo") / "county"
    subprocess.run([*COMMAND, "demo"], env=environment(folder), check=True, capture_output=True)
    with served(folder) as found:
        yield found


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
