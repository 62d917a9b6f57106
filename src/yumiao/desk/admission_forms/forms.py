"""The forms of 志愿书 numbers. Must not know: rules, who sends them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yumiao.admission.models import FormVoid
from yumiao.desk.membership.forms import ReasonField
from yumiao.kernel.identity import scrub
from yumiao.ui.typed import DayField
from yumiao.units.queries import UnitOnDay


class HandForm(forms.Form):
    """Which numbers go to which committee."""

    unit = forms.ChoiceField(label=gettext_lazy("领用党委"))
    first = forms.CharField(
        label=gettext_lazy("起号"), max_length=21, help_text=gettext_lazy("按封面印的写全，如 0000101")
    )
    last = forms.CharField(label=gettext_lazy("止号"), max_length=21)
    on = DayField(label=gettext_lazy("发放日期"))
    note = forms.CharField(label=gettext_lazy("备注"), max_length=200, required=False)

    def __init__(self, units: Sequence[UnitOnDay], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.units = {one.code: one for one in units}
        unit = self.fields["unit"]
        assert isinstance(unit, forms.ChoiceField)
        unit.choices = [("", _("请选择")), *((one.code, one.name) for one in units)]

    @property
    def chosen(self) -> UnitOnDay:
        return self.units[self.cleaned_data["unit"]]

    def clean_note(self) -> str:
        return scrub(str(self.cleaned_data["note"]).strip())


class VoidForm(forms.Form):
    """Which form is void, since when and why."""

    number = forms.CharField(label=gettext_lazy("编号"), max_length=21, help_text=gettext_lazy("按封面印的写全"))
    why = forms.ChoiceField(
        label=gettext_lazy("作废原因"), choices=[("", gettext_lazy("请选择")), *FormVoid.Why.choices]
    )
    on = DayField(label=gettext_lazy("作废日期"))
    reason = ReasonField(label=gettext_lazy("说明"))


class BackForm(forms.Form):
    """Why a range is taken back."""

    reason = ReasonField()
