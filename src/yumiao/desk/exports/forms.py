"""What a list is taken out for: one of the usual purposes, and what else is to be said. Must not know: lists."""

from __future__ import annotations

from typing import Any, Final

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from yumiao.kernel.identity import scrub

LONGEST: Final = 200
SHORTEST: Final = 4  # characters, of a purpose in one's own words
OTHER: Final = "other"
USUAL: Final = {
    "report": _("上报上级党组织"),
    "check": _("核对基础信息"),
    "meeting": _("会议研究"),
    "file": _("印制名册存档"),
    "audit": _("检查、审计"),
    OTHER: _("其他（在下面写明）"),
}


class PurposeForm(forms.Form):
    usual = forms.ChoiceField(label=_("用途"), choices=[("", _("请选择")), *USUAL.items()])
    words = forms.CharField(
        label=_("具体说明"),
        required=False,
        max_length=LONGEST - 20,
        help_text=_("写明给谁、作什么用，例如：发石桥镇核对党员信息。选“其他”的必须填写。"),
    )

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        if given.get("usual") == OTHER and len(given.get("words", "")) < SHORTEST and "words" not in self.errors:
            self.add_error("words", gettext("请写明用途，至少 %(least)s 个字。") % {"least": SHORTEST})
        return given

    @property
    def purpose(self) -> str:
        """As it is kept on record, without any number that was typed into it."""
        usual, words = self.cleaned_data["usual"], scrub(self.cleaned_data["words"])
        if usual == OTHER:
            return words
        return f"{USUAL[usual]}：{words}" if words else str(USUAL[usual])
