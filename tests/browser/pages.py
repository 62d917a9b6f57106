"""The pages worth looking at: name, who looks, where. Screenshots, axe and the width checks all go through this one list."""

from __future__ import annotations

import sqlite3
import uuid
from collections.abc import Callable
from dataclasses import dataclass

from playwright.sync_api import Page

from tests.browser.served import Served

PASSWORD = "qinglan-2026"  # of the demo's accounts, as its login page says
Address = str | Callable[[Served], str]


@dataclass(frozen=True, slots=True)
class Look:
    """A page as one account sees it; `where` is an address, or is found in the county's data."""

    name: str
    account: str
    where: Address

    def path(self, county: Served) -> str:
        return self.where if isinstance(self.where, str) else self.where(county)


def ask(county: Served, query: str) -> str:
    """One value out of the county's database."""
    connection = sqlite3.connect(county.folder / "yumiao.sqlite3")
    try:
        value: str = connection.execute(query).fetchone()[0]
        return value
    finally:
        connection.close()


def sign_in(page: Page, county: Served, account: str) -> None:
    """Sign in as a demo account, as a person would."""
    page.goto(county.url + "/login/")
    form = page.locator("form").filter(has=page.locator("input[type=password]"))
    form.locator("input[type=text]").fill(account)
    form.locator("input[type=password]").fill(PASSWORD)
    form.get_by_role("button", name="登录").click()
    page.wait_for_url(lambda url: "/login/" not in url)


def person(county: Served) -> str:
    """Somebody with a history: a member in a village of the demo township, admitted this year."""
    uid = ask(
        county,
        "SELECT p.uid FROM people_membership m JOIN people_person p ON p.id = m.person_id"
        " JOIN people_belonging b ON b.person_id = p.id JOIN units_unit u ON u.id = b.unit_id"
        f" WHERE u.code LIKE '{TOWNSHIP}.%' AND m.membership_on >= '2026-01-01' ORDER BY p.id LIMIT 1",
    )
    return f"/people/{uuid.UUID(uid)}/"


TOWNSHIP = "001.032"
VILLAGE = "001.032.006"
OFFICER, CLERK, SECRETARY = "xianwei", "ganshi", "shuji"
PAGES = [
    Look("login", "", "/login/"),
    Look("home-county", OFFICER, "/"),
    Look("home-township", CLERK, "/"),
    Look("home-branch", SECRETARY, "/"),
    Look("home-reviewer", "lianshen", "/"),
    Look("home-assisting", "bangfu", "/"),
    Look("home-member", "dangyuan", "/"),
    Look("home-auditor", "jiancha", "/"),
    Look("home-system", "xitong", "/"),
    Look("units", OFFICER, "/units/"),
    Look("unit-township", OFFICER, f"/units/{TOWNSHIP}/"),
    Look("unit-village", CLERK, f"/units/{VILLAGE}/"),
    Look("people", CLERK, "/people/"),
    Look("people-filtered", OFFICER, f"/people/?unit={TOWNSHIP}&kind=members&sex=f"),
    Look("people-none", CLERK, "/people/?q=阿"),
    Look("person", CLERK, person),
    Look("person-numbers", CLERK, lambda county: person(county) + "numbers/"),
    Look("search", OFFICER, "/search/?q=云"),
    Look("ledger", OFFICER, "/ledger/"),
    Look("ledger-open", OFFICER, f"/ledger/?open={TOWNSHIP}"),
    Look("ledger-township", CLERK, "/ledger/"),
    Look("list-warning", OFFICER, "/ledger/lists/warning/"),
    Look("list-bottom", OFFICER, "/ledger/lists/bottom/"),
    Look("explanation-village", CLERK, f"/ledger/explanation/{VILLAGE}/"),
    Look("explanation-township", OFFICER, f"/ledger/explanation/{TOWNSHIP}/"),
    Look("rules", OFFICER, "/rules/"),
    Look("rule", OFFICER, "/rules/WRN-05/"),
    Look("papers", OFFICER, "/papers/"),
    Look("paper-new", OFFICER, "/papers/new/"),
    Look("settings", OFFICER, "/settings/"),
    Look("setting", OFFICER, "/settings/young.max_age/"),
    Look("calendar", OFFICER, "/calendar/"),
    Look("journal", OFFICER, "/journal/"),
    Look("entry", OFFICER, "/journal/2/"),
    Look("readings", "shenji", "/journal/readings/"),
    Look("verify", "shenji", "/journal/verify/"),
    Look("imports", OFFICER, "/import/"),
    Look("export", OFFICER, "/export/"),
    Look("own-account", OFFICER, "/account/"),
    Look("accounts", OFFICER, "/accounts/"),
    Look("invite", OFFICER, "/accounts/invite/"),
    Look("invitation", "", "/invitation/"),
    Look("confirm", OFFICER, "/confirm/?next=/export/"),
    Look("not-found", OFFICER, "/nowhere/"),
    Look("not-allowed", CLERK, "/journal/"),
    Look("gallery", "", "/gallery/"),
]
