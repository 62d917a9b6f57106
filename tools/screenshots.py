"""`make screenshots`: every page of the demo county as each role sees it, at a desk's and a phone's width, dark and in print.

Pictures go to `build/screenshots`; `--only WORD` takes those whose name holds the word. It must not judge what it shows.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, Page

from tests.browser.pages import PAGES, Look, sign_in
from tests.browser.served import COMMAND, Served, chromium, environment, served

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "build" / "screenshots"


@dataclass(frozen=True, slots=True)
class Rendering:
    """One way of looking: name, width, height, colours, medium."""

    name: str
    width: int
    height: int
    dark: bool = False
    print: bool = False


RENDERINGS = (
    Rendering("1440", 1440, 900),
    Rendering("390", 390, 844),
    Rendering("1440-dark", 1440, 900, dark=True),
    Rendering("print", 1123, 794, print=True),
)


def picture(page: Page, county: Served, look: Look, rendering: Rendering) -> None:
    """One page in one rendering, whole."""
    page.goto(county.url + look.path(county))
    page.emulate_media(media="print" if rendering.print else "screen")
    page.screenshot(path=TARGET / f"{look.name}-{rendering.name}.png", full_page=True)


def take(browser: Browser, county: Served, looks: list[Look], renderings: tuple[Rendering, ...]) -> None:
    """Every page as its role, one window a role and rendering."""
    for rendering in renderings:
        for account in sorted({look.account for look in looks}):
            context = browser.new_context(
                viewport={"width": rendering.width, "height": rendering.height},
                locale="zh-CN",
                color_scheme="dark" if rendering.dark else "light",
            )
            page = context.new_page()
            if account:
                sign_in(page, county, account)
            for look in looks:
                if look.account == account:
                    picture(page, county, look, rendering)
            context.close()


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
