"""The forms of papers. They know what a field may hold, not what is done with it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yumiao.admission.paper_rules import Checked
from yumiao.admission.path import Slot, Step
from yumiao.desk.membership.forms import ReasonField
from yumiao.kernel.identity import scrub
from yumiao.ui.typed import DayField

PICTURES = "image/jpeg,image/png"
CHECKS = ("is_signed", "is_stamped", "is_dated", "is_legible", "is_of_person")


class ManyFiles(forms.FileInput):
    """A field of several files."""

    allow_multiple_selected = True

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        return files.getlist(name) if hasattr(files, "getlist") else files.get(name)


class FilesField(forms.FileField):
    """The files that were chosen, none of them looked at."""

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile[Any]]:
        return [one for one in (data if isinstance(data, list | tuple) else [data]) if one]


class CheckForm(forms.Form):
    """What a paper is, and how it was found."""

    title = forms.CharField(label=gettext_lazy("材料名称"), max_length=100)
    dated_on = DayField(label=gettext_lazy("材料上写的日期"), required=False)
    is_signed = forms.BooleanField(label=gettext_lazy("签名齐全"), required=False)
    is_stamped = forms.BooleanField(label=gettext_lazy("已盖章"), required=False)
    is_dated = forms.BooleanField(label=gettext_lazy("写明日期"), required=False)
    is_legible = forms.BooleanField(label=gettext_lazy("字迹清楚，每页齐全"), required=False)
    is_of_person = forms.BooleanField(label=gettext_lazy("核对过是本人的材料"), required=False)
    explanation = forms.CharField(
        label=gettext_lazy("情况说明"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("补充的材料必须写明：为什么当时没有，现在怎样补。"),
    )

    def __init__(self, slot: Slot, name: str, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if slot.signers:
            self.fields["is_signed"].label = _("签名齐全（%(signers)s）") % {"signers": slot.signers}
        else:
            del self.fields["is_signed"]
        if not slot.is_stamped:
            del self.fields["is_stamped"]
        self.fields["is_of_person"].label = _("核对过是%(name)s的材料") % {"name": name}

    @property
    def checked(self) -> Checked:
        given = self.cleaned_data
        return Checked(
            title=scrub(given["title"].strip()), dated_on=given["dated_on"], explanation=scrub(given["explanation"].strip()),
            **{name: bool(given.get(name)) for name in CHECKS},
        )  # fmt: skip

    @classmethod
    def values_of(cls, checked: Checked) -> dict[str, Any]:
        """What the form begins with for a paper that was checked before."""
        return {name: getattr(checked, name) for name in cls.base_fields if hasattr(checked, name)}


class AddForm(CheckForm):
    """Photographs or a PDF, of which step, and how the paper was found."""

    camera = FilesField(
        label=gettext_lazy("拍照"),
        required=False,
        widget=ManyFiles(attrs={"accept": PICTURES, "capture": "environment"}),
        help_text=gettext_lazy("用手机拍：纸放平，光线均匀，一页一张，按页的顺序拍。"),
    )
    chosen = FilesField(
        label=gettext_lazy("选择照片或者 PDF"),
        required=False,
        widget=ManyFiles(attrs={"accept": f"{PICTURES},application/pdf"}),
        help_text=gettext_lazy(
            "最多 60 张照片，或者一个 PDF（最多 200 页）；每个不超过 20 MB。多张照片按文件名的顺序合成一份。"
        ),
    )
    order = forms.CharField(required=False, widget=forms.HiddenInput)
    step = forms.TypedChoiceField(label=gettext_lazy("属于哪一步"), coerce=int)

    def __init__(self, slot: Slot, name: str, steps: Sequence[Step], *args: Any, **kwargs: Any) -> None:
        super().__init__(slot, name, *args, **kwargs)
        step = self.fields["step"]
        assert isinstance(step, forms.ChoiceField)
        step.choices = [(one.number, one.label) for one in steps]
        if len(steps) == 1:
            step.widget = forms.HiddenInput()
        self.order_fields(["camera", "chosen", "order", "step", "title", "dated_on", *CHECKS, "explanation"])

    @property
    def sent(self) -> list[UploadedFile[Any]]:
        return [*self.cleaned_data["camera"], *self.cleaned_data["chosen"]]

    @property
    def is_ordered(self) -> bool:
        """Whether somebody put the photographs in order."""
        return bool(self.cleaned_data["order"] == "sent")


class WithdrawForm(forms.Form):
    """Why a paper is taken back."""

    reason = ReasonField(label=gettext_lazy("收回的理由"))
