"""Forms about other people's accounts: whom to invite, to which post, why somebody's login is stopped or made anew.

Must not know: who may do it; the units to choose from come with the form.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yumiao.access import passwords
from yumiao.access.models import Account
from yumiao.access.permissions import ROLE_LABELS, Permission, Role
from yumiao.access.readers import Reader
from yumiao.access.token_rules import GRANTABLE
from yumiao.kernel.periods import add_months
from yumiao.ui.typed import DayField
from yumiao.units.queries import Tree, UnitOnDay
from yumiao.units.rules import Sector

CODE_LENGTH: Final = 40
LONGEST_REASON: Final = 200


def chosen_unit(text: str, units: Sequence[UnitOnDay], tree: Tree, otherwise: str) -> UnitOnDay:
    """The one of `units` that is meant by code or name; `ValidationError` where none is, which is said by `otherwise`, or several are."""
    found = [unit for unit in units if text in (unit.code, spelled(unit, tree))]
    found = found or [unit for unit in units if text in (unit.name, tree.label(unit))]
    if not found:
        raise ValidationError(otherwise)
    if len(found) > 1:
        raise ValidationError(_("同名的组织有 {count} 个，应填写组织代码。").format(count=len(found)))
    return found[0]


class RoleForm(forms.Form):
    """Which post, before at which unit: a query, so that the choice is in the address."""

    role = forms.ChoiceField(label=gettext_lazy("任职"))

    def __init__(self, roles: Sequence[Role], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = [(role.value, role.label) for role in roles]  # type: ignore[attr-defined]


class GrantForm(forms.Form):
    """A post at one of the units offered, by code or by name, and its time."""

    unit = forms.CharField(
        label=gettext_lazy("任职组织"),
        max_length=200,
        widget=forms.TextInput(attrs={"list": "units", "autocomplete": "off"}),
        help_text=gettext_lazy("填写组织代码或者名称，限于可以授予的组织"),
    )
    since = DayField(label=gettext_lazy("开始日期"))
    until = DayField(
        label=gettext_lazy("失效日期"), required=False, help_text=gettext_lazy("自这一天起不再有效；不填为长期")
    )

    def __init__(self, units: Sequence[UnitOnDay], tree: Tree, today: date, data: QueryDict | None = None) -> None:
        first = {"since": today} | ({"unit": spelled(units[0], tree)} if len(units) == 1 else {})
        super().__init__(data, initial=first)
        self.units, self.tree = units, tree

    def clean_unit(self) -> UnitOnDay:
        text = " ".join(self.cleaned_data["unit"].split())
        return chosen_unit(text, self.units, self.tree, _("没有这个组织，或者不能在那里授予这项任职。"))

    @property
    def options(self) -> list[str]:
        """What the field offers while somebody types."""
        return [spelled(unit, self.tree) for unit in self.units]


class InviteForm(GrantForm):
    """A new account and its first post."""

    display_name = forms.CharField(label=gettext_lazy("姓名"), max_length=60)
    username = forms.CharField(
        label=gettext_lazy("登录名"),
        max_length=60,
        help_text=gettext_lazy("小写字母开头，可含数字、点、横线、下划线；开户后不再更改"),
        widget=forms.TextInput(attrs={"autocapitalize": "none", "spellcheck": "false", "autocomplete": "off"}),
    )
    field_order = ("display_name", "username", "unit", "since", "until")


class EndForm(forms.Form):
    """The day from which an appointment counts no more."""

    until = DayField(label=gettext_lazy("失效日期"), help_text=gettext_lazy("自这一天起不再有效；填今天即刻失效"))


class RenewalForm(forms.Form):
    """The day from which an appointment that goes on counts no more."""

    until = DayField(
        label=gettext_lazy("新的失效日期"), required=False, help_text=gettext_lazy("自这一天起不再有效；不填为长期")
    )


class ReasonForm(forms.Form):
    """Why, as the journal keeps it."""

    reason = forms.CharField(
        label=gettext_lazy("事由"),
        max_length=LONGEST_REASON,
        help_text=gettext_lazy("写明为什么办理，不写身份证号码和手机号码"),
    )


class RenewForm(forms.Form):
    """Nothing to fill in: the deed alone."""


class FilterForm(forms.Form):
    """What the list of accounts is narrowed to; whatever is no choice counts as not asked."""

    q = forms.CharField(label=gettext_lazy("姓名或登录名"), max_length=60, required=False)
    role = forms.ChoiceField(
        label=gettext_lazy("任职"),
        required=False,
        choices=[("", gettext_lazy("全部")), *((role.value, label) for role, label in ROLE_LABELS.items())],
    )
    unit = forms.CharField(label=gettext_lazy("组织代码（含下级）"), max_length=60, required=False)
    ending = forms.BooleanField(label=gettext_lazy("30 日内到期"), required=False)


class OneTimeCodeForm(forms.Form):
    """The code somebody was handed."""

    code = forms.CharField(
        label=gettext_lazy("开户码或者重置码"),
        max_length=CODE_LENGTH,
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false", "autofocus": True}
        ),
    )


class FirstPasswordForm(forms.Form):
    """The password somebody chooses, twice; the code goes along."""

    code = forms.CharField(max_length=CODE_LENGTH, widget=forms.HiddenInput)
    password = forms.CharField(
        label=gettext_lazy("新密码"),
        strip=False,
        max_length=passwords.LONGEST,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password", "autofocus": True}),
    )
    again = forms.CharField(
        label=gettext_lazy("再输一次"),
        strip=False,
        max_length=passwords.LONGEST,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, account: Account, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.account = account

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        if found := passwords.faults(password, self.account):
            raise ValidationError(found)
        return password

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if "password" in given and "again" in given and given["password"] != given["again"]:
            self.add_error("again", _("两次输入的密码不一样。"))
        return given


def spelled(unit: UnitOnDay, tree: Tree) -> str:
    """A unit as it is offered and taken back: `001.002.003 青石镇党委 云岭村党支部`."""
    return f"{unit.code} {tree.label(unit)}"


class TokenForm(forms.Form):
    """What a machine may read: what for, which rights, in which unit of one's own, until when."""

    name = forms.CharField(
        label=gettext_lazy("用途"), max_length=60, help_text=gettext_lazy("写明给哪个系统用，例如：县党建驾驶舱")
    )
    permissions = forms.MultipleChoiceField(
        label=gettext_lazy("权限"), error_messages={"required": gettext_lazy("至少选择一项。")}
    )
    unit = forms.CharField(
        label=gettext_lazy("范围"),
        max_length=200,
        widget=forms.TextInput(attrs={"list": "units", "autocomplete": "off"}),
        help_text=gettext_lazy("这个组织及以下；填写组织代码或者名称"),
    )
    until = DayField(label=gettext_lazy("失效日期"), help_text=gettext_lazy("自这一天起不能再用，最长一年"))

    def __init__(self, reader: Reader, data: QueryDict | None = None) -> None:
        first = {"until": add_months(reader.today, 6), "unit": spelled(reader.home, reader.tree) if reader.home else ""}
        super().__init__(data, initial=first)
        self.reader = reader
        offered = [one for one in GRANTABLE if reader.may(one)]
        self.fields["permissions"].choices = [(one.value, one.label) for one in offered]  # type: ignore[attr-defined]

    def clean_permissions(self) -> list[Permission]:
        return [Permission(one) for one in self.cleaned_data["permissions"]]

    def clean_unit(self) -> UnitOnDay:
        tree, scope = self.reader.tree, self.reader.scope(Permission.TOKEN_ISSUE)
        text = " ".join(self.cleaned_data["unit"].split())
        within = [unit for unit in tree if scope.covers(unit.path)]
        return chosen_unit(text, within, tree, _("没有这个组织，或者不在您任职的组织之内。"))

    @property
    def chosen(self) -> list[str]:
        """The rights that are ticked when the form is shown."""
        return self.data.getlist("permissions") if isinstance(self.data, QueryDict) else []

    @property
    def options(self) -> list[str]:
        """What the unit's field offers while somebody types: the county and its townships; any code may be typed."""
        tree, scope = self.reader.tree, self.reader.scope(Permission.TOKEN_ISSUE)
        offered = [unit for unit in tree if unit.parent is None or unit.kind.sector is Sector.TOWNSHIP]
        return [spelled(unit, tree) for unit in offered if scope.covers(unit.path)]
