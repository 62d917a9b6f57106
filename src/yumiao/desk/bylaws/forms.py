"""The forms of county papers, settings and days off: what was typed becomes values. Must not know: who may send them, rules."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yumiao.bylaws.keys import KEYS, LONGEST_VALUE, Choice, Several
from yumiao.bylaws.rules import LONGEST, LONGEST_REASON, LONGEST_SOURCE, DayEntry, Paper
from yumiao.desk.bylaws.words import bounds_in_words, in_force
from yumiao.ui.typed import DayField

LONGEST_TEXT = 20_000
LONGEST_RANGE = 31  # days
MOST_LINES = 200
FIRST_YEAR, LAST_YEAR = 2004, 2100
_DAY = r"(\d{4})[-年.](\d{1,2})[-月.](\d{1,2})日?"
_LINE = re.compile(rf"{_DAY}(?:\s*[至到]\s*{_DAY})?\s+(放假|上班)\s+(\S.*)")


class PaperForm(forms.Form):
    """A county paper to be registered."""

    number = forms.CharField(
        label=gettext_lazy("文号"), max_length=LONGEST["文号"], help_text=gettext_lazy("例：青岚组发〔2026〕3号")
    )
    issuing_body = forms.CharField(label=gettext_lazy("发文机关"), max_length=LONGEST["发文机关"])
    title = forms.CharField(label=gettext_lazy("标题"), max_length=LONGEST["标题"])
    in_force_from = DayField(label=gettext_lazy("生效日"))
    in_force_until = DayField(
        label=gettext_lazy("失效日"), required=False, help_text=gettext_lazy("失效日当天不再有效；没有规定的不填")
    )
    scan = forms.CharField(
        label=gettext_lazy("扫描件位置"),
        max_length=LONGEST["扫描件位置"],
        required=False,
        help_text=gettext_lazy("档案盒号或者文件柜编号"),
    )
    text = forms.CharField(
        label=gettext_lazy("正文"), max_length=LONGEST_TEXT, required=False, widget=forms.Textarea(attrs={"rows": 10})
    )

    def clean_number(self) -> str:
        """Without blanks and full-width digits: one number has one spelling."""
        return "".join(
            str(int(one)) if one.isdecimal() else one for one in self.cleaned_data["number"] if not one.isspace()
        )


class SeveralField(forms.MultipleChoiceField):
    """Some of a few words, ticked; the value is written with a comma between, as a setting keeps it."""

    def __init__(self, words: Mapping[str, str], **kwargs: Any) -> None:
        self.words = tuple(words)
        super().__init__(choices=list(words.items()), widget=forms.CheckboxSelectMultiple, **kwargs)

    def prepare_value(self, value: Any) -> Any:
        return value.split(",") if isinstance(value, str) else value

    def clean(self, value: Any) -> Any:
        """The words in the order of the list."""
        found = super().clean(_split(value))
        return ",".join(one for one in self.words if one in found)


def _split(value: Any) -> Any:
    """What was ticked; an address that is looked at again brings it as one text."""
    return value[0].split(",") if isinstance(value, list) and len(value) == 1 else value


class SettingForm(forms.Form):
    """A new value of one setting, as the address of its preview has it; `shown` is the last change it was shown with."""

    since = DayField(label=gettext_lazy("自何日起"))
    paper = forms.ChoiceField(label=gettext_lazy("依据的县级文件"))
    shown = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(self, key: str, papers: Sequence[Paper], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.papers = {str(paper.uid): paper for paper in papers}
        self.fields["value"] = _value_field(key)
        paper = self.fields["paper"]
        assert isinstance(paper, forms.ChoiceField)
        paper.choices = [("", _("选择已登记的文件")), *((uid, _named(paper)) for uid, paper in self.papers.items())]
        self.order_fields(["value", "since", "paper", "shown"])

    def clean_value(self) -> str:
        """As typed, with full-width digits and signs made plain."""
        return unicodedata.normalize("NFKC", self.cleaned_data["value"]).strip()

    def wanted(self) -> dict[str, Any]:
        """The arguments of `change_setting` and of its preview that a valid form gives; the reason is asked for last."""
        given = self.cleaned_data
        paper = self.papers[given["paper"]]
        return {
            "value": given["value"],
            "since": given["since"],
            "paper_number": paper.number,
            "issuing_body": paper.issuing_body,
            "shown": given["shown"],
        }


class SettingReasonForm(forms.Form):
    """Why a setting is changed, asked for when its effects have been seen: a sentence of that length fits no address."""

    reason = forms.CharField(
        label=gettext_lazy("理由"), max_length=LONGEST_REASON, widget=forms.Textarea(attrs={"rows": 3})
    )


def _value_field(key: str) -> forms.Field:
    kind = KEYS[key].kind
    if isinstance(kind, Choice):
        return forms.ChoiceField(
            label=_("新值"), choices=[(text, reading) for text, (reading, _value) in kind.options.items()]
        )
    if isinstance(kind, Several):
        return SeveralField(kind.options, label=_("新值"))
    return forms.CharField(label=_("新值"), max_length=LONGEST_VALUE, help_text=bounds_in_words(KEYS[key]))


def _named(paper: Paper) -> str:
    return f"{paper.number}　{paper.title}（{in_force(paper.in_force_from, paper.in_force_until)}）"


class DaysOffForm(forms.Form):
    """Days off and make-up days, one line a day or a run of days."""

    days = forms.CharField(
        label=gettext_lazy("日期"),
        max_length=LONGEST_TEXT,
        help_text=gettext_lazy("每行写日期、放假或者上班、名称，中间空格。例：2027-01-01 至 2027-01-03 放假 元旦"),
        widget=forms.Textarea(attrs={"rows": 8}),
    )
    source = forms.CharField(
        label=gettext_lazy("依据"), max_length=LONGEST_SOURCE, help_text=gettext_lazy("文号或者文件名称")
    )
    whole_year = forms.IntegerField(
        label=gettext_lazy("全年安排的年份"),
        required=False,
        min_value=FIRST_YEAR,
        max_value=LAST_YEAR,
        help_text=gettext_lazy("只在以上是国务院办公厅公布的全年安排时填写；填写后该年可以计算工作日"),
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )

    def clean_days(self) -> list[DayEntry]:
        lines = [line.strip() for line in self.cleaned_data["days"].splitlines()]
        if len(lines) > MOST_LINES:
            raise forms.ValidationError(_("一次不超过 %(most)s 行") % {"most": MOST_LINES})
        found: list[DayEntry] = []
        faults: list[str] = []
        for number, line in enumerate(lines, start=1):
            try:
                found.extend(_days_of(line) if line else ())
            except ValueError as fault:
                faults.append(_("第 %(number)s 行：%(fault)s") % {"number": number, "fault": fault})
        if faults:
            raise forms.ValidationError(faults)
        return found


class DaysOffRemovalForm(forms.Form):
    """A run of the county's own days to be taken back, and why."""

    first = DayField(label=gettext_lazy("首日"))
    last = DayField(label=gettext_lazy("末日"))
    reason = forms.CharField(
        label=gettext_lazy("理由"), max_length=LONGEST_REASON, widget=forms.Textarea(attrs={"rows": 3})
    )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        first, last = given.get("first"), given.get("last")
        if first and last and not 0 <= (last - first).days < LONGEST_RANGE:
            raise forms.ValidationError(_("起止应当先后相接，不超过 %(most)s 天") % {"most": LONGEST_RANGE})
        return given


def _days_of(line: str) -> Iterator[DayEntry]:
    """The days that one line names; `ValueError` with what is wrong with it."""
    read = _LINE.fullmatch(line)
    if read is None:
        raise ValueError(_("应写成“2027-01-01 放假 元旦”的形式"))
    first = _day(read.groups()[:3])
    last = _day(read.groups()[3:6]) if read[4] else first
    length = (last - first).days + 1
    if not 1 <= length <= LONGEST_RANGE:
        raise ValueError(_("起止应当先后相接，不超过 %(most)s 天") % {"most": LONGEST_RANGE})
    for place in range(length):
        yield first + timedelta(days=place), read[7] == "上班", read[8].strip()


def _day(parts: Sequence[str]) -> date:
    try:
        day = date(*(int(part) for part in parts))
    except ValueError:
        raise ValueError(_("没有这一天")) from None
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise ValueError(_("年份应在 %(first)s 至 %(last)s 之间") % {"first": FIRST_YEAR, "last": LAST_YEAR})
    return day


def year_asked(text: str, otherwise: int) -> int:
    """The year asked for in an address, within what the calendar knows of; any other text gives `otherwise`."""
    if not (text.isascii() and text.isdigit() and len(text) == len(str(LAST_YEAR))):
        return otherwise
    return int(text) if FIRST_YEAR <= int(text) <= LAST_YEAR else otherwise
