"""Whole pages: frame, gate, gallery, errors. They ask no database, and hold to the content policy and to their weight."""

from __future__ import annotations

import gzip
import re
from collections import Counter
from pathlib import Path

import django_htmx
import pytest
from django.template.loader import render_to_string
from django.test import RequestFactory

import yumiao.ui
from yumiao.kernel.objections import Objection
from yumiao.ui.frame import Frame, MenuItem, NavItem, TreeNode
from yumiao.ui.gallery import gallery
from yumiao.ui.tree import rendered_tree

pytestmark = pytest.mark.db

UI = Path(yumiao.ui.__file__).parent
ERRORS = sorted(path.stem for path in (UI / "templates/ui/errors").iterdir())
BARE = {"frame": None, "messages": []}
ICON = re.compile(r'href="#i-([a-z]+)"')


def page(frame: Frame | None) -> str:
    return render_to_string("ui/errors/404.html", {"frame": frame, "messages": [], "csrf_input": ""})


def drawn_gallery() -> str:
    request = RequestFactory().get("/", {"bare": "1"})
    return gallery(request).content.decode()


@pytest.mark.parametrize("name", ERRORS)
def test_an_error_page_needs_neither_reader_nor_database(name: str, django_assert_num_queries: object) -> None:
    assert callable(django_assert_num_queries)
    with django_assert_num_queries(0):
        drawn = render_to_string(f"ui/errors/{name}.html")
    title = re.findall(r"<title>(.*?) · 育苗</title>", drawn)
    assert re.findall(r"<h1>(.*?)</h1>", drawn) == title
    assert len(re.findall(r'<ul class="dots">\n?<li>', drawn)) == 1
    assert drawn.count("btn-submit") == 1


def test_every_kind_of_error_has_a_page() -> None:
    assert ERRORS == ["400", "403", "404", "405", "409", "413", "429", "500", "503", "csrf"]


def test_what_rules_stand_against_is_not_told_as_a_change_by_somebody_else() -> None:
    against = Objection("ORG-01", "正式党员不足三名", "党章第三十条", next_step="请先补足，再提交。")
    drawn = render_to_string("ui/errors/409.html", {**BARE, "objections": (against,)})
    assert re.findall(r"<h1>(.*?)</h1>", drawn) == ["没有写入"]
    assert [word in drawn for word in ("正式党员不足三名", "ORG-01", "请先补足，再提交。", "另有一人")] == [
        True
    ] * 3 + [False]


def test_without_a_reader_there_is_a_bar_and_nothing_to_press_in_it() -> None:
    drawn = page(None)
    assert [name for name in ('id="side"', "bar-menu", "bar-search", "<details", "dock") if name in drawn] == []


def test_the_frame_shows_functions_work_that_waits_and_the_place_of_the_reader() -> None:
    nav = (NavItem("今日", "/", "home", is_current=True, count=0), NavItem("人员", "/people", "person"))
    drawn = page(Frame(office="甲镇", nav=nav, dock=nav, foot=("甲", "乙"), notice="演示", theme="dark"))
    assert '<html lang="zh-CN" class="theme-dark">' in drawn
    assert re.findall(r'<li><a href="(/[a-z]*)"( aria-current="page")?>', drawn) == [
        ("/", ' aria-current="page"'),
        ("/people", ""),
    ]
    assert re.findall(r'<span class="count">(.*?)</span>', drawn) == ["0", "0"]
    assert '<body class=" has-dock">' in drawn
    assert '<footer class="foot"><span>甲</span>　<span>乙</span></footer>' in drawn


def test_what_changes_something_in_the_account_menu_is_a_form() -> None:
    drawn = page(
        Frame(account_label="甲", account_menu=(MenuItem("我的账号", "/own"), MenuItem("退出", "/out", "post")))
    )
    assert '<a href="/own">我的账号</a>' in drawn
    assert '<form action="/out" method="post"><button type="submit">退出</button></form>' in drawn


def test_messages_are_shown_by_their_level() -> None:
    class Told:
        def __init__(self, level_tag: str) -> None:
            self.level_tag = level_tag

        def __str__(self) -> str:
            return "已办"

    levels = [Told(level) for level in ("success", "info", "warning", "error")]
    drawn = render_to_string("ui/errors/404.html", {"frame": None, "messages": levels})
    assert re.findall(r'<div class="(msg[^"]*)" role="(\w+)">', drawn) == [
        ("msg msg-ok", "status"),
        ("msg", "status"),
        ("msg msg-warn", "alert"),
        ("msg msg-bad", "alert"),
    ]


def test_a_tree_says_which_branches_are_open_and_what_its_marks_mean() -> None:
    leaf = TreeNode("甲村", "/v", mark="guide", mark_word="未达")
    drawn = rendered_tree([TreeNode("甲镇", "/t", "?close=t", is_open=True, is_current=True, children=(leaf,))], "组织")
    assert re.findall(r'<a class="(\w+)" href="(.*?)"(?: (aria-[a-z]+)="(.*?)")?', drawn) == [
        ("twist", "?close=t", "aria-label", "收起甲镇"),
        ("name", "/t", "aria-current", "page"),
        ("name", "/v", "", ""),
    ]
    assert '<span class="hide-text">未达</span>' in drawn


def test_the_gallery_asks_no_database(django_assert_num_queries: object) -> None:
    assert callable(django_assert_num_queries)
    with django_assert_num_queries(0):
        drawn_gallery()


def test_ids_are_unique_on_the_page_with_every_component() -> None:
    counts = Counter(re.findall(r'\sid="(.*?)"', drawn_gallery()))
    assert {name: count for name, count in counts.items() if count > 1} == {}


def test_nothing_on_the_page_is_inline_script_or_style() -> None:
    drawn = drawn_gallery()
    assert re.findall(r'\sstyle="|<style|\son[a-z]+="|javascript:|<script(?![^>]* src=)', drawn) == []


def test_every_icon_that_is_used_is_drawn() -> None:
    sprite = (UI / "templates/ui/sprite.html").read_text(encoding="utf-8")
    assert set(ICON.findall(drawn_gallery())) - set(re.findall(r'<symbol id="i-([a-z]+)"', sprite)) == set()


def test_a_page_with_all_that_belongs_to_it_weighs_less_than_60_kilobytes() -> None:
    htmx = Path(django_htmx.__file__).parent / "static/django_htmx/htmx-2.min.js"
    files = [*(UI / "static/ui").iterdir(), htmx]
    weight = sum(len(gzip.compress(path.read_bytes(), 6)) for path in files) + len(
        gzip.compress(drawn_gallery().encode(), 6)
    )
    assert weight < 60_000
