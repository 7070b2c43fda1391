"""The delivery wing's entry in the navigation, with the figure of what waits for a person."""

from datetime import date

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from aftersales.core.navigation import Item
from aftersales.core.work import Shortcut
from delivery import todo
from delivery.todo.notes import RELEASE


def count(user) -> tuple[int, bool]:
    """How much waits for this user, and whether anything of it is late; one query."""
    today = timezone.localdate()
    key = (user.standing, today)
    if key not in _counting:
        if len(_counting) >= KEPT:
            _counting.clear()
        _counting[key] = _worded(user, today)
    sql, params = _counting[key]
    if not sql:
        return 0, False
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        found = cursor.fetchall()
    return sum(number for number, _late in found), any(late for _number, late in found)


# The count stands on every page. It is asked anew each time, but put into SQL once a day for a
# user's standing: that takes ten times as long as the database needs to answer.
KEPT = 1000
_counting: dict[tuple, tuple[str, tuple]] = {}


def _worded(user, today: date) -> tuple[str, tuple]:
    """The SQL that counts, a row for each kind of document; empty for whom nothing can wait."""
    parts = todo.counting(user, today)
    if not parts:
        return "", ()
    first, *others = parts
    try:
        return first.union(*others, all=True).query.sql_with_params()
    except EmptyResultSet:
        return "", ()


NAVIGATION = Item(
    _("交付"), "truck", "shippingnote_list", order=20,
    permission="delivery.view_shippingnote", prefix="/delivery/", count=count,
    children=(
        Item(pgettext_lazy("list", "發貨單"), "", "shippingnote_list", 1),
        Item(_("待簽發"), "", "shippingnote_release_queue", 2, RELEASE),
        Item(_("待核對"), "", "shippingnote_verify_queue", 3, "delivery.verify_shippingnote"),
        Item(_("到貨待確認"), "", "arrival_queue", 4, "delivery.confirm_arrival"),
        Item(_("簽收單未回"), "", "signed_paper_list", 5),
        Item(_("途損"), "", "transitloss_list", 6),
        Item(_("拒收待退"), "", "refused_goods_list", 7),
        Item(_("沖銷單"), "", "reversal_list", 8),
        Item(_("匯入"), "", "shippingnote_import", 9, "delivery.import_shippingnote"),
    ),
)  # fmt: skip

SHORTCUTS = (
    Shortcut(
        _("開發貨單"), "shippingnote_create", "delivery.edit_shippingnote", 10,
        icon="plus-lg", is_primary=True,
    ),
    Shortcut(_("匯入發貨單"), "shippingnote_import", "delivery.import_shippingnote", 5, "upload"),
)  # fmt: skip
