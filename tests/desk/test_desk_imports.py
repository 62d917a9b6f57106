"""The whole way of a workbook through the pages, without script: upload, check, preview, take, result, export."""

from __future__ import annotations

import io
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from openpyxl import load_workbook

from tests.cast import VILLAGE, Cast, cast, cast_county  # noqa: F401
from tests.desk.county_cells import County, applicant, member, number

if TYPE_CHECKING:
    from django.test import Client

pytestmark = pytest.mark.db


@pytest.fixture(autouse=True)
def _in_this_process(settings) -> None:
    settings.IMPORTS_RUN_APART = False


def as_bytes(county: County, folder: Path) -> bytes:
    return county.file(folder / "county.xlsx").read_bytes()


def upload(browser: Client, content: bytes, name: str = "青岚县工作簿.xlsx") -> Any:
    """Send a workbook; the answer is the page that it leads to."""
    file = io.BytesIO(content)
    file.name = name
    return browser.post("/import/", {"file": file}, follow=True)


def hidden(page: Any) -> dict[str, str]:
    """What the first form that writes carries."""
    form = re.search(r'action="[^"]*/take/".*?</form>', page.content.decode(), re.DOTALL)
    assert form is not None
    return dict(re.findall(r'<input type="hidden" name="(sha256|head|once)" value="([^"]+)"', form[0]))


def test_a_workbook_goes_the_whole_way(cast: Cast, tmp_path: Path) -> None:
    county = cast_county()
    county.add("党员", member(11))
    officer = cast.client(cast.officer)
    page = upload(officer, as_bytes(county, tmp_path))
    print(page.redirect_chain, page.content.decode()[-6000:])
    assert page.status_code == 200
