"""What somebody typed into a form: a day in the ways clerks write one, and what is said of a field that is wrong.

Must not know: any one form.
"""

from __future__ import annotations

import unicodedata
from datetime import date
from typing import Any

from django import forms
from django.core import validators
from django.utils.translation import gettext_lazy as _


class DayField(forms.DateField):
    """A day: 2026-03-05, 2026/3/5, 2026.3.5 or 2026年3月5日, with full-width digits too."""

    input_formats = ("%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%Y年%m月%d日")

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
        super().__init__(widget=widget, input_formats=self.input_formats, **kwargs)

    def to_python(self, value: Any) -> date | None:
        return super().to_python(unicodedata.normalize("NFKC", value) if isinstance(value, str) else value)


def say_it_plainly() -> None:
    """Give the fields of every form words that say what helps, instead of the framework's; called once, at the start."""
    forms.Field.default_error_messages["required"] = _("没有填写。")
    forms.ChoiceField.default_error_messages |= {
        "required": _("没有选择。"),
        "invalid_choice": _("没有“%(value)s”这一项，应从所列各项中选择。"),
    }
    forms.DateField.default_error_messages["invalid"] = _("日期应写成 2026-10-31 的形式，并且是历法上有的一天。")
    forms.IntegerField.default_error_messages["invalid"] = _("应填写整数。")
    validators.MaxLengthValidator.message = _("最多 %(limit_value)d 个字，现有 %(show_value)d 个。")
    validators.MinLengthValidator.message = _("至少 %(limit_value)d 个字，现有 %(show_value)d 个。")
