"""A page with every component in every state, for whoever changes the look. Mounted in development only.

All people, places and numbers in it are invented. Must not know: models, accounts.
"""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from yumiao.kernel.duties import Deadlines, Duty
from yumiao.kernel.objections import Objection, Severity
from yumiao.kernel.shares import Share
from yumiao.ui import charts, trend
from yumiao.ui.frame import Frame, MenuItem, NavItem, TreeNode
from yumiao.ui.shapes import Tone
from yumiao.ui.tree import rendered_tree

TOWNS = ("青禾镇", "云溪镇", "白石镇", "大坪瑶族乡", "水口镇", "河湾镇", "松岭乡", "石桥镇")
STATES: tuple[tuple[Tone, str], ...] = (
    ("ok", "达标"),
    ("warn", "预警 · 上年未发展"),
    ("floor", "底线 · 两年未发展"),
    ("risk", "年内须发展"),
    ("guide", "指导线未达"),
    ("clear", "已消除"),
    ("na", "未评定"),
)
CARDS: tuple[tuple[Tone, ...], ...] = (
    ("ok", "clear", "ok", "warn", "ok", "ok", "ok", "ok", "clear"),
    ("clear", "ok", "ok", "ok", "ok", "ok", "warn", "ok", "ok"),
    ("ok",) * 12 + ("floor", "risk"),
    ("na", "guide"),
)


class SampleForm(forms.Form):
    """One field of every widget that pages use."""

    number = forms.CharField(
        label="公民身份号码", initial="999018199701240018", help_text="填后自动带出：男，1997年1月24日"
    )
    nation = forms.ChoiceField(label="民族", choices=[("", "未填"), ("a", "瑶族"), ("b", "汉族")])
    settled_on = forms.DateField(label="确定日期", widget=forms.TextInput)
    source = forms.CharField(label="来源", required=False, disabled=True, initial="退役军人事务站")
    password = forms.CharField(label="密码", widget=forms.PasswordInput, required=False)
    paper = forms.FileField(label="材料扫描件", required=False)
    kinds = forms.MultipleChoiceField(
        label="类别",
        required=False,
        choices=[("a", "致富能手"), ("b", "退役军人"), ("c", "返乡大学生")],
        widget=forms.CheckboxSelectMultiple,
    )
    way = forms.ChoiceField(label="方式", choices=[("a", "网上"), ("b", "张贴")], widget=forms.RadioSelect)
    agreed = forms.BooleanField(label="已当面核对本人证件")
    reason = forms.CharField(label="退回原因", widget=forms.Textarea(attrs={"rows": 3}))
    token = forms.CharField(widget=forms.HiddenInput, initial="x", required=False)


def gallery(request: HttpRequest) -> HttpResponse:
    """The page; `?theme=dark` or `light` pins the theme, `?bare=1` leaves the frame out."""
    return render(request, "ui/gallery.html", sample(request.GET.get("theme", ""), is_bare="bare" in request.GET))


def sample(theme: str = "", *, is_bare: bool = False) -> dict[str, Any]:
    """Everything the template shows."""
    faulty = SampleForm({"number": "", "settled_on": "2024年9月", "kinds": ["a"], "way": "b", "token": "x"})
    faulty.full_clean()
    faulty.add_error(None, "集中培训不足，不能提交。")
    return {
        "frame": None if is_bare else sample_frame(theme),
        "states": STATES,
        "form": SampleForm(auto_id="a_%s"),
        "faulty": faulty,
        "objections": sample_objections(),
        "deadlines": sample_deadlines(),
        **sample_townships(),
        **sample_people(),
    }


def sample_frame(theme: str) -> Frame:
    """A frame with everything in it."""
    towns = tuple(
        TreeNode(town, "#", "#", mark="guide" if town == "水口镇" else "", mark_word="指导线未达") for town in TOWNS
    )
    nav = (
        NavItem("今日", "#", "home", is_current=True, count=7),
        NavItem("一账两单", "#", "list"),
        NavItem("组织", "#", "org"),
        NavItem("人员", "#", "person"),
    )
    return Frame(
        office="青禾县基层党组织工作台",
        nav=nav,
        tree=rendered_tree((TreeNode("青禾县", "#", "#", is_open=True, is_current=True, children=towns),), "组织"),
        account_label="县委组织部　周敏",
        account_menu=(MenuItem("我的账号", "#"), MenuItem("退出", "#", "post")),
        search_url="#",
        search_text="姓名、拼音首字母、村名",
        dock=nav,
        foot=("统计截至 2026年10月31日", "规则版本 2026.3"),
        notice="演示县，人和数都是虚构的。",
        theme=theme if theme in ("light", "dark") else "",  # type: ignore[arg-type]
    )


def sample_objections() -> tuple[Objection, ...]:
    """One of each severity, the first with everything."""
    return (
        Objection(
            "DEV-09",
            "集中培训不足，不能提交支委会审查：已培训 2 天、16 学时，少于 3 天或 24 学时。",
            "《中国共产党发展党员工作细则》第十七条",
            next_step="参加 11月18日第三期补训 8 学时后可以提交。",
        ),
        Objection("DEV-02", "超过 1 个月才谈话，按补录登记，请写明原因。", severity=Severity.WARN),
        Objection("", "10月记录 11月10日 24:00 锁定。", severity=Severity.INFO),
    )


def sample_deadlines() -> Deadlines:
    """Work in every group."""

    def duty(title: str, due_on: date) -> Duty:
        return Duty("CAL-01", title, "龙潭镇", due_on, "三级联审", "#")

    return Deadlines(
        (duty("2 份材料未按期整改", date(2026, 10, 28)),),
        (duty("一村一策待批", date(2026, 11, 2)), duty("计划未下达", date(2026, 11, 4))),
        (duty("第三季度月记抽查", date(2026, 11, 13)),),
    )


def sample_townships() -> dict[str, Any]:
    """The charts of units, with noughts and missing values among their rows."""
    numbers = ((8, 7, 7), (8, 4, 3), (8, 6, 6), (8, 0, 0), (None, 7, 5), (8, 7, 3), (8, 7, 7), (8, 8, 6))
    words = charts.PlanWords("计划", "已发展", "其中 35 岁及以下", "指导线未达", "75% 指导线", "未下达")
    rows = [
        charts.PlanRow(town, "#", *row, is_below=row[2] * 4 < row[1] * 3)
        for town, row in zip(TOWNS, numbers, strict=True)
    ]
    cells = [charts.Cell(town, "#", "未消除 1", states) for town, states in zip(TOWNS, CARDS, strict=False)]
    return {
        "meter": charts.meter(
            (charts.Part("已消除", 67, "#", "clear"), charts.Part("尚未消除", 21, "#", "warn")), unit=" 个村"
        ),
        "state_legend": charts.legend([charts.LegendItem(word, tone) for tone, word in STATES]),
        "plan_legend": charts.plan_legend(words),
        "bars": charts.plan_bars(rows, words, guide=Fraction(3, 4)),
        "tiles": charts.tiles(cells, dict(STATES), unit="个村"),
    }


def sample_people() -> dict[str, Any]:
    """The charts of people: years, ages, levels."""
    years = ((2022, 471, 311), (2023, 627, 426), (2024, 210, 151), (2025, 293, 208), (2026, 278, 220))
    ages = (
        ("76 岁以上", 1366, 515),
        ("66–75", 805, 285),
        ("56–65", 999, 377),
        ("36–55", 2495, 898),
        ("35 岁以下", 1732, 0),
    )
    levels: tuple[tuple[str, int, Tone], ...] = (
        ("小学及以下", 2330, "d"),
        ("初中", 3447, "c"),
        ("高中、中专", 2230, "b"),
        ("大专及以上", 36, "a"),
    )
    points = [
        trend.TrendPoint(
            str(year),
            (trend.Value(whole, "#"), trend.Value(young, "#", Share(young, whole).percent())),
            "至 10 月" if year == 2026 else "",
        )
        for year, whole, young in years
    ]
    bands = [charts.Band(label, men, women, "#", "#") for label, men, women in ages]
    return {
        "trend": trend.trend(points, ("发展党员", "其中 35 岁及以下"), unit=" 人", said="2022 至 2026 年发展党员数"),
        "pyramid": charts.pyramid(bands, left="男", right="女", unit=" 人", said="年龄和性别"),
        "stacked": charts.stacked([charts.Part(label, value, "#", tone) for label, value, tone in levels], said="学历"),
    }
