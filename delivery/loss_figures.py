"""What differed in a month between note and goods: on the floor, at pick-up, on the way. Pure reads."""

from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal
from typing import NamedTuple

from django.db.models import Count, F, Q, QuerySet, Sum
from django.db.models.functions import Abs
from django.utils import timezone
from django.utils.translation import gettext as _

from delivery.models import LineCount, PickupCheckLine, ShippingNote, TransitLoss, TransitLossLine
from delivery.models.notes import sees_all_notes

Result, Kind = LineCount.Result, TransitLossLine.Kind
STEP = Decimal("0.001")


class Difference(NamedTuple):
    """A kind of difference: how often it was found, and how much it was together."""

    kind: str
    count: int
    quantity: Decimal


class LossSum(NamedTuple):
    """What was lost of a kind and stands at a state: lines, quantity, and yuan as assessed."""

    kind: str
    state: str
    count: int
    quantity: Decimal
    amount: Decimal


def differences_of_month(user, now: datetime) -> list[Difference]:
    """The differences found in the local month of `now` on the notes that this user sees, in the
    order in which goods go: at verification (3.1.4), at pick-up (3.2.1), in transit (3.2.2).

    Each count of a line that found one, each line that differed at pick-up, each line and kind
    that was lost. Kinds that were not found are left out. Quantities add up whatever the unit.
    """
    if not user.has_perm("delivery.view_shippingnote"):
        return []
    found = (*_at_verification(user, now), *_at_pickup(user, now), *_in_transit(user, now))
    return [difference for difference in found if difference.count]


def losses_of_month(user, now: datetime) -> list[LossSum]:
    """The lines lost in transit that were opened in the local month of `now`, by kind and state of
    the loss, in their declared order; a line without an amount yet adds nothing to it."""
    rows = _lost_lines(user, now).order_by().values_list("kind", "loss__state")
    found = {
        (kind, state): LossSum(kind, state, number, _exact(quantity), _exact(amount))
        for kind, state, number, quantity, amount in rows.annotate(
            number=Count("pk"), total=Sum("quantity"), worth=Sum("amount")
        )
    }
    pairs = ((kind, state) for kind in Kind.values for state in TransitLoss.State.values)
    return [found[pair] for pair in pairs if pair in found]


def month_of(now: datetime) -> tuple[datetime, datetime]:
    """The first moment of the local month and the first of the next one."""
    first = timezone.localtime(now).replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    after = first.replace(year=first.year + first.month // 12, month=first.month % 12 + 1)
    return first, after


def _within(field: str, now: datetime) -> Q:
    first, after = month_of(now)
    return Q(**{f"{field}__gte": first, f"{field}__lt": after})


def _seen(rows: QuerySet, user) -> QuerySet:
    """Those of the notes that this user sees; who sees all need not look among them."""
    rows = rows.order_by()
    if sees_all_notes(user):
        return rows
    return rows.filter(line__note__in=ShippingNote.objects.visible_to(user).values("pk"))


def _at_verification(user, now: datetime) -> Iterator[Difference]:
    counts = _seen(LineCount.objects.filter(_within("counted_at", now)), user)
    sums = counts.exclude(result=Result.MATCH).aggregate(
        **{f"number_{result}": Count("pk", filter=Q(result=result)) for result in Result.values},
        wrong=Sum("wrong_quantity", filter=Q(result=Result.WRONG_ITEM)),
        short=Sum(F("line__quantity") - F("counted_quantity"), filter=Q(result=Result.SHORT)),
        over=Sum(F("counted_quantity") - F("line__quantity"), filter=Q(result=Result.OVER)),
        damaged=Sum("damaged_quantity", filter=Q(result=Result.DAMAGED)),
    )
    for result, name in (
        (Result.WRONG_ITEM, "wrong"),
        (Result.SHORT, "short"),
        (Result.OVER, "over"),
        (Result.DAMAGED, "damaged"),
    ):
        label = _("核對%(kind)s") % {"kind": result.label}
        yield Difference(label, sums[f"number_{result}"], _exact(sums[name]))


def _at_pickup(user, now: datetime) -> Iterator[Difference]:
    lines = PickupCheckLine.objects.filter(_within("check_made__checked_at", now), differs=True)
    off = Abs(F("counted_quantity") - F("line__quantity"))
    sums = _seen(lines, user).aggregate(number=Count("pk"), off=Sum(off))
    yield Difference(_("提貨不符"), sums["number"], _exact(sums["off"]))


def _in_transit(user, now: datetime) -> Iterator[Difference]:
    rows = _lost_lines(user, now).order_by().values_list("kind")
    sums = dict.fromkeys(Kind.values, (0, None))
    for kind, number, quantity in rows.annotate(number=Count("pk"), total=Sum("quantity")):
        sums[kind] = (number, quantity)
    for kind, (number, quantity) in sums.items():
        label = _("途損%(kind)s") % {"kind": Kind(kind).label}
        yield Difference(label, number, _exact(quantity))


def _lost_lines(user, now: datetime) -> QuerySet[TransitLossLine]:
    losses = TransitLoss.objects.visible_to(user).filter(_within("opened_at", now))
    return TransitLossLine.objects.filter(loss__in=losses.order_by().values("pk"))


def _exact(number: Decimal | None) -> Decimal:
    """SQLite sums decimals as binary fractions."""
    return (number or Decimal(0)).quantize(STEP)
