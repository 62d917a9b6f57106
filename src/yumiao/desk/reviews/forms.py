"""The forms of reviews: the checklist with its outcome and findings, a draw, an opinion. Must not know: rules, who reviews."""

from __future__ import annotations

from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy

from yumiao.admission.path import Edition
from yumiao.admission.review_rules import APPROVED, NO, NOT_APPLICABLE, RETURNED, YES
from yumiao.desk.reviews.reviewing import Verdict
from yumiao.kernel.identity import scrub
from yumiao.oversight.models import FindingRecord
from yumiao.oversight.services import FindingDraft

FINDINGS: Final = 4
"""So many findings fit one review; more are written down by themselves."""
ANSWERS: Final = ((YES, gettext_lazy("符合")), (NO, gettext_lazy("不符合")), (NOT_APPLICABLE, gettext_lazy("不涉及")))
OUTCOMES: Final = ((APPROVED, gettext_lazy("审查通过")), (RETURNED, gettext_lazy("退回整改")))


class FindingForm(forms.Form):
    """One thing that was found; an empty text is none."""

    step = forms.TypedChoiceField(label=gettext_lazy("步骤"), required=False, coerce=int, empty_value=None)
    slot = forms.ChoiceField(label=gettext_lazy("材料"), required=False)
    grade = forms.ChoiceField(label=gettext_lazy("性质"), choices=FindingRecord.Grade.choices, required=False)
    text = forms.CharField(
        label=gettext_lazy("问题"), max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, *args: Any, path: Edition, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        steps = [("", gettext_lazy("（不限）")), *((str(one.number), one.label) for one in path.steps)]
        slots = [
            ("", gettext_lazy("（不限）")),
            *((one.code, f"{one.code} {one.title}") for one in path.slots.values()),
        ]
        self.fields["step"].choices, self.fields["slot"].choices = steps, slots  # type: ignore[attr-defined]

    @property
    def draft(self) -> FindingDraft | None:
        """What it says; None of an empty one."""
        given = self.cleaned_data
        text = scrub(str(given.get("text", "")).strip())
        if not text:
            return None
        return FindingDraft(
            grade=given.get("grade") or FindingRecord.Grade.IRREGULAR.value, text=text, step=given.get("step"),
            slot=given.get("slot") or "",
        )  # fmt: skip


def finding_forms(data: Any, path: Edition) -> list[FindingForm]:
    """So many empty ones, or those that were sent."""
    return [FindingForm(data, path=path, prefix=f"finding{at}") for at in range(1, FINDINGS + 1)]


def are_valid(some: list[FindingForm]) -> bool:
    """Whether every one of them can be read; all are looked at, so that each shows its own fault."""
    return not [one for one in some if not one.is_valid()]


class ReviewForm(forms.Form):
    """The checklist of a point, item by item, the outcome and a note."""

    outcome = forms.ChoiceField(label=gettext_lazy("结论"), choices=OUTCOMES, widget=forms.RadioSelect)
    note = forms.CharField(
        label=gettext_lazy("审查意见"), max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, *args: Any, checks: tuple[tuple[str, str], ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.keys = [key for key, _text in checks]
        for key, text in checks:
            self.fields[f"check_{key}"] = forms.ChoiceField(
                label=text, choices=ANSWERS, required=False, widget=forms.RadioSelect
            )
        self.order_fields([*(f"check_{key}" for key in self.keys), "outcome", "note"])

    def verdict(self, findings: list[FindingForm]) -> Verdict:
        """What the reviewer says."""
        given = self.cleaned_data
        answers = {key: given[f"check_{key}"] for key in self.keys if given.get(f"check_{key}")}
        drafts = [draft for one in findings if (draft := one.draft) is not None]
        return Verdict(outcome=given["outcome"], answers=answers, note=scrub(given["note"].strip()), findings=drafts)


class SampleForm(forms.Form):
    """A draw: of which year, from which seed, how many each of another township."""

    year = forms.IntegerField(label=gettext_lazy("年度"), min_value=2000, max_value=2100)
    seed = forms.CharField(
        label=gettext_lazy("种子"), max_length=60, min_length=4,
        help_text=gettext_lazy("事先公布的数字或者文字，如某期开奖号码。同样的种子抽出同样的结果，任何人都能重抽核对。"),
    )  # fmt: skip


class PeerForm(SampleForm):
    """A draw for cross-township review."""

    each = forms.IntegerField(label=gettext_lazy("每人审查的份数"), min_value=1, max_value=50, initial=5)


class OpinionForm(forms.Form):
    """What somebody of another township says of a case."""

    is_sound = forms.TypedChoiceField(
        label=gettext_lazy("总体情况"),
        choices=(("1", gettext_lazy("没有发现问题")), ("0", gettext_lazy("有需要核实的问题"))),
        coerce=lambda value: value == "1",
        widget=forms.RadioSelect,
    )
    text = forms.CharField(label=gettext_lazy("意见"), max_length=1000, widget=forms.Textarea(attrs={"rows": 4}))

    def clean_text(self) -> str:
        return scrub(str(self.cleaned_data["text"]).strip())
