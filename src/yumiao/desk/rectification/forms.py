"""The forms of orders. Must not know: rules, who sends them."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from yumiao.desk.evidence.forms import PICTURES, FilesField, ManyFiles
from yumiao.kernel.identity import scrub
from yumiao.oversight.models import FindingRecord, OrderEvent
from yumiao.oversight.services import ReferralDraft
from yumiao.ui.typed import DayField

_AREA = {"rows": 3}


class Chosen(forms.MultipleChoiceField):
    """Of what is offered, by uid; what another took meanwhile, or the same form sent twice, is refused under the lock, not here."""

    widget = forms.CheckboxSelectMultiple

    def valid_value(self, value: Any) -> bool:
        try:
            uuid.UUID(str(value))
        except ValueError:
            return False
        return True


class OrderForm(forms.Form):
    """Which findings are to be put right, with what is to be said of it."""

    findings = Chosen(label=gettext_lazy("问题"))
    text = forms.CharField(
        label=gettext_lazy("整改要求"), max_length=1000, required=False, widget=forms.Textarea(attrs=_AREA),
        help_text=gettext_lazy("不写公民身份号码"),
    )  # fmt: skip

    def __init__(self, *args: Any, found: Sequence[FindingRecord], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen = self.fields["findings"]
        assert isinstance(chosen, forms.MultipleChoiceField)
        chosen.choices = [(str(one.finding.uid), f"{one.get_grade_display()}：{one.text}") for one in found]

    @property
    def chosen(self) -> list[uuid.UUID]:
        return [uuid.UUID(one) for one in self.cleaned_data["findings"]]

    def clean_text(self) -> str:
        return scrub(str(self.cleaned_data["text"]).strip())


class PaperForm(forms.Form):
    """A paper of what was put right, photographed or scanned."""

    title = forms.CharField(
        label=gettext_lazy("材料名称"), max_length=100, help_text=gettext_lazy("如：谈话记录补正说明")
    )
    camera = FilesField(
        label=gettext_lazy("照片或者扫描件"), required=True,
        widget=ManyFiles(attrs={"accept": PICTURES, "multiple": True}),
    )  # fmt: skip

    def clean_title(self) -> str:
        return scrub(str(self.cleaned_data["title"]).strip())


class FollowForm(forms.Form):
    """What became of an order; `offered`: what whoever looks may write down."""

    what = forms.ChoiceField(label=gettext_lazy("事项"))
    on = DayField(label=gettext_lazy("日期"))
    note = forms.CharField(
        label=gettext_lazy("说明"), max_length=1000, widget=forms.Textarea(attrs=_AREA),
        help_text=gettext_lazy("写明怎样整改、验收的情况，不写公民身份号码"),
    )  # fmt: skip

    def __init__(self, *args: Any, offered: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen = self.fields["what"]
        assert isinstance(chosen, forms.ChoiceField)
        chosen.choices = [one for one in OrderEvent.What.choices if one[0] in offered]

    def clean_note(self) -> str:
        return scrub(str(self.cleaned_data["note"]).strip())


class ExtendForm(forms.Form):
    """Until when an order runs longer, and why."""

    extended_to = DayField(label=gettext_lazy("延长到"))
    reason = forms.CharField(label=gettext_lazy("理由"), max_length=200)

    def clean_reason(self) -> str:
        return scrub(str(self.cleaned_data["reason"]).strip())


class TakeBackForm(forms.Form):
    """Why an order is taken back."""

    reason = forms.CharField(label=gettext_lazy("理由"), max_length=200)

    def clean_reason(self) -> str:
        return scrub(str(self.cleaned_data["reason"]).strip())


class ReferralForm(forms.Form):
    """To whom a breach of principle is handed."""

    referred_on = DayField(label=gettext_lazy("移交日期"))
    body = forms.CharField(label=gettext_lazy("接收机关"), max_length=100)
    people = forms.CharField(label=gettext_lazy("涉及的责任人（职务和姓名）"), max_length=200)
    reason = forms.CharField(label=gettext_lazy("移交的理由"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}))
    document = forms.CharField(label=gettext_lazy("文号"), max_length=60, required=False)

    @property
    def draft(self) -> ReferralDraft:
        given = self.cleaned_data
        return ReferralDraft(
            referred_on=given["referred_on"], body=scrub(given["body"].strip()), people=scrub(given["people"].strip()),
            reason=scrub(given["reason"].strip()), document=given["document"].strip(),
        )  # fmt: skip


class OutcomeForm(forms.Form):
    """What the other body decided."""

    closed_on = DayField(label=gettext_lazy("答复日期"))
    outcome = forms.CharField(label=gettext_lazy("处理结果"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}))
