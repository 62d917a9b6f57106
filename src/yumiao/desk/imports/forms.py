"""Forms of importing and exporting. They know what a field may hold, not what is done with it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

PURPOSE_LENGTH = 4  # characters; a word such as 年报 says nothing
XLSX = ".xlsx"
SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class UploadForm(forms.Form):
    """One workbook."""

    file = forms.FileField(
        label=_("县工作簿"),
        help_text=_("不带宏、未加密的 .xlsx 文件，不超过 25 MB。"),
        error_messages={"required": _("请选择要导入的工作簿。"), "empty": _("文件是空的，请重新选择。")},
        widget=forms.FileInput(attrs={"accept": f"{XLSX},{SHEET_TYPE}"}),
    )

    def clean_file(self) -> UploadedFile[Any]:
        file: UploadedFile[Any] = self.cleaned_data["file"]
        if not (file.name or "").lower().endswith(XLSX):
            raise forms.ValidationError(_("只能导入 .xlsx 文件。其他格式请用 Excel 或 WPS 另存为 .xlsx 再导入。"))
        return file


class TakeForm(forms.Form):
    """What was shown and is now decided upon."""

    sha256 = forms.CharField(widget=forms.HiddenInput)
    head = forms.CharField(widget=forms.HiddenInput)
    once = forms.UUIDField(widget=forms.HiddenInput)
    deed = forms.ChoiceField(choices=[("all", ""), ("good", "")], widget=forms.HiddenInput)


class UndoForm(forms.Form):
    """Why an import is taken back."""

    reason = forms.CharField(
        label=_("撤销理由"),
        min_length=PURPOSE_LENGTH,
        max_length=200,
        help_text=_("写明撤销的原因，记入全程纪实，例如：误传了去年的工作簿。"),
    )


class ExportForm(forms.Form):
    """What the county workbook is taken out for."""

    purpose = forms.CharField(
        label=_("导出用途"),
        min_length=PURPOSE_LENGTH,
        max_length=200,
        help_text=_("写明给谁、作什么用，记入查阅记录，例如：报市委组织部年度统计核对。"),
    )
