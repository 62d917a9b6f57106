"""The forms by which a case is turned: sent back, laid to rest, gone on with, exempted. Must not know: rules, who sends them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yumiao.admission.models import CaseReturn
from yumiao.admission.order_rules import EXEMPTIBLE
from yumiao.admission.path import Step
from yumiao.desk.dossier.step_forms import Text
from yumiao.desk.membership.forms import ReasonField
from yumiao.ui.typed import DayField


class ReturnForm(forms.Form):
    """To which step, on what ground, why."""

    step = forms.TypedChoiceField(label=gettext_lazy("退回到"), coerce=int)
    why = forms.ChoiceField(label=gettext_lazy("原因"), choices=[("", gettext_lazy("请选择")), *CaseReturn.Why.choices])
    reason = ReasonField(label=gettext_lazy("具体理由"))

    def __init__(self, steps: Sequence[Step], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["step"]
        assert isinstance(field, forms.TypedChoiceField)
        field.choices = [("", _("请选择")), *((one.number, one.label) for one in reversed(steps))]


class RestForm(forms.Form):
    """From when the case lies still, and whether the time counts."""

    on = DayField(label=gettext_lazy("暂停日期"))
    counts = forms.ChoiceField(
        label=gettext_lazy("暂停期间是否计入培养教育时间"),
        choices=[("", gettext_lazy("请选择")), ("no", gettext_lazy("不计入")), ("yes", gettext_lazy("计入"))],
        help_text=gettext_lazy("由党组织研究决定，系统不作判断"),
    )
    reason = ReasonField(label=gettext_lazy("理由"))


class ResumeForm(forms.Form):
    """From when the case goes on."""

    on = DayField(label=gettext_lazy("恢复日期"))
    reason = ReasonField(label=gettext_lazy("理由"))


class ExemptionForm(forms.Form):
    """Which rule is lifted for which step, by whom, why."""

    rule = forms.ChoiceField(label=gettext_lazy("规则"))
    step = forms.TypedChoiceField(label=gettext_lazy("步骤"), coerce=int)
    on = DayField(label=gettext_lazy("批准日期"))
    by = Text(label=gettext_lazy("批准的党组织或者负责人"), max_length=60)
    document = Text(label=gettext_lazy("文号"), max_length=60, required=False)
    reason = ReasonField(label=gettext_lazy("理由"))

    def __init__(self, steps: Sequence[Step], titles: Sequence[tuple[str, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, options in (("rule", list(titles)), ("step", [(str(one.number), one.label) for one in steps])):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = options


class WithdrawForm(forms.Form):
    """Which exemption is taken back, and why."""

    rule = forms.ChoiceField(choices=[(one, one) for one in EXEMPTIBLE], widget=forms.HiddenInput)
    step = forms.IntegerField(widget=forms.HiddenInput)
    why = ReasonField(label=gettext_lazy("收回理由"))
