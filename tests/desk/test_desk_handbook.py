"""The handbook: its chapters, links and pictures are there, and what is written in them is shown as written."""

from __future__ import annotations

import os
import re
from html import unescape
from pathlib import Path

import pytest

from tests.browser.pages import PAGES
from tests.cast import Cast, cast
from tools.screenshots import shown_in_the_handbook
from yumiao.access.permissions import Role
from yumiao.desk.handbook.chapters import CHAPTERS, Chapter, text_of

__all__ = ["cast"]
pytestmark = pytest.mark.db


def main(cast: Cast, who: str, address: str, status: int = 200) -> str:
    answer = cast.client(getattr(cast, who)).get(address)
    assert answer.status_code == status
    return answer.content.decode().partition("<main")[2].partition("</main>")[0]


def test_every_role_has_its_chapter_and_finds_it_first(cast: Cast) -> None:
    assert {one.role for one in CHAPTERS.values()} == {*Role, None}
    for who, name in (("officer", "county-officer"), ("clerk_a", "township-clerk"), ("member", "member")):
        first = re.search(r'href="/handbook/([\w-]+)/"', main(cast, who, "/handbook/"))
        assert first is not None
        assert first[1] == name


def test_what_speaks_as_programs_do_stands_last_and_apart(cast: Cast) -> None:
    technical = {name for name, one in CHAPTERS.items() if one.is_technical}
    apart = main(cast, "secretary_a", "/handbook/").partition("安装和对接")[2]
    assert technical == set(re.findall(r'href="/handbook/([\w-]+)/"', apart)) == {"api", "operations", "glossary"}


def test_every_link_of_every_chapter_leads_somewhere(cast: Cast) -> None:
    browser, dead = cast.client(cast.officer), []
    for name in CHAPTERS:
        page = main(cast, "officer", f"/handbook/{name}/")
        for address in map(unescape, re.findall(r'(?:href|src)="([^"]+)"', page)):
            inner = address.startswith("#") and f'id="{address[1:]}"' in page
            if not inner and (not address.startswith("/") or browser.get(address).status_code != 200):
                dead.append((name, address))
    assert dead == []


def test_every_picture_is_there_shows_a_page_and_is_shown() -> None:
    wanted = shown_in_the_handbook()
    there = {path.stem for path in Path("docs/pictures").glob("*.png")}
    assert (there, {look for look, _ in wanted.values()} - {look.name for look in PAGES}) == (set(wanted), set())


def test_no_chapter_carries_a_style_that_the_pages_forbid() -> None:
    shown = {name: text.body for name, one in CHAPTERS.items() if (text := text_of(one)) is not None}
    assert [name for name, html in shown.items() if "style=" in html] == []
    assert '<td class="mid">✓</td>' in shown["permissions"]


def test_what_is_no_markdown_is_shown_and_a_title_only_once(tmp_path: Path, settings) -> None:
    settings.DOCS = tmp_path
    (tmp_path / "x.md").write_text(
        "# 标题\n\n<script>alert(1)</script>\n\n## 一节\n\n[外](javascript:alert(1)) [表](other.md)\n\n| 甲 | 乙 |\n|---|---|\n| 1 | 2 |\n",
        encoding="utf-8",
    )
    text = text_of(Chapter("x", "标题", "x.md"))
    assert text is not None
    assert text.sections == (("s1", "一节"),)
    assert "标题" not in text.body
    assert "<script" not in text.body and "&lt;script&gt;" in text.body
    assert 'href="javascript' not in text.body
    assert '<div class="scroll scroll-x" tabindex="0"><table class="table">' in text.body


def test_a_handbook_that_was_not_installed_says_so(cast: Cast, tmp_path: Path, settings) -> None:
    settings.DOCS = tmp_path
    assert "YUMIAO_DOCS" in main(cast, "officer", "/handbook/start/")


@pytest.mark.parametrize("address", ["/handbook/nothing/", "/handbook/pictures/nothing.png"])
def test_what_is_not_there_is_not_found(cast: Cast, address: str) -> None:
    main(cast, "officer", address, status=404)


def test_a_chapter_asks_the_database_who_reads_and_nothing_else(cast: Cast, django_assert_num_queries) -> None:
    browser = cast.client(cast.officer)
    browser.get("/handbook/start/")
    with django_assert_num_queries(1):
        browser.get("/handbook/start/")


def test_a_chapter_that_changed_is_read_again(tmp_path: Path, settings) -> None:
    settings.DOCS = tmp_path
    file = tmp_path / "y.md"
    seen = []
    for text in ("# 甲\n\n一", "# 甲\n\n二"):
        file.write_text(text, encoding="utf-8")
        os.utime(file, ns=(len(seen), len(seen) + 1))
        found = text_of(Chapter("y", "甲", "y.md"))
        seen.append(str(found.body) if found else "")
    assert seen == ["<p>一</p>\n", "<p>二</p>\n"]
