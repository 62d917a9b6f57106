"""The forms of joint review. Must not know: rules, who sends them."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from yumiao.admission.joint_services import ConclusionDraft
from yumiao.admission.models import JointConclusion
from yumiao.bylaws.keys import BODIES
from yumiao.kernel.identity import scrub
from yumiao.ui.typed import DayField

_AREA = forms.Textarea(attrs={"rows": 3})


class ReasonForm(forms.Form):
    """Why something is taken back."""

    reason = forms.CharField(label=gettext_lazy("收回的原因"), max_length=200, widget=forms.Textarea(attrs={"rows": 2}))

    def clean_reason(self) -> str:
        return scrub(str(self.cleaned_data["reason"]).strip())


class RemindForm(forms.Form):
    """How a body was reminded."""

    note = forms.CharField(
        label=gettext_lazy("催办方式"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("例如：书面催办、电话催办"),
    )

    def clean_note(self) -> str:
        return scrub(str(self.cleaned_data["note"]).strip())


class LetterDayForm(forms.Form):
    """Of which day a written answer is."""

    on = DayField(label=gettext_lazy("书面答复的日期"))


class WorkbookForm(forms.Form):
    """A workbook that came back, with its password."""

    file = forms.FileField(label=gettext_lazy("部门交回的工作簿"), help_text=gettext_lazy("加密的表格文件，最大十六兆"))
    password = forms.CharField(
        label=gettext_lazy("打开密码"),
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )


class SeatForm(forms.Form):
    """Who answers for which body."""

    account = forms.ChoiceField(label=gettext_lazy("账号"))
    body = forms.ChoiceField(label=gettext_lazy("部门"), choices=list(BODIES.items()))

    def __init__(self, *args: Any, accounts: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["account"].choices = accounts  # type: ignore[attr-defined]


class NameForm(forms.Form):
    """Who in the township is to read the answers and conclude."""

    account = forms.ChoiceField(label=gettext_lazy("指定阅看、作出结论的人员"))
    purpose = forms.CharField(label=gettext_lazy("用途"), max_length=100, initial=gettext_lazy("作出联审结论"))
    until = DayField(label=gettext_lazy("授权截止日期"), help_text=gettext_lazy("从这一天起不能再看"))

    def __init__(self, *args: Any, accounts: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["account"].choices = accounts  # type: ignore[attr-defined]

    def clean_purpose(self) -> str:
        return scrub(str(self.cleaned_data["purpose"]).strip())


class ConclusionForm(forms.Form):
    """What a person concludes, and how the person concerned was told."""

    effect = forms.ChoiceField(label=gettext_lazy("结论"), choices=JointConclusion.Effect.choices)
    concluded_on = DayField(label=gettext_lazy("结论日期"))
    reason = forms.CharField(
        label=gettext_lazy("理由"),
        max_length=1000,
        widget=_AREA,
        help_text=gettext_lazy("加密保存，只有获准阅看的人员能看"),
    )
    told_on = DayField(label=gettext_lazy("告知本人的日期"), required=False)
    untold = forms.CharField(
        label=gettext_lazy("不告知本人的法律依据"), max_length=200, required=False,
        help_text=gettext_lazy("法律规定不得告知的才填，不写具体情况"),
    )  # fmt: skip

    def draft(self) -> ConclusionDraft:
        given = self.cleaned_data
        told: date | None = given["told_on"]
        return ConclusionDraft(
            given["effect"], given["concluded_on"], scrub(given["reason"].strip()), told, scrub(given["untold"].strip())
        )
