"""`make screenshots`: every page of the demo county as each role sees it, at a desk's and a phone's width, dark and in print.

Pictures go to `build/screenshots`; `--only WORD` takes those whose name holds the word. `make pictures` takes those the handbook shows,
as much as a window holds of each, into `docs/pictures`. It must not judge what it shows.
"""

from __future__ import annotations

import argparse
import re
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
PICTURES = ROOT / "docs" / "pictures"
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


def shown_in_the_handbook() -> dict[str, tuple[str, Rendering]]:
    """Name of a picture -> (name of its page, rendering): `ledger` is at a desk, `home-branch-phone` on a phone."""
    texts = [file.read_text(encoding="utf-8") for file in (ROOT / "docs").rglob("*.md")]
    names = sorted({name for text in texts for name in re.findall(r"\]\((?:\.\./)?pictures/([\w-]+)\.png\)", text)})
    return {name: (name.removesuffix("-phone"), PHONE if name.endswith("-phone") else DESK) for name in names}


def illustrate(browser: Browser, county: Served) -> int:
    """The handbook's pictures; those no chapter shows any more are removed."""
    windows, looks = Windows(browser, county), {look.name: look for look in PAGES}
    wanted = shown_in_the_handbook()
    PICTURES.mkdir(exist_ok=True)
    for old in PICTURES.glob("*.png"):
        if old.stem not in wanted:
            old.unlink()
    for name, (look, rendering) in wanted.items():
        page, _status = windows.open(looks[look], rendering)
        page.screenshot(path=PICTURES / f"{name}.png")
    windows.close()
    return len(wanted)


def main() -> int:
    parser = argparse.ArgumentParser(description="Take pictures of every page.")
    parser.add_argument("--only", default="", metavar="WORD", help="pages whose name holds WORD")
    parser.add_argument("--rendering", default="", metavar="NAME", help="this rendering only")
    parser.add_argument("--handbook", action="store_true", help="the handbook's pictures instead")
    options = parser.parse_args()
    TARGET.mkdir(parents=True, exist_ok=True)
    looks = [look for look in PAGES if options.only in look.name]
    renderings = tuple(one for one in RENDERINGS if options.rendering in ("", one.name))
    with tempfile.TemporaryDirectory(prefix="yumiao-screenshots-") as folder:
        county = Path(folder) / "county"
        subprocess.run([*COMMAND, "demo"], env=environment(county), check=True, stdout=subprocess.DEVNULL)
        with served(county) as place, chromium() as browser:
            if options.handbook:
                print(f"{illustrate(browser, place)} pictures: {PICTURES.relative_to(ROOT)}")
                return 0
            take(browser, place, looks, renderings)
    print(f"{len(looks)} pages in {len(renderings)} renderings: {TARGET.relative_to(ROOT)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
