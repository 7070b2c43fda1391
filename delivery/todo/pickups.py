"""Pick-ups that wait (3.2.1): for the check, for the receiver, and what follows a difference."""

from collections.abc import Iterable
from datetime import date, datetime, time

from django.db.models import F, OuterRef, Q, QuerySet, Subquery
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from aftersales.core.work import Task
from delivery.models import PickupCheck, PickupDifference, ShippingNote
from delivery.todo.counting import counted

D = PickupDifference.State
MOST = 100
CLOSE_OF_DAY = time(17, 30)
# For each permission the states of the last difference that wait for whoever holds it.
_DUTIES = (
    ("delivery.state_pickup_cause", D.FOUND, _("查提貨差異"), "pickup_state_cause"),
    ("delivery.state_pickup_cause", D.CONSENTED, _("登記顧客確認"), "pickup_confirm"),
    ("delivery.consent_pickup", D.CAUSED, _("同意提貨改正"), "pickup_consent"),
    ("delivery.verify_shippingnote", D.CONFIRMED, _("重新包裝"), "pickup_repack"),
    ("delivery.check_pickup", D.REPACKED, _("再次三方核對"), "shippingnote_check_pickup"),
)
# Issued and not checked yet, or checked and found right.
_AT_HAND = "delivery.check_pickup"


def waiting(user):
    """The issued notes whose pick-up waits for a step of this user; one query.

    Each has the state of its last check since the goods were issued: `last_match`, None where
    none was made, and `last_state` of its difference.
    """
    last = PickupCheck.objects.filter(
        note=OuterRef("pk"), checked_at__gte=OuterRef("issued_at")
    ).order_by("-attempt")
    rows = (
        ShippingNote.objects.visible_to(user)
        .filter(state=ShippingNote.State.ISSUED, delivery_mode=ShippingNote.DeliveryMode.PICKUP)
        .annotate(
            last_match=Subquery(last.values("is_match")[:1]),
            last_at=Subquery(last.values("checked_at")[:1]),
            last_state=Subquery(last.values("difference__state")[:1]),
            last_caused_by=Subquery(last.values("difference__caused_by")[:1]),
            last_description=Subquery(last.values("difference__description")[:1]),
        )
    )
    wanted = Q(pk__in=[])
    for permission, state, _verb, _url_name in _DUTIES:
        if user.has_perm(permission):
            apart = ~Q(last_caused_by__in=_not_free(user)) if state == D.CAUSED else Q()
            wanted |= Q(last_state=state) & apart
    if user.has_perm(_AT_HAND):
        wanted |= Q(last_match=None) | Q(last_match=True)
    return rows.filter(wanted)


def tasks(user, now: datetime) -> Iterable[Task]:
    """What this user has to do at a pick-up; by the close of the day that was agreed."""
    if not _is_concerned(user):
        return
    rows = waiting(user).select_related("customer")
    for note in rows.order_by(F("ship_on").asc(nulls_last=True), "pk")[:MOST]:
        permission, verb, url_name = _duty(note)
        due_at = None
        if note.ship_on:
            due_at = timezone.make_aware(datetime.combine(note.ship_on, CLOSE_OF_DAY))
        yield Task(
            verb=str(verb),
            number=note.title,
            url=reverse(url_name, args=[note.reference]),
            who=note.customer.name,
            about=_about(note),
            clause="3.2.1",
            since=note.last_at or note.issued_at,
            due_at=due_at,
            on_behalf_of=user.acting_for(permission),
        )


def counting(user, today: date) -> QuerySet | None:
    """How many pick-ups wait for this user, and of how many the day has passed."""
    if not _is_concerned(user):
        return None
    return counted(waiting(user), Q(), Q(ship_on__lt=today))


def _not_free(user) -> list[int]:
    """To whose causes this user cannot consent: the own, and those of the only absent manager."""
    permission = "delivery.consent_pickup"
    near = [user, *user.principals_for(permission)]
    return [one.pk for one in near if not user.acts_apart_from(one.pk, permission)]


def _is_concerned(user) -> bool:
    return any(map(user.has_perm, {permission for permission, *_rest in _DUTIES}))


def _about(note: ShippingNote) -> str:
    """What differs, while that is the matter; else whom to expect."""
    if note.last_description and note.last_state != D.REPACKED:
        return note.last_description.replace("\n", "；")
    return _t("顧客自提，收貨人 %(consignee)s") % {"consignee": note.consignee}


def _duty(note: ShippingNote) -> tuple[str, object, str]:
    for permission, state, verb, url_name in _DUTIES:
        if note.last_state == state:
            return permission, verb, url_name
    if note.last_match:
        return _AT_HAND, _("提貨簽收"), "shippingnote_hand_over"
    return _AT_HAND, _("三方核對"), "shippingnote_check_pickup"
