from aftersales.accounts.forms.departments import DepartmentForm
from aftersales.accounts.forms.leave import LeaveForm
from aftersales.accounts.forms.passwords import (
    AskForLetterForm,
    LoginForm,
    NewPasswordForm,
    PasswordChangeForm,
)
from aftersales.accounts.forms.profile import ProfileForm
from aftersales.accounts.forms.users import ReasonForm, RolesForm, UserForm

__all__ = [
    "AskForLetterForm",
    "DepartmentForm",
    "LeaveForm",
    "LoginForm",
    "NewPasswordForm",
    "PasswordChangeForm",
    "ProfileForm",
    "ReasonForm",
    "RolesForm",
    "UserForm",
]
