"""What is typed: which file for which unit, and what was done about a difference."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from yumiao.desk.imports.forms import UploadForm
from yumiao.reconciliation.rules import Deed

SHORTEST: Final = 4
DEEDS: Final = [(deed.value, deed.label) for deed in Deed]


class BeginForm(UploadForm):
    """The register's export and the unit it is compared with."""

    unit = forms.ChoiceField(label=_("对账单位"), help_text=_("连同所属各级组织，选与导出文件相同的范围。"))
    field_order = ("unit", "file")

    def __init__(self, units: Sequence[tuple[str, str]], *given: Any) -> None:
        super().__init__(*given)
        self.fields["file"].label = gettext("全国系统导出的党员名册")
        field = self.fields["unit"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = list(units)


class TickForm(forms.Form):
    """What was done about one difference; `shown` is the version of what was said about it before, 0 for nothing."""

    shown = forms.IntegerField(widget=forms.HiddenInput, min_value=0, required=False)
    deed = forms.ChoiceField(
        label=_("处理结果"),
        choices=DEEDS,
        widget=forms.RadioSelect,
        error_messages={"required": _("请选择处理结果。")},
    )
    note = forms.CharField(
        label=_("说明"),
        required=False,
        max_length=200,
        help_text=_("选“情况属实，不改”的必须写明原因；请勿写入完整号码。"),
    )

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        if given.get("deed") == Deed.LEFT and len(given.get("note", "").strip()) < SHORTEST:
            self.add_error("note", gettext("请写明原因，至少 4 个字。"))
        return given
