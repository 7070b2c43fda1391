"""What of the delivery wing waits for a person, and its entry in the navigation."""

from collections.abc import Iterable
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from aftersales.core.navigation import Item
from aftersales.core.work import Shortcut, Task


def tasks(user, now: datetime) -> Iterable[Task]:
    """The shipping notes whose next step this user may take."""
    return []


NAVIGATION = Item(
    _("交付"), "truck", "shippingnote_list", order=20,
    permission="delivery.view_shippingnote", prefix="/delivery/",
    children=(
        Item(_("發貨單"), "", "shippingnote_list", 1),
        Item(_("待簽發"), "", "shippingnote_release_queue", 2, "delivery.release_shippingnote"),
        Item(_("待核對"), "", "shippingnote_verify_queue", 3, "delivery.verify_shippingnote"),
        Item(_("匯入"), "", "shippingnote_import", 4, "delivery.import_shippingnote"),
    ),
)  # fmt: skip

SHORTCUTS = (
    Shortcut(
        _("開發貨單"), "shippingnote_create", "delivery.edit_shippingnote", 10,
        icon="plus-lg", is_primary=True,
    ),
    Shortcut(_("匯入發貨單"), "shippingnote_import", "delivery.import_shippingnote", 5, "upload"),
)  # fmt: skip
