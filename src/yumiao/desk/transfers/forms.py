"""The forms of transfers: where to, taking in, sending back, the receipt, a letter from elsewhere. Must not know: rules, who sends them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yumiao.desk.membership.forms import ReasonField
from yumiao.desk.people.forms import NeverShown
from yumiao.desk.transfers.arrival import Arrival
from yumiao.kernel import identity
from yumiao.people.codes import EDUCATIONS, ETHNICITIES
from yumiao.people.services import Attributes
from yumiao.ui.typed import DayField
from yumiao.units.queries import UnitOnDay

OUTSIDE = "outside"
Units = Sequence[UnitOnDay]


class IssueForm(forms.Form):
    """Where a relation or material goes, from which day, for how long its letter holds."""

    to = forms.ChoiceField(label=gettext_lazy("接收党委"))
    to_text = forms.CharField(
        label=gettext_lazy("县外接收党组织"),
        max_length=100,
        required=False,
        help_text=gettext_lazy("转往县外的填写全称，如“××市××区××街道党工委”"),
    )
    on = DayField(label=gettext_lazy("开具日期"))
    valid_days = forms.IntegerField(label=gettext_lazy("有效期（天）"), min_value=1)

    def __init__(self, committees: Units, longest: int, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.committees = {unit.code: unit for unit in committees}
        to = self.fields["to"]
        assert isinstance(to, forms.ChoiceField)
        named = [(unit.code, unit.name) for unit in committees]
        to.choices = [("", _("请选择")), (OUTSIDE, _("县外")), *named]
        days = self.fields["valid_days"]
        assert isinstance(days, forms.IntegerField)
        days.max_value = longest
        days.validators.append(forms.IntegerField(max_value=longest).validators[0])
        days.help_text = _("不超过 %(count)s 天") % {"count": longest}

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("to") == OUTSIDE and not given.get("to_text"):
            self.add_error("to_text", _("转往县外的，写明接收党组织"))
        if given.get("to") in self.committees and given.get("to_text"):
            self.add_error("to_text", _("县内转接不填"))
        return given


class StepForm(forms.Form):
    """One step of a transfer: its day, and what the step asks for."""

    def __init__(self, step: str, branches: Units, *args: Any, leaves: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.branches = {unit.code: unit for unit in branches}
        if step == "receive":
            choices = [("", _("请选择")), *((unit.code, unit.name) for unit in branches)]
            self.fields["branch"] = forms.ChoiceField(label=_("编入的党支部"), choices=choices)
        labels = {"receive": _("接收日期"), "return": _("回执日期"), "refuse": _("退回日期"), "withdraw": _("作废日期")}
        help_text = _("按对方回执上的接收日期填写；党籍自这一天起不在本县") if leaves and step == "return" else ""
        self.fields["on"] = DayField(label=labels[step], help_text=help_text)
        if step in ("refuse", "withdraw"):
            self.fields["reason"] = ReasonField()

    @property
    def branch(self) -> UnitOnDay:
        return self.branches[self.cleaned_data["branch"]]


def _listed(labels: Sequence[str]) -> list[tuple[str, str]]:
    return [("", _("请选择")), *((label, label) for label in dict.fromkeys(labels))]


class ArrivalForm(forms.Form):
    """What the letter of another county says of a member, and the branch that takes him in."""

    sender = forms.CharField(label=gettext_lazy("转出党组织"), max_length=100)
    letter = forms.CharField(label=gettext_lazy("介绍信编号"), max_length=60)
    issued_on = DayField(label=gettext_lazy("介绍信开具日期"))
    number = forms.CharField(
        label=gettext_lazy("公民身份号码"),
        max_length=40,
        widget=NeverShown(attrs={"autocomplete": "off"}),
        help_text=gettext_lazy("已在本县登记过的人按号码找到，不会重复登记；曾由本县转出的，续接原党籍"),
    )
    name = forms.CharField(label=gettext_lazy("姓名"), max_length=50)
    ethnicity = forms.ChoiceField(label=gettext_lazy("民族"))
    education = forms.ChoiceField(label=gettext_lazy("学历"), required=False)
    phone = forms.CharField(
        label=gettext_lazy("手机号码"), max_length=20, required=False, widget=NeverShown(attrs={"autocomplete": "off"})
    )
    membership_on = DayField(label=gettext_lazy("入党日期"), help_text=gettext_lazy("支部大会通过之日"))
    full_member_on = DayField(
        label=gettext_lazy("转正日期"), required=False, help_text=gettext_lazy("预备党员不填；党龄自这一天起算")
    )
    branch = forms.ChoiceField(label=gettext_lazy("编入的党支部"))
    received_on = DayField(label=gettext_lazy("接收日期"))

    def __init__(self, branches: Units, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.branches = {unit.code: unit for unit in branches}
        choices = {
            "branch": [("", _("请选择")), *((unit.code, unit.name) for unit in branches)],
            "ethnicity": _listed([*ETHNICITIES.values()]),
            "education": _listed([*EDUCATIONS.values()]),
        }
        for name, listed in choices.items():
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = listed
        if self.is_bound and "same" in self.data:
            self.ask_same()

    def ask_same(self) -> None:
        """Ask whether he is the one of the same name and birth date who left the county."""
        choices = [("", _("请选择")), ("yes", _("是同一人，改用这个号码")), ("no", _("不是同一人，另行登记"))]
        label = _("与已转出本县的同名、同出生日期的人")
        self.fields["same"] = forms.ChoiceField(label=label, choices=choices)

    def clean_number(self) -> identity.IdentityNumber:
        try:
            return identity.parse(self.cleaned_data["number"])
        except identity.InvalidIdentity as error:
            raise forms.ValidationError(error.reason) from None

    @property
    def arrival(self) -> Arrival:
        """What a valid form says."""
        given = self.cleaned_data
        number: identity.IdentityNumber = given["number"]
        full: date | None = given["full_member_on"]
        attributes = Attributes(
            name=given["name"].strip(),
            sex="f" if number.is_woman else "m",
            born_on=number.born_on,
            ethnicity=given["ethnicity"],
            education=given["education"],
        )
        return Arrival(
            number=number, attributes=attributes, membership_on=given["membership_on"], full_member_on=full,
            sender=given["sender"].strip(), letter=given["letter"].strip(), issued_on=given["issued_on"],
            received_on=given["received_on"], branch=self.branches[given["branch"]], phone=identity.normalise(given["phone"]),
            is_same={"yes": True, "no": False}.get(given.get("same", "")),
        )  # fmt: skip
