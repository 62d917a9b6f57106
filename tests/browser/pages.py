"""The pages worth looking at: name, who looks, where. Screenshots, axe and the width checks all go through this one list."""

from __future__ import annotations

import sqlite3
import uuid
from collections.abc import Callable
from dataclasses import dataclass

from tests.browser import uploads
from tests.browser.served import Served

Address = str | Callable[[Served], str]


@dataclass(frozen=True, slots=True)
class Look:
    """A page as one account sees it; `where` is an address, or is found in the county's data. A sample shows what no real page would."""

    name: str
    account: str
    where: Address
    status: int = 200
    is_sample: bool = False

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


def person(county: Served) -> str:
    """Somebody with a history: a member in a village of the demo township, admitted this year."""
    uid = ask(
        county,
        "SELECT p.uid FROM people_membership m JOIN people_person p ON p.id = m.person_id"
        " JOIN people_belonging b ON b.person_id = p.id JOIN units_unit u ON u.id = b.unit_id"
        f" WHERE u.code LIKE '{TOWNSHIP}.%' AND m.membership_on >= '2026-01-01' ORDER BY p.id LIMIT 1",
    )
    return f"/people/{uuid.UUID(uid)}/"


def account(county: Served) -> str:
    """The page of the township clerk's account."""
    uid = ask(county, f"SELECT uid FROM access_account WHERE username = '{CLERK}'")
    return f"/accounts/{uuid.UUID(uid)}/"


def setting_preview(county: Served) -> str:
    """What another age limit would do."""
    paper = ask(county, "SELECT uid FROM bylaws_countypaper ORDER BY id LIMIT 1")
    shown = ask(county, "SELECT COALESCE(MAX(entered), 0) FROM bylaws_setting WHERE key = 'young.max_age'")
    return f"/settings/young.max_age/preview/?value=33&since=2026-10-31&paper={uuid.UUID(paper)}&shown={shown}"


def issue(county: Served) -> str:
    """The latest issue of the demo township."""
    uid = ask(county, "SELECT uid FROM ledger_issue ORDER BY id DESC LIMIT 1")
    return f"/ledger/issues/{uuid.UUID(uid)}/"


def issue_difference(county: Served) -> str:
    """How the last two issues of the demo township differ."""
    uid = ask(county, "SELECT uid FROM ledger_issue ORDER BY id DESC LIMIT 1 OFFSET 1")
    return f"{issue(county)}difference/{uuid.UUID(uid)}/"


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
    Look("units-open", OFFICER, f"/units/?open={TOWNSHIP}"),
    Look("unit-township", OFFICER, f"/units/{TOWNSHIP}/"),
    Look("unit-village", CLERK, f"/units/{VILLAGE}/"),
    Look("people", CLERK, "/people/"),
    Look("people-filtered", OFFICER, f"/people/?unit={TOWNSHIP}&kind=member&sex=f"),
    Look("people-none", CLERK, "/people/?q=阿"),
    Look("person", CLERK, person),
    Look("person-numbers", CLERK, lambda county: person(county) + "numbers/"),
    Look("search", OFFICER, "/search/?q=云"),
    Look("ledger", OFFICER, "/ledger/"),
    Look("ledger-open", OFFICER, f"/ledger/?open={TOWNSHIP}"),
    Look("ledger-township", CLERK, "/ledger/"),
    Look("issues", OFFICER, "/ledger/issues/"),
    Look("issue-new", OFFICER, "/ledger/issues/new/"),
    Look("issue", OFFICER, issue),
    Look("issue-difference", CLERK, issue_difference),
    Look("list-warning", OFFICER, "/ledger/lists/warning/"),
    Look("list-bottom", OFFICER, "/ledger/lists/bottom/"),
    Look("explanation-village", CLERK, f"/ledger/explanation/{VILLAGE}/"),
    Look("explanation-township", OFFICER, f"/ledger/explanation/{TOWNSHIP}/"),
    Look("statistics", OFFICER, "/statistics/?by=age"),
    Look("statistics-balance", CLERK, "/statistics/?of=balance"),
    Look("statistics-people", CLERK, "/statistics/people/?by=education&column=college"),
    Look("statistics-units", CLERK, "/statistics/units/?column=branch"),
    Look("rules", OFFICER, "/rules/"),
    Look("rule", OFFICER, "/rules/WRN-02/"),
    Look("papers", OFFICER, "/papers/"),
    Look("paper-new", OFFICER, "/papers/new/"),
    Look("settings", OFFICER, "/settings/"),
    Look("setting", OFFICER, "/settings/young.max_age/"),
    Look("setting-change", OFFICER, "/settings/young.max_age/change/"),
    Look("setting-preview", OFFICER, setting_preview),
    Look("calendar", OFFICER, "/calendar/"),
    Look("journal", OFFICER, "/journal/"),
    Look("entry", OFFICER, "/journal/2/"),
    Look("readings", "shenji", "/journal/readings/"),
    Look("verify", "shenji", "/journal/verify/"),
    Look("imports", OFFICER, "/import/"),
    Look("import-templates", OFFICER, "/import/templates/"),
    Look("import-filled", OFFICER, "/import/templates/filled/"),
    Look("header-names", CLERK, "/import/headers/"),
    Look("import-preview", CLERK, lambda county: uploads.preview(county, CLERK)),
    Look("import-running", CLERK, lambda county: uploads.running(county, CLERK)),
    Look("import-result", OFFICER, "/import/2/"),
    Look("import-rows", OFFICER, "/import/2/rows/"),
    Look("import-undo", OFFICER, "/import/2/undo/"),
    Look("export", OFFICER, "/export/"),
    Look("people-export", CLERK, f"/exports/people/?unit={VILLAGE}&kind=member"),
    Look("readings-export", "shenji", "/exports/readings/"),
    Look("own-account", OFFICER, "/account/"),
    Look("own-password", OFFICER, "/account/password/"),
    Look("tokens", OFFICER, "/account/tokens/"),
    Look("token-new", OFFICER, "/account/tokens/new/"),
    Look("accounts", OFFICER, "/accounts/"),
    Look("account", OFFICER, account),
    Look("invite", OFFICER, "/accounts/invite/"),
    Look("invite-clerk", OFFICER, "/accounts/invite/?role=township_clerk"),
    Look("invitation", "", "/invitation/"),
    Look("handbook", CLERK, "/handbook/"),
    Look("chapter", CLERK, "/handbook/start/"),
    Look("chapter-permissions", "anquan", "/handbook/permissions/"),
    Look("api", OFFICER, "/api/"),
    Look("confirm", OFFICER, "/confirm/?next=/export/"),
    Look("not-found", OFFICER, "/nowhere/", 404),
    Look("not-allowed", SECRETARY, "/import/", 403),
    Look("gallery", "", "/gallery/", is_sample=True),
]
