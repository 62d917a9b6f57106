"""Going through the pages of an import as a browser without script does."""

from __future__ import annotations

import html
import io
import re
import uuid
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from django.test import Client

    from tests.cast import Cast
    from yumiao.access.models import Account
    from yumiao.desk.imports.store import Upload


def upload(browser: Client, content: bytes, name: str = "青岚县工作簿.xlsx") -> Any:
    """Send a workbook; the answer is the page that it leads to."""
    file = io.BytesIO(content)
    file.name = name
    return browser.post("/import/", {"file": file}, follow=True)


def uploaded(cast: Cast, who: Account, content: bytes) -> Upload:
    """Send a workbook and give what is stored of it."""
    from yumiao.desk.imports.store import uploads_of

    upload(cast.client(who), content)
    return uploads_of(who.uid)[0]


def taken(browser: Client, page: Any, deed: str, **other: str) -> Any:
    """Press the button of a preview page."""
    return browser.post(*form_of(page, "take", deed=deed, **other), follow=True)


def form_of(page: Any, action: str, **fields: str) -> tuple[str, dict[str, str]]:
    """Address and fields of the form that leads there; `fields` stand instead of its own."""
    found = re.search(rf'action="([^"]*/{action}/)".*?</form>', page.content.decode(), re.DOTALL)
    assert found is not None
    hidden = dict(re.findall(r'<input type="hidden" name="(sha256|head|once)" value="([^"]+)"', found[0]))
    return found[1], hidden | fields


def decided(browser: Client, address: str, **fields: str) -> Any:
    """Fill in the form of a page and send it."""
    return browser.post(address, {"once": str(uuid.uuid4()), **fields}, follow=True)


def shown(page: Any) -> str:
    """The text of the page's main part."""
    main = page.content.decode().partition("<main")[2].partition("</main>")[0]
    return html.unescape(re.sub(r"<[^>]+>", "", main.partition(">")[2]))


def lead(page: Any) -> str:
    """The sentence a preview begins with."""
    found = re.search(r'<p class="lead">(.*?)</p>', page.content.decode(), re.DOTALL)
    assert found is not None, shown(page)
    return html.unescape(re.sub(r"<[^>]+>", "", found[1]))


def texts(page: Any) -> list[list[str]]:
    """The cells of the first table's body."""
    body = page.content.decode().partition("<tbody")[2].partition("</tbody>")[0]
    rows = re.findall(r"<tr[^>]*>(.*?)</tr>", body, re.DOTALL)
    return [
        [html.unescape(re.sub(r"<[^>]+>", "", cell)) for cell in re.findall(r"<t[hd].*?</t[hd]>", row)] for row in rows
    ]


def stored() -> list[uuid.UUID]:
    """Every upload that lies there, whoever's it is."""
    from yumiao.desk.imports.store import uploads_folder

    folder = uploads_folder()
    return [uuid.UUID(path.name) for path in folder.iterdir() if path.is_dir()] if folder.is_dir() else []


def clear() -> None:
    """Throw every upload away."""
    import shutil

    from yumiao.desk.imports.store import uploads_folder

    shutil.rmtree(uploads_folder(), ignore_errors=True)
