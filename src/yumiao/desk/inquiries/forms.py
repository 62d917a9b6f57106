"""The forms of letters of the political review. Must not know: rules, who sends them."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from yumiao.admission.inquiry_services import Draft
from yumiao.admission.models import Inquiry, InquiryEvent
from yumiao.kernel.identity import scrub
from yumiao.kernel.periods import add_months
from yumiao.ui.typed import DayField

_NOTE = gettext_lazy("只写办理经过，不写家庭成员的姓名、号码和具体情况；具体情况以纸质回函为准。")


class LetterForm(forms.Form):
    """What is asked of whom, sent when, to be answered until when."""

    kind = forms.ChoiceField(label=gettext_lazy("方式"), choices=Inquiry.Kind.choices)
    about = forms.ChoiceField(label=gettext_lazy("了解对象"), choices=Inquiry.About.choices)
    addressee = forms.CharField(
        label=gettext_lazy("发往（或者前往）的党组织"), max_length=100, help_text=gettext_lazy("写全称，不写个人姓名")
    )
    sent_on = DayField(label=gettext_lazy("发出日期"))
    due_on = DayField(
        label=gettext_lazy("回函期限"), required=False, help_text=gettext_lazy("不填写的，为发出后一个月")
    )

    def draft(self, issuer: int) -> Draft:
        given = self.cleaned_data
        sent_on: date = given["sent_on"]
        return Draft(
            kind=given["kind"], about=given["about"], addressee=scrub(given["addressee"].strip()), issuer=issuer, sent_on=sent_on,
            due_on=given["due_on"] or add_months(sent_on, 1),
        )  # fmt: skip


class FollowForm(forms.Form):
    """What became of a letter. What an answer found is asked of those alone who decide."""

    what = forms.ChoiceField(label=gettext_lazy("经过"), choices=InquiryEvent.What.choices)
    on = DayField(label=gettext_lazy("日期"))
    finding = forms.ChoiceField(
        label=gettext_lazy("回函结论"),
        required=False,
        choices=[("", gettext_lazy("（不是回函）")), *InquiryEvent.Finding.choices],
    )
    note = forms.CharField(
        label=gettext_lazy("说明"),
        max_length=200,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_NOTE,
    )

    def __init__(self, *args: Any, decides: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not decides:
            del self.fields["finding"]

    @property
    def found(self) -> str:
        """What the answer found; empty where it says nothing of it, or is none."""
        return str(self.cleaned_data.get("finding", ""))

    def clean_note(self) -> str:
        return scrub(str(self.cleaned_data["note"]).strip())


class FindingForm(forms.Form):
    """What an answer found."""

    finding = forms.ChoiceField(label=gettext_lazy("回函结论"), choices=InquiryEvent.Finding.choices)
    note = forms.CharField(
        label=gettext_lazy("说明"),
        max_length=200,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_NOTE,
    )

    def clean_note(self) -> str:
        return scrub(str(self.cleaned_data["note"]).strip())
