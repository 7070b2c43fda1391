"""Quantities: exact decimals with at most three places, read strictly and shown plainly."""

from decimal import Decimal, InvalidOperation

from django.utils.translation import gettext as _

from aftersales.core.errors import RuleViolation

LARGEST = Decimal("999999999.999")
STEP = Decimal("0.001")


def plain(number: Decimal | None) -> str:
    """The number as people write it: 2, 2.5; empty for None."""
    if number is None:
        return ""
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def exact(value, *, label: str, clause: str, field: str) -> Decimal:
    """A quantity of 0 or more with at most three places. Raises RuleViolation at `field`."""
    try:
        number = Decimal(str(value))
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite() or not 0 <= number <= LARGEST or number % STEP:
        raise RuleViolation(
            _("%(label)s要是 0 或更大的數，最多 3 位小數，不能是「%(given)s」")
            % {"label": label, "given": str(value)[:40]},
            clause=clause,
            field=field,
        )
    return number
