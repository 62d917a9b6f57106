"""The forms of need-to-know. Must not know: rules, who may."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yumiao.access.sections import Section
from yumiao.admission.models import Relative
from yumiao.kernel.identity import scrub
from yumiao.ui.typed import DayField

ROWS: Final = 8
SECTIONS: Final = [(one.value, one.label) for one in Section]


class GrantForm(forms.Form):
    """Who may read which section, what for, until when."""

    account = forms.ChoiceField(label=gettext_lazy("授权给"))
    section = forms.ChoiceField(label=gettext_lazy("内容"), choices=SECTIONS)
    purpose = forms.CharField(
        label=gettext_lazy("用途"), max_length=100, help_text=gettext_lazy("不少于5个字，写明办理什么事项")
    )
    last_day = DayField(label=gettext_lazy("截止日期"), help_text=gettext_lazy("含当日，最长90日"))

    def __init__(self, *args: Any, accounts: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["account"].choices = accounts  # type: ignore[attr-defined]

    def clean_purpose(self) -> str:
        return scrub(str(self.cleaned_data["purpose"]).strip())


class EmergencyForm(forms.Form):
    """Which section is opened at once, and why."""

    section = forms.ChoiceField(label=gettext_lazy("内容"), choices=SECTIONS)
    reason = forms.CharField(
        label=gettext_lazy("理由"), max_length=180, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("不少于20个字，写明什么情况、为什么来不及授权"),
    )  # fmt: skip

    def clean_reason(self) -> str:
        return scrub(str(self.cleaned_data["reason"]).strip())


class FamilyForm(forms.Form):
    """Up to eight people near: relation, name, conclusion. A row without a name is none."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for number in range(1, ROWS + 1):
            self.fields[f"name_{number}"] = forms.CharField(
                label=_("第%(number)s人姓名") % {"number": number}, max_length=30, required=False
            )
            self.fields[f"relation_{number}"] = forms.ChoiceField(
                label=_("与本人的关系"), choices=Relative.Relation.choices, required=False
            )
            self.fields[f"conclusion_{number}"] = forms.ChoiceField(
                label=_("了解结论"), choices=Relative.Conclusion.choices, required=False
            )
            self.fields[f"listed_{number}"] = forms.BooleanField(label=_("是本县在册人员"), required=False)

    @property
    def rows(self) -> list[tuple[str, str, str, bool]]:
        """Name, relation, conclusion, whether on the county's own record."""
        given = self.cleaned_data
        found = [
            (scrub(given[f"name_{one}"].strip()), given[f"relation_{one}"], given[f"conclusion_{one}"], given[f"listed_{one}"])
            for one in range(1, ROWS + 1)
        ]  # fmt: skip
        return [row for row in found if row[0]]

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        if not any(given.get(f"name_{one}") for one in range(1, ROWS + 1)):
            self.add_error("name_1", _("至少填写一人"))
        for one in range(1, ROWS + 1):
            if given.get(f"name_{one}") and not (given.get(f"relation_{one}") and given.get(f"conclusion_{one}")):
                self.add_error(f"name_{one}", _("选择与本人的关系和了解结论"))
        return given
