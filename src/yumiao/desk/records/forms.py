"""What is typed when a record is corrected: words and codes of the tables become labels. Must not know: who corrects, rules."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from yumiao.desk.doubles.forms import reason_field
from yumiao.desk.people.forms import NeverShown
from yumiao.kernel import identity
from yumiao.people import codes, names
from yumiao.people.models import PersonRecord
from yumiao.people.services import Attributes
from yumiao.ui.typed import DayField

_LONGEST = 200


def _coded(label: Any, help_text: Any) -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=_LONGEST,
        required=False,
        help_text=help_text,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


class CorrectionForm(forms.Form):
    """A record as it shall stand, the reason, and the record it was made from."""

    name = forms.CharField(
        label=_("姓名"), max_length=names.LONGEST_NAME, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    sex = forms.ChoiceField(label=_("性别"), choices=PersonRecord.Sex.choices, widget=forms.RadioSelect)
    born_on = DayField(
        label=_("出生日期"),
        required=False,
        help_text=_("按认定的填写；与号码不一致的要写说明"),
    )
    number = forms.CharField(
        label=_("公民身份号码"),
        max_length=40,
        required=False,
        widget=NeverShown(attrs={"autocomplete": "off"}),
        help_text=_("没有登记或登记有误的填写 18 位号码；不改的留空。号码加密保存，不会显示"),
    )
    confirmed_on = DayField(label=_("转正日期"), required=False, help_text=_("按入党志愿书填写；党龄自这一天起算"))
    ethnicity = _coded(_("民族"), _("可填代码表中的名称、别称或者代码，如“瑶族”“瑶”“13”"))
    education = _coded(_("学历"), _("如“大专”“大学专科”"))
    occupation = _coded(_("职业"), _("如“农牧渔民”“务农”"))
    explanation = forms.CharField(
        label=_("与证件不一致说明"),
        max_length=_LONGEST,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2, "autocomplete": "off"}),
        help_text=_("性别、出生日期与公民身份号码不一致的，写明以什么为准；一致的不填"),
    )
    reason = reason_field(_("写明核对了什么材料，如“入党志愿书、户口簿”。会记入全程纪实；请勿写入完整号码。"))
    seen = forms.IntegerField(widget=forms.HiddenInput)
    seen_number = forms.IntegerField(widget=forms.HiddenInput)

    def begin_at(self, name: str) -> None:
        """The field in which the page begins, if there is one of that name: what one came to mend."""
        if name in self.fields and not self.fields[name].widget.is_hidden:
            self.fields[name].widget.attrs["autofocus"] = True

    def clean_name(self) -> str:
        """A name may not be what no name can be (WBK-19)."""
        name = str(self.cleaned_data["name"])
        if fault := names.fault(name):
            raise forms.ValidationError(fault)
        return name

    def clean_number(self) -> identity.IdentityNumber | None:
        """The number typed, if any; what is wrong with it is said without it."""
        if not (typed := self.cleaned_data["number"].strip()):
            return None
        try:
            return identity.parse(typed)
        except identity.InvalidIdentity as error:
            raise forms.ValidationError(error.reason) from None

    @property
    def attributes(self) -> Attributes:
        """The record, of a form that is valid."""
        given = self.cleaned_data
        born_on: date | None = given["born_on"]
        said = {field: codes.label(field, given[field])[0] for field in codes.TABLES}
        return Attributes(given["name"], given["sex"], born_on, **said)
