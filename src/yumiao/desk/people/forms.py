"""What is typed on the pages of people: an identity number to search by, the reason for a reveal. Must not know: who asks, what is found."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from yumiao.kernel import identity

_LENGTHS = (15, 18)


class NeverShown(forms.PasswordInput):
    """A text that is typed in the open and never sent back."""

    input_type = "text"


class NumberForm(forms.Form):
    """An identity number, of fifteen or eighteen signs. It is sent, never part of an address, and never shown again."""

    number = forms.CharField(
        label=_("公民身份号码"),
        max_length=40,
        widget=NeverShown(attrs={"autocomplete": "off"}),
        help_text=_("18 位；15 位旧号码也可以。号码不会出现在网址和日志中。"),
    )

    def clean_number(self) -> str:
        number = identity.normalise(str(self.cleaned_data["number"]))
        if len(number) not in _LENGTHS:
            raise forms.ValidationError(_("公民身份号码应为 18 位或 15 位。"))
        return number


class RevealForm(forms.Form):
    """Why somebody needs the whole numbers."""

    reason = forms.CharField(
        label=_("查看事由"),
        min_length=4,
        max_length=200,
        widget=forms.Textarea(attrs={"rows": 2, "autocomplete": "off"}),
        help_text=_("至少 4 个字，写明用途，如“核对入党志愿书”。事由会记入查阅记录。"),
        error_messages={"required": _("请写明查看事由。"), "min_length": _("事由至少写 4 个字。")},
    )
