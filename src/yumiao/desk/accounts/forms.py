"""A member's own account: name and branch are known, the login name is asked. Must not know: who the member is."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy

from yumiao.ui.typed import DayField


class MemberForm(forms.Form):
    """The login name, and from when until when the account counts."""

    username = forms.CharField(
        label=gettext_lazy("登录名"),
        max_length=60,
        help_text=gettext_lazy("小写字母开头，可含数字、点、横线、下划线；开户后不再更改"),
        widget=forms.TextInput(attrs={"autocapitalize": "none", "spellcheck": "false", "autocomplete": "off"}),
    )
    since = DayField(label=gettext_lazy("开始日期"))
    until = DayField(
        label=gettext_lazy("失效日期"), required=False, help_text=gettext_lazy("自这一天起不再有效；不填为长期")
    )
