"""Verifications of carriers: whether quality is kept in transport (3.2.2). Their history is the
carrier's."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from aftersales.core.errors import RuleViolation
from aftersales.masterdata.actions import rows
from aftersales.masterdata.actions.carriers import locked_in_use
from aftersales.masterdata.models import Carrier, CarrierVerification

PERMISSION = "masterdata.verify_carrier"
CLAUSE = "3.2.2"


@transaction.atomic
def create_verification(
    carrier: Carrier,
    *,
    actor,
    now: datetime,
    verdict: str,
    evidence: str,
    verified_on: date,
    expires_on: date | None = None,
    remark: str = "",
) -> CarrierVerification:
    """驗證承運商的質量保證能力 (3.2.2): what was looked at, the verdict and until when it holds.

    Who verifies is the actor. The last verdict counts: one of not able ends an older one of able
    at once, and needs no `expires_on`. Raises RuleViolation or ValidationError.
    """
    rows.check_permission(actor, PERMISSION)
    carrier = locked_in_use(carrier)
    rows.check_not_future(CarrierVerification, "verified_on", verified_on, now=now, clause=CLAUSE)
    if verdict == CarrierVerification.Verdict.NOT_ABLE:
        expires_on = verified_on
    else:
        _check_expiry(expires_on, timezone.localdate(now))
    verification = CarrierVerification(
        carrier=carrier,
        verified_on=verified_on,
        verified_by=actor,
        evidence=evidence,
        verdict=verdict,
        expires_on=expires_on,
        remark=remark,
    )
    rows.store(
        verification, event="carrier.verified", actor=actor, now=now, subject=carrier,
        clause=CLAUSE, verdict=str(verification.get_verdict_display()),
        expires_on=None if verdict == CarrierVerification.Verdict.NOT_ABLE else expires_on,
        verified_on=verified_on,
    )  # fmt: skip
    return verification


def _check_expiry(expires_on: date | None, today: date) -> None:
    if expires_on is None:
        message = _("結論合格時要寫明有效至哪一天")
        raise RuleViolation(message, clause=CLAUSE, field="expires_on")
    if expires_on < today:
        message = _("有效至 %(given)s 已經過了，最早是今天（%(today)s）")
        facts = {"given": expires_on, "today": today}
        raise RuleViolation(message % facts, clause=CLAUSE, field="expires_on")
