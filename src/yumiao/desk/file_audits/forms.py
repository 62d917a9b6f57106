"""The forms of old files: an audit, the audits of a branch on one page, a finding, a decision. Must not know: rules, who sends them."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from datetime import date
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yumiao.admission.audit_rules import Audited, Decided
from yumiao.admission.models import FileAuditRecord, Recognition
from yumiao.admission.path_2014 import SLOTS
from yumiao.desk.file_audits.acting import Somebody
from yumiao.desk.membership.forms import ReasonField
from yumiao.kernel.identity import scrub
from yumiao.oversight.models import FindingRecord
from yumiao.oversight.services import FindingDraft
from yumiao.ui.typed import DayField

_SLOTS: Final = [(code, f"{code} {slot.title}") for code, slot in SLOTS.items()]
_RESULTS: Final = FileAuditRecord.Result.choices


class AuditForm(forms.Form):
    """How one old file was found."""

    on = DayField(label=gettext_lazy("审核日期"))
    result = forms.ChoiceField(label=gettext_lazy("审核结果"), choices=[("", gettext_lazy("请选择")), *_RESULTS])
    missing = forms.MultipleChoiceField(
        label=gettext_lazy("缺少的材料"), choices=_SLOTS, required=False, widget=forms.CheckboxSelectMultiple
    )
    wrong = forms.MultipleChoiceField(
        label=gettext_lazy("有误的材料"), choices=_SLOTS, required=False, widget=forms.CheckboxSelectMultiple
    )
    text = forms.CharField(
        label=gettext_lazy("说明"), max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("不写公民身份号码。农历、民国纪年的日期照录原文。"),
    )  # fmt: skip

    @property
    def audited(self) -> Audited:
        given = self.cleaned_data
        return Audited(
            given["on"], given["result"], tuple(given["missing"]), tuple(given["wrong"]), scrub(given["text"].strip())
        )


class CodesField(forms.CharField):
    """Codes of materials, typed with anything between them: “A02、A16”."""

    def clean(self, value: Any) -> tuple[str, ...]:
        typed = unicodedata.normalize("NFKC", str(super().clean(value))).upper()
        codes = [one for one in "".join(sign if sign.isalnum() else " " for sign in typed).split() if one]
        wrong = [one for one in codes if one not in SLOTS]
        if wrong:
            raise ValidationError(_("没有这样的材料代码：%(codes)s。") % {"codes": _("、").join(wrong)})
        return tuple(one for one in SLOTS if one in codes)


class BatchForm(forms.Form):
    """The audits of several members on one page: whose result is left open was not looked through."""

    def __init__(self, people: Sequence[Somebody], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = people
        self.fields["on"] = DayField(label=_("审核日期"))
        for place, one in enumerate(people):
            self.fields[f"result_{place}"] = forms.ChoiceField(
                label=_("%(name)s的审核结果") % {"name": one.name},
                choices=[("", _("未审核")), *_RESULTS],
                required=False,
            )
            for name, words in (("missing", _("%(name)s缺少的材料")), ("wrong", _("%(name)s有误的材料"))):
                self.fields[f"{name}_{place}"] = CodesField(
                    label=words % {"name": one.name}, required=False, max_length=120
                )

    def rows(self) -> list[tuple[Somebody, list[Any]]]:
        """Everybody with his three fields, for the page."""
        return [
            (one, [self[f"{name}_{place}"] for name in ("result", "missing", "wrong")])
            for place, one in enumerate(self.people)
        ]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if not any(given.get(f"result_{place}") for place in range(len(self.people))):
            raise ValidationError(_("没有选择任何人的审核结果。"))
        return given

    @property
    def audited(self) -> list[tuple[Somebody, Audited]]:
        given = self.cleaned_data
        return [
            (one, Audited(given["on"], given[f"result_{place}"], given[f"missing_{place}"], given[f"wrong_{place}"]))
            for place, one in enumerate(self.people)
            if given[f"result_{place}"]
        ]


class AuditFindingForm(forms.Form):
    """What an audit found wrong, to be put right by an order or handed to who decides."""

    found_on = DayField(label=gettext_lazy("发现日期"))
    slot = forms.ChoiceField(
        label=gettext_lazy("涉及材料"), required=False, choices=[("", gettext_lazy("（不指定）")), *_SLOTS]
    )
    grade = forms.ChoiceField(label=gettext_lazy("性质"), choices=FindingRecord.Grade.choices)
    said = forms.CharField(
        label=gettext_lazy("问题"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("写明哪份材料、什么问题，不写公民身份号码"),
    )  # fmt: skip

    @property
    def on(self) -> date:
        day: date = self.cleaned_data["found_on"]
        return day

    @property
    def draft(self) -> FindingDraft:
        given = self.cleaned_data
        return FindingDraft(grade=given["grade"], text=scrub(given["said"].strip()), slot=given["slot"])


class DecisionForm(forms.Form):
    """What a body decided about memberships, by which document, and when the person was told."""

    decision = forms.ChoiceField(
        label=gettext_lazy("决定"), choices=[("", gettext_lazy("请选择")), *Recognition.Decision.choices]
    )
    decided_on = DayField(label=gettext_lazy("决定日期"))
    body = forms.CharField(label=gettext_lazy("决定机关"), max_length=100, help_text=gettext_lazy("写全称"))
    document = forms.CharField(
        label=gettext_lazy("决定文号"), max_length=60, help_text=gettext_lazy("例：青组认〔2026〕1号")
    )
    told_on = DayField(
        label=gettext_lazy("书面告知本人日期"),
        help_text=gettext_lazy("告知时说明理由和申诉的途径；多人的填写最后一人的日期"),
    )
    reason = ReasonField()

    @property
    def decided(self) -> Decided:
        given = self.cleaned_data
        return Decided(
            given["decision"], given["decided_on"], scrub(given["body"].strip()), scrub(given["document"].strip()),
            given["reason"], given["told_on"],
        )  # fmt: skip
