"""Forms of a delegation: which post, to whom, how long, how far, why. Must not know: who may."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yumiao.access.account_forms import LONGEST_REASON
from yumiao.access.delegation_rules import lendable
from yumiao.access.models import Account
from yumiao.access.permissions import Permission
from yumiao.access.readers import Held
from yumiao.ui.typed import DayField

USUAL: Final = timedelta(days=14)
OFFERED: Final = 300  # names a field offers while somebody types


class PostForm(forms.Form):
    """Which of several posts: a query, so that the choice is in the address."""

    post = forms.ChoiceField(label=gettext_lazy("委托的任职"))

    def __init__(self, held: Sequence[Held], data: QueryDict | None = None) -> None:
        super().__init__(data)
        choices = [(str(place), f"{one.unit.name} {one.role.label}") for place, one in enumerate(held, start=1)]
        self.fields["post"].choices = choices  # type: ignore[attr-defined]


class DelegationForm(forms.Form):
    """To whom, from when until when, which rights, why."""

    delegate = forms.CharField(
        label=gettext_lazy("代办人"),
        max_length=200,
        widget=forms.TextInput(attrs={"list": "candidates", "autocomplete": "off"}),
        help_text=gettext_lazy("填写登录名，或者从列出的人中选择"),
    )
    since = DayField(label=gettext_lazy("开始日期"))
    until = DayField(label=gettext_lazy("失效日期"), help_text=gettext_lazy("自这一天起不再有效，最长90日"))
    permissions = forms.MultipleChoiceField(
        label=gettext_lazy("权限"), error_messages={"required": gettext_lazy("至少选择一项。")}
    )
    reason = forms.CharField(
        label=gettext_lazy("事由"),
        max_length=LONGEST_REASON,
        help_text=gettext_lazy("例如：参加党校培训；不写身份证号码和手机号码"),
    )

    def __init__(
        self, held: Held, people: Sequence[tuple[Account, str]], today: date, data: QueryDict | None = None
    ) -> None:
        super().__init__(data, initial={"since": today, "until": min(today + USUAL, held.until)})
        self.people = people
        rights = lendable(held.role)
        self.rights = [one for one in Permission if one in rights]
        self.fields["permissions"].choices = [(one.value, one.label) for one in self.rights]  # type: ignore[attr-defined]

    def clean_delegate(self) -> Account:
        said = self.cleaned_data["delegate"].split()
        found = [one for one, _posts in self.people if said and one.username == said[0].lower()]
        if not found:
            raise ValidationError(_("没有这个登录名，或者他不能为这项任职代办。"))
        return found[0]

    def clean_permissions(self) -> list[Permission]:
        return [Permission(one) for one in self.cleaned_data["permissions"]]

    @property
    def chosen(self) -> list[str]:
        """The rights that are ticked when the form is shown: all of them to begin with."""
        return (
            self.data.getlist("permissions") if isinstance(self.data, QueryDict) else [one.value for one in self.rights]
        )

    @property
    def options(self) -> list[str]:
        return [f"{one.username} {one.display_name}（{posts}）" for one, posts in self.people[:OFFERED]]
