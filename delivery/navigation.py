"""The delivery wing's entry in the navigation, with the figure of what waits for a person."""

from datetime import date

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Count, Q, Value
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from aftersales.core.navigation import Item
from delivery.todo import DUTIES, RELEASE, any_of, open_notes


def count(user) -> tuple[int, bool]:
    """How many notes wait for this user, and whether the day of one has passed; one query."""
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
        number, late = cursor.fetchone()
    return number, bool(late)


# The count stands on every page. It is asked anew each time, but put into SQL once a day for a
# user's standing: that takes ten times as long as the database needs to answer.
KEPT = 1000
_counting: dict[tuple, tuple[str, tuple]] = {}


def _worded(user, today: date) -> tuple[str, tuple]:
    """The SQL that counts, with its parameters; empty for whom nothing can wait."""
    duties = [duty for duty in DUTIES if user.has_perm(duty.permission) and not duty.others]
    if not duties:
        return "", ()
    waits = any_of(duty.notes(user) for duty in duties)
    is_late = Q(ship_on__lt=today) & any_of(duty.notes(user) for duty in duties if duty.is_due)
    counted = (
        open_notes(user)
        .order_by()
        .values(of_all=Value(1))
        .annotate(number=Count("pk", filter=waits), late=Count("pk", filter=is_late))
        .values_list("number", "late")
    )
    try:
        return counted.query.sql_with_params()
    except EmptyResultSet:
        return "", ()


NAVIGATION = Item(
    _("交付"), "truck", "shippingnote_list", order=20,
    permission="delivery.view_shippingnote", prefix="/delivery/", count=count,
    children=(
        Item(pgettext_lazy("list", "發貨單"), "", "shippingnote_list", 1),
        Item(_("待簽發"), "", "shippingnote_release_queue", 2, RELEASE),
        Item(_("待核對"), "", "shippingnote_verify_queue", 3, "delivery.verify_shippingnote"),
        Item(_("匯入"), "", "shippingnote_import", 4, "delivery.import_shippingnote"),
    ),
)  # fmt: skip
