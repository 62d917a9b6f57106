"""The forms of elections, posts and their ends: what was typed becomes values. Must not know: who may send them, rules.

People are typed by name with a list of those who stand there offered, so that no page carries a list for each field.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yumiao.desk.posts.faces import Face
from yumiao.posts.judging import LONGEST_WHY
from yumiao.posts.rules import How, Title
from yumiao.posts.services import Filled
from yumiao.ui.typed import DayField

LONGEST_NAME: Final = 60
LONGEST_DOCUMENT: Final = 60
LONGEST_REASON: Final = 200
OFFERED: Final = "offered"  # id of the list of names in the page
# The fields of an election: name in the form, title.
SEATS: Final = (
    ("secretary", Title.SECRETARY), ("deputy_1", Title.DEPUTY), ("deputy_2", Title.DEPUTY),
    ("organisation", Title.ORGANISATION), ("publicity", Title.PUBLICITY), ("discipline", Title.DISCIPLINE),
    *((f"committee_{place}", Title.COMMITTEE) for place in range(1, 7)),
)  # fmt: skip
Finder = Callable[[str], Face]


def _name(label: Any, *, required: bool) -> forms.CharField:
    widget = forms.TextInput(attrs={"list": OFFERED, "autocomplete": "off"})
    return forms.CharField(label=label, required=required, max_length=LONGEST_NAME, widget=widget)


def _document(*, required: bool = False) -> forms.CharField:
    return forms.CharField(label=gettext_lazy("批复文号"), required=required, max_length=LONGEST_DOCUMENT)


def _reason() -> forms.CharField:
    return forms.CharField(
        label=gettext_lazy("情况说明"),
        required=False,
        max_length=LONGEST_REASON,
        help_text=gettext_lazy("有提示时写明情况再提交；记入全程纪实，不写号码"),
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class ElectionForm(forms.Form):
    """A term with everybody elected."""

    elected_on = DayField(
        label=gettext_lazy("换届日期"), help_text=gettext_lazy("选举产生新一届班子之日，任期自此日起算")
    )
    document = _document()

    def __init__(self, find: Finder, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.find = find
        for name, title in SEATS:
            self.fields[name] = _name(title.label, required=title is Title.SECRETARY)
        self.fields["reason"] = _reason()

    @property
    def seats(self) -> list[forms.BoundField]:
        return [self[name] for name, _title in SEATS]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        elected = []
        for name, title in SEATS:
            if typed := given.pop(name, ""):
                try:
                    elected.append(Filled(title, self.find(typed).id))
                except ValueError as fault:
                    self.add_error(name, str(fault))
        return given | {"elected": elected}


class PostponementForm(forms.Form):
    """The running term ends later."""

    postponed_to = DayField(label=gettext_lazy("延期至"))
    document = _document(required=True)
    reason = _reason()


class PostForm(forms.Form):
    """Somebody for one title beside an election."""

    title = forms.ChoiceField(label=gettext_lazy("职务"), choices=[("", gettext_lazy("请选择"))])
    how = forms.ChoiceField(label=gettext_lazy("任职方式"), choices=[("", gettext_lazy("请选择"))])
    person = _name(gettext_lazy("姓名"), required=True)
    since = DayField(label=gettext_lazy("任职日期"))
    sending_unit = forms.CharField(
        label=gettext_lazy("派出单位"),
        required=False,
        max_length=100,
        help_text=gettext_lazy("第一书记、驻村工作队员必填"),
    )
    due_on = DayField(
        label=gettext_lazy("期满日期"), required=False, help_text=gettext_lazy("有任职期限的填写；随届期任职的不填")
    )
    document = _document()
    reason = _reason()

    def __init__(self, find: Finder, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.find = find
        for name, kind in (("title", Title), ("how", How)):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = [("", _("请选择")), *((one.value, one.label) for one in kind)]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        typed, title, how = given.pop("person", ""), given.pop("title", ""), given.get("how")
        if typed and title:
            try:
                given["filled"] = Filled(Title(title), self.find(typed).id)
            except ValueError as fault:
                self.add_error("person", str(fault))
        return given | ({"how": How(how)} if how else {})


class EndForm(forms.Form):
    """A post ends."""

    ended_on = DayField(label=gettext_lazy("免职日期"), help_text=gettext_lazy("自此日起不再任职"))
    why = forms.CharField(
        label=gettext_lazy("原因"), max_length=LONGEST_WHY, help_text=gettext_lazy("例：调离、辞职、期满返回、去世")
    )


class UndoForm(forms.Form):
    """Why an entry is taken back."""

    reason = forms.CharField(
        label=gettext_lazy("撤销的原因"), max_length=LONGEST_REASON, widget=forms.Textarea(attrs={"rows": 2})
    )
