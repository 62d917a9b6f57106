"""The form of a change of status, with the fields that the change asks for; and the reason for taking one back. Must not know: rules, who sends it."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yumiao.kernel.identity import scrub
from yumiao.people.search_log import SearchLog
from yumiao.people.status import GROUNDS, Change
from yumiao.people.status_rules import Asked
from yumiao.ui.typed import DayField

_MONTHS: Final = {"probation_extended": (6, 12), "correction_in_term": (1, 12), "inner_probation": (12, 24)}


class ReasonField(forms.CharField):
    """Why; whole numbers are taken out of it."""

    def __init__(self, **more: Any) -> None:
        defaults = {
            "label": gettext_lazy("理由"),
            "min_length": 2,
            "max_length": 200,
            "widget": forms.Textarea(attrs={"rows": 3}),
            "help_text": gettext_lazy("记入全程纪实，不写姓名和号码。"),
        }
        super().__init__(**{**defaults, **more})

    def clean(self, value: Any) -> str:
        return scrub(str(super().clean(value)).strip())


class ChangeForm(forms.Form):
    """What is decided, from when, on what ground, by which document. `log`: what was done to find him, which the reason begins with."""

    def __init__(self, change: Change, log: SearchLog, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.change, self.log = change, log
        self.fields["on"] = DayField(label=_("死亡日期") if change.key == "deceased" else _("决定日期"))
        if change.grounds:
            choices = [("", _("请选择")), *((key, GROUNDS[key]) for key in change.grounds)]
            self.fields["ground"] = forms.ChoiceField(label=_("情形"), choices=choices)
        if change.asks_term:
            self.fields["months"] = forms.TypedChoiceField(label=_("期限"), choices=_terms(change.key), coerce=int)
        if "lost_contact" in change.grounds:
            self._ask_search()
        if change.needs_document:
            self.fields["document"] = forms.CharField(
                label=_("决定（批复）文号"), max_length=60, help_text=_("例：青石党发〔2026〕9号")
            )
        is_search = "lost_contact" in change.grounds
        self.fields["reason"] = ReasonField(initial=log.said if is_search else "")

    def _ask_search(self) -> None:
        self.fields["last_seen_on"] = DayField(
            label=_("最后一次参加组织生活或者交纳党费的日期"),
            required=False,
            help_text=_("失去联系的填写，取较晚的一天"),
        )
        self.fields["left_on"] = DayField(label=_("出国（境）日期"), required=False, help_text=_("出国学习研究的填写"))

    @property
    def asked(self) -> Asked:
        """The change as a valid form asks for it."""
        given = self.cleaned_data
        log = self.log.after(given.get("last_seen_on"))
        return Asked(
            on=given["on"],
            ground=given.get("ground", ""),
            document=given.get("document", "").strip(),
            months=given.get("months", 0),
            last_seen_on=given.get("last_seen_on"),
            left_on=given.get("left_on"),
            channels=len(log.channels),
            reached_on=log.reached.made_on if log.reached else None,
        )

    @property
    def reason(self) -> str:
        return str(self.cleaned_data["reason"])

    def answers(self) -> list[tuple[str, str]]:
        """What was filled in, as the preview shows it."""
        found = [(str(self.fields[name].label), self._said(name)) for name in self.fields if self._said(name)]
        if self.cleaned_data.get("ground") == "lost_contact":
            log = self.log.after(self.cleaned_data.get("last_seen_on"))
            found.append((_("最后一次露面以后的查找"), log.said or _("查找记录中没有")))
        return found

    def _said(self, name: str) -> str:
        value = self.cleaned_data.get(name)
        if isinstance(value, date):
            return _("%(year)s年%(month)s月%(day)s日") % {"year": value.year, "month": value.month, "day": value.day}
        if name == "ground":
            return GROUNDS.get(str(value), "")
        if name == "months":
            return _("%(count)s 个月") % {"count": value}
        return str(value or "")


def _terms(change: str) -> list[tuple[int, str]]:
    low, high = _MONTHS[change]
    months = (12, 24) if change == "inner_probation" else range(low, high + 1)
    return [(count, _("%(count)s 个月") % {"count": count}) for count in months]


class UndoForm(forms.Form):
    """Why what was registered is taken back."""

    reason = ReasonField(label=gettext_lazy("撤销理由"))
