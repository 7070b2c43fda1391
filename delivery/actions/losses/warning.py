"""3.2.2 a claim is made before the agreement's last day: who looks after it is warned."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from aftersales.core import notices
from delivery.actions.losses.locking import CLAUSE
from delivery.actions.losses.telling import managers
from delivery.models import TransitLoss

AHEAD = timedelta(days=3)


def warn_of_claims(*, now: datetime) -> int:
    """索賠期限將到 (3.2.2): tell owner and sales managers once, from three days before the last
    local day; whatever was missed meanwhile too. Returns how many notices are new."""
    today = timezone.localdate(now)
    unclaimed = TransitLoss.objects.filter(
        state=TransitLoss.State.OPEN, agreement__claim_within_days__isnull=False
    ).select_related("note", "carrier", "agreement", "owner")
    ending = [loss for loss in unclaimed if loss.claim_by - AHEAD <= today]
    return sum(_warn(loss, now) for loss in ending)


@transaction.atomic
def _warn(loss: TransitLoss, now: datetime) -> int:
    facts = {
        "loss": loss.number,
        "note": loss.note.title,
        "carrier": loss.carrier.name,
        "agreement": loss.agreement.number,
        "until": loss.claim_by,
    }
    return notices.send(
        [loss.owner, *managers()],
        # By the day, so that it tells once, and again only where the agreement is corrected.
        key=f"transitloss.claim_ends:{loss.pk}:{loss.claim_by}",
        title=lambda: _("索賠期限 %(until)s：%(loss)s") % facts,
        body=lambda: (
            _(
                "%(note)s，%(carrier)s。依承運協議 %(agreement)s 要在 %(until)s 以前索賠，現在還沒有。"
            )
            % facts
        ),
        url=loss.get_absolute_url(),
        clause=CLAUSE,
        now=now,
    )
