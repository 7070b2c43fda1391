"""3.2.1 after the manager's consent the customer confirms again."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from aftersales.accounts.models import User
from aftersales.core.errors import RuleViolation
from delivery.actions.locking import required_text
from delivery.actions.pickup.locking import locked_difference, record_step, tell_at_pickup
from delivery.actions.telling import keepers
from delivery.models import PickupDifference
from delivery.workflow import PICKUP_WORKFLOW

CLAUSE = "3.2.1"


@transaction.atomic
def confirm_pickup(
    difference: PickupDifference,
    *,
    actor: User,
    now: datetime,
    confirmed_person: str,
    confirmed_means: str,
    confirmed_at: datetime,
) -> PickupDifference:
    """登記顧客確認 (3.2.1): who of the customer confirmed, by what means, when.

    `confirmed_at` is aware, to the minute, and lies between the consent and now. The keepers are
    asked to pack again. Raises RuleViolation at the field that is wrong.
    """
    difference = locked_difference(difference)
    step = PICKUP_WORKFLOW.apply(difference, "confirm", actor=actor)
    person = required_text(confirmed_person, "confirmed_person", _("顧客確認人"), clause=CLAUSE)
    if confirmed_means not in PickupDifference.Means.values:
        message = _("請選確認方式：當面、電話或郵件")
        raise RuleViolation(message, clause=CLAUSE, field="confirmed_means")
    _check_moment(difference, confirmed_at, now)
    difference.confirmed_person, difference.confirmed_means = person, confirmed_means
    difference.confirmed_at, difference.confirmation_recorded_by = confirmed_at, actor
    difference.full_clean()
    difference.save()
    entry = record_step(
        difference,
        "confirmed",
        actor=actor,
        now=now,
        step=step,
        person=person,
        means=confirmed_means,
        confirmed_at=confirmed_at,
    )
    facts = {"note": difference.note.title, "person": person, "measure": difference.measure}
    tell_at_pickup(
        keepers(),
        difference.note,
        entry,
        lambda: _("顧客已確認，請重新包裝：%(note)s") % facts,
        body=lambda: _("%(person)s 確認。改正：%(measure)s") % facts,
        now=now,
    )
    return difference


def _check_moment(difference: PickupDifference, at: datetime, now: datetime) -> None:
    first = difference.consented_at.replace(second=0, microsecond=0)
    if at is None or not first <= at <= now:
        message = _(
            "顧客確認的時間應在經理同意（%(first)s）之後、現在（%(now)s）之前，不能是 %(given)s"
        )
        facts = {"first": _said(difference.consented_at), "now": _said(now), "given": _said(at)}
        raise RuleViolation(message % facts, clause=CLAUSE, field="confirmed_at")


def _said(moment: datetime | None) -> str:
    if moment is None:
        return "—"
    return date_format(timezone.localtime(moment), "SHORT_DATETIME_FORMAT")
