from django import forms
from django.contrib.auth import forms as auth_forms
from django.utils.translation import gettext_lazy as _

from aftersales.accounts.lockout import written_name
from aftersales.core.forms import AskingForm, BaseForm


class LoginForm(AskingForm, auth_forms.AuthenticationForm):
    """Login by employee number or user name, whatever the case and the width."""

    username = forms.CharField(
        label=_("工號或帳號"),
        max_length=60,
        widget=forms.TextInput(
            attrs={"autofocus": True, "autocomplete": "username", "autocapitalize": "none"}
        ),
    )
    password = forms.CharField(
        label=_("密碼"),
        max_length=4096,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    error_messages = {
        "invalid_login": _("帳號或密碼不對，請檢查大小寫後再試"),
        "inactive": _("帳號或密碼不對，請檢查大小寫後再試"),
    }

    def clean_username(self) -> str:
        return written_name(self.cleaned_data["username"])


class AskForLetterForm(BaseForm):
    """Whoever forgot the password names the mail address."""

    email = forms.EmailField(
        label=_("電子郵件"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email", "autofocus": True}),
    )
    widths = {"email": "wide"}


class _NewPassword:
    """The two fields of a new password, in our words and with the rules beside them."""

    helper = BaseForm.helper
    refuse = BaseForm.refuse
    widths = {"old_password": "wide", "new_password1": "wide", "new_password2": "wide"}
    error_messages = {
        "password_mismatch": _("兩次輸入的新密碼不同，請再輸入一次"),
        "password_incorrect": _("目前的密碼不對，請再輸入一次"),
    }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["new_password1"].label = _("新密碼")
        self.fields["new_password1"].help_text = _(
            "至少 10 個字元；不能全是數字、太常見，或與姓名、帳號太像"
        )
        self.fields["new_password2"].label = _("再輸入一次新密碼")
        self.fields["new_password2"].help_text = ""
        for field in self.fields.values():
            field.max_length = 4096
        if "old_password" in self.fields:
            self.fields["old_password"].label = _("目前的密碼")


class NewPasswordForm(_NewPassword, AskingForm, auth_forms.SetPasswordForm):
    """A new password, by a letter or a link."""


class PasswordChangeForm(_NewPassword, AskingForm, auth_forms.PasswordChangeForm):
    """A new password for somebody who knows the old one."""
