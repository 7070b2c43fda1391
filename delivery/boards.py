"""What a manager sees at a glance on the home page: what waits, what is late, what differed.

Pure reads; the sales manager, the leader in charge and the warehouse each see
what they answer for (2.4: supervisors handle daily matters).
"""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db.models import Count, Q, Value
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from aftersales.core.work import Board, BoardRow
from delivery.actions.signed_papers import CHASED_AFTER
from delivery.loss_figures import differences_of_month
from delivery.models import ArrivalReport, PickupDifference, Reversal, ShippingNote, TransitLoss

S = ShippingNote.State
IN_HOUSE = (S.RELEASED, S.VERIFYING, S.ADJUSTING, S.VERIFIED, S.ISSUED)
# Whose home shows boards, and which of the rows below.
SEEN_BY = {
    "sales_manager": ("office", "floor", "way", "after"),
    "leader": ("release", "floor", "way", "after"),
    "warehouse_keeper": ("floor",),
}


def boards(user, now: datetime) -> Iterable[Board]:
    """The three boards of a user who answers for others; none for anybody else."""
    parts = [part for role, seen in SEEN_BY.items() if role in user.role_codes for part in seen]
    if not parts:
        return
    found = _counted(user, now)
    yield Board(_("等著辦"), _waiting(found, parts), _("沒有等著辦的單"))
    yield Board(_("已逾期"), _late(found, parts), _("沒有逾期的單"))
    rows = [
        BoardRow(str(each.kind), each.count, "", "wait") for each in differences_of_month(user, now)
    ]
    yield Board(_("本月差異"), rows, _("本月沒有差異"))


def _counted(user, now: datetime) -> dict[str, int]:
    """Every number of the boards, in two queries."""
    today = timezone.localdate(now)
    out_since = now - timedelta(days=CHASED_AFTER[1])
    late = Q(ship_on__lt=today)
    notes = ShippingNote.objects.visible_to(user).open().written()
    found = notes.aggregate(
        unscheduled=_number(state__in=[S.DRAFT, S.SUBMITTED], scheduled_at=None),
        submitted=_number(state=S.SUBMITTED, scheduled_at__isnull=False),
        unacknowledged=_number(
            state__in=[S.DRAFT, S.SUBMITTED, S.RELEASED],
            scheduled_at__isnull=False,
            acknowledged_at=None,
        ),
        released=_number(state=S.RELEASED),
        counting=_number(state=S.VERIFYING),
        adjusting=_number(state=S.ADJUSTING),
        verified=_number(state=S.VERIFIED),
        issued=_number(state=S.ISSUED),
        on_the_way=_number(state__in=[S.IN_TRANSIT, S.DELIVERED]),
        late_submitted=Count("pk", filter=late & Q(state__in=[S.DRAFT, S.SUBMITTED])),
        late_in_house=Count("pk", filter=late & Q(state__in=IN_HOUSE)),
        late_papers=_number(
            state__in=[S.IN_TRANSIT, S.DELIVERED, S.SIGNED], departed_at__lte=out_since
        ),
    )
    return found | _beside_the_notes(user)


def _beside_the_notes(user) -> dict[str, int]:
    """How many documents beside the notes wait, in one query."""
    within = ShippingNote.objects.visible_to(user).values("pk")
    waiting = {
        "arrivals": ArrivalReport.objects.filter(
            state=ArrivalReport.State.REPORTED, note__in=within
        ),
        "consents": PickupDifference.objects.filter(
            state=PickupDifference.State.CAUSED, check_made__note__in=within
        ),
        "reversals": Reversal.objects.visible_to(user).waiting(),
        "losses": TransitLoss.objects.visible_to(user).open(),
    }
    first, *others = (
        rows.order_by()
        .values(of=Value(name))
        .annotate(number=Count("pk"))
        .values_list("of", "number")
        for name, rows in waiting.items()
    )
    return dict.fromkeys(waiting, 0) | dict(first.union(*others, all=True))


def _number(**facts) -> Count:
    return Count("pk", filter=Q(**facts))


def _waiting(found: dict[str, int], parts: list[str]) -> list[BoardRow]:
    rows = [
        ("office", _("安排交付"), "unscheduled", _list(state="draft")),
        ("release", _("簽發"), "submitted", reverse("shippingnote_release_queue")),
        ("office", _("分管領導簽發"), "submitted", _list(state="submitted")),
        ("floor", _("確認備貨"), "unacknowledged", _list(state="released")),
        ("floor", _("開始核對"), "released", _list(state="released")),
        ("floor", _("核對中"), "counting", _list(state="verifying")),
        ("floor", _("調整差異"), "adjusting", _list(state="adjusting")),
        ("floor", _("出庫放行"), "verified", _list(state="verified")),
        ("floor", _("裝車或提貨"), "issued", _list(state="issued")),
        ("way", _("運送與簽收"), "on_the_way", reverse("signed_paper_list")),
        ("office", _("確認到貨異常"), "arrivals", reverse("arrival_queue")),
        ("office", _("同意提貨差異的改正"), "consents", _list(state="issued")),
        ("after", _("核准沖銷"), "reversals", reverse("reversal_list") + "?state=draft"),
        ("after", _("途損未了"), "losses", reverse("transitloss_list")),
    ]
    return [
        BoardRow(label, found[name], url)
        for part, label, name, url in rows
        if part in parts and found[name]
    ]


def _late(found: dict[str, int], parts: list[str]) -> list[BoardRow]:
    rows = [
        (
            ("office", "release"),
            _("過了發貨日還沒簽發"),
            "late_submitted",
            _list(state="submitted"),
        ),
        (
            ("floor",),
            _("過了發貨日還沒離廠"),
            "late_in_house",
            _list(state="open", order="ship_on"),
        ),
        (
            ("way",),
            _("簽收單 %(days)d 天以上未回") % {"days": CHASED_AFTER[1]},
            "late_papers",
            reverse("signed_paper_list") + f"?older={CHASED_AFTER[1]}",
        ),
    ]
    return [
        BoardRow(label, found[name], url, "late")
        for wanted, label, name, url in rows
        if set(wanted) & set(parts) and found[name]
    ]


def _list(**query: str) -> str:
    words = "&".join(f"{name}={value}" for name, value in query.items())
    return f"{reverse('shippingnote_list')}?{words}"
