"""Browser windows on a served county: the renderings every page is looked at in, and who looks, signed in once.

Must not know: what a page should be like.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Error, Page, Request

from tests.browser.pages import Look
from tests.browser.served import Served

PASSWORD = "qinglan-2026"  # of the demo's accounts, as its login page says


@dataclass(frozen=True, slots=True)
class Rendering:
    """One way of looking: name, width, height, colours, medium."""

    name: str
    width: int
    height: int
    dark: bool = False
    print: bool = False


DESK = Rendering("1440", 1440, 900)
PHONE = Rendering("390", 390, 844)
DARK = Rendering("1440-dark", 1440, 900, dark=True)
PAPER = Rendering("print", 1123, 794, print=True)


def window(browser: Browser, rendering: Rendering = DESK, **options: Any) -> BrowserContext:
    """A fresh browser window: nobody signed in, nothing kept."""
    return browser.new_context(
        viewport={"width": rendering.width, "height": rendering.height},
        locale="zh-CN",
        color_scheme="dark" if rendering.dark else "light",
        **options,
    )


def sign_in(page: Page, county: Served, account: str, *, onward: str = "") -> None:
    """Sign in as a demo account, as a person would."""
    page.goto(f"{county.url}/login/" + (f"?next={onward}" if onward else ""))
    fill_in(page, account)
    page.wait_for_url(lambda url: "/login/" not in url)


def fill_in(page: Page, account: str, password: str = PASSWORD) -> None:
    """Fill in the login form and send it."""
    page.get_by_label("登录名").fill(account)
    page.get_by_label("密码").fill(password)
    page.get_by_role("button", name="登录", exact=True).first.click()


class Watch:
    """Keeps what a page's scripts complain of and what it asks of another host. Answers that are pages, such as 404, are no complaint."""

    def __init__(self, page: Page) -> None:
        self.faults: list[str] = []
        page.on("pageerror", self._broke)
        page.on("console", self._said)
        page.on("request", self._asked)

    def _broke(self, error: Error) -> None:
        self.faults.append(f"script: {error}")

    def _said(self, message: ConsoleMessage) -> None:
        of_a_page = message.text.startswith("Failed to load resource") and "/static/" not in message.location["url"]
        if message.type == "error" and not of_a_page:
            self.faults.append(f"console: {message.text}")

    def _asked(self, request: Request) -> None:
        if not request.url.startswith(("http://127.0.0.1:", "data:", "blob:")):
            self.faults.append(f"another host: {request.url}")


@dataclass(slots=True)
class Windows:
    """A page for every account and rendering, opened once; whoever signed in in one rendering is signed in in the others."""

    browser: Browser
    county: Served
    _pages: dict[tuple[str, str], Page] = field(default_factory=dict)
    _watches: dict[Page, Watch] = field(default_factory=dict)
    _signed_in: dict[str, Any] = field(default_factory=dict)

    def of(self, account: str, rendering: Rendering) -> Page:
        """`account` empty: nobody is signed in."""
        key = (account, rendering.name)
        if key not in self._pages:
            state = self._state(account) if account else None
            page = window(self.browser, rendering, storage_state=state).new_page()
            page.emulate_media(media="print" if rendering.print else "screen")
            self._watches[page] = Watch(page)
            self._pages[key] = page
        return self._pages[key]

    def open(self, look: Look, rendering: Rendering) -> tuple[Page, int]:
        """The page as its account sees it, and the status it came with; whoever is asked to prove himself again does."""
        page = self.of(look.account, rendering)
        address = self.county.url + look.path(self.county)
        response = page.goto(address)
        if "/confirm/" in page.url and "/confirm/" not in address:
            page.get_by_label("密码").fill(PASSWORD)
            with page.expect_navigation():
                page.get_by_label("密码").press("Enter")  # on paper there is no button
            response = page.goto(address)
        return page, response.status if response else 0

    def faults(self, page: Page) -> list[str]:
        """What its scripts complained of since it was last asked."""
        watch = self._watches[page]
        found, watch.faults = watch.faults, []
        return found

    def at_home(self, account: str, rendering: Rendering = DESK) -> Page:
        """The page of somebody who has just signed in; from there he goes by clicks alone."""
        page = self.of(account, rendering)
        page.goto(self.county.url + "/")
        return page

    def all_faults(self) -> list[str]:
        """What the scripts of all pages complained of."""
        return [fault for page in self._pages.values() for fault in self.faults(page)]

    def _state(self, account: str) -> Any:
        if account not in self._signed_in:
            context = window(self.browser)
            sign_in(context.new_page(), self.county, account)
            self._signed_in[account] = context.storage_state()
            context.close()
        return self._signed_in[account]

    def close(self) -> None:
        for page in self._pages.values():
            page.context.close()
        self._pages.clear()
