"""Forms of importing and exporting. They know what a field may hold, not what is done with it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from yumiao.desk.workbook.naming import OpenColumns
from yumiao.sheets.answers import XLSX

PURPOSE_LENGTH = 4  # characters; a word such as 年报 says nothing
ENDING = ".xlsx"


class UploadForm(forms.Form):
    """One workbook."""

    file = forms.FileField(
        label=_("县工作簿"),
        help_text=_("不带宏、未加密的 .xlsx 文件，不超过 25 MB。"),
        error_messages={"required": _("请选择要导入的工作簿。"), "empty": _("文件是空的，请重新选择。")},
        widget=forms.FileInput(attrs={"accept": f"{ENDING},{XLSX}"}),
    )

    def clean_file(self) -> UploadedFile[Any]:
        file: UploadedFile[Any] = self.cleaned_data["file"]
        if not (file.name or "").lower().endswith(ENDING):
            raise forms.ValidationError(_("只能导入 .xlsx 文件。其他格式请用 Excel 或 WPS 另存为 .xlsx 再导入。"))
        return file


class TakeForm(forms.Form):
    """What was shown and is now decided upon."""

    sha256 = forms.CharField(widget=forms.HiddenInput)
    head = forms.CharField(widget=forms.HiddenInput)
    once = forms.UUIDField(widget=forms.HiddenInput)
    deed = forms.ChoiceField(choices=[("all", ""), ("good", "")], widget=forms.HiddenInput)


class ColumnsForm(forms.Form):
    """Which column of its form each strange header of a workbook is."""

    def __init__(self, columns: Sequence[OpenColumns], data: Any = None) -> None:
        super().__init__(data)
        self._columns = columns
        for place, number, header, key in self._asked():
            self.fields[f"column-{place}-{number}"] = forms.ChoiceField(
                label=gettext("“%(header)s”这一列是") % {"header": header},
                choices=[("", gettext("不导入")), *((key, label) for key, label in columns[place].free)],
                required=False,
                initial=key,
            )

    def _asked(self) -> Iterator[tuple[int, int, str, str]]:
        for place, sheet in enumerate(self._columns):
            for number, (header, key) in enumerate(sheet.headers):
                yield place, number, header, key

    def sheets(self) -> Iterator[tuple[OpenColumns, list[forms.BoundField]]]:
        """Each sheet with its questions."""
        for place, sheet in enumerate(self._columns):
            yield sheet, [self[f"column-{place}-{number}"] for number in range(len(sheet.headers))]

    def clean(self) -> dict[str, Any]:
        said = gettext("%(sheet)s表：“%(headers)s”都选了“%(column)s”，一列只能对应一个列名，请只留一个。")
        chosen = self.chosen()
        for sheet in self._columns:
            for key, label in sheet.free:
                headers = [header for header, choice in chosen[sheet.sheet].items() if choice == key]
                if len(headers) > 1:
                    self.add_error(None, said % {"sheet": sheet.sheet, "headers": "”“".join(headers), "column": label})
        return self.cleaned_data

    def chosen(self) -> dict[str, dict[str, str]]:
        """By sheet: squeezed header -> key of the column, empty for none."""
        found: dict[str, dict[str, str]] = {sheet.sheet: {} for sheet in self._columns}
        for place, number, header, _key in self._asked():
            found[self._columns[place].sheet][header] = self.cleaned_data.get(f"column-{place}-{number}", "")
        return found


class FilledForm(forms.Form):
    """Whose people a template is filled in with, in which sheets, for what."""

    unit = forms.ChoiceField(label=_("单位"), help_text=_("连同所属各级组织。"))
    sheets = forms.MultipleChoiceField(
        label=_("工作表"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("请至少选一张工作表。")},
    )
    purpose = forms.CharField(
        label=_("用途"),
        min_length=PURPOSE_LENGTH,
        max_length=200,
        help_text=_("写明给谁、作什么用，记入查阅记录，例如：发石桥镇核对党员信息。"),
    )

    def __init__(self, units: Sequence[tuple[str, str]], titles: Iterable[str], data: Any = None) -> None:
        super().__init__(data, initial={"sheets": list(titles)})
        choices = {"unit": [("", gettext("请选择")), *units], "sheets": [(title, title) for title in titles]}
        for name, offered in choices.items():
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = offered


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
