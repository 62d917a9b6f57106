"""Every page in every rendering: what axe says, no sideways scroll, title and heading, no foreign word, no fault of a script, no other host."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.browser import judging
from tests.browser.pages import PAGES, Look
from tests.browser.served import Served
from tests.browser.windows import DARK, DESK, PHONE, Rendering, Windows

pytestmark = pytest.mark.browser
# widths looked at beside a rendering's own; 720 is a desk's at 200 %
FURTHER_WIDTHS = {DESK.name: (720,), PHONE.name: (320,), DARK.name: ()}


@pytest.fixture(scope="module")
def windows(browser: Browser, demo: Served) -> Iterator[Windows]:
    opened = Windows(browser, demo)
    yield opened
    opened.close()


@pytest.mark.parametrize("look", PAGES, ids=lambda look: look.name)
@pytest.mark.parametrize("rendering", [DESK, PHONE, DARK], ids=lambda rendering: rendering.name)
def test_the_page_is_in_order(windows: Windows, look: Look, rendering: Rendering) -> None:
    page, status = windows.open(look, rendering)
    faults = windows.faults(page) + ([] if status == look.status else [f"status {status}"])
    faults += judging.axe_faults(page, colours_alone=rendering.dark) + judging.sideways(page, rendering.width)
    if not (rendering.dark or look.is_sample):
        faults += judging.frame_faults(page) + judging.foreign_words(page)
    for width in FURTHER_WIDTHS[rendering.name]:
        faults += judging.sideways(page, width)
    page.set_viewport_size({"width": rendering.width, "height": rendering.height})
    assert faults == []
