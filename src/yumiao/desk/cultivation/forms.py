"""The forms of inspections, training and changes of helpers. Must not know: rules, who sends them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yumiao.admission.asked import Asked
from yumiao.admission.cultivation_rules import CONTACT, INTRODUCER
from yumiao.desk.cultivation.batches import INSPECTION, TRAINING
from yumiao.desk.membership.forms import ReasonField
from yumiao.kernel.identity import scrub
from yumiao.ui.typed import DayField

Choices = Sequence[tuple[int, str]]


def people_field(label: Any, choices: Choices) -> forms.TypedMultipleChoiceField:
    """Who is meant, to be ticked."""
    return forms.TypedMultipleChoiceField(
        label=label,
        coerce=int,
        choices=[(str(pk), name) for pk, name in choices],
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("没有勾选人员。")},
    )


class InspectionForm(forms.Form):
    """One branch, one day, who was inspected, a note of each."""

    on = DayField(label=gettext_lazy("考察日期"))
    reason = forms.CharField(
        label=gettext_lazy("逾期原因"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("有人超过期限的填写；不写姓名和号码"),
    )

    def __init__(self, people: Choices, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.names = dict(people)
        self.fields["people"] = people_field(_("考察的积极分子"), people)
        for pk in self.names:
            self.fields[f"note_{pk}"] = forms.CharField(label=_("考察意见"), max_length=500, required=False)

    def rows(self) -> list[tuple[int, Any]]:
        """(case, its note's field) in the order of the people."""
        return [(pk, self[f"note_{pk}"]) for pk in self.names]

    @property
    def ticked(self) -> set[str]:
        """The cases ticked, as text; before anything is sent, those whom the page offers first."""
        return {str(one) for one in (self["people"].value() or ())}

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        for pk in given.get("people", ()):
            if not str(given.get(f"note_{pk}", "")).strip():
                self.add_error(f"note_{pk}", _("%(name)s的考察意见没有填写。") % {"name": self.names[pk]})
        return given

    @property
    def asked(self) -> Asked:
        given = self.cleaned_data
        return Asked(step=INSPECTION, on=given["on"], reason=scrub(given["reason"].strip()))

    @property
    def notes(self) -> dict[int, str]:
        given = self.cleaned_data
        return {pk: scrub(given[f"note_{pk}"].strip()) for pk in given["people"]}


class TrainingForm(forms.Form):
    """One class: when, how long, where, by whom, who took part."""

    on = DayField(label=gettext_lazy("结业日期"))
    days = forms.IntegerField(label=gettext_lazy("天数"), min_value=0, max_value=60)
    hours = forms.DecimalField(label=gettext_lazy("学时"), min_value=0, max_value=500, max_digits=5, decimal_places=1)
    place = forms.CharField(label=gettext_lazy("地点"), max_length=100)
    organiser = forms.CharField(label=gettext_lazy("举办单位"), max_length=100)
    reason = forms.CharField(
        label=gettext_lazy("说明"), max_length=200, required=False, help_text=gettext_lazy("不写姓名和号码")
    )

    def __init__(self, people: Choices, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["people"] = people_field(_("参加培训的发展对象"), people)

    @property
    def asked(self) -> Asked:
        given = self.cleaned_data
        return Asked(
            step=TRAINING, on=given["on"], days=given["days"], hours=given["hours"], place=scrub(given["place"].strip()),
            people=scrub(given["organiser"].strip()), reason=scrub(given["reason"].strip()),
        )  # fmt: skip


class HelpersForm(forms.Form):
    """Who stands beside somebody from a day on, and why it changes. `agreed`: the warnings of the last try were read."""

    kind = forms.ChoiceField(
        label=gettext_lazy("更换"),
        choices=[(CONTACT, gettext_lazy("培养联系人")), (INTRODUCER, gettext_lazy("入党介绍人"))],
    )
    on = DayField(label=gettext_lazy("更换日期"))
    reason = ReasonField(label=gettext_lazy("更换理由"))
    agreed = forms.BooleanField(required=False, widget=forms.HiddenInput)

    def __init__(self, people: Choices, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["people"] = people_field(_("更换后的全部人员"), people)
        self.order_fields(["kind", "people", "on", "reason", "agreed"])
