"""The forms of an application: by somebody who is registered, and by somebody who is not. Must not know: rules, who sends them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yumiao.desk.dossier.beginning import Newcomer
from yumiao.desk.dossier.step_forms import Text
from yumiao.desk.people.forms import NeverShown
from yumiao.kernel import identity
from yumiao.people import names
from yumiao.people.codes import EDUCATIONS, ETHNICITIES
from yumiao.people.services import Attributes
from yumiao.ui.typed import DayField
from yumiao.units.queries import UnitOnDay


class ApplicationForm(forms.Form):
    """When somebody handed in the application."""

    applied_on = DayField(
        label=gettext_lazy("递交申请书日期"), help_text=gettext_lazy("申请书上写的、党支部收到的日期")
    )
    note = Text(label=gettext_lazy("说明"), required=False, max_length=200)
    reason = Text(
        label=gettext_lazy("理由"),
        required=False,
        max_length=200,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("有提示或者补录的必须写明，记入全程纪实，不写姓名和号码。"),
    )


class NewcomerForm(ApplicationForm):
    """Who applies, where, and when."""

    name = forms.CharField(label=gettext_lazy("姓名"), max_length=names.LONGEST_NAME)
    number = forms.CharField(
        label=gettext_lazy("公民身份号码"),
        max_length=40,
        widget=NeverShown(attrs={"autocomplete": "off"}),
        help_text=gettext_lazy("性别和出生日期由号码得出；已登记过的人按号码找到，不会重复登记"),
    )
    ethnicity = forms.ChoiceField(label=gettext_lazy("民族"))
    education = forms.ChoiceField(label=gettext_lazy("学历"), required=False)
    phone = forms.CharField(
        label=gettext_lazy("手机号码"), max_length=20, required=False, widget=NeverShown(attrs={"autocomplete": "off"})
    )
    branch = forms.ChoiceField(label=gettext_lazy("申请入党的党支部"))
    field_order = ("name", "number", "ethnicity", "education", "phone", "branch", "applied_on", "note", "reason")

    def __init__(self, branches: Sequence[UnitOnDay], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.branches = {unit.code: unit for unit in branches}
        listed = [(unit.code, unit.name) for unit in branches]
        choices = {
            "branch": listed if len(listed) == 1 else [("", _("请选择")), *listed],
            "ethnicity": [("", _("请选择")), *((one, one) for one in dict.fromkeys(ETHNICITIES.values()))],
            "education": [("", _("请选择")), *((one, one) for one in dict.fromkeys(EDUCATIONS.values()))],
        }
        for name, options in choices.items():
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = options

    def clean_name(self) -> str:
        name = "".join(str(self.cleaned_data["name"]).split()) if self.cleaned_data["name"] else ""
        if fault := names.fault(name):
            raise forms.ValidationError(fault)
        return name

    def clean_number(self) -> identity.IdentityNumber:
        try:
            return identity.parse(self.cleaned_data["number"])
        except identity.InvalidIdentity as error:
            raise forms.ValidationError(error.reason) from None

    @property
    def newcomer(self) -> Newcomer:
        """What a valid form says."""
        given = self.cleaned_data
        number: identity.IdentityNumber = given["number"]
        said = Attributes(
            name=given["name"], sex="f" if number.is_woman else "m", born_on=number.born_on, ethnicity=given["ethnicity"],
            education=given["education"],
        )  # fmt: skip
        return Newcomer(
            number, said, self.branches[given["branch"]], given["applied_on"], identity.normalise(given["phone"])
        )
