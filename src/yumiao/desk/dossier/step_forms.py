"""The form of one step: it asks for exactly what the step asks for. Must not know: rules, who sends it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, Final

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yumiao.admission.asked import Asked
from yumiao.admission.path import Ask, Outcome, Step
from yumiao.desk.dossier.grounds import helpers_of, vote_of
from yumiao.desk.dossier.page import outcome_label, people_label
from yumiao.kernel.identity import scrub
from yumiao.kernel.periods import on_paper
from yumiao.meetings.queries import KnownVote
from yumiao.ui.typed import DayField

Choices = Sequence[tuple[int, str]]
APPROVAL: Final = 17
MUST_SAY: Final = (6, 21)  # an inspection without a word is none
_DAY_LABELS: Final = {
    1: gettext_lazy("递交申请书日期"), 2: gettext_lazy("谈话日期"), 3: gettext_lazy("确定为积极分子日期"), 4: gettext_lazy("备案日期"),
    5: gettext_lazy("指定日期"), 6: gettext_lazy("考察日期"), 7: gettext_lazy("支部委员会讨论日期"), 8: gettext_lazy("党委备案日期"),
    9: gettext_lazy("确定日期"), 10: gettext_lazy("审查结论日期"), 11: gettext_lazy("结业日期"), 12: gettext_lazy("审查日期"),
    13: gettext_lazy("预审批复日期"), 14: gettext_lazy("发给志愿书日期"), 16: gettext_lazy("谈话日期"), 18: gettext_lazy("备案日期"),
    19: gettext_lazy("编入日期"), 20: gettext_lazy("宣誓日期"), 21: gettext_lazy("考察日期"), 22: gettext_lazy("提出申请日期"),
    25: gettext_lazy("归档日期"),
}  # fmt: skip


class Text(forms.CharField):
    """A text of which whole numbers are taken out."""

    def clean(self, value: Any) -> str:
        return scrub(str(super().clean(value)).strip())


def reason_field() -> Text:
    """Why it is recorded all the same, or so late."""
    return Text(
        label=_("理由"),
        required=False,
        max_length=200,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("有提示或者补录的必须写明，记入全程纪实，不写姓名和号码。"),
    )


class StepForm(forms.Form):
    """`votes` are the ballots the step may rest on, `comrades` the full members to choose from, `numbers` the forms still free;
    `stood` is the mark of the case as it was shown.
    """

    stood = forms.CharField(widget=forms.HiddenInput, max_length=16)

    def __init__(
        self, step: Step, *args: Any, votes: Sequence[KnownVote] = (), comrades: Choices = (), numbers: Sequence[str] = (),
        standing: Sequence[int] = (), **kwargs: Any,
    ) -> None:  # fmt: skip
        super().__init__(*args, **kwargs)
        self.step, self.votes = step, {str(one.motion): one for one in votes}
        if step.asks_for(Ask.MOTION):
            self._ask_vote()
        else:
            self.fields["on"] = DayField(label=_DAY_LABELS.get(step.number, _("日期")))
        if step.asks_for(Ask.OUTCOME):
            choices = [("", _("请选择")), *((one.value, outcome_label(one, step)) for one in _DECIDED)]
            self.fields["outcome"] = forms.ChoiceField(label=_("结果"), choices=choices)
        self._ask_helpers(comrades, standing)
        self._ask_numbers(numbers)
        self._ask_texts()
        self.fields["reason"] = reason_field()

    def _ask_vote(self) -> None:
        choices = [("", _("请选择")), *((key, vote_label(one)) for key, one in self.votes.items())]
        self.fields["motion"] = forms.ChoiceField(
            label=_("会议和表决"), choices=choices, help_text=_("日期和结果按会议记录，不另行填写")
        )
        if self.step.number == APPROVAL:
            self.fields["begins_on"] = DayField(
                label=_("批复上写的预备期起算日"), required=False, help_text=_("批复没有写明的不填")
            )

    def _ask_helpers(self, comrades: Choices, standing: Sequence[int]) -> None:
        listed = [("", _("请选择")), *((str(one), name) for one, name in comrades)]
        for what, name, label in (
            (Ask.CONTACTS, "contact", _("培养联系人")),
            (Ask.INTRODUCERS, "introducer", _("入党介绍人")),
        ):
            if not self.step.asks_for(what):
                continue
            for place in (1, 2):
                self.fields[f"{name}_{place}"] = forms.ChoiceField(
                    label=f"{label}{'一二'[place - 1]}",
                    choices=listed,
                    required=place == 1 or what is Ask.INTRODUCERS,
                    initial=str(standing[place - 1]) if len(standing) >= place else "",
                )

    def _ask_numbers(self, numbers: Sequence[str]) -> None:
        step = self.step
        if step.asks_for(Ask.DAYS):
            self.fields["days"] = forms.IntegerField(label=_("培训天数"), min_value=0, max_value=60, required=False)
        if step.asks_for(Ask.HOURS):
            self.fields["hours"] = forms.DecimalField(
                label=_("培训学时"), min_value=0, max_value=500, decimal_places=1, max_digits=5, required=False
            )
        if step.asks_for(Ask.FORM):
            said = _("未用的号码：%(numbers)s") % {"numbers": "、".join(numbers[:3])} if numbers else ""
            self.fields["form"] = Text(
                label=_("志愿书编号"),
                max_length=21,
                help_text=said,
                initial=numbers[0] if numbers else "",
            )

    def _ask_texts(self) -> None:
        step = self.step
        if step.asks_for(Ask.DOCUMENT):
            self.fields["document"] = Text(label=_("文号"), max_length=60, help_text=_("例：青石党发〔2026〕9号"))
        if step.asks_for(Ask.PLACE):
            self.fields["place"] = Text(label=_("地点"), max_length=100)
        if step.asks_for(Ask.PEOPLE):
            self.fields["people"] = Text(label=people_label(step), max_length=200)
        if step.asks_for(Ask.NOTE):
            self.fields["note"] = Text(
                label=_("情况"),
                max_length=2000,
                required=step.number in MUST_SAY,
                widget=forms.Textarea(attrs={"rows": 4}),
            )

    @property
    def reason(self) -> str:
        return str(self.cleaned_data["reason"])

    def asked(self) -> Asked:
        """The step as a valid form asks for it; who stands as a helper is looked up."""
        given = self.cleaned_data
        known = self.votes.get(given.get("motion", ""))
        vote = vote_of(known, self.step.number) if known else None
        on: date = vote.on if vote else given["on"]
        outcome = vote.outcome if vote else Outcome(given["outcome"]) if given.get("outcome") else None
        return Asked(
            step=self.step.number, on=on, outcome=outcome, document=given.get("document", ""), place=given.get("place", ""),
            people=given.get("people", ""), note=given.get("note", ""), days=given.get("days"), hours=given.get("hours"),
            months=vote.months if vote else 0, reason=given["reason"], form=given.get("form", ""),
            contacts=helpers_of(self._chosen("contact"), on), introducers=helpers_of(self._chosen("introducer"), on), vote=vote,
            begins_on=given.get("begins_on"),
        )  # fmt: skip

    def _chosen(self, name: str) -> list[int]:
        given = (self.cleaned_data.get(f"{name}_{place}") for place in (1, 2))
        return [int(one) for one in given if one]


_DECIDED: Final = (Outcome.PASSED, Outcome.FAILED)


def vote_label(known: KnownVote) -> str:
    """A ballot in one line: when, what came of it, by which numbers."""
    return _("%(day)s　%(result)s　%(said)s") % {
        "day": on_paper(known.on),
        "result": known.result.label,
        "said": known.said,
    }
