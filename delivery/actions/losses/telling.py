"""Who hears of a loss: its owner, the sales manager who ends it, and logistics."""

from aftersales.accounts.models import User
from delivery.models import TransitLoss


def managers() -> list[User]:
    """Those who settle, write off and hand on."""
    return list(User.objects.with_permission("delivery.end_transitloss"))


def concerned(loss: TransitLoss) -> list[User]:
    return [loss.owner, *managers(), *User.objects.with_role("logistics_clerk")]
