"""The figures of the month so far, for the home page. Pure reads."""

from datetime import date, datetime, timedelta

from django.db.models import Count
from django.urls import reverse
from django.utils.translation import gettext as _

from aftersales.core.numbering import period_of
from aftersales.core.work import Figure
from delivery.models import ShippingNote

S = ShippingNote.State
STAGES = (
    (S.SUBMITTED, "wait"),
    (S.IN_TRANSIT, "run"),
    (S.DELIVERED, "wait"),
    (S.SIGNED, "run"),
    (S.CLOSED, "done"),
)


def month_so_far(user, now: datetime) -> list[Figure]:
    """The notes that got their number this month (local time), by where they stand now.

    Withdrawn revisions are left out: the revision that follows counts.
    """
    if not user.has_perm("delivery.view_shippingnote"):
        return []
    this = period_of(now)
    following = period_of(date(int(this[:4]), int(this[4:]), 28) + timedelta(days=4))
    rows = (
        # A range of the number, so that the month is read by the index on it.
        ShippingNote.objects.visible_to(user)
        .filter(number__gte=f"FH-{this}-", number__lt=f"FH-{following}-")
        .exclude(state=S.WITHDRAWN)
        .order_by()
        .values_list("state")
        .annotate(number_of_notes=Count("pk"))
    )
    count = dict(rows)
    url = reverse("shippingnote_list")
    figures = [Figure(_("本月發貨單"), f"{sum(count.values()):,}", url, _("張"))]
    for state, tone in STAGES:
        number = count.get(state, 0)
        figures.append(
            Figure(
                str(S(state).label),
                f"{number:,}",
                f"{url}?state={state}",
                _("張"),
                tone if number else "",
            )
        )
    return figures
