"""`make screenshots`: every page of the demo county as each role sees it, at a desk's and a phone's width, dark and in print.

Pictures go to `build/screenshots`; `--only WORD` takes those whose name holds the word. It must not judge what it shows.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Browser

from tests.browser.pages import PAGES, Look
from tests.browser.served import COMMAND, Served, chromium, environment, served
from tests.browser.windows import DARK, DESK, PAPER, PHONE, Rendering, Windows

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "build" / "screenshots"
HIGHEST = 6000  # pixels of a window


RENDERINGS = (DESK, PHONE, DARK, PAPER)


def take(browser: Browser, county: Served, looks: list[Look], renderings: tuple[Rendering, ...]) -> None:
    """Every page as its role, whole."""
    windows = Windows(browser, county)
    for rendering in renderings:
        for look in looks:
            page, _status = windows.open(look, rendering)
            # as high as the page: what sticks to the window's edge would else stand across the picture
            height = min(page.evaluate("() => document.documentElement.scrollHeight"), HIGHEST)
            page.set_viewport_size({"width": rendering.width, "height": height})
            page.screenshot(path=TARGET / f"{look.name}-{rendering.name}.png", full_page=True)
            page.set_viewport_size({"width": rendering.width, "height": rendering.height})
    windows.close()


def main() -> int:
    parser = argparse.ArgumentParser(description="Take pictures of every page.")
    parser.add_argument("--only", default="", metavar="WORD", help="pages whose name holds WORD")
    parser.add_argument("--rendering", default="", metavar="NAME", help="this rendering only")
    options = parser.parse_args()
    TARGET.mkdir(parents=True, exist_ok=True)
    looks = [look for look in PAGES if options.only in look.name]
    renderings = tuple(one for one in RENDERINGS if options.rendering in ("", one.name))
    with tempfile.TemporaryDirectory(prefix="yumiao-screenshots-") as folder:
        county = Path(folder) / "county"
        subprocess.run([*COMMAND, "demo"], env=environment(county), check=True, stdout=subprocess.DEVNULL)
        with served(county) as place, chromium() as browser:
            take(browser, place, looks, renderings)
    print(f"{len(looks)} pages in {len(renderings)} renderings: {TARGET.relative_to(ROOT)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
