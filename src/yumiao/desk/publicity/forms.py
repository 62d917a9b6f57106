"""The forms of notices and objections. Must not know: rules, who posts or looks into them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from yumiao.desk.evidence.forms import PICTURES, FilesField, ManyFiles
from yumiao.desk.membership.forms import ReasonField
from yumiao.kernel.identity import scrub
from yumiao.publicity.models import ObjectionConclusion, ObjectionRecord
from yumiao.publicity.services import Told
from yumiao.ui.typed import DayField


class WindowForm(forms.Form):
    """When and where a notice hangs, who takes what is said."""

    posted_on = DayField(label=gettext_lazy("张贴日期"), help_text=gettext_lazy("当天不计入，自次日起算"))
    place = forms.CharField(label=gettext_lazy("张贴地点"), max_length=100)
    is_online = forms.BooleanField(
        label=gettext_lazy("同时在网上公示"), required=False, initial=True,
        help_text=gettext_lazy("公示期间任何人不登录就能看到，不含号码和住址"),
    )  # fmt: skip
    receiver = forms.CharField(label=gettext_lazy("受理单位"), max_length=100)
    phone = forms.CharField(label=gettext_lazy("受理电话"), max_length=40, help_text=gettext_lazy("单位的公开电话"))


class NoticeForm(WindowForm):
    """A notice about people of a unit."""

    cases = forms.MultipleChoiceField(label=gettext_lazy("公示人员"), widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, people: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["cases"].choices = list(people)  # type: ignore[attr-defined]
        self.order_fields(["cases", "posted_on", "place", "is_online", "receiver", "phone"])


class RestartForm(WindowForm):
    """The same notice, posted anew."""

    why = forms.CharField(label=gettext_lazy("重新公示的原因"), max_length=200)


class PhotoForm(forms.Form):
    """Photographs of the notice where it hangs."""

    camera = FilesField(
        label=gettext_lazy("拍照"), required=True,
        widget=ManyFiles(attrs={"accept": PICTURES, "capture": "environment", "multiple": True}),
    )  # fmt: skip


class TakeBackForm(forms.Form):
    """Why it is taken back."""

    reason = ReasonField(label=gettext_lazy("收回的理由"))


class ObjectionForm(forms.Form):
    """An objection as it came. Who said it and what are sealed as soon as it is written down."""

    channel = forms.ChoiceField(label=gettext_lazy("途径"), choices=ObjectionRecord.Channel.choices)
    received_on = DayField(label=gettext_lazy("受理日期"), help_text=gettext_lazy("公示截止日当天收到的也算在期内"))
    source = forms.CharField(
        label=gettext_lazy("反映人和联系方式"), max_length=200, required=False,
        help_text=gettext_lazy("不署名的留空。登记后密封，只有调查人能看"),
    )  # fmt: skip
    text = forms.CharField(
        label=gettext_lazy("反映的内容"), max_length=4000, widget=forms.Textarea(attrs={"rows": 5}),
        help_text=gettext_lazy("如实记录。登记后密封，只有调查人能看"),
    )  # fmt: skip

    @property
    def told(self) -> Told:
        return Told(self.cleaned_data["source"].strip(), self.cleaned_data["text"].strip())


class InvestigatorForm(forms.Form):
    """Who looks into it, until when."""

    account = forms.TypedChoiceField(label=gettext_lazy("调查人"), coerce=int)
    due_on = DayField(label=gettext_lazy("调查期限"))
    reason = forms.CharField(label=gettext_lazy("更换的原因"), max_length=200, required=False)

    def __init__(self, *args: Any, accounts: Sequence[tuple[int, str]], is_change: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["account"].choices = [("", gettext_lazy("（请选择）")), *((str(pk), name) for pk, name in accounts)]  # type: ignore[attr-defined]
        if not is_change:
            del self.fields["reason"]


class ConclusionForm(forms.Form):
    """What came of it."""

    concluded_on = DayField(label=gettext_lazy("结论日期"))
    outcome = forms.ChoiceField(label=gettext_lazy("调查结果"), choices=ObjectionConclusion.Outcome.choices)
    effect = forms.ChoiceField(
        label=gettext_lazy("对发展工作的意见"), choices=ObjectionConclusion.Effect.choices,
        help_text=gettext_lazy("由您决定，系统不自动作出任何处理"),
    )  # fmt: skip
    text = forms.CharField(
        label=gettext_lazy("调查结论"), max_length=2000, widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("写查了什么、结果怎样；不写反映人"),
    )  # fmt: skip
    told_on = DayField(label=gettext_lazy("告知本人的日期"), required=False)
    untold = forms.CharField(label=gettext_lazy("不告知的法律依据"), max_length=200, required=False)

    def clean_text(self) -> str:
        return scrub(str(self.cleaned_data["text"]).strip())

    def clean_untold(self) -> str:
        return scrub(str(self.cleaned_data["untold"]).strip())
