"""The forms of a reform: what was typed becomes steps, a paper, a reason. Must not know: who may send them, rules."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yumiao.sheets.columns import CellFault, code
from yumiao.sheets.columns import text as plain_text
from yumiao.ui.typed import DayField
from yumiao.units.changes import Close, Found, Merge, Move, Rekind, Rename, Split, Step
from yumiao.units.queries import Tree, UnitOnDay
from yumiao.units.reforming import Paper
from yumiao.units.rules import KINDS

LONGEST_NAME = 100
LONGEST_CODE = 60
LONGEST_TITLE = 60
LONGEST_NOTE = 200
MOST_PARTS = 3

Choices = list[tuple[str, str]]


def unit_choices(tree: Tree, units: Iterable[UnitOnDay]) -> Choices:
    """Codes and names in the order of the tree, with the township before them where there are several."""
    found = sorted(units, key=lambda unit: unit.path)
    is_wide = len({unit.township for unit in found}) > 1
    return [
        ("", _("请选择")),
        *((unit.code, f"{tree.label(unit) if is_wide else unit.name}（{unit.code}）") for unit in found),
    ]


def _unit_field(label: Any, *, required: bool = True, help_text: Any = "") -> forms.ChoiceField:
    return forms.ChoiceField(label=label, required=required, help_text=help_text)


def _name_field(required: bool = True) -> forms.CharField:
    return forms.CharField(label=gettext_lazy("组织名称"), max_length=LONGEST_NAME, required=required)


def _code_field(required: bool = True) -> forms.CharField:
    return forms.CharField(
        label=gettext_lazy("组织代码"),
        max_length=LONGEST_CODE,
        required=required,
        help_text=gettext_lazy("从未用过的代码"),
    )


def _kind_field(required: bool = True) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=gettext_lazy("组织类别"),
        required=required,
        choices=[("", gettext_lazy("请选择")), *((one, one) for one in KINDS)],
    )


class NewForm(forms.Form):
    """A draft to be begun."""

    title = forms.CharField(
        label=gettext_lazy("方案名称"), max_length=LONGEST_TITLE, help_text=gettext_lazy("例：2026年合村并组方案")
    )
    unit = _unit_field(gettext_lazy("在哪个组织的范围内"))

    def __init__(self, choices: Choices, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        unit = self.fields["unit"]
        assert isinstance(unit, forms.ChoiceField)
        unit.choices = choices


class StepForm(forms.Form):
    """One or two steps to be added to a draft; `steps` of a valid form gives them."""

    def __init__(self, choices: Choices, *args: Any, offered: Choices | None = None, **kwargs: Any) -> None:
        """`choices`: every unit there is; `offered`: those of which several can be ticked, all where None."""
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if isinstance(field, forms.MultipleChoiceField):
                field.choices = (offered or choices)[1:]
            elif isinstance(field, forms.ChoiceField) and not field.choices:
                field.choices = choices

    def clean_code(self) -> str:
        return _clean(code, self.cleaned_data["code"])

    def clean_name(self) -> str:
        return _clean(plain_text(LONGEST_NAME), self.cleaned_data["name"].strip())

    def steps(self) -> list[Step]:
        raise NotImplementedError


def _clean(parse: Any, written: str) -> str:
    try:
        return str(parse(written)) if written else ""
    except CellFault as fault:
        raise forms.ValidationError(fault.reason) from None


class FoundForm(StepForm):
    """A new unit."""

    parent = _unit_field(gettext_lazy("上级组织"))
    name, kind, code = _name_field(), _kind_field(), _code_field()

    def steps(self) -> list[Step]:
        given = self.cleaned_data
        return [Found(given["code"], given["name"], given["kind"], given["parent"])]


class MergeForm(StepForm):
    """Units to be merged, into a new one or into one of them."""

    units = forms.MultipleChoiceField(
        label=gettext_lazy("参加合并的组织"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("至少选两个组织。")},
    )
    into = _unit_field(
        gettext_lazy("并入"),
        required=False,
        help_text=gettext_lazy("合并成新组织的，填写名称和以下各项；并入现有组织的，选它，以下各项不填"),
    )
    name, kind, code = _name_field(False), _kind_field(False), _code_field(False)
    parent = _unit_field(gettext_lazy("新组织的上级"), required=False)

    def __init__(self, choices: Choices, *args: Any, **kwargs: Any) -> None:
        super().__init__(choices, *args, **kwargs)
        for name, said in (
            ("into", _("合并成新组织")), ("kind", _("与第一个组织相同")), ("parent", _("与第一个组织相同"))
        ):  # fmt: skip
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            listed: Any = field.choices
            field.choices = [("", said), *list(listed)[1:]]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("into") and given.get("name"):  # a code stands in the form from the start
            raise forms.ValidationError(_("并入现有组织和合并成新组织只能选一种。"))
        if not given.get("into") and not all(given.get(name) for name in ("name", "code")):
            raise forms.ValidationError(_("选择并入哪个组织，或者填写新组织的名称和代码。"))
        return given

    def kind_in(self, tree: Tree) -> str:
        """What kind the new one is: the chosen one, else that of the first that is merged."""
        first = tree.by_code.get(self.cleaned_data["units"][0])
        return self.cleaned_data["kind"] or (first.kind.label if first else "")

    def parent_of(self, tree: Tree) -> str:
        """Under which unit the new one stands: the chosen one, else that of the first that is merged."""
        first = tree.by_code.get(self.cleaned_data["units"][0])
        above = tree.by_id.get(first.parent or 0) if first else None
        return self.cleaned_data["parent"] or (above.code if above else "")

    def steps_in(self, tree: Tree) -> list[Step]:
        given = self.cleaned_data
        codes = tuple(given["units"])
        if into := given["into"]:
            return [Merge((*codes, *([] if into in codes else [into])), into)]
        founded = Found(given["code"], given["name"], self.kind_in(tree), self.parent_of(tree))
        return [founded, Merge(codes, given["code"])]


class SplitForm(StepForm):
    """A unit to be divided: up to three new ones, and whether it goes on itself."""

    unit = _unit_field(gettext_lazy("拆分哪个组织"))
    stays = forms.BooleanField(label=gettext_lazy("原组织保留，只分出一部分"), required=False, initial=True)

    def __init__(self, choices: Choices, *args: Any, **kwargs: Any) -> None:
        super().__init__(choices, *args, **kwargs)
        suggested = (self.initial or {}).get("code", "")
        for place in range(1, MOST_PARTS + 1):
            for key, field in (
                ("name", _name_field(False)),
                ("kind", _kind_field(False)),
                ("code", _code_field(False)),
            ):
                field.label = _("分出组织%(place)s的%(what)s") % {"place": place, "what": field.label}
                field.initial = suggested if (key, place) == ("code", 1) else None
                self.fields[f"{key}{place}"] = field

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        parts = [
            [str(given.get(f"{key}{place}") or "") for key in ("code", "name", "kind")]
            for place in range(1, MOST_PARTS + 1)
        ]
        if any(any(part) and not all(part) for part in parts):
            raise forms.ValidationError(_("每个分出的组织都要填名称、类别和代码。"))
        given["parts"] = [[_clean(code, part[0]), *part[1:]] for part in parts if all(part)]
        return given

    def steps_in(self, tree: Tree) -> list[Step]:
        given = self.cleaned_data
        unit = tree.by_code[given["unit"]]
        above = tree.by_id.get(unit.parent or 0)
        founded: list[Step] = [
            Found(one, name, kind, above.code if above else "") for one, name, kind in given["parts"]
        ]
        kept = (unit.code,) if given["stays"] else ()
        return [*founded, Split(unit.code, (*kept, *(part[0] for part in given["parts"])))]


class RenameForm(StepForm):
    unit, name = _unit_field(gettext_lazy("组织")), _name_field()

    def steps(self) -> list[Step]:
        return [Rename(self.cleaned_data["unit"], self.cleaned_data["name"])]


class RekindForm(StepForm):
    unit, kind = _unit_field(gettext_lazy("组织")), _kind_field()

    def steps(self) -> list[Step]:
        return [Rekind(self.cleaned_data["unit"], self.cleaned_data["kind"])]


class MoveForm(StepForm):
    unit, parent = _unit_field(gettext_lazy("组织")), _unit_field(gettext_lazy("新的上级组织"))

    def steps(self) -> list[Step]:
        return [Move(self.cleaned_data["unit"], self.cleaned_data["parent"])]


class CloseForm(StepForm):
    unit = _unit_field(
        gettext_lazy("撤销的组织"), help_text=gettext_lazy("仍有人员或下级组织的，不能直接撤销，请用合并")
    )

    def steps(self) -> list[Step]:
        return [Close(self.cleaned_data["unit"])]


STEP_FORMS: dict[str, type[StepForm]] = {
    "merge": MergeForm,
    "split": SplitForm,
    "found": FoundForm,
    "rename": RenameForm,
    "rekind": RekindForm,
    "move": MoveForm,
    "close": CloseForm,
}
STEP_TITLES = {
    "merge": gettext_lazy("合并"),
    "split": gettext_lazy("拆分"),
    "found": gettext_lazy("新设"),
    "rename": gettext_lazy("更名"),
    "rekind": gettext_lazy("改类别"),
    "move": gettext_lazy("调整隶属"),
    "close": gettext_lazy("撤销"),
}


class VersionForm(forms.Form):
    """Which version of a draft somebody looked at."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)


class NoteForm(VersionForm):
    """A request or a return with its reason."""

    note = forms.CharField(
        label=gettext_lazy("说明"), max_length=LONGEST_NOTE, widget=forms.Textarea(attrs={"rows": 2})
    )


class PaperForm(VersionForm):
    """The paper a reform stands on."""

    document = forms.CharField(
        label=gettext_lazy("批准文件文号"), max_length=60, help_text=gettext_lazy("例：青岚组发〔2026〕12号")
    )
    approved_on = DayField(label=gettext_lazy("批准日期"))
    effective_on = DayField(label=gettext_lazy("生效日期"))

    def paper(self, title: str) -> Paper:
        given: dict[str, Any] = self.cleaned_data
        approved, effective = given["approved_on"], given["effective_on"]
        assert isinstance(approved, date) and isinstance(effective, date)
        return Paper(title, given["document"].strip(), approved, effective)


class ReasonForm(forms.Form):
    """Why a reform is taken back."""

    reason = forms.CharField(
        label=gettext_lazy("撤销理由"), max_length=LONGEST_NOTE, widget=forms.Textarea(attrs={"rows": 2})
    )
