"""What is typed at the doors: passwords, codes.

Must not know: whether it is right.
"""

from __future__ import annotations

from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yumiao.access import passwords
from yumiao.access.models import Account

NAME: Final = 60
CODE: Final = 20


def _password(label: Any, autocomplete: str) -> forms.CharField:
    # a password may begin with a space, and nothing longer than the longest is hashed
    return forms.CharField(
        label=label,
        strip=False,
        max_length=passwords.LONGEST,
        widget=forms.PasswordInput(attrs={"autocomplete": autocomplete}),
    )


class SignInForm(forms.Form):
    """Login name and password."""

    username = forms.CharField(
        label=gettext_lazy("登录名"),
        max_length=NAME,
        widget=forms.TextInput(
            attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false", "autofocus": True}
        ),
    )
    password = _password(gettext_lazy("密码"), "current-password")


class CodeForm(forms.Form):
    """A one-time code of the authenticator, or a recovery code."""

    code = forms.CharField(
        label=gettext_lazy("动态口令"),
        max_length=CODE,
        widget=forms.TextInput(
            attrs={
                "autocomplete": "one-time-code",
                "autocapitalize": "characters",
                "spellcheck": "false",
                "autofocus": True,
            }
        ),
    )


class PasswordForm(forms.Form):
    """The password once more, before something that matters."""

    password = _password(gettext_lazy("密码"), "current-password")


class NewPasswordForm(forms.Form):
    """The old password and a new one, twice."""

    password = _password(gettext_lazy("现用密码"), "current-password")
    wanted = _password(gettext_lazy("新密码"), "new-password")
    again = _password(gettext_lazy("再输一次新密码"), "new-password")

    def __init__(self, account: Account, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.account = account

    def clean_wanted(self) -> str:
        wanted: str = self.cleaned_data["wanted"]
        if found := passwords.faults(wanted, self.account):
            raise ValidationError(found)
        return wanted

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if "wanted" in given and "again" in given and given["wanted"] != given["again"]:
            self.add_error("again", _("两次输入的新密码不一样。"))
        if "wanted" in given and given["wanted"] == given.get("password"):
            self.add_error("wanted", _("新密码不能与现用密码相同。"))
        return given
