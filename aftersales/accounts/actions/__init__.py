from aftersales.accounts.actions.departments import create_department, edit_department
from aftersales.accounts.actions.leave import cancel_leave, create_leave
from aftersales.accounts.actions.passwords import (
    ask_for_password_letter,
    change_password,
    open_password_link,
    send_password_letter,
    set_password_by_link,
)
from aftersales.accounts.actions.profile import edit_profile
from aftersales.accounts.actions.users import (
    create_user,
    deactivate_user,
    edit_user,
    reactivate_user,
)

__all__ = [
    "ask_for_password_letter",
    "cancel_leave",
    "change_password",
    "create_department",
    "create_leave",
    "create_user",
    "deactivate_user",
    "edit_department",
    "edit_profile",
    "edit_user",
    "open_password_link",
    "reactivate_user",
    "send_password_letter",
    "set_password_by_link",
]
