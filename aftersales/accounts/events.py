"""What the audit trail of people, departments and leaves is called on a page."""

from django.utils.translation import gettext_lazy as _

from aftersales.accounts.roles import ROLES
from aftersales.core.text import listed
from aftersales.core.timeline import Event, changes


def _roles(data: dict) -> str:
    labels = listed(str(ROLES[code].label) for code in data.get("roles", ()) if code in ROLES)
    return str(_("角色：%(roles)s") % {"roles": labels or "—"})


def _deputy(data: dict) -> str:
    return str(_("代理人：%(deputy)s") % {"deputy": data.get("deputy", "—")})


EVENTS = {
    "user.created": Event(_("建檔"), _roles, is_key=True),
    "user.edited": Event(_("修改資料與角色"), changes),
    "user.profile_edited": Event(_("本人修改資料"), changes),
    "user.deactivated": Event(_("停用"), is_key=True),
    "user.reactivated": Event(_("恢復"), is_key=True),
    "user.password_letter_asked": Event(_("寄出設定密碼的信")),
    "user.password_link_opened": Event(_("產生設定密碼的一次性連結")),
    "user.password_set": Event(_("以一次性連結設定密碼")),
    "user.password_reset": Event(_("以電子郵件重設密碼")),
    "user.password_changed": Event(_("更改密碼")),
    "department.created": Event(_("建檔"), is_key=True),
    "department.edited": Event(_("修改"), changes),
    "leave.registered": Event(_("登記休假與代理"), _deputy, is_key=True),
    "leave.cancelled": Event(_("取消休假與代理")),
}
