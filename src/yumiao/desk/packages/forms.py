"""The forms of handing an archive over. Must not know: rules."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy

from yumiao.desk.membership.forms import ReasonField
from yumiao.desk.packages.acting import Handing
from yumiao.kernel.identity import scrub
from yumiao.ui.typed import DayField

HOLDERS = (
    ("本人人事档案", gettext_lazy("本人人事档案（有人事档案的）")),
    ("乡镇党委（党员档案）", gettext_lazy("乡镇党委，建立党员档案（没有人事档案的）")),
    ("县委组织部（党员档案）", gettext_lazy("县委组织部，建立党员档案（没有人事档案的）")),
)


class HandoverForm(forms.Form):
    """Who gave the archive to whom."""

    handed_on = DayField(label=gettext_lazy("移交日期"))
    holder = forms.ChoiceField(label=gettext_lazy("归入"), choices=HOLDERS)
    giver = forms.CharField(label=gettext_lazy("移交人"), max_length=60)
    receiver = forms.CharField(label=gettext_lazy("接收人"), max_length=60)
    copies = forms.IntegerField(label=gettext_lazy("份数"), min_value=1, max_value=20, initial=1)
    note = forms.CharField(label=gettext_lazy("备注"), max_length=200, required=False)
    reason = forms.CharField(label=gettext_lazy("材料不齐的原因"), max_length=200, required=False)

    @property
    def handing(self) -> Handing:
        given = self.cleaned_data
        return Handing(
            on=given["handed_on"], holder=given["holder"], giver=scrub(given["giver"].strip()), receiver=scrub(given["receiver"].strip()),
            copies=given["copies"], note=scrub(given["note"].strip()),
        )  # fmt: skip


class TakeBackForm(forms.Form):
    """Why it is taken back."""

    reason = ReasonField(label=gettext_lazy("收回的理由"))
