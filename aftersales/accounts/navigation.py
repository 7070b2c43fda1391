"""The accounts' entry in the side navigation."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from aftersales.core.navigation import Item

NAVIGATION = Item(
    _("人員"), "people", "user_list", order=90,
    permission="accounts.view_staff", prefix="/accounts/staff/",
    children=(
        Item(_("人員"), "", "user_list", 1),
        Item(pgettext_lazy("list", "部門"), "", "department_list", 2),
        Item(_("角色與權限"), "", "role_list", 3),
        Item(_("休假與代理"), "", "leave_list", 4),
    ),
)  # fmt: skip
