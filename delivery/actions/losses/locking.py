"""Lock, then look: what every verb of a loss begins and ends with."""

from datetime import date, datetime
from decimal import Decimal, InvalidOperation

from django.utils import timezone
from django.utils.translation import gettext as _

from aftersales.core.errors import RuleViolation, StaleEdit
from delivery.models import TransitLoss
from delivery.quantities import plain

CLAUSE = "3.2.2"
CENT, LARGEST = Decimal("0.01"), Decimal("999999999999.99")


def locked_loss(loss: TransitLoss) -> TransitLoss:
    """The loss as it is now with its lines, its row locked until the transaction ends."""
    rows = TransitLoss.objects.select_for_update(of=("self",)).select_related(
        "note__customer", "carrier", "agreement", "owner"
    )
    return rows.prefetch_related("lines__line").get(pk=loss.pk)


def check_seen(loss: TransitLoss, version: int | None) -> None:
    """Raises StaleEdit where somebody has changed the loss since the form was opened."""
    if version is not None and version != loss.version:
        raise StaleEdit(loss)


def stored(loss: TransitLoss) -> TransitLoss:
    """Save the next version. Raises ValidationError at the field whose text is too long."""
    texts = {"settlement_ref", "end_reason"}
    loss.clean_fields(exclude={field.name for field in loss._meta.fields} - texts)
    loss.version += 1
    loss.save()
    return loss


def money(value, *, label: str, field: str) -> Decimal:
    """An amount of 0 or more with at most two places. Raises RuleViolation at `field`."""
    try:
        amount = Decimal(str(value))
    except InvalidOperation:
        amount = Decimal("NaN")
    if not amount.is_finite() or not 0 <= amount <= LARGEST or amount % CENT:
        message = _("%(label)s要是 0 或更大的金額，最多 2 位小數，不能是「%(given)s」")
        facts = {"label": label, "given": str(value)[:40]}
        raise RuleViolation(message % facts, clause=CLAUSE, field=field)
    return amount.quantize(CENT)


def at_most(amount: Decimal, most: Decimal, *, label: str, of_what: str, field: str) -> None:
    """Raises RuleViolation at `field` where an amount is larger than the one it answers."""
    if amount > most:
        message = _("%(label)s %(given)s 多於%(what)s %(most)s，最多填 %(most)s")
        facts = {"label": label, "given": plain(amount), "what": of_what, "most": plain(most)}
        raise RuleViolation(message % facts, clause=CLAUSE, field=field)


def check_day(day: date, first: date, now: datetime, *, label: str, since: str, field: str) -> None:
    """Raises RuleViolation at `field` for a local day before `first` or after today."""
    today = timezone.localdate(now)
    if not first <= day <= today:
        message = _("%(label)s應在%(since)s %(first)s 與今天 %(today)s 之間，不能是 %(given)s")
        facts = {"label": label, "since": since, "first": first, "today": today, "given": day}
        raise RuleViolation(message % facts, clause=CLAUSE, field=field)
