"""The forms of floating members. Must not know: rules, who sends them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeVar

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yumiao.desk.membership.forms import ReasonField
from yumiao.kernel.identity import scrub
from yumiao.people.models import ContactSearch, StayContact
from yumiao.people.stay_services import StayDraft
from yumiao.ui.typed import DayField
from yumiao.units.queries import UnitOnDay


class LeaveForm(forms.Form):
    """Where a member went, whom the branch named to keep in touch."""

    since = DayField(label=gettext_lazy("外出日期"))
    place = forms.CharField(
        label=gettext_lazy("流往何处"),
        max_length=100,
        help_text=gettext_lazy("省、市、县和单位或者街道，如“××市××区务工”"),
    )
    is_fixed = forms.BooleanField(label=gettext_lazy("地点比较固定"), required=False)
    is_abroad = forms.BooleanField(label=gettext_lazy("在国（境）外"), required=False)
    contact = forms.ChoiceField(label=gettext_lazy("党支部确定的联系人"))
    planned_on = DayField(label=gettext_lazy("预计返回日期"), required=False)

    def __init__(self, members: Sequence[tuple[int, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        contact = self.fields["contact"]
        assert isinstance(contact, forms.ChoiceField)
        contact.choices = [("", _("请选择")), *((str(one), name) for one, name in members)]

    def draft(self, person: int) -> StayDraft:
        given = self.cleaned_data
        return StayDraft(
            since=given["since"], place=scrub(given["place"].strip()), is_abroad=given["is_abroad"],
            is_fixed=given["is_fixed"], contact=int(given["contact"]), planned_on=given["planned_on"], person=person,
        )  # fmt: skip


class GuestForm(forms.Form):
    """A member of elsewhere who lives here."""

    guest = forms.CharField(label=gettext_lazy("姓名"), max_length=50)
    place = forms.CharField(label=gettext_lazy("原党组织"), max_length=100)
    branch = forms.ChoiceField(label=gettext_lazy("联系的党支部"))
    since = DayField(label=gettext_lazy("流入日期"))
    planned_on = DayField(label=gettext_lazy("预计离开日期"), required=False)

    def __init__(self, branches: Sequence[UnitOnDay], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.branches = {unit.code: unit for unit in branches}
        branch = self.fields["branch"]
        assert isinstance(branch, forms.ChoiceField)
        listed = [(unit.code, unit.name) for unit in branches]
        branch.choices = listed if len(listed) == 1 else [("", _("请选择")), *listed]

    @property
    def unit(self) -> UnitOnDay:
        return self.branches[self.cleaned_data["branch"]]

    @property
    def draft(self) -> StayDraft:
        given = self.cleaned_data
        return StayDraft(
            since=given["since"], place=scrub(given["place"].strip()), is_abroad=False, is_fixed=True,
            planned_on=given["planned_on"], unit=self.unit.id, guest=scrub(given["guest"].strip()),
        )  # fmt: skip


class ContactForm(forms.Form):
    """When and how the branch was in touch."""

    on = DayField(label=gettext_lazy("联系日期"))
    channel = forms.ChoiceField(label=gettext_lazy("联系方式"), choices=StayContact.Channel.choices)
    note = forms.CharField(
        label=gettext_lazy("情况"), max_length=200, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )

    def clean_note(self) -> str:
        return scrub(str(self.cleaned_data["note"]).strip())


class SearchForm(forms.Form):
    """When, how and by whom a member was looked for, and what came of it."""

    on = DayField(label=gettext_lazy("查找日期"))
    channel = forms.ChoiceField(label=gettext_lazy("查找途径"), choices=ContactSearch.Channel.choices)
    outcome = forms.ChoiceField(label=gettext_lazy("结果"), choices=ContactSearch.Outcome.choices)
    made_by = forms.CharField(label=gettext_lazy("查找人"), max_length=50)
    note = forms.CharField(
        label=gettext_lazy("情况"), max_length=200, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )

    def clean_made_by(self) -> str:
        return scrub(str(self.cleaned_data["made_by"]).strip())

    def clean_note(self) -> str:
        return scrub(str(self.cleaned_data["note"]).strip())


class ReturnForm(forms.Form):
    """When he came back."""

    on = DayField(label=gettext_lazy("返回日期"))


F = TypeVar("F", bound=forms.Form)


def corrected(form: F) -> F:
    """The same form for what was registered already, with the reason for correcting it."""
    form.fields["reason"] = ReasonField(label=_("更正理由"))
    return form
