"""The forms of editions: what was typed becomes values. Must not know: who may send them, rules."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import Any, Final

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yumiao.admission.edition_moves import Effect
from yumiao.admission.edition_rules import LONGEST_REASON
from yumiao.bylaws.rules import Paper
from yumiao.desk.bylaws.words import in_force
from yumiao.desk.casebook.moving import Which
from yumiao.ui.typed import DayField

_FIGURES: Final = len(Effect)


class IntroduceForm(forms.Form):
    """From which day on new cases begin under an edition, on which paper, and why."""

    since = DayField(label=gettext_lazy("启用首日"))
    paper = forms.ChoiceField(label=gettext_lazy("依据的县级文件"))
    reason = forms.CharField(
        label=gettext_lazy("理由"), max_length=LONGEST_REASON, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, papers: Sequence[Paper], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        paper = self.fields["paper"]
        assert isinstance(paper, forms.ChoiceField)
        named = [
            (str(one.uid), f"{one.number}　{one.title}（{in_force(one.in_force_from, one.in_force_until)}）")
            for one in papers
        ]
        paper.choices = [("", _("选择已登记的文件")), *named]

    @property
    def paper_uid(self) -> uuid.UUID:
        return uuid.UUID(self.cleaned_data["paper"])


class MoveForm(forms.Form):
    """Which of the previewed cases are moved, and why; `shown` are the figures of the preview."""

    which = forms.ChoiceField(
        label=gettext_lazy("转换哪些"),
        choices=[
            (Which.ALL.value, gettext_lazy("全部")),
            (Which.SAME.value, gettext_lazy("只转换没有影响的")),
            (Which.CHOSEN.value, gettext_lazy("只转换下面勾选的")),
        ],
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label=gettext_lazy("理由"), max_length=LONGEST_REASON, widget=forms.Textarea(attrs={"rows": 3})
    )
    shown = forms.CharField(max_length=60, widget=forms.HiddenInput)

    def clean_shown(self) -> tuple[int, ...]:
        """The figures in the order of `Effect`."""
        parts = str(self.cleaned_data["shown"]).split(",")
        if len(parts) != _FIGURES or not all(one.isascii() and one.isdigit() for one in parts):
            raise forms.ValidationError(_("表单已经过时，请重新打开预览。"))
        return tuple(int(one) for one in parts)


def chosen_of(said: Sequence[str]) -> frozenset[uuid.UUID]:
    """The cases that were ticked; what is no number is nobody's."""
    found = set()
    for one in said:
        try:
            found.add(uuid.UUID(one))
        except ValueError:
            continue
    return frozenset(found)
