"""Components as they arrive in the browser: words, roles, links; nothing that the content policy would refuse."""

from __future__ import annotations

import re
import uuid
from datetime import date
from typing import Any

import pytest
from django import forms
from django.template import engines
from jinja2 import UndefinedError

from yumiao.kernel.duties import Deadlines, Duty
from yumiao.kernel.objections import Objection, Severity

pytestmark = pytest.mark.db


class Slip(forms.Form):
    name = forms.CharField(label="姓名", help_text="照身份证填写")
    kinds = forms.MultipleChoiceField(
        label="类别", required=False, choices=[("a", "甲"), ("b", "乙")], widget=forms.CheckboxSelectMultiple
    )
    agreed = forms.BooleanField(label="已核对", required=False)
    token = forms.CharField(widget=forms.HiddenInput, initial="x", required=False)


def shown(source: str, **context: Any) -> str:
    """What a template with the components at hand renders, line breaks left out."""
    head = '{% import "ui/components.html" as c %}'
    return engines.all()[0].from_string(head + source).render(context).replace("\n", "")


def test_a_state_is_a_shape_and_a_word() -> None:
    assert shown('{{ c.state("ok", "达标") }}') == (
        '<span class="state state-ok"><svg class="icon" aria-hidden="true"><use href="#i-ok"/></svg>达标</span>'
    )


@pytest.mark.parametrize(
    ("letters", "kept"),
    [(16, '<th scope="row" role="rowheader">'), (17, '<th scope="row" role="rowheader" class=" long">')],
)
def test_only_a_name_of_more_than_sixteen_letters_is_broken_into_lines(letters: int, kept: str) -> None:
    assert shown("{{ c.row_th(name) }}", name="村" * letters) == f"{kept}{'村' * letters}</th>"


def test_texts_are_escaped() -> None:
    assert shown("{{ c.tag(text) }}", text="<甲>") == '<span class="tag">&lt;甲&gt;</span>'


def test_a_missing_name_is_an_error_and_no_empty_place() -> None:
    with pytest.raises(UndefinedError):
        shown("{{ nobody }}")


def test_the_last_crumb_is_this_page() -> None:
    drawn = shown('{{ c.crumbs([("全县", "/"), ("甲镇", none)]) }}')
    assert re.findall(r"<li.*?</li>", drawn) == ['<li><a href="/">全县</a></li>', '<li aria-current="page">甲镇</li>']


def test_head_places_actions_beside_the_title() -> None:
    assert shown('{% call c.head("人员", "甲镇") %}<a href="/new">新增</a>{% endcall %}') == (
        '<div class="head"><h1>人员</h1><div class="row"><a href="/new">新增</a></div><p>甲镇</p></div>'
    )
    assert shown('{{ c.head("人员") }}') == '<div class="head"><h1>人员</h1></div>'


def test_the_kinds_of_a_button_become_its_classes() -> None:
    assert (
        shown('{{ c.link_button("查看", "/x", "quiet small") }}')
        == '<a class="btn btn-quiet btn-small" href="/x">查看</a>'
    )
    assert shown('{{ c.submit("提交", name="way", value=1) }}') == (
        '<button class="btn btn-submit" type="submit" name="way" value="1">提交</button>'
    )


def test_every_form_has_a_number_of_its_own() -> None:
    numbers = re.findall(r'name="once" value="(.*?)"', shown("{{ c.once() }}{{ c.once() }}"))
    assert len({uuid.UUID(number) for number in numbers}) == 2


def test_a_field_has_label_need_mark_and_a_hint_it_is_described_by() -> None:
    assert shown('{{ c.field(form["name"], rule_id="PER-01") }}', form=Slip()) == (
        '<div class="field"><label for="id_name">姓名<span class="need">必填</span></label>'
        '<input type="text" name="name" aria-describedby="id_name-hint" required id="id_name">'
        '<p class="hint" id="id_name-hint">照身份证填写 <span class="rule-id">PER-01</span></p></div>'
    )


def test_a_faulty_field_keeps_what_was_typed_and_names_the_fault_first() -> None:
    form = Slip({"name": "x" * 3, "token": "x"})
    form.add_error("name", "姓名用汉字")
    drawn = shown('{{ c.field(form["name"]) }}', form=form)
    assert 'value="xxx"' in drawn
    assert 'aria-invalid="true"' in drawn
    assert 'aria-describedby="id_name-bad id_name-hint"' in drawn
    assert drawn.index('id="id_name-bad"') < drawn.index('id="id_name-hint"')


def test_choices_are_a_group_with_a_legend() -> None:
    drawn = shown('{{ c.field(form["kinds"]) }}', form=Slip())
    assert drawn.startswith('<fieldset class="field" id="id_kinds"><legend>类别</legend>')
    assert re.findall(
        r'<label for="(.*?)"><input type="checkbox" name="kinds" value="(.*?)" id="(.*?)">(.*?)</label>', drawn
    ) == [
        ("id_kinds_0", "a", "id_kinds_0", "甲"),
        ("id_kinds_1", "b", "id_kinds_1", "乙"),
    ]


def test_a_single_box_stands_before_its_label() -> None:
    assert '<label for="id_agreed"><input type="checkbox" name="agreed" id="id_agreed">已核对</label>' in shown(
        '{{ c.field(form["agreed"]) }}', form=Slip()
    )


def test_hidden_fields_have_no_label() -> None:
    assert shown("{{ c.hidden(form) }}", form=Slip()) == '<input type="hidden" name="token" value="x" id="id_token">'


def test_the_faults_of_a_form_link_to_its_fields() -> None:
    form = Slip({})
    form.add_error(None, "不能提交")
    drawn = shown("{{ c.form_errors(form) }}", form=form)
    assert re.findall(r"<p>(.*?)</p>", drawn) == ["不能提交", '有 1 处要改：<a href="#id_name">姓名</a>']
    assert 'role="alert"' in drawn
    assert shown("{{ c.form_errors(form) }}", form=Slip()) == ""


def test_a_missing_value_is_a_dash_and_nought_is_nought() -> None:
    cells = shown('{{ c.td(none) }}{{ c.td("") }}{{ c.td(0, "人数", "num", "/x") }}{{ c.td(none, url="/x") }}')
    assert cells == (
        '<td role="cell">—</td><td role="cell">—</td><td role="cell" class="num zero" data-l="人数"><a href="/x">0</a></td><td role="cell">—</td>'
    )


def test_a_sorted_head_cell_says_so_and_links_to_the_other_order() -> None:
    assert shown('{{ c.th("姓名", "num", "?s=-name", "ascending") }}') == (
        '<th scope="col" role="columnheader" class="num" aria-sort="ascending"><a class="sort" href="?s=-name">姓名'
        '<svg class="icon" aria-hidden="true"><use href="#i-up"/></svg></a></th>'
    )


def test_a_table_of_cards_keeps_its_roles() -> None:
    drawn = shown('{% call c.table("人员", cards=True) %}{{ c.thead([("姓名",)]) }}{% endcall %}')
    assert 'class="table cards-on-phone" role="table"><caption class="hide-text">人员</caption>' in drawn
    assert '<div class="scroll" tabindex="0" role="region" aria-label="人员">' in drawn


def test_a_pager_shows_the_end_as_an_end() -> None:
    drawn = shown('{{ c.pager("共 3 人", "从 甲 到 丙", none, "?at=x") }}')
    assert "共 3 人，从 甲 到 丙" in drawn
    assert (
        '<span class="btn btn-small" aria-disabled="true">上一页</span><a class="btn btn-small" href="?at=x" rel="next">下一页</a>'
        in drawn
    )
    assert "btn" not in shown('{{ c.pager("共 3 人") }}')


def test_a_number_is_a_link_only_where_it_opens_something() -> None:
    drawn = shown('{{ c.stats([{"label": "村", "value": 0, "url": "/v"}, {"label": "计划", "value": none}]) }}')
    assert re.findall(r'<(a|div) class="stat"( href="/v")?>.*?<span class="stat-n">(.)</span>', drawn) == [
        ("a", ' href="/v"', "0"),
        ("div", "", "—"),
    ]


def test_an_objection_says_rule_source_and_next_step() -> None:
    full = Objection("DEV-09", "培训不足", "细则第十七条", next_step="补训 8 学时")
    drawn = shown("{{ c.objections(items) }}", items=[full, Objection("", "知悉", severity=Severity.INFO)])
    assert re.findall(r'<section class="(.*?)" role="group" aria-label="(.*?)">', drawn) == [
        ("objection", "培训不足"),
        ("objection is-info", "知悉"),
    ]
    assert re.findall(r"<dt>(.*?)</dt><dd>(.*?)</dd>", drawn) == [
        ("规则", '<span class="rule-id">DEV-09</span>'),
        ("依据", "细则第十七条"),
    ]
    assert drawn.count('<p class="then">补训 8 学时</p>') == 1


@pytest.mark.parametrize("kind, role", [("ok", "status"), ("", "status"), ("warn", "alert"), ("bad", "alert")])
def test_only_trouble_interrupts_a_screen_reader(kind: str, role: str) -> None:
    assert f'role="{role}"' in shown("{{ c.msg(kind, '甲') }}", kind=kind)


def test_what_did_not_change_is_not_marked() -> None:
    drawn = shown('{{ c.diffs([("书记", none, "甲"), ("党员", 31, 31)], "变更") }}')
    assert re.findall(r"<t[dh][^>]*>(.*?)</t[dh]>", drawn)[3:] == [
        "书记",
        "<del>（空）</del>",
        "<ins>甲</ins>",
        "党员",
        "31",
        "31",
    ]


def test_the_wizard_marks_the_step_of_now() -> None:
    assert re.findall(
        r'<li class="(\w+)"(?: aria-current="(\w+)")?><b>(.)</b>', shown('{{ c.wizard(["甲", "乙", "丙"], 1) }}')
    ) == [
        ("done", "", "✓"),
        ("now", "step", "2"),
        ("later", "", "3"),
    ]


def test_work_is_grouped_by_deadline_and_only_the_first_item_is_solid() -> None:
    def duty(title: str, due_on: date) -> Duty:
        return Duty("X-01", title, "甲村", due_on, "", f"/{title}")

    deadlines = Deadlines((duty("一", date(2026, 10, 28)),), (), (duty("二", date(2026, 11, 13)),))
    drawn = shown("{{ c.todo(deadlines, solid=True) }}", deadlines=deadlines)
    assert re.findall(r"<h3[^>]*>(.*?)<span", drawn) == ["已逾期", "以后"]
    assert re.findall(r'class="btn btn-small( btn-submit)?" href="(.*?)"', drawn) == [
        (" btn-submit", "/一"),
        ("", "/二"),
    ]
    assert "10月28日 到期" in drawn


def test_a_deed_of_one_click_is_a_form() -> None:
    drawn = shown('{{ c.post_button(csrf_input, "撤回", "/undo", fields={"seq": 7}) }}', csrf_input="")
    assert drawn.startswith('<form class="inline" action="/undo" method="post">')
    assert '<input type="hidden" name="seq" value="7">' in drawn
