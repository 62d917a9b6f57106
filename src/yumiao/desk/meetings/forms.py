"""The forms of a meeting: the meeting, who came, what is voted on, the counts; exclusions; taking back. Must not know: rules, who sends them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yumiao.desk.meetings.items import Item
from yumiao.desk.meetings.places import Awaiting
from yumiao.desk.membership.forms import ReasonField
from yumiao.kernel.identity import scrub
from yumiao.meetings.due import OnRoll
from yumiao.meetings.models import Ballot, Exclusion, Meeting, Motion, NamedVote
from yumiao.ui.typed import DayField
from yumiao.units.queries import UnitOnDay

MATTERS: Final = ("title1", "title2", "title3")
CONFIRMATIONS: Final = (Motion.Kind.CONFIRMATION, Motion.Kind.CONFIRMATION_APPROVAL)


class TextField(forms.CharField):
    """A text without whole identity or telephone numbers."""

    def clean(self, value: Any) -> str:
        return scrub(str(super().clean(value)).strip())


def _area(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


def _votes(label: Any, **more: Any) -> forms.IntegerField:
    attrs = {"inputmode": "numeric"}
    return forms.IntegerField(label=label, min_value=0, max_value=9999, widget=forms.NumberInput(attrs=attrs), **more)


class BasicsForm(forms.Form):
    """What met, when and where."""

    unit = forms.ChoiceField(label=gettext_lazy("召开会议的组织"))
    kind = forms.ChoiceField(label=gettext_lazy("会议类别"))
    held_on = DayField(label=gettext_lazy("会议日期"))
    place = TextField(label=gettext_lazy("地点"), max_length=100)
    chair = TextField(label=gettext_lazy("主持人"), max_length=50)
    recorder = TextField(label=gettext_lazy("记录人"), max_length=50)

    def __init__(self, units: Sequence[UnitOnDay], kinds: Sequence[str], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        unit, kind = self.fields["unit"], self.fields["kind"]
        assert isinstance(unit, forms.ChoiceField) and isinstance(kind, forms.ChoiceField)
        listed = [(one.code, one.name) for one in units]
        unit.choices = listed if len(listed) == 1 else [("", _("请选择")), *listed]
        kind.choices = [(one, Meeting.Kind(one).label) for one in kinds]


class RollForm(forms.Form):
    """Who came of those on the roll; of whom did not, why, and when his written opinion arrived."""

    def __init__(self, roll: Sequence[OnRoll], *args: Any, asks_opinions: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.roll = roll
        for one in roll:
            self.fields[f"present-{one.person}"] = forms.BooleanField(label=one.name, required=False)
            if one.votes:
                self.fields[f"why-{one.person}"] = TextField(label=_("未到会原因"), max_length=100, required=False)
            if one.votes and asks_opinions:
                self.fields[f"opinion-{one.person}"] = DayField(label=_("书面意见收到日期"), required=False)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        for one in self.roll:
            if given.get(f"present-{one.person}") and given.get(f"opinion-{one.person}"):
                self.add_error(f"opinion-{one.person}", _("本人到会的，书面意见不另计。"))
        return given

    @property
    def lines(self) -> list[tuple[OnRoll, BoundField, BoundField | None, BoundField | None]]:
        """(who, came, why not, opinion) for the page."""
        return [
            (one, self[f"present-{one.person}"], self._bound(f"why-{one.person}"), self._bound(f"opinion-{one.person}"))
            for one in self.roll
        ]

    def _bound(self, name: str) -> BoundField | None:
        return self[name] if name in self.fields else None


class ItemsForm(forms.Form):
    """Who is voted on, and which other matters."""

    candidate = forms.MultipleChoiceField(
        label=gettext_lazy("需要表决的人选"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("一人一票，逐个讨论、逐个表决。"),
    )
    title1 = TextField(label=gettext_lazy("其他表决事项一"), max_length=200, required=False)
    title2 = TextField(label=gettext_lazy("其他表决事项二"), max_length=200, required=False)
    title3 = TextField(label=gettext_lazy("其他表决事项三"), max_length=200, required=False)
    agenda = TextField(
        label=gettext_lazy("会议议程"),
        max_length=2000,
        required=False,
        widget=_area(4),
        help_text=gettext_lazy("不填写的，按表决事项生成。"),
    )

    def __init__(self, people: Sequence[Awaiting], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        candidate = self.fields["candidate"]
        assert isinstance(candidate, forms.MultipleChoiceField)
        candidate.choices = [(one.key, _label(one)) for one in people]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if not self.errors and not any(given.get(name) for name in ("candidate", *MATTERS, "agenda")):
            raise forms.ValidationError(_("请选择人选，或者填写表决事项、会议议程。"))
        return given


def _label(one: Awaiting) -> str:
    said = [one.name, Motion.Kind(one.kind).label, one.unit, one.said]
    return " · ".join(words for words in said if words)


class CountForm(forms.Form):
    """The count of one motion: totals of a ballot, or the vote of each member of a committee."""

    def __init__(
        self, item: Item, voters: Sequence[OnRoll], givers: Sequence[OnRoll], *args: Any, is_named: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **{**kwargs, "prefix": f"m-{item.key}"})
        self.item, self.voters, self.is_named = item, voters if is_named else (), is_named
        if item.kind in CONFIRMATIONS:
            self._ask_decision()
        if is_named:
            choices = [("", _("请选择")), *NamedVote.Choice.choices]
            for one in voters:
                self.fields[f"v{one.person}"] = forms.ChoiceField(label=one.name, choices=choices)
        else:
            self._ask_totals(givers)
        self.fields["resolution"] = TextField(
            label=_("决议"), max_length=2000, required=False, widget=_area(2), help_text=_("不填写的，按表决结果生成。")
        )

    def _ask_decision(self) -> None:
        self.fields["decision"] = forms.ChoiceField(
            label=_("提请表决的意见"), choices=[("", _("请选择")), *Ballot.Decision.choices]
        )
        self.fields["months"] = forms.TypedChoiceField(
            label=_("延长预备期"), required=False, coerce=int,
            choices=[("", _("不延长")), *((count, _("%(count)s 个月") % {"count": count}) for count in range(6, 13))],
        )  # fmt: skip

    def _ask_totals(self, givers: Sequence[OnRoll]) -> None:
        if not self.item.is_always_secret:
            self.fields["is_secret"] = forms.BooleanField(label=_("无记名投票"), required=False)
        for name, label in (("yes", _("赞成")), ("no", _("反对")), ("abstain", _("弃权")), ("spoilt", _("废票"))):
            self.fields[name] = _votes(label, initial=None if name == "yes" else 0)
        if givers and self.item.takes_opinions:
            for name, label in (
                ("written_yes", _("会前书面赞成")),
                ("written_no", _("会前书面反对")),
                ("written_abstain", _("会前书面弃权")),
            ):
                self.fields[name] = _votes(label)
            people = [(str(one.person), one.name) for one in givers]
            self.fields["gave"] = forms.MultipleChoiceField(
                label=_("对此人提出书面意见的"), choices=people, required=False, widget=forms.CheckboxSelectMultiple,
                initial=[key for key, _name in people],
            )  # fmt: skip
        self.fields["tellers"] = TextField(
            label=_("监票人、计票人"),
            max_length=100,
            required=self.item.is_always_secret,
            help_text=_("被表决的人不担任，亲属担任的建议更换（EDGE-17）"),
        )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        is_extended = given.get("decision") == Ballot.Decision.EXTENDED
        if "decision" in self.fields and given.get("decision") and is_extended != bool(given.get("months")):
            self.add_error("months", _("只有延长预备期的填写月数，六至十二个月。"))
        return given

    @property
    def vote_fields(self) -> list[BoundField]:
        return [self[f"v{one.person}"] for one in self.voters]

    @property
    def other_fields(self) -> list[BoundField]:
        votes = {f"v{one.person}" for one in self.voters}
        return [self[name] for name in self.fields if name not in votes]


class EndForm(forms.Form):
    """What the meeting as a whole resolved."""

    resolution = TextField(label=gettext_lazy("会议决议"), max_length=2000, required=False, widget=_area(3))
    document = TextField(
        label=gettext_lazy("文号"),
        max_length=60,
        required=False,
        help_text=gettext_lazy("乡镇党委批复的文号，如“青石党发〔2026〕9号”"),
    )

    def __init__(self, *args: Any, asks_document: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not asks_document:
            del self.fields["document"]


class TakeBackForm(forms.Form):
    """Why a meeting is taken back."""

    reason = ReasonField(label=gettext_lazy("收回理由"))


class ExclusionForm(forms.Form):
    """Who is left out of those due, on what ground, by which resolution and approval."""

    person = forms.TypedChoiceField(label=gettext_lazy("党员"), coerce=int)
    ground = forms.ChoiceField(
        label=gettext_lazy("情形"), choices=[("", gettext_lazy("请选择")), *Exclusion.Ground.choices]
    )
    resolved_on = DayField(label=gettext_lazy("党员大会通过日期"))
    approved_on = DayField(label=gettext_lazy("上级党组织批准日期"))
    document = TextField(label=gettext_lazy("批准文号"), max_length=60)
    since = DayField(
        label=gettext_lazy("从哪天起不计入"),
        required=False,
        help_text=gettext_lazy("不填写的，从通过和批准的次序中较晚的一天起"),
    )
    reason = TextField(
        label=gettext_lazy("情况"),
        max_length=200,
        required=False,
        widget=_area(2),
        help_text=gettext_lazy("不写病情细节和号码"),
    )

    def __init__(self, roll: Sequence[OnRoll], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        person = self.fields["person"]
        assert isinstance(person, forms.TypedChoiceField)
        person.choices = [("", _("请选择")), *((one.person, one.name) for one in roll if one.votes)]


class EndExclusionForm(forms.Form):
    """From when somebody is due again, and why."""

    on = DayField(label=gettext_lazy("从哪天起重新计入"))
    reason = ReasonField()


class PapersForm(forms.Form):
    """For which meeting the papers are printed beforehand."""

    unit = forms.ChoiceField(label=gettext_lazy("组织"))
    kind = forms.ChoiceField(label=gettext_lazy("会议类别"))
    held_on = DayField(label=gettext_lazy("会议日期"))
    election = forms.BooleanField(label=gettext_lazy("选举"), required=False)

    def __init__(self, units: Sequence[UnitOnDay], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        unit, kind = self.fields["unit"], self.fields["kind"]
        assert isinstance(unit, forms.ChoiceField) and isinstance(kind, forms.ChoiceField)
        unit.choices = [(one.code, one.name) for one in units]
        kind.choices = list(Meeting.Kind.choices)
